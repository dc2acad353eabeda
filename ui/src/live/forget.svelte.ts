// What was half typed and left is wiped after a while: the next person is someone else. Before that
// it is said, and every press and every key keeps it.
import type { Clock } from './clock.svelte';

/** Untouched for this long, a form is emptied. */
export const FORGET_FORM_MS = 120_000;
/** The last of it is announced. */
export const WARN_FORM_SECONDS = 30;

/** True while something stands in the form that would be lost. */
const holdsText = () =>
  [...document.querySelectorAll<HTMLInputElement>('[data-screen] form input:not([type=radio])')].some(
    (input) => input.value !== '',
  );

export class HalfTyped {
  /** When the form will be emptied, on the clock of `performance.now()`; null while nothing waits. */
  #at = $state<number | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #clock: Clock;
  #wipe: () => boolean;

  /** `wipe` answers whether the form was emptied; while it cannot be, it is tried again as late. */
  constructor(clock: Clock, wipe: () => boolean) {
    this.#clock = clock;
    this.#wipe = wipe;
  }

  /** Seconds until what was typed is wiped, once they are to be announced. */
  get warning(): number | null {
    if (this.#at === null) return null;
    const left = Math.max(0, Math.ceil((this.#at - this.#clock.now) / 1000));
    return left <= WARN_FORM_SECONDS && holdsText() ? left : null;
  }

  /** Somebody is there: the time begins anew. */
  touched(): void {
    clearTimeout(this.#timer);
    this.#at = performance.now() + FORGET_FORM_MS;
    this.#timer = setTimeout(() => (this.#wipe() ? this.stop() : this.touched()), FORGET_FORM_MS);
  }

  /** There is no form any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#at = null;
  }
}
