//! Files that people have their credentials in already. Nothing is read from disk here, and nothing
//! is kept: text comes in, and what was found in it goes out.

mod dot_env;
mod tru_json;

pub use dot_env::{DotEnv, DotEnvError, dot_env};
pub use tru_json::{TruJson, TruJsonError, tru_json};

/// The longest file that is looked at, in bytes. Both kinds have some hundred.
pub const LONGEST_FILE: usize = 64 * 1024;

/// A file's text without the mark that some editors put before it.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
