// The administration in the counter, on a desk that asks for proofs as Rust does.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { counter, stopped } from '../desk/poses';
import { act, enter, field, find, openPage, pass, press } from '../test/page';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PASSWORD = 'quiet lemon harbour train';
const asAdmin = () => openPage({ view: counter({ role: 'admin' }), pace: 0 });

async function renameTo(name: string) {
  await press('admin');
  await press('page-branch');
  await enter('branch-name', name);
  await press('save');
}

describe('the administration', () => {
  it('is in the counter of those who have something to do there', async () => {
    await asAdmin();
    await press('admin');
    expect(find('[data-screen]').dataset.screen).toBe('admin');
    await press('page-branch');
    expect(field('branch-name').value).toBe('High Street');
    await press('counter');
    expect(find('[data-screen]').dataset.screen).toBe('counter');
  });

  it('is not in the counter of staff', async () => {
    await openPage({ view: counter({ role: 'staff' }) });
    expect(document.querySelector('[data-act=admin]')).toBeNull();
  });

  it('is closed when the session ends', async () => {
    const { desk } = await asAdmin();
    await press('admin');
    desk.show({ screen: 'sign_in', ended: 'idle' });
    await pass(0);
    expect(document.querySelector('[data-screen=admin]')).toBeNull();
    desk.show(counter({ role: 'admin' }));
    await pass(0);
    expect(find('[data-screen]').dataset.screen).toBe('counter');
  });

  it('says who may register, once that is proved anew', async () => {
    const { desk } = await asAdmin();
    await press('admin');
    await press('page-branch');
    find('input[name=registration][value=open]').click();
    await pass(0);
    await press('save');
    expect(await desk.registrationMode(), 'not before').toBe('by_approval');
    await enter('password', PASSWORD);
    await press('step-up');
    await pass(10);
    await enter('code', '481562');
    if (document.querySelector('[data-screen=code]')) await press('check');
    await pass(10);
    expect(await desk.registrationMode()).toBe('open');
    expect(desk.calls.some((call) => call.startsWith('setBranch')), 'what did not change is not written').toBe(false);
  });

  it('says why a page did not come, and asks again', async () => {
    const { desk } = await asAdmin();
    const branch = desk.branch.bind(desk);
    desk.branch = () => Promise.reject({ code: 'unforeseen', field: null, retryAfter: null, reference: '7F3K' });
    await press('admin');
    await press('page-branch');
    expect(find('[data-loading=failed]').textContent).toContain('7F3K');
    desk.branch = branch;
    await press('load-again');
    expect(field('branch-name').value).toBe('High Street');
  });
});

describe('what is sensitive', () => {
  it('asks for the password, the SIM check and the code, and is done then', async () => {
    const { desk } = await asAdmin();
    await renameTo('Low Street');
    expect(find('[data-dialog=step-up]').textContent).toContain('Save');
    await enter('password', PASSWORD);
    await press('step-up');
    await pass(10);
    expect(find('[data-screen]').dataset.screen).toBe('code');
    expect(find('.office').hidden).toBe(true);
    await enter('code', '481562');
    if (document.querySelector('[data-screen=code]')) await press('check');
    await pass(10);
    expect(desk.calls.filter((call) => call.startsWith('setBranch'))).toHaveLength(2);
    expect(find('[data-saved]')).toBeTruthy();
    expect(field('branch-name').value).toBe('Low Street');
    expect((await desk.branch()).name).toBe('Low Street');
  });

  it('is left as it is where its person cancels, and what was typed stays', async () => {
    const { desk } = await asAdmin();
    await renameTo('Low Street');
    await press('step-up-cancel');
    expect(document.querySelector('[data-dialog=step-up]')).toBeNull();
    expect(desk.calls.filter((call) => call.startsWith('setBranch'))).toHaveLength(1);
    expect(field('branch-name').value).toBe('Low Street');
    expect(act('save').getAttribute('aria-disabled')).not.toBe('true');
  });

  it('is not done where the proof is given up on its way', async () => {
    const { desk } = await asAdmin();
    await renameTo('Low Street');
    await enter('password', PASSWORD);
    await press('step-up');
    await pass(10);
    await press('start-over');
    await pass(0);
    expect(find('[data-screen]').dataset.screen).toBe('admin');
    expect(desk.calls.filter((call) => call.startsWith('setBranch'))).toHaveLength(1);
    expect(field('branch-name').value).toBe('Low Street');
  });

  it('is not done where the proof ends in a stop, which ends the session', async () => {
    const { desk } = await asAdmin();
    await renameTo('Low Street');
    await enter('password', PASSWORD);
    await press('step-up');
    await pass(10);
    desk.show(stopped({ kind: 'sim_changed' }), false);
    await pass(0);
    expect(document.querySelector('[data-screen=admin]')).toBeNull();
    expect(desk.calls.filter((call) => call.startsWith('setBranch'))).toHaveLength(1);
  });

  it('says at its field that the password is wrong', async () => {
    await asAdmin();
    await renameTo('Low Street');
    await enter('password', 'wrong');
    await press('step-up');
    expect(find('[data-dialog=step-up]').textContent).toContain('not your password');
    expect(field('password').value).toBe('');
  });
});
