// What Rust says is true, kept fresh by a long poll. Nothing here decides anything.
import type { Snapshot } from '../contract/Snapshot';
import type { View } from '../contract/View';
import type { Desk } from '../desk/desk';

/** How long to wait after a call that failed before asking again. */
export const AFTER_FAILURE_MS = 1000;

const STARTING: View = { screen: 'starting' };

export class Live {
  /** The newest snapshot, or null until the first answer. */
  snapshot = $state.raw<Snapshot | null>(null);
  /** When it came, on the clock of `performance.now()`; its `...In` seconds count from here. */
  takenAt = $state(0);

  #desk: Desk;
  #stopped = false;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** What it shows; until there is one, the program is starting. */
  get view(): View {
    return this.snapshot?.view ?? STARTING;
  }

  /** Takes a snapshot unless a newer one is shown already. One of the same age renews the times. */
  accept(snapshot: Snapshot): void {
    if (this.snapshot && snapshot.revision < this.snapshot.revision) return;
    this.snapshot = snapshot;
    this.takenAt = performance.now();
  }

  /** Asks for ever. A call that fails is asked again a second later. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      try {
        const shown = this.snapshot;
        const next = shown ? await this.#desk.nextView(shown.revision) : await this.#desk.view();
        if (!this.#stopped) this.accept(next);
      } catch {
        await new Promise((resume) => setTimeout(resume, AFTER_FAILURE_MS));
      }
    }
  }

  stop(): void {
    this.#stopped = true;
  }
}
