// What is said once to those who listen. The region stands before anything is said in it: what
// comes into the page together with its own region is often not read out.
import { getContext, setContext } from 'svelte';

/** After the region is there, and after what the focus reads. */
const BEFORE_MS = 100;
/** Read by then; whoever goes through the page later must not meet it again. */
const KEPT_MS = 10_000;

export class Aloud {
  lines = $state.raw<readonly { id: number; text: string }[]>([]);
  #next = 0;
  #timers = new Set<ReturnType<typeof setTimeout>>();

  /** Says it once, politely, after what is being said; not at all if it turns out to be read by then. */
  say(text: string, isRead: () => boolean = () => false): void {
    const line = { id: this.#next++, text: text.replace(/\s+/g, ' ').trim() };
    this.#later(BEFORE_MS, () => {
      if (!isRead()) this.lines = [...this.lines, line];
    });
    this.#later(BEFORE_MS + KEPT_MS, () => (this.lines = this.lines.filter((one) => one !== line)));
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #later(ms: number, act: () => void) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}

const KEY = Symbol('aloud');

/** The page, or a dialog over it, speaks through this one from here on down. */
export const provideAloud = (): Aloud => setContext(KEY, new Aloud());

/** Undefined where nothing speaks for what stands here. */
export const useAloud = (): Aloud | undefined => getContext<Aloud | undefined>(KEY);
