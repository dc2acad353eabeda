// What is sensitive: Rust asks for a proof made anew, the person gives it on the screens of the
// sign-in, and then what they asked for is asked for once more. Whether a proof is wanted, and
// whether it is fresh, is for Rust to say.
import type { Refusal } from '../contract/Refusal';
import type { Snapshot } from '../contract/Snapshot';
import { asRefusal, type Desk } from '../desk/desk';
import type { Live } from './live.svelte';

interface Waiting {
  again: () => void;
  givenUp: () => void;
}

export class Proof {
  /** What waits for a proof, as its button says it; null when nothing does. */
  act = $state<string | null>(null);
  /** The password is being looked at. */
  busy = $state(false);
  /** Why the password was refused. */
  refusal = $state.raw<Refusal | null>(null);

  #desk: Desk;
  #live: Live;
  #waiting: Waiting | null = null;
  #proving = false;

  constructor(desk: Desk, live: Live) {
    this.#desk = desk;
    this.#live = live;
  }

  /** Asks for something. Where Rust wants a proof first, waits for the person to give it. */
  async ask<T>(act: string, call: (desk: Desk) => Promise<T>): Promise<T> {
    try {
      return await call(this.#desk);
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      if (refusal.code !== 'step_up_needed') throw refusal;
      await this.#proved(act, refusal);
      return call(this.#desk);
    }
  }

  /** Takes the password, and leads on to the SIM check and the code. */
  async prove(password: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.refusal = null;
    try {
      const snapshot = await this.#desk.stepUp(password);
      this.#proving = true;
      this.act = null;
      this.#live.accept(snapshot);
    } catch (thrown) {
      this.refusal = asRefusal(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** Leaves things as they are. */
  giveUp(): void {
    const waiting = this.#waiting;
    this.#over();
    waiting?.givenUp();
  }

  /** What is true now: the proof may have been given, given up, or have ended the session. */
  seen({ view, proving }: Snapshot): void {
    if (!this.#waiting || proving) return;
    const waiting = this.#waiting;
    if (view.screen !== 'counter') {
      this.#over();
      waiting.givenUp();
    } else if (this.#proving) {
      this.#over();
      if (view.freshFor > 0) waiting.again();
      else waiting.givenUp();
    }
  }

  #over(): void {
    this.#waiting = null;
    this.#proving = false;
    this.act = null;
    this.refusal = null;
  }

  #proved(act: string, why: Refusal): Promise<void> {
    // Only one thing waits: what was asked for before it is given up.
    this.giveUp();
    this.act = act;
    return new Promise((again, refuse) => (this.#waiting = { again, givenUp: () => refuse(why) }));
  }
}
