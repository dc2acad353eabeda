// English for the rules: sentences with choices in them. What stands in braces is chosen there.
import type { CannotTell } from '../contract/CannotTell';
import type { LooseningView } from '../contract/LooseningView';
import type { RulesProblem } from '../contract/RulesProblem';
import type { BranchNumber, RoleNumber } from '../admin/rules';
import type { Block } from '../admin/whatNow';
import { plural } from './plural';

/** A rule that is a number or a choice: its sentence, and its name without it. */
export interface RuleWords {
  says: string;
  label: string;
}

export const rules = {
  lead: 'Each sentence is a rule, and what is set in it can be chosen. Every decision records the version of the rules it was made by.',
  version: (version: number) => `Version ${version}`,
  changed: (when: string, by: string) => `since ${when}, by ${by}`,
  since: (when: string) => `since ${when}`,
  asShipped: 'as shipped',
  role: 'Rules for',
  groups: { sim: 'The SIM', unknown: 'When the SIM cannot be checked', codes: 'Codes and SIM checks', password: 'Passwords', session: 'Sessions', branch: 'For everyone' },
  unknownLead: 'Stopping is the strictest, and what we recommend: whoever took over a number may also be able to keep the operator from answering. A code sent without a checked SIM never counts as proof of the number.',
  recommended: (value: string) => `Recommended: ${value}.`,
  stop: 'stop',
  pass: 'send a code anyway',
  /** For how many days a new number is let through. */
  grace: (days: number) => {
    if (days === 0) return 'stopped like any other';
    return days === 1 ? 'let through in their first day' : `let through in their first ${days} days`;
  },
  /** The choices of a window, whatever its length. */
  time: (minutes: number) => {
    if (minutes % 1440 === 0) return plural(minutes / 1440, 'day', 'days');
    if (minutes % 60 === 0) return plural(minutes / 60, 'hour', 'hours');
    return plural(minutes, 'minute', 'minutes');
  },

  numbers: {
    windowMinutes: {
      says: 'A SIM counts as changed for {value} after it was changed.',
      label: 'How long a SIM counts as changed',
    },
    graceDays: {
      says: 'People whose number is new here, and whose SIM was changed, are {value}.',
      label: 'New numbers with a changed SIM',
    },
    idleMinutes: {
      says: 'Whoever touches nothing for {value} minutes is signed out.',
      label: 'Minutes without a touch',
    },
    sessionMinutes: {
      says: 'A session ends after {value} at the latest.',
      label: 'Longest session',
    },
    passwords: {
      says: 'A name is locked after {value} wrong passwords.',
      label: 'Wrong passwords until the lock',
    },
    lockMinutes: {
      says: 'The lock lasts {value} minutes.',
      label: 'Minutes that a lock lasts',
    },
    codesInARow: {
      says: 'Codes are locked after {value} wrong codes in a row.',
      label: 'Wrong codes in a row until the lock',
    },
    codesInAll: {
      says: 'Only an admin can unlock codes after {value} wrong ones with no right one between.',
      label: 'Wrong codes until only an admin can unlock',
    },
    sendsInSignIn: {
      says: 'At most {value} codes are sent in one sign-in.',
      label: 'Codes in one sign-in',
    },
    sendsInTenMinutes: {
      says: 'At most {value} codes in ten minutes to one number.',
      label: 'Codes in ten minutes',
    },
    sendsInADay: {
      says: 'At most {value} codes a day to one number.',
      label: 'Codes in a day',
    },
    checksInTenMinutes: {
      says: 'At most {value} SIM checks in ten minutes for one number.',
      label: 'SIM checks in ten minutes',
    },
    checksInADay: {
      says: 'At most {value} SIM checks a day for one number.',
      label: 'SIM checks in a day',
    },
    registrationsInAnHour: {
      says: 'At most {value} people may register in an hour.',
      label: 'Registrations in an hour',
    },
    codeBudget: {
      says: 'At most {value} codes are sent in 24 hours, to everyone together.',
      label: 'Codes in 24 hours for everyone',
    },
    checkBudget: {
      says: 'At most {value} SIM checks are made in 24 hours, for everyone together.',
      label: 'SIM checks in 24 hours for everyone',
    },
  } satisfies Record<RoleNumber | BranchNumber, RuleWords>,

  /** What each thing that is loosened gives up. */
  looser: {
    short_window: 'a SIM taken over longer ago than this is no longer noticed.',
    pass: 'a code is sent although nobody looked at the SIM.',
    more_passwords: 'more guesses at a password before the name is locked.',
    large_code_budget: 'a misuse of this installation can cost more before it is stopped.',
    large_check_budget: 'a misuse of this installation can cost more before it is stopped.',
  } satisfies Record<LooseningView['code'], string>,

  spent: {
    codes: (spent: string, of: string) => `${spent} of ${of} codes were sent in the last 24 hours.`,
    checks: (spent: string, of: string) => `${spent} of ${of} SIM checks were made in the last 24 hours.`,
  },
  prices: {
    heading: 'What codes cost',
    hint: 'From your provider’s price list, for the overview. Nothing is paid by it; leave it open if you like.',
    currency: 'Currency (three letters)',
    smsPrice: 'One text message',
    voicePrice: 'One call',
    notAPrice: 'Type a price such as 0.05, up to 100.',
    sms: 'text message',
    voice: 'call',
    none: 'not said',
  },

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

  unsaved: (n: number) => plural(n, 'change is not saved.', 'changes are not saved.'),
  discard: 'Undo the changes',
  save: 'Save the rules',
  invalid: 'Something is out of its range or missing. Put it right first.',
  saveAsk: 'Save looser rules?',
  saveBody: 'With these changes you give this up:',
  saveAnyway: 'Save the looser rules',
  saved: (version: number) => `Saved. Version ${version} of the rules holds from now on.`,
  outdated: 'Somebody else changed the rules meanwhile, and yours were not saved. What you chose is still chosen; this is what they changed:',
  changedFrom: (rule: string, from: string, to: string) => `${rule}: ${from}, now ${to}.`,
  notSaved: 'These rules were not saved:',
  wrong: {
    too_small: (least: string) => `it has to be ${least} or more.`,
    too_large: (most: string) => `it may be ${most} at the most.`,
    no_country: 'no country is on the list: nobody could sign in.',
    not_a_country: 'something on the list is no country with telephones.',
    shuts_you_out: 'the country of your own number is not on the list: you could not sign in again.',
    not_a_currency: 'a currency has three letters, as EUR or USD.',
  } satisfies Record<RulesProblem['kind'], unknown>,
  history: {
    open: 'Earlier versions',
    heading: 'Versions of the rules',
    older: 'Show older versions',
  },

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
      no_password: 'Stops: has no password yet.',
      password_over: 'Stops: the password that was handed over is too old.',
      password_locked: 'Stops: the name is locked.',
      codes_locked: 'Stops: codes are locked.',
      needs_admin: 'Stops: only an admin can unlock codes.',
      send_limit: 'Stops: too many codes were sent to this number.',
      check_limit: 'Stops: too many SIM checks were made for this number.',
      country: 'Stops: codes may not go to this country.',
      budget: 'Stops: all codes or SIM checks for 24 hours are used.',
      other: 'Stops.',
    } satisfies Record<Block, string>,
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
