// The dictionary. This file is the type: every other language satisfies it, so a missing word is
// a type error. Text between asterisks is shown strong (parts/Said.svelte).
import type { ChannelName } from '../contract/ChannelName';
import type { Language } from '../contract/Language';
import type { SimWord } from '../contract/SimWord';
import type { Station } from '../contract/Station';
import { admin } from './en.admin';
import { codes } from './en.codes';
import { faults } from './en.faults';
import { people } from './en.people';
import { record } from './en.record';
import { recovery } from './en.recovery';
import { rules } from './en.rules';
import { vendors } from './en.vendors';
import { plural } from './plural';

export const en = {
  ...codes,
  faults,
  admin,
  people,
  record,
  rules,
  vendors,
  recovery,

  titles: {
    starting: 'Starting',
    first_run: 'Set up SIMgate',
    not_set_up: 'Not set up yet',
    fault: 'SIMgate cannot work',
    sign_in: 'Sign in',
    register: 'Register',
    checking_sim: 'Checking your SIM',
    code: 'Enter your code',
    recovery_code: 'Use a recovery code',
    stopped: 'Stopped',
    choose_password: 'Choose your password',
    counter: 'Signed in',
  },

  bar: {
    help: 'Help',
    close: 'Close',
    textSize: 'Text size',
    theme: 'Colours',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
    language: 'Language',
    signOut: 'Sign out',
  },

  gate: {
    label: 'The gate',
    stations: { password: 'Password', sim: 'SIM', code: 'Code' } satisfies Record<Station, string>,
    waiting: 'Waiting',
    now: 'Your turn',
    checking: 'Checking',
    sending: 'Sending',
    passed: 'Passed',
    unchanged: 'Unchanged',
    newHere: 'Changed, allowed',
    unchecked: 'Not checked, allowed',
    recovered: 'Recovery code',
    changed: 'Changed',
    noAnswer: 'Not checked',
    notSent: 'Not sent',
    refused: 'Not accepted',
    stopped: 'Stopped',
    held: 'Not approved yet',
    notReached: 'Not reached',
  },

  rehearsal: {
    banner: 'Rehearsal: no real messages are sent and no real SIM is checked',
    showPhone: 'Show the phone',
    hidePhone: 'Hide the phone',
    heading: 'Rehearsal phone',
    empty: 'Codes sent in this rehearsal arrive here.',
    channels: { sms: 'Text', voice: 'Call' } satisfies Record<ChannelName, string>,
    spoken: 'A voice says:',
    to: 'To',
    use: 'Use this code',
    useFor: (number: string) => `Use the code for ${number}`,
  },

  signIn: {
    heading: 'Sign in',
    username: 'Username',
    password: 'Password',
    show: 'Show',
    hide: 'Hide',
    showLabel: 'Show password',
    hideLabel: 'Hide password',
    submit: 'Sign in',
    working: 'Checking…',
    newHere: 'New here?',
    register: 'Register',
    refusedMore: [
      'Check both and try again.',
      'After five wrong passwords a name is locked for 30 minutes. Wait, then try again.',
      'If it still does not work, or you may be switched off, show this reference to your supervisor or an admin.',
    ],
    settingUp: 'Set-up is not finished. Sign in as the first admin to go on with it.',
    settingUpElse: 'Did the first admin never get in?',
    withdraw: 'Begin set-up anew',
    keepTyped: 'Keep what I typed',
    forgets: (seconds: number) => `What you typed will be cleared in *${seconds}\u00a0s*.`,
    forgetsSaid: 'What you typed will be cleared in 30 seconds. Press any key to keep it.',
  },

  register: {
    heading: 'Register',
    lead: 'Choose a name and a password, and say where your codes go.',
    usernameHint: '3 to 32 letters, digits, dots, hyphens or underscores.',
    passwordHint: 'At least 15 characters. A few words in a row work well.',
    strengthLabel: 'Password strength',
    typed: (length: number, needed: number) => `${length} of ${needed} characters`,
    scores: ['Very easy to guess', 'Easy to guess', 'Could be guessed', 'Hard to guess', 'Very hard to guess'],
    accepted: 'Good to use',
    country: 'Country or region',
    phone: 'Mobile number',
    phoneHint: 'With or without the first zero.',
    preview: (number: string) => `Will be used as *${number}*`,
    notice: 'Your number is used to check the SIM with your mobile operator and to send you codes. For nothing else.',
    channel: 'How should codes reach you?',
    channels: { sms: 'Text message', voice: 'Phone call' } satisfies Record<ChannelName, string>,
    channelHints: {
      sms: 'The code arrives as a text.',
      voice: 'A voice reads the code to you.',
    } satisfies Record<ChannelName, string>,
    submit: 'Register',
    working: 'Registering…',
    back: 'Back to sign in',
    retryIn: (time: string) => `Try again in ${time}.`,
  },

  checking: {
    heading: 'Checking your SIM',
    body: (ending: string) =>
      `We are asking your mobile operator whether the SIM for the number ending *${ending}* was changed. No code is sent until it answers.`,
    waits: 'Still waiting for your mobile operator to answer.',
    sendingHeading: 'Sending your code',
    sending: {
      sms: (ending: string) => `The SIM passed. We are sending a text to the number ending *${ending}*.`,
      voice: (ending: string) => `The SIM passed. We are calling the number ending *${ending}*.`,
    } satisfies Record<ChannelName, (ending: string) => string>,
    sendingWaits: 'Still waiting for the code to be sent.',
    slow: 'This takes longer than usual. You can go on waiting, or start over.',
    startOver: 'Start over',
  },

  code: {
    heading: 'Enter your code',
    sent: {
      sms: (ending: string) => `We texted a code to the number ending *${ending}*.`,
      voice: (ending: string) => `We called the number ending *${ending}* with a code.`,
    } satisfies Record<ChannelName, (ending: string) => string>,
    grace: 'Your SIM was changed not long ago. We still sent a code, because your number is new here. If you did not change it, stop and tell your supervisor.',
    unchecked: 'We could not check your SIM. We still sent a code, because the rules of this branch allow it. If you did not ask for a code, stop and tell your supervisor.',
    label: 'Code',
    hint: 'Six digits or more. It is checked by itself when you stop typing.',
    expires: (time: string) => `Expires in ${time}`,
    tries: (n: number) => plural(n, 'try left', 'tries left'),
    minuteLeft: 'One minute left for this code. You can have another one sent.',
    minuteLeftLast: 'One minute left for this code.',
    expired: 'This code has expired. Have another one sent, or start over.',
    expiredLast: 'This code has expired. Start over to get a new one.',
    wrong: (n: number) => `That code is not right. You have ${plural(n, 'try', 'tries')} left.`,
    check: 'Check the code',
    working: 'Checking…',
    again: { sms: 'Text again', voice: 'Call again' } satisfies Record<ChannelName, string>,
    instead: { sms: 'Text me instead', voice: 'Call me instead' } satisfies Record<ChannelName, string>,
    opensIn: (time: string) => `in ${time}`,
    opens: 'You can have another code sent now.',
    noneLeft: 'No more codes can be sent in this sign-in. If none came, start over: the next one may take some minutes.',
    stillWorks: 'The code you have still works.',
    notYou: 'Not you?',
    startOver: 'Start over',
  },

  keypad: {
    open: 'Keypad',
    close: 'Hide keypad',
    label: 'Number keypad',
    remove: 'Delete the last digit',
    plus: 'Plus',
  },

  stopped: {
    reference: 'Your reference',
    show: 'Show this reference to your supervisor.',
    call: 'Call:',
    until: (when: string) => `It may work again from *${when}*.`,
    clears: (when: string) => `You should be able to sign in again from *${when}*, if the SIM is not changed again.`,
    retryIn: (time: string) => `You can try again in *${time}*.`,
    retryNow: 'You can try again now.',
    back: 'Back to sign in',
    keep: 'Keep it open',
    leaves: (seconds: number) => `This screen closes in *${seconds}\u00a0s*.`,
    leavesSaid: 'This screen closes in one minute. You can keep it open.',
  },

  counter: {
    heading: (name: string) => `Signed in as ${name}`,
    now: 'This sign-in',
    since: 'Signed in',
    how: 'Code',
    channels: {
      sms: (ending: string) => `By text to the number ending ${ending}`,
      voice: (ending: string) => `By call to the number ending ${ending}`,
    } satisfies Record<ChannelName, (ending: string) => string>,
    sim: 'SIM check',
    sims: {
      unchanged: 'Not changed',
      unchecked: 'Could not be checked; the rules of this branch allow that',
      changed_in_grace: 'Changed, but your number is new here',
      recovered: 'Not checked: a recovery code was used',
    } satisfies Record<SimWord, string>,
    lastSims: {
      unchanged: 'SIM not changed',
      unchecked: 'SIM not checked, allowed',
      changed_in_grace: 'SIM changed, number new here',
      recovered: 'recovery code used',
    } satisfies Record<SimWord, string>,
    graceNote: 'After your first days here, a SIM that still counts as changed will stop your sign-in. If you did not change your SIM, tell your supervisor now.',
    before: 'Before this',
    last: 'Last sign-in',
    first: 'This is your first sign-in.',
    lastBy: { sms: 'code by text', voice: 'code by call' } satisfies Record<ChannelName, string>,
    failed: 'Refused tries before you got in',
    failedNone: 'None',
    failedPasswords: (n: number) => plural(n, 'refused password', 'refused passwords'),
    failedCodes: (n: number) => plural(n, 'wrong code', 'wrong codes'),
    failedAt: (when: string) => `Latest: ${when}`,
    notYou: 'If you did not make these, tell your supervisor.',
    session: 'Your session',
    idle: 'Ends if nothing is touched',
    idleIn: (time: string) => `In ${time}`,
    ends: 'Ends at the latest',
    warnHeading: 'Are you still there?',
    warn: (time: string) => `You will be signed out in *${time}*.`,
    warnSaid: 'You will be signed out in one minute.',
    ending: (at: string) => `Your session ends at *${at}*. Sign in again after that; finish what you are doing.`,
    stay: 'Stay signed in',
    signOut: 'Sign out',
  },

  notSetUp: {
    heading: 'SIMgate is not set up yet',
    body: 'SIMgate cannot sign anyone in until an admin has stored what it needs for:',
    next: 'Ask your admin to finish setting up SIMgate on this machine, then try again.',
  },
  fault: { reference: 'Reference', tryAgain: 'Try again', working: 'Trying…' },
  starting: { heading: 'Starting SIMgate', body: 'Opening the keyring and the records.' },

  help: {
    heading: 'How signing in works',
    steps: [
      { name: 'Password', text: 'You type your username and your password.' },
      {
        name: 'SIM',
        text: 'SIMgate asks your mobile operator whether the SIM behind your number was changed lately. If it was, a code could reach someone else, so none is sent. A number that has never passed this check may be let through in its first days here.',
      },
      { name: 'Code', text: 'If the SIM passed, a code is texted to you, or a voice reads it to you. You type it here.' },
    ],
    stopHeading: 'If you are stopped',
    stop: 'The screen says why and what to do. Show the reference in large type to your supervisor: it finds your sign-in in the records.',
    safeHeading: 'Stay safe',
    safe: 'Nobody from SIMgate, your branch or your operator will ever ask you for your code or your password.',
    numbersHeading: 'Numbers for the rehearsal',
    numbers: 'The end of the number you register decides what happens. Numbers from 07700 900000 to 900999 belong to nobody.',
    numberEnds: 'Number ends in',
    whatHappens: 'What happens',
    endings: [
      ['95', 'SIM unchanged the first time, changed after that, until the rehearsal is closed'],
      ['90, 93', 'Operator does not take part'],
      ['91', 'Operator does not answer'],
      ['92', 'Number not known'],
      ['94', 'Operator has no answer'],
      ['96', 'No credit for SIM checks'],
      ['97', 'Too many checks'],
      ['98', 'Nothing ever answers'],
      ['99', 'Operator has a problem'],
      ['any other even digit', 'SIM unchanged'],
      ['any other odd digit', 'SIM changed (a number that never passed is still let through)'],
    ] as [string, string][],
  },

  reference: 'Reference',
  unforeseen: (reference: string) => `Reference: ${reference}`,
  duration: (seconds: number) =>
    seconds < 60 ? plural(seconds, 'second', 'seconds') : plural(Math.ceil(seconds / 60), 'minute', 'minutes'),
  /** What tru.ID charges in. */
  credits: (amount: string, one: boolean) => `${amount} ${one ? 'credit' : 'credits'}`,
  languages: { en: 'English', es: 'Español' } satisfies Record<Language, string>,
};

export type Words = typeof en;
