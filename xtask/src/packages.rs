//! The system's packages: what is missing is installed, or the line to type is said.

use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;

/// What packages are wanted for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Building the program and opening it.
    Building,
    /// A Secret Service for a rehearsal where none answers.
    Keyring,
    /// Testing, which builds too.
    Testing,
}

/// A compiler, `SQLCipher`'s OpenSSL and the webview.
const BUILDING: &[&str] = &[
    "build-essential",
    "pkg-config",
    "file",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
];

/// A Secret Service on a bus of its own. `dbus-x11` is named so that apt does not choose
/// `dbus-user-session`, which would bring systemd into a container.
const KEYRING: &[&str] = &["dbus-daemon", "dbus-x11", "gnome-keyring"];

/// A screen, a `WebDriver`, and a font for what Inter does not have.
/// And the desktop's own tool for secrets, with which the vault's tests do as an admin does.
const WINDOW: &[&str] = &[
    "xvfb",
    "webkit2gtk-driver",
    "fonts-dejavu-core",
    "libsecret-tools",
];

impl For {
    fn packages(self) -> Vec<&'static str> {
        match self {
            Self::Building => BUILDING.to_vec(),
            Self::Keyring => KEYRING.to_vec(),
            Self::Testing => [BUILDING, KEYRING, WINDOW].concat(),
        }
    }
}

/// Installs what is missing. Windows and macOS bring all of it with them or with Rust.
pub fn install(what_for: For) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted = what_for.packages();
    if !shell::succeeds(Command::new("dpkg-query").arg("--version")) {
        println!(
            "This is not Debian or Ubuntu, so nothing was installed. SIMgate needs what Debian calls\n  {}",
            wanted.join(" ")
        );
        return Ok(());
    }
    let missing: Vec<_> = wanted.into_iter().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing what is missing: {}", missing.join(" "));
    let Some(mut update) = as_root("apt-get") else {
        bail!(
            "these packages are missing, and installing them needs root. Type:\n  \
             sudo apt-get update && sudo apt-get install --no-install-recommends {}",
            missing.join(" ")
        );
    };
    if let Err(error) = shell::run(update.arg("update")) {
        println!(
            "The package lists could not be renewed ({error:#}); trying with those there are."
        );
    }
    let Some(mut install) = as_root("apt-get") else {
        bail!("root was lost between two steps");
    };
    install.args(["install", "--yes", "--no-install-recommends"]);
    shell::run(install.args(missing))
}

fn installed(package: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", package]);
    shell::output(&mut query).is_some_and(|status| status == "installed")
}

/// The program as root: as it is where we are root, by sudo where that can ask or need not.
fn as_root(program: &str) -> Option<Command> {
    let quiet = "DEBIAN_FRONTEND=noninteractive";
    if shell::output(Command::new("id").arg("-u")).is_some_and(|id| id == "0") {
        let mut command = Command::new("env");
        command.args([quiet, program]);
        return Some(command);
    }
    let without_asking = shell::succeeds(Command::new("sudo").args(["-n", "true"]));
    let can_ask = std::io::IsTerminal::is_terminal(&std::io::stdin())
        && shell::succeeds(Command::new("sudo").arg("--version"));
    if !without_asking && !can_ask {
        return None;
    }
    let mut command = Command::new("sudo");
    command.args([quiet, program]);
    Some(command)
}

/// The parts of the Rust toolchain that a minimal installation leaves out.
pub fn rust_components() -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !shell::succeeds(shell::cargo(subcommand).arg("--version")) {
            shell::run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}
