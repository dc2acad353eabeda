// A file in parts, each of which fits into one message to Rust: with its signs written in the longest
// way there is, six bytes each, it stays below what `tauri.ts` lets pass.
import type { ImportPartForm } from '../contract/ImportPartForm';

const PART = 9_000;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The parts in their order, and how many bytes they are together. */
export function partsOf(text: string): { bytes: number; parts: ImportPartForm[] } {
  const parts: ImportPartForm[] = [];
  let bytes = 0;
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + PART, text.length);
    // A sign of two halves is not cut in two.
    const half = text.charCodeAt(to - 1);
    if (to < text.length && half >= 0xd800 && half <= 0xdbff) to -= 1;
    const part = text.slice(from, to);
    parts.push({ at: bytes, text: part });
    bytes += bytesOf(part);
    from = to;
  }
  return { bytes, parts };
}
