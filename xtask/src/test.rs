//! `cargo xtask test`: every part goes on after a failure, so that all failures are seen.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};
use clap::ValueEnum;

use crate::packages::{self, For};
use crate::session::Session;
use crate::tree;
use crate::{contract, node, shell, ui};

/// What can be tested alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Formatting, lints, all Rust tests but the window's, and the generated types.
    Rules,
    /// The UI: its types and its tests.
    Ui,
    /// The real window, end to end.
    Window,
    /// The documentation that Rust builds.
    Docs,
    /// All of it.
    All,
}

/// One step: what the table calls it, the part it belongs to, and what it does.
struct Step {
    name: &'static str,
    part: Part,
    act: fn() -> Result<()>,
}

/// In this order: the quick ones that often fail come first, the window last.
const STEPS: &[Step] = &[
    Step {
        name: "rustfmt",
        part: Part::Rules,
        act: rustfmt,
    },
    Step {
        name: "svelte-check",
        part: Part::Ui,
        act: || shell::run(&mut shell::npm(&["run", "check"])),
    },
    Step {
        name: "vitest",
        part: Part::Ui,
        act: || shell::run(&mut shell::npm(&["run", "test"])),
    },
    Step {
        name: "clippy",
        part: Part::Rules,
        act: clippy,
    },
    Step {
        name: "Rust tests",
        part: Part::Rules,
        act: rust_tests,
    },
    Step {
        name: "generated types",
        part: Part::Rules,
        act: contract::check,
    },
    Step {
        name: "documentation",
        part: Part::Docs,
        act: documentation,
    },
    Step {
        name: "window",
        part: Part::Window,
        act: window,
    },
];

/// How a step went.
struct Outcome {
    name: &'static str,
    passed: bool,
    took: Duration,
}

/// Runs a part and prints a table; a failure anywhere is a failure.
pub fn test(part: Part) -> Result<ExitCode> {
    // The UI comes before all else, because the program that carries it is compiled by most steps.
    let mut outcomes = vec![step("packages and UI build", prepare)];
    if !outcomes[0].passed {
        bail!("nothing can be tested before that");
    }
    let chosen = STEPS
        .iter()
        .filter(|step| part == Part::All || part == step.part);
    outcomes.extend(chosen.map(|chosen| step(chosen.name, chosen.act)));

    println!("\n{:<24}{:>10}{:>10}", "", "", "minutes");
    for outcome in &outcomes {
        let word = if outcome.passed { "passed" } else { "FAILED" };
        println!(
            "{:<24}{word:>10}{:>10.1}",
            outcome.name,
            minutes(outcome.took)
        );
    }
    let total = outcomes.iter().map(|outcome| outcome.took).sum();
    println!("{:<24}{:>10}{:>10.1}", "together", "", minutes(total));
    if outcomes.iter().all(|outcome| outcome.passed) {
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a step took is for the person who waits; nothing depends on it"
)]
fn step(name: &'static str, act: fn() -> Result<()>) -> Outcome {
    println!("\n=== {name}");
    let begun = Instant::now();
    let result = act();
    let took = begun.elapsed();
    if let Err(error) = &result {
        println!("{name} failed: {error:#}");
    }
    println!("=== {name}: {:.1} minutes", minutes(took));
    Outcome {
        name,
        passed: result.is_ok(),
        took,
    }
}

fn minutes(time: Duration) -> f64 {
    time.as_secs_f64() / 60.0
}

fn prepare() -> Result<()> {
    packages::install(For::Testing)?;
    packages::rust_components()?;
    node::install()?;
    ui::build()
}

fn rustfmt() -> Result<()> {
    shell::run(shell::cargo("fmt").args(["--all", "--check"]))
}

fn clippy() -> Result<()> {
    let mut clippy = shell::cargo_workspace("clippy");
    clippy.args(["--all-targets", "--features", WINDOW_TESTS]);
    shell::run(clippy.args(["--", "--deny", "warnings"]))
}

/// In a session of their own, because some of them use a Secret Service.
fn rust_tests() -> Result<()> {
    let scratch = contract::scratch();
    tree::empty_folder(&scratch)?;
    let mut tests = shell::cargo_workspace("test");
    tests.arg("--no-fail-fast").env(contract::WHERE, scratch);
    Session::temporary()?.run(&tests)
}

fn documentation() -> Result<()> {
    let mut doc = shell::cargo_workspace("doc");
    shell::run(doc.arg("--no-deps").env("RUSTDOCFLAGS", "-D warnings"))
}

/// The feature without which the window's tests are left alone.
const WINDOW_TESTS: &str = "simgate-tests/window";

/// Builds the program and whatever drives its window. All targets of the workspace at once, so that
/// the libraries get the same features as for the other tests, and are compiled once for both.
pub fn build_for_window() -> Result<()> {
    let mut build = shell::cargo_workspace("build");
    shell::run(build.args(["--all-targets", "--features", WINDOW_TESTS]))
}

fn window() -> Result<()> {
    build_for_window()?;
    let mut tests = shell::cargo_workspace("test");
    tests.args(["--features", WINDOW_TESTS, "--test", "window"]);
    // Two windows at a time: each waits more than it works.
    tests.args(["--", "--test-threads=2"]);
    tests.env("SIMGATE_BINARY", tree::built("simgate"));
    // A scenario says in words what it waited for; where in the harness it did so adds nothing.
    tests.env("RUST_LIB_BACKTRACE", "0");
    Session::temporary()?
        .run(&tests)
        .map_err(|error| anyhow!("{error:#}; what a window showed last is in target/window"))
}
