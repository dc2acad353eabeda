// Every limit of time is said before it comes, and can be put off where that is nobody's risk.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { code, counter, stopped } from '../desk/poses';
import { enter, field, find, openPage, pass, press, screen } from '../test/page';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const notice = (name: string) => document.querySelector<HTMLElement>(`[data-leaving=${name}]`);
/** What is in the region that was there before it was said. */
const aloud = () => find('[data-aloud]').textContent ?? '';

describe('a half-typed form', () => {
  async function halfTyped() {
    await openPage();
    await enter('username', 'ana.ruiz');
    await enter('password', 'half a passw');
  }

  it('is announced half a minute before it is emptied, and said once', async () => {
    await halfTyped();
    await pass(89_000);
    expect(notice('form')).toBeNull();
    await pass(1500);
    expect(notice('form')?.textContent).toContain('What you typed will be cleared in 30\u00a0s.');
    await pass(200);
    expect(aloud()).toContain('cleared in 30 seconds');
    await pass(15_000);
    expect(notice('form')?.textContent).toMatch(/in 1[45]\ss/);
    expect(aloud(), 'said once, and not left for whoever reads on').toBe('');
    await pass(15_000);
    expect(field('username').value + field('password').value).toBe('');
    expect(notice('form')).toBeNull();
  });

  it('is kept by the button, which gives the focus back', async () => {
    await halfTyped();
    field('password').focus();
    await pass(100_000);
    find('[data-act=keep-form]').focus();
    await press('keep-form');
    expect(notice('form')).toBeNull();
    expect(document.activeElement).toBe(field('password'));
    await pass(60_000);
    expect(field('password').value).toBe('half a passw');
    await pass(60_000);
    expect(field('password').value).toBe('');
  });

  it.each(['keydown', 'pointerdown', 'wheel', 'input'])('is kept by a %s', async (kind) => {
    await halfTyped();
    await pass(100_000);
    field('username').dispatchEvent(new Event(kind, { bubbles: true }));
    await pass(1000);
    expect(notice('form')).toBeNull();
    await pass(80_000);
    expect(field('username').value).toBe('ana.ruiz');
  });

  it('is not announced while it is empty', async () => {
    await openPage();
    window.dispatchEvent(new Event('pointerdown'));
    await pass(100_000);
    expect(notice('form')).toBeNull();
  });

  it('is not emptied while it is being sent, but after that', async () => {
    const { desk } = await openPage();
    vi.spyOn(desk, 'signIn').mockReturnValue(
      new Promise((_, refuse) => setTimeout(() => refuse({ code: 'unforeseen', field: null }), 150_000)),
    );
    await enter('username', 'ana.ruiz');
    await press('sign-in');
    await pass(160_000);
    expect(field('username').value).toBe('ana.ruiz');
    await pass(90_000);
    expect(field('username').value).toBe('');
  });
});

describe('a stop', () => {
  it('says in its last minute that it closes, and stays when asked', async () => {
    const { desk } = await openPage({ view: stopped({ kind: 'sim_changed' }, { leavesIn: 70 }) });
    expect(notice('stop')).toBeNull();
    await pass(12_000);
    expect(notice('stop')?.textContent).toMatch(/This screen closes in 5[789]\ss\./);
    expect(desk.calls).not.toContain('stay');
    await press('keep-stop');
    expect(desk.calls.filter((call) => call === 'stay')).toHaveLength(1);
    await pass(500);
    expect(screen()).toBe('stopped');
    expect(notice('stop')).toBeNull();
  });

  it('says it aloud once', async () => {
    await openPage({ view: stopped({ kind: 'sim_changed' }, { leavesIn: 61 }) });
    await pass(1600);
    expect(aloud()).toContain('This screen closes in one minute. You can keep it open.');
    await pass(20_000);
    expect(aloud()).toBe('');
  });

  it('is not kept by touching it: the next person has come', async () => {
    const { desk } = await openPage({ view: stopped({ kind: 'sim_changed' }, { leavesIn: 50 }) });
    window.dispatchEvent(new Event('pointerdown'));
    await pass(1000);
    expect(desk.calls).not.toContain('stay');
  });
});

describe('the end of a session', () => {
  const endsIn = (seconds: number) => counter({ endsAt: new Date(Date.now() + seconds * 1000).toISOString() });
  const ends = () => document.querySelector('[data-ends-soon]');

  it('is said at the counter five minutes before, and once aloud', async () => {
    await openPage({ view: endsIn(330) });
    expect(ends()).toBeNull();
    await pass(31_000);
    expect(ends()?.textContent).toMatch(/Your session ends at \d+:\d\d.*Sign in again after that; finish what you are doing\./);
    expect(aloud()).toContain('Your session ends at');
    await pass(20_000);
    expect(aloud()).toBe('');
    expect(ends()).not.toBeNull();
  });

  it('says nothing on another screen', async () => {
    await openPage({ view: code() });
    await pass(1000);
    expect(ends()).toBeNull();
  });
});
