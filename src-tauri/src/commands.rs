//! The window's commands. Each translates and does nothing else: who may call what, and when, is
//! decided behind [`App`].

use simgate_app::App;
use simgate_app::contract::args::{RatePasswordForm, RegisterForm, SignInForm, Typed};
use simgate_app::contract::branch::{BranchForm, BranchView};
use simgate_app::contract::overview::{OverviewForm, OverviewView};
use simgate_app::contract::people::{
    AddPersonForm, AddedPerson, BeginImportForm, ChoosePasswordForm, ExportForm, ImportPartForm,
    NumberForm, NumberStep, PeopleForm, PeopleView, PeopleWorkView, PersonActForm, PersonAnswer,
    PersonView, RegistrationName,
};
use simgate_app::contract::record::{
    EntryView, RecordForm, RecordPageView, RecordWorkView, RetentionForm, RetentionView,
};
use simgate_app::contract::recovery::{
    BackUpForm, BackupFileForm, BackupMade, BackupsView, KitShown, KitState, RecoveryProgress,
    RestoreDone, RestoreForm, RestoreOffer,
};
use simgate_app::contract::rules::{
    Budgets, RulesAnswer, RulesForm, RulesPage, RulesVersion, WhatIf,
};
use simgate_app::contract::settings::{
    SaveAnswer, SaveVendorForm, TestAnswer, TriedCode, TryAnswer, TryForm, VendorFileAnswer,
    VendorFileForm, VendorForm, VendorsStatus,
};
use simgate_app::contract::view::{PasswordRating, PhoneMessage, PhonePreview, Snapshot};
use simgate_app::contract::words::{ChannelName, Refusal, VendorName};
use tauri::State;

type Answer<T> = Result<T, Refusal>;

#[tauri::command]
pub async fn view(app: State<'_, App>) -> Answer<Snapshot> {
    app.view().await
}

#[tauri::command]
pub async fn next_view(app: State<'_, App>, after: u32) -> Answer<Snapshot> {
    app.next_view(after).await
}

#[tauri::command]
pub async fn try_again(app: State<'_, App>) -> Answer<Snapshot> {
    app.try_again().await
}

#[tauri::command]
pub async fn warm_up(app: State<'_, App>) -> Answer<()> {
    app.warm_up().await
}

#[tauri::command]
pub async fn sign_in(app: State<'_, App>, form: SignInForm) -> Answer<Snapshot> {
    app.sign_in(form).await
}

#[tauri::command]
pub async fn preview_phone(
    app: State<'_, App>,
    phone: String,
    country: String,
) -> Answer<PhonePreview> {
    app.preview_phone(phone, country).await
}

#[tauri::command]
pub async fn rate_password(app: State<'_, App>, form: RatePasswordForm) -> Answer<PasswordRating> {
    app.rate_password(form).await
}

#[tauri::command]
pub async fn register(app: State<'_, App>, form: RegisterForm) -> Answer<Snapshot> {
    app.register(form).await
}

#[tauri::command]
pub async fn register_first_admin(app: State<'_, App>, form: RegisterForm) -> Answer<Snapshot> {
    app.register_first_admin(form).await
}

#[tauri::command]
pub async fn withdraw_first_admin(app: State<'_, App>) -> Answer<Snapshot> {
    app.withdraw_first_admin().await
}

#[tauri::command]
pub async fn finish_set_up(app: State<'_, App>) -> Answer<Snapshot> {
    app.finish_set_up().await
}

#[tauri::command]
pub async fn overview(app: State<'_, App>, form: OverviewForm) -> Answer<OverviewView> {
    app.overview(form).await
}

#[tauri::command]
pub async fn registration_mode(app: State<'_, App>) -> Answer<RegistrationName> {
    app.registration_mode().await
}

#[tauri::command]
pub async fn set_registration_mode(app: State<'_, App>, mode: RegistrationName) -> Answer<()> {
    app.set_registration_mode(mode).await
}

#[tauri::command]
pub async fn send_again(app: State<'_, App>, channel: ChannelName) -> Answer<Snapshot> {
    app.send_again(channel).await
}

#[tauri::command]
pub async fn check_code(app: State<'_, App>, code: Typed) -> Answer<Snapshot> {
    app.check_code(code).await
}

#[tauri::command]
pub async fn start_over(app: State<'_, App>) -> Answer<Snapshot> {
    app.start_over().await
}

#[tauri::command]
pub async fn step_up(app: State<'_, App>, password: Typed) -> Answer<Snapshot> {
    app.step_up(password).await
}

#[tauri::command]
pub async fn branch(app: State<'_, App>) -> Answer<BranchView> {
    app.branch().await
}

#[tauri::command]
pub async fn set_branch(app: State<'_, App>, form: BranchForm) -> Answer<()> {
    app.set_branch(form).await
}

#[tauri::command]
pub async fn stay(app: State<'_, App>) -> Answer<Snapshot> {
    app.stay().await
}

#[tauri::command]
pub async fn sign_out(app: State<'_, App>) -> Answer<Snapshot> {
    app.sign_out().await
}

#[tauri::command]
pub async fn people(app: State<'_, App>, form: PeopleForm) -> Answer<PeopleView> {
    app.people(form).await
}

#[tauri::command]
pub async fn person(app: State<'_, App>, id: String) -> Answer<Option<PersonView>> {
    app.person(id).await
}

#[tauri::command]
pub async fn help_person(app: State<'_, App>, form: PersonActForm) -> Answer<PersonAnswer> {
    app.help_person(form).await
}

#[tauri::command]
pub async fn change_person(app: State<'_, App>, form: PersonActForm) -> Answer<PersonAnswer> {
    app.change_person(form).await
}

#[tauri::command]
pub async fn add_person(app: State<'_, App>, form: AddPersonForm) -> Answer<AddedPerson> {
    app.add_person(form).await
}

#[tauri::command]
pub async fn choose_password(app: State<'_, App>, form: ChoosePasswordForm) -> Answer<Snapshot> {
    app.choose_password(form).await
}

#[tauri::command]
pub async fn change_number(app: State<'_, App>, form: NumberForm) -> Answer<NumberStep> {
    app.change_number(form).await
}

#[tauri::command]
pub async fn check_number_code(app: State<'_, App>, code: Typed) -> Answer<NumberStep> {
    app.check_number_code(code).await
}

#[tauri::command]
pub async fn give_up_number(app: State<'_, App>) -> Answer<()> {
    app.give_up_number().await
}

#[tauri::command]
pub async fn begin_import(app: State<'_, App>, form: BeginImportForm) -> Answer<()> {
    app.begin_import(form).await
}

#[tauri::command]
pub async fn add_to_import(app: State<'_, App>, form: ImportPartForm) -> Answer<()> {
    app.add_to_import(form).await
}

#[tauri::command]
pub async fn check_import(app: State<'_, App>) -> Answer<()> {
    app.check_import().await
}

#[tauri::command]
pub async fn import_people(app: State<'_, App>, good_only: bool) -> Answer<()> {
    app.import_people(good_only).await
}

#[tauri::command]
pub async fn cancel_import(app: State<'_, App>) -> Answer<()> {
    app.cancel_import().await
}

#[tauri::command]
pub async fn export_people(app: State<'_, App>, form: ExportForm) -> Answer<()> {
    app.export_people(form).await
}

#[tauri::command]
pub async fn export_people_whole(app: State<'_, App>, form: ExportForm) -> Answer<()> {
    app.export_people_whole(form).await
}

#[tauri::command]
pub async fn cancel_people_export(app: State<'_, App>) -> Answer<()> {
    app.cancel_people_export().await
}

#[tauri::command]
pub async fn people_work(app: State<'_, App>) -> Answer<PeopleWorkView> {
    app.people_work().await
}

#[tauri::command]
pub async fn record_page(app: State<'_, App>, form: RecordForm) -> Answer<RecordPageView> {
    app.record_page(form).await
}

#[tauri::command]
pub async fn record_entry(app: State<'_, App>, seq: u64) -> Answer<Option<EntryView>> {
    app.record_entry(seq).await
}

#[tauri::command]
pub async fn verify_record(app: State<'_, App>) -> Answer<()> {
    app.verify_record().await
}

#[tauri::command]
pub async fn export_record(app: State<'_, App>) -> Answer<()> {
    app.export_record().await
}

#[tauri::command]
pub async fn record_work(app: State<'_, App>) -> Answer<RecordWorkView> {
    app.record_work().await
}

#[tauri::command]
pub async fn cancel_record_work(app: State<'_, App>) -> Answer<RecordWorkView> {
    app.cancel_record_work().await
}

#[tauri::command]
pub async fn record_retention(app: State<'_, App>) -> Answer<RetentionView> {
    app.record_retention().await
}

#[tauri::command]
pub async fn set_record_retention(
    app: State<'_, App>,
    form: RetentionForm,
) -> Answer<RetentionView> {
    app.set_record_retention(form).await
}

#[tauri::command]
pub async fn rules_page(app: State<'_, App>) -> Answer<RulesPage> {
    app.rules_page().await
}

#[tauri::command]
pub async fn set_rules(app: State<'_, App>, form: RulesForm) -> Answer<RulesAnswer> {
    app.set_rules(form).await
}

#[tauri::command]
pub async fn rules_history(app: State<'_, App>, before: u32) -> Answer<Vec<RulesVersion>> {
    app.rules_history(before).await
}

#[tauri::command]
pub async fn budgets(app: State<'_, App>) -> Answer<Budgets> {
    app.budgets().await
}

#[tauri::command]
pub async fn what_if(app: State<'_, App>, username: String) -> Answer<Option<WhatIf>> {
    app.what_if(username).await
}

#[tauri::command]
pub async fn vendors(app: State<'_, App>) -> Answer<VendorsStatus> {
    app.vendors().await
}

#[tauri::command]
pub async fn import_vendor_file(
    app: State<'_, App>,
    form: VendorFileForm,
) -> Answer<VendorFileAnswer> {
    app.import_vendor_file(form).await
}

#[tauri::command]
pub async fn fill_in_rehearsal(app: State<'_, App>) -> Answer<VendorFileAnswer> {
    app.fill_in_rehearsal().await
}

#[tauri::command]
pub async fn drop_unsaved_vendor(app: State<'_, App>, vendor: VendorName) -> Answer<VendorsStatus> {
    app.drop_unsaved_vendor(vendor).await
}

#[tauri::command]
pub async fn test_vendor(app: State<'_, App>, form: VendorForm) -> Answer<TestAnswer> {
    app.test_vendor(form).await
}

#[tauri::command]
pub async fn save_vendor(app: State<'_, App>, form: SaveVendorForm) -> Answer<SaveAnswer> {
    app.save_vendor(form).await
}

#[tauri::command]
pub async fn try_sim_check(app: State<'_, App>, form: TryForm) -> Answer<TryAnswer> {
    app.try_sim_check(form).await
}

#[tauri::command]
pub async fn try_code(app: State<'_, App>, form: TryForm) -> Answer<TryAnswer> {
    app.try_code(form).await
}

#[tauri::command]
pub async fn check_tried_code(app: State<'_, App>, code: Typed) -> Answer<TriedCode> {
    app.check_tried_code(code).await
}

#[tauri::command]
pub async fn use_recovery_code(app: State<'_, App>, code: Typed) -> Answer<Snapshot> {
    app.use_recovery_code(code).await
}

#[tauri::command]
pub async fn kit(app: State<'_, App>) -> Answer<KitState> {
    app.kit().await
}

#[tauri::command]
pub async fn make_kit(app: State<'_, App>, new_key: bool) -> Answer<KitShown> {
    app.make_kit(new_key).await
}

#[tauri::command]
pub async fn confirm_kit(app: State<'_, App>, code: Typed) -> Answer<KitState> {
    app.confirm_kit(code).await
}

#[tauri::command]
pub async fn backups(app: State<'_, App>) -> Answer<BackupsView> {
    app.backups().await
}

#[tauri::command]
pub async fn back_up(app: State<'_, App>, form: BackUpForm) -> Answer<BackupMade> {
    app.back_up(form).await
}

#[tauri::command]
pub async fn inspect_backup(app: State<'_, App>, form: BackupFileForm) -> Answer<RestoreOffer> {
    app.inspect_backup(form).await
}

#[tauri::command]
pub async fn restore(app: State<'_, App>, form: RestoreForm) -> Answer<RestoreDone> {
    app.restore(form).await
}

#[tauri::command]
pub async fn recovery_work(app: State<'_, App>) -> Answer<Option<RecoveryProgress>> {
    app.recovery_work().await
}

#[tauri::command]
pub async fn cancel_recovery(app: State<'_, App>) -> Answer<()> {
    app.cancel_recovery().await
}

#[tauri::command]
pub async fn rehearsal_phone(app: State<'_, App>) -> Answer<Vec<PhoneMessage>> {
    app.rehearsal_phone().await
}
