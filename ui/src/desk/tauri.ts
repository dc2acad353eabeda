// The only file that knows Tauri.
import { invoke as call } from '@tauri-apps/api/core';
import type { Command } from '../contract/Command';
import type { Refusal } from '../contract/Refusal';
import type { Desk } from './desk';

/** Longer messages are dropped on the way to Rust, and would never be answered. */
const LONGEST = 60_000;
const UNREADABLE: Refusal = { code: 'bad_request', field: null, retryAfter: null, reference: null };

/** What Tauri refuses before our own code is asked, arguments of another form say, is a bare text. */
const asRefusal = (reason: unknown): Refusal =>
  typeof reason === 'object' && reason !== null && 'code' in reason ? (reason as Refusal) : UNREADABLE;

const ask = async <T>(command: Command, forms?: Record<string, unknown>): Promise<T> => {
  try {
    return await call<T>(command, forms);
  } catch (reason) {
    throw asRefusal(reason);
  }
};

// A name that is not in the table of commands does not compile.
const invoke = <T>(command: Command, forms?: Record<string, unknown>): Promise<T> =>
  JSON.stringify(forms ?? {}).length > LONGEST ? Promise.reject(UNREADABLE) : ask(command, forms);

export const tauriDesk: Desk = {
  view: () => invoke('view'),
  nextView: (after) => invoke('next_view', { after }),
  warmUp: () => invoke('warm_up'),
  signIn: (form) => invoke('sign_in', { form }),
  register: (form) => invoke('register', { form }),
  registerFirstAdmin: (form) => invoke('register_first_admin', { form }),
  withdrawFirstAdmin: () => invoke('withdraw_first_admin'),
  finishSetUp: () => invoke('finish_set_up'),
  overview: (form) => invoke('overview', { form }),
  registrationMode: () => invoke('registration_mode'),
  setRegistrationMode: (mode) => invoke('set_registration_mode', { mode }),
  previewPhone: (phone, country) => invoke('preview_phone', { phone, country }),
  ratePassword: (form) => invoke('rate_password', { form }),
  sendAgain: (channel) => invoke('send_again', { channel }),
  checkCode: (code) => invoke('check_code', { code }),
  startOver: () => invoke('start_over'),
  signOut: () => invoke('sign_out'),
  stepUp: (password) => invoke('step_up', { password }),
  branch: () => invoke('branch'),
  setBranch: (form) => invoke('set_branch', { form }),
  people: (form) => invoke('people', { form }),
  person: (id) => invoke('person', { id }),
  helpPerson: (form) => invoke('help_person', { form }),
  changePerson: (form) => invoke('change_person', { form }),
  addPerson: (form) => invoke('add_person', { form }),
  choosePassword: (form) => invoke('choose_password', { form }),
  changeNumber: (form) => invoke('change_number', { form }),
  checkNumberCode: (code) => invoke('check_number_code', { code }),
  giveUpNumber: () => invoke('give_up_number'),
  beginImport: (form) => invoke('begin_import', { form }),
  addToImport: (form) => invoke('add_to_import', { form }),
  checkImport: () => invoke('check_import'),
  importPeople: (goodOnly) => invoke('import_people', { goodOnly }),
  cancelImport: () => invoke('cancel_import'),
  exportPeople: (form) => invoke('export_people', { form }),
  exportPeopleWhole: (form) => invoke('export_people_whole', { form }),
  cancelPeopleExport: () => invoke('cancel_people_export'),
  peopleWork: () => invoke('people_work'),
  recordPage: (form) => invoke('record_page', { form }),
  recordEntry: (seq) => invoke('record_entry', { seq }),
  verifyRecord: () => invoke('verify_record'),
  exportRecord: () => invoke('export_record'),
  recordWork: () => invoke('record_work'),
  cancelRecordWork: () => invoke('cancel_record_work'),
  recordRetention: () => invoke('record_retention'),
  setRecordRetention: (form) => invoke('set_record_retention', { form }),
  rulesPage: () => invoke('rules_page'),
  setRules: (form) => invoke('set_rules', { form }),
  rulesHistory: (before) => invoke('rules_history', { before }),
  budgets: () => invoke('budgets'),
  whatIf: (username) => invoke('what_if', { username }),
  vendors: () => invoke('vendors'),
  importVendorFile: (form) => invoke('import_vendor_file', { form }),
  fillInRehearsal: () => invoke('fill_in_rehearsal'),
  dropUnsavedVendor: (vendor) => invoke('drop_unsaved_vendor', { vendor }),
  testVendor: (form) => invoke('test_vendor', { form }),
  saveVendor: (form) => invoke('save_vendor', { form }),
  trySimCheck: (form) => invoke('try_sim_check', { form }),
  tryCode: (form) => invoke('try_code', { form }),
  checkTriedCode: (code) => invoke('check_tried_code', { code }),
  useRecoveryCode: (code) => invoke('use_recovery_code', { code }),
  kit: () => invoke('kit'),
  makeKit: (newKey) => invoke('make_kit', { newKey }),
  confirmKit: (code) => invoke('confirm_kit', { code }),
  backups: () => invoke('backups'),
  backUp: (form) => invoke('back_up', { form }),
  inspectBackup: (form) => invoke('inspect_backup', { form }),
  restore: (form) => invoke('restore', { form }),
  recoveryWork: () => invoke('recovery_work'),
  cancelRecovery: () => invoke('cancel_recovery'),
  stay: () => invoke('stay'),
  tryAgain: () => invoke('try_again'),
  rehearsalPhone: () => invoke('rehearsal_phone'),
};

/**
 * Tauri puts a frame into the page through which every call is checked. There is nothing in it for
 * a person: it is taken out of the order of the Tab key and from screen readers. (The style sheet
 * takes it out of sight: Tauri's own inline style does not pass our policy.)
 */
export function quietIsolationFrame(page: Document): void {
  const quiet = (): boolean => {
    const frame = page.getElementById('__tauri_isolation__');
    if (!frame) return false;
    frame.title = 'SIMgate';
    frame.tabIndex = -1;
    frame.ariaHidden = 'true';
    return true;
  };
  if (quiet()) return;
  const watch = new MutationObserver(() => {
    if (quiet()) watch.disconnect();
  });
  watch.observe(page.documentElement, { childList: true, subtree: true });
}
