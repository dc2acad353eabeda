// A backup in the place of what is here: looked at, confirmed, put there. The key is kept no longer
// than that takes.
import { runningOf, type FoundBackup, type RestoreStep } from '../admin/recovery';
import type { Refusal } from '../contract/Refusal';
import type { RestoreDone } from '../contract/RestoreDone';
import { asRefusal, type Desk } from '../desk/desk';
import { Watch } from './watch';

/** Asks for something, with a proof made anew where Rust wants one. */
export type Ask = <T>(call: (desk: Desk) => Promise<T>) => Promise<T>;

interface Chosen {
  path: string;
  recoveryKey: string;
}

export class Restoring {
  step = $state.raw<RestoreStep>({ step: 'choose' });
  refusal = $state.raw<Refusal | null>(null);
  found = $state.raw<readonly FoundBackup[]>([]);
  /** When the last backup was made, wherever it went. */
  lastAt = $state<string | null>(null);
  /** Where backups are written. */
  folder = $state('');
  /** Where the database is, or should be. */
  database = $state<string | null>(null);

  #desk: Desk;
  #ask: Ask;
  #done: (done: RestoreDone) => void;
  #chosen: Chosen | null = null;
  /** What is being looked at; its answer counts for nothing where it was given up. */
  #looking: Chosen | null = null;
  #watch = new Watch(() => this.#see(), () => {});

  constructor(desk: Desk, ask: Ask, done: (done: RestoreDone) => void) {
    this.#desk = desk;
    this.#ask = ask;
    this.#done = done;
  }

  /** Which backups there are. That they cannot be listed keeps nobody from typing a path. */
  async list(): Promise<void> {
    if (this.step.step === 'done') this.#back(null);
    try {
      const { folder, database, lastAt, found } = await this.#desk.backups();
      this.folder = folder;
      this.lastAt = lastAt;
      this.database = database;
      this.found = found;
    } catch {
      this.found = [];
    }
  }

  async look(path: string, recoveryKey: string): Promise<void> {
    if (this.step.step !== 'choose') return;
    const chosen = { path, recoveryKey };
    this.refusal = null;
    this.step = { step: 'looking' };
    this.#looking = chosen;
    try {
      const offer = await this.#ask((desk) => desk.inspectBackup(chosen));
      if (this.#looking !== chosen) return;
      this.#chosen = chosen;
      this.step = { step: 'plan', offer };
    } catch (thrown) {
      if (this.#looking === chosen) this.#back(asRefusal(thrown));
    }
  }

  async restore(): Promise<void> {
    const [chosen, step] = [this.#chosen, this.step];
    if (!chosen || step.step !== 'plan') return;
    this.refusal = null;
    this.step = { step: 'running', done: null, canceling: false };
    this.#watch.later();
    try {
      const done = await this.#ask((desk) => desk.restore({ ...chosen, confirm: step.offer.confirm }));
      this.#chosen = null;
      this.step = { step: 'done', keptAs: done.keptAs };
      this.#done(done);
    } catch (thrown) {
      this.#back(asRefusal(thrown));
    }
  }

  /** Leaves things as they are, or ends what is under way. */
  cancel(): void {
    if (this.step.step === 'running') {
      this.step = { ...this.step, canceling: true };
      void this.#desk.cancelRecovery().catch(() => {});
    } else {
      this.#back(null);
    }
  }

  forget(): void {
    this.#watch.end();
    this.#chosen = null;
  }

  #back(refusal: Refusal | null): void {
    this.#chosen = this.#looking = null;
    this.step = { step: 'choose' };
    this.refusal = refusal;
  }

  async #see(): Promise<boolean> {
    if (this.step.step !== 'running') return false;
    try {
      const work = await this.#desk.recoveryWork();
      if (this.step.step === 'running') this.step = { step: 'running', ...runningOf(work, this.step.canceling) };
    } catch {
      // While the databases change places nothing can be asked.
    }
    return this.step.step === 'running';
  }
}
