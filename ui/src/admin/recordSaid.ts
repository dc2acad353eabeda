// From the record's own words to ours. A word that is not in the dictionary yet is shown as it is:
// an admin is better served by it than by nothing.
import type { Words } from '../words/en';
import type { Party } from './record';

export const actSaid = (words: Words, act: string): string => words.record.acts[act] ?? act;

export const causeSaid = (words: Words, cause: string): string => words.record.causes[cause] ?? cause;

export function partySaid(words: Words, party: Party): string {
  const w = words.record;
  switch (party.kind) {
    case 'person':
      return party.deleted ? w.deleted(party.name) : party.name;
    case 'unknown_name':
      return w.unknownName;
    case 'program':
      return w.program;
    case 'console':
      return w.console;
    case 'nobody':
      return w.nobody;
  }
}
