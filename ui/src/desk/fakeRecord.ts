// The record of the fake desk: a few entries, and work that is over when it has been asked about often
// enough.
import type { EntryView } from '../contract/EntryView';
import type { RecordExportView } from '../contract/RecordExportView';
import type { RecordForm } from '../contract/RecordForm';
import type { RecordPageView } from '../contract/RecordPageView';
import type { RecordWorkView } from '../contract/RecordWorkView';
import type { RetentionForm } from '../contract/RetentionForm';
import type { RetentionView } from '../contract/RetentionView';
import type { VerificationView } from '../contract/VerificationView';
import { entries } from './posed/entries';
import { refusal } from './refused';

const PAGE = 4;
const [newest, oldest] = [entries[0]!, entries.at(-1)!];

export class FakeRecord {
  #retention: RetentionView = { version: 0, days: null, least: 90, most: 3650 };
  #verification: VerificationView = { step: 'idle' };
  #export: RecordExportView = { step: 'idle' };

  page({ text, group, after }: RecordForm): RecordPageView {
    const from = after === null ? 0 : Number(after);
    const found = entries.filter(
      ({ reference, about, result }) =>
        (text === '' || reference === text.toUpperCase() || (about.kind === 'person' && about.name === text)) &&
        (group !== 'stops' || result === 'refused'),
    );
    const next = from + PAGE < found.length ? String(from + PAGE) : null;
    return { entries: found.slice(from, from + PAGE), next };
  }

  entry(seq: number): EntryView | null {
    const found = entries.find((entry) => entry.seq === seq);
    if (!found) return null;
    const about = { detail: null, policy: 1, checkId: null, cost: null };
    const seal = { hash: 'ab'.repeat(32), previous: 'cd'.repeat(32) };
    return { ...found, ...about, ...seal, older: found !== oldest, newer: found !== newest };
  }

  verify(): void {
    this.#verification = { step: 'running', done: 0, all: entries.length, canceling: false };
  }

  write(): void {
    this.#export = { step: 'writing', done: 0, all: entries.length, canceling: false };
  }

  /** How far it was, after which it is further. */
  work(): RecordWorkView {
    const work = { verification: this.#verification, export: this.#export };
    if (this.#verification.step === 'running') this.#verification = verifiedFurther(this.#verification);
    if (this.#export.step === 'writing') this.#export = writtenFurther(this.#export);
    return work;
  }

  cancel(): RecordWorkView {
    if (this.#verification.step === 'running') this.#verification = { ...this.#verification, canceling: true };
    if (this.#export.step === 'writing') this.#export = { ...this.#export, canceling: true };
    return this.work();
  }

  retention(): RetentionView {
    return { ...this.#retention };
  }

  keep({ version, days }: RetentionForm): RetentionView {
    const { least, most } = this.#retention;
    if (days !== null && (days < least || days > most)) throw refusal('retention_out_of_bounds', { field: 'retention' });
    if (version !== this.#retention.version) throw refusal('outdated');
    this.#retention = { ...this.#retention, version: version + 1, days };
    return this.retention();
  }
}

function verifiedFurther(work: Extract<VerificationView, { step: 'running' }>): VerificationView {
  if (work.canceling) return { step: 'stopped' };
  if (work.done < work.all) return { ...work, done: work.done + PAGE };
  return { step: 'good', entries: work.all, from: oldest.at, to: newest.at, droppedUntil: null };
}

function writtenFurther(work: Extract<RecordExportView, { step: 'writing' }>): RecordExportView {
  if (work.canceling) return { step: 'stopped' };
  if (work.done < work.all) return { ...work, done: work.done + PAGE };
  return { step: 'done', entries: work.all, path: '/home/branch/exports/simgate-record.jsonl', key: 'ef'.repeat(32) };
}
