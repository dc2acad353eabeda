// English for the shell of the administration, the parts its pages share, and its first page.
import type { AdminPage, Role } from '../admin/pages';
import type { Period } from '../admin/overview';
import type { HealthState } from '../contract/HealthState';
import type { HealthThing } from '../contract/HealthThing';
import type { StopKind } from '../contract/StopKind';
import { plural } from './plural';

export const admin = {
  label: 'Administration',
  open: 'Administration',
  counter: 'Back to the counter',
  pages: {
    overview: 'Overview',
    people: 'People',
    record: 'Record',
    rules: 'Rules',
    vendors: 'Vendors',
    branch: 'Branch',
    recovery: 'Recovery',
  } satisfies Record<AdminPage, string>,
  roles: { staff: 'Staff', supervisor: 'Supervisor', admin: 'Admin' } satisfies Record<Role, string>,
  cancel: 'Cancel',
  save: 'Save',
  saving: 'Saving…',
  saved: 'Saved.',
  working: 'Working…',
  reload: 'Try again',

  table: {
    loading: 'Loading…',
    failed: 'This could not be loaded.',
    sortBy: 'Sort by',
    ascending: 'Going up',
    descending: 'Going down',
    turn: 'Turn the order around',
  },

  pager: {
    label: 'Pages of the list',
    first: 'First',
    newest: 'Newest',
    newer: 'Newer',
    older: 'Older',
    previous: 'Previous',
    next: 'Next',
  },

  search: { clear: 'Clear the search' },

  progress: {
    of: (percent: string) => `${percent} done`,
    canceling: 'Stopping…',
  },

  steps: {
    passed: 'Passed',
    failed: 'Failed',
    not_reached: 'Not reached',
    working: 'Working',
  },

  sentence: {
    looser: 'Looser than recommended:',
    stricter: 'Stricter than recommended.',
    range: (least: string, most: string) => `Use a whole number from ${least} to ${most}.`,
  },

  once: {
    note: 'You see this only once. SIMgate does not keep it in readable form and saves no file. Print it, or copy it to a safe place.',
    copy: 'Copy',
    copied: 'Copied. Other programs can read what was copied, so paste it soon and copy something else after.',
    notCopied: 'It could not be copied. Write it down or print it.',
    print: 'Print',
  },

  secret: {
    set: (when: string) => `Set on ${when}`,
    filled: 'Filled in from the file, not saved yet',
    byHand: 'Set by hand',
    ends: (ending: string) => `ends in ${ending}`,
    replace: 'Replace',
    keep: 'Keep what is stored',
    hidden: 'What is stored cannot be shown, only replaced.',
  },

  file: {
    choose: 'Choose a file',
    reading: 'Reading…',
    read: (name: string) => `Read: ${name}`,
    tooBig: (most: string) => `This file is too large. The most is ${most}.`,
    notRead: 'This file could not be read.',
    notText: 'This file is not plain text.',
  },

  chart: {
    table: 'Show as a table',
    day: 'Day',
  },

  stepUp: {
    heading: 'Confirm that it is you',
    why: (act: string) => `“${act}” is a sensitive act. Type your password; then your SIM is checked and a code is sent to your phone.`,
    ends: 'If the SIM check or the code fails, you are signed out.',
    go: 'Go on',
    working: 'Checking…',
  },

  choosePassword: {
    heading: 'Choose your own password',
    lead: 'You signed in with a password for one use. Choose your own now, and nobody else will know it.',
    label: 'New password',
    submit: 'Keep this password',
    working: 'Keeping…',
    leave: 'Sign out instead',
  },

  overview: {
    period: 'Counted for',
    periods: { today: 'Today', week: '7 days', month: '30 days' } satisfies Record<Period, string>,
    asOf: (time: string) => `As of ${time}`,
    signIns: (n: number): string => (n === 1 ? 'sign-in' : 'sign-ins'),
    stopped: (n: number): string => (n === 1 ? 'sign-in stopped' : 'sign-ins stopped'),
    codes: (n: number): string => (n === 1 ? 'code sent' : 'codes sent'),
    cost: 'known cost of SIM checks and codes',
    noCost: 'No cost is known',
    costs: {
      heading: 'What it cost',
      checks: 'SIM checks',
      charged: 'as the provider charged them, as far as it told',
      codes: 'Codes',
      priced: 'by the prices that the rules say now, not by a bill',
      notTold: 'not known',
      unpriced: (n: number) =>
        n === 1 ? 'For 1 code the rules say no price, so it is not in the cost.' : `For ${n} codes the rules say no price, so they are not in the cost.`,
    },
    budget: {
      heading: 'Codes in 24 hours',
      used: (used: string, of: string) => `${used} of ${of} codes were sent in the last 24 hours.`,
      near: (percent: string) => `${percent} of the codes for 24 hours are sent. Once all are, no more are sent until the oldest is a day old.`,
      over: 'All codes for 24 hours are sent. No more are sent until the oldest is a day old.',
      change: 'Change the budget',
    },
    waiting: (n: number) => (n === 1 ? '1 person waits for approval.' : `${n} people wait for approval.`),
    waitingOpen: 'Show who',
    loosened: {
      heading: 'Rules looser than recommended',
      open: 'Open the rules',
    },
    chart: {
      week: 'The last seven days',
      signIns: 'Sign-ins',
      stopped: 'Stopped',
      caption: 'Sign-ins and stops, day by day',
    },
    stops: {
      heading: 'Why sign-ins stopped',
      why: 'Reason',
      count: 'Times',
      none: 'Nothing was stopped.',
      kinds: {
        password_refused: 'Wrong name or password',
        locked: 'Name locked',
        not_approved: 'Not approved or switched off',
        sim_changed: 'SIM changed',
        cannot_tell: 'SIM could not be checked',
        not_sent: 'Code not sent',
        code_refused: 'Code wrong or too late',
        other: 'Something else',
      } satisfies Record<StopKind, string>,
    },
    health: {
      heading: 'Health',
      things: {
        tru_id: 'tru.ID, SIM checks',
        twilio: 'Twilio Verify, codes',
        keyring: 'Keyring',
        database: 'Database',
        record: 'Record',
        clock: 'Clock',
      } satisfies Record<HealthThing, string>,
      states: {
        good: 'Good',
        watch: 'Look at this',
        bad: 'Needs you now',
        unknown: 'Not known yet',
      } satisfies Record<HealthState, string>,
      took: (ms: string) => `answers in ${ms} ms`,
      errors: (failed: number, calls: number) => `${failed} of the last ${plural(calls, 'call', 'calls')} failed`,
      last: (when: string) => `last call: ${when}`,
      left: (sum: string) => `${sum} left on the account`,
      never: 'not called yet',
    },
  },

  branch: {
    lead: 'What people see on the sign-in screen, and who may use it.',
    name: 'Name of the branch',
    nameHint: 'Shown on the sign-in screen, such as “High Street branch, desk 3”.',
    call: 'Whom to call when stopped',
    callHint: 'Shown on every stop: a name, a number, or both.',
    languages: 'Languages',
    languagesHint: 'Those that people may choose. At least one.',
    first: 'Shown first',
    countries: 'Countries that codes may go to',
    countriesHint: 'Numbers from other countries get no SIM check and no code.',
    allCountries: 'Every country',
    someCountries: 'Only these countries',
    addCountry: 'Add this country',
    removeCountry: (name: string) => `Take ${name} off the list`,
    noCountries: 'No country is on the list yet: nobody could sign in.',
    registration: 'Who may register',
    modes: {
      closed: 'Nobody',
      by_approval: 'Anyone, once approved',
      open: 'Anyone',
    },
    modeHints: {
      closed: 'Only an admin adds people.',
      by_approval: 'A supervisor or an admin lets each person in. Until then they get no SIM check and no code. Recommended.',
      open: 'Whoever proves their phone is in. At most five people register in an hour.',
    },
    needsName: 'Give the branch a name.',
    needsCall: 'Say whom to call.',
    needsLanguage: 'Choose at least one language.',
    tooLong: (most: number) => `Use at most ${most} characters.`,
  },
};
