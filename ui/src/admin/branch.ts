// The branch: what the sign-in screen says, and who may join.
import type { Language } from '../contract/Language';

export type Registration = 'closed' | 'approval' | 'open';

export const REGISTRATIONS: readonly Registration[] = ['approval', 'closed', 'open'];

export interface BranchForm {
  name: string;
  call: string;
  /** What is not given is not asked about. */
  languages?: readonly Language[];
  first?: Language;
  /** ISO 3166-1 alpha-2; null allows every country. */
  countries?: readonly string[] | null;
  registration?: Registration;
}

export const LONGEST_NAME = 60;
export const LONGEST_CALL = 120;
