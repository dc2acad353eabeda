// The harness for the administration's screens: any pose, with what stands around it, and callbacks
// that a test may look at.
import { render } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import AdminDesign from '../desk/AdminDesign.svelte';
import { adminPoses } from '../desk/adminPoses';
import type { AdminPose } from '../desk/posed/pose';
import { Prefs } from '../look/prefs.svelte';
import { faults, find, pass } from './page';

/** Opens a pose. Each callback of its screen is a spy, unless a test gives its own. */
export async function openPose(name: string, props: Record<string, unknown> = {}) {
  const pose = adminPoses[name] as AdminPose;
  const spies = Object.fromEntries(
    Object.entries(pose.props)
      .filter(([, value]) => typeof value === 'function')
      .map(([key]) => [key, vi.fn()]),
  );
  const around = { onpage: vi.fn(), oncounter: vi.fn(), onback: vi.fn() };
  const prefs = new Prefs();
  const { rerender } = render(AdminDesign, { pose, prefs, given: { ...spies, ...props }, ...around });
  await pass(0);
  return {
    prefs,
    ...around,
    /** The spy of a callback. */
    on: (callback: string) => spies[callback] as ReturnType<typeof vi.fn>,
    /** Gives the screen something else, as an answer of Rust would. */
    async give(other: Record<string, unknown>) {
      await rerender({ pose, prefs, given: { ...spies, ...props, ...other }, ...around });
      await pass(0);
    },
  };
}

/** Changes a select as a person does. */
export async function choose(name: string, value: string) {
  const select = find<HTMLSelectElement>(`select[name="${name}"]`);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await pass(0);
}

/** A key, where the focus is. */
export async function key(name: string) {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(event);
  await pass(0);
}

/** Axe over every pose of a group. */
export function reaches(group: Record<string, AdminPose>) {
  it.each(Object.keys(group))('on %s', async (name) => {
    await openPose(name);
    expect(document.querySelectorAll('h1'), 'one first heading').toHaveLength(1);
    expect(document.querySelector('[style]'), 'the policy refuses inline styles').toBeNull();
    expect(await faults()).toEqual([]);
  });
}
