// The vendors' settings as the page holds them: what is set is told by Rust, and what is typed goes
// there and is forgotten.
import type { ChannelName } from '../contract/ChannelName';
import type { FaultKind } from '../contract/FaultKind';
import type { Refusal } from '../contract/Refusal';
import type { TestStep } from '../contract/TestStep';
import type { TriedCode } from '../contract/TriedCode';
import type { TryAnswer } from '../contract/TryAnswer';
import type { VendorField } from '../contract/VendorField';
import type { VendorFieldProblem } from '../contract/VendorFieldProblem';
import type { VendorFileAnswer } from '../contract/VendorFileAnswer';
import type { VendorForm } from '../contract/VendorForm';
import type { VendorName } from '../contract/VendorName';
import type { VendorStatus } from '../contract/VendorStatus';

/** What was typed. A field that is not there keeps what was filled in or is stored. */
export type Values = Partial<Record<VendorField, string>>;

/** Why a vendor's settings were not saved, or nothing could be asked. */
export type NotDone =
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'keyring'; fault: FaultKind }
  | { kind: 'untested' }
  | { kind: 'code_too_short'; digits: number }
  | { kind: 'not_recorded'; reference: string; undone: boolean };

/** What a vendor's card shows. */
export interface VendorState {
  status: VendorStatus;
  busy: 'testing' | 'saving' | 'reading' | 'trying' | null;
  /** Of the last test of what stands in the form, or of what is stored. */
  tested: { passed: boolean; steps: readonly TestStep[] } | null;
  /** The fields that would not do. */
  problems: readonly VendorFieldProblem[];
  notDone: NotDone | null;
  saved: boolean;
  /** What came of a file. */
  file: Exclude<VendorFileAnswer, { kind: 'keyring' }> | null;
  /** What came of one real check or code. */
  tried: Exclude<TryAnswer, { kind: 'invalid' | 'keyring' }> | null;
  /** What came of the code that was typed. */
  code: TriedCode | { kind: 'refusal'; refusal: Refusal } | null;
}

export interface VendorActs {
  ontest: (values: Values) => void;
  /** `untested` where the admin says: all the same. */
  onsave: (values: Values, untested: boolean) => void;
  /** One real check, or one real code by this channel, to whoever is signed in. */
  ontry: (values: Values, channel: ChannelName) => void;
  oncode: (code: string) => void;
  onread: (text: string) => void;
  /** Forgets what was filled in. */
  ondrop: () => void;
  /** Somebody begins to change something, or gave it up: what was said before is old. */
  onedit: () => void;
}

export const FIELDS = {
  tru_id: ['host', 'client_id', 'client_secret'],
  twilio: ['sid', 'secret', 'service_sid'],
} as const satisfies Record<VendorName, readonly VendorField[]>;

/** Those that are hidden while they are typed. */
export const HIDDEN: readonly VendorField[] = ['client_secret', 'secret'];

export const HOSTS = {
  eu: 'https://eu.api.tru.id',
  in: 'https://in.api.tru.id',
  us: 'https://us.api.tru.id',
} as const;

export type Residency = keyof typeof HOSTS;

/** Longer than any file that a vendor's tool writes. */
export const MOST_BYTES = 16_000;

/** What there is of one value. The value itself never comes out of Rust. */
export interface Kept {
  from: 'stored' | 'file';
  /** When it was saved, if that is known. */
  at: string | null;
  /** The last four, where the vendor shows them too; of the host all. */
  shown: string | null;
}

export function keptOf(status: VendorStatus, field: VendorField): Kept | null {
  const filled = status.unsaved.find((one) => one.field === field);
  if (filled) return { from: 'file', at: null, shown: filled.shown || null };
  const stored = status.stored.find((one) => one.field === field);
  return stored ? { from: 'stored', at: status.since, shown: stored.shown || null } : null;
}

/** What Rust is given: nothing for what is to stay. */
export function formOf(vendor: VendorName, values: Values): VendorForm {
  const of = (field: VendorField) => values[field]?.trim() || null;
  return vendor === 'tru_id'
    ? { vendor, host: of('host'), clientId: of('client_id'), clientSecret: of('client_secret') }
    : { vendor, sid: of('sid'), secret: of('secret'), serviceSid: of('service_sid') };
}

export const fresh = (status: VendorStatus): VendorState => ({
  status,
  busy: null,
  tested: null,
  problems: [],
  notDone: null,
  saved: false,
  file: null,
  tried: null,
  code: null,
});

export type { VendorName };
