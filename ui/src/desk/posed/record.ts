// The record, in every state worth looking at.
import EntryPage from '../../admin/EntryPage.svelte';
import ExportRecord from '../../admin/ExportRecord.svelte';
import KeepRecord from '../../admin/KeepRecord.svelte';
import type { Listing, Role } from '../../admin/pages';
import type { EntryRow, EntryView, RecordQuery, Verification } from '../../admin/record';
import RecordPage from '../../admin/RecordPage.svelte';
import VerifyRecord from '../../admin/VerifyRecord.svelte';
import { entries } from './entries';
import { listing, nothing, pose, type AdminPose } from './pose';

const query: RecordQuery = { text: '', group: 'all', from: '', until: '' };

const list = (of: Listing<EntryRow>, change: Partial<RecordQuery> = {}, role: Role = 'admin') =>
  pose({ around: 'admin', page: 'record', role }, RecordPage, {
    role,
    query: { ...query, ...change },
    list: of,
    onquery: nothing,
    onfirst: nothing,
    onbefore: nothing,
    onafter: nothing,
    onretry: nothing,
    onopen: nothing,
    onverify: nothing,
    onexport: nothing,
    onkeep: nothing,
  });

const full = (change: Partial<EntryView> = {}): EntryView => ({
  ...(entries[2] as EntryRow),
  detail: null,
  policy: 4,
  checkId: 'c6f1e0d4-92ab-4c6e-8f11-2b7c90d3a5e8',
  cost: { amount: '0.0125', currency: 'GBP' },
  hash: '9f2c4be07d1183a5f6609cd2b81e47af3350d1e9c27b6f048ad51e33c9a07b64',
  previous: '04d81b7ae92f6c53d0487f19be2a6c55713f90e8d42cb1a6970ef35d28c4b1f0',
  older: true,
  newer: true,
  ...change,
});

const one = (entry: EntryView) =>
  pose(
    { around: 'admin', page: 'record', heading: (w) => w.record.entry.heading(String(entry.seq)), back: (w) => w.record.entry.back },
    EntryPage,
    { entry, onperson: nothing, onreference: nothing, onolder: nothing, onnewer: nothing },
  );

const verify = (verification: Verification) =>
  pose(
    { around: 'admin', page: 'record', heading: (w) => w.record.verifying.heading, back: (w) => w.record.entry.back },
    VerifyRecord,
    { verification, refusal: null, onstart: nothing, oncancel: nothing, onentry: nothing },
  );

const exporting = (done: boolean) =>
  pose(
    { around: 'admin', page: 'record', heading: (w) => w.record.exporting.heading, back: (w) => w.record.entry.back },
    ExportRecord,
    {
      step: done ? { step: 'done', entries: 12431, path: '/home/branch/SIMgate/record-2026-11-23.jsonl', key: 'ef'.repeat(32) } : { step: 'choose' },
      filtered: true,
      busy: false,
      refusal: null,
      onexport: nothing,
      oncancel: nothing,
      ondone: nothing,
    },
  );

const keeping = (days: number | null) =>
  pose(
    { around: 'admin', page: 'record', heading: (w) => w.record.keeping.heading, back: (w) => w.record.entry.back },
    KeepRecord,
    { retention: { version: 2, days, least: 90, most: 3650 }, busy: false, refusal: null, saved: false, onsave: nothing },
  );

export const record: Record<string, AdminPose> = {
  record: list(listing(entries, { before: true, after: true })),
  record_found: list(listing(entries.slice(2, 3)), { text: '7F3K' }, 'supervisor'),
  record_empty: list(listing([]), { text: 'ZZZZ' }),
  entry: one(full()),
  entry_first: one(full({ seq: 1, reference: null, checkId: null, cost: null, cause: null, older: false, detail: 'version 0.2.0' })),
  verify: verify({ step: 'idle' }),
  verify_running: verify({ step: 'running', done: 0.37, canceling: false }),
  verify_good: verify({
    step: 'good',
    entries: 12431,
    from: '2026-02-03T09:58:12Z',
    to: '2026-11-23T09:02:11Z',
    droppedUntil: '2026-02-03T09:58:12Z',
  }),
  verify_bad: verify({ step: 'bad', first: { seq: 8112, kind: 'hash' } }),
  verify_stopped: verify({ step: 'stopped' }),
  export_record: exporting(false),
  export_record_done: exporting(true),
  keep_record: keeping(365),
  keep_record_always: keeping(null),
};
