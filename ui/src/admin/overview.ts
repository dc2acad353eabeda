// What the overview shows.
import type { Money } from './pages';

export type Period = 'today' | 'week' | 'month';

export const PERIODS: readonly Period[] = ['today', 'week', 'month'];

export type StopKind =
  | 'password_refused'
  | 'locked'
  | 'not_approved'
  | 'sim_changed'
  | 'cannot_tell'
  | 'not_sent'
  | 'code_refused'
  | 'other';

export interface Totals {
  signIns: number;
  stops: readonly { kind: StopKind; count: number }[];
  codes: number;
  /** One amount per currency that a vendor told. */
  cost: readonly Money[];
}

export type HealthThing = 'tru_id' | 'tru_id_balance' | 'twilio' | 'keyring' | 'database' | 'record' | 'clock';

export type HealthState = 'good' | 'watch' | 'bad' | 'unknown';

export interface Health {
  thing: HealthThing;
  state: HealthState;
  /** Of a vendor's last calls. */
  calls?: { ms: number; failed: number; of: number; lastAt: string } | null;
  /** Of an account that has one. */
  left?: Money | null;
}

export interface OverviewView {
  /** When this was counted (RFC 3339, UTC). */
  at: string;
  totals: Record<Period, Totals>;
  /** The last seven days, oldest first; `day` is `YYYY-MM-DD`. */
  days: readonly { day: string; signIns: number; stopped: number }[];
  /** Codes sent today and how many may be. */
  budget: { used: number; of: number };
  health: readonly Health[];
  /** People who wait for approval. */
  waiting: number;
}

/** From this share of the day's codes on, the overview warns. */
export const WARN_SHARE = 0.8;
