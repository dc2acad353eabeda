// A screen of the administration in one state, with what it is given and callbacks that do nothing.
import type { Component, ComponentProps } from 'svelte';
import type { AdminPage, Listing, Role } from '../../admin/pages';
import type { SetupStep } from '../../admin/recovery';
import type { Words } from '../../words/en';

type Any = Component<any, any, any>;

/** What stands around the screen. */
export type Around =
  | { around: 'admin'; page: AdminPage; role?: Role; heading?: (words: Words) => string; back?: (words: Words) => string }
  | { around: 'setup'; step: SetupStep }
  | { around: 'nothing' }
  /** A dialog over the record. */
  | { around: 'dialog' };

export interface AdminPose {
  around: Around;
  component: Any;
  props: Record<string, unknown>;
}

export function pose<C extends Any>(
  around: Around,
  component: C,
  props: Omit<ComponentProps<C>, 'words' | 'locale'>,
): AdminPose {
  return { around, component, props: props as Record<string, unknown> };
}

export const nothing = (): void => {};

export const listing = <Row>(rows: readonly Row[] | null, change: Partial<Listing<Row>> = {}): Listing<Row> => ({
  rows,
  loading: false,
  problem: null,
  before: false,
  after: false,
  ...change,
});
