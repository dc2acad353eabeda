//! Getting back in, and getting the data back.

use simgate_app::contract::record::EntryView;

use super::record_of;
use crate::branch::{Branch, expect_code, expect_counter, minutes};

pub async fn walk() -> Vec<EntryView> {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let branch = Branch::machine(folder.path()).await;
    let kit = branch.kit_made().await;
    let backup = elsewhere.path().join("monday.backup");
    branch.back_up(Some(&backup)).await.expect("a backup");
    let again = branch.back_up(Some(&backup)).await;
    again.expect_err("there is one of that name");
    branch.leave().await;
    branch.wait(minutes(2)).await;
    expect_code(branch.sign_in("admin.one").await.expect("right"));
    let code = kit.codes[0].as_str();
    expect_counter(branch.use_code(code).await.expect("unused"));
    let mut seen = record_of(&branch).await;

    branch.restored(&backup, kit.recovery_key.as_str()).await;
    branch.wait(minutes(5)).await;
    branch.admin_back().await;
    seen.extend(record_of(&branch).await);
    seen
}
