import { expect, it, vi } from 'vitest';
import { quietIsolationFrame, tauriDesk } from './tauri';

const { invoke } = vi.hoisted(() => ({ invoke: vi.fn(() => Promise.resolve()) }));
vi.mock('@tauri-apps/api/core', () => ({ invoke }));

it('says that a form is too long instead of waiting for an answer that never comes', async () => {
  const form = { username: 'ana', password: 'x'.repeat(70_000), language: 'en' } as const;
  await expect(tauriDesk.signIn(form)).rejects.toMatchObject({ code: 'bad_request' });
  expect(invoke).not.toHaveBeenCalled();
  await tauriDesk.signIn({ ...form, password: 'x'.repeat(2_000) });
  expect(invoke).toHaveBeenCalledOnce();
});

it('answers in words where the arguments are of another form, and hands on what Rust says', async () => {
  invoke.mockRejectedValueOnce('invalid args `form` for command `sign_in`' as never);
  const form = { username: 'ana', password: 'x', language: 'en' } as const;
  await expect(tauriDesk.signIn(form)).rejects.toEqual({ code: 'bad_request', field: null, retryAfter: null, reference: null });
  const said = { code: 'sign_in_refused', field: null, retryAfter: null, reference: 'ABCD' };
  invoke.mockRejectedValueOnce(said as never);
  await expect(tauriDesk.signIn(form)).rejects.toBe(said);
});

it('takes the isolation frame out of the way whenever it comes', async () => {
  quietIsolationFrame(document);
  const frame = document.createElement('iframe');
  frame.id = '__tauri_isolation__';
  document.body.append(frame);
  await vi.waitFor(() => expect(frame.tabIndex).toBe(-1));
  expect(frame.title).not.toBe('');
});
