//! `cargo xtask run`: from a fresh clone to a window.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::packages::{self, For};
use crate::session::Session;
use crate::tree::{self, PROFILE};
use crate::{node, secrets, shell, ui};

const REHEARSAL: &str = "--rehearsal";

/// Builds the program and opens it with these arguments, or in rehearsal.
pub fn run(arguments: Vec<String>) -> Result<ExitCode> {
    if !has_display() {
        println!(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window \
             can open.\nTo see the screens as pictures, type:\n  cargo xtask tour"
        );
        return Ok(ExitCode::from(2));
    }
    packages::install(For::Building)?;
    node::install()?;
    ui::build()?;
    shell::run(shell::cargo("build").args([
        "--locked",
        "--profile",
        PROFILE,
        "--package",
        "simgate",
    ]))?;

    let arguments = if arguments.is_empty() {
        vec![REHEARSAL.to_owned()]
    } else {
        arguments
    };
    let mut program = Command::new(tree::built("simgate"));
    program.args(&arguments);
    let rehearsal = arguments.iter().any(|argument| argument == REHEARSAL);
    if rehearsal && !secrets::reachable() {
        let home = tree::target().join("rehearsal-home");
        println!(
            "No keyring answers here, so this rehearsal gets one of its own, kept in {}.\n\
             Real use needs the desktop's keyring.",
            home.display()
        );
        packages::install(For::Keyring)?;
        Session::lasting(home)?.run(&program)?;
    } else {
        shell::run(&mut program)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Windows and macOS always have one.
fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || tree::variable("DISPLAY").is_some()
        || tree::variable("WAYLAND_DISPLAY").is_some()
}
