//! Saving settings: all of a vendor's or none, on record, and worked with at once.

use simgate_app::contract::settings::{SaveAnswer, SaveVendorForm, VendorForm};
use simgate_app::contract::words::{CannotTell, ErrorCode, FaultKind, StopReason};
use simgate_rehearsal::{Call, Credentials};
use simgate_store::watch::When;
use simgate_vault::{Secret, VaultError};

use super::{
    at_the_counter, entry, passed, prove_anew, save, saved, signs_in_again, test, tru_id, twilio,
};
use crate::branch::{
    STEADY, expect_code, expect_counter, expect_reason, keep_credentials, minutes,
};

/// SE7: looking and testing are open to an admin at the counter, and saving asks them again.
#[tokio::test]
async fn saving_a_vendors_settings_asks_for_a_fresh_proof() {
    let branch = at_the_counter().await;
    let known = branch.vendors.credentials().clone();
    branch.wait(minutes(6)).await;
    assert!(passed(&test(&branch, tru_id(&known)).await));
    let before = entry(&branch, Secret::TruId).await;
    let form = || SaveVendorForm {
        form: tru_id(&known),
        untested: false,
    };
    let refused = branch.app.save_vendor(form()).await.expect_err("too old");
    assert_eq!(refused.code, ErrorCode::StepUpNeeded);
    assert_eq!(entry(&branch, Secret::TruId).await, before);
    assert!(branch.acts("vendor_settings_changed").is_empty());

    prove_anew(&branch).await;
    let answer = branch.app.save_vendor(form()).await.expect("an answer");
    assert!(
        saved(&answer),
        "what was tested before the proof counts: {answer:?}"
    );
    assert_ne!(
        entry(&branch, Secret::TruId).await,
        before,
        "and since when"
    );
}

/// KR8, and that a token is dropped with the credentials it was got with.
#[tokio::test]
async fn revoked_credentials_stop_everybody_until_new_ones_are_saved() {
    let branch = at_the_counter().await;
    let new = Credentials::random();
    branch.vendors.change_credentials(&new).expect("new ones");
    branch.vendors.clear_ledger();
    let reason = StopReason::CannotTell {
        cause: CannotTell::OurCredentials,
    };
    expect_reason(signs_in_again(&branch).await, reason);
    assert_eq!(branch.sends(), 0, "no code was asked for");
    branch.app.start_over().await.expect("the way back");

    // Somebody who is signed in still saves the new ones.
    branch
        .vendors
        .change_credentials(branch.vendors.credentials())
        .expect("the old ones");
    expect_code(branch.sign_in("maria").await.expect("a code"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    branch.vendors.change_credentials(&new).expect("new ones");
    for form in [tru_id(&new), twilio(&new)] {
        assert!(passed(&test(&branch, form).await));
    }
    for form in [tru_id(&new), twilio(&new)] {
        assert!(saved(&save(&branch, form, false).await));
    }
    branch.vendors.clear_ledger();
    expect_code(signs_in_again(&branch).await);
    assert_eq!(
        branch.requests(Call::Token).len(),
        1,
        "the old token is not even tried"
    );
    assert_eq!(branch.requests(Call::SimCheck).len(), 1);
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
}

#[tokio::test]
async fn what_was_saved_is_what_the_next_start_works_with() {
    let mut branch = at_the_counter().await;
    let new = Credentials::random();
    branch.vendors.change_credentials(&new).expect("new ones");
    assert!(saved(&save(&branch, tru_id(&new), true).await));
    assert!(saved(&save(&branch, twilio(&new), true).await));
    branch.kill_and_restart().await;
    branch.wait(minutes(11)).await;
    expect_code(branch.sign_in("maria").await.expect("a code"));
}

/// A form of all the settings of the vendor whom the keyring knows by this.
fn form_of(secret: &Secret, new: &Credentials) -> VendorForm {
    if *secret == Secret::TruId {
        tru_id(new)
    } else {
        twilio(new)
    }
}

/// KR4: whatever fails on the way, the entry is the old one or the new one, and never a mix.
#[tokio::test]
async fn a_change_that_fails_on_the_way_is_no_change() {
    for error in [
        VaultError::Missing,
        VaultError::Locked,
        VaultError::TimedOut,
        VaultError::Denied,
    ] {
        let branch = at_the_counter().await;
        let new = Credentials::random();
        branch.vendors.change_credentials(&new).expect("new ones");
        for secret in [Secret::TruId, Secret::Twilio] {
            // The old entry is read, and the new one written.
            for after in 0..2 {
                let before = entry(&branch, secret.clone()).await;
                branch.keyring.fail_after(after, error.clone());
                let answer = save(&branch, form_of(&secret, &new), true).await;
                branch.keyring.mend();
                let now = entry(&branch, secret.clone()).await;
                assert_eq!(now, before, "{secret:?}: {error:?} after {after} calls");
                let fault = match error {
                    VaultError::Missing => FaultKind::KeyringMissing,
                    VaultError::Locked => FaultKind::KeyringLocked,
                    VaultError::TimedOut => FaultKind::KeyringSilent,
                    VaultError::Denied | VaultError::Damaged | VaultError::Failed(_) => {
                        FaultKind::KeyringDenied
                    }
                };
                assert_eq!(answer, SaveAnswer::Keyring { fault });
            }
        }
    }
}

/// KR4: the program is killed before the keyring has taken them, between the keyring and the record, and
/// after both: what is there then is the old settings or the new ones, whole, and the record knows which.
#[tokio::test]
async fn a_program_that_is_killed_while_it_saves_leaves_the_old_settings_or_the_new() {
    for (when, call, is_new, found_at_the_start) in [
        (When::Before, "versioned_setting", false, &[][..]),
        (When::Before, "change_setting", true, &[true]),
        (When::After, "change_setting", true, &[false]),
    ] {
        for secret in [Secret::TruId, Secret::Twilio] {
            let mut branch = at_the_counter().await;
            let new = Credentials::random();
            branch.vendors.change_credentials(&new).expect("new ones");
            let before = entry(&branch, secret.clone()).await;
            let held = branch.watcher.hold(when, call);
            let app = branch.app.clone();
            let form = SaveVendorForm {
                form: form_of(&secret, &new),
                untested: true,
            };
            let saving = tokio::spawn(async move { app.save_vendor(form).await });
            held.reached().await;
            saving.abort();
            branch.kill_and_restart().await;

            let now = entry(&branch, secret.clone()).await;
            assert_eq!(now != before, is_new, "{secret:?}: {when:?} {call}");
            let now = now.expect("an entry");
            let of_new = if secret == Secret::TruId {
                [&new.tru_client_id, &new.tru_client_secret]
            } else {
                [&new.twilio_account_sid, &new.twilio_auth_token]
            };
            let of_new = of_new.map(|value| now.contains(value.as_str()));
            assert_eq!(
                of_new, [is_new; 2],
                "{secret:?}: all of one, none of the other"
            );
            let acts = branch.acts("vendor_settings_changed");
            let found: Vec<_> = acts.iter().map(|act| act.starts_with("found ")).collect();
            assert_eq!(
                found, found_at_the_start,
                "{secret:?}: {when:?} {call}: {acts:?}"
            );
        }
    }
}

/// KR4: the keyring has taken them and its answer is lost, as if the program had been killed there.
#[tokio::test]
async fn an_entry_that_was_written_unseen_is_put_on_record_at_the_next_start() {
    let mut branch = at_the_counter().await;
    let new = Credentials::random();
    branch.vendors.change_credentials(&new).expect("new ones");
    branch.keyring.lose_answers_after(1);
    let fault = FaultKind::KeyringSilent;
    let answer = save(&branch, tru_id(&new), true).await;
    assert_eq!(answer, SaveAnswer::Keyring { fault });
    branch.keyring.mend();
    assert!(branch.acts("vendor_settings_changed").is_empty());
    branch.kill_and_restart().await;
    assert_eq!(branch.acts("vendor_settings_changed"), ["found tru_id"]);
    branch.kill_and_restart().await;
    assert_eq!(
        branch.acts("vendor_settings_changed"),
        ["found tru_id"],
        "once is enough"
    );

    keep_credentials(&branch.keyring, &new).await;
    branch.kill_and_restart().await;
    assert_eq!(
        branch.acts("vendor_settings_changed").len(),
        3,
        "what somebody changed by hand is seen as well"
    );
}

#[tokio::test]
async fn what_cannot_be_recorded_is_undone() {
    let branch = at_the_counter().await;
    let new = Credentials::random();
    let before = entry(&branch, Secret::TruId).await;
    branch.watcher.fail(When::Before, "change_setting");
    let answer = save(&branch, tru_id(&new), true).await;
    assert!(
        matches!(answer, SaveAnswer::NotRecorded { undone: true, .. }),
        "{answer:?}"
    );
    assert_eq!(entry(&branch, Secret::TruId).await, before);

    branch.watcher.fail(When::Before, "change_setting");
    branch.keyring.fail_after(2, VaultError::Locked);
    let answer = save(&branch, tru_id(&new), true).await;
    assert!(
        matches!(answer, SaveAnswer::NotRecorded { undone: false, .. }),
        "{answer:?}"
    );
    branch.keyring.mend();
    expect_code(signs_in_again(&branch).await);
}
