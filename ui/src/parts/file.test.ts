import { afterEach, describe, expect, it, vi } from 'vitest';
import { find } from '../test/page';
import { openPose } from '../test/posed';

/** Chooses a file as the system's dialog does. */
async function give(name: string, content: BlobPart, size?: number) {
  const file = new File([content], name);
  if (size !== undefined) Object.defineProperty(file, 'size', { value: size });
  const input = find<HTMLInputElement>('input[type=file]');
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  const read = vi.spyOn(FileReader.prototype, 'readAsText');
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(find('.pick').textContent).not.toContain('Reading'));
  return read;
}

afterEach(() => void vi.restoreAllMocks());

// Real time: jsdom reads files by timers of its own.
const open = async () => {
  vi.useFakeTimers();
  const opened = await openPose('import_people');
  vi.useRealTimers();
  return opened;
};

describe('a file', () => {
  it('is read as text and handed on with the country of its numbers, and its name is shown', async () => {
    const { on } = await open();
    await give('people.csv', 'username,role\nana,staff');
    await vi.waitFor(() => expect(on('onfile')).toHaveBeenCalledExactlyOnceWith('username,role\nana,staff', 'GB'));
    expect(find('.pick [role=status]').textContent).toContain('people.csv');
  });

  it('of 100 MB is refused by its size, without being read', async () => {
    const { on } = await open();
    const read = await give('people.csv', 'x', 100_000_000);
    await vi.waitFor(() => expect(find('.pick [role=alert]').textContent).toContain('too large. The most is 5 MB'));
    expect(read).not.toHaveBeenCalled();
    expect(on('onfile')).not.toHaveBeenCalled();
  });

  it('that is no text is refused', async () => {
    const { on } = await open();
    await give('people.csv', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0, 0, 0xff]));
    await vi.waitFor(() => expect(find('.pick [role=alert]').textContent).toContain('not plain text'));
    expect(on('onfile')).not.toHaveBeenCalled();
  });
});
