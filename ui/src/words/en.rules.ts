// English for the rules: sentences with choices in them. What stands in braces is chosen there.
import type { CannotTell } from '../contract/CannotTell';
import type { BranchRule, RoleRule } from '../admin/rules';
import { plural } from './plural';

/** A rule that is a number or a choice: its sentence, the name of each choice, what loosening gives up. */
export interface RuleWords {
  says: string;
  label: string;
  looser: string;
}

export const rules = {
  lead: 'Each sentence is a rule, and what is set in it can be chosen. Every decision records the version of the rules it was made by.',
  version: (version: number) => `Version ${version}`,
  changed: (when: string, by: string) => `since ${when}, by ${by}`,
  asShipped: 'as shipped',
  role: 'Rules for',
  groups: { sim: 'The SIM', unknown: 'When the SIM cannot be checked', codes: 'Codes and SIM checks', password: 'Passwords', session: 'Sessions', branch: 'For everyone' },
  unknownLead: 'Stopping is the strictest, and what we recommend: whoever took over a number may also be able to keep the operator from answering. A code sent without a checked SIM never counts as proof of the number.',
  recommended: (value: string) => `Recommended: ${value}.`,
  stop: 'stop',
  pass: 'send a code anyway',
  on: 'are let through',
  off: 'are stopped like any other',
  /** The choices of a window, whatever its length. */
  time: (minutes: number) => {
    if (minutes % 1440 === 0) return plural(minutes / 1440, 'day', 'days');
    if (minutes % 60 === 0) return plural(minutes / 60, 'hour', 'hours');
    return plural(minutes, 'minute', 'minutes');
  },

  roles: {
    windowMinutes: {
      says: 'A SIM counts as changed for {value} after it was changed.',
      label: 'How long a SIM counts as changed',
      looser: 'a SIM taken over longer ago than this is no longer noticed.',
    },
    passwords: {
      says: 'A name is locked after {value} wrong passwords.',
      label: 'Wrong passwords until the lock',
      looser: 'more guesses at a password before the name is locked.',
    },
    lockMinutes: {
      says: 'The lock lasts {value} minutes.',
      label: 'Minutes that a lock lasts',
      looser: 'guessing can go on sooner.',
    },
    codesInARow: {
      says: 'Codes are locked after {value} wrong codes in a row.',
      label: 'Wrong codes in a row until the lock',
      looser: 'more guesses at a code before it is locked.',
    },
    codesInAll: {
      says: 'Only an admin can unlock codes after {value} wrong ones with no right one between.',
      label: 'Wrong codes until only an admin can unlock',
      looser: 'more guesses at a code before an admin has to look.',
    },
    sendsInSignIn: {
      says: 'At most {value} codes are sent in one sign-in.',
      label: 'Codes in one sign-in',
      looser: 'more messages can be caused by one sign-in.',
    },
    sendsInTenMinutes: {
      says: 'At most {value} codes in ten minutes to one number.',
      label: 'Codes in ten minutes',
      looser: 'a number can be flooded with more messages, at your cost.',
    },
    sendsInADay: {
      says: 'At most {value} codes a day to one number.',
      label: 'Codes in a day',
      looser: 'a number can be flooded with more messages, at your cost.',
    },
    checksInTenMinutes: {
      says: 'At most {value} SIM checks in ten minutes for one number.',
      label: 'SIM checks in ten minutes',
      looser: 'more checks can be caused, at your cost.',
    },
    checksInADay: {
      says: 'At most {value} SIM checks a day for one number.',
      label: 'SIM checks in a day',
      looser: 'more checks can be caused, at your cost.',
    },
    idleMinutes: {
      says: 'Whoever touches nothing for {value} minutes is signed out.',
      label: 'Minutes without a touch',
      looser: 'a desk that was left stays open longer for anyone who passes.',
    },
    sessionMinutes: {
      says: 'A session ends after {value} at the latest.',
      label: 'Longest session',
      looser: 'a SIM that is changed during the day is noticed later.',
    },
  } satisfies Record<Exclude<RoleRule, 'grace'>, RuleWords>,

  grace: {
    says: 'People whose number is new here, and whose SIM was changed, {value} in their first seven days.',
    label: 'New numbers with a changed SIM',
  },

  branch: {
    codesADay: {
      says: 'At most {value} codes a day are sent from this machine.',
      label: 'Codes a day from this machine',
      looser: 'a misuse of this machine can cost more before it is stopped.',
    },
    registrationsInAnHour: {
      says: 'At most {value} people may register in an hour.',
      label: 'Registrations in an hour',
      looser: 'more made-up people can be registered before anyone notices.',
    },
    retentionDays: {
      says: 'Entries of the record are kept for {value} days.',
      label: 'Days that the record is kept',
      looser: 'what happened longer ago can no longer be looked up.',
    },
  } satisfies Record<BranchRule, RuleWords>,

  cannotTell: {
    operator_not_supported: 'If the operator does not take part in SIM checks, {value}.',
    number_not_known: 'If the operator does not know the number, {value}.',
    no_data: 'If the operator has no answer for the number, {value}.',
    operator_timeout: 'If the operator does not answer in time, {value}.',
    operator_failed: 'If the operator has a problem of its own, {value}.',
    our_credentials: 'If we are not allowed to ask, {value}.',
    our_balance: 'If there is no credit left, {value}.',
    rate_limit: 'If too many checks were asked for, {value}.',
    network: 'If the checking service cannot be reached, {value}.',
    vendor_failed: 'If the checking service has a problem of its own, {value}.',
    malformed_answer: 'If the answer cannot be read, {value}.',
  } satisfies Record<CannotTell, string>,
  cannotTellLabel: 'What happens then',
  cannotTellLooser: 'a code is sent although nobody looked at the SIM.',

  unsaved: (n: number) => plural(n, 'change is not saved.', 'changes are not saved.'),
  discard: 'Undo the changes',
  save: 'Save the rules',
  invalid: 'Some numbers are out of their range. Put them right first.',
  saveAsk: 'Save looser rules?',
  saveBody: 'With these changes you give this up:',
  saveAnyway: 'Save the looser rules',
  saved: (version: number) => `Saved. Version ${version} of the rules holds from now on.`,
  outdated: 'Somebody else changed the rules meanwhile. Yours were not saved; look at the new ones below and choose again.',

  now: {
    heading: 'What would happen now',
    lead: 'Tells from the rules and the records what a sign-in would come to. No operator is asked, and nothing is sent.',
    name: 'Username',
    ask: 'Tell me',
    unknown: 'Nobody has this name.',
    for: (name: string, role: string) => `${name}, ${role}`,
    before: 'Before the SIM is checked',
    free: 'Nothing stands in the way: with the right password, the SIM is checked.',
    blocks: {
      pending: 'Stops: waits for approval.',
      disabled: 'Stops: switched off.',
      password_locked: 'Stops: the name is locked.',
      codes_locked: 'Stops: codes are locked.',
      needs_admin: 'Stops: only an admin can unlock codes.',
      send_limit: 'Stops: too many codes were sent to this number.',
      check_limit: 'Stops: too many SIM checks were made for this number.',
      country: 'Stops: codes may not go to this country.',
      budget: 'Stops: all codes for today are used.',
    },
    until: (when: string) => `Until ${when}.`,
    then: 'What the SIM check then decides',
    outcome: 'If the SIM check says',
    decides: 'then',
    unchanged: 'Not changed',
    changed: 'Changed',
    changedLately: (window: string) => `Changed less than ${window} ago`,
    cannotTell: 'Could not be checked',
    proceed: 'A code is sent',
    grace: (until: string) => `A code is sent: the number is new here until ${until}`,
    stop: 'It stops; no code is sent',
    someCauses: (n: number) => `A code is sent for ${plural(n, 'cause', 'causes')}; it stops for all others`,
  },
};
