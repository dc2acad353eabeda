// Words that no screen says any more are words that two languages keep for nothing.
import { expect, it } from 'vitest';
import { en } from './en';

const sources = import.meta.glob(['../**/*.{svelte,ts}', '!../**/*.test.ts', '!../contract/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;

const ANY = '*';

/** Where a chain like `words.code.sent[channel]` leads; what is looked up by a variable may be any entry. */
const path = (chain: string) =>
  [...chain.matchAll(/\[[^\]]*\]|\w+/g)].map(([step]) => (step.startsWith('[') ? ANY : step));

const CHAIN = String.raw`((?:\??\.\w+|(?:\?\.)?\[[^\[\]]*\])*)`;

/** A shorter name, also of the words that came with a form. */
const NAMED = new RegExp(String.raw`const (\w+) = (?:\$derived\()?(?:\w+\.)?words\b${CHAIN}\)?;`, 'g');

/** Every chain of the dictionary in one file, those through a shorter name included. */
function chains(source: string): string[][] {
  const names = new Map<string, string[]>([['words', []]]);
  for (const [, name = '', chain = ''] of source.matchAll(NAMED)) names.set(name, path(chain));
  const rest = source.replaceAll(NAMED, '');
  return [...names].flatMap(([name, before]) => {
    // Not a property of something else, but `...words.x` is the dictionary.
    const uses = rest.matchAll(new RegExp(String.raw`(?<![\w'$])(?<!(?<!\.\.)\.)${name}\b${CHAIN}`, 'g'));
    return [...uses].map(([, chain = '']) => [...before, ...path(chain)]).filter((steps) => steps.length > 0);
  });
}

const used = Object.values(sources).flatMap(chains);

/** True when a chain leads to the entry, to something around it, or on from it. */
const isUsed = (entry: string[]) =>
  used.some((steps) => entry.every((step, i) => i >= steps.length || steps[i] === ANY || steps[i] === step));

function entries(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [at];
  return Object.entries(value).flatMap(([key, inner]) => entries(inner, [...at, key]));
}

it('every word is said by some screen', () => {
  const all = entries(en);
  expect(all.length, 'the dictionary is looked into').toBeGreaterThan(500);
  expect(all.filter((entry) => !isUsed(entry)).map((entry) => entry.join('.'))).toEqual([]);
});

it('finds a word that nobody says', () => {
  expect(isUsed(['rehearsal', 'nobody'])).toBe(false);
  expect(isUsed(['code', 'label'])).toBe(true);
});
