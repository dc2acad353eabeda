// The table of people, and the list of pages under it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listing } from '../desk/posed/pose';
import { rows } from '../desk/posed/people';
import { enter, field, find, pass, press } from '../test/page';
import { choose, key, openPose } from '../test/posed';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const sortOf = (column: string) => find(`[data-sort=${column}]`).closest('th')?.getAttribute('aria-sort');

async function sort(column: string) {
  find(`[data-sort=${column}]`).click();
  await pass(0);
}

describe('the table', () => {
  it('says by which column it is ordered, and a second press turns the order around', async () => {
    const { on } = await openPose('people');
    expect([sortOf('name'), sortOf('last_sign_in')]).toEqual(['ascending', 'none']);
    await sort('last_sign_in');
    expect(on('onquery')).toHaveBeenLastCalledWith(expect.objectContaining({ order: 'last_sign_in', descending: false }));
    await sort('name');
    expect(on('onquery')).toHaveBeenLastCalledWith(expect.objectContaining({ order: 'name', descending: true }));
  });

  it('can be ordered where there is no room for the names of columns, too', async () => {
    const { on } = await openPose('people');
    await choose('order', 'last_sign_in');
    expect(on('onquery')).toHaveBeenLastCalledWith(expect.objectContaining({ order: 'last_sign_in', descending: false }));
    await press('turn');
    expect(on('onquery')).toHaveBeenLastCalledWith(expect.objectContaining({ order: 'name', descending: true }));
  });

  it('opens a row by a button that the keyboard reaches, named by what the row is about', async () => {
    const { on } = await openPose('people');
    const opener = find<HTMLButtonElement>('[data-row="ben.okoro"] [data-act=open-row]');
    expect(opener.tagName).toBe('BUTTON');
    expect(opener.textContent?.trim()).toBe('ben.okoro');
    expect(opener.closest('th')?.getAttribute('scope')).toBe('row');
    opener.click();
    expect(on('onopen')).toHaveBeenCalledExactlyOnceWith(rows[1]);
  });

  it('keeps its roles where the style takes them from the elements, and names each cell for a card', async () => {
    await openPose('people');
    const roles = ['table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell'];
    for (const role of roles) expect(document.querySelector(`[role=${role}]`), role).not.toBeNull();
    const labels = [...find('[data-row="ana.ruiz"]').querySelectorAll('.label')].map((label) => label.textContent);
    expect(labels).toEqual(['Role', 'State', 'Number', 'Last sign-in']);
  });

  it('says that it loads, that nothing matches, and what went wrong with a way to try again', async () => {
    const { give, on } = await openPose('people_loading');
    expect(find('.frame [role=status]').textContent).toBe('Loading…');
    expect(find('table').getAttribute('aria-busy')).toBe('true');
    await give({ list: listing([]) });
    expect(find('.frame [role=status]').textContent).toBe('Nobody is here yet.');
    await give({ list: listing(null, { problem: 'The disk is full.' }) });
    expect(find('[role=alert]').textContent).toContain('The disk is full.');
    await press('retry');
    expect(on('onretry')).toHaveBeenCalledOnce();
  });

  it('keeps the rows in sight while others are waited for', async () => {
    const { give } = await openPose('people');
    await give({ list: listing(rows, { loading: true }) });
    expect(document.querySelectorAll('tbody tr')).toHaveLength(rows.length);
    expect(find('.frame [role=status]').textContent).toBe('Loading…');
  });
});

describe('the search', () => {
  it('asks after a pause, for the last text alone, and at once on Enter', async () => {
    const { on } = await openPose('people');
    await enter('search', 'b');
    await enter('search', 'be');
    await enter('search', ' ben ');
    expect(on('onquery')).not.toHaveBeenCalled();
    await pass(300);
    expect(on('onquery')).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ text: 'ben' }));
    field('search').focus();
    await key('Enter');
    expect(on('onquery')).toHaveBeenCalledTimes(2);
  });

  it('is emptied by a button, which gives the focus back to the field', async () => {
    const { on } = await openPose('people');
    await enter('search', 'ben');
    await press('clear-search');
    expect(on('onquery')).toHaveBeenLastCalledWith(expect.objectContaining({ text: '' }));
    expect(field('search').value).toBe('');
    expect(document.activeElement).toBe(field('search'));
  });

  it('says nothing late: what was typed before it was emptied is not asked any more', async () => {
    const { on } = await openPose('people');
    await enter('search', 'ben');
    await press('clear-search');
    await pass(1000);
    expect(on('onquery')).toHaveBeenLastCalledWith(expect.objectContaining({ text: '' }));
  });

  it('is taken back with the filters when nothing matches', async () => {
    const { on } = await openPose('people_empty');
    expect(find('.frame [role=status]').textContent).toContain('Nobody matches');
    await press('show-all');
    expect(on('onquery')).toHaveBeenLastCalledWith(expect.objectContaining({ text: '', state: null, role: null }));
  });
});

describe('the pages of a list', () => {
  it('lead on, and back only where there is something before', async () => {
    const { on } = await openPose('people');
    await press('before');
    await press('first');
    await press('after');
    expect([on('onbefore'), on('onfirst'), on('onafter')].map((spy) => spy.mock.calls.length)).toEqual([0, 0, 1]);
  });

  it('are not gone through faster than the rows come', async () => {
    const { on, give } = await openPose('people');
    await give({ list: listing(rows, { after: true, loading: true }) });
    await press('after');
    expect(on('onafter')).not.toHaveBeenCalled();
  });

  it('are called older and newer where the list is ordered by time', async () => {
    await openPose('record');
    expect(find('[data-act=after]').textContent).toContain('Older');
    expect(find('[data-act=before]').textContent).toContain('Newer');
  });

  it('are not there where everything is in sight', async () => {
    await openPose('people_supervisor');
    expect(document.querySelector('nav [data-act=after]')).toBeNull();
  });
});
