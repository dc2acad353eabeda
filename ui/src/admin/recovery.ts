// The recovery kit, backups, and setting up.
import type { Running } from './pages';

export const CODES_IN_KIT = 10;

/** A kit in readable form, which exists only while it is shown. */
export interface Kit {
  codes: readonly string[];
  key: string;
  /** The code that is to be typed back, counted from 1. */
  confirm: number;
}

export interface KitView {
  /** Null while there is none. */
  made: { at: string; left: number } | null;
  shown: Kit | null;
  /** What was typed back was another. */
  wrong: boolean;
}

export type BackupFault =
  | 'not_found'
  | 'not_a_backup'
  | 'cut_short'
  | 'damaged'
  | 'wrong_key'
  | 'key_mistyped'
  | 'key_malformed'
  | 'newer'
  | 'no_room'
  | 'not_written';

export interface BackupView {
  lastAt: string | null;
  running: Running | null;
  /** Where the one just made is. */
  written: string | null;
  fault: BackupFault | null;
}

/** What a database holds, told before it replaces another. */
export interface Holdings {
  at: string;
  branch: string;
  people: number;
  entries: number;
  rules: number;
}

export type RestoreStep =
  | { step: 'choose'; fault: BackupFault | null }
  | { step: 'looking' }
  /** `keptAs` is where what is here now will be; null where there is nothing. */
  | { step: 'plan'; backup: Holdings; here: Holdings | null; keptAs: string | null }
  | ({ step: 'running' } & Running)
  | { step: 'done' };

/** Backups that lie where SIMgate writes them. */
export interface FoundBackup {
  path: string;
  at: string;
}

export type SetupStep = 'welcome' | 'vendors' | 'branch' | 'admin' | 'kit' | 'done';

export const SETUP_STEPS: readonly SetupStep[] = ['welcome', 'vendors', 'branch', 'admin', 'kit', 'done'];
