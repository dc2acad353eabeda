//! One call of each command.

use simgate_app::contract::args::{RatePasswordForm, Typed};
use simgate_app::contract::overview::OverviewForm;
use simgate_app::contract::people::{
    BeginImportForm, ChoosePasswordForm, ImportPartForm, NumberForm, PersonAct, PersonActForm,
    RegistrationName,
};
use simgate_app::contract::record::RetentionForm;
use simgate_app::contract::recovery::{BackUpForm, BackupFileForm, RestoreForm};
use simgate_app::contract::settings::{SaveVendorForm, VendorFile, VendorFileForm};
use simgate_app::contract::words::{ChannelName, Refusal, RoleName, VendorName};

use crate::branch::{Branch, PASSWORD, STEADY, branch_form, register_form, sign_in_form};
use crate::people::{CHOSEN, add_form, everybody, people_form};
use crate::record::everything;
use crate::recovery::{a_code, a_key};
use crate::rules::default_rules;
use crate::vendor_settings::{as_stored, try_form, with_secret};
/// Calls a command by name with arguments that would do something if it were let.
pub async fn call(branch: &Branch, command: &str) -> Result<(), Refusal> {
    let app = &branch.app;
    match command {
        "view" => app.view().await.map(drop),
        "next_view" => app.next_view(0).await.map(drop),
        "try_again" => app.try_again().await.map(drop),
        "warm_up" => app.warm_up().await,
        "sign_in" => app.sign_in(sign_in_form("maria", PASSWORD)).await.map(drop),
        "preview_phone" => app
            .preview_phone(STEADY.to_owned(), "GB".to_owned())
            .await
            .map(drop),
        "rate_password" => {
            let form = RatePasswordForm {
                username: String::new(),
                phone: String::new(),
                country: "GB".to_owned(),
                password: Typed::from(PASSWORD.to_owned()),
            };
            app.rate_password(form).await.map(drop)
        }
        "register" => {
            let form = register_form("another", "+447700900148");
            app.register(form).await.map(drop)
        }
        "register_first_admin" => {
            let form = register_form("another", "+447700900148");
            app.register_first_admin(form).await.map(drop)
        }
        "withdraw_first_admin" => app.withdraw_first_admin().await.map(drop),
        "send_again" => app.send_again(ChannelName::Sms).await.map(drop),
        "check_code" => app
            .check_code(Typed::from("123456".to_owned()))
            .await
            .map(drop),
        "start_over" => app.start_over().await.map(drop),
        "step_up" => app
            .step_up(Typed::from("not the password".to_owned()))
            .await
            .map(drop),
        "choose_password" => {
            let form = ChoosePasswordForm {
                current: Some(Typed::from(PASSWORD.to_owned())),
                password: Typed::from(CHOSEN.to_owned()),
            };
            app.choose_password(form).await.map(drop)
        }
        "stay" => app.stay().await.map(drop),
        "sign_out" => app.sign_out().await.map(drop),
        "rehearsal_phone" => app.rehearsal_phone().await.map(drop),
        other => of_the_office(branch, other).await,
    }
}

async fn of_the_office(branch: &Branch, command: &str) -> Result<(), Refusal> {
    let app = &branch.app;
    match command {
        "finish_set_up" => app.finish_set_up().await.map(drop),
        "overview" => app.overview(OverviewForm { ahead: 0 }).await.map(drop),
        "registration_mode" => app.registration_mode().await.map(drop),
        "set_registration_mode" => app.set_registration_mode(RegistrationName::Open).await,
        "branch" => app.branch().await.map(drop),
        "set_branch" => app.set_branch(branch_form("High Street")).await,
        "record_page" => app.record_page(everything()).await.map(drop),
        "record_entry" => app.record_entry(1).await.map(drop),
        "verify_record" => app.verify_record().await,
        "export_record" => app.export_record().await,
        "record_work" => app.record_work().await.map(drop),
        "cancel_record_work" => app.cancel_record_work().await.map(drop),
        "record_retention" => app.record_retention().await.map(drop),
        "set_record_retention" => {
            let form = RetentionForm {
                version: 0,
                days: Some(90),
            };
            app.set_record_retention(form).await.map(drop)
        }
        "rules_page" => app.rules_page().await.map(drop),
        "set_rules" => app.set_rules(default_rules()).await.map(drop),
        "rules_history" => app.rules_history(1).await.map(drop),
        "budgets" => app.budgets().await.map(drop),
        "what_if" => app.what_if("maria".to_owned()).await.map(drop),
        other => of_people(branch, other).await,
    }
}

async fn of_recovery(branch: &Branch, command: &str) -> Result<(), Refusal> {
    let app = &branch.app;
    match command {
        "use_recovery_code" => app.use_recovery_code(Typed::from(a_code())).await.map(drop),
        "kit" => app.kit().await.map(drop),
        "make_kit" => app.make_kit(false).await.map(drop),
        "confirm_kit" => app.confirm_kit(Typed::from(a_code())).await.map(drop),
        "backups" => app.backups().await.map(drop),
        "back_up" => app.back_up(BackUpForm { path: None }).await.map(drop),
        "inspect_backup" => {
            let form = BackupFileForm {
                path: "/nowhere/at/all.backup".to_owned(),
                recovery_key: Typed::from(a_key()),
            };
            app.inspect_backup(form).await.map(drop)
        }
        "restore" => {
            let form = RestoreForm {
                path: "/nowhere/at/all.backup".to_owned(),
                recovery_key: Typed::from(a_key()),
                confirm: String::new(),
            };
            app.restore(form).await.map(drop)
        }
        "recovery_work" => app.recovery_work().await.map(drop),
        "cancel_recovery" => app.cancel_recovery().await,
        other => panic!("{other} is in the table and not in this test"),
    }
}

async fn of_people(branch: &Branch, command: &str) -> Result<(), Refusal> {
    let app = &branch.app;
    match command {
        "people" => app.people(people_form("")).await.map(drop),
        "person" => app.person(NOBODY.to_owned()).await.map(drop),
        "help_person" => app.help_person(nobody(PersonAct::Unlock)).await.map(drop),
        "change_person" => app.change_person(nobody(PersonAct::Delete)).await.map(drop),
        "add_person" => {
            let form = add_form("another", "+447700900148", RoleName::Admin);
            app.add_person(form).await.map(drop)
        }
        "change_number" => {
            let form = NumberForm {
                id: NOBODY.to_owned(),
                version: 1,
                phone: "+447700900148".to_owned(),
                country: "GB".to_owned(),
            };
            app.change_number(form).await.map(drop)
        }
        "check_number_code" => {
            let code = Typed::from("123456".to_owned());
            app.check_number_code(code).await.map(drop)
        }
        "give_up_number" => app.give_up_number().await,
        "begin_import" => {
            let form = BeginImportForm {
                bytes: 1,
                country: "GB".to_owned(),
            };
            app.begin_import(form).await
        }
        "add_to_import" => {
            let form = ImportPartForm {
                at: 0,
                text: "x".to_owned(),
            };
            app.add_to_import(form).await
        }
        "check_import" => app.check_import().await,
        "import_people" => app.import_people(true).await,
        "cancel_import" => app.cancel_import().await,
        "export_people" => app.export_people(everybody()).await,
        "export_people_whole" => app.export_people_whole(everybody()).await,
        "cancel_people_export" => app.cancel_people_export().await,
        "people_work" => app.people_work().await.map(drop),
        other => of_vendors(branch, other).await,
    }
}

async fn of_vendors(branch: &Branch, command: &str) -> Result<(), Refusal> {
    let app = &branch.app;
    match command {
        "vendors" => app.vendors().await.map(drop),
        "import_vendor_file" => {
            let form = VendorFileForm {
                file: VendorFile::DotEnv,
                text: Typed::from("TRU_ID_CLIENT=a".to_owned()),
            };
            app.import_vendor_file(form).await.map(drop)
        }
        "fill_in_rehearsal" => app.fill_in_rehearsal().await.map(drop),
        "drop_unsaved_vendor" => app.drop_unsaved_vendor(VendorName::TruId).await.map(drop),
        "test_vendor" => app
            .test_vendor(as_stored(VendorName::TruId))
            .await
            .map(drop),
        "save_vendor" => {
            let form = SaveVendorForm {
                form: with_secret("another"),
                untested: true,
            };
            app.save_vendor(form).await.map(drop)
        }
        "try_sim_check" => app.try_sim_check(try_form(None)).await.map(drop),
        "try_code" => app.try_code(try_form(None)).await.map(drop),
        "check_tried_code" => {
            let code = Typed::from("123456".to_owned());
            app.check_tried_code(code).await.map(drop)
        }
        other => of_recovery(branch, other).await,
    }
}

/// The id of nobody.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

fn nobody(act: PersonAct) -> PersonActForm {
    PersonActForm {
        id: NOBODY.to_owned(),
        version: 1,
        act,
    }
}
