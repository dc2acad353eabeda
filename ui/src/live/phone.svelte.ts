// The rehearsal's phone: whether it is shown, what it received, looked at once a second while it is,
// and the code that is taken from it.
import type { PhoneMessage } from '../contract/PhoneMessage';
import type { Desk } from '../desk/desk';
import type { Prefs } from '../look/prefs.svelte';
import type { Acts } from './acts.svelte';
import type { Live } from './live.svelte';

/** From this width (at 100 % text) it has room beside the card. */
const BESIDE_PX = 1180;

export class Phone {
  messages = $state.raw<readonly PhoneMessage[]>([]);
  /** The code that was taken from it, for the screen that takes codes. */
  handed = $state.raw<{ code: string } | null>(null);
  /** The window's, in CSS pixels. */
  innerWidth = $state(1280);

  #desk: Desk;
  #live: Live;
  #acts: Acts;
  #prefs: Prefs;
  /** What the person chose; until then it is shown where it has room. */
  #chosen = $state<boolean | null>(null);
  /** When this sign-in was asked for, by the clock on the wall; null if this page did not see it. */
  #askedAt = $state<number | null>(null);

  /** True where it has room beside the card; else it is a drawer over it. */
  beside = $derived.by(() => this.innerWidth / (this.#prefs.text / 100) >= BESIDE_PX);
  /** Never outside a rehearsal. */
  open = $derived.by(() => (this.#live.snapshot?.rehearsal ?? false) && (this.#chosen ?? this.beside));
  /** Which codes may be taken: those for this number, of this sign-in; null while none is waited for. */
  usable = $derived.by(() => {
    const { view } = this.#live;
    return view.screen === 'code' && !this.#acts.busy ? { ending: view.numberEnding, since: this.#askedAt } : null;
  });

  constructor(desk: Desk, live: Live, acts: Acts, prefs: Prefs) {
    this.#desk = desk;
    this.#live = live;
    this.#acts = acts;
    this.#prefs = prefs;
  }

  toggle(): void {
    this.#chosen = !this.open;
  }

  close(): void {
    this.#chosen = false;
  }

  /** A sign-in is asked for: the codes before it are not meant. */
  asked(): void {
    // A message's moment may be told in whole seconds.
    this.#askedAt = Date.now() - 1000;
  }

  use(code: string): void {
    this.handed = { code };
    if (!this.beside) this.close();
  }

  /** Looks now and every second, until the function it returns is called. */
  watch(): () => void {
    let watching = true;
    const look = async () => {
      try {
        const messages = await this.#desk.rehearsalPhone();
        if (watching) this.messages = messages;
      } catch {
        // Looked at again in a second.
      }
    };
    void look();
    const timer = setInterval(look, 1000);
    return () => {
      watching = false;
      clearInterval(timer);
    };
  }
}
