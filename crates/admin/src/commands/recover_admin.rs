//! `recover-admin NAME`

use serde_json::json;
use simgate_app::people::{NewNumber, RecoveredAdmin, RecoveryAnswer};

use crate::arguments::RecoverAdmin;
use crate::ending::{Ending, Exit, Failure};
use crate::installation::{Here, at};
use crate::table::plain;
use crate::words::NOT_SET_UP;

/// Makes somebody an admin who can sign in again.
pub async fn run(here: &Here, arguments: RecoverAdmin) -> Result<Ending, Failure> {
    let RecoverAdmin {
        name,
        phone,
        country,
    } = arguments;
    let number = phone.map(|phone| NewNumber { phone, country });
    let answer = at(here.open().await?, async |console| {
        console.recover_admin(&name, number).await
    });
    match answer.await? {
        RecoveryAnswer::Done(admin) => Ok(told(&admin)),
        RecoveryAnswer::NotBegun => Err(Failure::new(
            Exit::Refused,
            "not_set_up",
            NOT_SET_UP.to_owned(),
        )),
        RecoveryAnswer::Nobody => Err(nobody(&name)),
        RecoveryAnswer::IsThere => Err(Failure::new(
            Exit::Refused,
            "username_taken",
            format!(
                "There is somebody called {}, who keeps their number. Leave --phone out.",
                plain(&name)
            ),
        )),
    }
}

fn told(admin: &RecoveredAdmin) -> Ending {
    let RecoveredAdmin {
        person,
        added,
        one_time_password,
    } = admin;
    let (name, ending) = (&person.username, &person.number_ending);
    let what = if *added { "was added as" } else { "is" };
    let password = one_time_password.as_str();
    Ending::done(
        format!(
            "{name} {what} an admin who can sign in.\n\n    {password}\n\n\
             This one-time password is shown this once. It is good for one sign-in within 24 hours, \
             and has to be\nchanged there. The SIM of the phone that ends in {ending} is checked, and \
             a code is sent to it, as ever."
        ),
        json!({ "person": person, "added": added, "oneTimePassword": one_time_password }),
    )
}

/// There is nobody of that name.
pub fn nobody(name: &str) -> Failure {
    let message = format!("There is nobody called {}.", plain(name));
    Failure::new(Exit::NotDone, "nobody", message)
}
