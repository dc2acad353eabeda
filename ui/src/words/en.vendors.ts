// English for the vendors' settings. Only admins read these: vendors are named here and nowhere else.
import type { ChannelName } from '../contract/ChannelName';
import type { TestCause } from '../contract/TestCause';
import type { TestStepName } from '../contract/TestStepName';
import type { VendorField } from '../contract/VendorField';
import type { VendorFieldCode } from '../contract/VendorFieldCode';
import type { VendorFileProblem } from '../contract/VendorFileProblem';
import type { VendorName } from '../contract/VendorName';

export const vendors = {
  lead: 'SIMgate asks tru.ID about SIMs, and Twilio Verify sends the codes. Both give you what is asked for here.',
  keyring: 'All of it goes into the keyring of this machine. It can be replaced, never read out.',
  names: { tru_id: 'tru.ID', twilio: 'Twilio Verify' } satisfies Record<VendorName, string>,
  what: { tru_id: 'Checks SIMs', twilio: 'Sends codes' } satisfies Record<VendorName, string>,
  set: (when: string) => `Set on ${when}`,
  setByHand: 'Set by hand',
  notSet: 'Not set up yet',
  edit: 'Replace',
  setUp: 'Set up',
  test: 'Test',
  testing: 'Testing…',
  save: 'Save',
  savedNow: 'Saved. What was fetched with the old settings was thrown away.',
  partly: 'What you leave stays as it is stored. All of it is saved together, or none.',

  damaged: 'What the keyring holds for it is not readable. Saving replaces it.',
  drop: 'Forget what was filled in',
  channel: 'Send it as',
  trying: 'Trying…',
  begins: (sign: string) => `Begins with ${sign}.`,
  beginsEither: (sign: string, other: string) => `Begins with ${sign} or ${other}.`,

  rehearsal: {
    lead: 'This is a rehearsal: with nothing set here its own stand-ins answer. What is saved here is used, also if it is wrong, and opens nothing but those stand-ins.',
    fill: 'Fill in the rehearsal’s own',
  },

  fields: {
    client_id: 'Client ID',
    client_secret: 'Client secret',
    sid: 'SID of the account or of an API key',
    secret: 'Auth token or API key secret',
    service_sid: 'Verify service SID',
  } satisfies Record<Exclude<VendorField, 'host'>, string>,

  truId: {
    where: 'In the tru.ID console, under your project, or in the file tru.json that its command line wrote.',
    host: 'Data residency',
    hosts: { eu: 'Europe', in: 'India', us: 'United States', other: 'Another host' },
    otherHost: 'Host',
    otherHostHint: 'Only hosts of tru.ID and IDlayr are accepted, such as https://eu.api.idlayr.com.',
    real: 'Check the SIM of my own number',
    realHint: 'One real SIM check shows that they work. It costs one check.',
  },

  twilio: {
    where:
      'In the Twilio console: a Verify service, and an API key with its secret. The account’s SID and token do as well, but open the whole account.',
    real: 'Send a code to my own phone',
    realHint: 'One real code shows that they arrive. It costs a SIM check and a message.',
  },

  files: {
    truJson: { label: 'Fill in from tru.json', hint: 'The file is read here, not copied and not kept.' },
    dotEnv: {
      label: 'Fill in from .env',
      hint: 'The tutorial’s file. TRU_ID_CLIENT, TRU_ID_SECRET, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and VERIFICATION_SID (or VERIFY_SERVICE_SID) are read here, whatever else it holds; it is not copied and not kept.',
    },
  },

  tested: {
    heading: 'Result of the test',
    allPassed: 'All steps passed.',
    failed: 'The test did not pass.',
    notYet: 'Not tested yet. Test before you save.',
    stale: 'Changed since the test. Test again.',
    steps: {
      host_reached: 'Host reached',
      token_granted: 'Token granted',
      scope_held: 'Allowed to check SIMs',
      service_found: 'Verify service found',
      code_length: 'Codes have six digits or more',
      channels: 'Ready to send a code',
    } satisfies Record<TestStepName, string>,
    digits: (n: number) => `They have ${n}.`,
    channels: 'Twilio does not tell which are switched on: send a code to your own phone to see.',
    callWantsKey: 'Whoever is called must press a key first.',
    problems: {
      network: 'It did not answer. Check that this machine is online.',
      not_secure: 'The connection was not secure: something stands between. Ask whoever runs the network.',
      refused: 'The ID or the secret is wrong, or was taken back.',
      scope_missing: 'The project lacks the scope sim_check. Add it in the tru.ID console.',
      no_balance: 'There is no credit left.',
      service_missing: 'No Verify service has this SID in this account.',
      code_too_short: 'The service sends codes of fewer than six digits. Set six or more in the Twilio console.',
      code_length_not_told: 'The service does not tell how long its codes are.',
      suspended: 'The account is suspended or closed, or its trial has ended.',
      rate_limit: 'Asked too often just now.',
      vendor_failed: 'The service has a problem of its own. Try later.',
      malformed_answer: 'The answer could not be read.',
    } satisfies Record<TestCause, string>,
  },

  tried: {
    unchanged: 'The SIM of your number was not changed: checks work.',
    changed: 'Checks work, and this one says that the SIM of your own number was changed a short while ago. No code is sent to it.',
    cost: (cost: string) => `It cost ${cost}.`,
    balance: (balance: string) => `${balance} are left.`,
    tooMany: 'Nothing was asked: SIMgate’s own limits for your number are reached.',
    sent: {
      sms: (ending: string) => `A text is on its way to your number ending ${ending}.`,
      voice: (ending: string) => `A call is on its way to your number ending ${ending}.`,
    } satisfies Record<ChannelName, (ending: string) => string>,
    code: 'The code that arrived',
    check: 'Check the code',
    wrong: 'This is not the code.',
    approved: 'That is the code: everything works.',
    nothingSent: 'No code is waited for any more. Send another.',
  },

  notDone: {
    untested: 'Not saved: exactly these settings were not tested. Test them, then save.',
    codeTooShort: (digits: number) =>
      `Not saved: the service sends codes of ${digits} digits, and SIMgate takes none of fewer than six. Set six or more in the Twilio console.`,
    undone: 'Not saved: it could not be put on record. Everything is as it was.',
    notUndone:
      'It could not be put on record, and could not be undone either: the keyring holds the new settings, and SIMgate begins to work with them when it is started again.',
  },

  untestedAsk: 'Save without a passed test?',
  untestedBody: 'If these settings are wrong, nobody can sign in, and neither can you.',
  untestedSave: 'Save anyway',
  fieldProblems: {
    missing: 'This is missing.',
    too_long: 'This is too long to be right: at most 256 characters.',
    host_not_allowed: 'SIMgate sends these settings to hosts of tru.ID and IDlayr alone, such as https://eu.api.tru.id.',
    client_id_form: 'A client ID has no spaces and no colon.',
    client_secret_form: 'A client secret has no spaces.',
    sid_form: 'It is AC or SK and 32 letters a to f and digits.',
    secret_form: 'A token or secret has no spaces.',
    service_sid_form: 'It is VA and 32 letters a to f and digits.',
  } satisfies Record<VendorFieldCode, string>,

  filled: (n: number) => (n === 1 ? '1 field filled in. Test it, then save.' : `${n} fields filled in. Test them, then save.`),
  fileProblems: {
    too_long: () => 'This file is too long to be right.',
    not_json: () => 'This is not a tru.json: it is no JSON, or cut short.',
    something_else: () => 'This is not a tru.json: it is something else.',
    no_credentials: () => 'This tru.json holds no credentials.',
    client_id: () => 'The client ID in this file cannot be one.',
    client_secret: () => 'The client secret in this file cannot be one.',
    region: () => 'tru.ID has no such data residency as this file names.',
    line: (line: number) => `This is not the tutorial’s .env: line ${line} is not NAME=value.`,
    quote: (line: number) => `In line ${line} a quote has no end.`,
    twice: (_line: number, name: string) => `${name} stands in this file twice.`,
    form: (_line: number, name: string) => `What stands behind ${name} cannot be what its name says.`,
    nothing_found: () => 'This is not the tutorial’s .env: it holds none of the settings that are asked for here.',
  } satisfies Record<VendorFileProblem, (line: number, name: string) => string>,
};
