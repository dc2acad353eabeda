import { describe, expect, it } from 'vitest';
import cannotTell from '../contract/CannotTell.ts?raw';
import codeProblem from '../contract/CodeProblem.ts?raw';
import errorCode from '../contract/ErrorCode.ts?raw';
import faultKind from '../contract/FaultKind.ts?raw';
import sendProblem from '../contract/SendProblem.ts?raw';
import sessionEnd from '../contract/SessionEnd.ts?raw';
import type { StopReason } from '../contract/StopReason';
import { stopped } from '../desk/poses';
import { en } from './en';
import { clockTime, dictionaries, explainStop, localeFor, money, stopWord, when } from './speak';

/** The values of a generated enum, read from the contract itself so that the tests cannot lag. */
function values(source: string): string[] {
  const union = source.slice(source.indexOf('export type'));
  return [...union.matchAll(/"([a-z_]+)"/g)].map((match) => match[1] ?? '');
}

/** Every sentence of a dictionary with the path to it; functions are called with plain arguments. */
function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(3, 5))]];
  return Object.entries(value as object).flatMap(([key, inner]) => sentences(inner, `${path}/${key}`));
}

const stops: StopReason[] = [
  { kind: 'not_approved' },
  { kind: 'sim_changed' },
  { kind: 'unforeseen' },
  ...values(cannotTell).map((cause) => ({ kind: 'cannot_tell', cause }) as StopReason),
  ...values(sendProblem).map((problem) => ({ kind: 'not_sent', problem }) as StopReason),
  ...values(codeProblem).map((problem) => ({ kind: 'code_refused', problem }) as StopReason),
];

describe.each(Object.entries(dictionaries))('the words in %s', (language, words) => {
  it('leave nothing empty but the refusal that says nothing', () => {
    const empty = sentences(words).filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([['/errors/not_now', '']]);
  });

  it('have the same entries as English, in lists too', () => {
    const paths = (of: unknown) => sentences(of).map(([path]) => path).sort();
    expect(paths(words)).toEqual(paths(en));
  });

  it('name no vendor but to admins, and leave no mark unpaired', () => {
    const toAdmins = /^\/(admin|people|record|recovery|rules|vendors)\//;
    for (const [path, text] of sentences(words)) {
      if (!toAdmins.test(path)) expect(text, `${path} names a vendor`).not.toMatch(/tru\.?id|twilio|idlayr|verify/i);
      expect(text.split('*').length % 2, `${path} has an unpaired mark`).toBe(1);
    }
  });

  it.each(values(errorCode))('have a sentence for the error %s', (code) => {
    expect(words.errors).toHaveProperty(code);
  });

  it.each(values(faultKind))('say what is wrong and what to do for the fault %s', (kind) => {
    const told = words.faults[kind as keyof typeof words.faults];
    expect(Object.values(told).every((text) => text.length > 10)).toBe(true);
  });

  it.each(values(sendProblem))('say why no other code was sent for %s', (problem) => {
    expect(words.sendAgain[problem as keyof typeof words.sendAgain]).toMatch(/\.$/);
  });

  it.each(values(sessionEnd))('say why a session ended for %s', (end) => {
    expect(words.ended[end as keyof typeof words.ended]).toMatch(/\.$/);
  });

  it.each(stops.map((reason) => [JSON.stringify(reason), reason] as const))('explain the stop %s', (_, reason) => {
    const view = stopped(reason);
    const told = explainStop(words, view);
    expect(told.head).not.toBe('');
    expect(told.why).toMatch(/\.$/);
    expect(told.next).toMatch(/\.$/);
    expect(stopWord(words, view)).not.toBe('');
    const changed = language === 'en' ? /chang/i : /cambi/i;
    if (reason.kind === 'cannot_tell') {
      const all = [told.head, told.why, told.next, stopWord(words, view)].join(' ');
      expect(all, 'an answer that could not be had is never told as a changed SIM').not.toMatch(changed);
    }
    if (reason.kind === 'sim_changed') expect(told.why).toMatch(changed);
  });
});

describe('telling', () => {
  it('counts the days of the window in words', () => {
    expect(en.simChanged.why('47', 1)).toContain('in the last day,');
    expect(en.simChanged.why(null, 7)).toContain('your number was changed in the last 7 days');
  });

  it('says what was charged in its currency, and the vendor’s credits as credits', () => {
    const said = (amount: string, currency: string) => money(dictionaries.en, { amount, currency }, 'en-GB');
    expect([said('1', 'API'), said('12.5', 'API'), said('0.05', 'USD')]).toEqual(['1 credit', '12.5 credits', 'US$0.05']);
  });

  it('shows seconds as a clock does', () => {
    expect([600, 61, 9, 0, -3].map(clockTime)).toEqual(['10:00', '1:01', '0:09', '0:00', '0:00']);
  });

  it('writes dates in the person’s own region, and else in the language’s first', () => {
    expect(localeFor('en', ['de-DE', 'en-US'])).toBe('en-US');
    expect(localeFor('es', ['de-DE', 'en-US'])).toBe('es-ES');
  });

  it('leaves out the day when it is today', () => {
    const now = new Date(2026, 10, 23, 9, 0);
    expect(when(new Date(2026, 10, 23, 14, 5).toISOString(), 'en-GB', now)).toBe('14:05');
    expect(when(new Date(2026, 10, 26, 14, 5).toISOString(), 'en-GB', now)).toMatch(/Thursday.*26 November.*14:05/);
  });
});
