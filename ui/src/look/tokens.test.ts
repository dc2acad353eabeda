import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

type Tokens = Record<string, string>;

function tokensOf(colours: string): Tokens {
  const block = css.split(`[data-colours='${colours}']`)[1]?.split('}')[0] ?? '';
  return Object.fromEntries([...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1], m[2]]));
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['ground', 'surface', 'raised'];

/** What is written on what. */
const TEXT: [string, string[]][] = [
  ['ink', [...GROUNDS, 'accent-soft', 'stopped-soft', 'waiting-soft', 'unknown-soft']],
  ['quiet', [...GROUNDS, 'stopped-soft', 'accent-soft']],
  ['accent', [...GROUNDS, 'accent-soft']],
  ['on-accent', ['accent', 'accent-over']],
  ['passed', [...GROUNDS, 'passed-soft']],
  ['stopped', [...GROUNDS, 'stopped-soft']],
  ['unknown', [...GROUNDS, 'unknown-soft']],
  ['waiting', [...GROUNDS, 'waiting-soft']],
  ['on-state', ['passed', 'stopped']],
];

const EDGES: [string, string[]][] = [
  ['edge', GROUNDS],
  ['focus', GROUNDS],
];

describe.each([
  ['light', 4.5, 3],
  ['dark', 4.5, 3],
  ['contrast-light', 7, 4.5],
  ['contrast-dark', 7, 4.5],
])('the colours %s', (colours, text, edges) => {
  const tokens = tokensOf(colours);
  const pairs = (rows: [string, string[]][]) => rows.flatMap(([on, under]) => under.map((ground) => [on, ground]));

  it.each(pairs(TEXT))('let %s be read on %s', (ink = '', ground = '') => {
    expect(contrast(tokens[ink] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(text);
  });

  it.each(pairs(EDGES))('let %s be seen on %s', (edge = '', ground = '') => {
    expect(contrast(tokens[edge] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(edges);
  });
});
