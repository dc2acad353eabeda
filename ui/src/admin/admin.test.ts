// The shell, the branch, recovery, the first set-up and what comes after a loss.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { act, enter, field, find, pass, press } from '../test/page';
import { key, openPose } from '../test/posed';
import { pagesFor } from './pages';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the menu', () => {
  const shown = () => [...document.querySelectorAll<HTMLElement>('[data-act^=page-]')].map((item) => item.dataset.act);

  it('shows each role its pages and no more', async () => {
    expect(pagesFor('staff')).toEqual([]);
    await openPose('people_supervisor');
    expect(shown()).toEqual(['page-people', 'page-record']);
    document.body.innerHTML = '';
    await openPose('overview');
    expect(shown()).toHaveLength(7);
  });

  it('says which page is open, leads to the others and back to the counter', async () => {
    const { onpage, oncounter } = await openPose('people');
    expect(find('[aria-current=page]').dataset.act).toBe('page-people');
    await press('page-record');
    expect(onpage).toHaveBeenCalledExactlyOnceWith('record');
    await press('counter');
    expect(oncounter).toHaveBeenCalledOnce();
  });

  it('opens and closes in a narrow window, on Escape too, and gives the focus back', async () => {
    await openPose('people');
    await press('admin-menu');
    expect(act('admin-menu').getAttribute('aria-expanded')).toBe('true');
    act('page-record').focus();
    await key('Escape');
    expect(act('admin-menu').getAttribute('aria-expanded')).toBe('false');
    expect(document.activeElement).toBe(act('admin-menu'));
  });

  it('puts the focus on the heading, and names the window after it', async () => {
    await openPose('person');
    expect(document.activeElement?.tagName).toBe('H1');
    expect(document.activeElement?.textContent).toBe('ben.okoro');
    expect(document.title).toBe('ben.okoro - SIMgate');
  });

  it('takes the focus from nobody when the page is renewed or the language changes', async () => {
    const { give, prefs } = await openPose('person');
    act('delete').focus();
    await give({ busy: true });
    prefs.choose({ language: 'es' });
    await pass(0);
    expect(find('h1').textContent).toBe('ben.okoro');
    expect(document.activeElement).toBe(act('delete'));
  });

  it('leads from what is open within a page back to the page', async () => {
    const { onback, onpage } = await openPose('person');
    await press('page-people');
    await press('within-back');
    expect(onback).toHaveBeenCalledTimes(2);
    expect(onpage).not.toHaveBeenCalled();
  });
});

describe('the overview', () => {
  it('warns from 80 % of the day’s codes on, and says when none is left', async () => {
    await openPose('overview');
    expect(document.querySelector('[data-budget=near]')).toBeNull();
    document.body.innerHTML = '';
    await openPose('overview_warnings');
    expect(find('[data-budget=near]').textContent).toContain('86%');
    document.body.innerHTML = '';
    await openPose('overview_bad');
    expect(find('[role=alert]').textContent).toContain('No more are sent until the oldest is a day old');
  });

  it('says what SIM checks cost beside what codes do, and which codes nobody priced', async () => {
    await openPose('overview');
    expect(find('[data-stat=cost]').textContent).toContain('$6.55 + £0.87');
    expect(find('[data-cost=checks]').textContent).toContain('£0.87');
    expect(find('[data-cost=codes]').textContent).toContain('$6.55');
    expect(document.querySelector('[data-unpriced]')).toBeNull();
    document.body.innerHTML = '';
    await openPose('overview_warnings');
    expect(find('[data-unpriced=\'2\']').textContent).toContain('no price');
  });

  it('keeps looser rules in sight, with what they give up', async () => {
    const { on } = await openPose('overview_warnings');
    expect(find('[data-loosened]').children).toHaveLength(3);
    expect(find('[data-loosened]').textContent).toContain('a SIM taken over longer ago than this is no longer noticed');
    await press('loosened');
    expect(on('onpage')).toHaveBeenCalledExactlyOnceWith('rules');
  });
});

describe('the branch', () => {
  it('says what is missing, and saves what was typed', async () => {
    const { on } = await openPose('branch');
    await enter('branch-name', '  ');
    await press('save');
    expect(on('onsave')).not.toHaveBeenCalled();
    expect(field('branch-name').getAttribute('aria-invalid')).toBe('true');
    await enter('branch-name', ' Market Square ');
    find('[name=registration][value=closed]').click();
    await press('save');
    expect(on('onsave')).toHaveBeenCalledExactlyOnceWith({
      name: 'Market Square',
      call: 'Branch support, 020 7946 0018',
      languages: ['en', 'es'],
      first: 'en',
      registration: 'closed',
    });
  });

  it('keeps one language, and shows first one that is there', async () => {
    const { on } = await openPose('branch');
    find('[name=languages][value=en]').click();
    await pass(0);
    await press('save');
    expect(on('onsave').mock.calls[0]?.[0]).toMatchObject({ languages: ['es'], first: 'es' });
    find('[name=languages][value=es]').click();
    await pass(0);
    await press('save');
    expect(on('onsave')).toHaveBeenCalledOnce();
    expect(document.body.textContent).toContain('Choose at least one language.');
  });
});

describe('the recovery kit', () => {
  it('is made anew only after being asked, because the old one ends', async () => {
    const { on } = await openPose('recovery');
    await press('kit-make');
    expect(on('onkit')).not.toHaveBeenCalled();
    await press('confirm');
    expect(on('onkit')).toHaveBeenCalledOnce();
  });

  it('is shown alone until a code of it was typed back', async () => {
    const { on } = await openPose('recovery_kit');
    expect(document.querySelectorAll('.codes li')).toHaveLength(10);
    expect(document.querySelector('[data-backup]')).toBeNull();
    expect(find('[name=kit-code]').closest('.field')?.textContent).toContain('Type one of these codes');
    await press('kit-confirm');
    expect(on('onkitconfirm')).not.toHaveBeenCalled();
    await enter('kit-code', ' 2f3k9qxm2t0vhb5c ');
    await press('kit-confirm');
    expect(on('onkitconfirm')).toHaveBeenCalledExactlyOnceWith('2f3k9qxm2t0vhb5c');
  });
});

describe('restoring', () => {
  it('looks first, says what it will replace and what is kept, and asks', async () => {
    const { on, give } = await openPose('recovery');
    await press('look');
    expect(on('onlook')).not.toHaveBeenCalled();
    await enter('recovery-key', 'W4TQ-M8ZN');
    await press('look');
    expect(on('onlook')).toHaveBeenCalledExactlyOnceWith('/home/branch/SIMgate/backups/simgate-20261120T180000Z.backup', 'W4TQ-M8ZN');
    const facts = { people: 41, entries: 12_002, lastEntryAt: '2026-11-20T17:58:00Z' };
    const about = { madeAt: '2026-11-20T18:00:00Z', madeBy: '0.1.0', bytes: 4096, confirm: '00' };
    const present = { kind: 'unreadable', fault: 'database_damaged' } as const;
    await give({ restore: { step: 'plan', offer: { ...about, backup: facts, present } } });
    const plan = find('[data-restore=plan]').textContent;
    expect(plan).toContain('12,002');
    expect(plan).toContain('do not open');
    expect(plan).toContain('kept beside it');
    await press('restore');
    expect(on('onrestore')).not.toHaveBeenCalled();
    await press('confirm');
    expect(on('onrestore')).toHaveBeenCalledOnce();
    await give({ restore: { step: 'choose' } });
    expect(field('recovery-key').value, 'the key is not kept on the page').toBe('');
  });

  it('says a fault of the key at the key', async () => {
    await openPose('recovery_backup');
    expect(field('recovery-key').getAttribute('aria-invalid')).toBe('true');
    expect(find('[data-restore] [role=alert]').textContent).toContain('recovery key of another kit');
  });
});

describe('lost records', () => {
  it('lead to no set-up, which would make an admin of whoever takes them away', async () => {
    await openPose('recover');
    const acts = [...document.querySelectorAll<HTMLElement>('[data-screen=recover] [data-act]')].map((button) => button.dataset.act);
    expect(acts).toEqual(['try-again', 'open-restore']);
    expect(find('[data-screen=recover]').textContent).toContain('the README says how');
  });
});

describe('confirming that it is you', () => {
  it('asks for the password alone, and empties it when it was refused', async () => {
    const { on, give } = await openPose('step_up');
    expect(document.activeElement).toBe(field('password'));
    expect(field('password').autocomplete).toBe('current-password');
    await enter('password', 'quiet lemon harbour train');
    await press('step-up');
    expect(on('ongo')).toHaveBeenCalledExactlyOnceWith('quiet lemon harbour train');
    await give({ refusal: { code: 'sign_in_refused', field: null, retryAfter: null, reference: '7F3K' } });
    expect(field('password').value).toBe('');
    expect(find('[role=alert]').textContent).toContain('7F3K');
  });

  it('is left by Escape', async () => {
    const { on } = await openPose('step_up');
    find('dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
    expect(on('oncancel')).toHaveBeenCalledOnce();
  });
});

describe('the first set-up', () => {
  it('says in three sentences what SIMgate does, and how to try it', async () => {
    const { on } = await openPose('first_run');
    expect(document.querySelectorAll('.says li')).toHaveLength(3);
    expect(find('[aria-current=step]').textContent).toContain('Welcome');
    expect(find('[data-step=welcome]').textContent).toContain('--rehearsal');
    await press('setup-begin');
    expect(on('onbegin')).toHaveBeenCalledOnce();
  });

  it('makes the first admin of what is typed: there is nobody before', async () => {
    const { on } = await openPose('first_run_admin');
    await enter('username', 'ana.ruiz');
    await enter('password', 'quiet lemon harbour train');
    await enter('phone', '07700 900146');
    await press('make-admin');
    expect(on('onsend')).toHaveBeenCalledExactlyOnceWith({
      username: 'ana.ruiz',
      password: 'quiet lemon harbour train',
      phone: '07700 900146',
      country: 'GB',
      channel: 'sms',
    });
  });
});

describe('the record', () => {
  it('names the first bad entry and why it is bad', async () => {
    const { on } = await openPose('verify_bad');
    expect(find('[data-first-bad]').textContent).toContain('Entry 8,112 is the first bad one. What it says does not fit its hash');
    await press('bad-entry');
    expect(on('onentry')).toHaveBeenCalledExactlyOnceWith(8112);
  });

  it('leads from an entry to its person and to the rest of its sign-in', async () => {
    const { on } = await openPose('entry');
    await press('open-person');
    await press('same-reference');
    expect(on('onperson')).toHaveBeenCalledExactlyOnceWith('ben.okoro');
    expect(on('onreference')).toHaveBeenCalledExactlyOnceWith('7F3K');
  });

  it('offers verifying and exporting to admins alone', async () => {
    await openPose('record_found');
    expect(document.querySelector('[data-act=verify], [data-act=export]')).toBeNull();
  });
});
