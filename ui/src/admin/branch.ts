// The branch: what the sign-in screen says, and who may join.
import type { Language } from '../contract/Language';
import type { RegistrationName } from '../contract/RegistrationName';

export const REGISTRATIONS: readonly RegistrationName[] = ['by_approval', 'closed', 'open'];

export interface BranchForm {
  name: string;
  call: string;
  /** What is not given is not asked about. */
  languages?: readonly Language[];
  first?: Language;
  registration?: RegistrationName;
  /** The countries that are allowed; null for all. */
  countries?: readonly string[] | null;
}

export const LONGEST_NAME = 60;
export const LONGEST_CALL = 120;
