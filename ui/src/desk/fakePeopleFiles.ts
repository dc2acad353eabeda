// Files of people on the fake desk: what comes in is looked at line by line, and work is over when it
// has been asked about often enough.
import type { BadRow } from '../contract/BadRow';
import type { BeginImportForm } from '../contract/BeginImportForm';
import type { ImportPartForm } from '../contract/ImportPartForm';
import type { ImportWorkView } from '../contract/ImportWorkView';
import type { PeopleExportView } from '../contract/PeopleExportView';
import type { PeopleWorkView } from '../contract/PeopleWorkView';
import { refusal } from './refused';

const MOST = 5_000_000;

export class FakePeopleFiles {
  /** The names of those who were taken in. */
  taken: string[] = [];
  #announced: number | null = null;
  #text = '';
  #names: string[] = [];
  #import: ImportWorkView = { step: 'idle' };
  #coming: ImportWorkView = { step: 'idle' };
  #export: PeopleExportView = { step: 'idle' };
  #going: PeopleExportView = { step: 'idle' };

  begin({ bytes }: BeginImportForm): void {
    if (bytes > MOST) throw refusal('file_too_large');
    this.#announced = bytes;
    this.#text = '';
    this.#import = { step: 'idle' };
  }

  add({ at, text }: ImportPartForm): void {
    if (this.#announced === null) throw refusal('not_now');
    if (at !== new TextEncoder().encode(this.#text).length) throw refusal('bad_request');
    this.#text += text;
  }

  check(): void {
    if (this.#announced !== new TextEncoder().encode(this.#text).length) throw refusal('bad_request');
    const [names, ...rows] = this.#text.trim().split('\n');
    this.#announced = null;
    this.#import = { step: 'checking', done: 0, all: 2 * rows.length, canceling: false };
    if (names !== 'username,phone,channel,role') {
      this.#coming = { step: 'failed', refusal: refusal('file_columns') };
      return;
    }
    const isGood = (row: string) => /^[a-z.]{3,},\+?\d+,(sms|voice),(staff|supervisor|admin)$/.test(row);
    const bad = rows.flatMap((row, i): BadRow[] => (isGood(row) ? [] : [{ row: i + 2, column: null, why: 'columns' }]));
    this.#names = rows.filter(isGood).map((row) => row.split(',')[0] ?? '');
    this.#coming = { step: 'checked', good: this.#names.length, badCount: bad.length, bad };
  }

  take(goodOnly: boolean): void {
    if (this.#import.step !== 'checked') throw refusal('not_now');
    if (this.#import.badCount > 0 && !goodOnly) throw refusal('bad_request');
    this.#import = { step: 'writing', done: 0, all: this.#names.length, canceling: false };
    this.#coming = { step: 'done', added: this.#names.length };
  }

  cancel(): void {
    if (this.#import.step === 'checking' || this.#import.step === 'writing') {
      this.#import = { ...this.#import, canceling: true };
    } else {
      this.#announced = null;
      this.#import = { step: 'idle' };
    }
  }

  write(whole: boolean): void {
    this.#export = { step: 'writing', done: 500, all: 0, canceling: false };
    const path = `/home/branch/exports/simgate-people${whole ? '-whole' : ''}.csv`;
    this.#going = { step: 'done', rows: 2314, path };
  }

  cancelWriting(): void {
    if (this.#export.step === 'writing') this.#export = { ...this.#export, canceling: true };
  }

  /** How far it was, after which it is over. */
  work(): PeopleWorkView {
    const work = { import: this.#import, export: this.#export };
    if (this.#import.step === 'checking' || this.#import.step === 'writing') {
      this.#import = this.#import.canceling ? { step: 'stopped' } : this.#coming;
      if (this.#import.step === 'done') this.taken.push(...this.#names);
    }
    if (this.#export.step === 'writing') this.#export = this.#export.canceling ? { step: 'stopped' } : this.#going;
    return work;
  }
}
