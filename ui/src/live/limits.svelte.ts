// The limits of time that a person meets: a session that nobody touches and its end, a stop that is
// left, a form that is half typed. Rust decides what ends; this counts down what it said, and tells
// it that somebody is there.
import type { Acts } from './acts.svelte';
import { Clock } from './clock.svelte';
import { HalfTyped } from './forget.svelte';
import type { Live } from './live.svelte';

/** The last minute of a session, and of a stop on the screen, is announced. */
const WARN_SECONDS = 60;
/** So is the end of a session that nothing can put off. */
const WARN_END_MS = 300_000;
/** Rust is told of activity at most this often. */
const STAY_EVERY_MS = 20_000;

export class Limits {
  /** The form of the screen, if somebody began to type and left. */
  readonly halfTyped: HalfTyped;

  #live: Live;
  #acts: Acts;
  #clock = new Clock();
  /** When the screen came, on the clock of `performance.now()`. */
  #arrivedAt = $state(performance.now());
  #stayedAt = 0;

  /** `wipe` empties the form that was half typed. */
  constructor(live: Live, acts: Acts, wipe: () => void) {
    this.#live = live;
    this.#acts = acts;
    this.halfTyped = new HalfTyped(this.#clock, () => {
      if (acts.busy) return false;
      wipe();
      return true;
    });
  }

  /** What is left of so many seconds of the newest snapshot. */
  left(seconds: number): number {
    return this.#clock.left(seconds, this.#live.takenAt);
  }

  /** The same, where Rust may not know a time. */
  leftOrNull(seconds: number | null): number | null {
    return seconds === null ? null : this.left(seconds);
  }

  /** Seconds since the screen came. */
  get waited(): number {
    return (this.#clock.now - this.#arrivedAt) / 1000;
  }

  /** Seconds until a session that nobody touches ends; null where there is none. */
  get idleLeft(): number | null {
    const { view } = this.#live;
    return view.screen === 'counter' || view.screen === 'choose_password' ? this.left(view.idleIn) : null;
  }

  /** True in the last of them. */
  get idleWarning(): boolean {
    return this.idleLeft !== null && this.idleLeft <= WARN_SECONDS;
  }

  /** Seconds until a stop gives way to the sign-in, once they are to be announced. */
  get stopWarning(): number | null {
    const { view } = this.#live;
    if (view.screen !== 'stopped') return null;
    const left = this.left(view.leavesIn);
    return left <= WARN_SECONDS ? left : null;
  }

  /** When the session ends whatever is done, once that is to be announced. */
  get endsSoon(): string | null {
    const { view } = this.#live;
    if (view.screen !== 'counter') return null;
    const ms = Date.parse(view.endsAt) - this.#clock.wall;
    return ms > 0 && ms <= WARN_END_MS ? view.endsAt : null;
  }

  /** A new screen: its time begins. */
  arrived(): void {
    this.#clock.touch();
    this.#arrivedAt = this.#stayedAt = performance.now();
  }

  /** A press or a key. Not mere movement: a mouse that trembles on the desk is nobody. */
  touched(): void {
    if (this.#live.view.screen === 'sign_in') this.halfTyped.touched();
    if (this.idleLeft === null || this.idleWarning) return;
    if (performance.now() - this.#stayedAt >= STAY_EVERY_MS) this.stay();
  }

  /** Tells Rust that somebody is there. */
  stay(): void {
    this.#stayedAt = performance.now();
    void this.#acts.stay();
  }

  /** The page is gone. */
  stop(): void {
    this.#clock.stop();
  }
}
