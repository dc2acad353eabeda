// Recovery, the first set-up and what comes after a loss, in every state worth looking at.
import type { ComponentProps } from 'svelte';
import BranchPage from '../../admin/BranchPage.svelte';
import KitPanel from '../../admin/KitPanel.svelte';
import type { BackupView, KitState, KitView, RestoreOffer, RestoreStep } from '../../admin/recovery';
import RecoveryPage from '../../admin/RecoveryPage.svelte';
import VendorsPage from '../../admin/VendorsPage.svelte';
import type { FaultKind } from '../../contract/FaultKind';
import StepUp from '../../parts/StepUp.svelte';
import ChoosePassword from '../../screens/ChoosePassword.svelte';
import Recover from '../../screens/Recover.svelte';
import RecoveryCode from '../../screens/RecoveryCode.svelte';
import SetupAdmin from '../../screens/SetupAdmin.svelte';
import SetupDone from '../../screens/SetupDone.svelte';
import SetupWelcome from '../../screens/SetupWelcome.svelte';
import { refusal } from '../refused';
import { nothing, pose, type AdminPose } from './pose';
import { branch, branchProps, vendorProps } from './vendors';

const CODE = '7F3K-9QXM-2T0V-HB5C';

const state = (change: Partial<KitState> = {}): KitState => ({
  codesLeft: 8,
  madeAt: '2026-02-03T10:20:00Z',
  keyKnown: true,
  unconfirmed: false,
  ...change,
});
const shown: KitView = {
  state: state({ codesLeft: 0, madeAt: null, keyKnown: false, unconfirmed: true }),
  shown: {
    username: 'ana.ruiz',
    codes: Array.from({ length: 10 }, (_, i) => `${i}${CODE.slice(1)}`),
    recoveryKey: Array.from({ length: 14 }, (_, i) => 'W4TQ-M8ZN'.slice((i % 2) * 5, (i % 2) * 5 + 4)).join('-'),
    newKey: true,
    madeAt: '2026-11-24T10:20:00Z',
    confirmIn: 600,
  },
  goneAt: '2026-11-24T09:10:00Z',
};
const made: KitView = { state: state(), shown: null, goneAt: null };
const noKit: KitView = { state: state({ codesLeft: 0, madeAt: null, keyKnown: false }), shown: null, goneAt: null };

const idle: BackupView = { folder: '/home/branch/SIMgate/backups', lastAt: '2026-11-20T18:00:00Z', running: null, made: null };
const found = [
  { path: '/home/branch/SIMgate/backups/simgate-20261120T180000Z.backup', at: '2026-11-20T18:00:00Z', bytes: 1_204_224 },
  { path: '/home/branch/SIMgate/backups/simgate-20261113T180000Z.backup', at: '2026-11-13T18:00:00Z', bytes: 1_150_976 },
];
const backup = { people: 41, entries: 12_002, lastEntryAt: '2026-11-20T17:58:00Z' };
const here = { people: 42, entries: 12_431, lastEntryAt: '2026-11-23T09:05:00Z' };
const choose: RestoreStep = { step: 'choose' };
const offer: RestoreOffer = {
  madeAt: '2026-11-20T18:00:00Z',
  madeBy: '0.1.0',
  bytes: 1_204_224,
  backup,
  present: { kind: 'database', facts: here },
  confirm: '00',
};
const plan: RestoreStep = { step: 'plan', offer };
const written: BackupView = { ...idle, made: { path: found[0]?.path ?? '', bytes: 1_204_224, database: here } };

type RefusedPart = ComponentProps<typeof RecoveryPage>['refused'];
const page = (kit: KitView, backup: BackupView, restore: RestoreStep, list = found, refused: RefusedPart = null) =>
  pose({ around: 'admin', page: 'recovery' }, RecoveryPage, {
    kit,
    backup,
    restore,
    found: list,
    busy: null,
    refused,
    onkit: nothing,
    onkitconfirm: nothing,
    onbackup: nothing,
    onbackupcancel: nothing,
    onlook: nothing,
    onrestore: nothing,
    onrestorecancel: nothing,
  });

const recover = (restore: RestoreStep, kind: FaultKind = 'database_missing') =>
  pose({ around: 'nothing' }, Recover, {
    kind,
    reference: '4QPD',
    path: '/home/branch/.local/share/simgate/simgate.db',
    busy: false,
    refusal: null,
    restore,
    found: [],
    ontryagain: nothing,
    onlook: nothing,
    onrestore: nothing,
    oncancel: nothing,
  });

const welcome = (rehearsal: boolean) =>
  pose({ around: 'setup', step: 'welcome' }, SetupWelcome, { rehearsal, busy: false, onbegin: nothing });

const choosing = (typed: boolean) =>
  pose({ around: 'nothing' }, ChoosePassword, {
    username: 'ben.okoro',
    busy: false,
    refusal: typed ? refusal('password_guessable', { field: 'password' }) : null,
    rating: null,
    onpassword: nothing,
    onchoose: nothing,
    onedit: nothing,
    onleave: nothing,
  });

const stepUp = (wrong: boolean) =>
  pose({ around: 'dialog' }, StepUp, {
    username: 'ana.ruiz',
    act: 'Switch off',
    busy: false,
    refusal: wrong ? refusal('sign_in_refused', { reference: '7F3K' }) : null,
    ongo: nothing,
    oncancel: nothing,
  });

export const recovery: Record<string, AdminPose> = {
  recovery: page(made, idle, choose),
  recovery_none: page(noKit, { ...idle, lastAt: null }, choose, []),
  recovery_kit: page(shown, idle, choose),
  recovery_kit_wrong: page(shown, idle, choose, found, {
    part: 'kit',
    refusal: refusal('kit_code_other', { field: 'recovery_code' }),
  }),
  recovery_backup: page(made, { ...idle, running: { done: 0.61, canceling: false } }, choose, found, {
    part: 'restore',
    refusal: refusal('recovery_key_other', { field: 'recovery_key' }),
  }),
  recovery_written: page(made, written, plan),
  recovery_restoring: page(made, idle, { step: 'running', done: null, canceling: false }, found, {
    part: 'backup',
    refusal: refusal('backup_no_room', { field: 'path' }),
  }),
  recover: recover(choose),
  recover_plan: recover({ step: 'plan', offer: { ...offer, present: { kind: 'nothing' } } }),
  recover_damaged: recover({ step: 'done', keptAs: 'simgate-20261124T101500Z.db' }, 'database_damaged'),
  first_run: welcome(false),
  first_run_rehearsal: welcome(true),
  first_run_vendors: pose({ around: 'setup', step: 'vendors' }, VendorsPage, { ...vendorProps(), mayBeReal: false }),
  first_run_branch: pose({ around: 'setup', step: 'branch' }, BranchPage, branchProps(branch({ name: '', call: '', countries: ['GB', 'ES'], registration: undefined }))),
  first_run_admin: pose({ around: 'setup', step: 'admin' }, SetupAdmin, {
    likely: 'GB',
    busy: false,
    refusal: null,
    preview: null,
    rating: null,
    onsend: nothing,
    onphone: nothing,
    onpassword: nothing,
    onedit: nothing,
  }),
  first_run_kit: pose({ around: 'setup', step: 'kit' }, KitPanel, {
    kit: shown,
    busy: false,
    refusal: null,
    onmake: nothing,
    onconfirm: nothing,
  }),
  first_run_done: pose({ around: 'setup', step: 'done' }, SetupDone, { busy: false, ongo: nothing }),
  choose_password: choosing(false),
  choose_password_refused: choosing(true),
  recovery_code: pose({ around: 'nothing' }, RecoveryCode, { busy: false, refusal: null, oncode: nothing, onback: nothing }),
  step_up: stepUp(false),
  step_up_wrong: stepUp(true),
};
