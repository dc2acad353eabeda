// The rules that an admin may set, as the page edits them, and when one is looser. What each means,
// and how far it may be set, comes from Rust.
import type { BranchRules } from '../contract/BranchRules';
import type { CannotTell } from '../contract/CannotTell';
import type { LooseningView } from '../contract/LooseningView';
import type { NumberBounds } from '../contract/NumberBounds';
import type { RoleRules } from '../contract/RoleRules';
import type { RulesDraft } from '../contract/RulesDraft';
import type { RulesField } from '../contract/RulesField';
import { ROLES, type Role } from './pages';

export type RoleNumber = Exclude<keyof RoleRules, 'pass'>;
export type BranchNumber = Exclude<keyof BranchRules, 'countries' | 'prices'>;

/** Null while what was typed is no number in the range. */
type Typed<Key extends string> = Record<Key, number | null>;
export type RoleEdit = Typed<RoleNumber> & Pick<RoleRules, 'pass'>;
export type BranchEdit = Typed<BranchNumber> & Pick<BranchRules, 'countries' | 'prices'>;
export type RulesEdit = Record<Role, RoleEdit> & { branch: BranchEdit };

export type Bounds = Readonly<Record<RoleNumber | BranchNumber, NumberBounds>>;

export const FIELDS: Readonly<Record<RoleNumber | BranchNumber, RulesField>> = {
  windowMinutes: 'window_minutes',
  graceDays: 'grace_days',
  idleMinutes: 'idle_minutes',
  sessionMinutes: 'session_minutes',
  passwords: 'passwords',
  lockMinutes: 'lock_minutes',
  codesInARow: 'codes_in_a_row',
  codesInAll: 'codes_in_all',
  sendsInSignIn: 'sends_in_sign_in',
  sendsInTenMinutes: 'sends_in_ten_minutes',
  sendsInADay: 'sends_in_a_day',
  checksInTenMinutes: 'checks_in_ten_minutes',
  checksInADay: 'checks_in_a_day',
  registrationsInAnHour: 'registrations_in_an_hour',
  codeBudget: 'code_budget',
  checkBudget: 'check_budget',
};

const ROLE_NUMBERS: readonly RoleNumber[] = ['windowMinutes', 'graceDays', 'idleMinutes', 'sessionMinutes'];
const BRANCH_NUMBERS = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter(
  (rule): rule is BranchNumber => !(ROLE_NUMBERS as readonly string[]).includes(rule),
);

export const CAUSES: readonly CannotTell[] = [
  'operator_not_supported',
  'number_not_known',
  'no_data',
  'operator_timeout',
  'operator_failed',
  'our_credentials',
  'our_balance',
  'rate_limit',
  'network',
  'vendor_failed',
  'malformed_answer',
];

/** The lengths of a window and of a session that are offered, in minutes. */
export const WINDOWS: readonly number[] = [1, 6, 12, 24, 48, 96, 168, 720, 2160, 4320, 8760, 9000].map((h) => h * 60);
export const SESSIONS: readonly number[] = [1, 2, 4, 6, 8, 10, 12].map((h) => h * 60);

/** The bounds of each number by its name. */
export function boundsOf(all: readonly NumberBounds[]): Bounds {
  const of = (field: RulesField) => all.find((bounds) => bounds.field === field);
  return Object.fromEntries(Object.entries(FIELDS).map(([rule, field]) => [rule, of(field)])) as unknown as Bounds;
}

/** The rule that a field of Rust's is; null for what is no number. */
export const ruleOf = (field: RulesField): RoleNumber | BranchNumber | null =>
  (Object.entries(FIELDS).find(([, of]) => of === field)?.[0] as RoleNumber | undefined) ?? null;

export function isLooser(value: number | null, { byDefault, smallerIsLooser }: NumberBounds): boolean {
  if (value === null) return false;
  return smallerIsLooser ? value < byDefault : value > byDefault;
}

/** What a draft would give up, as Rust will name it once it holds: it is read before it is saved. */
export function loosenedIn(draft: RulesEdit, bounds: Bounds): LooseningView[] {
  const found: LooseningView[] = [];
  for (const role of ROLES) {
    const { windowMinutes: minutes, pass } = draft[role];
    if (minutes !== null && isLooser(minutes, bounds.windowMinutes)) found.push({ code: 'short_window', role, minutes });
    for (const cause of CAUSES) if (pass.includes(cause)) found.push({ code: 'pass', role, cause });
  }
  const { passwords: tries, codeBudget: codes, checkBudget: checks } = draft.branch;
  if (tries !== null && isLooser(tries, bounds.passwords)) found.push({ code: 'more_passwords', tries });
  if (codes !== null && isLooser(codes, bounds.codeBudget)) found.push({ code: 'large_code_budget', codes });
  if (checks !== null && isLooser(checks, bounds.checkBudget)) found.push({ code: 'large_check_budget', checks });
  return found;
}

/** What the one gives up that the other does not, or less of. */
export function newlyLooser(before: RulesEdit, after: RulesEdit, bounds: Bounds): LooseningView[] {
  const known = loosenedIn(before, bounds).map((one) => JSON.stringify(one));
  return loosenedIn(after, bounds).filter((one) => !known.includes(JSON.stringify(one)));
}

/** One rule that differs: of a role, or of the whole branch. */
export type Change =
  | { role: Role; rule: RoleNumber; from: number | null; to: number | null }
  | { role: Role; rule: CannotTell; from: boolean; to: boolean }
  | { role: null; rule: BranchNumber; from: number | null; to: number | null }
  | { role: null; rule: 'countries'; from: BranchRules['countries']; to: BranchRules['countries'] }
  | { role: null; rule: 'prices'; from: BranchRules['prices']; to: BranchRules['prices'] };

const differ = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

/** Every single rule that differs, in the order of the page. */
export function changesIn(before: RulesEdit, after: RulesEdit): Change[] {
  const found: Change[] = [];
  for (const role of ROLES) {
    const [one, other] = [before[role], after[role]];
    for (const rule of ROLE_NUMBERS) {
      if (one[rule] !== other[rule]) found.push({ role, rule, from: one[rule], to: other[rule] });
    }
    for (const rule of CAUSES) {
      const [from, to] = [one.pass.includes(rule), other.pass.includes(rule)];
      if (from !== to) found.push({ role, rule, from, to });
    }
  }
  const [one, other] = [before.branch, after.branch];
  for (const rule of BRANCH_NUMBERS) {
    if (one[rule] !== other[rule]) found.push({ role: null, rule, from: one[rule], to: other[rule] });
  }
  const sorted = (of: BranchRules['countries']) => of && [...of].sort();
  if (differ(sorted(one.countries), sorted(other.countries)))
    found.push({ role: null, rule: 'countries', from: one.countries, to: other.countries });
  if (differ(one.prices, other.prices))
    found.push({ role: null, rule: 'prices', from: one.prices, to: other.prices });
  return found;
}

/** What was chosen against rules that somebody else has changed since, on top of theirs. */
export function rebased(draft: RulesEdit, base: RulesEdit, theirs: RulesEdit): RulesEdit {
  const merged = <Part extends object>(mine: Part, before: Part, now: Part): Part =>
    Object.fromEntries(
      Object.entries(mine).map(([key, value]) => {
        const at = key as keyof Part;
        return [key, differ(value, before[at]) ? value : now[at]];
      }),
    ) as Part;
  const role = (of: Role): RoleEdit => {
    const pass = CAUSES.filter((cause) => {
      const [mine, before, now] = [draft, base, theirs].map((rules) => rules[of].pass.includes(cause));
      return mine === before ? now : mine;
    });
    return { ...merged(draft[of], base[of], theirs[of]), pass };
  };
  return {
    staff: role('staff'),
    supervisor: role('supervisor'),
    admin: role('admin'),
    branch: merged(draft.branch, base.branch, theirs.branch),
  };
}

/** The rules as they are sent; null while a number is missing or out of its range, or no country is left. */
export function whole(draft: RulesEdit): RulesDraft | null {
  const { branch } = draft;
  const numbers = [...ROLES.flatMap((role) => ROLE_NUMBERS.map((rule) => draft[role][rule])), ...BRANCH_NUMBERS.map((rule) => branch[rule])];
  if (numbers.includes(null) || branch.countries?.length === 0) return null;
  return draft as RulesDraft;
}

const MICROS = 1_000_000;
const DEAREST = 100;

/** A price as it is typed, in millionths; null where it is none. */
export function microsOf(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  const good = /^\d{1,3}(\.\d{1,6})?$/.test(text) && Number(text) <= DEAREST;
  return good ? Math.round(Number(text) * MICROS) : null;
}

/** The same the other way round, as a decimal number with a point. */
export const priceOf = (micros: number | null): string => (micros === null ? '' : String(micros / MICROS));
