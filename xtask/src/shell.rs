//! Running other programs: said first, then done, and a failure is an error.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::tree::{self, PROFILE};

/// Says what is run, runs it, and fails if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", line(command));
    finish(command, &name(command))
}

/// The same, where `command` stands for `meant` with a wrapper around it.
pub fn run_wrapped(command: &mut Command, meant: &Command) -> Result<()> {
    println!("$ {}   (in a session of its own)", line(meant));
    finish(command, &name(meant))
}

fn finish(command: &mut Command, name: &str) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("starting {}", command.get_program().display()))?;
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    Ok(())
}

/// Whether a program runs and succeeds; what it prints is not shown.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a program prints, if it can be started and succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Cargo, at the top of the repository.
pub fn cargo(subcommand: &str) -> Command {
    let cargo = tree::variable("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command.current_dir(tree::root()).arg(subcommand);
    command
}

/// Cargo over the whole workspace with the one profile that everything shares.
pub fn cargo_workspace(subcommand: &str) -> Command {
    let mut command = cargo(subcommand);
    command.args(["--workspace", "--locked", "--profile", PROFILE]);
    command
}

/// Npm, in the UI's folder.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(tree::ui()).args(arguments);
    command
}

fn name(command: &Command) -> String {
    let program = command.get_program().to_string_lossy().into_owned();
    program.rsplit(['/', '\\']).next().unwrap_or("").to_owned()
}

fn line(command: &Command) -> String {
    let arguments = command.get_args().map(|word| word.to_string_lossy());
    arguments.fold(name(command), |line, word| line + " " + &word)
}
