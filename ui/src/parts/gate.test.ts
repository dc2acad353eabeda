import { describe, expect, it } from 'vitest';
import type { View } from '../contract/View';
import { code, poses, stopped } from '../desk/poses';
import { en } from '../words/en';
import { gateFor } from './gate';

const states = (view: View, busy = false) => gateFor(en, view, busy)?.map(({ state, word }) => `${state}: ${word}`);
const signIn: View = { screen: 'sign_in', ended: null };

describe('the gate', () => {
  it('waits for the person, and works while the password is checked', () => {
    expect(states(signIn)).toEqual(['now: Your turn', 'waiting: Waiting', 'waiting: Waiting']);
    expect(states(signIn, true)?.[0]).toBe('working: Checking');
  });

  it('works at the SIM first and at the code only once the SIM has passed', () => {
    expect(states(poses.checking_sim as View)).toEqual(['passed: Passed', 'working: Checking', 'waiting: Waiting']);
    expect(states(poses.sending as View)).toEqual(['passed: Passed', 'passed: Passed', 'working: Sending']);
  });

  it('calls no SIM unchanged that was not found so', () => {
    expect(states(code())?.[1]).toBe('passed: Unchanged');
    expect(states(code({ sim: 'changed_in_grace' }))?.[1]).toBe('allowed: Changed, allowed');
    expect(states(code({ sim: 'unchecked' }))?.[1]).toBe('allowed: Not checked, allowed');
    expect(states(code({ sim: 'recovered' }))?.[1]).toBe('allowed: Recovery code');
  });

  it('stops where the sign-in stopped, and shows that nothing after it was reached', () => {
    expect(states(stopped({ kind: 'sim_changed' }))).toEqual(['passed: Passed', 'stopped: Changed', 'waiting: Not reached']);
    expect(states(stopped({ kind: 'cannot_tell', cause: 'network' }))?.[1]).toBe('stopped: Not checked');
    expect(states(stopped({ kind: 'not_sent', problem: 'blocked' }))?.[2]).toBe('stopped: Not sent');
    expect(states(stopped({ kind: 'unforeseen' }, { station: 'password' }))?.[0]).toBe('stopped: Stopped');
  });

  it('calls no SIM passed that was never checked', () => {
    const locked = stopped({ kind: 'code_refused', problem: 'locked' }, { simPassed: false });
    expect(states(locked)?.[1]).toBe('waiting: Not reached');
  });

  it('is not there where nobody is signing in', () => {
    expect(['starting', 'not_set_up', 'fault'].map((pose) => states(poses[pose] as View))).toEqual([undefined, undefined, undefined]);
  });
});
