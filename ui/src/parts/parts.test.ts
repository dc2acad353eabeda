// The parts that pages of the administration are made of, each by what it must never do.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listing } from '../desk/posed/pose';
import { act, enter, find, pass, press } from '../test/page';
import { choose, openPose } from '../test/posed';
import { gridFor } from './chart';
import { piecesOf } from './sentence';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a sentence', () => {
  it('is cut at what is chosen in it, in the order of its language', () => {
    expect(piecesOf('A SIM counts for {value} days.')).toEqual([
      { blank: false, text: 'A SIM counts for ' },
      { blank: true, text: 'value' },
      { blank: false, text: ' days.' },
    ]);
    expect(piecesOf('{value} at first')[0]).toEqual({ blank: true, text: 'value' });
  });

  const number = () => find<HTMLInputElement>('[name="branch-passwords-value"]');
  const rule = () => find('[data-rule=branch-passwords]');

  it('says what a looser choice gives up, tied to the control, and takes it back', async () => {
    await openPose('rules');
    expect(rule().dataset.looser).toBe('false');
    await enter('branch-passwords-value', '9');
    expect(rule().textContent).toContain('Looser than recommended: more guesses at a password');
    expect(rule().textContent).toContain('Recommended: 5.');
    const described = number().getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toContain('Looser');
    await enter('branch-passwords-value', '4');
    expect(rule().textContent).toContain('Stricter than recommended.');
    expect(rule().dataset.looser).toBe('false');
  });

  it.each(['', '0', '999', '4.5', '-3', '1e2'])('does not take %j, says the range and keeps what was typed', async (text) => {
    const { on } = await openPose('rules');
    await enter('branch-passwords-value', text);
    expect(rule().textContent).toContain('Use a whole number from 3 to 10.');
    expect(number().getAttribute('aria-invalid')).toBe('true');
    await press('save');
    expect(on('onsave')).not.toHaveBeenCalled();
  });

  it('has controls of the system with names of their own', async () => {
    await openPose('rules');
    const controls = [...document.querySelectorAll('[data-rule] select, [data-rule] input')];
    expect(controls.length).toBeGreaterThan(20);
    for (const control of controls) expect(control.getAttribute('aria-label')).toBeTruthy();
  });
});

describe('a question before something that cannot be taken back', () => {
  it('begins at the way out, closes on Escape, and does nothing until it is answered', async () => {
    const { on } = await openPose('person');
    await press('delete');
    expect(document.activeElement).toBe(act('cancel-confirm'));
    find('dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
    await pass(0);
    expect(document.querySelector('dialog')).toBeNull();
    expect(on('onact')).not.toHaveBeenCalled();
    await press('delete');
    await press('confirm');
    expect(on('onact')).toHaveBeenCalledExactlyOnceWith({ kind: 'delete' });
  });
});

describe('something long', () => {
  it('says how far it is at every tenth, and can be stopped once', async () => {
    const { on, give } = await openPose('verify_running');
    const bar = find<HTMLProgressElement>('progress');
    expect(bar.value).toBeCloseTo(0.37);
    expect(document.getElementById(bar.getAttribute('aria-labelledby') ?? '')?.textContent).toContain('Going through');
    expect(find('.progress [role=status]').textContent).toBe('30% done');
    await press('cancel');
    await give({ verification: { step: 'running', done: 0.38, canceling: true } });
    await press('cancel');
    expect(on('oncancel')).toHaveBeenCalledOnce();
    expect(find('.progress').textContent).toContain('Stopping');
  });

  it('that cannot tell how far it is has no value', async () => {
    await openPose('recovery_restoring');
    expect(find('progress').hasAttribute('value')).toBe(false);
  });
});

describe('something shown once', () => {
  it('is copied or printed, says so, and offers no file', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    const print = vi.spyOn(window, 'print').mockImplementation(() => {});
    await openPose('person_one_time');
    await press('copy');
    expect(writeText).toHaveBeenCalledExactlyOnceWith('T4KQ-9MXC-2WV7-HB5D-R8NE');
    expect(find('.once [role=status]').textContent).toContain('Copied.');
    await press('print');
    expect(print).toHaveBeenCalledOnce();
    expect(find('.once').textContent).toContain('saves no file');
    expect(document.querySelector('.once a, .once [download]')).toBeNull();
    Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('says so when it could not be copied', async () => {
    await openPose('person_one_time');
    await press('copy');
    expect(find('.once [role=status]').textContent).toContain('could not be copied');
  });
});

describe('a chart', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [7, [0, 2, 4, 6, 8]],
    [137, [0, 50, 100, 150]],
    [1000, [0, 500, 1000]],
  ])('of up to %i has even lines that hold it', (most, lines) => {
    expect(gridFor(most)).toEqual(lines);
  });

  it('has the same in a table, in the numbers of the language, and tells its bars apart without colour', async () => {
    const { prefs } = await openPose('overview');
    const cells = [...document.querySelectorAll('[data-chart] tbody tr')].map((row) => [...row.children].map((c) => c.textContent));
    expect(cells).toHaveLength(7);
    expect(cells[1]?.slice(1)).toEqual(['131', '10']);
    expect(find('[data-chart] rect.s1').getAttribute('fill')).toMatch(/^url\(#.*hatch\)$/);
    prefs.choose({ language: 'es' });
    await pass(0);
    expect(find('[data-chart] summary').textContent).toBe('Ver como tabla');
  });
});

describe('the list of filters', () => {
  it('chooses one of a few by radio buttons', async () => {
    const { on } = await openPose('overview');
    const week = find<HTMLInputElement>('[name=period][value=week]');
    expect(week.type).toBe('radio');
    week.click();
    expect(on('onperiod')).toHaveBeenCalledExactlyOnceWith('week');
  });

  it('narrows by state and role', async () => {
    const { on, give } = await openPose('people', { list: listing([]) });
    await choose('state', 'locked');
    expect(on('onquery')).toHaveBeenLastCalledWith(expect.objectContaining({ state: 'locked' }));
    await give({ list: listing([]) });
    await choose('role', 'admin');
    expect(on('onquery')).toHaveBeenLastCalledWith(expect.objectContaining({ role: 'admin' }));
  });
});
