//! The arguments of `people`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{NO_COUNTRY, country};

/// The people.
#[derive(Subcommand)]
pub enum PeopleCommand {
    /// Takes the people of a CSV file in, or none of them where one of its rows is bad.
    #[command(after_help = "\
Examples:
  simgate-admin people import staff.csv --dry-run
  simgate-admin people import staff.csv
  simgate-admin people import staff.csv --good --country GB

The file is text in UTF-8 of 5 MB at the most. Its first row names the columns, in any order:
  username,phone,channel,role
  maria.lopez,+44 7700 900146,sms,staff

Whoever comes in so has no password before an admin gives them one in the window. It ends with 1 where
rows are bad and were not left out with --good.")]
    Import(Import),
    /// Writes everyone to a new CSV file, numbers as their last two digits.
    #[command(after_help = "\
Examples:
  simgate-admin people export people.csv
  simgate-admin people export people.csv --whole-numbers

That it was done, and whether with whole numbers, is on record.")]
    Export(Export),
    /// Forgets the wrong passwords and codes that have locked somebody.
    #[command(after_help = "\
Example:
  simgate-admin people unlock maria.lopez")]
    Unlock(Unlock),
}

/// Arguments of `people import`.
#[derive(Args)]
pub struct Import {
    /// The CSV file.
    pub file: PathBuf,
    /// Looks at every row, and writes nothing.
    #[arg(long, conflicts_with = "good")]
    pub dry_run: bool,
    /// Takes the good rows, and leaves the bad ones out.
    #[arg(long)]
    pub good: bool,
    /// The country of numbers that have no + (ISO 3166-1, two letters).
    #[arg(long, value_name = "CODE", default_value = NO_COUNTRY, hide_default_value = true, value_parser = country)]
    pub country: String,
}

/// Arguments of `people export`.
#[derive(Args)]
pub struct Export {
    /// The new file, which nobody else may read.
    pub file: PathBuf,
    /// Writes numbers whole.
    #[arg(long)]
    pub whole_numbers: bool,
}

/// Arguments of `people unlock`.
#[derive(Args)]
pub struct Unlock {
    /// Their name.
    pub name: String,
}
