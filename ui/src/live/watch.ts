// What takes long in Rust is asked about again and again, until it is over or its page is gone.
import type { Refusal } from '../contract/Refusal';
import { asRefusal } from '../desk/desk';

/** How often it is asked how far it is. */
const EVERY_MS = 400;

/** Asks once, and says whether there is more to ask. */
type Look = () => Promise<boolean>;

export class Watch {
  #look: Look;
  #refused: (why: Refusal) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(look: Look, refused: (why: Refusal) => void) {
    this.#look = look;
    this.#refused = refused;
  }

  /** Asks now, and then as long as there is more to ask. */
  async now(): Promise<void> {
    clearTimeout(this.#timer);
    // Whoever is here now never asked.
    if (this.#ended) return;
    let more;
    try {
      more = await this.#look();
    } catch (thrown) {
      const why = asRefusal(thrown);
      // Its person is proving themself anew, and comes back to this.
      more = why.code === 'not_now';
      if (!more && !this.#ended) this.#refused(why);
    }
    if (more) this.later();
  }

  /** Asks in a moment. */
  later(): void {
    clearTimeout(this.#timer);
    if (!this.#ended) this.#timer = setTimeout(() => void this.now(), EVERY_MS);
  }

  /** Asks no more. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }
}
