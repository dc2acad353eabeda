//! `vendors set VENDOR`

use serde_json::json;
use simgate_app::Console;
use simgate_app::contract::settings::{
    SaveAnswer, SaveVendorForm, TestAnswer, TestStep, VendorFieldProblem,
};
use simgate_app::contract::words::VendorName;

use super::vendors_test::{name, steps};
use crate::arguments::VendorsSet;
use crate::ending::{Ending, Exit, Failure};
use crate::fields::Fields;
use crate::installation::{Here, at};
use crate::words;

/// Tests a vendor's settings and keeps them.
pub async fn run(here: &Here, arguments: VendorsSet) -> Result<Ending, Failure> {
    let vendor = arguments.vendor.into();
    let fields = Fields::from_input(vendor)?;
    let done = at(here.open_with_vendors().await?, async |console| {
        set(console, vendor, &fields, arguments.untested).await
    });
    done.await
}

async fn set(
    console: &Console,
    vendor: VendorName,
    fields: &Fields,
    untested: bool,
) -> Result<Ending, Failure> {
    let mut tested = Vec::new();
    if !untested {
        match console.test_vendor(fields.form(vendor)).await? {
            TestAnswer::Tested {
                passed,
                steps: of_test,
            } => {
                tested = of_test;
                if !passed {
                    return Ok(not_passed(vendor, &tested));
                }
            }
            TestAnswer::Invalid { problems } => return Err(invalid(&problems)),
            TestAnswer::Keyring { fault } => return Err(Failure::closed(fault, None)),
        }
    }
    let form = SaveVendorForm {
        form: fields.form(vendor),
        untested,
    };
    let saved = console.save_vendor(form).await?;
    told(vendor, &tested, saved)
}

fn told(vendor: VendorName, tested: &[TestStep], answer: SaveAnswer) -> Result<Ending, Failure> {
    let failed =
        |code: &str, message: &str| Err(Failure::new(Exit::NotDone, code, message.to_owned()));
    match answer {
        SaveAnswer::Saved { status } => {
            let text = format!(
                "{}The settings of {} are saved. SIMgate works with them when it is next opened.",
                steps(tested),
                name(vendor)
            );
            let json =
                json!({ "vendor": vendor, "saved": true, "steps": tested, "status": status });
            Ok(Ending::done(text, json))
        }
        SaveAnswer::Invalid { problems } => Err(invalid(&problems)),
        SaveAnswer::Untested => failed("untested", "Not saved: they were not tested."),
        SaveAnswer::CodeTooShort { digits } => {
            let message = format!(
                "Not saved: the service sends codes of {digits} digits, and SIMgate takes none of \
                 fewer than six. Set six or more in the Twilio console."
            );
            Err(Failure::new(Exit::Refused, "code_too_short", message))
        }
        SaveAnswer::Keyring { fault } => Err(Failure::closed(fault, None)),
        SaveAnswer::NotRecorded { reference, undone } => {
            let message = if undone {
                "Not saved: it could not be put on record. Everything is as it was."
            } else {
                "It could not be put on record, and could not be undone either: the keyring holds the \
                 new settings."
            };
            let failure =
                Failure::with_reference(Exit::NotDone, "not_recorded", message, reference);
            Err(failure)
        }
    }
}

fn not_passed(vendor: VendorName, tested: &[TestStep]) -> Ending {
    let text = format!(
        "{}Not saved: they did not pass. Mend what is wrong, or save them all the same with --untested.",
        steps(tested)
    );
    let json = json!({ "vendor": vendor, "saved": false, "steps": tested });
    Ending::told(Exit::NotDone, text, json)
}

/// The fields that will not do, by their names.
pub fn invalid(problems: &[VendorFieldProblem]) -> Failure {
    let named = problems.iter().map(|problem| {
        let field = words::code(&problem.field);
        format!(
            "{field} {}",
            words::field_problem(&words::code(&problem.code))
        )
    });
    let named = named.collect::<Vec<_>>().join("; ");
    Failure::new(
        Exit::NotDone,
        "fields",
        format!("Nothing was done: {named}."),
    )
}
