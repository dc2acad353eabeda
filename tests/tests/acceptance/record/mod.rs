//! The record as an admin works with it.

mod every_act;
mod files;
mod keeping;
mod looking;
mod proving;
mod unrecorded;
mod vendors;
mod whose;

use std::path::PathBuf;

use simgate_app::contract::args::Typed;
use simgate_app::contract::record::{
    EntryRow, RecordExportView, RecordForm, RecordGroup, RecordPageView, RecordWorkView,
    VerificationView,
};
use tokio::time::{Duration, interval, timeout};

use crate::branch::{Branch, PASSWORD, STEADY, expect_code, expect_counter};

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn everything() -> RecordForm {
    RecordForm {
        text: String::new(),
        group: RecordGroup::All,
        from: None,
        until: None,
        after: None,
    }
}

pub fn about(text: &str) -> RecordForm {
    RecordForm {
        text: text.to_owned(),
        ..everything()
    }
}

fn in_group(group: RecordGroup) -> RecordForm {
    RecordForm {
        group,
        ..everything()
    }
}

/// Maria at the counter, in this role.
async fn maria_as(role: &str) -> Branch {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    let sql = "UPDATE users SET role = ?1";
    let given = branch.raw().execute(sql, [role]);
    assert_eq!(given.expect("the table of people"), 1);
    back_at_work(&branch).await;
    branch
}

async fn back_at_work(branch: &Branch) {
    expect_code(branch.sign_in("maria").await.expect("a code"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
}

async fn prove_anew(branch: &Branch) {
    let password = Typed::from(PASSWORD.to_owned());
    branch.app.step_up(password).await.expect("her password");
    expect_code(branch.settled().await);
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
}

pub async fn page(branch: &Branch, form: RecordForm) -> RecordPageView {
    branch.app.record_page(form).await.expect("a page")
}

pub async fn acts(branch: &Branch, form: RecordForm) -> Vec<String> {
    let entries = page(branch, form).await.entries;
    entries.into_iter().map(|entry| entry.act).collect()
}

/// The newest entry of that act.
async fn newest(branch: &Branch, act: &str) -> EntryRow {
    let entries = page(branch, everything()).await.entries;
    let found = entries.into_iter().find(|entry| entry.act == act);
    found.unwrap_or_else(|| panic!("{act} is on record"))
}

pub async fn detail(branch: &Branch, act: &str) -> String {
    let seq = newest(branch, act).await.seq;
    let found = branch.app.record_entry(seq).await.expect("an answer");
    found.expect("an entry").detail.expect("a detail")
}

/// What came of it, once nothing goes on any more.
async fn work(branch: &Branch) -> RecordWorkView {
    let over = async {
        let mut look = interval(Duration::from_millis(5));
        loop {
            let work = branch.app.record_work().await.expect("an answer");
            let verifying = matches!(work.verification, VerificationView::Running(_));
            if !verifying && !matches!(work.export, RecordExportView::Writing(_)) {
                return work;
            }
            look.tick().await;
        }
    };
    timeout(PATIENCE, over).await.expect("it comes to an end")
}

pub async fn verified(branch: &Branch) -> VerificationView {
    branch.app.verify_record().await.expect("it begins");
    work(branch).await.verification
}

pub async fn exported(branch: &Branch) -> RecordExportView {
    branch.app.export_record().await.expect("it begins");
    work(branch).await.export
}

fn exports(branch: &Branch) -> Vec<PathBuf> {
    let Ok(files) = std::fs::read_dir(branch.data_folder().join("exports")) else {
        return Vec::new();
    };
    files.map(|file| file.expect("a file").path()).collect()
}
