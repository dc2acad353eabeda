import type { EntryRow, Party } from '../../admin/record';

const somebody = (name: string): Party => ({ kind: 'person', id: name, name, deleted: false });

const entry = (seq: number, time: string, change: Partial<EntryRow>): EntryRow => ({
  seq,
  at: `2026-11-23T${time}Z`,
  act: 'signed_in',
  result: 'done',
  about: somebody('ben.okoro'),
  by: somebody('ben.okoro'),
  cause: null,
  reference: null,
  ...change,
});

export const entries: EntryRow[] = [
  entry(12431, '09:02:11', { cause: 'unchanged' }),
  entry(12430, '09:01:58', { act: 'code_sent', by: { kind: 'program' }, cause: 'sms' }),
  entry(12429, '09:01:02', { act: 'sim_stopped', result: 'refused', by: { kind: 'program' }, cause: 'operator_timeout', reference: '7F3K' }),
  entry(12428, '08:59:47', { act: 'sign_in_refused', result: 'refused', about: { kind: 'unknown_name' }, by: { kind: 'nobody' }, cause: 'unknown_name', reference: 'M2QX' }),
  entry(12427, '08:58:20', { act: 'session_ended', about: { ...somebody('old.colleague'), deleted: true } as Party, by: { kind: 'program' }, cause: 'idle' }),
  entry(12426, '08:31:00', { act: 'failed', result: 'refused', about: { kind: 'program' }, by: { kind: 'console' }, reference: '4QPD' }),
];
