//! The command line.

use std::path::PathBuf;

use clap::Parser;

/// Staff sign-in that checks the SIM before a code is sent.
#[derive(Parser)]
#[command(name = "simgate", version, about)]
pub struct Arguments {
    /// Try the program with no vendor account: stand-ins answer, nothing is sent, and a phone in
    /// the window shows the codes.
    #[arg(long)]
    pub rehearsal: bool,

    /// Keep the database and the logs in this folder instead of where the system expects them.
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,

    /// In a rehearsal, write one line of JSON with the stand-ins' addresses and credentials to
    /// this file, for whoever wants to look at their ledger or set a fault.
    #[arg(long, value_name = "FILE", requires = "rehearsal")]
    pub rehearsal_announce: Option<PathBuf>,
}
