//! Testing settings, and that only what was tested is saved.

use simgate_app::contract::settings::{
    SaveAnswer, TestAnswer, TestCause, TestStepName, TruIdForm, TwilioForm, VendorField,
    VendorFieldCode, VendorFieldProblem, VendorFile, VendorForm,
};
use simgate_app::contract::words::VendorName;
use simgate_rehearsal::faults::{Door, Fault};
use simgate_rehearsal::{Call, Credentials, ProjectRule, ServiceRule, Vendor};
use simgate_vault::Secret;

use super::{
    as_stored, at_the_counter, entry, failed_at, import, passed, save, saved, signs_in_again,
    status, test, tru_id, twilio, typed, with_secret,
};
use crate::branch::{STEADY, expect_code, expect_counter};

#[tokio::test]
async fn a_test_of_what_is_stored_says_each_step() {
    let branch = at_the_counter().await;
    let answer = test(&branch, as_stored(VendorName::TruId)).await;
    assert!(passed(&answer), "{answer:?}");
    let answer = test(&branch, as_stored(VendorName::Twilio)).await;
    let TestAnswer::Tested { passed, steps } = answer else {
        panic!("it was tested");
    };
    let names: Vec<_> = steps.iter().map(|step| step.name).collect();
    assert_eq!(
        names,
        [
            TestStepName::HostReached,
            TestStepName::ServiceFound,
            TestStepName::CodeLength,
            TestStepName::Channels,
        ]
    );
    assert!(passed);
    assert_eq!(
        branch.sends() + branch.sim_checks(),
        0,
        "a test costs nothing"
    );
}

#[tokio::test]
async fn values_that_are_not_saved_can_be_tested_and_change_nothing() {
    let branch = at_the_counter().await;
    let before = entry(&branch, Secret::TruId).await;
    let answer = test(&branch, with_secret("not-the-secret")).await;
    let refused = [(TestStepName::TokenGranted, TestCause::Refused)];
    assert_eq!(failed_at(&answer), refused);
    assert_eq!(entry(&branch, Secret::TruId).await, before);
    expect_code(signs_in_again(&branch).await);
}

#[tokio::test]
async fn a_field_that_will_not_do_is_named_and_nobody_is_asked() {
    let branch = at_the_counter().await;
    let form = || {
        VendorForm::TruId(TruIdForm {
            host: Some("https://api.evil.example".to_owned()),
            client_id: Some("a:b".to_owned()),
            client_secret: Some(typed("two words")),
        })
    };
    let problem = |field, code| VendorFieldProblem { field, code };
    let problems = vec![
        problem(VendorField::Host, VendorFieldCode::HostNotAllowed),
        problem(VendorField::ClientId, VendorFieldCode::ClientIdForm),
        problem(VendorField::ClientSecret, VendorFieldCode::ClientSecretForm),
    ];
    let answer = test(&branch, form()).await;
    assert_eq!(
        answer,
        TestAnswer::Invalid {
            problems: problems.clone()
        }
    );
    let answer = save(&branch, form(), true).await;
    assert_eq!(answer, SaveAnswer::Invalid { problems });
    assert!(branch.vendors.ledger().is_empty());
}

#[tokio::test]
async fn nothing_is_saved_that_was_not_tested_unless_the_admin_says_so() {
    let branch = at_the_counter().await;
    let new = Credentials::random();
    let before = entry(&branch, Secret::TruId).await;
    assert_eq!(
        save(&branch, tru_id(&new), false).await,
        SaveAnswer::Untested
    );
    assert!(
        !passed(&test(&branch, tru_id(&new)).await),
        "the vendor knows them not"
    );
    assert_eq!(
        save(&branch, tru_id(&new), false).await,
        SaveAnswer::Untested
    );
    assert_eq!(entry(&branch, Secret::TruId).await, before);

    branch.vendors.change_credentials(&new).expect("new ones");
    assert!(passed(&test(&branch, tru_id(&new)).await));
    let other = Credentials {
        tru_client_secret: "another".to_owned(),
        ..new.clone()
    };
    assert_eq!(
        save(&branch, tru_id(&other), false).await,
        SaveAnswer::Untested,
        "what was tested is not what is saved"
    );
    assert!(saved(&save(&branch, tru_id(&new), false).await));
    assert!(
        saved(&save(&branch, twilio(&new), true).await),
        "the admin said so"
    );
    let [of_tru_id, of_twilio] = status(&branch).await;
    let now = Some("2026-11-23T09:11:00Z".to_owned());
    assert_eq!((of_tru_id.since, of_twilio.since), (now.clone(), now));
}

/// Every station that can be wrong is the one that is named, and nothing is sent to find out.
#[tokio::test]
async fn each_station_that_is_wrong_is_named() {
    use TestCause as C;
    use TestStepName as S;

    let branch = at_the_counter().await;
    let known = branch.vendors.credentials().clone();
    let failed = async |form: VendorForm| failed_at(&test(&branch, form).await);
    assert_eq!(
        failed(with_secret("no")).await,
        [(S::TokenGranted, C::Refused)]
    );
    let another = |twilio: TwilioForm| VendorForm::Twilio(twilio);
    let no_secret = another(TwilioForm {
        sid: None,
        secret: Some(typed("no")),
        service_sid: None,
    });
    assert_eq!(failed(no_secret).await, [(S::ServiceFound, C::Refused)]);
    let no_service = another(TwilioForm {
        sid: None,
        secret: None,
        service_sid: Some(format!("VA{}", "9".repeat(32))),
    });
    assert_eq!(
        failed(no_service).await,
        [(S::ServiceFound, C::ServiceMissing)]
    );

    let no_scope = ProjectRule {
        scopes: vec!["phone_check".to_owned()],
        ..ProjectRule::default()
    };
    branch.vendors.set_project(no_scope).expect("a project");
    assert_eq!(
        failed(tru_id(&known)).await,
        [
            (S::TokenGranted, C::ScopeMissing),
            (S::ScopeHeld, C::ScopeMissing)
        ]
    );

    for (vendor, form) in [
        (Vendor::TruId, tru_id(&known)),
        (Vendor::TwilioVerify, twilio(&known)),
    ] {
        let gone = Fault {
            vendor: Some(vendor),
            ..Fault::default().behind(Door::Refuse)
        };
        branch.vendors.set_fault(gone).await.expect("a fault");
        assert_eq!(failed(form).await, [(S::HostReached, C::Network)]);
    }
    assert_eq!(branch.sends() + branch.sim_checks(), 0);
}

/// OT8.
#[tokio::test]
async fn a_service_with_short_codes_cannot_be_made_live() {
    let branch = at_the_counter().await;
    let known = branch.vendors.credentials().clone();
    let rule = ServiceRule {
        code_length: 4,
        ..ServiceRule::default()
    };
    branch.vendors.set_service(rule).expect("a service");
    let before = entry(&branch, Secret::Twilio).await;
    let answer = test(&branch, twilio(&known)).await;
    let short = [(TestStepName::CodeLength, TestCause::CodeTooShort)];
    assert_eq!(failed_at(&answer), short);
    assert_eq!(
        save(&branch, twilio(&known), false).await,
        SaveAnswer::Untested
    );
    assert_eq!(
        save(&branch, twilio(&known), true).await,
        SaveAnswer::CodeTooShort { digits: 4 },
        "nobody's word makes up for it"
    );
    assert_eq!(entry(&branch, Secret::Twilio).await, before);
}

#[tokio::test]
async fn a_vendor_that_cannot_be_reached_can_be_saved_untested_only() {
    let branch = at_the_counter().await;
    let known = branch.vendors.credentials().clone();
    let down = Fault::on(Call::Service).answering(503, &[], "");
    branch.vendors.set_fault(down).await.expect("a fault");
    let answer = test(&branch, twilio(&known)).await;
    let failed = [(TestStepName::ServiceFound, TestCause::VendorFailed)];
    assert_eq!(failed_at(&answer), failed);
    assert_eq!(
        save(&branch, twilio(&known), false).await,
        SaveAnswer::Untested
    );
    assert!(saved(&save(&branch, twilio(&known), true).await));
}

/// The vendor answers when somebody else has long begun with the settings.
#[tokio::test]
async fn a_test_of_a_session_that_is_over_touches_nothing_of_the_next() {
    let branch = at_the_counter().await;
    let known = branch.vendors.credentials().clone();
    let slow = Fault {
        delay_ms: 2_000,
        ..Fault::on(Call::Service).times(1)
    };
    branch.vendors.set_fault(slow).await.expect("a fault");
    let (tested, ()) = tokio::join!(test(&branch, as_stored(VendorName::Twilio)), async {
        branch.asked(Call::Service, 1).await;
        expect_code(signs_in_again(&branch).await);
        expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
        let text = format!("TWILIO_AUTH_TOKEN={}\n", known.twilio_auth_token);
        import(&branch, VendorFile::DotEnv, &text).await;
    });
    assert!(passed(&tested), "{tested:?}");
    let [_, of_twilio] = status(&branch).await;
    assert_eq!(
        of_twilio.unsaved.len(),
        1,
        "what was imported is still here"
    );
}
