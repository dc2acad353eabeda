//! Settings from files, which are not kept.

use simgate_app::contract::settings::{VendorFile, VendorFileAnswer, VendorFileProblem};
use simgate_app::contract::words::VendorName;
use simgate_rehearsal::Credentials;
use simgate_vault::Secret;

use super::{
    as_stored, at_the_counter, entry, import, passed, save, saved, signs_in_again, status, test,
};
use crate::branch::{STEADY, expect_code, expect_counter};

#[tokio::test]
async fn a_tru_json_is_taken_and_not_told() {
    let branch = at_the_counter().await;
    let known = branch.vendors.credentials().clone();
    let text = serde_json::json!({
        "project_id": "p",
        "credentials": [{
            "client_id": known.tru_client_id,
            "client_secret": known.tru_client_secret,
            "scopes": ["sim_check"],
        }],
        "data_residency": "us",
    });
    let answer = import(&branch, VendorFile::TruJson, &text.to_string()).await;
    let VendorFileAnswer::Filled {
        fields,
        may_check_sims,
    } = answer
    else {
        panic!("it was taken, not {answer:?}");
    };
    assert_eq!(may_check_sims, Some(true));
    assert_eq!(fields[0].shown.as_deref(), Some("https://us.api.tru.id"));
    assert_eq!(status(&branch).await[0].unsaved, fields);
    let stored = entry(&branch, Secret::TruId).await;

    assert!(passed(&test(&branch, as_stored(VendorName::TruId)).await));
    assert!(saved(
        &save(&branch, as_stored(VendorName::TruId), false).await
    ));
    assert_ne!(entry(&branch, Secret::TruId).await, stored);
    let [of_tru_id, _] = status(&branch).await;
    assert_eq!(of_tru_id.stored, fields);
    assert!(of_tru_id.unsaved.is_empty(), "nothing is kept of it");
}

#[tokio::test]
async fn a_dot_env_fills_in_both_vendors() {
    let branch = at_the_counter().await;
    let new = Credentials::random();
    branch.vendors.change_credentials(&new).expect("new ones");
    let text = format!(
        "NODE_ENV=development\r\nTWILIO_ACCOUNT_SID=\"{}\"\r\nTWILIO_AUTH_TOKEN={}\r\n\
         export VERIFICATION_SID={}\r\nTRU_ID_CLIENT={}\r\nTRU_ID_SECRET='{}'\r\n",
        new.twilio_account_sid,
        new.twilio_auth_token,
        new.twilio_service_sid,
        new.tru_client_id,
        new.tru_client_secret,
    );
    let answer = import(&branch, VendorFile::DotEnv, &text).await;
    let VendorFileAnswer::Filled { fields, .. } = answer else {
        panic!("it was taken, not {answer:?}");
    };
    assert_eq!(fields.len(), 5, "the region is as stored: {fields:?}");
    for vendor in [VendorName::TruId, VendorName::Twilio] {
        assert!(
            passed(&test(&branch, as_stored(vendor)).await),
            "{vendor:?}"
        );
        assert!(
            saved(&save(&branch, as_stored(vendor), false).await),
            "{vendor:?}"
        );
    }
    expect_code(signs_in_again(&branch).await);
}

#[tokio::test]
async fn what_was_imported_ends_with_the_session() {
    let branch = at_the_counter().await;
    let text = "TRU_ID_CLIENT=somebody\nTRU_ID_SECRET=else";
    import(&branch, VendorFile::DotEnv, text).await;
    assert_eq!(status(&branch).await[0].unsaved.len(), 2);
    let dropped = branch.app.drop_unsaved_vendor(VendorName::TruId).await;
    dropped.expect("an answer");
    assert!(status(&branch).await[0].unsaved.is_empty());

    import(&branch, VendorFile::DotEnv, text).await;
    expect_code(signs_in_again(&branch).await);
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    assert!(status(&branch).await[0].unsaved.is_empty());
    let answer = save(&branch, as_stored(VendorName::TruId), true).await;
    assert!(saved(&answer), "{answer:?}");
    expect_code(signs_in_again(&branch).await);
}

#[tokio::test]
async fn a_file_of_something_else_changes_nothing() {
    let branch = at_the_counter().await;
    let junk = "x".repeat(100_000_000);
    for (kind, text, problem) in [
        (
            VendorFile::TruJson,
            "{\"name\":\"ui\"}",
            VendorFileProblem::SomethingElse,
        ),
        (
            VendorFile::TruJson,
            "TRU_ID_CLIENT=a",
            VendorFileProblem::NotJson,
        ),
        (
            VendorFile::TruJson,
            junk.as_str(),
            VendorFileProblem::TooLong,
        ),
        (
            VendorFile::DotEnv,
            "PORT=3000",
            VendorFileProblem::NothingFound,
        ),
        (VendorFile::DotEnv, "{}", VendorFileProblem::Line),
        (
            VendorFile::DotEnv,
            junk.as_str(),
            VendorFileProblem::TooLong,
        ),
    ] {
        let answer = import(&branch, kind, text).await;
        let VendorFileAnswer::NotTaken { problem: found, .. } = answer else {
            panic!("it was not taken: {answer:?}");
        };
        assert_eq!(found, problem);
    }
    let [of_tru_id, of_twilio] = status(&branch).await;
    assert!(of_tru_id.unsaved.is_empty() && of_twilio.unsaved.is_empty());
}

#[tokio::test]
async fn a_rehearsal_fills_in_its_own() {
    let branch = at_the_counter().await;
    let answer = branch.app.fill_in_rehearsal().await;
    let VendorFileAnswer::Filled { fields, .. } = answer.expect("an answer") else {
        panic!("they are filled in");
    };
    assert_eq!(fields.len(), 6);
    for vendor in [VendorName::TruId, VendorName::Twilio] {
        assert!(
            passed(&test(&branch, as_stored(vendor)).await),
            "{vendor:?}"
        );
    }
}

/// What is read is held in memory until it is saved, and the file's text nowhere at all.
#[tokio::test]
async fn a_file_is_read_and_not_kept() {
    let branch = at_the_counter().await;
    let before = entry(&branch, Secret::TruId).await;
    let text = "SECRET_KEY=somebody's own\nTRU_ID_CLIENT=canary-id\nTRU_ID_SECRET=canary-secret";
    let taken = import(&branch, VendorFile::DotEnv, text).await;
    assert!(
        matches!(taken, VendorFileAnswer::Filled { .. }),
        "{taken:?}"
    );
    assert_eq!(entry(&branch, Secret::TruId).await, before);
    let stored = branch.everything_stored();
    let mut folders = vec![branch.data_folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(folder).expect("a folder") {
            let path = found.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).expect("a file");
            for canary in ["somebody's own", "canary-id", "canary-secret"] {
                let holds = |text: &[u8]| {
                    text.windows(canary.len())
                        .any(|part| part == canary.as_bytes())
                };
                assert!(!holds(&bytes), "{canary} is in {}", path.display());
                assert!(!stored.contains(canary), "{canary} is in the database");
            }
        }
    }
}
