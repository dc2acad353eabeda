// Every screen in every pose, by axe.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { poses } from '../desk/poses';
import { faults, find, openPage, pass, press } from '../test/page';

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

  it('on an open menu and an open keypad', async () => {
    await openPage({ view: poses.code });
    await press('theme');
    await press('keypad');
    await pass(0);
    expect(await faults()).toEqual([]);
  });
});
