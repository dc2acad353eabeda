import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { person } from '../desk/posed/people';
import { refusal } from '../desk/refused';
import { act, enter, field, find, press } from '../test/page';
import { choose, openPose } from '../test/posed';
import { actsOn, changesBetween } from './people';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what may be done', () => {
  it('by a supervisor is to approve and to unlock, and not what needs an admin', () => {
    expect(actsOn(person(), 'supervisor')).toEqual([]);
    expect(actsOn(person({ state: 'pending' }), 'supervisor')).toEqual(['approve']);
    expect(actsOn(person({ locked: true, lockedUntil: '2026-11-23T09:32:00Z' }), 'supervisor')).toEqual(['unlock']);
    expect(actsOn(person({ locked: true, lockedUntil: null }), 'supervisor')).toEqual([]);
    expect(actsOn(person({ locked: true, lockedUntil: null }), 'admin')).toContain('unlock');
  });

  it('by staff is nothing, and to oneself nothing that could shut one out', () => {
    expect(actsOn(person({ state: 'pending' }), 'staff')).toEqual([]);
    expect(actsOn(person({ self: true, role: 'admin', lastAdmin: true }), 'admin')).toEqual(['number', 'channel']);
    expect(actsOn(person({ self: true }), 'supervisor')).toEqual([]);
  });

  it('to the last admin leaves them one', () => {
    const acts = actsOn(person({ role: 'admin', lastAdmin: true }), 'admin');
    expect(acts).not.toContain('delete');
    expect(acts).not.toContain('disable');
    expect(acts).not.toContain('role');
    expect(acts).toContain('reset');
  });

  it('depends on the state', () => {
    expect(actsOn(person({ state: 'disabled' }), 'admin')).toContain('enable');
    expect(actsOn(person({ state: 'disabled' }), 'admin')).not.toContain('disable');
    expect(actsOn(person(), 'admin')).not.toContain('approve');
  });
});

describe('one person', () => {
  it('is acted on at once by what can be taken back', async () => {
    const { on } = await openPose('person_locked');
    await press('unlock');
    await press('channel');
    expect(on('onact').mock.calls).toEqual([[{ kind: 'unlock' }], [{ kind: 'channel', channel: 'voice' }]]);
  });

  it.each(['disable', 'reset', 'delete'])('is asked about before %s', async (kind) => {
    const { on } = await openPose('person');
    await press(kind);
    expect(on('onact')).not.toHaveBeenCalled();
    expect(find(`[data-dialog=${kind}]`).textContent).toContain('ben.okoro');
    await press('confirm');
    expect(on('onact')).toHaveBeenCalledExactlyOnceWith({ kind });
  });

  it('gets another role only once another is chosen', async () => {
    const { on } = await openPose('person');
    await press('role');
    expect(on('onact')).not.toHaveBeenCalled();
    await choose('new-role', 'supervisor');
    await press('role');
    expect(on('onact')).toHaveBeenCalledExactlyOnceWith({ kind: 'role', role: 'supervisor' });
  });

  it('is not acted on twice at once', async () => {
    const { on, give } = await openPose('person_locked');
    await give({ busy: true });
    await press('unlock');
    expect(on('onact')).not.toHaveBeenCalled();
  });

  it('changed by somebody else meanwhile is shown with what changed, and nothing was done', async () => {
    expect(changesBetween(person(), person({ version: 4 }))).toEqual([]);
    await openPose('person_outdated');
    const lines = [...find('[data-outdated]').children].map((line) => line.textContent);
    expect(lines).toEqual(['Role: was Staff, is now Supervisor', 'State: was Active, is now Switched off']);
    expect(find('[role=status]').textContent).toContain('Your act was not carried out');
  });

  it('shows a password for one use until it was handed over', async () => {
    const { on, give } = await openPose('person_one_time');
    expect(find('[data-once] output').textContent).toBe('T4KQ-9MXC-2WV7-HB5D-R8NE');
    await press('handed-over');
    expect(on('onhandedover')).toHaveBeenCalledOnce();
    await give({ oneTime: null });
    expect(document.body.textContent).not.toContain('T4KQ');
  });
});

describe('adding', () => {
  it('sends the form, and says at its field what is wrong', async () => {
    const { on, give } = await openPose('add_person');
    await enter('username', 'gita.rao');
    await enter('phone', '07700 900158');
    await choose('role', 'supervisor');
    await press('add');
    expect(on('onadd')).toHaveBeenCalledExactlyOnceWith({
      username: 'gita.rao',
      role: 'supervisor',
      phone: '07700 900158',
      country: 'GB',
      channel: 'sms',
    });
    await give({ refusal: refusal('username_taken', { field: 'username' }) });
    expect(document.activeElement).toBe(field('username'));
    expect(field('username').getAttribute('aria-invalid')).toBe('true');
    await enter('username', 'gita.rao2');
    expect(on('onedit')).toHaveBeenCalledOnce();
  });
});

describe('importing', () => {
  it('names each bad row and why, and takes the good ones only when asked', async () => {
    const { on } = await openPose('import_people_bad');
    expect(find('[data-bad-row="9"]').textContent).toContain('The username stands in this file twice, or one that looks the same.');
    expect(find('section').textContent).toContain('And 4 more.');
    expect(act('take').textContent).toContain('Import only the 118 good rows');
    expect(on('ontake')).not.toHaveBeenCalled();
    await press('leave');
    expect(on('ondone')).toHaveBeenCalledOnce();
  });

  it('of rows that are all bad offers nothing to take', async () => {
    await openPose('import_people_bad', { step: { step: 'checked', good: 0, badCount: 1, bad: [{ row: 2, column: null, why: 'columns' }] } });
    expect(document.querySelector('[data-act=take]')).toBeNull();
  });
});

describe('exporting', () => {
  it('masks the numbers unless whole ones are asked for', async () => {
    const { on } = await openPose('export_people');
    await press('export');
    expect(on('onexport')).toHaveBeenLastCalledWith('masked');
    find('[name=numbers][value=whole]').click();
    await press('export');
    expect(on('onexport')).toHaveBeenLastCalledWith('whole');
  });
});

describe('changing a number', () => {
  it('goes from the number over the SIM check to the code', async () => {
    const { on, give } = await openPose('number');
    await enter('phone', '07700 900158');
    await press('number-go');
    expect(on('onstart')).toHaveBeenCalledExactlyOnceWith('07700 900158', 'GB');
    await give({ step: { step: 'code', numberEnding: '58', triesLeft: 5, wrong: false, until: '10:42' } });
    await enter('code', '481 562');
    await press('number-go');
    expect(on('oncode')).toHaveBeenCalledExactlyOnceWith('481562');
    await give({ step: { step: 'code', numberEnding: '58', triesLeft: 4, wrong: true, until: '10:42' } });
    expect(field('code').value).toBe('');
    expect(find('[role=alert]').textContent).toContain('You have 4 tries left');
  });
});
