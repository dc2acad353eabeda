//! The command line.

mod audit;
mod people;
mod recovery;
mod vendors;

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use audit::{AuditCommand, AuditExport};
pub use people::{Export, Import, PeopleCommand, Unlock};
pub use recovery::{Backup, Restore};
pub use vendors::{VendorsCommand, VendorsSet, VendorsTest};

/// SIMgate at the command line: for what must work with no window.
///
/// Whoever runs it has this machine's account and its keyring, and with them everything that SIMgate
/// keeps. What is done here is on record as done at the command line. SIMgate itself must be closed.
#[derive(Parser)]
#[command(name = "simgate-admin", version, about, after_help = EXITS, propagate_version = true)]
pub struct Arguments {
    /// The folder of the database, where it is not where the system expects it.
    #[arg(long, value_name = "DIR", global = true, help_heading = ANYWHERE)]
    pub data_dir: Option<PathBuf>,

    /// Works on the rehearsal's folder and its entries of the keyring.
    #[arg(long, global = true, help_heading = ANYWHERE)]
    pub rehearsal: bool,

    /// Prints one JSON document instead of text.
    #[arg(long, global = true, help_heading = ANYWHERE)]
    pub json: bool,

    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

/// What ISO 3166 leaves for a country that is not known: a number without + is none then.
const NO_COUNTRY: &str = "ZZ";

/// What stands over the options that every command has.
const ANYWHERE: &str = "Options of every command";

const EXITS: &str = "\
Exit codes:
  0  done, and nothing wrong was found
  1  something wrong was found, or it was not done
  2  the command line is not understood
  3  the keyring or the database cannot be opened, or SIMgate is open
  4  refused: the rules of SIMgate do not let it be done

Examples:
  simgate-admin doctor
  simgate-admin backup /media/stick
  simgate-admin people import staff.csv --dry-run
  simgate-admin --json audit verify record.jsonl
  simgate-admin recover-admin maria.lopez";

/// The end of each command's help.
const ENDS: &str = "\
Exit codes: 0 done, 1 not done or something wrong found, 2 not understood, 3 cannot be opened or SIMgate
is open, 4 refused.";

impl Arguments {
    /// The command line as typed.
    ///
    /// # Errors
    /// What is not understood, and what was asked for with `--help` or `--version`.
    pub fn read() -> Result<Self, clap::Error> {
        let matches = with_exit_codes(Self::command()).try_get_matches()?;
        Self::from_arg_matches(&matches)
    }
}

fn with_exit_codes(command: clap::Command) -> clap::Command {
    if command.has_subcommands() {
        return command.mut_subcommands(with_exit_codes);
    }
    let examples = command.get_after_help().map(ToString::to_string);
    let examples = examples.unwrap_or_default();
    command.after_help(format!("{examples}\n\n{ENDS}"))
}

/// Whether clap would show again what was typed where no such argument is: it may be secret.
pub fn may_show_a_secret(error: &clap::Error) -> bool {
    let argument = error.get(ContextKind::InvalidArg);
    let is_value =
        matches!(argument, Some(ContextValue::String(argument)) if !argument.starts_with('-'));
    // Of an option it is the option that is shown, or its value, of which none is secret.
    let shows = matches!(
        error.kind(),
        ErrorKind::UnknownArgument | ErrorKind::InvalidValue | ErrorKind::InvalidSubcommand
    );
    shows && is_value
}

/// What is to be done.
#[derive(Subcommand)]
pub enum Command {
    /// Looks whether everything is there that SIMgate works with, and says what to do where it is not.
    #[command(after_help = "\
Examples:
  simgate-admin doctor
  simgate-admin --rehearsal doctor
  simgate-admin --json doctor | jq .result.checks

It ends with 0 where SIMgate can work, with 1 where something is missing or wrong, and with 3 where
the keyring or the database cannot be opened.")]
    Doctor,
    /// Writes all that SIMgate keeps into one encrypted file.
    #[command(after_help = recovery::AFTER_BACKUP)]
    Backup(Backup),
    /// Tells what a backup is and what it would take the place of, or puts it there.
    #[command(after_help = recovery::AFTER_RESTORE)]
    Restore(Restore),
    /// The people: in from a file, out to one, unlocked.
    #[command(
        subcommand,
        after_help = "\
Examples:
  simgate-admin people import staff.csv --dry-run
  simgate-admin people export people.csv
  simgate-admin people unlock maria.lopez"
    )]
    People(PeopleCommand),
    /// The record of what was done and refused.
    #[command(
        subcommand,
        after_help = "\
Examples:
  simgate-admin audit verify
  simgate-admin audit export record.jsonl"
    )]
    Audit(AuditCommand),
    /// The settings of tru.ID and Twilio.
    #[command(
        subcommand,
        after_help = "\
Examples:
  simgate-admin vendors set twilio < twilio.txt
  simgate-admin vendors test"
    )]
    Vendors(VendorsCommand),
    /// Makes somebody an admin who can sign in again: active, unlocked, with a one-time password.
    #[command(after_help = "\
Examples:
  simgate-admin recover-admin maria.lopez
  simgate-admin recover-admin ana.gil --phone '+44 7700 900100'
  simgate-admin recover-admin ana.gil --phone '07700 900100' --country GB

The password is printed this once, to hand over: it is good for one sign-in within 24 hours, with its
SIM check and its code, and has to be changed there. With --phone, somebody who is not there yet is
added. Before anybody has set SIMgate up there is nothing to recover: that is done in its window.")]
    RecoverAdmin(RecoverAdmin),
}

/// Arguments of `recover-admin`.
#[derive(Args)]
pub struct RecoverAdmin {
    /// Their name.
    pub name: String,
    /// Their number, where they are not there yet and are to be added.
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,
    /// The country of the number, if it has no + (ISO 3166-1, two letters).
    #[arg(long, value_name = "CODE", default_value = NO_COUNTRY, hide_default_value = true, value_parser = country)]
    pub country: String,
}

impl Command {
    /// Its name, as it is typed.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Doctor => "doctor",
            Self::Backup(_) => "backup",
            Self::Restore(_) => "restore",
            Self::People(PeopleCommand::Import(_)) => "people import",
            Self::People(PeopleCommand::Export(_)) => "people export",
            Self::People(PeopleCommand::Unlock(_)) => "people unlock",
            Self::Audit(AuditCommand::Verify(_)) => "audit verify",
            Self::Audit(AuditCommand::Export(_)) => "audit export",
            Self::Vendors(VendorsCommand::Set(_)) => "vendors set",
            Self::Vendors(VendorsCommand::Test(_)) => "vendors test",
            Self::RecoverAdmin(_) => "recover-admin",
        }
    }
}

fn country(typed: &str) -> Result<String, &'static str> {
    let two_letters = typed.len() == 2 && typed.bytes().all(|sign| sign.is_ascii_alphabetic());
    if two_letters {
        Ok(typed.to_ascii_uppercase())
    } else {
        Err("two letters, such as GB")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_shows_an_example_and_every_leaf_its_exit_codes() {
        fn look(command: &clap::Command) {
            let help = command.get_after_help().map(ToString::to_string);
            let help = help.unwrap_or_default();
            let name = command.get_name();
            assert!(help.contains("  simgate-admin "), "{name} has no example");
            if command.has_subcommands() {
                command.get_subcommands().for_each(look);
            } else {
                assert!(help.ends_with(ENDS), "{name} tells no exit codes");
            }
        }
        look(&with_exit_codes(Arguments::command()));
    }

    #[test]
    fn what_may_be_secret_is_not_shown_again() {
        for typed in ["secret=s3cret", "s3cret"] {
            let read = Arguments::try_parse_from(["", "vendors", "set", "twilio", typed]);
            let error = read.err().expect("one too many");
            assert!(may_show_a_secret(&error), "{typed}");
            let read = Arguments::try_parse_from(["", "vendors", "set", typed]);
            let error = read.err().expect("no such vendor");
            assert!(may_show_a_secret(&error), "{typed}");
        }
        for typed in ["--secret=s3cret", "--secret"] {
            let read = Arguments::try_parse_from(["", "vendors", "set", "twilio", typed]);
            let error = read.err().expect("there is none such");
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
    }
}
