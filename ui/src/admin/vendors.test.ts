import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failed, passed, truId, twilio, vendor } from '../desk/posed/vendors';
import { act, enter, field, find, pass, press } from '../test/page';
import { choose, openPose } from '../test/posed';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const acts = () => ({ ontest: vi.fn(), onsave: vi.fn(), onedit: vi.fn() });

async function open(pose: string, props: Record<string, unknown> = {}) {
  const [truIdActs, twilioActs] = [acts(), acts()];
  const page = await openPose(pose, { truIdActs, twilioActs, ...props });
  return { ...page, tru: truIdActs, twi: twilioActs };
}

describe('what is stored', () => {
  it('is told by its date and its last four, and is in no field', async () => {
    await open('vendors');
    expect(find('[data-vendor=tru_id]').textContent).toContain('ends in 9c1e');
    await press('edit-tru_id');
    expect(find('[data-secret=client-secret]').textContent).toContain('Set on October 2, 2026');
    expect(document.querySelector('[name=client-secret]'), 'there is nothing to look at').toBeNull();
  });

  it('is tested without being typed again', async () => {
    const { tru } = await open('vendors');
    await press('test-tru_id');
    expect(tru.ontest).toHaveBeenCalledExactlyOnceWith({ clientId: null, clientSecret: null, host: truId.host }, false);
  });

  it('stays as it is where it is not replaced, and the focus goes to the field that is', async () => {
    const { tru } = await open('vendors');
    await press('edit-tru_id');
    await press('replace-client-secret');
    await pass(0);
    expect(document.activeElement).toBe(field('client-secret'));
    await enter('client-secret', ' new secret ');
    await press('test-tru_id');
    expect(tru.ontest).toHaveBeenLastCalledWith({ clientId: null, clientSecret: 'new secret', host: truId.host }, false);
    await press('keep-client-secret');
    await press('test-tru_id');
    expect(tru.ontest).toHaveBeenLastCalledWith({ clientId: null, clientSecret: null, host: truId.host }, false);
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
    expect(find('[data-step=sms_open]').textContent).toContain('Not reached');
    expect(find('[data-vendor=tru_id] [data-tested]').textContent).toContain('All steps passed.');
  });

  it('makes a real check only when asked, and never where nobody is signed in', async () => {
    const { tru } = await open('vendors');
    find('[name=tru_id-real]').click();
    await press('test-tru_id');
    expect(tru.ontest).toHaveBeenLastCalledWith(expect.anything(), true);
    document.body.innerHTML = '';
    await open('first_run_vendors');
    expect(document.querySelector('[name=tru_id-real]')).toBeNull();
  });

  it('no longer counts once something is changed', async () => {
    const { give } = await open('vendors_unset');
    await enter('client-id', 'id-1');
    await enter('client-secret', 's');
    await press('test-tru_id');
    await give({ truId: vendor(null, { tested: passed }) });
    expect(find('[data-vendor=tru_id]').textContent).toContain('All steps passed.');
    await enter('client-id', 'id-2');
    expect(find('[data-vendor=tru_id]').textContent).not.toContain('All steps passed.');
    expect(find('[data-vendor=tru_id]').textContent).toContain('Changed since the test. Test again.');
  });
});

describe('saving', () => {
  async function filled(tested: typeof passed | null) {
    const page = await open('vendors_unset');
    await enter('client-id', 'id-1');
    await enter('client-secret', 's');
    await press('test-tru_id');
    await page.give({ truId: vendor(null, { tested }) });
    return page;
  }

  it('goes through after a passed test', async () => {
    const { tru } = await filled(passed);
    await press('save-tru_id');
    expect(tru.onsave).toHaveBeenCalledExactlyOnceWith({ clientId: 'id-1', clientSecret: 's', host: 'https://eu.api.tru.id' });
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
    expect(tru.onsave).toHaveBeenCalledOnce();
  });
});

describe('Twilio', () => {
  const SK = `SK${'a'.repeat(32)}`;
  const VA = `VA${'0'.repeat(32)}`;

  it('asks for what its way of signing in needs, and sends no more', async () => {
    const { twi } = await open('vendors_unset');
    await enter('key-sid', SK);
    await enter('twilio-secret', 'sec');
    await enter('service-sid', VA);
    await press('test-twilio');
    expect(twi.ontest).toHaveBeenLastCalledWith(
      { kind: 'api_key', accountSid: null, keySid: SK, secret: 'sec', serviceSid: VA },
      false,
    );
    find('[name=twilio-kind][value=auth_token]').click();
    await pass(0);
    expect(field('service-sid').value, 'the service stays').toBe(VA);
    expect(field('twilio-secret').value, 'the secret was another').toBe('');
    expect(document.querySelector('[name=key-sid]')).toBeNull();
  });

  it('tells a SID that is none', async () => {
    const { twi } = await open('vendors_unset');
    await enter('key-sid', 'AC123');
    await press('test-twilio');
    expect(twi.ontest).not.toHaveBeenCalled();
    expect(find('[data-secret=key-sid] [role=alert]').textContent).toContain('An API key SID is SK');
  });

  it('keeps the stored secret only for the way of signing in that it belongs to', async () => {
    await open('vendors', { twilio: vendor(twilio) });
    await press('edit-twilio');
    expect(document.querySelector('[name=twilio-secret]')).toBeNull();
    find('[name=twilio-kind][value=auth_token]').click();
    await pass(0);
    expect(field('twilio-secret').value).toBe('');
    expect(act('replace-service-sid')).toBeTruthy();
  });
});

describe('another host', () => {
  it('is typed whole, and only as https', async () => {
    const { tru } = await open('vendors_unset');
    await enter('client-id', 'id-1');
    await enter('client-secret', 's');
    await choose('residency', 'other');
    await enter('host', 'http://evil.example');
    await press('test-tru_id');
    expect(tru.ontest).not.toHaveBeenCalled();
    await enter('host', 'https://eu.api.idlayr.com');
    await press('test-tru_id');
    expect(tru.ontest).toHaveBeenLastCalledWith(expect.objectContaining({ host: 'https://eu.api.idlayr.com' }), false);
  });
});
