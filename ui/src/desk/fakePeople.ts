// People played in memory, for the desk that is. Nobody here is real.
import type { AddedPerson } from '../contract/AddedPerson';
import type { AddPersonForm } from '../contract/AddPersonForm';
import type { NumberForm } from '../contract/NumberForm';
import type { NumberStep } from '../contract/NumberStep';
import type { PeopleForm } from '../contract/PeopleForm';
import type { PeopleView } from '../contract/PeopleView';
import type { PersonActForm } from '../contract/PersonActForm';
import type { PersonAnswer } from '../contract/PersonAnswer';
import type { PersonRow } from '../contract/PersonRow';
import type { PersonView } from '../contract/PersonView';
import { refusal } from './refused';

const PAGE = 3;
const NUMBERS_CODE = '481562';
const ONE_TIME = '7KQF-M2XD-9RTW-4HPB';

const row = (username: string, change: Partial<PersonRow> = {}): PersonRow => ({
  id: username,
  username,
  role: 'staff',
  state: 'active',
  locked: false,
  numberEnding: '46',
  channel: 'sms',
  password: { kind: 'own' },
  lastSignInAt: '2026-11-23T08:58:00Z',
  registeredAt: '2026-02-03T10:00:00Z',
  version: 1,
  ...change,
});

export class FakePeople {
  rows: PersonRow[] = [
    row('ana.ruiz', { role: 'admin' }),
    row('ben.okoro', { role: 'supervisor', numberEnding: '12' }),
    row('chiara.bianchi', { state: 'pending', numberEnding: '38', lastSignInAt: null }),
    row('dmitri.petrov', { locked: true, numberEnding: '90' }),
    row('elena.garcia', { state: 'disabled' }),
  ];

  list({ text, state, role, locked, order, descending, after }: PeopleForm): PeopleView {
    const found = this.rows.filter(
      (of) =>
        of.username.includes(text) &&
        (!state || of.state === state) &&
        (!role || of.role === role) &&
        (!locked || of.locked),
    );
    if (descending) found.reverse();
    const from = after ? found.findIndex((of) => of.id === after.id) : 0;
    const people = found.slice(from, from + PAGE);
    const next = found[from + PAGE];
    return { people, next: next ? { key: next.username, id: next.id } : null, order };
  }

  one(id: string): PersonView | null {
    const found = this.rows.find((of) => of.id === id);
    if (!found) return null;
    return {
      ...found,
      passwordLockedUntil: found.locked ? '2026-11-23T09:32:00Z' : null,
      codesLockedUntil: null,
      needsAdmin: false,
      numberSeenAt: '2026-02-03T10:00:00Z',
      verifiedAt: '2026-02-11T09:12:00Z',
      graceUntil: null,
      came: { kind: 'registered' },
      failedPasswords: 0,
      failedCodes: 0,
      yourself: id === 'ana.ruiz',
      lastAdmin: id === 'ana.ruiz',
    };
  }

  /** Somebody else changes a person, or takes them away. */
  meanwhile(id: string, change: Partial<PersonRow> | null): void {
    this.rows = this.rows.flatMap((of) =>
      of.id !== id ? [of] : change ? [{ ...of, ...change, version: of.version + 1 }] : [],
    );
  }

  act({ id, version, act }: PersonActForm): PersonAnswer {
    const found = this.rows.find((of) => of.id === id);
    if (!found) return { answer: 'gone' };
    if (found.version !== version) return { answer: 'outdated', person: found };
    const changes: Record<typeof act.kind, Partial<PersonRow> | null> = {
      approve: { state: 'active' },
      enable: { state: 'active' },
      disable: { state: 'disabled' },
      unlock: { locked: false },
      reset: { password: { kind: 'one_time', until: '2026-11-24T09:00:00Z' } },
      delete: null,
      role: 'role' in act ? { role: act.role } : {},
      channel: 'channel' in act ? { channel: act.channel } : {},
    };
    this.meanwhile(id, changes[act.kind]);
    const person = this.rows.find((of) => of.id === id) ?? found;
    return { answer: 'done', person, oneTimePassword: act.kind === 'reset' ? ONE_TIME : null };
  }

  #changing: { id: string; ending: string; triesLeft: number } | null = null;

  /** A number that ends in an odd digit has a SIM that was changed. */
  changeNumber({ id, version, phone }: NumberForm): NumberStep {
    const found = this.rows.find((of) => of.id === id);
    if (!found) return { step: 'gone' };
    if (found.version !== version) return { step: 'outdated', person: found };
    const ending = phone.slice(-2);
    if (ending === found.numberEnding) throw refusal('phone_same', { field: 'phone' });
    if (Number(ending) % 2) {
      const reason = { kind: 'sim_changed' } as const;
      return { step: 'stopped', reason, numberEnding: ending, windowDays: 7, reference: '7F3K', until: null, retryIn: null };
    }
    this.#changing = { id, ending, triesLeft: 5 };
    return this.#waiting(false);
  }

  checkNumberCode(code: string): NumberStep {
    if (!code) throw refusal('code_empty', { field: 'code' });
    const changing = this.#changing;
    if (!changing) throw refusal('not_now');
    if (code !== NUMBERS_CODE) {
      changing.triesLeft -= 1;
      return this.#waiting(true);
    }
    this.#changing = null;
    this.meanwhile(changing.id, { numberEnding: changing.ending });
    const person = this.rows.find((of) => of.id === changing.id);
    return person ? { step: 'done', person } : { step: 'gone' };
  }

  giveUpNumber(): void {
    this.#changing = null;
  }

  #waiting(wrong: boolean): NumberStep {
    const { ending, triesLeft } = this.#changing ?? { ending: '', triesLeft: 0 };
    return { step: 'code', numberEnding: ending, channel: 'sms', triesLeft, wrong, expiresIn: 600 };
  }

  add({ username, role, phone, channel }: AddPersonForm): AddedPerson {
    if (this.rows.some((of) => of.username === username)) throw refusal('username_taken', { field: 'username' });
    const password = { kind: 'one_time', until: '2026-11-24T09:00:00Z' } as const;
    const person = row(username, { role, channel, numberEnding: phone.slice(-2), password, lastSignInAt: null });
    this.rows = [...this.rows, person];
    return { person, oneTimePassword: ONE_TIME };
  }
}
