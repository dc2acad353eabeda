import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loosenedPage } from '../desk/posed/rules';
import { BOUNDS, draftWith, rulesPage } from '../desk/posed/someRules';
import { enter, find, pass, press } from '../test/page';
import { choose, openPose } from '../test/posed';
import { boundsOf, changesIn, isLooser, loosenedIn, microsOf, newlyLooser, rebased, whole, type RulesEdit } from './rules';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const bounds = boundsOf(BOUNDS);
const edit = (...of: Parameters<typeof draftWith>): RulesEdit => draftWith(...of);

describe('looser', () => {
  it('is more of a limit, and less of a window or a lock', () => {
    expect(isLooser(6, bounds.passwords)).toBe(true);
    expect(isLooser(4, bounds.passwords)).toBe(false);
    for (const rule of ['windowMinutes', 'lockMinutes'] as const) {
      expect(isLooser(bounds[rule].byDefault - 1, bounds[rule]), rule).toBe(true);
      expect(isLooser(bounds[rule].byDefault + 1, bounds[rule]), rule).toBe(false);
    }
  });

  it('is nothing by default, and every cause that is let pass', () => {
    expect(loosenedIn(edit(), bounds)).toEqual([]);
    expect(loosenedIn(loosenedPage.rules, bounds)).toEqual([
      { code: 'short_window', role: 'staff', minutes: 1440 },
      { code: 'pass', role: 'staff', cause: 'operator_timeout' },
      { code: 'more_passwords', tries: 8 },
    ]);
  });

  it('is new where it is looser still, and not where it was before', () => {
    const before = edit({ branch: { passwords: 8, codeBudget: 500 } });
    const after = edit({ branch: { passwords: 9, codeBudget: 500 } });
    expect(newlyLooser(before, after, bounds)).toEqual([{ code: 'more_passwords', tries: 9 }]);
  });
});

describe('changes', () => {
  it('are told rule by rule, causes one by one', () => {
    expect(changesIn(edit(), edit())).toEqual([]);
    const other = edit({ staff: { graceDays: 0, pass: ['network', 'no_data'] }, branch: { countries: ['GB'] } });
    expect(changesIn(edit(), other)).toEqual([
      { role: 'staff', rule: 'graceDays', from: 7, to: 0 },
      { role: 'staff', rule: 'no_data', from: false, to: true },
      { role: 'staff', rule: 'network', from: false, to: true },
      { role: null, rule: 'countries', from: null, to: ['GB'] },
    ]);
    const [one, two] = [edit({ branch: { countries: ['GB', 'ES'] } }), edit({ branch: { countries: ['ES', 'GB'] } })];
    expect(changesIn(one, two), 'the order of countries says nothing').toEqual([]);
  });

  it('stay on top of what somebody else set meanwhile', () => {
    const base = edit({ staff: { pass: ['network'] } });
    const mine = edit({ staff: { pass: ['network', 'no_data'], idleMinutes: 5 }, branch: { passwords: 4 } });
    const theirs = edit({ staff: { pass: [], graceDays: 1 }, branch: { passwords: 3, codeBudget: 50 } });
    expect(rebased(mine, base, theirs)).toEqual(
      edit({ staff: { pass: ['no_data'], idleMinutes: 5, graceDays: 1 }, branch: { passwords: 4, codeBudget: 50 } }),
    );
  });

  it('are not whole while a number or every country is missing', () => {
    expect(whole(edit())).toEqual(draftWith());
    const missing = edit();
    missing.admin = { ...missing.admin, idleMinutes: null };
    expect(whole(missing)).toBeNull();
    expect(whole(edit({ branch: { countries: [] } }))).toBeNull();
  });

  it('take a price as it is written, and no other text', () => {
    expect(['0.05', '0,0625', '100', ' 7 '].map(microsOf)).toEqual([50_000, 62_500, 100_000_000, 7_000_000]);
    expect(['', '-1', '101', '1e3', '0.0000001', 'free'].map(microsOf)).toEqual(Array(6).fill(null));
  });
});

describe('the page of rules', () => {
  it('saves stricter rules at once, with the version that was looked at', async () => {
    const { on } = await openPose('rules');
    await press('save');
    expect(on('onsave'), 'nothing to save').not.toHaveBeenCalled();
    await enter('branch-passwords-value', '4');
    expect(find('[data-changes]').textContent).toContain('1 change is not saved.');
    await press('save');
    expect(on('onsave')).toHaveBeenCalledExactlyOnceWith(draftWith({ branch: { passwords: 4 } }), 1);
  });

  it('names what looser rules give up before it saves them', async () => {
    const { on } = await openPose('rules');
    await choose('staff-network-value', 'pass');
    await press('save');
    expect(on('onsave')).not.toHaveBeenCalled();
    expect(find('[data-dialog=looser]').textContent).toContain('a code is sent although nobody looked at the SIM');
    await press('confirm');
    expect(on('onsave').mock.calls[0]?.[0].staff.pass).toEqual(['network']);
  });

  it('keeps in sight what the rules in force give up', async () => {
    await openPose('rules_loosened');
    const lines = [...find('[data-loosened]').children].map((line) => line.textContent);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('If the operator does not answer in time, send a code anyway');
  });

  it('does not ask again about what was loosened before, and does when it is loosened further', async () => {
    const { on } = await openPose('rules_loosened');
    await enter('staff-idleMinutes-value', '4');
    await press('save');
    expect(on('onsave'), 'only something stricter was chosen').toHaveBeenCalledOnce();
    await enter('branch-passwords-value', '10');
    await press('save');
    expect(find('[data-dialog=looser]').textContent).toContain('Wrong passwords until the lock');
    expect(find('[data-dialog=looser] ul').children).toHaveLength(1);
  });

  it('keeps each role’s choices apart', async () => {
    const { on } = await openPose('rules');
    find('[name=rules-role][value=admin]').click();
    await pass(0);
    expect(document.querySelector('[name="staff-idleMinutes-value"]')).toBeNull();
    await enter('admin-idleMinutes-value', '5');
    await press('save');
    const [rules] = on('onsave').mock.calls[0] ?? [];
    expect([rules.staff.idleMinutes, rules.admin.idleMinutes]).toEqual([15, 5]);
  });

  it('tells what somebody else changed meanwhile, and keeps what was chosen on top of it', async () => {
    const { give, on } = await openPose('rules');
    await enter('branch-passwords-value', '4');
    await give({ view: rulesPage(2, { staff: { windowMinutes: 1440 } }), outdated: true });
    expect(find('[data-outdated]').textContent).toContain('Staff. How long a SIM counts as changed: 7 days, now 1 day.');
    expect(find<HTMLInputElement>('[name="branch-passwords-value"]').value).toBe('4');
    expect(find<HTMLSelectElement>('[name="staff-windowMinutes-value"]').value).toBe('1440');
    expect(find('[data-changes]').dataset.changes).toBe('1');
    await press('save');
    const both = draftWith({ staff: { windowMinutes: 1440 }, branch: { passwords: 4 } });
    expect(on('onsave'), 'what they loosened is not asked about again').toHaveBeenCalledExactlyOnceWith(both, 2);
  });

  it('says what Rust found wrong', async () => {
    await openPose('rules_wrong');
    expect(find('[data-wrong]').textContent).toContain('the country of your own number is not on the list');
  });

  it('says how much of a budget is spent, and when that is much', async () => {
    await openPose('rules');
    expect(find('[data-spent=codes]').textContent).toContain('84 of 100 codes');
    expect(find('[data-spent=codes]').dataset.warning).toBe('true');
    expect(find('[data-spent=checks]').dataset.warning).toBe('false');
  });

  it('takes countries off the list and puts them on, each once', async () => {
    const { on } = await openPose('rules', { view: rulesPage(2, { branch: { countries: ['GB', 'ES'] } }) });
    find('[data-country=ES]').click();
    await pass(0);
    await choose('country', 'IE');
    await press('add-country');
    await press('save');
    expect(on('onsave').mock.calls[0]?.[0].branch.countries).toEqual(['GB', 'IE']);
    for (const iso of ['GB', 'IE']) find(`[data-country=${iso}]`).click();
    await pass(0);
    await press('save');
    expect(on('onsave'), 'nobody could sign in').toHaveBeenCalledOnce();
  });

  it('takes prices once they are prices', async () => {
    const { on } = await openPose('rules');
    await enter('price-sms', 'much');
    await press('save');
    expect(on('onsave')).not.toHaveBeenCalled();
    await enter('price-sms', '0.05');
    await enter('price-currency', 'eur');
    await press('save');
    const prices = { currency: 'EUR', smsMicros: 50_000, voiceMicros: null };
    expect(on('onsave').mock.calls[0]?.[0].branch.prices).toEqual(prices);
  });

  it('offers what holds now even where it is none of the usual choices', async () => {
    await openPose('rules', { view: rulesPage(2, { staff: { windowMinutes: 4500 } }) });
    const window = find<HTMLSelectElement>('[name="staff-windowMinutes-value"]');
    expect(window.value).toBe('4500');
    expect(window.selectedOptions[0]?.textContent).toBe('75 hours');
    const offered = [...window.options].map((option) => Number(option.value));
    expect([offered[0], offered.at(-1)]).toEqual([60, 540_000]);
  });

  it('undoes', async () => {
    await openPose('rules');
    await enter('branch-passwords-value', '4');
    await press('discard');
    expect(find('[data-changes]').dataset.changes).toBe('0');
    expect(find<HTMLInputElement>('[name="branch-passwords-value"]').value).toBe('5');
  });

  it('tells how the rules came to be as they are', async () => {
    const { on } = await openPose('rules_history');
    const third = find('[data-rules-version="3"]').textContent;
    expect(third).toContain('Countries that codes may go to: Every country, now GB.');
    expect(document.querySelector('[data-rules-version="2"]'), 'the one before it is not here').toBeNull();
    await press('older');
    expect(on('onolder')).toHaveBeenCalledOnce();
  });
});

describe('what would happen now', () => {
  it('is asked by name and told for each of the three outcomes', async () => {
    const { on } = await openPose('what_now_told');
    await enter('username', ' ben.okoro ');
    await press('ask');
    expect(on('onask')).toHaveBeenCalledExactlyOnceWith('ben.okoro');
    expect(find('[data-outcome=unchanged]').textContent).toContain('A code is sent');
    expect(find('[data-outcome=changed]').textContent).toContain('new here until');
    expect(find('[data-outcome=cannot_tell]').textContent).toContain('A code is sent for 1 cause');
  });

  it('stops at what stands before the SIM check', async () => {
    await openPose('what_now_blocked');
    expect(find('[data-block=password_locked]').textContent).toContain('the name is locked');
    expect(find('[data-outcome=cannot_tell]').textContent).toContain('no code is sent');
  });
});
