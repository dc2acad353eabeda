// The recovery kit, backups, and setting up.
import type { BackupMade } from '../contract/BackupMade';
import type { DatabaseFacts } from '../contract/DatabaseFacts';
import type { FoundBackup } from '../contract/FoundBackup';
import type { KitShown } from '../contract/KitShown';
import type { KitState } from '../contract/KitState';
import type { RecoveryProgress } from '../contract/RecoveryProgress';
import type { RestoreOffer } from '../contract/RestoreOffer';
import type { Running } from './pages';

export type { FoundBackup, KitShown, KitState, RestoreOffer };

export const CODES_IN_KIT = 10;

export interface KitView {
  state: KitState;
  /** The new kit in readable form, which exists only while it is shown. */
  shown: KitShown | null;
  /** When what is shown is thrown away (RFC 3339), unless one of its codes was typed back. */
  goneAt: string | null;
}

export interface BackupView {
  /** Where backups are written when nothing else is said. */
  folder: string;
  lastAt: string | null;
  running: Running | null;
  /** The one just made. */
  made: BackupMade | null;
}

export type RestoreStep =
  | { step: 'choose' }
  | { step: 'looking' }
  | { step: 'plan'; offer: RestoreOffer }
  | ({ step: 'running' } & Running)
  /** `keptAs` is the name of what was here before; null where there was nothing. */
  | { step: 'done'; keptAs: string | null };

/** What a database holds, as a row of the plan; null where there is none, and its fault where it does not open. */
export const heldHere = ({ present }: RestoreOffer): DatabaseFacts | null =>
  present.kind === 'database' ? present.facts : null;

/** How far it is: reading through is not counted. */
export const runningOf = (work: RecoveryProgress | null, canceling: boolean): Running => ({
  done: work && work.step === 'copying' && work.total > 0 ? work.done / work.total : null,
  canceling,
});

export type SetupStep = 'welcome' | 'vendors' | 'branch' | 'admin' | 'kit' | 'done';

export const SETUP_STEPS: readonly SetupStep[] = ['welcome', 'vendors', 'branch', 'admin', 'kit', 'done'];
