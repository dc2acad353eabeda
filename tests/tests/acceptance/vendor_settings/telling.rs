//! What is told of the settings: never a secret.

use simgate_app::contract::settings::{
    FilledField, SaveAnswer, SaveVendorForm, TestAnswer, VendorField, VendorFile, VendorFileForm,
    VendorsStatus,
};
use simgate_app::contract::words::{ErrorCode, FaultKind, VendorName};
use simgate_rehearsal::Credentials;
use simgate_store::watch::When;
use simgate_vault::{Secret, VaultError};

use super::{
    at_the_counter, at_the_counter_as, entry, import, save, saved, status, test, tru_id, try_form,
    twilio, typed, with_secret,
};
use crate::branch::Branch;

/// KR5.
#[tokio::test]
async fn nobody_but_an_admin_gets_at_the_settings() {
    for (role, code) in [
        (None, ErrorCode::NotNow),
        (Some("staff"), ErrorCode::NotAllowed),
        (Some("supervisor"), ErrorCode::NotAllowed),
    ] {
        let branch = match role {
            Some(role) => at_the_counter_as(role).await,
            None => Branch::open().await,
        };
        let known = branch.vendors.credentials().clone();
        let before = entry(&branch, Secret::TruId).await;
        let app = &branch.app;
        let file = VendorFileForm {
            file: VendorFile::DotEnv,
            text: typed("TRU_ID_CLIENT=a"),
        };
        let form = SaveVendorForm {
            form: with_secret("another"),
            untested: true,
        };
        let refused = [
            app.vendors().await.err(),
            app.test_vendor(tru_id(&known)).await.err(),
            app.save_vendor(form).await.err(),
            app.import_vendor_file(file).await.err(),
            app.drop_unsaved_vendor(VendorName::TruId).await.err(),
            app.fill_in_rehearsal().await.err(),
            app.try_sim_check(try_form(None)).await.err(),
            app.try_code(try_form(None)).await.err(),
            app.check_tried_code(typed("123456")).await.err(),
        ];
        for refusal in refused {
            assert_eq!(refusal.map(|it| it.code), Some(code), "{role:?}");
        }
        assert_eq!(entry(&branch, Secret::TruId).await, before);
        let asked = branch.vendors.ledger();
        assert!(asked.is_empty(), "no vendor was asked: {asked:?}");
    }
}

/// KR3.
#[tokio::test]
async fn what_is_stored_is_told_but_for_its_secrets() {
    let branch = at_the_counter().await;
    let known = branch.vendors.credentials().clone();
    let [of_tru_id, of_twilio] = status(&branch).await;
    let end = |text: &str| Some(text[text.len() - 4..].to_owned());
    let filled = |field, shown| FilledField { field, shown };
    assert_eq!(
        of_tru_id.stored,
        [
            filled(VendorField::Host, Some("https://eu.api.tru.id".to_owned())),
            filled(VendorField::ClientId, end(&known.tru_client_id)),
            filled(VendorField::ClientSecret, None),
        ]
    );
    assert_eq!(
        of_twilio.stored,
        [
            filled(VendorField::Sid, end(&known.twilio_account_sid)),
            filled(VendorField::Secret, None),
            filled(VendorField::ServiceSid, end(&known.twilio_service_sid)),
        ]
    );
    assert!(of_tru_id.set && of_twilio.set);
    assert_eq!(of_tru_id.since, None, "an admin put it there by hand");
}

#[tokio::test]
async fn a_keyring_that_does_not_answer_is_said_and_nothing_is_done() {
    let branch = at_the_counter().await;
    let known = branch.vendors.credentials().clone();
    branch.keyring.fail_after(0, VaultError::Locked);
    let fault = FaultKind::KeyringLocked;
    let status = branch.app.vendors().await.expect("an answer");
    assert_eq!(status, VendorsStatus::Keyring { fault });
    let answer = test(&branch, tru_id(&known)).await;
    assert_eq!(answer, TestAnswer::Keyring { fault });
    let answer = save(&branch, tru_id(&known), true).await;
    assert_eq!(answer, SaveAnswer::Keyring { fault });
    assert!(branch.vendors.ledger().is_empty());
}

#[tokio::test]
async fn a_damaged_entry_is_told_and_can_be_replaced() {
    let branch = at_the_counter().await;
    let known = branch.vendors.credentials().clone();
    let vault = branch.keyring.vault();
    vault.put(&Secret::TruId, b"{}").await.expect("it takes it");
    let [of_tru_id, _] = status(&branch).await;
    assert!(of_tru_id.damaged && !of_tru_id.set);
    let missing = test(&branch, with_secret("x")).await;
    assert!(matches!(missing, TestAnswer::Invalid { .. }), "{missing:?}");
    assert!(saved(&save(&branch, tru_id(&known), true).await));
    assert!(status(&branch).await[0].set);
}

/// AU10, and KR6 in part: whatever was done with them, no secret is in the database or in an answer.
#[tokio::test]
async fn no_secret_is_in_the_record_or_in_an_answer() {
    let branch = at_the_counter().await;
    let new = Credentials::random();
    branch.vendors.change_credentials(&new).expect("new ones");
    let mut told = Vec::new();
    let mut tell = |answer: String| told.push(answer);
    for form in [tru_id(&new), twilio(&new)] {
        tell(json(&test(&branch, form).await));
    }
    for form in [tru_id(&new), twilio(&new)] {
        tell(json(&save(&branch, form, false).await));
    }
    let text = format!(
        "TRU_ID_CLIENT={}\nTRU_ID_SECRET={}\nTWILIO_AUTH_TOKEN={}",
        new.tru_client_id, new.tru_client_secret, new.twilio_auth_token
    );
    tell(json(&import(&branch, VendorFile::DotEnv, &text).await));
    tell(json(&branch.app.vendors().await.expect("an answer")));
    branch.watcher.fail(When::Before, "change_setting");
    tell(json(&save(&branch, tru_id(&new), true).await));
    for (secret, canary) in [
        ("client secret", &new.tru_client_secret),
        ("auth token", &new.twilio_auth_token),
        ("client id", &new.tru_client_id),
        ("account", &new.twilio_account_sid),
        ("service", &new.twilio_service_sid),
    ] {
        for answer in &told {
            assert!(
                !answer.contains(canary.as_str()),
                "the {secret} is in {answer}"
            );
        }
        let rows = branch.everything_stored();
        assert!(rows.len() > 100, "something is stored");
        assert!(
            !rows.contains(canary.as_str()),
            "the {secret} is in the database"
        );
    }
    let acts = branch.acts("vendor_settings_changed");
    assert_eq!(
        acts,
        [
            "tru_id client_id client_secret",
            "twilio sid secret service_sid"
        ]
    );
}

/// What a page would get of an answer.
fn json(answer: &impl serde::Serialize) -> String {
    serde_json::to_string(answer).expect("it can be serialized")
}
