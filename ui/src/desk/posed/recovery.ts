// Recovery, the first set-up and what comes after a loss, in every state worth looking at.
import BranchPage from '../../admin/BranchPage.svelte';
import KitPanel from '../../admin/KitPanel.svelte';
import type { BackupView, KitView, RestoreStep } from '../../admin/recovery';
import RecoveryPage from '../../admin/RecoveryPage.svelte';
import VendorsPage from '../../admin/VendorsPage.svelte';
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

const shown: KitView = {
  made: null,
  shown: {
    codes: Array.from({ length: 10 }, (_, i) => `${i}${CODE.slice(1)}`),
    key: Array.from({ length: 14 }, (_, i) => 'W4TQ-M8ZN'.slice((i % 2) * 5, (i % 2) * 5 + 4)).join('-'),
    confirm: 3,
  },
  wrong: false,
};
const made: KitView = { made: { at: '2026-02-03T10:20:00Z', left: 8 }, shown: null, wrong: false };
const noKit: KitView = { made: null, shown: null, wrong: false };

const idle: BackupView = { lastAt: '2026-11-20T18:00:00Z', running: null, written: null, fault: null };
const found = [
  { path: '/home/branch/SIMgate/simgate-2026-11-20.backup', at: '2026-11-20T18:00:00Z' },
  { path: '/home/branch/SIMgate/simgate-2026-11-13.backup', at: '2026-11-13T18:00:00Z' },
];
const choose: RestoreStep = { step: 'choose', fault: null };
const plan: RestoreStep = {
  step: 'plan',
  backup: { at: '2026-11-20T18:00:00Z', branch: 'High Street branch', people: 41, entries: 12_002, rules: 4 },
  here: { at: '2026-11-23T09:05:00Z', branch: 'High Street branch', people: 42, entries: 12_431, rules: 4 },
  keptAs: 'simgate.db.2026-11-23',
};

const page = (kit: KitView, backup: BackupView, restore: RestoreStep, list = found) =>
  pose({ around: 'admin', page: 'recovery' }, RecoveryPage, {
    kit,
    backup,
    restore,
    found: list,
    busy: null,
    refused: null,
    onkit: nothing,
    onkitconfirm: nothing,
    onbackup: nothing,
    onbackupcancel: nothing,
    onlook: nothing,
    onrestore: nothing,
    onrestorecancel: nothing,
  });

const recover = (restore: RestoreStep) =>
  pose({ around: 'nothing' }, Recover, {
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
    onanew: nothing,
  });

const welcome = (rehearsal: boolean) =>
  pose({ around: 'setup', step: 'welcome' }, SetupWelcome, { rehearsal, busy: false, onbegin: nothing, onrehearse: nothing });

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
  recovery_kit_wrong: page({ ...shown, wrong: true }, idle, choose),
  recovery_backup: page(made, { ...idle, running: { done: 0.61, canceling: false } }, { step: 'choose', fault: 'wrong_key' }),
  recovery_written: page(made, { ...idle, written: found[0]?.path ?? null }, plan),
  recovery_restoring: page(made, { ...idle, fault: 'no_room' }, { step: 'running', done: null, canceling: false }),
  recover: recover(choose),
  recover_plan: recover({ ...plan, here: null, keptAs: null }),
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
