import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../contract/Snapshot';
import type { Desk } from '../desk/desk';
import { FakeDesk } from '../desk/fake';
import { Acts } from './acts.svelte';
import { latest } from './latest';
import { Live } from './live.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const at = (revision: number): Snapshot => ({
  revision,
  rehearsal: false,
  branch: null,
  languages: [],
  proving: false,
  setUpBegun: false,
  view: { screen: 'starting' },
});

describe('the loop', () => {
  it('drops a snapshot older than the one it shows', () => {
    const live = new Live(new FakeDesk());
    live.accept(at(5));
    live.accept(at(4));
    expect(live.snapshot?.revision).toBe(5);
  });

  it('takes the same revision anew, so that the seconds are counted from the newest answer', () => {
    const live = new Live(new FakeDesk());
    live.accept(at(5));
    const before = live.takenAt;
    vi.advanceTimersByTime(3000);
    live.accept(at(5));
    expect(live.takenAt).toBeGreaterThan(before);
  });

  it('outlives calls that fail, and asks again a second later', async () => {
    const desk = new FakeDesk();
    const view = vi.spyOn(desk, 'view').mockRejectedValueOnce(new Error('no answer')).mockRejectedValueOnce('gone');
    const live = new Live(desk);
    void live.run();
    await vi.advanceTimersByTimeAsync(1);
    expect(live.snapshot).toBeNull();
    await vi.advanceTimersByTimeAsync(2000);
    expect(view).toHaveBeenCalledTimes(3);
    expect(live.snapshot?.view.screen).toBe('sign_in');
    desk.show({ screen: 'starting' });
    await vi.advanceTimersByTimeAsync(1);
    expect(live.snapshot?.view.screen).toBe('starting');
    live.stop();
  });

  it('asks for what is newer than what it shows', async () => {
    const desk = new FakeDesk();
    const next = vi.spyOn(desk, 'nextView');
    const live = new Live(desk);
    void live.run();
    await vi.advanceTimersByTimeAsync(1);
    expect(next).toHaveBeenCalledExactlyOnceWith(1);
    live.stop();
  });
});

describe('an act', () => {
  function acting(call: () => Promise<Snapshot>) {
    const desk = new FakeDesk();
    const live = new Live(desk);
    const acts = new Acts(desk, live);
    return { live, acts, asked: acts.ask(call) };
  }
  const refuse = (code: string) => Promise.reject({ code, field: null, retryAfter: null, reference: null });

  it('is not made twice while it is under way', async () => {
    let answer = (_: Snapshot) => {};
    const { acts, asked } = acting(() => new Promise((resolve) => (answer = resolve)));
    const again = vi.fn();
    await acts.ask(again);
    expect(again).not.toHaveBeenCalled();
    answer(at(2));
    await asked;
    expect(acts.busy).toBe(false);
  });

  it('tells what was refused', async () => {
    const { acts, asked } = acting(() => refuse('username_taken'));
    await asked;
    expect(acts.refusal?.code).toBe('username_taken');
  });

  it('takes anything that is no refusal for something not foreseen', async () => {
    const { acts, asked } = acting(() => Promise.reject(new Error('ipc')));
    await asked;
    expect(acts.refusal?.code).toBe('unforeseen');
  });

  it('that may not run now says nothing and shows the view there is', async () => {
    const { acts, live, asked } = acting(() => refuse('not_now'));
    await asked;
    expect(acts.refusal).toBeNull();
    expect(live.snapshot?.view.screen).toBe('sign_in');
  });

  it('of an earlier screen says nothing on the next', async () => {
    const { acts, asked } = acting(() => refuse('unforeseen'));
    acts.screenChanged();
    await asked;
    expect(acts.refusal).toBeNull();
  });
});

describe('a question asked while typing', () => {
  it('is asked after the pause, and only the newest answer is told', async () => {
    const told: string[] = [];
    const slowFirst = (text: string) =>
      new Promise<string>((resolve) => setTimeout(() => resolve(text), text === 'a' ? 1000 : 10));
    const ask = latest(slowFirst, (answer) => told.push(answer), 200);
    ask('a');
    await vi.advanceTimersByTimeAsync(250);
    ask('ab');
    ask('abc');
    await vi.advanceTimersByTimeAsync(2000);
    expect(told).toEqual(['abc']);
  });
});

// The desk's interface and the fake must not drift apart.
void (new FakeDesk() satisfies Desk);
