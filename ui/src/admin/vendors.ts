// The vendors' settings: what is asked for, what is stored, and what a test says.
import type { VendorName } from '../contract/VendorName';

/** What is stored of one value. The value itself never comes out of Rust. */
export interface Stored {
  at: string;
  /** The last four, where the vendor shows them too. */
  ending: string | null;
}

export interface TruIdStored {
  clientId: Stored;
  clientSecret: Stored;
  host: string;
}

export type TwilioKind = 'api_key' | 'auth_token';

export interface TwilioStored {
  kind: TwilioKind;
  accountSid: Stored | null;
  keySid: Stored | null;
  secret: Stored;
  serviceSid: Stored;
}

/** What was typed. Null keeps what is stored. */
export interface TruIdForm {
  clientId: string | null;
  clientSecret: string | null;
  host: string;
}

export interface TwilioForm {
  kind: TwilioKind;
  accountSid: string | null;
  keySid: string | null;
  secret: string | null;
  serviceSid: string | null;
}

export type TestStep =
  | 'host_reached'
  | 'token_granted'
  | 'scope_held'
  | 'sim_checked'
  | 'signed_in'
  | 'service_found'
  | 'code_length'
  | 'sms_open'
  | 'voice_open'
  | 'code_sent';

export type StepProblem =
  | 'network'
  | 'not_secure'
  | 'host_refused'
  | 'refused'
  | 'scope_missing'
  | 'no_balance'
  | 'service_missing'
  | 'code_too_short'
  | 'channel_off'
  | 'suspended'
  | 'rate_limit'
  | 'number_refused'
  | 'vendor_failed'
  | 'malformed_answer';

export interface TestResult {
  steps: readonly { step: TestStep; state: 'passed' | 'failed' | 'not_reached'; problem: StepProblem | null }[];
}

export const allPassed = ({ steps }: TestResult): boolean => steps.every(({ state }) => state === 'passed');

/** What a vendor's card shows. */
export interface VendorState<Kept> {
  stored: Kept | null;
  /** A test, or the saving, is under way. */
  busy: 'testing' | 'saving' | null;
  /** Of the last test of what stands in the form, or of what is stored. */
  tested: TestResult | null;
  saved: boolean;
}

export interface VendorActs<Form> {
  /** Tests what is given, with what is stored where a value is null. `real` asks for one paid try. */
  ontest: (form: Form, real: boolean) => void;
  onsave: (form: Form) => void;
  /** What was tested is no longer what stands in the form. */
  onedit: () => void;
}

export const HOSTS = {
  eu: 'https://eu.api.tru.id',
  in: 'https://in.api.tru.id',
  us: 'https://us.api.tru.id',
} as const;

export type Residency = keyof typeof HOSTS;

export const SIDS = {
  account: /^AC[0-9a-f]{32}$/i,
  key: /^SK[0-9a-f]{32}$/i,
  service: /^VA[0-9a-f]{32}$/i,
} as const;

/** Longer than any value a vendor gives out. */
export const LONGEST_VALUE = 200;

export type ImportFault = 'not_json' | 'not_tru_json' | 'not_env' | 'too_long';

export type { VendorName };
