// What a person is told to do, and that it is true.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SendProblem } from '../contract/SendProblem';
import { code, poses, stopped } from '../desk/poses';
import { act, find, openPage } from '../test/page';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a stop', () => {
  it('says whom to call, under the reference, where the branch said so', async () => {
    await openPage({ view: poses.stopped_call });
    const call = find('[data-call]');
    expect(call.textContent).toBe('Call: Branch office, extension 200');
    const after = find('[data-reference]').compareDocumentPosition(call);
    expect(after & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });

  it('takes no sign of what an admin wrote for a mark of its own', async () => {
    await openPage({ view: stopped({ kind: 'sim_changed' }, { call: '*200# <b>desk</b>' }) });
    expect(find('[data-call] strong').textContent).toBe('*200# <b>desk</b>');
  });

  it('names nobody where nobody was named', async () => {
    await openPage({ view: poses.stopped });
    expect(document.querySelector('[data-call]')).toBeNull();
  });

  it('for approval says that neither a SIM was checked nor a code sent', async () => {
    await openPage({ view: poses.stopped_not_approved });
    expect(find('[data-reason=not_approved]').textContent).toMatch(/Wait for approval.*No SIM was checked and no code was sent/);
    expect(find('[data-station=sim]').dataset.state).not.toBe('passed');
  });
});

describe('a code that was not sent again', () => {
  const problem = async (sendProblem: SendProblem, change = {}) => {
    await openPage({ view: code({ sendProblem, ...change }) });
    return find('[data-notice=warning]').textContent ?? '';
  };

  it.each<SendProblem>(['too_soon', 'number_limit', 'channel_off', 'blocked', 'network'])(
    'because of %s leaves the one before',
    async (why) => expect(await problem(why)).toContain('The code you have still works.'),
  );

  it.each<SendProblem>(['our_credentials', 'our_account', 'too_many_tries'])(
    'because of %s takes the one before with it, and says what to do',
    async (why) => {
      const told = await problem(why);
      expect(told).not.toContain('still works');
      expect(told).toMatch(/Tell your supervisor|Wait ten minutes, then start over/);
    },
  );

  it('says nothing of a code that has expired', async () => {
    expect(await problem('too_soon', { expiresIn: 0 })).not.toContain('still works');
  });
});

describe('a set-up that lacks something', () => {
  it('can be tried again', async () => {
    await openPage({ view: poses.not_set_up });
    expect(act('try-again').textContent).toContain('Try again');
  });
});

it('whoever was signed out because the name is locked learns how long, and whom to ask', async () => {
  await openPage({ view: poses.sign_in_locked });
  expect(find('[data-notice=info]').textContent).toMatch(/name was locked.*Wait 30 minutes.*or ask an admin/);
});
