//! The kit: shown once, and live when one of its codes was typed back.

use simgate_app::contract::recovery::KitState;
use simgate_app::contract::words::{ErrorCode, Field, RoleName};
use simgate_domain::{RecoveryCode, RecoveryKey};
use simgate_store::watch::When;

use super::{a_code, code_of, typed};
use crate::branch::{Branch, expect_code, minutes};
use crate::people::MARIAS;
use crate::record::{detail, everything, page};

#[tokio::test]
async fn a_kit_holds_when_one_of_its_codes_was_typed_back() {
    let branch = Branch::with_first_admin().await;
    let none = KitState {
        codes_left: 0,
        made_at: None,
        key_known: false,
        unconfirmed: false,
    };
    assert_eq!(branch.app.kit().await.expect("a kit"), none);
    let kit = branch.app.make_kit(false).await.expect("a kit");
    assert_eq!(kit.codes.len(), 10);
    assert!(!kit.new_key, "there was none before");
    let shown = KitState {
        unconfirmed: true,
        ..none.clone()
    };
    assert_eq!(
        branch.app.kit().await.expect("a kit"),
        shown,
        "it is not live"
    );

    let other = branch.app.confirm_kit(typed(&a_code())).await;
    let other = other.expect_err("none of these");
    assert_eq!(other.code, ErrorCode::KitCodeOther);
    assert_eq!(other.field, Some(Field::RecoveryCode));
    for (wrong, code) in [
        (" - ", ErrorCode::RecoveryCodeEmpty),
        ("7F3K", ErrorCode::RecoveryCodeMalformed),
    ] {
        let refused = branch.app.confirm_kit(typed(wrong)).await;
        assert_eq!(code_of(refused), code, "{wrong}");
    }
    let as_people_type = kit.codes[6].as_str().to_lowercase().replace('-', " ");
    let held = branch.app.confirm_kit(typed(&as_people_type)).await;
    let held = held.expect("one of these");
    assert_eq!((held.codes_left, held.unconfirmed), (10, false));
    assert!(held.key_known && held.made_at.is_some());
    let again = branch.app.confirm_kit(typed(kit.codes[6].as_str())).await;
    assert_eq!(code_of(again), ErrorCode::KitGone);
}

#[tokio::test]
async fn a_kit_is_shown_once_and_kept_as_nothing_that_can_be_read() {
    let branch = Branch::with_admin().await;
    let kit = branch.kit_made().await;
    let hashes: Vec<Vec<u8>> = {
        let raw = branch.raw();
        let mut rows = raw.prepare("SELECT hash FROM recovery_codes").expect("sql");
        let hashes = rows.query_map((), |row| row.get(0)).expect("rows");
        hashes.map(|hash| hash.expect("a hash")).collect()
    };
    assert_eq!(hashes.len(), 10);
    for code in &kit.codes {
        let code = RecoveryCode::parse(code.as_str()).expect("a code");
        for hash in &hashes {
            let within = hash.windows(8).any(|part| part == code.bytes());
            assert!(hash.len() == 32 && !within, "a keyed hash, and no code");
        }
    }
    let key = RecoveryKey::parse(kit.recovery_key.as_str()).expect("a key");
    let hex: Vec<String> = key
        .bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let hex = hex.concat();
    let setting: String = branch
        .raw()
        .query_row(
            "SELECT value FROM settings WHERE name = 'recovery_key_tag'",
            (),
            |row| row.get(0),
        )
        .expect("what tells the key");
    assert!(!hex.contains(&setting), "it tells nothing of the key");
    let printed = format!("{kit:?}");
    assert!(!printed.contains(kit.codes[0].as_str()), "{printed}");
    assert!(!printed.contains(kit.recovery_key.as_str()), "{printed}");
}

#[tokio::test]
async fn a_new_kit_takes_the_place_of_the_old_when_it_is_confirmed_and_not_before() {
    let branch = Branch::with_admin().await;
    let old = branch.kit_made().await;
    let new = branch.app.make_kit(false).await.expect("another");
    assert_eq!(
        new.recovery_key, old.recovery_key,
        "the key stays unless another is asked for"
    );
    branch.leave().await;
    expect_code(branch.sign_in("admin.one").await.expect("right"));
    let refused = branch.use_code(new.codes[0].as_str()).await;
    assert_eq!(code_of(refused), ErrorCode::RecoveryCodeRefused);
    let used = branch.use_code(old.codes[0].as_str()).await;
    crate::branch::expect_counter(used.expect("the old one holds"));
    let gone = branch.app.confirm_kit(typed(new.codes[0].as_str())).await;
    assert_eq!(code_of(gone), ErrorCode::KitGone, "of another session");

    let other_key = branch.app.make_kit(true).await.expect("another");
    assert!(other_key.new_key);
    assert_ne!(other_key.recovery_key, old.recovery_key);
    let confirmed = branch.app.confirm_kit(typed(other_key.codes[9].as_str()));
    assert_eq!(confirmed.await.expect("written down").codes_left, 10);
}

/// Whoever is shown the recovery key is on record before they are, whether they confirm it or not.
#[tokio::test]
async fn a_kit_is_on_record_before_it_is_shown() {
    let branch = Branch::with_admin().await;
    let shown = async || {
        let entries = page(&branch, everything()).await.entries;
        let shown = entries.iter().filter(|entry| entry.act == "kit_shown");
        shown.count()
    };
    let before = shown().await;
    branch.watcher.fail(When::Before, "record");
    let refused = branch.app.make_kit(true).await;
    assert_eq!(code_of(refused), ErrorCode::Unforeseen);
    assert!(branch.watcher.all_happened());
    assert!(!branch.app.kit().await.expect("a kit").unconfirmed);
    assert_eq!(shown().await, before);

    branch.app.make_kit(true).await.expect("shown");
    assert_eq!(shown().await, before + 1, "and not confirmed");
    assert_eq!(detail(&branch, "kit_shown").await, "new key");
    branch.app.make_kit(false).await.expect("once more");
    assert_eq!(shown().await, before + 2);
}

/// The old kit stays with its key where the new one cannot be kept.
#[tokio::test]
async fn a_kit_that_cannot_be_kept_leaves_the_old_one_whole() {
    let branch = Branch::with_admin().await;
    branch.kit_made().await;
    let new = branch.app.make_kit(true).await.expect("another");
    branch.watcher.fail(When::Before, "keep_kit");
    let refused = branch.app.confirm_kit(typed(new.codes[0].as_str())).await;
    assert_eq!(code_of(refused), ErrorCode::Unforeseen);
    assert!(branch.watcher.all_happened());
    let kit = branch.app.kit().await.expect("a kit");
    assert!(
        kit.key_known,
        "the key that was printed is the one that is kept"
    );
    let again = branch.app.confirm_kit(typed(new.codes[0].as_str())).await;
    assert!(again.expect("once more").key_known);
}

#[tokio::test]
async fn a_kit_that_nobody_confirms_in_ten_minutes_is_gone() {
    let branch = Branch::with_admin().await;
    let kit = branch.app.make_kit(false).await.expect("a kit");
    for _ in 0..5 {
        branch.wait(minutes(2)).await;
        branch.app.stay().await.expect("still there");
    }
    let late = branch.app.confirm_kit(typed(kit.codes[0].as_str())).await;
    assert_eq!(code_of(late), ErrorCode::KitGone);
    let stale = branch.app.make_kit(false).await;
    assert_eq!(code_of(stale), ErrorCode::StepUpNeeded, "a fresh proof");
}

#[tokio::test]
async fn only_an_admin_makes_a_kit() {
    let branch = Branch::with_admin().await;
    let added = branch.add("maria", MARIAS, RoleName::Supervisor).await;
    branch.leave().await;
    let password = added.one_time_password.as_str();
    branch.first_sign_in("maria", MARIAS, password).await;
    assert_eq!(code_of(branch.app.kit().await), ErrorCode::NotAllowed);
    let made = branch.app.make_kit(false).await;
    assert_eq!(code_of(made), ErrorCode::NotAllowed);
}
