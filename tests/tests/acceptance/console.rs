//! At the command line of the machine: what is done there, and that no page gets there.

use std::path::Path;
use std::sync::Arc;

use simgate_app::commands::TABLE;
use simgate_app::contract::people::{ImportMode, PersonAct, PersonState};
use simgate_app::contract::record::{PartyView, VerificationView};
use simgate_app::contract::words::{ErrorCode, RoleName};
use simgate_app::people::{
    CsvBytes, ExportNumbers, NewNumber, RecoveredAdmin, RecoveryAnswer, UnlockAnswer,
};
use simgate_app::{Config, Console, HashingCost, VendorSource};
use simgate_domain::Clock;
use simgate_store::{Progress, Store};
use simgate_vault::{Space, Vault};

use crate::branch::{Branch, PASSWORD, expect_code, expect_counter, firm};
use crate::people::{ADMINS, CHOSEN, MARIAS, NEW, everybody, expect_choice};
use crate::record::everything;

impl Branch {
    /// The command line, on the same database.
    pub async fn console(&self) -> Console {
        let config = Config {
            ground: firm(),
            data_dir: self.data_folder().to_owned(),
            vendors: VendorSource::Keyring,
            hashing: Some(HashingCost::FLOOR),
        };
        let clock = Arc::clone(&self.clock) as Arc<dyn Clock>;
        let vault = Vault::new(Space::Rehearsal).expect("a thread for the keyring");
        let store = Arc::clone(&self.store) as Arc<dyn Store>;
        let console = Console::open_on(config, clock, vault, store).await;
        console.expect("it opens")
    }

    async fn recovered(&self, name: &str, number: Option<&str>) -> RecoveredAdmin {
        let number = number.map(new_number);
        let answer = self.console().await.recover_admin(name, number).await;
        let answer = answer.expect("an answer");
        let RecoveryAnswer::Done(admin) = answer else {
            panic!("{name} can sign in again, not {answer:?}");
        };
        admin
    }
}

fn new_number(phone: &str) -> NewNumber {
    NewNumber {
        phone: phone.to_owned(),
        country: "GB".to_owned(),
    }
}

/// BR3, and that the last admin is never locked out for good.
#[tokio::test]
async fn the_last_admin_is_let_in_again_and_skips_no_factor() {
    let branch = Branch::with_admin().await;
    let admin = branch.recovered("admin.one", None).await;
    assert!(!admin.added);
    branch.wait(std::time::Duration::from_secs(61)).await;
    assert!(
        !matches!(
            branch.view().await,
            simgate_app::contract::view::View::Counter(_)
        ),
        "their session is over"
    );
    branch
        .sign_in_with("admin.one", PASSWORD)
        .await
        .expect_err("the old password");
    let (checks, sends) = (branch.sim_checks(), branch.sends());
    let password = admin.one_time_password.as_str();
    let view = branch.sign_in_with("admin.one", password).await;
    expect_code(view.expect("the new one"));
    assert_eq!(
        (branch.sim_checks(), branch.sends()),
        (checks + 1, sends + 1),
        "a SIM check and a code"
    );
    expect_choice(&branch.type_right_code(ADMINS).await.expect("a code"));
    expect_counter(branch.choose(None, CHOSEN).await.expect("chosen"));

    let page = branch.app.record_page(everything()).await.expect("a page");
    let entry = page
        .entries
        .into_iter()
        .find(|entry| entry.act == "admin_recovered")
        .expect("it is on record");
    assert_eq!(entry.by, PartyView::Console);
    assert!(matches!(entry.about, PartyView::Person { name, .. } if name == "admin.one"));
}

#[tokio::test]
async fn whoever_was_locked_out_becomes_an_admin_who_can_sign_in() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    branch.done("maria", PersonAct::Disable).await;
    let maria = branch.recovered("maria", None).await;
    assert_eq!(maria.person.role, RoleName::Admin);
    assert_eq!(maria.person.state, PersonState::Active);
    branch.leave().await;
    let password = maria.one_time_password.as_str();
    branch.first_sign_in("maria", MARIAS, password).await;
}

#[tokio::test]
async fn an_admin_is_added_with_a_number_that_is_theirs_alone() {
    let branch = Branch::with_admin().await;
    let console = branch.console().await;
    let nobody = console.recover_admin("ana.gil", None).await;
    assert_eq!(nobody, Ok(RecoveryAnswer::Nobody));
    let taken = console
        .recover_admin("ana.gil", Some(new_number(ADMINS)))
        .await;
    taken.expect_err("it is the admin's");
    let there = console
        .recover_admin("admin.one", Some(new_number(NEW)))
        .await;
    assert_eq!(there, Ok(RecoveryAnswer::IsThere));
    let ana = branch.recovered("ana.gil", Some(NEW)).await;
    assert!(ana.added);
    branch.leave().await;
    let password = ana.one_time_password.as_str();
    branch.first_sign_in("ana.gil", NEW, password).await;
}

/// BR4: the command line is no other first run.
#[tokio::test]
async fn before_set_up_there_is_no_admin_to_recover() {
    let branch = Branch::untouched().await;
    for number in [None, Some(new_number(NEW))] {
        let answer = branch
            .console()
            .await
            .recover_admin("ana.gil", number)
            .await;
        assert_eq!(answer, Ok(RecoveryAnswer::NotBegun));
    }
    let text = "username,phone,channel,role\nana.gil,+447700900148,sms,admin\n";
    let file = CsvBytes::new(text.as_bytes().to_vec()).expect("small");
    let console = branch.console().await;
    let imported = console.import_people(file, "GB".to_owned(), ImportMode::All, Arc::default());
    let refused = imported
        .await
        .expect_err("nobody comes before the first admin");
    assert_eq!(refused.code, ErrorCode::NotNow);
    let people: u32 = branch
        .raw()
        .query_row("SELECT count(*) FROM users", (), |row| row.get(0))
        .expect("the table of people");
    assert_eq!(people, 0);
}

#[tokio::test]
async fn what_is_done_at_the_command_line_is_on_record_as_done_there() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    branch.leave().await;
    for _ in 0..5 {
        let wrong = branch.sign_in_with("maria", "wrong all along").await;
        wrong.expect_err("wrong");
    }
    let console = branch.console().await;
    let unlocked = console.unlock_person("Maria").await.expect("an answer");
    assert!(matches!(
        unlocked,
        UnlockAnswer::Done { was_locked: true, ref person } if !person.locked
    ));
    let text = "username,phone,channel,role\nana.gil,07700 900148,sms,staff\n";
    let file = CsvBytes::new(text.as_bytes().to_vec()).expect("small");
    let imported = console.import_people(file, "GB".to_owned(), ImportMode::All, Arc::default());
    assert_eq!(imported.await.expect("taken").added, 1);
    let folder = tempfile::tempdir().expect("a folder");
    let people = folder.path().join("people.csv");
    let exported =
        console.export_people(everybody(), ExportNumbers::Masked, people, Arc::default());
    assert_eq!(exported.await.expect("written").rows, 3);
    let verified = console.verify_record(Arc::new(Progress::default())).await;
    assert!(matches!(verified, Ok(VerificationView::Good { .. })));
    let record = folder.path().join("record.jsonl");
    let progress = || Arc::new(Progress::default());
    let written = console.export_record(record.clone(), progress()).await;
    written.expect("written");
    let again = console.export_record(record, progress()).await;
    again.expect_err("nothing is written over");

    branch.admin_back().await;
    let page = branch.app.record_page(everything()).await.expect("a page");
    let by_console = page
        .entries
        .iter()
        .filter(|entry| entry.by == PartyView::Console);
    let acts: Vec<_> = by_console.map(|entry| entry.act.as_str()).collect();
    assert_eq!(
        &acts[..5],
        [
            "record_exported",
            "record_verified",
            "people_exported",
            "people_imported",
            "person_unlocked",
        ]
    );
}

/// The window's program never makes a console, so that no command of a page can lead to one.
#[test]
fn no_command_of_the_window_leads_to_the_command_line() {
    let shell = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/src");
    let files = std::fs::read_dir(shell).expect("the window's sources");
    let mut seen = 0;
    for file in files {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("its text");
        assert!(!text.contains("Console"), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 4, "{seen} files");
    for rule in TABLE {
        assert!(!rule.name.contains("console"), "{}", rule.name);
    }
}
