// From what Rust says of people to what the pages show, and from what is asked there to its form.
import type { Person, PeopleQuery, PersonRow } from '../admin/people';
import type { ExportForm } from '../contract/ExportForm';
import type { PeopleForm } from '../contract/PeopleForm';
import type { PeopleMark } from '../contract/PeopleMark';
import type { PersonRow as Told } from '../contract/PersonRow';
import type { PersonView } from '../contract/PersonView';

export const EVERYONE: PeopleQuery = { text: '', state: null, role: null, order: 'name', descending: false };

/** The question for a page of the list. */
export const formFor = (query: PeopleQuery, country: string, after: PeopleMark | null): PeopleForm => ({
  text: query.text,
  country,
  state: query.state === 'locked' ? null : query.state,
  role: query.role,
  locked: query.state === 'locked',
  order: query.order === 'added' ? 'registered' : query.order,
  descending: query.descending,
  after,
});

/** The same people, in a file. */
export const exportFormFor = (query: PeopleQuery, country: string): ExportForm => ({
  text: query.text,
  country,
  state: query.state === 'locked' ? null : query.state,
  role: query.role,
  locked: query.state === 'locked',
});

/** Whether a question leaves anybody out. */
export const isFiltered = ({ text, state, role }: PeopleQuery): boolean => text !== '' || state !== null || role !== null;

export const rowOf = (told: Told): PersonRow => ({
  id: told.id,
  username: told.username,
  role: told.role,
  state: told.state,
  locked: told.locked,
  numberEnding: told.numberEnding,
  lastSignInAt: told.lastSignInAt,
  addedAt: told.registeredAt,
});

/** Both locks have to end before the person gets in; one that only an admin opens has no end. */
function lockedUntil({ needsAdmin, passwordLockedUntil, codesLockedUntil }: PersonView): string | null {
  if (needsAdmin) return null;
  const ends = [passwordLockedUntil, codesLockedUntil].filter((at) => at !== null);
  return ends.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
}

export const personOf = (told: PersonView): Person => ({
  ...rowOf(told),
  version: told.version,
  channel: told.channel,
  numberSeenAt: told.numberSeenAt,
  verifiedAt: told.verifiedAt,
  failedPasswords: told.failedPasswords,
  failedCodes: told.failedCodes,
  lockedUntil: lockedUntil(told),
  mustChangePassword: told.password.kind === 'one_time',
  addedBy: told.came.kind === 'registered' ? null : (told.came.by ?? ''),
  self: told.yourself,
  lastAdmin: told.lastAdmin,
});
