// The recovery kit of the admin who is signed in: made, shown once, and live when one of its codes was
// typed back. It outlives the screens of a proof that is made anew in between.
import type { KitView } from '../admin/recovery';
import type { KitShown } from '../contract/KitShown';
import type { KitState } from '../contract/KitState';
import type { Refusal } from '../contract/Refusal';
import { asRefusal, type Desk } from '../desk/desk';
import type { Ask } from './restoring.svelte';

export class Kit {
  /** A new one is being made or confirmed. */
  busy = $state(false);
  /** Why that was refused. */
  refusal = $state.raw<Refusal | null>(null);
  /** Why nothing is known of it. */
  problem = $state.raw<Refusal | null>(null);

  #desk: Desk;
  #ask: Ask;
  #held = $state.raw<KitState | null>(null);
  #shown = $state.raw<KitShown | null>(null);
  #goneAt = $state.raw<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: Desk, ask: Ask) {
    this.#desk = desk;
    this.#ask = ask;
  }

  /** What is known of it; null until it was asked for. */
  get view(): KitView | null {
    return this.#held && { state: this.#held, shown: this.#shown, goneAt: this.#goneAt };
  }

  /** One is live, and no other is about to take its place. */
  get made(): boolean {
    return this.#held?.madeAt != null && this.#shown === null;
  }

  async load(): Promise<void> {
    this.problem = null;
    try {
      this.#held = await this.#desk.kit();
    } catch (thrown) {
      this.problem = asRefusal(thrown);
    }
  }

  make(newKey: boolean): Promise<void> {
    return this.#doing(async () => {
      this.#show(await this.#ask((desk) => desk.makeKit(newKey)));
    });
  }

  confirm(code: string): Promise<void> {
    return this.#doing(async () => {
      try {
        this.#held = await this.#desk.confirmKit(code);
        this.#hide();
      } catch (thrown) {
        // It is good for nothing any more, and is not shown as if it were.
        if (asRefusal(thrown).code === 'kit_gone') this.#hide();
        throw thrown;
      }
    });
  }

  /** Its admin is gone, and with them what they were shown. */
  forget(): void {
    this.#hide();
    this.#held = this.refusal = this.problem = null;
  }

  #show(kit: KitShown): void {
    const life = kit.confirmIn * 1000;
    this.#shown = kit;
    this.#goneAt = new Date(Date.now() + life).toISOString();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#expire(), life);
  }

  #hide(): void {
    clearTimeout(this.#timer);
    this.#shown = this.#goneAt = null;
  }

  /** Rust has thrown it away: nobody is to put away a print that is good for nothing. */
  #expire(): void {
    if (this.busy) return;
    this.#hide();
    this.refusal = { code: 'kit_gone', field: null, retryAfter: null, reference: null };
  }

  async #doing(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.refusal = null;
    try {
      await act();
    } catch (thrown) {
      this.refusal = asRefusal(thrown);
    } finally {
      this.busy = false;
    }
  }
}
