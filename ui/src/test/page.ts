// The harness: the whole page on a fake desk, and the verbs in which the scenarios are told.
import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import { flushSync } from 'svelte';
import { vi } from 'vitest';
import App from '../App.svelte';
import { FakeDesk, type Setting } from '../desk/fake';
import { Prefs } from '../look/prefs.svelte';

export async function openPage(setting: Setting = {}, registering = false) {
  const desk = new FakeDesk(setting);
  const prefs = new Prefs();
  render(App, { desk, prefs, registering });
  await pass(10);
  return { desk, prefs };
}

/** Lets time pass, and everything that waits for it. */
export async function pass(milliseconds: number) {
  await vi.advanceTimersByTimeAsync(milliseconds);
  flushSync();
}

export function find<E extends HTMLElement = HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`nothing on the page is ${selector}`);
  return found;
}

export const act = (name: string) => find<HTMLButtonElement>(`[data-act="${name}"]`);
export const field = (name: string) => find<HTMLInputElement>(`[name="${name}"]`);
export const screen = () => find('[data-screen]').dataset.screen;

export async function press(name: string) {
  act(name).click();
  await pass(0);
}

/** Puts text into a field, as typing, pasting and a password manager all end up doing. */
export async function enter(name: string, text: string) {
  const input = field(name);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await pass(0);
}

/** Pastes into a field, as a browser does it: the page may refuse each of the events before the text is there. */
export async function paste(name: string, text: string) {
  const input = field(name);
  const key = new KeyboardEvent('keydown', { key: 'v', ctrlKey: true, bubbles: true, cancelable: true });
  const how = { bubbles: true, cancelable: true, inputType: 'insertFromPaste', data: text };
  const events = [key, new Event('paste', how), new InputEvent('beforeinput', how)];
  if (input.readOnly || input.disabled || !events.every((event) => input.dispatchEvent(event))) return;
  input.value = input.maxLength < 0 ? text : text.slice(0, input.maxLength);
  input.dispatchEvent(new InputEvent('input', how));
  await pass(0);
}

/** What axe finds wrong. Contrast is computed from the tokens instead: jsdom draws nothing. */
export async function faults(): Promise<string[]> {
  vi.useRealTimers();
  const real = window.getComputedStyle;
  const known = new WeakMap<Element, CSSStyleDeclaration>();
  // Nothing changes while axe looks, and it asks for the same styles again and again: remembering
  // them halves its time.
  window.getComputedStyle = (element, pseudo) => {
    if (pseudo) return real.call(window, element, pseudo);
    const style = known.get(element) ?? real.call(window, element);
    known.set(element, style);
    return style;
  };
  try {
    return await look();
  } finally {
    window.getComputedStyle = real;
  }
}

async function look(): Promise<string[]> {
  const { violations } = await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { 'color-contrast': { enabled: false } },
    // What passed is not asked for, and there are no style sheets to fetch: both cost most of the time.
    resultTypes: ['violations'],
    preload: false,
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}
