//! The vendors' settings: tested, saved all together or not at all, never shown, and worked with
//! from the moment they are saved.

mod importing;
mod saving;
mod telling;
mod testing;
mod trying;

use simgate_app::contract::args::Typed;
use simgate_app::contract::settings::{
    SaveAnswer, SaveVendorForm, TestAnswer, TestCause, TestResult, TestStep, TestStepName,
    TruIdForm, TryForm, TwilioForm, VendorFile, VendorFileAnswer, VendorFileForm, VendorForm,
    VendorStatus, VendorsStatus,
};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ChannelName, VendorName};
use simgate_rehearsal::Credentials;
use simgate_vault::Secret;

use crate::branch::{Branch, PASSWORD, STEADY, expect_code, expect_counter, minutes};

/// A branch with an admin at the counter.
pub async fn at_the_counter() -> Branch {
    at_the_counter_as("admin").await
}

/// Maria at the counter, in this role.
pub async fn at_the_counter_as(role: &str) -> Branch {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    let given = branch.raw().execute("UPDATE users SET role = ?1", [role]);
    assert_eq!(given.expect("the table of people"), 1);
    branch.wait(minutes(11)).await;
    expect_code(branch.sign_in("maria").await.expect("a code"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    branch.vendors.clear_ledger();
    branch
}

/// Password, SIM check and code once more, without leaving the counter.
pub async fn prove_anew(branch: &Branch) {
    branch.app.step_up(typed(PASSWORD)).await.expect("right");
    expect_code(branch.settled().await);
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
}

pub fn try_form(form: Option<VendorForm>) -> TryForm {
    TryForm {
        form,
        channel: ChannelName::Sms,
    }
}

pub fn typed(text: &str) -> Typed {
    Typed::from(text.to_owned())
}

pub fn tru_id(known: &Credentials) -> VendorForm {
    VendorForm::TruId(TruIdForm {
        host: Some("eu".to_owned()),
        client_id: Some(known.tru_client_id.clone()),
        client_secret: Some(typed(&known.tru_client_secret)),
    })
}

pub fn twilio(known: &Credentials) -> VendorForm {
    VendorForm::Twilio(TwilioForm {
        sid: Some(known.twilio_account_sid.clone()),
        secret: Some(typed(&known.twilio_auth_token)),
        service_sid: Some(known.twilio_service_sid.clone()),
    })
}

pub fn as_stored(vendor: VendorName) -> VendorForm {
    match vendor {
        VendorName::TruId => VendorForm::TruId(TruIdForm {
            host: None,
            client_id: Some(String::new()),
            client_secret: None,
        }),
        VendorName::Twilio => VendorForm::Twilio(TwilioForm {
            sid: None,
            secret: Some(typed("")),
            service_sid: None,
        }),
    }
}

pub fn with_secret(secret: &str) -> VendorForm {
    VendorForm::TruId(TruIdForm {
        host: None,
        client_id: None,
        client_secret: Some(typed(secret)),
    })
}

pub async fn test(branch: &Branch, form: VendorForm) -> TestAnswer {
    branch.app.test_vendor(form).await.expect("an answer")
}

pub async fn save(branch: &Branch, form: VendorForm, untested: bool) -> SaveAnswer {
    let form = SaveVendorForm { form, untested };
    branch.app.save_vendor(form).await.expect("an answer")
}

pub async fn status(branch: &Branch) -> [VendorStatus; 2] {
    match branch.app.vendors().await.expect("an answer") {
        VendorsStatus::Known { tru_id, twilio, .. } => [tru_id, twilio],
        keyring @ VendorsStatus::Keyring { .. } => panic!("{keyring:?}"),
    }
}

pub async fn import(branch: &Branch, file: VendorFile, text: &str) -> VendorFileAnswer {
    let text = typed(text);
    let taken = branch.app.import_vendor_file(VendorFileForm { file, text });
    taken.await.expect("an answer")
}

pub fn passed(answer: &TestAnswer) -> bool {
    matches!(answer, TestAnswer::Tested { passed: true, .. })
}

pub fn saved(answer: &SaveAnswer) -> bool {
    matches!(answer, SaveAnswer::Saved { .. })
}

pub fn failed_at(answer: &TestAnswer) -> Vec<(TestStepName, TestCause)> {
    let TestAnswer::Tested { steps, .. } = answer else {
        panic!("it was tested, not {answer:?}");
    };
    let failed = |step: &TestStep| match step.result {
        TestResult::Failed { cause, .. } => Some((step.name, cause)),
        TestResult::Passed { .. } | TestResult::NotReached => None,
    };
    steps.iter().filter_map(failed).collect()
}

/// What the keyring holds of a vendor, as it is.
pub async fn entry(branch: &Branch, secret: Secret) -> Option<String> {
    let vault = branch.keyring.vault();
    let found = vault.get(&secret).await.expect("the keyring answers");
    found.map(|bytes| String::from_utf8(bytes.to_vec()).expect("text"))
}

/// They leave, and come back when codes are theirs again.
pub async fn signs_in_again(branch: &Branch) -> View {
    branch.app.sign_out().await.expect("a sign-out");
    branch.wait(minutes(11)).await;
    branch.sign_in("maria").await.expect("a right password")
}
