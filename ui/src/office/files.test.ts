// Files of people and new numbers in the counter, on a desk that asks for proofs as Rust does.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { counter } from '../desk/poses';
import { enter, find, openPage, pass, press } from '../test/page';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function toPeople(pace = 0) {
  const opened = await openPage({ view: counter({ role: 'admin' }), pace });
  await press('admin');
  await press('page-people');
  await pass(10);
  return opened;
}

async function prove() {
  await enter('password', 'quiet lemon harbour train');
  await press('step-up');
  await pass(10);
  await enter('code', '481562');
  if (document.querySelector('[data-screen=code]')) await press('check');
  await pass(10);
}

/** Chooses a file; jsdom reads it by timers of its own. */
async function give(text: string) {
  vi.useRealTimers();
  const input = find<HTMLInputElement>('input[type=file]');
  Object.defineProperty(input, 'files', { value: [new File([text], 'people.csv')], configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(find('[data-import-step]').dataset.importStep).not.toBe('choose'));
  vi.useFakeTimers();
  // The page may have begun to wait by the real clock.
  await vi.waitFor(() => expect(find('[data-import-step]')).toBeTruthy());
}

const at = () => find('[data-import-step]').dataset.importStep;
const rows = (count: number) => Array.from({ length: count }, (_, n) => `p.${'abcdefghij'[n % 10]},+4477009001${n},sms,staff\n`).join('');
const NAMES = 'username,phone,channel,role\n';

describe('a file that comes in', () => {
  it('is handed over in parts, looked at, and taken in after a proof', async () => {
    const { desk } = await toPeople();
    await press('import');
    await give(NAMES + rows(900));
    await vi.waitFor(() => expect(at()).toBe('checked'));
    expect(desk.calls.filter((call) => call.startsWith('addToImport')).length).toBeGreaterThan(1);
    await press('take');
    expect(find('[data-dialog=step-up]').textContent).toContain('Import 900 people');
    await prove();
    await pass(1000);
    expect(at()).toBe('done');
    expect(desk.files.taken).toHaveLength(900);
    expect(desk.calls).toContain('importPeople all');
  });

  it('with bad rows gives its good ones only when that is asked for', async () => {
    const { desk } = await toPeople();
    await press('import');
    await give(`${NAMES}${rows(1)}x,1,fax,root\n`);
    await vi.waitFor(() => expect(at()).toBe('checked'));
    expect(find('[data-bad-row="3"]').textContent).toContain('columns');
    expect(desk.files.taken).toEqual([]);
    await press('take');
    await prove();
    await pass(1000);
    expect(desk.calls).toContain('importPeople good');
    expect(desk.files.taken).toEqual(['p.a']);
  });

  it('says of which country its numbers are that name none', async () => {
    const { desk } = await toPeople();
    await press('import');
    const country = find<HTMLSelectElement>('[data-import-step] [name=country]');
    country.value = 'ES';
    country.dispatchEvent(new Event('change', { bubbles: true }));
    await give(NAMES + rows(1));
    await vi.waitFor(() => expect(at()).toBe('checked'));
    expect(desk.calls.find((call) => call.startsWith('beginImport'))).toContain('ES');
  });

  it('that is something else is said so, and another can be chosen', async () => {
    await toPeople();
    await press('import');
    await give('{"client_id": "x"}');
    await vi.waitFor(() => expect(at()).toBe('choose'));
    expect(find('[data-import-step]').textContent).toContain('The first row has to name these columns');
  });

  it('is forgotten where its person leaves', async () => {
    const { desk } = await toPeople();
    await press('import');
    await give(NAMES + rows(1));
    await vi.waitFor(() => expect(at()).toBe('checked'));
    await press('leave');
    await pass(10);
    expect(desk.calls).toContain('cancelImport');
    expect((await desk.peopleWork()).import.step).toBe('idle');
  });
});

describe('a file that goes out', () => {
  it('holds those whom the list shows, and whole numbers only after a proof', async () => {
    const { desk } = await toPeople();
    await enter('search', 'ben');
    await pass(1000);
    await press('export');
    expect(find('[data-export-step]').textContent).toContain('The people whom your search and filters show.');
    await press('export');
    await pass(1000);
    expect(desk.calls).toContain('exportPeople ben');
    expect(find('[data-path]').textContent).toContain('simgate-people.csv');
    await press('done');
    await press('export');
    find('[name=numbers][value=whole]').click();
    await press('export');
    await prove();
    await pass(1000);
    expect(desk.calls.filter((call) => call === 'exportPeopleWhole ben')).toHaveLength(2);
    expect(find('[data-path]').textContent).toContain('simgate-people-whole.csv');
  });
});

describe('a file that is asked for', () => {
  it('is asked about no more once its page is left, when the answer comes', async () => {
    const { desk } = await toPeople();
    await press('export');
    let answer = () => {};
    desk.exportPeople = () => new Promise<void>((resolve) => (answer = resolve));
    await press('export');
    await press('page-record');
    await pass(10);
    let asked = 0;
    const work = desk.peopleWork.bind(desk);
    desk.peopleWork = () => ((asked += 1), work());
    answer();
    await pass(1000);
    expect(asked).toBe(0);
  });
});

describe('a new number', () => {
  async function open(name: string) {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('tbody button')];
    buttons.find((button) => button.textContent?.includes(name))?.click();
    await pass(10);
    await press('number');
  }

  const step = () => find('[data-number-step]').dataset.numberStep;

  it('takes a proof, a SIM check and the code that comes to it', async () => {
    const { desk } = await toPeople();
    await open('ben.okoro');
    await enter('phone', '07700 900158');
    await press('number-go');
    await prove();
    await pass(10);
    expect(step()).toBe('code');
    await enter('code', '000000');
    await press('number-go');
    expect(find('[role=alert]').textContent).toContain('You have 4 tries left');
    await enter('code', '481562');
    await press('number-go');
    expect(step()).toBe('done');
    await press('done');
    await pass(10);
    expect(find('[data-person]').textContent).toContain('ends in 58');
    expect(desk.calls).not.toContain('giveUpNumber');
  });

  it('whose SIM was changed changes nothing, and says why', async () => {
    const { desk } = await toPeople();
    await open('ben.okoro');
    await enter('phone', '07700 900157');
    await press('number-go');
    await prove();
    await pass(10);
    expect(step()).toBe('stopped');
    expect(find('[data-number-step]').textContent).toContain('was changed in the last 7 days');
    expect(desk.staff.one('ben.okoro')?.numberEnding).toBe('12');
  });

  it('is given up where its person leaves', async () => {
    const { desk } = await toPeople();
    await open('ben.okoro');
    await enter('phone', '07700 900158');
    await press('number-go');
    await prove();
    await pass(10);
    expect(step()).toBe('code');
    await press('page-people');
    await pass(10);
    expect(desk.calls).toContain('giveUpNumber');
  });

  it('of somebody who was changed meanwhile is not changed, and what changed is shown', async () => {
    const { desk } = await toPeople();
    await open('ben.okoro');
    desk.staff.meanwhile('ben.okoro', { role: 'staff' });
    await enter('phone', '07700 900158');
    await press('number-go');
    await prove();
    await pass(10);
    expect(find('[data-outdated]').textContent).toContain('was Supervisor, is now Staff');
  });
});
