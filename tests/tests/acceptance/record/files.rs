//! The record as a file.

use std::path::{Path, PathBuf};

use simgate_app::contract::record::{RecordExportView, RetentionForm, VerificationView};
use simgate_app::contract::words::ErrorCode;
use simgate_record::{Progress, Verdict, verify_file};
use simgate_store::watch::When;

use super::{back_at_work, detail, exported, exports, maria_as, prove_anew, work};
use crate::branch::{PASSWORD, STEADY, SWAPPED, expect_code, minutes, seal_key, sign_in_form};

/// Whether the code stands there by itself, in whatever words: not in the midst of a longer number, nor
/// of a hash.
fn stands_in(code: &str, text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric();
    text.match_indices(code)
        .any(|(at, code)| !text[..at].ends_with(part) && !text[at + code.len()..].starts_with(part))
}

/// AU10, and the file alone as its own proof: whole, for its owner only, under the key that is named,
/// with the entry that tells of it, and with no number, password or code in it.
#[tokio::test]
async fn an_exported_file_proves_itself_and_tells_no_secret() {
    let branch = maria_as("admin").await;
    branch.app.sign_out().await.expect("a sign-out");
    let typed_wrong = sign_in_form("my password as a name", PASSWORD);
    branch.app.sign_in(typed_wrong).await.expect_err("no name");
    // A number whose SIM was changed and that is new here is in grace.
    expect_code(
        branch
            .register("swapped", SWAPPED)
            .await
            .expect("registered"),
    );
    branch.app.start_over().await.expect("started over");
    back_at_work(&branch).await;
    let code = branch.newest_code(STEADY);

    let done = exported(&branch).await;
    let RecordExportView::Done { entries, path, key } = done else {
        panic!("it is written: {done:?}");
    };
    assert_eq!(exports(&branch), [PathBuf::from(&path)]);
    let key_known = seal_key().public();
    assert_eq!(key, key_known.to_string());
    let path = Path::new(&path);
    let verdict = verify_file(path, Some(key_known), &Progress::default()).expect("a file");
    let sound = Verdict::Sound {
        key: key_known,
        from: 1,
        to: entries,
    };
    assert_eq!(verdict, sound);
    let name = path.file_name().expect("a name").to_string_lossy();
    assert_eq!(
        detail(&branch, "record_exported").await,
        format!("file {name}")
    );

    let text = std::fs::read_to_string(path).expect("a file");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len() as u64, entries + 1);
    assert!(
        lines[lines.len() - 1].contains("record_exported"),
        "it tells of itself"
    );
    let national = |number: &str| number.trim_start_matches("+44").to_owned();
    for secret in [
        PASSWORD,
        "my password as a name",
        &national(STEADY),
        &national(SWAPPED),
    ] {
        assert!(!text.contains(secret), "{secret} is in the file");
    }
    assert!(stands_in(&code, &format!("{{\"detail\":\"code {code}\"}}")));
    for number in [STEADY, SWAPPED] {
        for message in branch.vendors.phone(number) {
            let code = message.code;
            assert!(!stands_in(&code, &text), "{code} is in the file");
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| {
            let found = std::fs::metadata(path).expect("it is there");
            found.permissions().mode() & 0o777
        };
        assert_eq!(mode(path), 0o600);
        assert_eq!(mode(path.parent().expect("a folder")), 0o700);
    }

    // One byte of it changed, and the file says where.
    let changed = text.replacen("\"signed_out\"", "\"signed_0ut\"", 1);
    let at = lines.iter().position(|line| line.contains("signed_out"));
    std::fs::write(path, changed).expect("written");
    let verdict = verify_file(path, Some(key_known), &Progress::default()).expect("a file");
    let line = at.expect("a sign-out") as u64 + 1;
    let named = matches!(verdict, Verdict::Flawed { line: found, .. } if found == line);
    assert!(named, "{verdict:?}");
}

#[tokio::test]
async fn an_export_asks_for_a_fresh_proof() {
    let branch = maria_as("admin").await;
    branch.app.verify_record().await.expect("it begins");
    work(&branch).await;
    branch.wait(minutes(6)).await;
    let refusal = branch.app.export_record().await.expect_err("too old");
    assert_eq!(refusal.code, ErrorCode::StepUpNeeded);
    assert!(exports(&branch).is_empty());
    prove_anew(&branch).await;
    let done = exported(&branch).await;
    assert!(matches!(done, RecordExportView::Done { .. }), "{done:?}");
    let work = branch.app.record_work().await.expect("an answer");
    let kept = matches!(work.verification, VerificationView::Good { .. });
    assert!(
        kept,
        "the same session, with what it began before: {work:?}"
    );
}

/// AU6: what cannot be recorded does not happen.
#[tokio::test]
async fn an_export_that_cannot_be_recorded_is_not_written() {
    let branch = maria_as("admin").await;
    branch.watcher.fail(When::Before, "record");
    let refusal = branch.app.export_record().await.expect_err("not recorded");
    assert_eq!(refusal.code, ErrorCode::Unforeseen);
    assert!(branch.watcher.all_happened());
    assert!(exports(&branch).is_empty());
    let RecordExportView::Failed { refusal: shown } = work(&branch).await.export else {
        panic!("it failed");
    };
    assert_eq!(shown, refusal);

    branch.watcher.fail(When::Before, "change_setting");
    let form = RetentionForm {
        version: 0,
        days: Some(90),
    };
    branch
        .app
        .set_record_retention(form)
        .await
        .expect_err("not recorded");
    let kept = branch.app.record_retention().await.expect("an answer");
    assert_eq!((kept.version, kept.days), (0, None));
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_said_so() {
    let branch = maria_as("admin").await;
    std::fs::write(branch.data_folder().join("exports"), "no folder").expect("a file");
    let RecordExportView::Failed { refusal } = exported(&branch).await else {
        panic!("it failed");
    };
    assert_eq!(refusal.code, ErrorCode::FileNotWritten);
    let again = exported(&branch).await;
    assert!(
        matches!(again, RecordExportView::Failed { .. }),
        "{again:?}"
    );
}
