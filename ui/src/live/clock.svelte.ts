// Seconds that pass on the screen. Rust decides what has expired; this only counts down what it said.

export class Clock {
  /** Milliseconds on the clock of `performance.now()`, renewed twice a second. */
  now = $state(performance.now());
  /** The clock on the wall, renewed as often, for what was said as a moment. */
  wall = $state(Date.now());
  #timer: ReturnType<typeof setInterval>;

  constructor() {
    this.#timer = setInterval(() => this.touch(), 500);
  }

  touch(): void {
    this.now = performance.now();
    this.wall = Date.now();
  }

  /** Whole seconds left of `seconds` that began at `since`; never below zero. */
  left(seconds: number, since: number): number {
    const passed = Math.max(0, this.now - since) / 1000;
    return Math.max(0, Math.ceil(seconds - passed));
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
