// What stands around every screen: that this is a rehearsal, and which branch it is.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { counter, poses } from '../desk/poses';
import { find, openPage, pass, press } from '../test/page';
import { en } from '../words/en';

// Every country is drawn anew with each form: a few will do.
vi.mock('../words/countries', () => import('../test/countries'));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const BANNER = 'Rehearsal: no real messages are sent and no real SIM is checked';
const banner = () => document.querySelector<HTMLElement>('[data-rehearsal]');
const branch = () => document.querySelector<HTMLElement>('header [data-branch]');

describe.each(Object.keys(poses))('on %s', (pose) => {
  const open = (setting = {}) => openPage({ view: poses[pose], ...setting }, pose === 'register');

  it('a rehearsal says first of all that it is one', async () => {
    await open();
    expect(banner()?.textContent).toContain(BANNER);
    expect(find('.page').firstElementChild, 'nothing stands over it').toBe(banner());
  });

  it('nothing speaks of a rehearsal where there is none', async () => {
    await open({ rehearsal: false });
    expect(banner()).toBeNull();
    // The first run says how to have one.
    const said = document.body.textContent.replace(en.recovery.setup.welcome.rehearseFirst, '');
    expect(said).not.toMatch(/rehearsal/i);
  });

  it('the name of the branch stands beside the program’s', async () => {
    await open({ branch: 'High Street branch, desk 3' });
    expect(branch()?.textContent).toBe('High Street branch, desk 3');
    expect(branch()?.previousElementSibling?.textContent).toBe('SIMgate');
  });
});

it('the rehearsal’s banner stands over the administration too, and in the person’s language', async () => {
  const { prefs } = await openPage({ view: counter({ role: 'admin' }) });
  await press('admin');
  expect(banner()?.textContent).toContain(BANNER);
  prefs.choose({ language: 'es' });
  await pass(0);
  expect(banner()?.textContent).toContain('Ensayo: no se envía ningún mensaje real');
});

it('a branch without a name has nothing in its place', async () => {
  await openPage({ branch: null });
  expect(branch()).toBeNull();
});

it('a branch that is renamed is called so at once', async () => {
  const { desk } = await openPage({ view: counter({ role: 'admin' }) });
  desk.rename('Harbour Road');
  await pass(0);
  expect(branch()?.textContent).toBe('Harbour Road');
});
