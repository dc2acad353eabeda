// The overview as it is opened in the counter.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { counter } from '../desk/poses';
import { find, openPage, pass, press } from '../test/page';

vi.mock('../words/countries', () => import('../test/countries'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('is where the administration opens, and leads on to what needs a look', async () => {
  const { desk } = await openPage({ view: counter({ role: 'admin' }), pace: 0 });
  const counted = await desk.overview();
  desk.overview = async () => ({ ...counted, waiting: 2 });
  await press('admin');
  await pass(0);
  expect(find('[data-health=twilio]').dataset.state).toBe('good');
  expect(find('[data-health=tru_id]').textContent).toContain('€19.95 left on the account');
  expect(find('[data-waiting]').dataset.waiting).toBe('2');
  await press('waiting');
  expect(find('h1').textContent).toContain('People');
});

it('is counted anew while it stays open', async () => {
  const { desk } = await openPage({ view: counter({ role: 'admin' }), pace: 0 });
  const counted = await desk.overview();
  await press('admin');
  await pass(0);
  desk.overview = async () => ({ ...counted, waiting: 1 });
  expect(document.querySelector('[data-waiting]')).toBeNull();
  await pass(60_000);
  expect(find('[data-waiting]').dataset.waiting).toBe('1');
});
