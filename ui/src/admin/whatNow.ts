// What would happen to somebody now, from Rust's answer to what the page says of it.
import type { StopReason } from '../contract/StopReason';
import type { WhatIf } from '../contract/WhatIf';
import type { WouldStop } from '../contract/WouldStop';

/** What stands in the way before the SIM is checked. */
export type Block =
  | 'pending'
  | 'disabled'
  | 'no_password'
  | 'password_over'
  | 'password_locked'
  | 'codes_locked'
  | 'needs_admin'
  | 'send_limit'
  | 'check_limit'
  | 'country'
  | 'budget'
  | 'other';

function stopped(reason: StopReason): Block {
  switch (reason.kind) {
    case 'not_approved':
      return 'pending';
    case 'cannot_tell':
      return 'check_limit';
    case 'code_refused':
      return reason.problem === 'needs_admin' ? 'needs_admin' : 'codes_locked';
    case 'not_sent':
      if (reason.problem === 'country_not_allowed') return 'country';
      return reason.problem === 'budget' ? 'budget' : 'send_limit';
    case 'sim_changed':
    case 'unforeseen':
      return 'other';
  }
}

export function blockOf(stop: WouldStop): { block: Block; until: string | null } {
  switch (stop.kind) {
    case 'disabled':
    case 'no_password':
    case 'password_over':
      return { block: stop.kind, until: null };
    case 'name_locked':
      return { block: 'password_locked', until: stop.until };
    case 'stopped':
      return { block: stopped(stop.reason), until: stop.until };
  }
}

/** Whether a changed SIM is let through, and with how many causes of "cannot tell" a code is sent. */
export const outcomesOf = ({ answers }: WhatIf): { grace: boolean; causes: number } => {
  const sends = answers.filter(({ then }) => then.kind === 'send').map(({ answer }) => answer.kind);
  return { grace: sends.includes('changed'), causes: sends.filter((kind) => kind === 'cannot_tell').length };
};
