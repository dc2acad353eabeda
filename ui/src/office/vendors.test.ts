// The vendors' settings in the counter, on a desk that asks for proofs as Rust does.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { counter } from '../desk/poses';
import { enter, find, openPage, pass, press } from '../test/page';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PASSWORD = 'quiet lemon harbour train';

async function openVendors() {
  const page = await openPage({ view: counter({ role: 'admin' }), pace: 0 });
  await press('admin');
  await press('page-vendors');
  await pass(10);
  return page;
}

const card = (vendor: string) => find(`[data-vendor=${vendor}]`);

async function proveAnew() {
  await enter('password', PASSWORD);
  await press('step-up');
  await pass(10);
  await enter('code', '481562');
  if (document.querySelector('[data-screen=code]')) await press('check');
  await pass(10);
}

/** Chooses a file, as a person does. */
async function give(name: string, text: string) {
  const input = find<HTMLInputElement>(`input[name="${name}"]`);
  const file = new File([text], name);
  Object.defineProperty(input, 'files', { configurable: true, value: [file] });
  // Real time: jsdom reads files by timers of its own.
  vi.useRealTimers();
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(find(`[data-file=${name}]`).textContent).not.toContain('Reading'));
  await vi.waitFor(() => expect(document.querySelector(`[data-file=${name}] input:disabled`)).toBeNull());
  vi.useFakeTimers();
  await pass(10);
}

describe('the vendors’ page', () => {
  it('is not in the menu of a supervisor', async () => {
    await openPage({ view: counter({ role: 'supervisor' }) });
    await press('admin');
    expect(document.querySelector('[data-act=page-vendors]')).toBeNull();
  });

  it('tests what is typed and saves it after a proof made anew, which loses nothing typed', async () => {
    const { desk } = await openVendors();
    await press('edit-tru_id');
    await press('replace-client-secret');
    await enter('client-secret', 'another');
    await press('test-tru_id');
    await pass(10);
    expect(card('tru_id').textContent).toContain('All steps passed.');
    await press('save-tru_id');
    await proveAnew();
    expect(desk.calls.filter((call) => call === 'saveVendor tru_id false')).toHaveLength(2);
    expect(card('tru_id').querySelector('[data-saved]')).toBeTruthy();
    expect(card('tru_id').textContent).toContain('Set on November 26, 2026');
    expect(document.querySelector('[name=client-secret]')).toBeNull();
  });

  it('says at the field what Rust does not take', async () => {
    await openVendors();
    await press('edit-twilio');
    await press('replace-sid');
    await enter('sid', 'MA123');
    await press('test-twilio');
    await pass(10);
    expect(find('[data-secret=sid] [role=alert]').textContent).toContain('It is AC or SK');
  });

  it('asks back before it saves what was not tested', async () => {
    const { desk } = await openVendors();
    await press('edit-tru_id');
    await press('save-tru_id');
    await press('confirm');
    await proveAnew();
    expect(desk.calls.at(-1)).toBe('saveVendor tru_id true');
    expect(card('tru_id').querySelector('[data-saved]')).toBeTruthy();
  });

  it('makes one real check and sends one real code, which is typed', async () => {
    const { desk } = await openVendors();
    await press('try-tru_id');
    await pass(10);
    expect(card('tru_id').textContent).toContain('checks work');
    await press('try-twilio');
    await pass(10);
    await enter('tried-code', '000000');
    await press('check-tried');
    expect(card('twilio').textContent).toContain('This is not the code.');
    await enter('tried-code', '481562');
    await press('check-tried');
    expect(card('twilio').textContent).toContain('everything works');
    expect(desk.calls).toContain('tryCode sms');
  });

  it('fills in the rehearsal’s own, and forgets it', async () => {
    const { desk } = await openVendors();
    await press('fill-rehearsal');
    await pass(10);
    for (const vendor of ['tru_id', 'twilio']) expect(card(vendor).textContent).toContain('ends in f00d');
    await press('drop-twilio');
    await pass(10);
    expect(desk.calls).toContain('dropUnsavedVendor twilio');
    expect(card('twilio').textContent).not.toContain('f00d');
    await press('close-tru_id');
    await pass(10);
    expect(desk.calls).toContain('dropUnsavedVendor tru_id');
  });

  it('reads a file for both, and says what is not one', async () => {
    await openVendors();
    await press('edit-twilio');
    await give('env', 'nothing');
    expect(find('[data-file=env] [role=alert]').textContent).toContain('line 1 is not NAME=value');
    await give('env', 'TRU_ID_CLIENT=a');
    for (const vendor of ['tru_id', 'twilio']) expect(card(vendor).textContent).toContain('ends in f00d');
  });

  it('says what keeps the keyring from answering, and asks again', async () => {
    const { desk } = await openPage({ view: counter({ role: 'admin' }), pace: 0 });
    const vendors = desk.vendors.bind(desk);
    desk.vendors = () => Promise.resolve({ kind: 'keyring', fault: 'keyring_locked' });
    await press('admin');
    await press('page-vendors');
    await pass(10);
    expect(find('[data-keyring]').textContent).toContain('it is locked');
    desk.vendors = vendors;
    await press('load-again');
    await pass(10);
    expect(card('tru_id')).toBeTruthy();
  });
});
