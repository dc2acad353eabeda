//! `people unlock NAME`

use serde_json::json;
use simgate_app::people::UnlockAnswer;

use super::recover_admin::nobody;
use crate::arguments::Unlock;
use crate::ending::{Ending, Failure};
use crate::installation::{Here, at};

/// Forgets the tries that have locked somebody.
pub async fn run(here: &Here, arguments: Unlock) -> Result<Ending, Failure> {
    let answer = at(here.open().await?, async |console| {
        console.unlock_person(&arguments.name).await
    });
    match answer.await? {
        UnlockAnswer::Done { person, was_locked } => {
            let name = &person.username;
            let text = if was_locked {
                format!("{name} is unlocked: wrong passwords and codes are forgotten.")
            } else {
                format!("{name} was not locked. Wrong passwords and codes are forgotten.")
            };
            let json = json!({ "person": person, "wasLocked": was_locked });
            Ok(Ending::done(text, json))
        }
        UnlockAnswer::Nobody => Err(nobody(&arguments.name)),
    }
}
