// The record as the administration shows it.
import type { Money, Running } from './pages';

export type RecordGroup = 'all' | 'stops' | 'sign_ins' | 'people' | 'settings' | 'record';

export const RECORD_GROUPS: readonly RecordGroup[] = ['all', 'stops', 'sign_ins', 'people', 'settings', 'record'];

export interface RecordQuery {
  text: string;
  group: RecordGroup;
  /** Days as `YYYY-MM-DD`, in the person's own time; empty for no bound. */
  from: string;
  until: string;
}

/** Somebody in the record. */
export type Party =
  | { kind: 'person'; id: string; name: string; deleted: boolean }
  | { kind: 'unknown_name' | 'program' | 'console' | 'nobody' };

export type RecordAct =
  | 'sign_in_refused'
  | 'password_passed'
  | 'registered'
  | 'registration_refused'
  | 'sim_passed'
  | 'sim_stopped'
  | 'code_sent'
  | 'code_not_sent'
  | 'code_wrong'
  | 'code_refused'
  | 'signed_in'
  | 'signed_out'
  | 'session_ended'
  | 'started_over'
  | 'failed';

export type RecordResult = 'done' | 'refused';

export interface EntryRow {
  seq: number;
  at: string;
  /** A word of the record; the dictionary says it. */
  act: string;
  result: RecordResult;
  about: Party;
  by: Party;
  cause: string | null;
  reference: string | null;
}

export interface EntryView extends EntryRow {
  detail: string | null;
  policy: number | null;
  checkId: string | null;
  cost: Money | null;
  /** In hexadecimal digits. */
  hash: string;
  previous: string;
  /** There are entries before and after. */
  older: boolean;
  newer: boolean;
}

/** Where the record first stops being what was written. */
export interface BadEntry {
  seq: number;
  kind: 'hash' | 'link' | 'signature' | 'sequence' | 'shortened' | 'unreadable';
}

export type Verification =
  | { step: 'idle' | 'stopped' }
  | ({ step: 'running' } & Running)
  | {
      step: 'good';
      entries: number;
      from: string;
      to: string;
      /** Until when entries were dropped, if any were. */
      droppedUntil: string | null;
    }
  | { step: 'bad'; first: BadEntry };
