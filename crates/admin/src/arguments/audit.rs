//! The arguments of `audit`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// The record.
#[derive(Subcommand)]
pub enum AuditCommand {
    /// Proves that every entry is as it was written and that none is missing, or names the first that
    /// is not.
    #[command(after_help = "\
Examples:
  simgate-admin audit verify
  simgate-admin audit verify record.jsonl
  simgate-admin audit verify record.jsonl --key 3b6a27bc...

With a FILE, that exported file alone is proved: on any machine, with neither keyring nor database. A
file proves that it was exported under the key that it names; whether that is the branch's own, only
the key that the branch tells you on another way can say, with --key.")]
    Verify(Verify),
    /// Writes the record to a new file, as JSON Lines that prove themselves.
    #[command(after_help = "\
Example:
  simgate-admin audit export record.jsonl

Keep the public key that is printed apart from the file: audit verify FILE --key KEY compares it.")]
    Export(AuditExport),
}

/// Arguments of `audit verify`.
#[derive(Args)]
pub struct Verify {
    /// An exported file; without one, the database.
    pub file: Option<PathBuf>,
    /// The public key that the file must have been exported under, in hexadecimal digits.
    #[arg(long, value_name = "KEY", requires = "file", value_parser = key)]
    pub key: Option<[u8; 32]>,
}

/// Arguments of `audit export`.
#[derive(Args)]
pub struct AuditExport {
    /// The new file, which nobody else may read.
    pub file: PathBuf,
}

fn key(typed: &str) -> Result<[u8; 32], &'static str> {
    const FORM: &str = "64 hexadecimal digits";
    let mut key = [0; 32];
    if typed.len() != 64 || !typed.bytes().all(|sign| sign.is_ascii_hexdigit()) {
        return Err(FORM);
    }
    for (byte, place) in key.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(&typed[place..place + 2], 16).map_err(|_| FORM)?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_64_digits() {
        assert_eq!(key(&"0f".repeat(32)), Ok([15; 32]));
        for typed in [
            "",
            "0f",
            &"0f".repeat(33),
            &"zz".repeat(32),
            &"é".repeat(32),
        ] {
            assert!(key(typed).is_err(), "{typed}");
        }
    }
}
