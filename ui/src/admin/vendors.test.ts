import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failed, passed, truId, twilio, unset, vendor } from '../desk/posed/vendors';
import { act, enter, field, find, pass, press } from '../test/page';
import { choose, openPose } from '../test/posed';
import { formOf } from './vendors';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const acts = () => ({
  ontest: vi.fn(),
  onsave: vi.fn(),
  ontry: vi.fn(),
  oncode: vi.fn(),
  onread: vi.fn(),
  ondrop: vi.fn(),
  onedit: vi.fn(),
});

async function open(pose: string, props: Record<string, unknown> = {}) {
  const [tru, twi] = [acts(), acts()];
  const page = await openPose(pose, { acts: { tru_id: tru, twilio: twi }, ...props });
  return { ...page, tru, twi };
}

const HOST = 'https://eu.api.tru.id';

describe('what is stored', () => {
  it('is told by its date and its last four, and is in no field', async () => {
    await open('vendors');
    expect(find('[data-vendor=tru_id]').textContent).toContain('ends in 9c1e');
    await press('edit-tru_id');
    expect(find('[data-secret=client-secret]').textContent).toContain('Set on October 2, 2026');
    expect(document.querySelector('[name=client-secret]'), 'there is nothing to look at').toBeNull();
  });

  it('was put there by hand where no date is known', async () => {
    await open('vendors', { truId: vendor({ ...truId, since: null }) });
    expect(find('[data-vendor=tru_id]').textContent).toContain('Set by hand');
  });

  it('is tested without being typed again', async () => {
    const { tru } = await open('vendors');
    await press('test-tru_id');
    expect(tru.ontest).toHaveBeenCalledExactlyOnceWith({});
  });

  it('stays as it is where it is not replaced, and the focus goes to the field that is', async () => {
    const { tru } = await open('vendors');
    await press('edit-tru_id');
    await press('replace-client-secret');
    await pass(0);
    expect(document.activeElement).toBe(field('client-secret'));
    await enter('client-secret', ' new secret ');
    await press('test-tru_id');
    expect(tru.ontest).toHaveBeenLastCalledWith({ client_secret: ' new secret ' });
    await press('keep-client-secret');
    await press('test-tru_id');
    expect(tru.ontest).toHaveBeenLastCalledWith({});
  });

  it('goes to Rust as nothing, and what is typed without the blanks around it', () => {
    expect(formOf('tru_id', { client_secret: ' s ' })).toEqual({ vendor: 'tru_id', host: null, clientId: null, clientSecret: 's' });
    expect(formOf('twilio', { sid: '  ' })).toEqual({ vendor: 'twilio', sid: null, secret: null, serviceSid: null });
  });
});

describe('a secret', () => {
  it('is hidden while it is typed, and is no password that a browser would keep', async () => {
    await open('vendors_unset');
    expect(field('client-secret').type).toBe('password');
    expect(field('client-secret').autocomplete).toBe('off');
    await press('show-client-secret');
    expect(field('client-secret').type).toBe('text');
  });

  it('is forgotten by the page once it is saved', async () => {
    const { give } = await open('vendors_unset');
    await enter('client-id', 'id-1');
    await enter('client-secret', 'topsecretvalue');
    await give({ truId: vendor(truId, { saved: true }) });
    expect(document.querySelector('[name=client-secret]')).toBeNull();
    await press('edit-tru_id');
    await press('replace-client-secret');
    expect(field('client-secret').value).toBe('');
  });
});

describe('the test', () => {
  it('asks for what is missing first', async () => {
    const { tru } = await open('vendors_unset');
    await enter('client-id', 'id-1');
    await press('test-tru_id');
    expect(tru.ontest).not.toHaveBeenCalled();
    expect(find('[data-secret=client-secret] [role=alert]').textContent).toContain('This is missing.');
  });

  it('shows each step with its word, and what to do about the one that failed', async () => {
    await open('vendors_tested');
    const failing = find('[data-vendor=twilio] [data-step=code_length]');
    expect(failing.dataset.state).toBe('failed');
    expect(failing.textContent).toContain('Failed');
    expect(failing.textContent).toContain('Set six or more in the Twilio console');
    expect(find('[data-step=channels]').textContent).toContain('send a code to your own phone to see');
    expect(find('[data-vendor=tru_id] [data-tested]').textContent).toContain('All steps passed.');
  });

  it('says at the field what would not do', async () => {
    await open('vendors_filled');
    expect(find('[data-secret=service-sid] [role=alert]').textContent).toContain('It is VA and 32');
  });

  it('no longer counts once something is changed', async () => {
    const { give } = await open('vendors_unset');
    await enter('client-id', 'id-1');
    await enter('client-secret', 's');
    await press('test-tru_id');
    await give({ truId: vendor(unset('tru_id'), { tested: passed }) });
    expect(find('[data-vendor=tru_id]').textContent).toContain('All steps passed.');
    await enter('client-id', 'id-2');
    expect(find('[data-vendor=tru_id]').textContent).not.toContain('All steps passed.');
    expect(find('[data-vendor=tru_id]').textContent).toContain('Changed since the test. Test again.');
  });
});

describe('one real try', () => {
  it('is made only when asked, by the channel that is chosen, and never where nobody is signed in', async () => {
    const { tru, twi } = await open('vendors');
    await press('test-tru_id');
    expect(tru.ontry).not.toHaveBeenCalled();
    await press('try-tru_id');
    expect(tru.ontry).toHaveBeenCalledExactlyOnceWith({}, 'sms');
    find('[name=tried-channel][value=voice]').click();
    await pass(0);
    await press('try-twilio');
    expect(twi.ontry).toHaveBeenCalledExactlyOnceWith({}, 'voice');
    document.body.innerHTML = '';
    await open('first_run_vendors');
    expect(document.querySelector('[data-act=try-tru_id]')).toBeNull();
  });

  it('says what it cost, and takes the code that arrived', async () => {
    const { twi, give } = await open('vendors_tried');
    expect(find('[data-vendor=tru_id] [data-tried=true]').textContent).toContain('It cost 0.05 EUR. 19.95 EUR are left.');
    expect(find('[data-vendor=twilio]').textContent).toContain('This is not the code.');
    await enter('tried-code', '481562');
    await press('check-tried');
    expect(twi.oncode).toHaveBeenCalledExactlyOnceWith('481562');
    const tried = { kind: 'sent', numberEnding: '46', channel: 'sms' } as const;
    await give({ twilio: vendor(twilio, { tried, code: { kind: 'approved' } }) });
    expect(find('[data-vendor=twilio] [data-tried=true]').textContent).toContain('everything works');
    expect(document.querySelector('[name=tried-code]')).toBeNull();
  });

  it.each([
    [{ kind: 'checked', answer: { sim: 'changed' }, cost: null, balance: null, retryIn: null }, 'was changed a short while ago'],
    [{ kind: 'not_sent', problem: 'channel_off', retryIn: null }, 'switched off'],
    [{ kind: 'too_many', retryIn: 120 }, '2 minutes'],
  ] as const)('says why it did not: %o', async (tried, says) => {
    await open('vendors', { twilio: vendor(twilio, { tried }) });
    expect(find('[data-vendor=twilio] [data-tried=false]').textContent).toContain(says);
  });
});

describe('a file', () => {
  it('fills in what Rust found, of which the last four are shown', async () => {
    await open('vendors_filled');
    expect(find('[data-secret=client-id]').textContent).toContain('Filled in from the file, not saved yet');
    expect(find('[data-secret=client-id]').textContent).toContain('ends in 9c1e');
    expect(find('[data-scope]').textContent).toContain('sim_check');
  });

  it('takes the place of what was typed', async () => {
    const { give, tru } = await open('vendors_unset');
    await enter('client-id', 'typed');
    await enter('client-secret', 'typed');
    await give({ truId: vendor({ ...unset('tru_id'), unsaved: truId.stored }) });
    await press('test-tru_id');
    expect(tru.ontest).toHaveBeenLastCalledWith({});
    await press('drop-tru_id');
    expect(tru.ondrop).toHaveBeenCalledOnce();
  });

  it('says where it is not what it should be', async () => {
    await open('vendors_filled');
    expect(find('[data-file=env] [role=alert]').textContent).toContain('TWILIO_AUTH_TOKEN stands in this file twice.');
  });
});

describe('saving', () => {
  async function filled(tested: typeof passed) {
    const page = await open('vendors_unset');
    await enter('client-id', 'id-1');
    await enter('client-secret', 's');
    await press('test-tru_id');
    await page.give({ truId: vendor(unset('tru_id'), { tested }) });
    return page;
  }
  const given = { client_id: 'id-1', client_secret: 's', host: HOST };

  it('goes through after a passed test', async () => {
    const { tru } = await filled(passed);
    await press('save-tru_id');
    expect(tru.onsave).toHaveBeenCalledExactlyOnceWith(given, false);
  });

  it.each([
    ['no test', null],
    ['a failed test', failed],
  ])('asks back after %s', async (_, tested) => {
    const { tru } = await filled(tested);
    await press('save-tru_id');
    expect(tru.onsave).not.toHaveBeenCalled();
    expect(find('[data-dialog=untested]').textContent).toContain('nobody can sign in');
    await press('confirm');
    expect(tru.onsave).toHaveBeenCalledExactlyOnceWith(given, true);
  });

  it.each([
    [{ kind: 'keyring', fault: 'keyring_locked' }, 'it is locked'],
    [{ kind: 'code_too_short', digits: 4 }, 'codes of 4 digits'],
    [{ kind: 'not_recorded', reference: '7F3K', undone: true }, 'Everything is as it was.'],
    [{ kind: 'not_recorded', reference: '7F3K', undone: false }, 'could not be undone'],
    [{ kind: 'untested' }, 'were not tested'],
  ] as const)('says why not: %o', async (notDone, says) => {
    await open('vendors', { truId: vendor(truId, { notDone }) });
    expect(find('[data-vendor=tru_id] [data-not-done]').textContent).toContain(says);
  });
});

describe('Twilio', () => {
  it('says with what a SID begins', async () => {
    await open('vendors_unset');
    expect(find('[data-secret=sid]').textContent).toContain('Begins with AC or SK.');
    expect(act('save-twilio')).toBeTruthy();
  });
});

describe('another host', () => {
  it('is typed whole', async () => {
    const { tru } = await open('vendors_unset');
    await enter('client-id', 'id-1');
    await enter('client-secret', 's');
    await choose('residency', 'other');
    await press('test-tru_id');
    expect(tru.ontest, 'none is typed yet').not.toHaveBeenCalled();
    await enter('host', 'https://eu.api.idlayr.com');
    await press('test-tru_id');
    expect(tru.ontest).toHaveBeenLastCalledWith(expect.objectContaining({ host: 'https://eu.api.idlayr.com' }));
  });
});
