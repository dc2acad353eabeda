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

/// Where packages come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum System {
    /// From apt.
    Debian,
    /// Not from apt.
    OtherLinux,
    /// With the system, or with Rust.
    WindowsOrMac,
}

/// Who is root, if need be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rights {
    /// We are.
    Root,
    /// We are by sudo, which needs no password just now or has a terminal on which to ask for it.
    Sudo,
    /// Nobody here.
    Nobody,
}

/// How packages get there.
#[derive(Debug, PartialEq, Eq)]
enum Way {
    /// They are there.
    There,
    /// Somebody else's business: this is said, and things go on.
    Said(String),
    /// By apt. This is said first.
    Apt { sudo: bool, said: String },
    /// Not before somebody has typed what is said.
    Typed(String),
}

/// Decides it, for these packages, of which those are missing.
fn way(system: System, rights: Rights, wanted: &[&str], missing: &[&str]) -> Way {
    match system {
        System::WindowsOrMac => return Way::There,
        System::OtherLinux => {
            return Way::Said(format!(
                "This is not Debian or Ubuntu, so nothing was installed. SIMgate needs what Debian \
                 calls\n  {}",
                wanted.join(" ")
            ));
        }
        System::Debian => {}
    }
    if missing.is_empty() {
        return Way::There;
    }
    let missing = missing.join(" ");
    let sudo = match rights {
        Rights::Root => false,
        Rights::Sudo => true,
        Rights::Nobody => {
            return Way::Typed(format!(
                "these packages are missing, and installing them needs root. Type:\n  sudo apt-get \
                 update && sudo apt-get install --no-install-recommends {missing}"
            ));
        }
    };
    let said = format!("Installing what is missing: {missing}");
    Way::Apt { sudo, said }
}

/// Whether the program is there.
fn has(program: &str) -> bool {
    shell::succeeds(Command::new(program).arg("--version"))
}

impl System {
    fn here() -> Self {
        if !cfg!(target_os = "linux") {
            Self::WindowsOrMac
        } else if has("dpkg-query") && has("apt-get") {
            Self::Debian
        } else {
            Self::OtherLinux
        }
    }
}

impl Rights {
    fn here() -> Self {
        if shell::output(Command::new("id").arg("-u")).is_some_and(|id| id == "0") {
            return Self::Root;
        }
        let at_once = shell::succeeds(Command::new("sudo").args(["-n", "true"]));
        let can_ask = std::io::IsTerminal::is_terminal(&std::io::stdin()) && has("sudo");
        if at_once || can_ask {
            Self::Sudo
        } else {
            Self::Nobody
        }
    }
}

/// Installs what is missing. Windows and macOS bring all of it with them or with Rust.
pub fn install(what_for: For) -> Result<()> {
    let system = System::here();
    let wanted = what_for.packages();
    let mut missing = wanted.clone();
    if system == System::Debian {
        missing.retain(|name| !installed(name));
    }
    match way(system, Rights::here(), &wanted, &missing) {
        Way::There => Ok(()),
        Way::Said(said) => {
            println!("{said}");
            Ok(())
        }
        Way::Typed(said) => bail!(said),
        Way::Apt { sudo, said } => {
            println!("{said}");
            if let Err(error) = shell::run(apt_get(sudo).arg("update")) {
                println!(
                    "The package lists could not be renewed ({error:#}); trying with those there are."
                );
            }
            let mut install = apt_get(sudo);
            install.args(["install", "--yes", "--no-install-recommends"]);
            shell::run(install.args(missing))
        }
    }
}

fn installed(package: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", package]);
    shell::output(&mut query).is_some_and(|status| status == "installed")
}

/// Apt as root, which asks nothing.
fn apt_get(sudo: bool) -> Command {
    let mut command = Command::new(if sudo { "sudo" } else { "env" });
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
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

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: [&str; 3] = ["build-essential", "pkg-config", "libssl-dev"];
    const MISSING: [&str; 2] = ["pkg-config", "libssl-dev"];

    #[test]
    fn packages_are_installed_or_the_line_to_type_is_said() {
        let apt = |sudo| Way::Apt {
            sudo,
            said: "Installing what is missing: pkg-config libssl-dev".to_owned(),
        };
        let line = "these packages are missing, and installing them needs root. Type:\n  \
                    sudo apt-get update && sudo apt-get install --no-install-recommends \
                    pkg-config libssl-dev";
        let names = "This is not Debian or Ubuntu, so nothing was installed. SIMgate needs what \
                     Debian calls\n  build-essential pkg-config libssl-dev";
        let not_debian = || Way::Said(names.to_owned());
        for (what, system, rights, expected) in [
            ("root", System::Debian, Rights::Root, apt(false)),
            ("sudo", System::Debian, Rights::Sudo, apt(true)),
            (
                "no root, no sudo",
                System::Debian,
                Rights::Nobody,
                Way::Typed(line.to_owned()),
            ),
            ("no apt", System::OtherLinux, Rights::Root, not_debian()),
            (
                "no apt, no root",
                System::OtherLinux,
                Rights::Nobody,
                not_debian(),
            ),
            ("no Linux", System::WindowsOrMac, Rights::Nobody, Way::There),
        ] {
            assert_eq!(way(system, rights, &WANTED, &MISSING), expected, "{what}");
        }
    }

    #[test]
    fn where_nothing_is_missing_nobody_need_be_root() {
        for rights in [Rights::Root, Rights::Sudo, Rights::Nobody] {
            assert_eq!(way(System::Debian, rights, &WANTED, &[]), Way::There);
        }
    }
}
