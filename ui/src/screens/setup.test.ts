// The first set-up, from the welcome to the administration.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RECOVERY_KEY } from '../desk/fakeRecovery';
import { poses } from '../desk/poses';
import { refusal } from '../desk/refused';
import { act, enter, field, find, openPage, pass, press, screen } from '../test/page';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const step = () => find('[data-step]').dataset.step;

async function toTheAdminStep() {
  const page = await openPage({ view: poses.first_run, branch: null, pace: 0 });
  await press('setup-begin');
  await pass(0);
  await press('setup-next');
  await pass(0);
  await enter('branch-name', 'Harbour');
  await press('save');
  await pass(0);
  return page;
}

async function makeTheAdmin() {
  await enter('username', 'ana.ortega');
  await enter('password', 'quiet lemon harbour train');
  await enter('phone', '07700 900146');
  await press('make-admin');
  await pass(10);
}

async function typeTheCode() {
  await enter('code', '481562');
  if (document.querySelector('[data-screen=code]')) await press('check');
  await pass(10);
}

describe('the first set-up', () => {
  it('leads from the welcome by the branch, the first admin and their kit to the administration', async () => {
    const { desk } = await toTheAdminStep();
    expect(step()).toBe('admin');
    expect(desk.calls).toContain('setBranch Harbour');
    await makeTheAdmin();
    expect(screen()).toBe('code');
    await typeTheCode();
    expect(step(), 'the counter waits until set-up is finished').toBe('kit');
    expect(document.querySelector('[data-act=finish-set-up]')).toBeNull();
    await pass(0);
    await press('kit-make');
    await pass(10);
    expect(find('[data-kit]').dataset.kit).toBe('shown');
    await enter('kit-code', '7F3K-9QXM-2T0V-0000');
    await press('kit-confirm');
    await pass(0);
    expect(step(), 'a code that is none of its own').toBe('kit');
    await enter('kit-code', find('[data-kit] ol .letters').textContent);
    await press('kit-confirm');
    await pass(0);
    expect(document.body.textContent, 'shown once').not.toContain(RECOVERY_KEY);
    expect(step()).toBe('done');
    await press('finish-set-up');
    await pass(0);
    expect(screen()).toBe('counter');
    expect(desk.calls).toContain('finishSetUp');
  });

  it('shows the kit after a proof made anew, where the first one is old by then', async () => {
    const { desk } = await toTheAdminStep();
    await makeTheAdmin();
    await typeTheCode();
    const makeKit = desk.makeKit.bind(desk);
    desk.makeKit = () => {
      desk.makeKit = makeKit;
      return Promise.reject(refusal('step_up_needed'));
    };
    await press('kit-make');
    await enter('password', 'quiet lemon harbour train');
    await press('step-up');
    await pass(10);
    expect(screen()).toBe('code');
    await typeTheCode();
    expect(step()).toBe('kit');
    expect(find('[data-kit]').dataset.kit).toBe('shown');
  });

  it('goes past the vendors only where both are set up', async () => {
    const view = { screen: 'first_run', missing: ['twilio'], branchNamed: false } as const;
    const { desk } = await openPage({ view: { ...view, missing: [...view.missing] }, pace: 0 });
    await press('setup-begin');
    await pass(0);
    expect(document.querySelector('[data-act=try-twilio]'), 'nobody is there to receive a code').toBeNull();
    act('setup-next').click();
    await pass(0);
    expect(step(), 'the button says why not').toBe('vendors');
    expect(act('setup-next').getAttribute('aria-describedby')).not.toBeNull();
    desk.show({ ...view, missing: [] });
    await pass(0);
    await press('setup-next');
    await pass(0);
    expect(step()).toBe('branch');
  });

  it('asks for the languages and the countries of the branch', async () => {
    const { desk } = await openPage({ view: poses.first_run, branch: null, pace: 0 });
    await press('setup-begin');
    await pass(0);
    await press('setup-next');
    await pass(0);
    await enter('branch-name', 'Harbour');
    const choose = (name: string, value: string) => {
      const choice = find<HTMLInputElement>(`input[name=${name}][value=${value}]`);
      choice.click();
      return pass(0);
    };
    await choose('languages', 'en');
    await choose('countries', 'some');
    await press('save');
    await pass(0);
    expect(step()).toBe('admin');
    expect(desk.calls).toContain('setRules 1');
    expect(desk.rules.page().rules.branch.countries).toHaveLength(1);
    expect(document.documentElement.lang, 'the one language that is left').toBe('es');
    expect(document.querySelector('[data-act=language]'), 'there is nothing to choose').toBeNull();
  });

  it('goes back without losing what was said of the branch', async () => {
    await toTheAdminStep();
    await press('setup-back');
    await pass(0);
    expect(step()).toBe('branch');
    expect(field('branch-name').value).toBe('Harbour');
  });

  it('says at its field what is wrong with the admin', async () => {
    const { desk } = await toTheAdminStep();
    desk.registerFirstAdmin = () => Promise.reject(refusal('password_guessable', { field: 'password' }));
    await makeTheAdmin();
    expect(field('password').getAttribute('aria-invalid')).toBe('true');
    expect(field('username').value, 'and nothing typed is lost').toBe('ana.ortega');
  });

  it('can begin anew where its admin cannot sign in, and lets nobody else register', async () => {
    const { desk } = await toTheAdminStep();
    await makeTheAdmin();
    await press('start-over');
    await pass(0);
    expect(screen()).toBe('sign_in');
    expect(document.querySelector('[data-act=open-register]')).toBeNull();
    expect(field('username').getAttribute('aria-describedby'), 'it is read with the field').not.toBeNull();
    act('withdraw').click();
    await pass(0);
    expect(desk.calls).toContain('withdrawFirstAdmin');
    expect(screen()).toBe('first_run');
  });
});
