// From what the record's page shows to what Rust is asked, and back.
import type { RecordExportView } from '../contract/RecordExportView';
import type { RecordForm } from '../contract/RecordForm';
import type { Refusal } from '../contract/Refusal';
import type { RunningView } from '../contract/RunningView';
import type { VerificationView } from '../contract/VerificationView';
import type { Running } from '../admin/pages';
import type { ExportStep } from '../admin/people';
import type { RecordQuery, Verification } from '../admin/record';

/** Seconds go to Rust as 32 bits without a sign. */
const LAST_SECOND = 4_294_967_295;

/** The beginning of a day, in the person's own time, as seconds; of the next day with `more` 1. */
function second(day: string, more: number): number | null {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + more);
  const seconds = Math.floor(at.getTime() / 1000);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds, 0), LAST_SECOND);
}

/** What is asked for a page: that after `after`, or the first. The last day is in it to its end. */
export const formOf = ({ text, group, from, until }: RecordQuery, after: string | null): RecordForm => ({
  text,
  group,
  from: second(from, 0),
  until: second(until, 1),
  after,
});

export const runningOf = ({ done, all, canceling }: RunningView): Running => ({
  done: all > 0 ? Math.min(1, done / all) : null,
  canceling,
});

/** What is shown of a verification, and why it failed if it did. */
export function verificationOf(view: VerificationView): [Verification, Refusal | null] {
  switch (view.step) {
    case 'running':
      return [{ step: 'running', ...runningOf(view) }, null];
    case 'failed':
      return [{ step: 'idle' }, view.refusal];
    case 'idle':
    case 'stopped':
    case 'good':
    case 'bad':
      return [view, null];
  }
}

export type Exporting = ExportStep<{ entries: number; key: string }>;

/** What is shown of an export, and why it failed if it did. */
export function exportOf(view: RecordExportView): [Exporting, Refusal | null] {
  switch (view.step) {
    case 'writing':
      return [{ step: 'writing', ...runningOf(view) }, null];
    case 'done':
      return [view, null];
    case 'failed':
      return [{ step: 'choose' }, view.refusal];
    case 'idle':
    case 'stopped':
      return [{ step: 'choose' }, null];
  }
}
