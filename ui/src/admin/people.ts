// People as the administration sees them, and which acts a role is offered on them.
import type { ChannelName } from '../contract/ChannelName';
import type { ImportWorkView } from '../contract/ImportWorkView';
import type { Role, Running } from './pages';

export type PersonState = 'pending' | 'active' | 'disabled';

export const PERSON_STATES: readonly PersonState[] = ['pending', 'active', 'disabled'];

export type PeopleOrder = 'name' | 'last_sign_in' | 'added';

export interface PeopleQuery {
  text: string;
  state: PersonState | 'locked' | null;
  role: Role | null;
  order: PeopleOrder;
  descending: boolean;
}

export interface PersonRow {
  id: string;
  username: string;
  role: Role;
  state: PersonState;
  locked: boolean;
  /** The last two digits. */
  numberEnding: string | null;
  lastSignInAt: string | null;
  addedAt: string;
}

export interface Person extends PersonRow {
  /** Grows with each change by an admin; an act carries the one it saw. */
  version: number;
  channel: ChannelName;
  /** When the number was first seen here, and when an unchanged SIM and a right code proved it. */
  numberSeenAt: string | null;
  verifiedAt: string | null;
  failedPasswords: number;
  failedCodes: number;
  /** Until when, where that is known; null with `locked` means that only an admin can unlock. */
  lockedUntil: string | null;
  mustChangePassword: boolean;
  /** Null for someone who registered; empty where whoever added them is gone. */
  addedBy: string | null;
  /** The person who looks at this page. */
  self: boolean;
  lastAdmin: boolean;
}

/** What is done to a person. The caller adds the version of the person shown. */
export type PersonAct =
  | { kind: 'approve' | 'disable' | 'enable' | 'unlock' | 'reset' | 'delete' }
  | { kind: 'role'; role: Role }
  | { kind: 'channel'; channel: ChannelName };

export type PersonActKind = PersonAct['kind'] | 'number';

/** The acts that make sense for this person and that this role is offered, most wanted first. */
export function actsOn(person: Person, by: Role): PersonActKind[] {
  if (by === 'staff') return [];
  // What might leave nobody to look after the rest is done by another admin.
  if (person.self) return by === 'admin' ? ['number', 'channel'] : [];
  const acts: PersonActKind[] = [];
  if (person.state === 'pending') acts.push('approve');
  // A lock that only an admin opens says so by having no end.
  if (person.locked && (by === 'admin' || person.lockedUntil !== null)) acts.push('unlock');
  if (by !== 'admin') return acts;
  if (person.state === 'disabled') acts.push('enable');
  acts.push('reset', 'number', 'channel');
  if (!person.lastAdmin) {
    acts.push('role');
    if (person.state !== 'disabled') acts.push('disable');
    acts.push('delete');
  }
  return acts;
}

/** What two versions of a person differ in, as far as the page shows it. */
export type PersonChange = 'username' | 'role' | 'state' | 'numberEnding' | 'channel' | 'locked';

const COMPARED: readonly PersonChange[] = ['username', 'role', 'state', 'numberEnding', 'channel', 'locked'];

export const changesBetween = (seen: Person, now: Person): PersonChange[] =>
  COMPARED.filter((field) => seen[field] !== now[field]);

export interface AddPersonForm {
  username: string;
  role: Role;
  phone: string;
  country: string;
  channel: ChannelName;
}

/** What was read of a file that comes in. */
export type ImportStep =
  | { step: 'choose' }
  | ({ step: 'sending' | 'checking' | 'writing' } & Running)
  | Extract<ImportWorkView, { step: 'checked' | 'done' }>;

export type NumberStep =
  | { step: 'number' }
  | { step: 'checking' }
  /** `until` says, in words, how long the code works. */
  | { step: 'code'; numberEnding: string; triesLeft: number; wrong: boolean; until: string }
  /** What happened and when it may work, in words. */
  | { step: 'stopped'; why: string; wait: string | null; reference: string | null }
  | { step: 'done'; numberEnding: string };

export type ExportStep<Written> =
  | { step: 'choose' }
  | ({ step: 'writing' } & Running)
  | ({ step: 'done'; path: string } & Written);
