// The record in the counter, on a desk that keeps a few entries and works at what takes long.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { counter } from '../desk/poses';
import { enter, field, find, openPage, pass, press } from '../test/page';
import { exportOf, formOf, verificationOf } from './asked';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PASSWORD = 'quiet lemon harbour train';

async function openRecord(role: 'admin' | 'supervisor' = 'admin') {
  const page = await openPage({ view: counter({ role }), pace: 0 });
  await press('admin');
  await press('page-record');
  await pass(10);
  return page;
}

const rows = () => document.querySelectorAll('[data-act-word]').length;

async function proveAnew() {
  await enter('password', PASSWORD);
  await press('step-up');
  await pass(10);
  await enter('code', '481562');
  if (document.querySelector('[data-screen=code]')) await press('check');
  await pass(10);
}

describe('the record', () => {
  it('is looked through page by page', async () => {
    await openRecord();
    expect(rows()).toBe(4);
    await press('after');
    await pass(10);
    expect(rows()).toBe(2);
    await press('before');
    await pass(10);
    expect(rows()).toBe(4);
  });

  it('is searched by reference, from the first page on', async () => {
    const { desk } = await openRecord();
    await press('after');
    await enter('search', '7F3K');
    await pass(500);
    expect(desk.calls.at(-1)).toBe('recordPage 7F3K all');
    expect(rows()).toBe(1);
  });

  it('shows one entry, and those before and after it', async () => {
    await openRecord();
    find('[data-act=open-row]').click();
    await pass(10);
    expect(find('[data-entry]').dataset.entry).toBe('12431');
    await press('entry-older');
    await pass(10);
    expect(find('[data-entry]').dataset.entry).toBe('12430');
    await press('within-back');
    await pass(10);
    expect(rows()).toBe(4);
  });

  it('says why a page did not come', async () => {
    const { desk } = await openPage({ view: counter({ role: 'admin' }), pace: 0 });
    desk.recordPage = () => Promise.reject({ code: 'unforeseen', field: null, retryAfter: null, reference: '7F3K' });
    await press('admin');
    await press('page-record');
    await pass(10);
    expect(find('[data-page=record]').textContent).toContain('7F3K');
  });

  it('is verified while one watches, and that can be stopped', async () => {
    const { desk } = await openRecord();
    await press('verify');
    await press('verify-now');
    expect(find('[data-verification]').dataset.verification).toBe('running');
    await pass(2000);
    expect(find('[data-verification]').dataset.verification).toBe('good');
    await press('verify-now');
    await press('cancel');
    await pass(1000);
    expect(find('[data-verification]').dataset.verification).toBe('stopped');
    expect(desk.calls).toContain('cancelRecordWork');
  });

  it('is exported after a proof made anew, and says where and under which key', async () => {
    const { desk } = await openRecord();
    await press('export');
    await press('export');
    await proveAnew();
    await pass(3000);
    expect(desk.calls.filter((call) => call === 'exportRecord')).toHaveLength(2);
    expect(find('[data-path]').dataset.path).toContain('.jsonl');
    expect(find('[data-key]').textContent).toBe('ef'.repeat(32));
  });

  it('is kept for as long as an admin says, within bounds', async () => {
    const { desk } = await openRecord();
    await press('keep');
    await pass(10);
    find<HTMLInputElement>('input[value=days]').click();
    await pass(0);
    await enter('keep-days', '30');
    await press('save');
    expect(find('[data-keep]').textContent).toContain('From 90 to 3,650 days.');
    expect(desk.calls.some((call) => call.startsWith('setRecordRetention'))).toBe(false);
    await enter('keep-days', '365');
    await press('save');
    await proveAnew();
    expect(find('[data-saved]')).toBeTruthy();
    expect(field('keep-days').value).toBe('365');
    expect((await desk.recordRetention()).days).toBe(365);
  });

  it('is only looked at by a supervisor', async () => {
    await openRecord('supervisor');
    expect(rows()).toBe(4);
    for (const act of ['verify', 'export', 'keep']) expect(document.querySelector(`[data-act=${act}]`)).toBeNull();
  });
});

describe('what is asked', () => {
  it('takes the last day to its end, in the person’s own time', () => {
    const query = { text: '', group: 'all', from: '2026-11-25', until: '2026-11-25' } as const;
    const { from, until, after } = formOf(query, null);
    expect(from).toBe(new Date(2026, 10, 25).getTime() / 1000);
    expect(until).toBe(new Date(2026, 10, 26).getTime() / 1000);
    expect(after).toBeNull();
    expect(formOf({ ...query, from: '', until: '0026-01-01' }, '7.1')).toMatchObject({ from: null, until: 0, after: '7.1' });
  });

  it('shows how far it is, and what failed', () => {
    const running = { done: 1, all: 4, canceling: false };
    expect(verificationOf({ step: 'running', ...running })[0]).toMatchObject({ step: 'running', done: 0.25 });
    expect(verificationOf({ step: 'running', ...running, all: 0 })[0]).toMatchObject({ done: null });
    const why = { code: 'file_not_written', field: null, retryAfter: null, reference: null } as const;
    expect(exportOf({ step: 'failed', refusal: why })).toEqual([{ step: 'choose' }, why]);
    expect(verificationOf({ step: 'failed', refusal: why })).toEqual([{ step: 'idle' }, why]);
  });
});
