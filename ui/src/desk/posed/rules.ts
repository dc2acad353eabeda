// The overview and the rules, in every state worth looking at.
import Overview from '../../admin/Overview.svelte';
import RulesHistory from '../../admin/RulesHistory.svelte';
import RulesPage from '../../admin/RulesPage.svelte';
import WhatNow from '../../admin/WhatNow.svelte';
import type { HealthView } from '../../contract/HealthView';
import type { OverviewView } from '../../contract/OverviewView';
import type { TotalsView } from '../../contract/TotalsView';
import type { Budgets } from '../../contract/Budgets';
import type { RulesPage as Page } from '../../contract/RulesPage';
import type { WhatIf } from '../../contract/WhatIf';
import { CAUSES } from '../../admin/rules';
import type { Words } from '../../words/en';
import { nothing, pose, type AdminPose } from './pose';
import { rulesPage } from './someRules';

export const loosenedPage = rulesPage(4, {
  staff: { windowMinutes: 1440, idleMinutes: 5, pass: ['operator_timeout'] },
  branch: { passwords: 8 },
});

const totals = (signIns: number, codes: number, stops: TotalsView['stops'], cost: TotalsView['cost']): TotalsView => ({
  signIns,
  codes,
  stops,
  cost,
  checksCost: cost.filter(({ currency }) => currency !== 'USD'),
  codesCost: cost.find(({ currency }) => currency === 'USD') ?? null,
  unpriced: 0,
});

const well = (thing: HealthView['thing']): HealthView => ({ thing, state: 'good', calls: null });

const overviewView = (change: Partial<OverviewView> = {}): OverviewView => ({
  at: '2026-11-23T09:05:00Z',
  today: totals(
    126,
    131,
    [
      { kind: 'sim_changed', count: 4 },
      { kind: 'cannot_tell', count: 2 },
      { kind: 'password_refused', count: 9 },
    ],
    [
      { amount: '6.55', currency: 'USD' },
      { amount: '0.87', currency: 'GBP' },
    ],
  ),
  week: totals(612, 640, [{ kind: 'sim_changed', count: 11 }], [{ amount: '32.10', currency: 'USD' }]),
  month: totals(2480, 2611, [{ kind: 'sim_changed', count: 43 }], [{ amount: '130.55', currency: 'USD' }]),
  days: [
    { day: '2026-11-17', signIns: 116, stopped: 5 },
    { day: '2026-11-18', signIns: 131, stopped: 10 },
    { day: '2026-11-19', signIns: 108, stopped: 3 },
    { day: '2026-11-20', signIns: 137, stopped: 8 },
    { day: '2026-11-21', signIns: 0, stopped: 0 },
    { day: '2026-11-22', signIns: 0, stopped: 1 },
    { day: '2026-11-23', signIns: 126, stopped: 15 },
  ],
  budget: { spent: 131, budget: 200, warning: false },
  health: [
    { thing: 'tru_id', state: 'good', calls: { ms: 212, failed: 0, of: 50, lastAt: '2026-11-23T09:01:58Z', balance: { amount: '19.95', currency: 'EUR' } } },
    { thing: 'twilio', state: 'good', calls: { ms: 180, failed: 1, of: 50, lastAt: '2026-11-23T09:02:00Z', balance: null } },
    well('keyring'),
    well('database'),
    well('record'),
    well('clock'),
  ],
  waiting: 0,
  loosened: [],
  ...change,
});

const overview = (view: OverviewView) =>
  pose({ around: 'admin', page: 'overview' }, Overview, {
    view,
    period: 'today',
    onperiod: nothing,
    onpage: nothing,
    onwaiting: nothing,
  });

const budgets: Budgets = {
  codes: { spent: 84, budget: 100, warning: true },
  checks: { spent: 120, budget: 300, warning: false },
};

const page = (view: Page, change: Record<string, unknown> = {}) =>
  pose({ around: 'admin', page: 'rules' }, RulesPage, {
    view,
    budgets,
    likely: 'GB',
    busy: false,
    refusal: null,
    wrong: [],
    saved: false,
    outdated: false,
    onsave: nothing,
    onnow: nothing,
    onhistory: nothing,
    ...change,
  });

const within = { around: 'admin', page: 'rules', back: (w: Words) => w.admin.pages.rules } as const;

const now = (forecast: WhatIf | 'unknown' | null) =>
  pose({ ...within, heading: (w) => w.rules.now.heading }, WhatNow, {
    forecast,
    busy: false,
    refusal: null,
    onask: nothing,
  });

const told = (change: Partial<WhatIf> = {}, pass: (typeof CAUSES)[number][] = []): WhatIf => ({
  username: 'ben.okoro',
  role: 'staff',
  version: 4,
  windowMinutes: 1440,
  numberEnding: '12',
  channel: 'sms',
  verified: change.graceUntil === undefined,
  graceUntil: null,
  stops: [],
  answers: [
    { answer: { kind: 'unchanged' }, then: { kind: 'send', sim: 'unchanged' } },
    {
      answer: { kind: 'changed' },
      then: change.graceUntil ? { kind: 'send', sim: 'changed_in_grace' } : { kind: 'stop', until: null },
    },
    ...CAUSES.map((cause): WhatIf['answers'][number] => ({
      answer: { kind: 'cannot_tell', cause },
      then: pass.includes(cause) ? { kind: 'send', sim: 'unchecked' } : { kind: 'stop', until: null },
    })),
  ],
  ...change,
});

const none = totals(0, 0, [], []);

export const someOverview = overviewView();

export const rules: Record<string, AdminPose> = {
  overview: overview(overviewView()),
  overview_warnings: overview(overviewView({ today: { ...overviewView().today, unpriced: 2 }, budget: { spent: 171, budget: 200, warning: true }, waiting: 3, loosened: loosenedPage.loosened })),
  overview_bad: overview(
    overviewView({
      budget: { spent: 200, budget: 200, warning: true },
      health: [
        { thing: 'tru_id', state: 'bad', calls: { ms: 9500, failed: 12, of: 50, lastAt: '2026-11-23T09:01:58Z', balance: null } },
        { thing: 'twilio', state: 'unknown', calls: null },
        { ...well('clock'), state: 'watch' },
      ],
    }),
  ),
  overview_new: overview(
    overviewView({
      today: none,
      week: none,
      month: none,
      days: overviewView().days.map(({ day }) => ({ day, signIns: 0, stopped: 0 })),
      budget: { spent: 0, budget: 200, warning: false },
    }),
  ),
  rules: page(rulesPage()),
  rules_loosened: page(loosenedPage, { saved: true }),
  rules_outdated: page(loosenedPage, { outdated: true }),
  rules_wrong: page(rulesPage(2, { branch: { countries: ['ES'], prices: { currency: 'EUR', smsMicros: 62_000, voiceMicros: null } } }), {
    wrong: [{ role: null, field: 'countries', problem: { kind: 'shuts_you_out' } }],
  }),
  rules_history: pose({ ...within, heading: (w) => w.rules.history.heading }, RulesHistory, {
    versions: [
      loosenedPage,
      rulesPage(3, { staff: { windowMinutes: 1440 }, branch: { countries: ['GB'] } }),
      rulesPage(2, { staff: { windowMinutes: 1440 } }),
    ],
    busy: false,
    refusal: null,
    onolder: nothing,
  }),
  what_now: now(null),
  what_now_told: now(told({ graceUntil: '2026-11-28T10:00:00Z' }, ['operator_timeout'])),
  what_now_blocked: now(told({ stops: [{ kind: 'name_locked', until: '2026-11-23T09:32:00Z' }] })),
  what_now_unknown: now('unknown'),
};
