// Rules as Rust tells of them, for poses and for the desk that is played.
import type { NumberBounds } from '../../contract/NumberBounds';
import type { RoleRules } from '../../contract/RoleRules';
import type { RulesDraft } from '../../contract/RulesDraft';
import type { RulesPage } from '../../contract/RulesPage';
import { boundsOf, loosenedIn } from '../../admin/rules';

const bound = (
  field: NumberBounds['field'],
  least: number,
  byDefault: number,
  most: number,
  smallerIsLooser = false,
): NumberBounds => ({ field, least, byDefault, most, smallerIsLooser });

export const BOUNDS: NumberBounds[] = [
  bound('window_minutes', 60, 10_080, 540_000, true),
  bound('grace_days', 0, 7, 7),
  bound('idle_minutes', 1, 15, 15),
  bound('session_minutes', 60, 720, 720),
  bound('passwords', 3, 5, 10),
  bound('lock_minutes', 30, 30, 1440, true),
  bound('codes_in_a_row', 3, 10, 10),
  bound('codes_in_all', 10, 100, 100),
  bound('sends_in_sign_in', 1, 3, 3),
  bound('sends_in_ten_minutes', 1, 5, 5),
  bound('sends_in_a_day', 1, 10, 10),
  bound('checks_in_ten_minutes', 1, 10, 10),
  bound('checks_in_a_day', 1, 30, 30),
  bound('registrations_in_an_hour', 1, 5, 5),
  bound('code_budget', 1, 100, 100_000),
  bound('check_budget', 1, 300, 100_000),
];

const role: RoleRules = { windowMinutes: 10_080, graceDays: 7, pass: [], idleMinutes: 15, sessionMinutes: 720 };

export const DEFAULTS: RulesDraft = {
  staff: role,
  supervisor: role,
  admin: role,
  branch: {
    passwords: 5,
    lockMinutes: 30,
    codesInARow: 10,
    codesInAll: 100,
    sendsInSignIn: 3,
    sendsInTenMinutes: 5,
    sendsInADay: 10,
    checksInTenMinutes: 10,
    checksInADay: 30,
    registrationsInAnHour: 5,
    codeBudget: 100,
    checkBudget: 300,
    countries: null,
    prices: null,
  },
};

interface Set {
  staff?: Partial<RoleRules>;
  branch?: Partial<RulesDraft['branch']>;
}

export const draftWith = ({ staff, branch }: Set = {}): RulesDraft =>
  structuredClone({
    ...DEFAULTS,
    staff: { ...role, ...staff },
    branch: { ...DEFAULTS.branch, ...branch },
  });

/** The page of a version that an admin set, or of the first. */
export function rulesPage(version = 1, set: Set = {}): RulesPage {
  const rules = draftWith(set);
  return {
    version,
    setAt: '2026-11-20T15:12:00Z',
    setBy: version > 1 ? 'ana.ruiz' : null,
    rules,
    loosened: loosenedIn(rules, boundsOf(BOUNDS)),
    bounds: BOUNDS,
  };
}
