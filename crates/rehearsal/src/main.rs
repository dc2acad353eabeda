//! The stand-ins as a program: starts them, says where they are, serves until it is ended.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use simgate_rehearsal::{Options, Rehearsal};

/// Stand-ins for tru.ID SIMCheck and Twilio Verify, on loopback only.
///
/// Prints one line of JSON with their URLs and credentials, and serves until it is ended.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port of the control API; 0 is any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { port } = Arguments::parse();
    let rehearsal = match Rehearsal::start(Options {
        port,
        credentials: None,
    })
    .await
    {
        Ok(rehearsal) => rehearsal,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "simgate-rehearsal: {error}");
            return ExitCode::FAILURE;
        }
    };
    let line = rehearsal.announcement();
    let mut stdout = std::io::stdout().lock();
    // Whoever started this reads the line; without it nobody could find the stand-ins.
    if writeln!(stdout, "{line}")
        .and_then(|()| stdout.flush())
        .is_err()
    {
        return ExitCode::FAILURE;
    }
    drop(stdout);
    let _ = tokio::signal::ctrl_c().await;
    rehearsal.stop().await;
    ExitCode::SUCCESS
}
