//! `cargo xtask run`, from a fresh clone to a window, and `cargo xtask admin`, its twin at the command line.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::packages::{self, For};
use crate::session::Session;
use crate::tree::{self, PROFILE};
use crate::{node, secrets, shell, ui};

const REHEARSAL: &str = "--rehearsal";

/// Builds the program and opens it with these arguments, or in rehearsal.
pub fn run(arguments: Vec<String>) -> Result<ExitCode> {
    if let Some(said) = no_window(cfg!(target_os = "linux"), tree::variable) {
        println!("{said}");
        return Ok(ExitCode::from(2));
    }
    packages::install(For::Building)?;
    node::install()?;
    ui::build()?;
    build("simgate")?;

    let (arguments, rehearsal) = started_with(arguments);
    let mut program = Command::new(tree::built("simgate"));
    program.args(&arguments);
    start(program, rehearsal)?;
    Ok(ExitCode::SUCCESS)
}

/// Builds `simgate-admin` and starts it on the rehearsal that [`run`] opens.
pub fn admin(arguments: Vec<String>) -> Result<ExitCode> {
    packages::install(For::Building)?;
    build("simgate-admin")?;
    let mut program = Command::new(tree::built("simgate-admin"));
    program.arg(REHEARSAL).args(arguments);
    start(program, true)?;
    Ok(ExitCode::SUCCESS)
}

fn build(package: &str) -> Result<()> {
    let profile = ["--locked", "--profile", PROFILE, "--package", package];
    shell::run(shell::cargo("build").args(profile))
}

/// Starts a program, where the keyring is that it needs.
fn start(mut program: Command, rehearsal: bool) -> Result<()> {
    if rehearsal && !secrets::reachable() {
        let home = tree::target().join("rehearsal-home");
        println!(
            "No keyring answers here, so this rehearsal gets one of its own, kept in {}.\n\
             Real use needs the desktop's keyring.",
            home.display()
        );
        packages::install(For::Keyring)?;
        Session::lasting(home)?.run(&program)
    } else {
        shell::run(&mut program)
    }
}

/// What is said where no window can open. Windows and macOS always have a display.
fn no_window(linux: bool, variable: impl Fn(&str) -> Option<String>) -> Option<&'static str> {
    let display = variable("DISPLAY").is_some() || variable("WAYLAND_DISPLAY").is_some();
    (linux && !display).then_some(
        "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can \
         open.\nTo see the screens as pictures, type:\n  cargo xtask tour",
    )
}

/// What the program is started with, and whether that is a rehearsal.
fn started_with(arguments: Vec<String>) -> (Vec<String>, bool) {
    let arguments = if arguments.is_empty() {
        vec![REHEARSAL.to_owned()]
    } else {
        arguments
    };
    let rehearsal = arguments.iter().any(|argument| argument == REHEARSAL);
    (arguments, rehearsal)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn without_a_display_the_way_to_the_pictures_is_said() {
        let said = "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window \
                    can open.\nTo see the screens as pictures, type:\n  cargo xtask tour";
        for (linux, set, expected) in [
            (true, &[][..], Some(said)),
            (true, &["HOME"], Some(said)),
            (true, &["DISPLAY"], None),
            (true, &["WAYLAND_DISPLAY"], None),
            (true, &["DISPLAY", "WAYLAND_DISPLAY"], None),
            (false, &[], None),
        ] {
            let variable = |name: &str| set.contains(&name).then(|| ":0".to_owned());
            assert_eq!(no_window(linux, variable), expected, "{set:?}");
        }
        let readme = fs::read_to_string(tree::root().join("README.md")).expect("the README");
        assert!(readme.contains("On a machine with no display, `cargo xtask tour`"));
    }

    #[test]
    fn what_is_run_is_a_rehearsal_unless_it_is_told_otherwise() {
        for (given, started, rehearsal) in [
            (&[][..], &["--rehearsal"][..], true),
            (
                &["--rehearsal", "--data-dir", "/x"],
                &["--rehearsal", "--data-dir", "/x"],
                true,
            ),
            (&["--data-dir", "/x"], &["--data-dir", "/x"], false),
        ] {
            let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
            let expected: (Vec<String>, bool) = (words(started), rehearsal);
            assert_eq!(started_with(words(given)), expected);
        }
    }
}
