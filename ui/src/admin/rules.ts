// The rules that an admin may set: what they are, what is recommended, and when one is looser.
import type { CannotTell } from '../contract/CannotTell';
import type { Role } from './pages';

export interface RoleRules {
  windowMinutes: number;
  grace: boolean;
  /** Null while what was typed is no number in the range. */
  passwords: number | null;
  lockMinutes: number | null;
  codesInARow: number | null;
  codesInAll: number | null;
  sendsInSignIn: number | null;
  sendsInTenMinutes: number | null;
  sendsInADay: number | null;
  checksInTenMinutes: number | null;
  checksInADay: number | null;
  idleMinutes: number | null;
  sessionMinutes: number;
  /** The causes of "cannot tell" with which a code is sent all the same. */
  pass: readonly CannotTell[];
}

export type RoleRule = Exclude<keyof RoleRules, 'pass'>;
export type NumberRule = Exclude<RoleRule, 'grace'>;

export interface BranchRules {
  codesADay: number | null;
  registrationsInAnHour: number | null;
  retentionDays: number | null;
}

export type BranchRule = keyof BranchRules;

export interface Bounds {
  least: number;
  most: number;
  recommended: number;
}

export interface Rules {
  roles: Record<Role, RoleRules>;
  branch: BranchRules;
}

export interface RulesView extends Rules {
  version: number;
  /** Who set this version and when; null as shipped. */
  changed: { at: string; by: string } | null;
  bounds: Record<NumberRule | BranchRule, Bounds>;
}

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

/** For the rest, more is looser. */
const LESS_IS_LOOSER: readonly string[] = ['windowMinutes', 'lockMinutes', 'retentionDays'];

/** The lengths of a window and of a session that are offered, in minutes. */
export const WINDOWS: readonly number[] = [1, 6, 12, 24, 48, 96, 168, 720, 2160, 4320, 8760, 9000].map((h) => h * 60);
export const SESSIONS: readonly number[] = [1, 2, 4, 6, 8, 10, 12].map((h) => h * 60);

export function isLooser(rule: NumberRule | BranchRule, value: number | null, { recommended }: Bounds): boolean {
  if (value === null) return false;
  return LESS_IS_LOOSER.includes(rule) ? value < recommended : value > recommended;
}

/** One rule that is looser than recommended, of a role or of the whole branch. */
export interface Loosened {
  role: Role | null;
  rule: RoleRule | BranchRule | CannotTell;
}

/** Every rule that is looser than recommended. Grace is recommended, and off is stricter. */
export function loosenedIn({ roles, branch }: Rules, bounds: RulesView['bounds']): Loosened[] {
  const found: Loosened[] = [];
  for (const [role, set] of Object.entries(roles) as [Role, RoleRules][]) {
    for (const rule of Object.keys(set) as (keyof RoleRules)[]) {
      if (rule === 'pass' || rule === 'grace') continue;
      if (isLooser(rule, set[rule], bounds[rule])) found.push({ role, rule });
    }
    for (const rule of set.pass) found.push({ role, rule });
  }
  for (const rule of Object.keys(branch) as BranchRule[]) {
    if (isLooser(rule, branch[rule], bounds[rule])) found.push({ role: null, rule });
  }
  return found;
}

/** How many single rules differ. */
export function differences(one: Rules, other: Rules): number {
  const changed = (a: object, b: object): number =>
    Object.keys(a).filter((key) => {
      const [left, right] = [a, b].map((of) => (of as Record<string, unknown>)[key]);
      return JSON.stringify(left) !== JSON.stringify(right);
    }).length;
  const passes = (role: Role) =>
    CAUSES.filter((cause) => one.roles[role].pass.includes(cause) !== other.roles[role].pass.includes(cause)).length;
  const roles = (Object.keys(one.roles) as Role[]).map((role) => {
    const [a, b] = [one, other].map(({ roles }) => ({ ...roles[role], pass: null }));
    return changed(a as object, b as object) + passes(role);
  });
  return roles.reduce((sum, n) => sum + n, changed(one.branch, other.branch));
}

/** No number is missing or out of its range. */
export function isComplete({ roles, branch }: Rules): boolean {
  return [...Object.values(roles), branch].every((set) => !Object.values(set).includes(null));
}

export type Block =
  | 'pending'
  | 'disabled'
  | 'password_locked'
  | 'codes_locked'
  | 'needs_admin'
  | 'send_limit'
  | 'check_limit'
  | 'country'
  | 'budget';

/** What a sign-in of somebody would come to now. */
export interface Forecast {
  username: string;
  role: Role;
  version: number;
  blocks: readonly { block: Block; until: string | null }[];
  windowMinutes: number;
  /** What a changed SIM means: stop, or grace until then. */
  graceUntil: string | null;
  pass: readonly CannotTell[];
}
