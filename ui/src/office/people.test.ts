// The people in the counter, on a desk that asks for proofs as Rust does.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { counter } from '../desk/poses';
import { enter, field, find, openPage, pass, press } from '../test/page';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const asRole = (role: 'admin' | 'supervisor') => openPage({ view: counter({ role }), pace: 0 });
const names = () => [...document.querySelectorAll('tbody tr')].map((tr) => tr.textContent?.match(/[a-z]+\.[a-z]+/)?.[0]);

async function toPeople() {
  await press('admin');
  await press('page-people');
  await pass(10);
}

async function open(name: string) {
  const opener = [...document.querySelectorAll<HTMLButtonElement>('tbody button')].find((b) => b.textContent?.includes(name));
  if (!opener) throw new Error(`${name} is not in the list`);
  opener.click();
  await pass(10);
}

async function prove() {
  await enter('password', 'quiet lemon harbour train');
  await press('step-up');
  await pass(10);
  await enter('code', '481562');
  if (document.querySelector('[data-screen=code]')) await press('check');
  await pass(10);
}

describe('the people', () => {
  it('are listed page by page, and back again', async () => {
    await asRole('admin');
    await toPeople();
    expect(names()).toEqual(['ana.ruiz', 'ben.okoro', 'chiara.bianchi']);
    await press('after');
    await pass(10);
    expect(names()).toEqual(['dmitri.petrov', 'elena.garcia']);
    await press('before');
    await pass(10);
    expect(names()).toEqual(['ana.ruiz', 'ben.okoro', 'chiara.bianchi']);
  });

  it('are approved by a supervisor with no proof, who is offered nothing else', async () => {
    const { desk } = await asRole('supervisor');
    await toPeople();
    expect(document.querySelector('[data-act=add]')).toBeNull();
    await open('chiara.bianchi');
    expect(document.querySelector('[data-act=reset]')).toBeNull();
    await press('approve');
    await pass(10);
    expect(desk.calls).toContain('helpPerson approve');
    expect(desk.staff.one('chiara.bianchi')?.state).toBe('active');
  });

  it('are reset after a proof made anew, and the password is forgotten with the page', async () => {
    const { desk } = await asRole('admin');
    await toPeople();
    await open('ben.okoro');
    await press('reset');
    await press('confirm');
    expect(find('[data-dialog=step-up]').textContent).toContain('Reset the password');
    await prove();
    expect(desk.calls.filter((call) => call === 'changePerson reset')).toHaveLength(2);
    expect(document.body.textContent).toContain('7KQF-M2XD-9RTW-4HPB');
    await press('within-back');
    await open('ben.okoro');
    expect(document.body.textContent).not.toContain('7KQF-M2XD-9RTW-4HPB');
  });

  it('show the password for one use also where nothing more can be read', async () => {
    const { desk } = await asRole('admin');
    await toPeople();
    await open('ben.okoro');
    await press('reset');
    await press('confirm');
    desk.person = () => Promise.reject({ code: 'unforeseen', field: null, retryAfter: null, reference: '7F3K' });
    await prove();
    expect(document.body.textContent).toContain('7KQF-M2XD-9RTW-4HPB');
    expect(find('[role=alert]').textContent).toContain('7F3K');
  });

  it('lead to what the record says of them, and from there back to them', async () => {
    await asRole('supervisor');
    await toPeople();
    await open('ben.okoro');
    expect(document.querySelectorAll('[data-history] tbody tr')).toHaveLength(3);
    find('[data-history] tbody button').click();
    await pass(10);
    expect(find('[data-entry]').dataset.entry).toBe('12431');
    await press('open-person');
    await pass(10);
    expect(find('[data-person]').dataset.person).toBe('ben.okoro');
    await press('history');
    await pass(10);
    expect(document.querySelectorAll('tbody tr')).toHaveLength(3);
    expect(field('search').value).toBe('ben.okoro');
  });

  it('are all shown again by the menu, from however deep within', async () => {
    await asRole('admin');
    await toPeople();
    await open('ben.okoro');
    await press('number');
    await press('page-people');
    await pass(10);
    expect(names()).toContain('ana.ruiz');
  });

  it('are not changed where somebody else did meanwhile, and what changed is shown', async () => {
    const { desk } = await asRole('supervisor');
    await toPeople();
    await open('chiara.bianchi');
    desk.staff.meanwhile('chiara.bianchi', { role: 'supervisor' });
    await press('approve');
    await pass(10);
    expect(find('[data-outdated]').textContent).toContain('was Staff, is now Supervisor');
    expect(desk.staff.one('chiara.bianchi')?.state).toBe('pending');
  });

  it('are said to be gone where somebody else deleted them', async () => {
    const { desk } = await asRole('supervisor');
    await toPeople();
    await open('chiara.bianchi');
    desk.staff.meanwhile('chiara.bianchi', null);
    await press('approve');
    await pass(10);
    expect(find('[data-gone]').textContent).toContain('deleted');
    expect(names()).not.toContain('chiara.bianchi');
  });

  it('are added after a proof, and what was typed stays until then', async () => {
    const { desk } = await asRole('admin');
    await toPeople();
    await press('add');
    await enter('username', 'new.one');
    await enter('phone', '07700 900148');
    await press('add');
    expect(field('username').value).toBe('new.one');
    await prove();
    expect(document.body.textContent).toContain('7KQF-M2XD-9RTW-4HPB');
    expect(desk.staff.one('new.one')?.password.kind).toBe('one_time');
    await press('page-people');
    await pass(10);
    expect(document.body.textContent).not.toContain('7KQF-M2XD-9RTW-4HPB');
  });
});

describe('a password that was given', () => {
  const due = { screen: 'choose_password', username: 'maria', idleIn: 600 } as const;

  it('opens nothing but the choice of another', async () => {
    const { desk } = await openPage({ view: due });
    await enter('password', 'short');
    await press('choose-password');
    expect(find('[data-screen]').dataset.screen).toBe('choose_password');
    await enter('password', 'four tame otters sing');
    await press('choose-password');
    await pass(10);
    expect(desk.calls.filter((call) => call === 'choosePassword')).toHaveLength(2);
    expect(find('[data-screen]').dataset.screen).toBe('counter');
  });
});
