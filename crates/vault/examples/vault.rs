//! The keyring by hand: `vault real|rehearsal get|put|delete tru-id|twilio|DATABASE`.
//!
//! `put` takes the value from standard input. What came of it is one line on standard output:
//! `ok`, `none`, `value ...`, or the name of the error. The tests of this crate run it in worlds
//! with and without a keyring.

use std::io::{Read, Write};

use simgate_vault::{Secret, Space, Vault, VaultError};

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let line = runtime.block_on(answer(&words));
    // The keyring's thread may hang for good: the process does not wait for it.
    runtime.shutdown_background();
    writeln!(std::io::stdout(), "{line}")?;
    std::process::exit(0)
}

async fn answer(words: &[&str]) -> String {
    let [space, act, name] = words else {
        return "usage: real|rehearsal get|put|delete tru-id|twilio|DATABASE".to_owned();
    };
    let space = if *space == "real" {
        Space::Real
    } else {
        Space::Rehearsal
    };
    let secret = match *name {
        "tru-id" => Secret::TruId,
        "twilio" => Secret::Twilio,
        database => Secret::DatabaseKey(database.to_owned()),
    };
    match work(space, act, &secret).await {
        Ok(line) => line,
        Err(error) => match error {
            VaultError::Failed(detail) => format!("Failed {detail}"),
            named @ (VaultError::Missing
            | VaultError::Locked
            | VaultError::TimedOut
            | VaultError::Denied
            | VaultError::Damaged) => format!("{named:?}"),
        },
    }
}

async fn work(space: Space, act: &str, secret: &Secret) -> Result<String, VaultError> {
    let vault = Vault::new(space)?;
    match act {
        "put" => {
            let mut value = Vec::new();
            std::io::stdin()
                .read_to_end(&mut value)
                .map_err(|error| VaultError::Failed(error.to_string()))?;
            vault.put(secret, &value).await?;
            Ok("ok".to_owned())
        }
        "delete" => vault.delete(secret).await.map(|()| "ok".to_owned()),
        _get => Ok(vault.get(secret).await?.map_or_else(
            || "none".to_owned(),
            |value| format!("value {}", String::from_utf8_lossy(&value)),
        )),
    }
}
