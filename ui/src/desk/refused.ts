import type { ErrorCode } from '../contract/ErrorCode';
import type { Refusal } from '../contract/Refusal';

/** A refusal as Rust sends it. */
export const refusal = (code: ErrorCode, change: Partial<Refusal> = {}): Refusal => ({
  code,
  field: null,
  retryAfter: null,
  reference: null,
  ...change,
});
