// A desk played in memory, for design in a browser and for tests. It keeps no rule worth trusting:
// it only moves the screens as the real one does. Never part of the built program.
import type { AddPersonForm } from '../contract/AddPersonForm';
import type { BeginImportForm } from '../contract/BeginImportForm';
import type { BackUpForm } from '../contract/BackUpForm';
import type { BackupFileForm } from '../contract/BackupFileForm';
import type { BranchForm } from '../contract/BranchForm';
import type { BranchView } from '../contract/BranchView';
import type { ChannelName } from '../contract/ChannelName';
import type { ChoosePasswordForm } from '../contract/ChoosePasswordForm';
import type { ErrorCode } from '../contract/ErrorCode';
import type { ExportForm } from '../contract/ExportForm';
import type { Field } from '../contract/Field';
import type { ImportPartForm } from '../contract/ImportPartForm';
import type { NumberForm } from '../contract/NumberForm';
import type { PeopleForm } from '../contract/PeopleForm';
import type { PersonActForm } from '../contract/PersonActForm';
import type { PhoneMessage } from '../contract/PhoneMessage';
import type { RecordForm } from '../contract/RecordForm';
import type { RegisterForm } from '../contract/RegisterForm';
import type { RegistrationName } from '../contract/RegistrationName';
import type { RestoreForm } from '../contract/RestoreForm';
import type { RetentionForm } from '../contract/RetentionForm';
import type { RoleName } from '../contract/RoleName';
import type { RulesForm } from '../contract/RulesForm';
import type { SaveVendorForm } from '../contract/SaveVendorForm';
import type { Snapshot } from '../contract/Snapshot';
import type { StopReason } from '../contract/StopReason';
import type { TryForm } from '../contract/TryForm';
import type { VendorFileForm } from '../contract/VendorFileForm';
import type { VendorForm } from '../contract/VendorForm';
import type { VendorName } from '../contract/VendorName';
import type { View } from '../contract/View';
import { countries } from '../words/countries';
import type { Desk } from './desk';
import { FakePeople } from './fakePeople';
import { FakePeopleFiles } from './fakePeopleFiles';
import { FakeRecord } from './fakeRecord';
import { FakeRecovery } from './fakeRecovery';
import { FakeRules } from './fakeRules';
import { FakeVendors } from './fakeVendors';
import { code, counter, stopped } from './poses';
import { someOverview } from './posed/rules';
import { refusal } from './refused';

const CODE = '481562';

/** How the fake is set up. */
export interface Setting {
  view?: View;
  rehearsal?: boolean;
  /** The name of the branch; null until it has one. */
  branch?: string | null;
  /** Milliseconds that the operator and the sender take. */
  pace?: number;
  messages?: PhoneMessage[];
}

export { refusal };

export class FakeDesk implements Desk {
  /** Every call that was made, in order. */
  readonly calls: string[] = [];
  readonly messages: PhoneMessage[];
  readonly staff = new FakePeople();
  readonly files = new FakePeopleFiles();
  #snapshot: Snapshot;
  #waiting: (() => void)[] = [];
  #pace: number;
  #number = '+447700900146';
  #channel: ChannelName = 'sms';
  #tries = 5;
  #sends = 0;
  #signIn = 0;
  #fresh = 0;
  #role: RoleName = 'staff';
  readonly record = new FakeRecord();
  readonly rules = new FakeRules();
  #registration: RegistrationName = 'by_approval';
  readonly recovery = new FakeRecovery();
  readonly settings = new FakeVendors();
  #branch: BranchView = { version: 1, name: 'High Street', call: 'Extension 200', languages: [] };

  constructor({
    view = { screen: 'sign_in', ended: null },
    rehearsal = true,
    branch = 'High Street',
    pace = 1200,
    messages = [],
  }: Setting = {}) {
    this.#snapshot = { revision: 1, rehearsal, branch, languages: [], proving: false, setUpBegun: false, view };
    this.#pace = pace;
    this.messages = messages;
    if (view.screen === 'counter') this.#role = view.role;
  }

  /** Shows a view, as Rust would. */
  show(view: View, proving = this.#snapshot.proving): Snapshot {
    this.#snapshot = { ...this.#snapshot, revision: this.#snapshot.revision + 1, view, proving };
    for (const wake of this.#waiting.splice(0)) wake();
    return this.#snapshot;
  }

  /** Calls the branch otherwise, as an admin did. */
  rename(branch: string): void {
    this.#snapshot = { ...this.#snapshot, branch };
    this.show(this.#snapshot.view);
  }

  /** Ends the long poll with the revision there is, as Rust does when nothing happened. */
  renew(view: View): void {
    this.#snapshot = { ...this.#snapshot, view };
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async view() {
    this.calls.push('view');
    return this.#snapshot;
  }

  async nextView(after: number) {
    if (this.#snapshot.revision <= after) await new Promise<void>((wake) => this.#waiting.push(wake));
    return this.#snapshot;
  }

  async warmUp() {
    this.calls.push('warmUp');
  }

  async signIn({ username, password }: { username: string; password: string }) {
    this.calls.push('signIn');
    if (!username) throw refusal('username_empty', { field: 'username' });
    if (!password) throw refusal('password_empty', { field: 'password' });
    await this.#wait(0.5);
    if (password === 'wrong') throw refusal('sign_in_refused', { reference: '7F3K' });
    return this.#check(username.endsWith('-changed') ? '+447700900147' : this.#number);
  }

  async register(form: { username: string; password: string; phone: string; country: string; channel: ChannelName }) {
    this.calls.push('register');
    const wrong = (code: ErrorCode, field: Field) => refusal(code, { field });
    if (!form.username) throw wrong('username_empty', 'username');
    if (form.username.length < 3) throw wrong('username_too_short', 'username');
    if (form.username === 'ana.ruiz') throw wrong('username_taken', 'username');
    if (form.password.length < 15) throw wrong('password_too_short', 'password');
    const { e164, problem } = await this.previewPhone(form.phone, form.country);
    if (!e164) throw wrong(problem ?? 'phone_empty', 'phone');
    await this.#wait(0.5);
    this.#channel = form.channel;
    return this.#check(e164);
  }

  async registerFirstAdmin(form: RegisterForm) {
    this.calls.push('registerFirstAdmin');
    this.#role = 'admin';
    this.#fresh = 300;
    const answer = this.register(form);
    this.#snapshot = { ...this.#snapshot, setUpBegun: true };
    return answer;
  }

  async withdrawFirstAdmin() {
    this.calls.push('withdrawFirstAdmin');
    this.#snapshot = { ...this.#snapshot, setUpBegun: false };
    return this.show({ screen: 'first_run', missing: [], branchNamed: true });
  }

  async finishSetUp() {
    this.calls.push('finishSetUp');
    this.#snapshot = { ...this.#snapshot, setUpBegun: false };
    return this.show(this.#snapshot.view);
  }

  async overview() {
    return someOverview;
  }

  async registrationMode() {
    return this.#registration;
  }

  async setRegistrationMode(mode: RegistrationName) {
    this.calls.push(`setRegistrationMode ${mode}`);
    if (this.#fresh === 0) throw refusal('step_up_needed');
    this.#registration = mode;
  }

  async previewPhone(phone: string, country: string) {
    const calling = countries.find(({ iso }) => iso === country)?.calling ?? '';
    const digits = phone.replace(/\D/g, '').replace(/^0/, '');
    if (!digits) return { e164: null, readable: null, problem: 'phone_empty' as const };
    if (digits.length < 8) return { e164: null, readable: null, problem: 'phone_invalid' as const };
    const e164 = phone.trim().startsWith('+') ? `+${digits}` : `+${calling}${digits}`;
    return { e164, readable: e164.replace(/^(\+\d{2})(\d{4})(\d+)$/, '$1 $2 $3'), problem: null };
  }

  async ratePassword({ password }: { password: string }) {
    const length = [...password].length;
    const kinds = new Set(password).size;
    const score = Math.min(4, Math.floor(kinds / 3));
    const accepted = length >= 15 && score >= 3;
    const problem: ErrorCode = length < 15 ? 'password_too_short' : 'password_guessable';
    return { length, needed: 15, score, accepted, problem: accepted ? null : problem };
  }

  async sendAgain(channel: ChannelName) {
    this.calls.push(`sendAgain ${channel}`);
    this.#channel = channel;
    return this.#check(this.#number);
  }

  async checkCode(typed: string) {
    this.calls.push(`checkCode ${typed}`);
    if (!typed) throw refusal('code_empty', { field: 'code' });
    if (!/^\d{4,10}$/.test(typed)) throw refusal('code_malformed', { field: 'code' });
    await this.#wait(0.5);
    if (typed === CODE) {
      if (this.#snapshot.proving) this.#fresh = 300;
      this.#snapshot = { ...this.#snapshot, proving: false };
      const role = this.#role;
      return this.show(counter({ numberEnding: this.#number.slice(-2), channel: this.#channel, role, freshFor: this.#fresh }));
    }
    this.#tries -= 1;
    if (this.#tries === 0) return this.#stop({ kind: 'code_refused', problem: 'tries_used_up' });
    return this.show(code({ ...this.#codeView(), triesLeft: this.#tries, wrong: true }));
  }

  async startOver() {
    this.calls.push('startOver');
    this.#signIn += 1;
    this.#sends = 0;
    this.#tries = 5;
    const proving = this.#snapshot.proving;
    this.#snapshot = { ...this.#snapshot, proving: false };
    return this.show(proving ? counter({ role: this.#role, freshFor: this.#fresh }) : { screen: 'sign_in', ended: null });
  }

  async signOut() {
    this.calls.push('signOut');
    return this.startOver();
  }

  async stepUp(password: string) {
    this.calls.push('stepUp');
    if (password === 'wrong') throw refusal('password_wrong', { field: 'password' });
    this.#snapshot = { ...this.#snapshot, proving: true };
    return this.#check(this.#number);
  }

  async branch() {
    return { ...this.#branch };
  }

  async setBranch({ version, name, call, languages }: BranchForm) {
    this.calls.push(`setBranch ${name}`);
    if (this.#fresh === 0 && this.#snapshot.view.screen !== 'first_run') throw refusal('step_up_needed');
    if (version !== this.#branch.version) throw refusal('outdated');
    this.#branch = { version: version + 1, name, call, languages };
    this.#snapshot = { ...this.#snapshot, languages };
    this.rename(name);
  }

  async people(form: PeopleForm) {
    return this.staff.list(form);
  }

  async person(id: string) {
    return this.staff.one(id);
  }

  async helpPerson(form: PersonActForm) {
    this.calls.push(`helpPerson ${form.act.kind}`);
    return this.staff.act(form);
  }

  async changePerson(form: PersonActForm) {
    this.calls.push(`changePerson ${form.act.kind}`);
    if (this.#fresh === 0) throw refusal('step_up_needed');
    return this.staff.act(form);
  }

  async addPerson(form: AddPersonForm) {
    this.calls.push(`addPerson ${form.username}`);
    if (this.#fresh === 0) throw refusal('step_up_needed');
    return this.staff.add(form);
  }

  async choosePassword({ password }: ChoosePasswordForm) {
    this.calls.push('choosePassword');
    if ([...password].length < 15) throw refusal('password_too_short', { field: 'password' });
    return this.show(counter({ role: this.#role }));
  }

  async changeNumber(form: NumberForm) {
    this.calls.push('changeNumber');
    if (this.#fresh === 0) throw refusal('step_up_needed');
    await this.#wait(1);
    return this.staff.changeNumber(form);
  }

  async checkNumberCode(code: string) {
    this.calls.push(`checkNumberCode ${code}`);
    return this.staff.checkNumberCode(code);
  }

  async giveUpNumber() {
    this.calls.push('giveUpNumber');
    this.staff.giveUpNumber();
  }

  async beginImport(form: BeginImportForm) {
    this.calls.push(`beginImport ${form.bytes} ${form.country}`);
    this.files.begin(form);
  }

  async addToImport(form: ImportPartForm) {
    this.calls.push(`addToImport ${form.at}`);
    await this.#wait(0.1);
    this.files.add(form);
  }

  async checkImport() {
    this.files.check();
  }

  async importPeople(goodOnly: boolean) {
    this.calls.push(`importPeople ${goodOnly ? 'good' : 'all'}`);
    if (this.#fresh === 0) throw refusal('step_up_needed');
    this.files.take(goodOnly);
  }

  async cancelImport() {
    this.calls.push('cancelImport');
    this.files.cancel();
  }

  async exportPeople(form: ExportForm) {
    this.calls.push(`exportPeople ${form.text}`);
    this.files.write(false);
  }

  async exportPeopleWhole(form: ExportForm) {
    this.calls.push(`exportPeopleWhole ${form.text}`);
    if (this.#fresh === 0) throw refusal('step_up_needed');
    this.files.write(true);
  }

  async cancelPeopleExport() {
    this.calls.push('cancelPeopleExport');
    this.files.cancelWriting();
  }

  async peopleWork() {
    return this.files.work();
  }

  async recordPage(form: RecordForm) {
    this.calls.push(`recordPage ${form.text} ${form.group}`);
    return this.record.page(form);
  }

  async recordEntry(seq: number) {
    return this.record.entry(seq);
  }

  async verifyRecord() {
    this.calls.push('verifyRecord');
    this.record.verify();
  }

  async exportRecord() {
    this.calls.push('exportRecord');
    if (this.#fresh === 0) throw refusal('step_up_needed');
    this.record.write();
  }

  async recordWork() {
    return this.record.work();
  }

  async cancelRecordWork() {
    this.calls.push('cancelRecordWork');
    return this.record.cancel();
  }

  async recordRetention() {
    return this.record.retention();
  }

  async setRecordRetention(form: RetentionForm) {
    this.calls.push(`setRecordRetention ${form.days}`);
    if (this.#fresh === 0) throw refusal('step_up_needed');
    return this.record.keep(form);
  }

  async rulesPage() {
    return this.rules.page();
  }

  async setRules(form: RulesForm) {
    this.calls.push(`setRules ${form.version}`);
    if (this.#fresh === 0 && this.#snapshot.view.screen !== 'first_run') throw refusal('step_up_needed');
    return this.rules.set(form);
  }

  async rulesHistory(before: number) {
    return this.rules.before(before);
  }

  async budgets() {
    return this.rules.budgets();
  }

  async whatIf(username: string) {
    this.calls.push(`whatIf ${username}`);
    return this.rules.whatIf(username, this.staff);
  }

  async vendors() {
    return this.settings.status();
  }

  async importVendorFile(form: VendorFileForm) {
    this.calls.push(`importVendorFile ${form.file}`);
    return this.settings.read(form);
  }

  async fillInRehearsal() {
    this.calls.push('fillInRehearsal');
    return this.settings.fill();
  }

  async dropUnsavedVendor(vendor: VendorName) {
    this.calls.push(`dropUnsavedVendor ${vendor}`);
    return this.settings.drop(vendor);
  }

  async testVendor(form: VendorForm) {
    this.calls.push(`testVendor ${form.vendor}`);
    await this.#wait(0.5);
    return this.settings.test(form);
  }

  async saveVendor(form: SaveVendorForm) {
    this.calls.push(`saveVendor ${form.form.vendor} ${form.untested}`);
    if (this.#fresh === 0) throw refusal('step_up_needed');
    return this.settings.save(form);
  }

  async trySimCheck(_form: TryForm) {
    this.calls.push('trySimCheck');
    await this.#wait(1);
    return this.settings.checkSim();
  }

  async tryCode({ channel }: TryForm) {
    this.calls.push(`tryCode ${channel}`);
    await this.#wait(1);
    return this.settings.send(channel);
  }

  async checkTriedCode(typed: string) {
    this.calls.push('checkTriedCode');
    if (!/^\d{4,10}$/.test(typed)) throw refusal('code_malformed', { field: 'code' });
    return this.settings.typed(typed === CODE);
  }

  async useRecoveryCode(code: string) {
    this.calls.push('useRecoveryCode');
    await this.#wait(0.5);
    this.recovery.use(code);
    if (this.#snapshot.proving) this.#fresh = 300;
    this.#snapshot = { ...this.#snapshot, proving: false };
    return this.show(counter({ channel: null, sim: 'recovered', role: this.#role, freshFor: this.#fresh }));
  }

  async kit() {
    return this.recovery.kit();
  }

  async makeKit(newKey: boolean) {
    this.calls.push(`makeKit ${newKey}`);
    if (this.#fresh === 0) throw refusal('step_up_needed');
    return this.recovery.make(newKey);
  }

  async confirmKit(typed: string) {
    this.calls.push('confirmKit');
    return this.recovery.confirm(typed);
  }

  async backups() {
    return this.recovery.backups();
  }

  async backUp(form: BackUpForm) {
    this.calls.push(`backUp ${form.path}`);
    if (this.#fresh === 0) throw refusal('step_up_needed');
    await this.#wait(1);
    return this.recovery.backUp(form);
  }

  async inspectBackup(form: BackupFileForm) {
    this.calls.push(`inspectBackup ${form.path}`);
    if (this.#fresh === 0 && this.#snapshot.view.screen === 'counter') throw refusal('step_up_needed');
    return this.recovery.inspect(form);
  }

  async restore(form: RestoreForm) {
    this.calls.push(`restore ${form.path}`);
    await this.#wait(1);
    const done = this.recovery.restore(form);
    this.show({ screen: 'sign_in', ended: null });
    return done;
  }

  async recoveryWork() {
    return null;
  }

  async cancelRecovery() {
    this.calls.push('cancelRecovery');
  }

  async stay() {
    this.calls.push('stay');
    const { view } = this.#snapshot;
    return this.show(view.screen === 'stopped' ? { ...view, leavesIn: 300 } : view.screen === 'choose_password' ? { ...view, idleIn: 600 } : counter());
  }

  async tryAgain() {
    this.calls.push('tryAgain');
    await this.#wait(0.5);
    return this.show({ screen: 'sign_in', ended: null });
  }

  async rehearsalPhone() {
    return [...this.messages];
  }

  async #check(number: string): Promise<Snapshot> {
    const mine = ++this.#signIn;
    this.#number = number;
    const numberEnding = number.slice(-2);
    const channel = this.#channel;
    this.show({ screen: 'checking_sim', numberEnding, sending: false, channel });
    await this.#wait(numberEnding === '98' ? 60 : 1);
    if (mine !== this.#signIn) throw refusal('not_now');
    if (Number(numberEnding) % 2) return this.#stop({ kind: 'sim_changed' });
    this.show({ screen: 'checking_sim', numberEnding, sending: true, channel });
    await this.#wait(0.7);
    if (mine !== this.#signIn) throw refusal('not_now');
    this.#sends += 1;
    this.messages.push({
      to: number,
      channel,
      text: `Your SIMgate code is ${CODE}. Do not share it with anyone.`,
      code: CODE,
      at: new Date().toISOString(),
    });
    return this.show(code(this.#codeView()));
  }

  #codeView() {
    return {
      numberEnding: this.#number.slice(-2),
      channel: this.#channel,
      expiresIn: 600,
      triesLeft: this.#tries,
      sendAgainIn: this.#sends >= 3 ? null : 30,
    };
  }

  #stop(reason: StopReason): Snapshot {
    return this.show(stopped(reason, { numberEnding: this.#number.slice(-2) }));
  }

  #wait(share: number): Promise<void> {
    return new Promise((resume) => setTimeout(resume, this.#pace * share));
  }
}
