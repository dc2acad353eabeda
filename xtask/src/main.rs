//! `cargo xtask`: the one entry to set SIMgate up, run it and test it.
//!
//! It needs nothing but Rust to start, and says what else is missing. `setup` installs, `run` opens
//! the window, `admin` is its twin at the command line, `test` proves everything (and each part alone), `bench`
//! measures, `tour` takes pictures.
#![expect(
    clippy::print_stdout,
    reason = "this program's output is for the person who typed it"
)]

#[cfg(test)]
mod assurance;
mod bench;
mod contract;
mod node;
mod packages;
mod run;
mod secrets;
mod session;
mod shell;
mod test;
mod tour;
mod tree;
mod ui;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use packages::For;
use test::Part;

/// Sets SIMgate up, runs it and tests it.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
enum Command {
    /// Install what is missing: system packages (Debian, Ubuntu) and the UI's own.
    Setup,
    /// Build SIMgate and open its window, in rehearsal unless told otherwise.
    Run {
        /// What SIMgate is started with, in place of `--rehearsal`.
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Build `simgate-admin` and start it on the rehearsal that `run` opens, while that is closed.
    Admin {
        /// What it is told, such as `doctor`.
        #[arg(last = true, required = true)]
        arguments: Vec<String>,
    },
    /// Run every test, or one part of them.
    Test {
        /// The part to run.
        #[arg(value_enum, default_value_t = Part::All)]
        part: Part,
    },
    /// The real window, end to end: the same as `test window`.
    E2e,
    /// Measure what must stay fast, each as a ratio to its floor; fails above a bound.
    Bench {
        /// How long the long lists are: 100 000 people and 1 000 000 entries unless told otherwise.
        #[arg(last = true)]
        long: Option<u64>,
    },
    /// Walk the real window through every screen and keep pictures.
    Tour {
        /// Where the pictures go.
        #[arg(long, value_name = "DIR", default_value = "target/tour")]
        out: PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Setup => packages::install(For::Building)
            .and_then(|()| node::install())
            .map(|()| ExitCode::SUCCESS),
        Command::Run { arguments } => run::run(arguments),
        Command::Admin { arguments } => run::admin(arguments),
        Command::Test { part } => test::test(part),
        Command::Bench { long } => bench::bench(long).map(|()| ExitCode::SUCCESS),
        Command::E2e => test::test(Part::Window),
        Command::Tour { out } => tour::tour(&out).map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|error| {
        println!("\nxtask: {error:#}");
        ExitCode::FAILURE
    })
}
