//! Secrets from standard input, and never from an argument, which every program of the machine can
//! read.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use simgate_app::contract::args::Typed;

use crate::ending::{Exit, Failure};

/// Bytes of a recovery key at the most, with what stands between its groups.
const LONGEST_KEY: u64 = 1_024;

/// Reads all of it, if it is no longer than that.
///
/// # Errors
/// Where it cannot be read, is no text, or is longer.
pub fn read(input: impl Read, longest: u64) -> Result<Typed, Failure> {
    let mut text = room_for(longest);
    let read = input.take(longest + 1).read_to_string(&mut text);
    taken(text, read, longest)
}

/// The recovery key, from one line where somebody types it.
///
/// # Errors
/// As [`read`].
pub fn recovery_key() -> Result<Typed, Failure> {
    let input = io::stdin();
    if !input.is_terminal() {
        return read(input.lock(), LONGEST_KEY);
    }
    tell("Type the recovery key of the kit, then Enter. What you type is shown.");
    let mut text = room_for(LONGEST_KEY);
    let read = input.lock().take(LONGEST_KEY + 1).read_line(&mut text);
    taken(text, read, LONGEST_KEY)
}

/// A text that grows nowhere else: what it leaves behind where it grows is not wiped.
fn room_for(longest: u64) -> String {
    let room = usize::try_from(longest).unwrap_or(usize::MAX);
    String::with_capacity(room.saturating_add(1))
}

/// Helps whoever types.
pub fn tell(words: &str) {
    let _unread = writeln!(io::stderr(), "{words}");
}

fn taken(text: String, read: io::Result<usize>, longest: u64) -> Result<Typed, Failure> {
    let text = Typed::from(text);
    read.map_err(|error| refused(format!("Standard input cannot be read: {error}.")))?;
    if text.as_str().len() as u64 > longest {
        return Err(refused("Standard input is too long for that.".to_owned()));
    }
    Ok(text)
}

/// What was read is not quoted: it may be secret.
pub fn refused(message: String) -> Failure {
    Failure::new(Exit::NotDone, "input", message)
}
