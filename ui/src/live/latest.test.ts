import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { latest } from './latest';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks one question at a time, and then only the newest that came meanwhile', async () => {
  const answers: ((answer: string) => void)[] = [];
  const asked: string[] = [];
  const told: string[] = [];
  const ask = latest(
    (typed: string) => {
      asked.push(typed);
      return new Promise<string>((answer) => answers.push(answer));
    },
    (answer) => told.push(answer),
  );
  for (const typed of ['a', 'ab', 'abc', 'abcd']) {
    ask(typed);
    await vi.advanceTimersByTimeAsync(250);
  }
  expect(asked).toEqual(['a']);
  answers[0]?.('of a');
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(['a', 'abcd']);
  expect(told).toEqual([]);
  answers[1]?.('of abcd');
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(['of abcd']);
});
