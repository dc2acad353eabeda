// Which pages of the administration there are, and who is shown which. Rust decides who may do what;
// this only keeps from the menu what would be refused.
import type { IconName } from '../parts/icons';

export type Role = 'staff' | 'supervisor' | 'admin';

export const ROLES: readonly Role[] = ['staff', 'supervisor', 'admin'];

export type AdminPage = 'overview' | 'people' | 'record' | 'rules' | 'vendors' | 'branch' | 'recovery';

const SHOWN: Record<Role, readonly AdminPage[]> = {
  staff: [],
  supervisor: ['people', 'record'],
  admin: ['overview', 'people', 'record', 'rules', 'vendors', 'branch', 'recovery'],
};

export const pageIcons = {
  overview: 'overview',
  people: 'people',
  record: 'record',
  rules: 'rules',
  vendors: 'vendors',
  branch: 'branch',
  recovery: 'recovery',
} as const satisfies Record<AdminPage, IconName>;

/** The pages for a role, in the order of the menu. The first is where the administration opens. */
export const pagesFor = (role: Role): readonly AdminPage[] => SHOWN[role];

/** What is open within a page, such as a person: its name among what can be, its heading, and the way back. */
export interface Within {
  name: string;
  heading: string;
  back: string;
  onback: () => void;
  /** To the page itself, where the way back leads to something else within it. */
  onleave?: () => void;
}

/** What a list shows: its rows once they came, and whether more are asked for. */
export interface Listing<Row> {
  /** Null until the first answer. */
  rows: readonly Row[] | null;
  /** An answer is waited for; the rows, if there are any, are those of the question before. */
  loading: boolean;
  /** Why the last question was refused, in words. */
  problem: string | null;
  /** There are rows before these, and after these, in the order shown. */
  before: boolean;
  after: boolean;
}

/** A long act under way: how far it is, if that is known, from 0 to 1. */
export interface Running {
  done: number | null;
  /** Its person asked it to stop, and it has not stopped yet. */
  canceling: boolean;
}

export interface Money {
  /** A decimal number with a point, as the vendor wrote it. */
  amount: string;
  /** Three letters. tru.ID's own credits are `API`. */
  currency: string;
}
