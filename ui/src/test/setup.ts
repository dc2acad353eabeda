// What jsdom lacks of a browser, in the least that the page needs.
import { beforeEach, vi } from 'vitest';

beforeEach(() => {
  localStorage.clear();
  window.scrollTo = () => {};
  // Axe asks for a canvas to tell icons from letters, and does without one.
  HTMLCanvasElement.prototype.getContext = () => null;
  window.matchMedia = vi.fn((media: string) => {
    const list = { matches: false, media, addEventListener() {}, removeEventListener() {} };
    return list as unknown as MediaQueryList;
  });
});

// Nothing has a size in jsdom, so that nothing is ever resized.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};
