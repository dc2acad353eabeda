// Every screen in every state worth looking at, for design and for tests. Nobody here is real: the
// numbers end as the rehearsal's do.
import type { CodeView } from '../contract/CodeView';
import type { CounterView } from '../contract/CounterView';
import type { StopReason } from '../contract/StopReason';
import type { Station } from '../contract/Station';
import type { StoppedView } from '../contract/StoppedView';
import type { View } from '../contract/View';

type Posed<S extends View['screen']> = Extract<View, { screen: S }>;

export const code = (change: Partial<CodeView> = {}): Posed<'code'> => ({
  screen: 'code',
  numberEnding: '46',
  channel: 'sms',
  sim: 'unchanged',
  expiresIn: 582,
  triesLeft: 5,
  wrong: false,
  sendAgainIn: 24,
  sendProblem: null,
  ...change,
});

const STATIONS: Record<StopReason['kind'], Station> = {
  not_approved: 'password',
  sim_changed: 'sim',
  cannot_tell: 'sim',
  not_sent: 'code',
  code_refused: 'code',
  unforeseen: 'code',
};

export const stopped = (reason: StopReason, change: Partial<StoppedView> = {}): Posed<'stopped'> => ({
  screen: 'stopped',
  station: STATIONS[reason.kind],
  simPassed: reason.kind === 'not_sent' || reason.kind === 'code_refused',
  reason,
  reference: '7F3K',
  numberEnding: '47',
  until: null,
  retryIn: null,
  leavesIn: 300,
  windowDays: 7,
  call: null,
  ...change,
});

export const counter = (change: Partial<CounterView> = {}): Posed<'counter'> => ({
  screen: 'counter',
  username: 'ana.ruiz',
  role: 'staff',
  freshFor: 240,
  numberEnding: '46',
  signedInAt: '2026-11-23T09:02:00Z',
  channel: 'sms',
  sim: 'unchanged',
  last: { at: '2026-11-20T17:02:00Z', channel: 'voice', sim: 'unchanged' },
  failedPasswords: 0,
  failedCodes: 0,
  lastFailureAt: null,
  idleIn: 600,
  endsAt: '2026-11-23T17:02:00Z',
  ...change,
});

const checking = (sending: boolean): View => ({ screen: 'checking_sim', numberEnding: '46', sending, channel: 'sms' });

export const poses: Record<string, View> = {
  starting: { screen: 'starting' },
  first_run: { screen: 'first_run', missing: [], branchNamed: false },
  not_set_up: { screen: 'not_set_up', missing: ['tru_id', 'twilio'] },
  fault: { screen: 'fault', kind: 'keyring_locked', reference: '4QPD' },
  fault_damaged: { screen: 'fault', kind: 'database_damaged', reference: '4QPD' },
  sign_in: { screen: 'sign_in', ended: null },
  sign_in_ended: { screen: 'sign_in', ended: 'idle' },
  sign_in_locked: { screen: 'sign_in', ended: 'locked' },
  register: { screen: 'sign_in', ended: null },
  checking_sim: checking(false),
  sending: checking(true),
  code: code(),
  code_open: code({ sendAgainIn: 0, channel: 'voice' }),
  code_wrong: code({ wrong: true, triesLeft: 3, sendAgainIn: 0 }),
  code_grace: code({ sim: 'changed_in_grace' }),
  code_last: code({ sendAgainIn: null, expiresIn: 55, triesLeft: 1 }),
  code_expired: code({ expiresIn: 0, sendAgainIn: 0 }),
  code_problem: code({ sendProblem: 'network', sendAgainIn: 51 }),
  code_dead: code({ sendProblem: 'our_account', sendAgainIn: 51 }),
  stopped: stopped({ kind: 'sim_changed' }, { until: '2026-11-26T13:05:00Z' }),
  stopped_call: stopped({ kind: 'sim_changed' }, { until: '2026-11-26T13:05:00Z', call: 'Branch office, extension 200' }),
  stopped_not_approved: stopped({ kind: 'not_approved' }, { numberEnding: null, call: 'Branch office, extension 200' }),
  stopped_unknown: stopped({ kind: 'cannot_tell', cause: 'operator_timeout' }, { retryIn: 60, numberEnding: '91' }),
  stopped_not_sent: stopped({ kind: 'not_sent', problem: 'number_limit' }, { retryIn: 540 }),
  stopped_code: stopped({ kind: 'code_refused', problem: 'locked' }, { until: '2026-11-23T10:30:00Z' }),
  stopped_leaving: stopped({ kind: 'sim_changed' }, { until: '2026-11-26T13:05:00Z', leavesIn: 52 }),
  counter: counter(),
  counter_first: counter({ last: null, sim: 'changed_in_grace', channel: 'voice' }),
  counter_failed: counter({ failedPasswords: 4, failedCodes: 1, lastFailureAt: '2026-11-22T22:41:00Z' }),
  counter_idle: counter({ idleIn: 58 }),
  get counter_ending() {
    return counter({ endsAt: new Date(Date.now() + 290_000).toISOString() });
  },
};
