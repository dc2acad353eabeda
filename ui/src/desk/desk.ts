// Every call the page may make, in one list. `tauri.ts` makes them for real; `fake.ts` plays them
// for design and tests. A refused command rejects with a `Refusal`.
import type { AddedPerson } from '../contract/AddedPerson';
import type { AddPersonForm } from '../contract/AddPersonForm';
import type { BeginImportForm } from '../contract/BeginImportForm';
import type { BackUpForm } from '../contract/BackUpForm';
import type { BackupFileForm } from '../contract/BackupFileForm';
import type { BackupMade } from '../contract/BackupMade';
import type { BackupsView } from '../contract/BackupsView';
import type { BranchForm } from '../contract/BranchForm';
import type { BranchView } from '../contract/BranchView';
import type { Budgets } from '../contract/Budgets';
import type { ChannelName } from '../contract/ChannelName';
import type { ChoosePasswordForm } from '../contract/ChoosePasswordForm';
import type { EntryView } from '../contract/EntryView';
import type { ExportForm } from '../contract/ExportForm';
import type { ImportPartForm } from '../contract/ImportPartForm';
import type { NumberForm } from '../contract/NumberForm';
import type { NumberStep } from '../contract/NumberStep';
import type { OverviewForm } from '../contract/OverviewForm';
import type { OverviewView } from '../contract/OverviewView';
import type { KitShown } from '../contract/KitShown';
import type { KitState } from '../contract/KitState';
import type { PasswordRating } from '../contract/PasswordRating';
import type { PeopleForm } from '../contract/PeopleForm';
import type { PeopleView } from '../contract/PeopleView';
import type { PeopleWorkView } from '../contract/PeopleWorkView';
import type { PersonActForm } from '../contract/PersonActForm';
import type { PersonAnswer } from '../contract/PersonAnswer';
import type { PersonView } from '../contract/PersonView';
import type { PhoneMessage } from '../contract/PhoneMessage';
import type { PhonePreview } from '../contract/PhonePreview';
import type { RatePasswordForm } from '../contract/RatePasswordForm';
import type { RecordForm } from '../contract/RecordForm';
import type { RecordPageView } from '../contract/RecordPageView';
import type { RecordWorkView } from '../contract/RecordWorkView';
import type { RecoveryProgress } from '../contract/RecoveryProgress';
import type { Refusal } from '../contract/Refusal';
import type { RegisterForm } from '../contract/RegisterForm';
import type { RegistrationName } from '../contract/RegistrationName';
import type { RestoreDone } from '../contract/RestoreDone';
import type { RestoreForm } from '../contract/RestoreForm';
import type { RestoreOffer } from '../contract/RestoreOffer';
import type { RetentionForm } from '../contract/RetentionForm';
import type { RetentionView } from '../contract/RetentionView';
import type { RulesAnswer } from '../contract/RulesAnswer';
import type { RulesForm } from '../contract/RulesForm';
import type { RulesPage } from '../contract/RulesPage';
import type { RulesVersion } from '../contract/RulesVersion';
import type { SaveAnswer } from '../contract/SaveAnswer';
import type { SaveVendorForm } from '../contract/SaveVendorForm';
import type { SignInForm } from '../contract/SignInForm';
import type { Snapshot } from '../contract/Snapshot';
import type { TestAnswer } from '../contract/TestAnswer';
import type { TriedCode } from '../contract/TriedCode';
import type { TryAnswer } from '../contract/TryAnswer';
import type { TryForm } from '../contract/TryForm';
import type { VendorFileAnswer } from '../contract/VendorFileAnswer';
import type { VendorFileForm } from '../contract/VendorFileForm';
import type { VendorForm } from '../contract/VendorForm';
import type { VendorName } from '../contract/VendorName';
import type { VendorsStatus } from '../contract/VendorsStatus';
import type { WhatIf } from '../contract/WhatIf';

export interface Desk {
  /** What is true now. */
  view(): Promise<Snapshot>;
  /** Answers when the revision is newer than `after`, or after about 25 seconds with the same one. */
  nextView(after: number): Promise<Snapshot>;
  /** The form was touched: connections may be opened while the person types. */
  warmUp(): Promise<void>;
  signIn(form: SignInForm): Promise<Snapshot>;
  register(form: RegisterForm): Promise<Snapshot>;
  /** The first admin, while nobody is there. */
  registerFirstAdmin(form: RegisterForm): Promise<Snapshot>;
  /** Takes the first admin away again, who was never signed in. */
  withdrawFirstAdmin(): Promise<Snapshot>;
  finishSetUp(): Promise<Snapshot>;
  /** Counted in days of the page's clock. */
  overview(form: OverviewForm): Promise<OverviewView>;
  registrationMode(): Promise<RegistrationName>;
  setRegistrationMode(mode: RegistrationName): Promise<void>;
  previewPhone(phone: string, country: string): Promise<PhonePreview>;
  ratePassword(form: RatePasswordForm): Promise<PasswordRating>;
  /** Checks the SIM again, then sends. Costs money: only ever called by a press of a button. */
  sendAgain(channel: ChannelName): Promise<Snapshot>;
  checkCode(code: string): Promise<Snapshot>;
  startOver(): Promise<Snapshot>;
  signOut(): Promise<Snapshot>;
  /** The password of whoever is signed in: leads on to a SIM check and a code, and back to the counter. */
  stepUp(password: string): Promise<Snapshot>;
  branch(): Promise<BranchView>;
  setBranch(form: BranchForm): Promise<void>;
  /** A page of people. */
  people(form: PeopleForm): Promise<PeopleView>;
  /** Null where they are not there any more. */
  person(id: string): Promise<PersonView | null>;
  /** Approves or unlocks. */
  helpPerson(form: PersonActForm): Promise<PersonAnswer>;
  /** Any other act, which asks for a proof made anew. */
  changePerson(form: PersonActForm): Promise<PersonAnswer>;
  addPerson(form: AddPersonForm): Promise<AddedPerson>;
  choosePassword(form: ChoosePasswordForm): Promise<Snapshot>;
  /** Has the SIM of a new number checked and a code sent to it; answers when both are done. */
  changeNumber(form: NumberForm): Promise<NumberStep>;
  checkNumberCode(code: string): Promise<NumberStep>;
  giveUpNumber(): Promise<void>;
  /** A file comes in: it is announced, handed over in parts, looked at, and taken in. */
  beginImport(form: BeginImportForm): Promise<void>;
  addToImport(form: ImportPartForm): Promise<void>;
  /** Begins it; `peopleWork` tells how far it is, and what came of it. */
  checkImport(): Promise<void>;
  /** Begins it, as above. */
  importPeople(goodOnly: boolean): Promise<void>;
  cancelImport(): Promise<void>;
  /** Begins it, as above. */
  exportPeople(form: ExportForm): Promise<void>;
  exportPeopleWhole(form: ExportForm): Promise<void>;
  cancelPeopleExport(): Promise<void>;
  peopleWork(): Promise<PeopleWorkView>;
  recordPage(form: RecordForm): Promise<RecordPageView>;
  /** Null where there is no entry at that place. */
  recordEntry(seq: number): Promise<EntryView | null>;
  /** Begins it; `recordWork` tells how far it is, and what came of it. */
  verifyRecord(): Promise<void>;
  /** Begins it, as above. */
  exportRecord(): Promise<void>;
  recordWork(): Promise<RecordWorkView>;
  cancelRecordWork(): Promise<RecordWorkView>;
  recordRetention(): Promise<RetentionView>;
  setRecordRetention(form: RetentionForm): Promise<RetentionView>;
  rulesPage(): Promise<RulesPage>;
  setRules(form: RulesForm): Promise<RulesAnswer>;
  /** The versions before this one, newest first, at most 20. */
  rulesHistory(before: number): Promise<RulesVersion[]>;
  budgets(): Promise<Budgets>;
  /** What would happen to somebody now; null where nobody has the name. Asks no vendor. */
  whatIf(username: string): Promise<WhatIf | null>;
  /** What is set of both vendors. No secret is ever told. */
  vendors(): Promise<VendorsStatus>;
  /** What is found in the text of a file is held by Rust until it is saved or dropped. */
  importVendorFile(form: VendorFileForm): Promise<VendorFileAnswer>;
  /** Fills in the rehearsal's own settings. Refused outside a rehearsal. */
  fillInRehearsal(): Promise<VendorFileAnswer>;
  dropUnsavedVendor(vendor: VendorName): Promise<VendorsStatus>;
  /** Costs nothing and sends nothing. */
  testVendor(form: VendorForm): Promise<TestAnswer>;
  saveVendor(form: SaveVendorForm): Promise<SaveAnswer>;
  /** Costs money: only ever called by a press of a button, as is the next. */
  trySimCheck(form: TryForm): Promise<TryAnswer>;
  tryCode(form: TryForm): Promise<TryAnswer>;
  checkTriedCode(code: string): Promise<TriedCode>;
  /** A code of an admin's kit, in place of the SIM check and the code. */
  useRecoveryCode(code: string): Promise<Snapshot>;
  kit(): Promise<KitState>;
  /** Shown this once; it holds when one of its codes was typed back. */
  makeKit(newKey: boolean): Promise<KitShown>;
  confirmKit(code: string): Promise<KitState>;
  backups(): Promise<BackupsView>;
  /** Answers when it is made; `recoveryWork` tells how far it is. */
  backUp(form: BackUpForm): Promise<BackupMade>;
  inspectBackup(form: BackupFileForm): Promise<RestoreOffer>;
  /** As `backUp`. */
  restore(form: RestoreForm): Promise<RestoreDone>;
  /** Null while nothing of the kind is under way. */
  recoveryWork(): Promise<RecoveryProgress | null>;
  cancelRecovery(): Promise<void>;
  /** The person at the counter, or before a stop, is there. */
  stay(): Promise<Snapshot>;
  /** Opens the keyring and the database again. */
  tryAgain(): Promise<Snapshot>;
  /** What the rehearsal's phone received, newest last. Refused outside a rehearsal. */
  rehearsalPhone(): Promise<PhoneMessage[]>;
}

/** What a rejected call says. Anything that is not a refusal was not foreseen. */
export function asRefusal(thrown: unknown): Refusal {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) return thrown as Refusal;
  return { code: 'unforeseen', field: null, retryAfter: null, reference: null };
}
