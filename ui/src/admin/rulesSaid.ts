// What loosened rules give up, in words: said where they are set, before they are saved, and on the
// overview for as long as they hold.
import type { CannotTell } from '../contract/CannotTell';
import type { Words } from '../words/en';
import { CAUSES, type BranchRule, type Loosened, type NumberRule } from './rules';

const isCause = (rule: string): rule is CannotTell => (CAUSES as readonly string[]).includes(rule);

/** What one rule gives up; of a cause of "cannot tell", what letting it pass does. */
export function givenUp(words: Words, { rule }: Loosened): string {
  const w = words.rules;
  if (isCause(rule)) return w.cannotTellLooser;
  if (rule in w.branch) return w.branch[rule as BranchRule].looser;
  return w.roles[rule as NumberRule].looser;
}

/** The name of a rule, without its sentence. */
function nameOf(words: Words, rule: Loosened['rule']): string {
  const w = words.rules;
  if (isCause(rule)) return w.cannotTell[rule].replace('{value}', w.pass).replace(/\.$/, '');
  if (rule in w.branch) return w.branch[rule as BranchRule].label;
  return w.roles[rule as NumberRule].label;
}

/** One line for each. */
export const loosenedSaid = (words: Words, loosened: readonly Loosened[]): string[] =>
  loosened.map((one) => {
    const whose = one.role ? words.admin.roles[one.role] : words.rules.groups.branch;
    return `${whose}. ${nameOf(words, one.rule)}: ${givenUp(words, one)}`;
  });
