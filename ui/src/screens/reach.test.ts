// Every screen in every pose, by axe.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { poses } from '../desk/poses';
import { enter, faults, find, openPage, pass, press } from '../test/page';

// A list of every country costs axe seconds, and each of its entries is like the others.
vi.mock('../words/countries', () => import('../test/countries'));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('axe finds nothing wrong', () => {
  it.each(Object.keys(poses))('on %s', async (pose) => {
    await openPage({ view: poses[pose] }, pose === 'register');
    expect(document.querySelectorAll('h1')).toHaveLength(1);
    expect(await faults()).toEqual([]);
  });

  it('on the help, with the rehearsal’s numbers', async () => {
    await openPage();
    await press('help');
    expect(find('dialog table').textContent).toContain('Operator does not answer');
    expect(await faults()).toEqual([]);
  });

  it('outside a rehearsal, where the help has no numbers', async () => {
    await openPage({ rehearsal: false });
    await press('help');
    expect(document.querySelector('dialog table')).toBeNull();
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['beside the card', 1280],
    ['in its drawer', 800],
  ])('on the rehearsal’s phone %s', async (_, width) => {
    window.innerWidth = width;
    const message = (to: string, code: string) => ({ to, code, channel: 'voice' as const, text: code, at: '2026-11-23T09:01:20Z' });
    await openPage({ view: poses.code, messages: [message('+447700900146', '730914'), message('+447700900246', '481562')] });
    if (width < 1000) await press('phone');
    await pass(10);
    expect(document.querySelector('dialog.drawer') !== null).toBe(width < 1000);
    expect(document.querySelectorAll('[data-message] [data-act=use-code]')).toHaveLength(2);
    expect(await faults()).toEqual([]);
  });

  it('on a form that is about to be emptied', async () => {
    await openPage();
    await enter('username', 'ana.ruiz');
    await pass(95_000);
    expect(find('[data-leaving=form]').textContent).toContain('Keep what I typed');
    expect(await faults()).toEqual([]);
  });

  it('on an open menu and an open keypad', async () => {
    await openPage({ view: poses.code });
    await press('theme');
    await press('keypad');
    await pass(0);
    expect(await faults()).toEqual([]);
  });
});
