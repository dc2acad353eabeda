// The rules of the fake desk: each version is kept, and none is decided by.
import type { Budgets } from '../contract/Budgets';
import type { RulesAnswer } from '../contract/RulesAnswer';
import type { RulesForm } from '../contract/RulesForm';
import type { RulesPage } from '../contract/RulesPage';
import type { RulesVersion } from '../contract/RulesVersion';
import type { WhatIf } from '../contract/WhatIf';
import { boundsOf, CAUSES, loosenedIn } from '../admin/rules';
import type { FakePeople } from './fakePeople';
import { BOUNDS, rulesPage } from './posed/someRules';

const WINDOW = 20;

export class FakeRules {
  /** Newest first. */
  #versions: RulesVersion[] = [rulesPage()];

  page(): RulesPage {
    return structuredClone({ ...this.#newest, bounds: BOUNDS });
  }

  set({ version, rules }: RulesForm): RulesAnswer {
    if (version !== this.#newest.version) return { answer: 'outdated', page: this.page() };
    // The one rule of Rust's that the page cannot know beforehand.
    if (rules.branch.countries && !rules.branch.countries.includes('GB'))
      return { answer: 'wrong', errors: [{ role: null, field: 'countries', problem: { kind: 'shuts_you_out' } }] };
    const loosened = loosenedIn(rules, boundsOf(BOUNDS));
    const set = { version: version + 1, setAt: new Date().toISOString(), setBy: 'ana.ruiz', rules, loosened };
    this.#versions.unshift(structuredClone(set));
    return { answer: 'done', page: this.page() };
  }

  before(version: number): RulesVersion[] {
    return this.#versions.filter((of) => of.version < version).slice(0, WINDOW);
  }

  budgets(): Budgets {
    const { codeBudget, checkBudget } = this.#newest.rules.branch;
    const of = (spent: number, budget: number) => ({ spent, budget, warning: spent >= budget * 0.8 });
    return { codes: of(12, codeBudget), checks: of(31, checkBudget) };
  }

  whatIf(username: string, people: FakePeople): WhatIf | null {
    const row = people.rows.find((of) => of.username === username);
    if (!row) return null;
    const { version, rules } = this.#newest;
    const { windowMinutes, pass } = rules[row.role];
    const stop = { kind: 'stop', until: null } as const;
    const send = { kind: 'send', sim: 'unchanged' } as const;
    return {
      username,
      role: row.role,
      version,
      windowMinutes,
      numberEnding: row.numberEnding,
      channel: row.channel,
      verified: true,
      graceUntil: null,
      stops: row.state === 'disabled' ? [{ kind: 'disabled' }] : [],
      answers: [
        { answer: { kind: 'unchanged' }, then: send },
        { answer: { kind: 'changed' }, then: stop },
        ...CAUSES.map((cause) => ({ answer: { kind: 'cannot_tell', cause } as const, then: pass.includes(cause) ? send : stop })),
      ],
    };
  }

  get #newest(): RulesVersion {
    return this.#versions[0]!;
  }
}
