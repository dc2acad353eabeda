// The whole page on the fake desk, as a person goes through it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PhoneMessage } from '../contract/PhoneMessage';
import { code, counter, poses } from '../desk/poses';
import { act, enter, field, find, openPage, pass, paste, press, screen } from '../test/page';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** As a keeper of passwords makes them, and longer than anybody types. */
const PASTED = `  quiet lemon harbour train, ${'ñ7 '.repeat(20)}`;

describe('signing in', () => {
  it('goes from the password over the SIM and the code to the counter', async () => {
    const { desk } = await openPage();
    expect(document.activeElement).toBe(field('username'));
    expect(document.getElementById(find('form').getAttribute('aria-labelledby') ?? '')?.textContent).toBe('Sign in');
    await enter('username', 'ana.ruiz');
    await enter('password', 'quiet lemon harbour train');
    await press('sign-in');
    await pass(700);
    expect(screen()).toBe('checking_sim');
    expect(find('[data-station=sim]').dataset.state).toBe('working');
    expect(document.activeElement?.tagName, 'the focus goes to the new heading').toBe('H1');
    await pass(3000);
    expect(screen()).toBe('code');
    expect(document.activeElement).toBe(field('code'));
    expect(find('[data-station=sim]').textContent).toContain('Unchanged');
    await enter('code', '481562');
    await pass(1000);
    expect(screen()).toBe('counter');
    expect(document.title).toBe('Signed in - SIMgate');
    await press('sign-out');
    expect(screen()).toBe('sign_in');
    expect(desk.calls.filter((call) => call.startsWith('checkCode'))).toEqual(['checkCode 481562']);
  });

  it('wipes what was half typed and left, and what is being typed it keeps', async () => {
    await openPage();
    await enter('username', 'ana.ruiz');
    await enter('password', 'half a passw');
    field('password').dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }));
    await pass(119_000);
    expect(field('password').value).toBe('half a passw');
    await pass(2_000);
    expect(field('username').value + field('password').value).toBe('');
  });

  it('reads why the last session ended with the field that has the focus', async () => {
    await openPage({ view: poses.sign_in_ended });
    const about = document.getElementById(field('username').getAttribute('aria-describedby') ?? '');
    expect(about?.textContent).toContain('You were signed out because nothing was touched');
    await pass(1000);
    expect(find('[data-aloud]').textContent, 'and not a second time').toBe('');
    expect(document.activeElement).toBe(field('username'));
  });

  it('takes a password that is pasted, whole and as it is', async () => {
    const { desk } = await openPage();
    const signIn = vi.spyOn(desk, 'signIn');
    await enter('username', 'ana.ruiz');
    await paste('password', PASTED);
    await press('sign-in');
    expect(signIn).toHaveBeenCalledExactlyOnceWith({ username: 'ana.ruiz', password: PASTED, language: 'en' });
    expect(field('password').autocomplete).toBe('current-password');
  });

  it('opens connections once, at the first touch and not by itself', async () => {
    const { desk } = await openPage();
    expect(desk.calls).not.toContain('warmUp');
    await enter('username', 'a');
    await enter('username', 'an');
    expect(desk.calls.filter((call) => call === 'warmUp')).toHaveLength(1);
  });

  it('keeps the name and empties the password when it is refused', async () => {
    await openPage();
    await enter('username', 'ana.ruiz');
    await enter('password', 'wrong');
    await press('sign-in');
    await pass(1000);
    expect(find('[role=alert]').textContent).toContain('The name or the password is wrong');
    expect(find('[data-reference]').textContent).toBe('7F3K');
    // One answer for a name that is unknown, locked or switched off, with what to do in each case.
    for (const told of ['Check both and try again', 'locked for 30 minutes. Wait', 'show this reference to your supervisor']) {
      expect(find('[role=alert]').textContent).toContain(told);
    }
    expect(field('username').value).toBe('ana.ruiz');
    expect(field('password').value).toBe('');
    expect(document.activeElement).toBe(field('password'));
  });
});

describe('registering', () => {
  it('says what is wrong at its field, moves there and keeps what was typed', async () => {
    await openPage();
    await press('open-register');
    expect(screen()).toBe('register');
    await enter('username', 'bo');
    await enter('password', 'quiet lemon harbour train');
    await press('register');
    const name = field('username');
    expect(name.getAttribute('aria-invalid')).toBe('true');
    const error = document.getElementById(name.getAttribute('aria-describedby')?.split(' ')[0] ?? '');
    expect(error?.textContent).toContain('Use at least 3 characters.');
    expect(document.activeElement).toBe(name);
    expect(field('password').value).toBe('quiet lemon harbour train');
  });

  it('moves the focus to what was refused of the whole form, every time', async () => {
    const { desk } = await openPage({}, true);
    const refusal = { code: 'too_many_registrations', field: null, retryAfter: 600, reference: 'M2QX' };
    vi.spyOn(desk, 'register').mockImplementation(() => Promise.reject({ ...refusal }));
    for (let time = 0; time < 2; time += 1) {
      act('register').focus();
      await press('register');
      const told = find('[data-screen=register] [role=alert]');
      expect(told.textContent).toMatch(/Too many registrations.*Try again in 10 minutes.*M2QX/);
      expect(document.activeElement).toBe(told);
    }
  });

  it('shows the number as it will be used and how strong the password is', async () => {
    await openPage({}, true);
    field('country').value = 'GB';
    field('country').dispatchEvent(new Event('change', { bubbles: true }));
    await enter('phone', '07700 900146');
    await enter('password', 'short');
    await pass(500);
    expect(find('[data-preview]').dataset.preview).toBe('+447700900146');
    expect(find('[data-accepted]').dataset.accepted).toBe('false');
    expect(find('.strength').textContent).toContain('5 of 15 characters');
  });

  it('takes a password that is pasted, whole and as it is', async () => {
    const { desk } = await openPage({}, true);
    const register = vi.spyOn(desk, 'register');
    await enter('username', 'bo.lind');
    await paste('password', PASTED);
    await pass(500);
    expect(find('[data-accepted]').dataset.accepted).toBe('true');
    await enter('phone', '+44 7700 900146');
    await press('register');
    expect(register.mock.calls[0]?.[0].password).toBe(PASTED);
    expect(field('password').autocomplete).toBe('new-password');
  });

  it('writes the number with the keypad too', async () => {
    await openPage({}, true);
    await press('keypad');
    for (const key of ['+', '4', '4', '5']) find(`[data-key="${key}"]`).click();
    find('[data-key=remove]').click();
    await pass(0);
    expect(field('phone').value).toBe('+44');
  });
});

describe('the code', () => {
  const checks = (calls: string[]) => calls.filter((call) => call.startsWith('checkCode'));

  /** Digits as a keyboard brings them: one after the other. */
  async function type(digits: string, pauseMs = 100) {
    for (const digit of digits) {
      const input = field('code');
      input.dispatchEvent(new KeyboardEvent('keydown', { key: digit, bubbles: true }));
      if (!input.readOnly) {
        input.value += digit;
        input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: digit }));
      }
      await pass(pauseMs);
    }
  }

  it('that is typed is checked once no other digit follows: a service may send longer ones', async () => {
    const { desk } = await openPage({ view: code() });
    await type('481562');
    await pass(1000);
    expect(checks(desk.calls)).toEqual([]);
    await pass(500);
    expect(checks(desk.calls)).toEqual(['checkCode 481562']);
  });

  it('of eight digits costs no try at its sixth', async () => {
    const { desk } = await openPage({ view: code() });
    await type('48156234');
    await pass(20_000);
    expect(checks(desk.calls)).toEqual([]);
    find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    expect(checks(desk.calls)).toEqual(['checkCode 48156234']);
  });

  it('of eight digits, typed too slowly once, is left to the button from then on', async () => {
    const { desk } = await openPage({ view: code() });
    await type('111111');
    await pass(1600);
    await type('2', 1000);
    expect(checks(desk.calls)).toEqual(['checkCode 111111']);
    await type('111111');
    await pass(20_000);
    expect(checks(desk.calls)).toHaveLength(1);
    await press('check');
    expect(checks(desk.calls)).toHaveLength(2);
  });

  it('of eight digits goes by itself when it is pasted, and at once by Enter', async () => {
    const { desk } = await openPage({ view: code() });
    await enter('code', '4815 6234');
    expect(checks(desk.calls)).toEqual(['checkCode 48156234']);
    await pass(1000);
    await type('481562');
    find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    await pass(5000);
    expect(checks(desk.calls)).toEqual(['checkCode 48156234', 'checkCode 481562']);
  });

  it('that is being corrected waits', async () => {
    const { desk } = await openPage({ view: code() });
    await type('4815623');
    const input = field('code');
    input.value = '481562';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContentBackward' }));
    await pass(5000);
    expect(checks(desk.calls)).toEqual([]);
  });

  it('is read with where it was sent and what is to be known of it', async () => {
    await openPage({ view: code({ sim: 'unchecked', sendProblem: 'too_soon' }) });
    const about = (field('code').getAttribute('aria-describedby') ?? '').split(' ');
    const read = about.map((id) => document.getElementById(id)?.textContent ?? `nothing is ${id}`).join(' ');
    for (const told of ['We texted a code to the number ending 46', 'We could not check your SIM', 'Not sent again', 'checked by itself']) {
      expect(read).toContain(told);
    }
    expect(read).not.toContain('nothing is');
  });

  it('may be sent again: said once, when it opens', async () => {
    await openPage({ view: code({ sendAgainIn: 24 }) });
    await pass(20_000);
    expect(find('[data-aloud]').textContent).toBe('');
    await pass(5000);
    expect(find('[data-aloud]').textContent).toBe('You can have another code sent now.');
    await pass(20_000);
    expect(find('[data-aloud]').textContent).toBe('');
  });

  it('tells what could not be sent in a region that was there before', async () => {
    const { desk } = await openPage({ view: code() });
    const region = find('[data-aloud]');
    desk.show(code({ sendProblem: 'too_soon' }));
    await pass(200);
    expect(find('[data-notice=warning]').getAttribute('role'), 'and not twice').toBeNull();
    expect(region.textContent).toContain('Not sent again: the last code was sent only a moment ago.');
    expect(region.getAttribute('role')).toBe('status');
    desk.show(code({ sendProblem: 'network' }));
    await pass(200);
    expect(region.textContent).toContain('The sending service did not answer.');
  });

  it('is checked by itself when all of it is there, and once', async () => {
    const { desk } = await openPage({ view: code() });
    await enter('code', '48156');
    expect(checks(desk.calls)).toEqual([]);
    await enter('code', '481562');
    await enter('code', '481562');
    find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    await pass(1000);
    expect(checks(desk.calls)).toEqual(['checkCode 481562']);
  });

  it('may be pasted with spaces', async () => {
    const { desk } = await openPage({ view: code() });
    await enter('code', ' 481 562 ');
    expect(checks(desk.calls)).toEqual(['checkCode 481562']);
  });

  it('of another length is checked by the button', async () => {
    const { desk } = await openPage({ view: code() });
    await enter('code', '4815');
    await press('check');
    expect(checks(desk.calls)).toEqual(['checkCode 4815']);
  });

  it('that is wrong is emptied, told with the tries left, and can be typed anew', async () => {
    const { desk } = await openPage({ view: code() });
    await enter('code', '111111');
    await pass(1000);
    expect(field('code').value).toBe('');
    expect(document.activeElement).toBe(field('code'));
    expect(find('[role=alert]').textContent).toContain('You have 4 tries left.');
    await enter('code', '222222');
    await pass(1000);
    expect(checks(desk.calls)).toHaveLength(2);
    expect(find('[role=alert]').textContent).toContain('You have 3 tries left.');
  });

  it('half typed is not lost when the same snapshot comes anew', async () => {
    const view = code({ wrong: true, triesLeft: 4 });
    const { desk } = await openPage({ view });
    await enter('code', '48');
    desk.renew({ ...view, expiresIn: 300 });
    await pass(0);
    expect(find('[data-expires-in]').textContent).toContain('5:00');
    expect(field('code').value).toBe('48');
  });

  it('is never sent by drawing the screen or by time passing', async () => {
    const { desk } = await openPage({ view: code() });
    await pass(700_000);
    expect(desk.calls.filter((call) => call.startsWith('sendAgain'))).toEqual([]);
    expect(find('[role=status]')).toBeTruthy();
  });

  it('counts down, opens the buttons, warns at a minute and says when it is over', async () => {
    await openPage({ view: code({ sendAgainIn: 24 }) });
    expect(act('send-again-sms').disabled).toBe(true);
    expect(act('send-again-voice').textContent).toContain('Call me instead');
    await pass(25_000);
    expect(act('send-again-sms').disabled).toBe(false);
    expect(find('.soon').textContent).toBe('');
    await pass(500_000);
    expect(find('.soon').textContent).toContain('One minute left');
    await pass(60_000);
    expect(find('.soon').textContent).toContain('This code has expired');
  });

  it('is sent again by call when asked, and not at all when none is left', async () => {
    const { desk } = await openPage({ view: code({ sendAgainIn: 0 }) });
    await press('send-again-voice');
    expect(desk.calls).toContain('sendAgain voice');
    await pass(3000);
    desk.show(code({ sendAgainIn: null }));
    await pass(0);
    expect(document.querySelector('[data-act^=send-again]')).toBeNull();
  });

  it('is filled in from the rehearsal’s phone', async () => {
    const message = { to: '+447700900146', channel: 'sms', text: 'Your code', code: '481562', at: '2026-11-23T09:00:00Z' };
    const { desk } = await openPage({ view: code(), messages: [message as never] });
    if (!document.querySelector('[data-act=use-code]')) await press('phone');
    await press('use-code');
    await pass(1000);
    expect(checks(desk.calls)).toEqual(['checkCode 481562']);
    expect(screen()).toBe('counter');
  });
});

describe('the rehearsal’s phone', () => {
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const message = (to: string, code: string, seconds: number): PhoneMessage => ({ to, code, channel: 'sms', text: code, at: at(seconds) });
  const offered = () => [...document.querySelectorAll<HTMLElement>('[data-message]:has([data-act=use-code])')];

  async function onThePhone(...messages: PhoneMessage[]) {
    const page = await openPage({ view: code(), messages });
    await press('phone');
    await pass(10);
    return page;
  }

  it('offers the newest code of each number that may be meant, by the number', async () => {
    await onThePhone(
      message('+447700900146', '111111', -30),
      message('+447700900146', '222222', -20),
      message('+447700900246', '333333', -10),
      message('+447700900148', '444444', -5),
    );
    expect(offered().map((one) => one.dataset.code)).toEqual(['333333', '222222']);
    expect(offered()[1]?.querySelector('button')?.textContent).toContain('Use the code for +447700900146');
    expect(document.querySelectorAll('[data-message]')).toHaveLength(4);
  });

  it('does not offer what came before this sign-in', async () => {
    await openPage({ messages: [message('+447700900246', '333333', -10)] });
    await enter('username', 'ana.ruiz');
    await enter('password', 'quiet lemon harbour train');
    await press('sign-in');
    await pass(4000);
    expect(screen()).toBe('code');
    await press('phone');
    await pass(10);
    expect(offered().map((one) => one.dataset.code)).toEqual(['481562']);
    expect(act('use-code').textContent?.trim()).toBe('Use this code');
  });
});

describe('waiting for the operator', () => {
  it('says what is waited for after 3 seconds, and offers a way out after 10', async () => {
    const { desk } = await openPage({ view: poses.checking_sim });
    expect(find('[data-waiting]').dataset.waiting).toBe('new');
    await pass(3500);
    expect(find('[data-waiting]').dataset.waiting).toBe('waits');
    expect(document.querySelector('[data-act=start-over]')).toBeNull();
    await pass(7000);
    await press('start-over');
    expect(desk.calls).toContain('startOver');
    expect(screen()).toBe('sign_in');
  });
});

describe('a way out', () => {
  it('is open even while a code is being checked, and what that answers is not said later', async () => {
    const { desk } = await openPage({ view: code() });
    vi.spyOn(desk, 'checkCode').mockReturnValue(
      new Promise((_, reject) => setTimeout(() => reject({ code: 'unforeseen', field: null }), 5000)),
    );
    await enter('code', '481562');
    expect(find('[data-station=code]').dataset.state).toBe('working');
    await press('start-over');
    expect(screen()).toBe('sign_in');
    await pass(6000);
    expect(document.querySelector('[role=alert]')).toBeNull();
  });

  it('that is refused says so under the card, with the reference', async () => {
    const { desk } = await openPage({ view: poses.fault });
    vi.spyOn(desk, 'tryAgain').mockRejectedValue({ code: 'unforeseen', field: null, reference: 'M2QX-7F3K' });
    await press('try-again');
    expect(find('[role=alert]').textContent).toContain('M2QX-7F3K');
    expect(act('try-again').getAttribute('aria-disabled')).toBe('false');
  });
});

describe('the counter', () => {
  const stays = (calls: string[]) => calls.filter((call) => call === 'stay').length;

  it('tells Rust of activity, and at most every 20 seconds', async () => {
    const { desk } = await openPage({ view: counter() });
    for (let second = 0; second < 60; second += 1) {
      window.dispatchEvent(new Event('pointerdown'));
      await pass(1000);
    }
    expect(stays(desk.calls)).toBe(2);
  });

  it('warns in the last minute, and only the button stays', async () => {
    const { desk } = await openPage({ view: counter({ idleIn: 70 }) });
    expect(document.querySelector('[data-dialog=idle]')).toBeNull();
    await pass(15_000);
    expect(find('[data-dialog=idle]').textContent).toContain('You will be signed out in 0:5');
    window.dispatchEvent(new Event('pointerdown'));
    await pass(10_000);
    window.dispatchEvent(new Event('pointerdown'));
    expect(stays(desk.calls)).toBe(0);
    await press('stay');
    expect(stays(desk.calls)).toBe(1);
    expect(document.querySelector('[data-dialog=idle]')).toBeNull();
  });
});

describe('what is kept', () => {
  it('is the language, the colours and the text size, and nothing else', async () => {
    await openPage();
    await enter('username', 'ana.ruiz');
    await enter('password', 'quiet lemon harbour train');
    await press('sign-in');
    await pass(5000);
    await enter('code', '481562');
    await pass(2000);
    expect(Object.keys(localStorage)).toEqual([]);
    for (const [name, value] of [['language', 'es'], ['theme', 'dark'], ['text-size', '150']] as const) {
      await press(name);
      find(`[role=menu]:not([hidden]) [data-value="${value}"]`).click();
      await pass(0);
    }
    expect({ ...localStorage }).toEqual({
      'simgate.language': 'es',
      'simgate.theme': 'dark',
      'simgate.text': '150',
    });
    expect(document.documentElement.lang).toBe('es');
    expect(document.documentElement.dataset).toMatchObject({ colours: 'dark', text: '150' });
    expect(sessionStorage).toHaveLength(0);
    expect(document.cookie).toBe('');
  });
});

describe('a phone for codes', () => {
  it('is never shown outside a rehearsal', async () => {
    const { desk } = await openPage({ view: code(), rehearsal: false });
    const asked = vi.spyOn(desk, 'rehearsalPhone');
    await pass(5000);
    expect(asked).not.toHaveBeenCalled();
    expect(document.querySelector('[data-rehearsal], [data-phone], [data-act=phone]')).toBeNull();
  });
});
