// The rules in the counter, on a desk that keeps each version.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { counter } from '../desk/poses';
import { draftWith } from '../desk/posed/someRules';
import { enter, find, openPage, pass, press } from '../test/page';
import { choose } from '../test/posed';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PASSWORD = 'quiet lemon harbour train';

async function openRules() {
  const page = await openPage({ view: counter({ role: 'admin' }), pace: 0 });
  await press('admin');
  await press('page-rules');
  await pass(10);
  return page;
}

async function proveAnew() {
  await enter('password', PASSWORD);
  await press('step-up');
  await pass(10);
  await enter('code', '481562');
  if (document.querySelector('[data-screen=code]')) await press('check');
  await pass(10);
}

describe('the rules', () => {
  it('are saved after a proof made anew, and hold with the next version', async () => {
    const { desk } = await openRules();
    await enter('branch-passwords-value', '4');
    await press('save');
    await proveAnew();
    expect(find('[data-version]').dataset.version).toBe('2');
    expect(find('[data-saved]').textContent).toContain('Version 2');
    expect(desk.rules.page().rules.branch.passwords).toBe(4);
    expect(desk.calls.filter((call) => call === 'setRules 1')).toHaveLength(2);
  });

  it('say what another admin set first, and are saved on top of it', async () => {
    const { desk } = await openRules();
    desk.rules.set({ version: 1, rules: draftWith({ staff: { graceDays: 0 } }) });
    await enter('branch-passwords-value', '4');
    await press('save');
    await proveAnew();
    expect(find('[data-outdated]').textContent).toContain('New numbers with a changed SIM');
    await press('save');
    await pass(10);
    const { version, rules } = desk.rules.page();
    expect([version, rules.staff.graceDays, rules.branch.passwords]).toEqual([3, 0, 4]);
  });

  it('are not saved where they would shut out whoever sets them', async () => {
    const { desk } = await openRules();
    find('[name=countries][value=some]').click();
    await pass(0);
    await press('add-country');
    find('[data-country=GB]').click();
    await pass(0);
    await choose('country', 'ES');
    await press('add-country');
    await press('save');
    await proveAnew();
    expect(find('[data-wrong]').textContent).toContain('your own number');
    expect(desk.rules.page().version).toBe(1);
  });

  it('tell what would happen to somebody now, and keep what was chosen meanwhile', async () => {
    const { desk } = await openRules();
    await enter('branch-passwords-value', '4');
    await press('what-now');
    await enter('username', 'elena.garcia');
    await press('ask');
    await pass(10);
    expect(find('[data-block=disabled]')).toBeTruthy();
    await enter('username', 'nobody');
    await press('ask');
    await pass(10);
    expect(document.querySelector('[data-forecast]')).toBeNull();
    expect(desk.calls.filter((call) => call.startsWith('whatIf'))).toHaveLength(2);
    await press('within-back');
    expect(find<HTMLInputElement>('[name="branch-passwords-value"]').value).toBe('4');
  });

  it('tell how they came to be', async () => {
    const { desk } = await openRules();
    desk.rules.set({ version: 1, rules: draftWith({ staff: { graceDays: 0 } }) });
    await press('page-people');
    await pass(10);
    await press('page-rules');
    await pass(10);
    await press('history');
    await pass(10);
    expect(document.querySelectorAll('[data-rules-version]')).toHaveLength(2);
    expect(find('[data-rules-version="2"]').textContent).toContain('now stopped like any other');
  });
});
