//! `vendors test [VENDOR]`

use serde_json::{Value, json};
use simgate_app::Console;
use simgate_app::contract::settings::{TestAnswer, TestDetail, TestResult, TestStep};
use simgate_app::contract::words::VendorName;

use crate::arguments::VendorsTest;
use crate::ending::{Ending, Exit, Failure};
use crate::fields::Fields;
use crate::installation::{Here, at};
use crate::table::Table;
use crate::words;

/// Tests the settings that are stored.
pub async fn run(here: &Here, arguments: VendorsTest) -> Result<Ending, Failure> {
    let vendors = match arguments.vendor {
        Some(vendor) => vec![vendor.into()],
        None => vec![VendorName::TruId, VendorName::Twilio],
    };
    let tests = at(here.open_with_vendors().await?, async |console| {
        test(console, vendors).await
    });
    Ok(told(here, &tests.await?))
}

async fn test(
    console: &Console,
    vendors: Vec<VendorName>,
) -> Result<Vec<(VendorName, TestAnswer)>, Failure> {
    let mut tests = Vec::new();
    for vendor in vendors {
        // With nothing typed, what is stored is tested.
        let answer = console.test_vendor(Fields::default().form(vendor)).await?;
        if let TestAnswer::Keyring { fault } = answer {
            return Err(Failure::closed(fault, None));
        }
        tests.push((vendor, answer));
    }
    Ok(tests)
}

fn told(here: &Here, tests: &[(VendorName, TestAnswer)]) -> Ending {
    let mut exit = Exit::Done;
    let mut text = String::new();
    let mut json = Vec::new();
    for (vendor, answer) in tests {
        let vendor = *vendor;
        text.extend([name(vendor), "\n"]);
        let (passed, told) = match answer {
            TestAnswer::Tested { passed, steps: of } => {
                text.push_str(&steps(of));
                (
                    *passed,
                    json!({ "vendor": vendor, "passed": passed, "steps": of }),
                )
            }
            TestAnswer::Invalid { .. } | TestAnswer::Keyring { .. } => {
                text.push_str("Its settings are not there, or not whole. ");
                text.push_str(if here.rehearsal {
                    "A rehearsal works without them.\n\n"
                } else {
                    "Set them in the window, or with simgate-admin vendors set.\n\n"
                });
                let none: [Value; 0] = [];
                (
                    false,
                    json!({ "vendor": vendor, "passed": false, "steps": none }),
                )
            }
        };
        json.push(told);
        if !passed {
            exit = Exit::NotDone;
        }
    }
    text.push_str(match exit {
        Exit::Done => "All steps passed. It sent nothing and cost nothing.",
        Exit::NotDone | Exit::NotUnderstood | Exit::Closed | Exit::Refused => "NOT ALL IS WELL.",
    });
    Ending::told(exit, text, json!({ "tests": json }))
}

/// The vendor, as people know it.
pub const fn name(vendor: VendorName) -> &'static str {
    match vendor {
        VendorName::TruId => "tru.ID",
        VendorName::Twilio => "Twilio",
    }
}

/// The steps of a test, one under another; nothing where there are none.
pub fn steps(of: &[TestStep]) -> String {
    if of.is_empty() {
        return String::new();
    }
    let mut table = Table::new(["step", "", "found"]);
    for step in of {
        let (state, found) = match step.result {
            TestResult::Passed { detail } => ("good", learnt(detail)),
            TestResult::Failed { cause, .. } => ("BAD", words::test_cause(&words::code(&cause))),
            TestResult::NotReached => ("not seen", String::new()),
        };
        let step = words::test_step(&words::code(&step.name));
        table.row([step, state.to_owned(), found]);
    }
    table.text() + "\n"
}

fn learnt(detail: TestDetail) -> String {
    match detail {
        TestDetail::Nothing => String::new(),
        TestDetail::CodeLength { digits } => format!("they have {digits}"),
        TestDetail::Channels { call_wants_key } => {
            let key = match call_wants_key {
                Some(true) => "; whoever is called must press a key first",
                Some(false) | None => "",
            };
            format!("which are switched on shows when a code is sent{key}")
        }
    }
}
