// The kit, backups and restoring, in the counter and where the database is gone.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RECOVERY_CODE, RECOVERY_KEY } from '../desk/fakeRecovery';
import { code, counter, poses, stopped } from '../desk/poses';
import { enter, faults, field, find, openPage, pass, press, screen } from '../test/page';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PASSWORD = 'quiet lemon harbour train';

async function openRecovery() {
  const page = await openPage({ view: counter({ role: 'admin' }), pace: 0 });
  await press('admin');
  await press('page-recovery');
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

async function makeKit() {
  await press('kit-make');
  await proveAnew();
}

async function confirmKit() {
  await enter('kit-code', `3${RECOVERY_CODE.slice(1)}`);
  await press('kit-confirm');
  await pass(10);
}

const kit = () => find('[data-kit]').dataset.kit;

describe('the kit', () => {
  it('is made after a fresh proof, shown once, and holds when a code was typed back', async () => {
    await openRecovery();
    expect(kit()).toBe('none');
    await makeKit();
    expect(kit()).toBe('shown');
    expect(find('[data-printed]').querySelectorAll('li')).toHaveLength(10);
    expect(find('[data-recovery-key]').textContent).toBe(RECOVERY_KEY);
    await enter('kit-code', '7F3K');
    await press('kit-confirm');
    await pass(10);
    expect(field('kit-code').getAttribute('aria-invalid')).toBe('true');
    await confirmKit();
    expect(kit()).toBe('made');
    expect(document.body.textContent).not.toContain(RECOVERY_KEY);
    expect(document.querySelector('[data-act=backup]')).not.toBeNull();
  });

  it('asks before it takes the place of another, and keeps the key unless told otherwise', async () => {
    const { desk } = await openRecovery();
    await makeKit();
    await confirmKit();
    await press('kit-make');
    field('new-key').click();
    await press('confirm');
    await pass(10);
    expect(desk.calls.filter((call) => call.startsWith('makeKit'))).toEqual([
      'makeKit false',
      'makeKit false',
      'makeKit true',
    ]);
  });

  it('that is gone by then is not shown any more', async () => {
    const { desk } = await openRecovery();
    await makeKit();
    desk.confirmKit = () => Promise.reject({ code: 'kit_gone', field: null, retryAfter: null, reference: null });
    await confirmKit();
    expect(kit()).toBe('none');
    expect(find('[data-kit]').textContent).toContain('was not confirmed in time');
  });
});

describe('a kit on the screen', () => {
  it('says until when, and is gone then: a print of it would be good for nothing', async () => {
    await openRecovery();
    await makeKit();
    expect(find('[data-kit]').textContent).toContain('then this kit is thrown away');
    await pass(599_000);
    expect(kit()).toBe('shown');
    await pass(2_000);
    expect(kit()).toBe('none');
    expect(find('[data-kit]').textContent).toContain('was not confirmed in time');
  });
});

describe('a backup', () => {
  it('needs a kit, and says where it lies', async () => {
    const { desk } = await openRecovery();
    expect(document.querySelector('[data-act=backup]')).toBeNull();
    await makeKit();
    await confirmKit();
    await press('backup');
    await pass(500);
    expect(desk.calls).toContain('backUp null');
    expect(find('[data-backup=written]').textContent).toContain('/home/branch/SIMgate/backups/simgate-1.backup');
    await enter('backup-to', 'monday.backup');
    await press('backup');
    await pass(500);
    expect(field('backup-to').getAttribute('aria-invalid')).toBe('true');
  });

  it('is asked about no more when its page was left: whoever comes next never asked', async () => {
    const { desk } = await openRecovery();
    await makeKit();
    await confirmKit();
    let asked = 0;
    desk.recoveryWork = () => Promise.resolve(((asked += 1), null));
    desk.backUp = () => new Promise(() => {});
    await press('backup');
    await pass(1000);
    expect(asked).toBe(2);
    await press('page-people');
    await pass(2000);
    expect(asked).toBe(2);
  });
});

describe('restoring', () => {
  async function look(path = '/media/stick/monday.backup', key = RECOVERY_KEY) {
    await enter('backup-path', path);
    await enter('recovery-key', key);
    await press('look');
    await pass(10);
  }

  it('says at its field what is wrong, and shows what it would replace', async () => {
    await openRecovery();
    await look();
    await proveAnew();
    expect(find('[data-restore=plan]').textContent).toContain('41');
    expect(find('[data-restore=plan]').textContent).toContain('42');
    await press('cancel-restore');
    await look('/media/stick/letter.txt');
    expect(field('backup-path').getAttribute('aria-invalid')).toBe('true');
    await look('/media/stick/monday.backup', 'W4TQ');
    expect(field('recovery-key').getAttribute('aria-invalid')).toBe('true');
  });

  it('that was given up while the backup was looked at stays given up', async () => {
    const { desk } = await openRecovery();
    let answer = () => {};
    const inspect = desk.inspectBackup.bind(desk);
    desk.inspectBackup = async (form) => {
      const offer = await inspect(form);
      await new Promise<void>((resolve) => (answer = resolve));
      return offer;
    };
    await look();
    await proveAnew();
    expect(find('[data-restore]').dataset.restore).toBe('looking');
    await press('cancel');
    answer();
    await pass(10);
    expect(find('[data-restore]').dataset.restore).toBe('choose');
  });

  it('asks, signs out, and says what the old database is called', async () => {
    const { desk } = await openRecovery();
    await look();
    await proveAnew();
    await press('restore');
    await press('confirm');
    await pass(1000);
    expect(desk.calls).toContain('restore /media/stick/monday.backup');
    expect(screen()).toBe('sign_in');
    expect(document.body.textContent).toContain('simgate-20261124T102000Z.db');
  });

  it('is what is offered where the database is gone, and never a first set-up', async () => {
    const { desk } = await openPage({ view: { screen: 'fault', kind: 'database_missing', reference: '7F3K' }, pace: 0 });
    desk.recovery.present = { kind: 'nothing' };
    expect(screen()).toBe('recover');
    expect(document.body.textContent).toContain('/home/branch/SIMgate/simgate.db');
    await press('open-restore');
    await look();
    await press('restore');
    await press('confirm');
    await pass(1000);
    expect(screen()).toBe('sign_in');
    expect(document.body.textContent).toContain('Restored');
  });

  it('brings a backup of another machine to one that nobody has set up', async () => {
    const { desk } = await openPage({ view: poses.first_run, pace: 0 });
    desk.recovery.present = { kind: 'nothing' };
    await press('open-restore');
    await look();
    await press('restore');
    await press('confirm');
    await pass(1000);
    expect(screen()).toBe('sign_in');
  });

  it('is not offered for what a restore would not mend', async () => {
    await openPage({ view: { screen: 'fault', kind: 'keyring_locked', reference: '7F3K' } });
    expect(screen()).toBe('fault');
  });
});

describe('a recovery code', () => {
  it('is typed in place of a code, and opens the counter', async () => {
    const { desk } = await openPage({ view: code(), pace: 0 });
    await press('recover');
    await pass(10);
    expect(screen()).toBe('recovery_code');
    expect(document.activeElement).toBe(field('recovery-code'));
    await enter('recovery-code', '2222');
    await press('use-recovery-code');
    await pass(10);
    expect(field('recovery-code').getAttribute('aria-invalid')).toBe('true');
    await enter('recovery-code', RECOVERY_CODE);
    await press('use-recovery-code');
    await pass(10);
    expect(screen()).toBe('counter');
    expect(desk.calls.filter((call) => call === 'useRecoveryCode')).toHaveLength(2);
  });

  it('is typed after a stop, and the way back is open', async () => {
    await openPage({ view: stopped({ kind: 'sim_changed' }), pace: 0 });
    await press('recover');
    await pass(10);
    expect(screen()).toBe('recovery_code');
    await press('back');
    await pass(10);
    expect(screen()).toBe('stopped');
  });

  it('helps nobody who waits for approval', async () => {
    await openPage({ view: stopped({ kind: 'not_approved' }) });
    expect(document.querySelector('[data-act=recover]')).toBeNull();
  });

  it('has a screen that anybody can use', async () => {
    await openPage({ view: code() });
    await press('recover');
    await pass(10);
    expect(await faults()).toEqual([]);
  });
});
