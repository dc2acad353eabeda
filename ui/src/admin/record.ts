// The record as the administration shows it.
import type { BadEntry } from '../contract/BadEntry';
import type { EntryResult } from '../contract/EntryResult';
import type { EntryRow } from '../contract/EntryRow';
import type { EntryView } from '../contract/EntryView';
import type { PartyView } from '../contract/PartyView';
import type { RecordGroup } from '../contract/RecordGroup';
import type { Running } from './pages';

export type { BadEntry, EntryRow, EntryView, RecordGroup };
export type Party = PartyView;
export type RecordResult = EntryResult;

export const RECORD_GROUPS: readonly RecordGroup[] = ['all', 'stops', 'sign_ins', 'people', 'settings', 'record'];

export interface RecordQuery {
  text: string;
  group: RecordGroup;
  /** Days as `YYYY-MM-DD`, in the person's own time; empty for no bound. */
  from: string;
  until: string;
}

/** The question that leaves nothing out. */
export const ALL_ENTRIES: RecordQuery = { text: '', group: 'all', from: '', until: '' };

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
  | 'failed'
  | 'command_refused'
  | 'sign_in_held'
  | 'person_added'
  | 'person_approved'
  | 'person_disabled'
  | 'person_enabled'
  | 'person_unlocked'
  | 'password_reset'
  | 'password_chosen'
  | 'channel_changed'
  | 'role_changed'
  | 'number_change_begun'
  | 'number_code_wrong'
  | 'number_changed'
  | 'number_not_changed'
  | 'person_deleted'
  | 'person_act_refused'
  | 'admin_recovered'
  | 'people_imported'
  | 'people_exported'
  | 'registration_mode_changed'
  | 'first_admin_withdrawn'
  | 'set_up_finished'
  | 'recovery_code_used'
  | 'kit_made'
  | 'kit_shown'
  | 'backup_made'
  | 'backup_failed'
  | 'restored'
  | 'branch_changed'
  | 'vendor_tested'
  | 'vendor_test_failed'
  | 'vendor_settings_changed'
  | 'record_verified'
  | 'record_flawed'
  | 'record_exported'
  | 'record_pruned'
  | 'retention_changed'
  | 'record_adopted'
  | 'rules_set'
  | 'budget_warning';

export type Verification =
  | { step: 'idle' | 'stopped' }
  | ({ step: 'running' } & Running)
  | {
      step: 'good';
      entries: number;
      /** The times of the first and the last, if there is any. */
      from: string | null;
      to: string | null;
      /** Until when entries were dropped, if any were. */
      droppedUntil: string | null;
    }
  | { step: 'bad'; first: BadEntry };
