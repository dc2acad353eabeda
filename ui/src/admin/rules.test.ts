import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loosenedView, rulesView } from '../desk/posed/rules';
import { enter, find, pass, press } from '../test/page';
import { choose, openPose } from '../test/posed';
import { differences, isComplete, isLooser, loosenedIn } from './rules';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('looser', () => {
  it('is more of a limit, and less of a window, a lock or the record', () => {
    const of = { least: 1, recommended: 10, most: 100 };
    expect(isLooser('passwords', 11, of)).toBe(true);
    expect(isLooser('passwords', 9, of)).toBe(false);
    for (const rule of ['windowMinutes', 'lockMinutes', 'retentionDays'] as const) {
      expect(isLooser(rule, 9, of), rule).toBe(true);
      expect(isLooser(rule, 11, of), rule).toBe(false);
    }
  });

  it('is nothing as shipped, and every cause that is let pass', () => {
    const shipped = rulesView();
    expect(loosenedIn(shipped, shipped.bounds)).toEqual([]);
    expect(loosenedIn(loosenedView, loosenedView.bounds)).toEqual([
      { role: 'staff', rule: 'windowMinutes' },
      { role: 'staff', rule: 'passwords' },
      { role: 'staff', rule: 'operator_timeout' },
    ]);
  });
});

describe('changes', () => {
  it('are counted rule by rule, causes one by one', () => {
    expect(differences(rulesView(), rulesView())).toBe(0);
    expect(differences(rulesView(), rulesView({}, { passwords: 4, pass: ['network', 'no_data'] }))).toBe(3);
    expect(differences(rulesView(), loosenedView)).toBe(4);
  });

  it('are not whole while a number is missing', () => {
    expect(isComplete(rulesView())).toBe(true);
    expect(isComplete(rulesView({}, { idleMinutes: null }))).toBe(false);
  });
});

describe('the page of rules', () => {
  it('saves stricter rules at once, with the version that was looked at', async () => {
    const { on } = await openPose('rules');
    await press('save');
    expect(on('onsave'), 'nothing to save').not.toHaveBeenCalled();
    await enter('staff-passwords-value', '4');
    expect(find('[data-changes]').textContent).toContain('1 change is not saved.');
    await press('save');
    expect(on('onsave')).toHaveBeenCalledOnce();
    const [rules, version] = on('onsave').mock.calls[0] ?? [];
    expect(version).toBe(1);
    expect(rules.roles.staff.passwords).toBe(4);
    expect(rules.roles.admin.passwords).toBe(5);
  });

  it('names what looser rules give up before it saves them', async () => {
    const { on } = await openPose('rules');
    await choose('staff-network-value', 'pass');
    await press('save');
    expect(on('onsave')).not.toHaveBeenCalled();
    expect(find('[data-dialog=looser]').textContent).toContain('a code is sent although nobody looked at the SIM');
    await press('confirm');
    expect(on('onsave').mock.calls[0]?.[0].roles.staff.pass).toEqual(['network']);
  });

  it('does not ask again about what was loosened before, and does when it is loosened further', async () => {
    const { on } = await openPose('rules_loosened');
    await enter('staff-idleMinutes-value', '4');
    await press('save');
    expect(on('onsave'), 'only something stricter was chosen').toHaveBeenCalledOnce();
    await enter('staff-passwords-value', '10');
    await press('save');
    expect(find('[data-dialog=looser]').textContent).toContain('Wrong passwords until the lock');
    expect(find('[data-dialog=looser] ul').children).toHaveLength(1);
  });

  it('keeps each role’s choices apart', async () => {
    const { on } = await openPose('rules');
    find('[name=rules-role][value=admin]').click();
    await pass(0);
    expect(document.querySelector('[name="staff-passwords-value"]')).toBeNull();
    await enter('admin-passwords-value', '3');
    await press('save');
    const [rules] = on('onsave').mock.calls[0] ?? [];
    expect([rules.roles.staff.passwords, rules.roles.admin.passwords]).toEqual([5, 3]);
  });

  it('throws away what was chosen against rules that somebody else has changed', async () => {
    const { give, on } = await openPose('rules');
    await enter('staff-passwords-value', '4');
    await give({ view: rulesView({ version: 2 }, { passwords: 7 }), outdated: true });
    expect(find<HTMLInputElement>('[name="staff-passwords-value"]').value).toBe('7');
    expect(find('[data-outdated]').textContent).toContain('Somebody else changed the rules');
    await press('save');
    expect(on('onsave')).not.toHaveBeenCalled();
  });

  it('offers what holds now even where it is none of the usual choices', async () => {
    await openPose('rules', { view: rulesView({}, { windowMinutes: 4500 }) });
    const window = find<HTMLSelectElement>('[name="staff-windowMinutes-value"]');
    expect(window.value).toBe('4500');
    expect(window.selectedOptions[0]?.textContent).toBe('75 hours');
    const offered = [...window.options].map((option) => Number(option.value));
    expect([offered[0], offered.at(-1)]).toEqual([60, 540_000]);
  });

  it('undoes', async () => {
    await openPose('rules');
    await enter('staff-passwords-value', '4');
    await press('discard');
    expect(find('[data-changes]').dataset.changes).toBe('0');
    expect(find<HTMLInputElement>('[name="staff-passwords-value"]').value).toBe('5');
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
