// What is said of rules in a line: what loosened ones give up, before they are saved and for as long as
// they hold; what somebody else changed; and what is wrong with a draft.
import type { CannotTell } from '../contract/CannotTell';
import type { CodePrices } from '../contract/CodePrices';
import type { LooseningView } from '../contract/LooseningView';
import type { RulesError } from '../contract/RulesError';
import type { RulesVersion } from '../contract/RulesVersion';
import { namedCountries } from '../words/countries';
import type { Words } from '../words/en';
import { money, when } from '../words/speak';
import type { Role } from './pages';
import { CAUSES, priceOf, ruleOf, type BranchNumber, type Change, type RoleNumber } from './rules';

type Rule = Change['rule'];

/** Since when a version holds and by whom. Whoever set it may no longer be here. */
export function setSaid(words: Words, locale: string, { version, setAt, setBy }: Pick<RulesVersion, 'version' | 'setAt' | 'setBy'>): string {
  const w = words.rules;
  const at = when(setAt, locale);
  if (setBy) return w.changed(at, setBy);
  return version === 1 ? w.asShipped : w.since(at);
}

const isCause = (rule: Rule): rule is CannotTell => (CAUSES as readonly string[]).includes(rule);

const whose = (words: Words, role: Role | null): string => (role ? words.admin.roles[role] : words.rules.groups.branch);

/** The name of a rule, without its sentence. */
function nameOf(words: Words, rule: Rule): string {
  const w = words.rules;
  if (isCause(rule)) return w.cannotTell[rule].replace(/, \{value\}\.$/, '');
  if (rule === 'countries') return words.admin.branch.countries;
  if (rule === 'prices') return w.prices.heading;
  return w.numbers[rule].label;
}

const MINUTES: readonly (RoleNumber | BranchNumber)[] = ['windowMinutes', 'sessionMinutes'];

/** A value of a number, as its sentence says it. */
export function numberSaid(words: Words, locale: string, rule: RoleNumber | BranchNumber, value: number): string {
  if (MINUTES.includes(rule)) return words.rules.time(value);
  if (rule === 'graceDays') return words.rules.grace(value);
  return new Intl.NumberFormat(locale).format(value);
}

const ruleLoosened = (one: LooseningView): Rule => {
  switch (one.code) {
    case 'short_window':
      return 'windowMinutes';
    case 'pass':
      return one.cause;
    case 'more_passwords':
      return 'passwords';
    case 'large_code_budget':
      return 'codeBudget';
    case 'large_check_budget':
      return 'checkBudget';
  }
};

/** One line for each thing that is given up. */
export const loosenedSaid = (words: Words, loosened: readonly LooseningView[]): string[] =>
  loosened.map((one) => {
    const role = 'role' in one ? one.role : null;
    const rule = ruleLoosened(one);
    const name = isCause(rule) ? `${nameOf(words, rule)}, ${words.rules.pass}` : nameOf(words, rule);
    return `${whose(words, role)}. ${name}: ${words.rules.looser[one.code]}`;
  });

function pricesSaid(words: Words, locale: string, prices: CodePrices | null): string {
  const w = words.rules.prices;
  if (!prices) return w.none;
  const { currency, smsMicros, voiceMicros } = prices;
  const told = [
    { channel: 'sms', micros: smsMicros },
    { channel: 'voice', micros: voiceMicros },
  ] as const;
  return told
    .filter(({ micros }) => micros !== null)
    .map(({ channel, micros }) => `${w[channel]} ${money(words, { amount: priceOf(micros), currency }, locale)}`)
    .join(', ');
}

function countriesSaid(words: Words, locale: string, countries: readonly string[] | null): string {
  if (!countries) return words.admin.branch.allCountries;
  const names = namedCountries(locale).filter(({ iso }) => countries.includes(iso));
  return names.map(({ name }) => name).join(', ');
}

function valuesSaid(words: Words, locale: string, change: Change): [string, string] {
  const w = words.rules;
  if (change.rule === 'countries')
    return [countriesSaid(words, locale, change.from), countriesSaid(words, locale, change.to)];
  if (change.rule === 'prices') return [pricesSaid(words, locale, change.from), pricesSaid(words, locale, change.to)];
  if (isCause(change.rule)) return [change.from ? w.pass : w.stop, change.to ? w.pass : w.stop];
  const { rule } = change;
  const said = (value: unknown) => (typeof value === 'number' ? numberSaid(words, locale, rule, value) : '');
  return [said(change.from), said(change.to)];
}

/** One line for each rule that was changed: from what to what. */
export const changesSaid = (words: Words, locale: string, changes: readonly Change[]): string[] =>
  changes.map((change) => {
    const [from, to] = valuesSaid(words, locale, change);
    return words.rules.changedFrom(`${whose(words, change.role)}. ${nameOf(words, change.rule)}`, from, to);
  });

/** What is wrong with rules that Rust did not take. */
export const wrongSaid = (words: Words, locale: string, errors: readonly RulesError[]): string[] =>
  errors.map(({ role, field, problem }) => {
    const w = words.rules;
    const rule = ruleOf(field) ?? (field === 'countries' ? 'countries' : 'prices');
    const number = new Intl.NumberFormat(locale);
    const why =
      problem.kind === 'too_small'
        ? w.wrong.too_small(number.format(problem.least))
        : problem.kind === 'too_large'
          ? w.wrong.too_large(number.format(problem.most))
          : w.wrong[problem.kind];
    return `${whose(words, role)}. ${nameOf(words, rule)}: ${why}`;
  });
