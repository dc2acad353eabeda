// What the person asked for: one call at a time, and what was answered when it was refused.
import type { Refusal } from '../contract/Refusal';
import type { Snapshot } from '../contract/Snapshot';
import { asRefusal, type Desk } from '../desk/desk';
import type { Live } from './live.svelte';

export class Acts {
  /** True while an act of this screen is under way. */
  busy = $state(false);
  /** Why the last act of this screen was refused. */
  refusal = $state.raw<Refusal | null>(null);

  #desk: Desk;
  #live: Live;
  /** Grows with every change of screen: an answer to an earlier screen's act says nothing here. */
  #screen = 0;

  constructor(desk: Desk, live: Live) {
    this.#desk = desk;
    this.#live = live;
  }

  /** The screen changed: what was under way there is no longer waited for here. */
  screenChanged(): void {
    this.#screen += 1;
    this.busy = false;
    this.refusal = null;
  }

  /** Forgets a refusal, as when the person goes to another form. */
  forget(): void {
    this.refusal = null;
  }

  /** Leaves this screen: goes through even while an act is under way, whose answer then says nothing. */
  async leave(call: (desk: Desk) => Promise<Snapshot>): Promise<void> {
    this.screenChanged();
    await this.ask(call);
  }

  /** Makes one call, unless this screen has one under way. */
  async ask(call: (desk: Desk) => Promise<Snapshot>): Promise<void> {
    if (this.busy) return;
    const screen = this.#screen;
    this.busy = true;
    this.refusal = null;
    try {
      const answer = await call(this.#desk);
      // Taken down before the answer is shown, so that a screen which stays can be used at once.
      if (screen === this.#screen) this.busy = false;
      this.#live.accept(answer);
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      if (screen === this.#screen) {
        this.busy = false;
        if (refusal.code !== 'not_now') this.refusal = refusal;
      }
      if (refusal.code === 'not_now') await this.#lookAgain();
    }
  }

  /** Says that the person at the counter is active. Not an act that waits or can be refused aloud. */
  async stay(): Promise<void> {
    try {
      this.#live.accept(await this.#desk.stay());
    } catch {
      await this.#lookAgain();
    }
  }

  async #lookAgain(): Promise<void> {
    try {
      this.#live.accept(await this.#desk.view());
    } catch {
      // The loop asks again by itself.
    }
  }
}
