// The overview and the rules, in every state worth looking at.
import Overview from '../../admin/Overview.svelte';
import type { OverviewView, Totals } from '../../admin/overview';
import type { Role } from '../../admin/pages';
import { loosenedIn, type Forecast, type RoleRules, type RulesView } from '../../admin/rules';
import RulesPage from '../../admin/RulesPage.svelte';
import WhatNow from '../../admin/WhatNow.svelte';
import { nothing, pose, type AdminPose } from './pose';

const shipped: RoleRules = {
  windowMinutes: 10_080,
  grace: true,
  passwords: 5,
  lockMinutes: 30,
  codesInARow: 10,
  codesInAll: 100,
  sendsInSignIn: 3,
  sendsInTenMinutes: 5,
  sendsInADay: 10,
  checksInTenMinutes: 10,
  checksInADay: 30,
  idleMinutes: 10,
  sessionMinutes: 480,
  pass: [],
};

const bound = (least: number, recommended: number, most: number) => ({ least, recommended, most });

export const rulesView = (change: Partial<RulesView> = {}, staff: Partial<RoleRules> = {}): RulesView => ({
  version: 1,
  changed: null,
  roles: {
    staff: { ...shipped, ...staff },
    supervisor: { ...shipped },
    admin: { ...shipped },
  } satisfies Record<Role, RoleRules>,
  branch: { codesADay: 200, registrationsInAnHour: 5, retentionDays: 400 },
  bounds: {
    windowMinutes: bound(60, 10_080, 540_000),
    passwords: bound(3, 5, 10),
    lockMinutes: bound(30, 30, 1440),
    codesInARow: bound(3, 10, 10),
    codesInAll: bound(10, 100, 100),
    sendsInSignIn: bound(1, 3, 5),
    sendsInTenMinutes: bound(1, 5, 5),
    sendsInADay: bound(1, 10, 50),
    checksInTenMinutes: bound(1, 10, 20),
    checksInADay: bound(1, 30, 100),
    idleMinutes: bound(1, 10, 15),
    sessionMinutes: bound(60, 480, 720),
    codesADay: bound(1, 200, 100_000),
    registrationsInAnHour: bound(0, 5, 5),
    retentionDays: bound(90, 400, 3650),
  },
  ...change,
});

export const loosenedView = rulesView(
  { version: 4, changed: { at: '2026-11-20T15:12:00Z', by: 'ana.ruiz' } },
  { windowMinutes: 1440, passwords: 8, idleMinutes: 5, pass: ['operator_timeout'] },
);

const totals = (signIns: number, codes: number, stops: Totals['stops'], cost: Totals['cost']): Totals => ({
  signIns,
  codes,
  stops,
  cost,
});

const overviewView = (change: Partial<OverviewView> = {}): OverviewView => ({
  at: '2026-11-23T09:05:00Z',
  totals: {
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
  },
  days: [
    { day: '2026-11-17', signIns: 116, stopped: 5 },
    { day: '2026-11-18', signIns: 131, stopped: 10 },
    { day: '2026-11-19', signIns: 108, stopped: 3 },
    { day: '2026-11-20', signIns: 137, stopped: 8 },
    { day: '2026-11-21', signIns: 0, stopped: 0 },
    { day: '2026-11-22', signIns: 0, stopped: 1 },
    { day: '2026-11-23', signIns: 126, stopped: 15 },
  ],
  budget: { used: 131, of: 200 },
  health: [
    { thing: 'tru_id', state: 'good', calls: { ms: 212, failed: 0, of: 50, lastAt: '2026-11-23T09:01:58Z' } },
    { thing: 'tru_id_balance', state: 'watch', left: { amount: '412', currency: 'API' } },
    { thing: 'twilio', state: 'good', calls: { ms: 180, failed: 1, of: 50, lastAt: '2026-11-23T09:02:00Z' } },
    { thing: 'keyring', state: 'good' },
    { thing: 'database', state: 'good' },
    { thing: 'record', state: 'good' },
    { thing: 'clock', state: 'good' },
  ],
  waiting: 0,
  ...change,
});

const overview = (view: OverviewView, rules: RulesView) =>
  pose({ around: 'admin', page: 'overview' }, Overview, {
    view,
    loosened: loosenedIn(rules, rules.bounds),
    period: 'today',
    onperiod: nothing,
    onpage: nothing,
    onwaiting: nothing,
  });

const rulesPage = (view: RulesView, change: { saved?: boolean; outdated?: boolean } = {}) =>
  pose({ around: 'admin', page: 'rules' }, RulesPage, {
    view,
    busy: false,
    refusal: null,
    saved: false,
    outdated: false,
    onsave: nothing,
    onnow: nothing,
    ...change,
  });

const now = (forecast: Forecast | 'unknown' | null) =>
  pose(
    { around: 'admin', page: 'rules', heading: (w) => w.rules.now.heading, back: (w) => w.admin.pages.rules },
    WhatNow,
    { forecast, busy: false, refusal: null, onask: nothing },
  );

const forecast = (change: Partial<Forecast> = {}): Forecast => ({
  username: 'ben.okoro',
  role: 'staff',
  version: 4,
  blocks: [],
  windowMinutes: 1440,
  graceUntil: null,
  pass: [],
  ...change,
});

const none = totals(0, 0, [], []);

export const rules: Record<string, AdminPose> = {
  overview: overview(overviewView(), rulesView()),
  overview_warnings: overview(overviewView({ budget: { used: 171, of: 200 }, waiting: 3 }), loosenedView),
  overview_bad: overview(
    overviewView({
      budget: { used: 200, of: 200 },
      health: [
        { thing: 'tru_id', state: 'bad', calls: { ms: 9500, failed: 12, of: 50, lastAt: '2026-11-23T09:01:58Z' } },
        { thing: 'twilio', state: 'unknown', calls: null },
        { thing: 'clock', state: 'watch' },
      ],
    }),
    rulesView(),
  ),
  overview_new: overview(
    overviewView({
      totals: { today: none, week: none, month: none },
      days: overviewView().days.map(({ day }) => ({ day, signIns: 0, stopped: 0 })),
      budget: { used: 0, of: 200 },
    }),
    rulesView(),
  ),
  rules: rulesPage(rulesView()),
  rules_loosened: rulesPage(loosenedView, { saved: true }),
  rules_outdated: rulesPage(loosenedView, { outdated: true }),
  what_now: now(null),
  what_now_told: now(forecast({ graceUntil: '2026-11-28T10:00:00Z', pass: ['operator_timeout'] })),
  what_now_blocked: now(forecast({ blocks: [{ block: 'password_locked', until: '2026-11-23T09:32:00Z' }] })),
  what_now_unknown: now('unknown'),
};
