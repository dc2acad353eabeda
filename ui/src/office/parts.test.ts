import { expect, it } from 'vitest';
import { partsOf } from './parts';

const LONGEST = 60_000;

it('cuts a file into parts that are together the file, each small enough for a message', () => {
  for (const text of ['', 'username,phone\n', 'ñ'.repeat(20_000), '\u0001'.repeat(20_000), `x${'😀'.repeat(20_000)}`]) {
    const { bytes, parts } = partsOf(text);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(bytes).toBe(new TextEncoder().encode(text).length);
    let at = 0;
    for (const part of parts) {
      expect(part.at).toBe(at);
      expect(() => encodeURIComponent(part.text), 'no half of a character').not.toThrow();
      expect(JSON.stringify({ form: part }).length).toBeLessThan(LONGEST);
      at += new TextEncoder().encode(part.text).length;
    }
  }
});
