//! A session of its own: a bus, an unlocked Secret Service and a home folder that nothing else uses.
//!
//! Tests and a rehearsal on a machine without a keyring run in it, so that they neither need nor
//! touch the keyring and the files of whoever started them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{shell, tree};

/// Opens the keyring with an empty password, on the bus it was started under, and then becomes
/// what was asked for.
const UNLOCKED: &str = r#"printf '\n' | gnome-keyring-daemon --unlock --components=secrets \
    --control-directory="$XDG_CACHE_HOME/keyring" >/dev/null && exec "$@""#;

/// The session's folders. Dropping it removes them, if they were temporary.
pub struct Session {
    home: PathBuf,
    temporary: bool,
}

impl Session {
    /// A session that leaves nothing behind.
    pub fn temporary() -> Result<Self> {
        // Short, because the sockets of the bus and of the keyring are in it.
        let name = format!("simgate-session-{}", std::process::id());
        let home = std::env::temp_dir().join(name);
        tree::empty_folder(&home)?;
        private(&home)?;
        Ok(Self {
            home,
            temporary: true,
        })
    }

    /// A session whose home stays, so that who registered today can sign in tomorrow.
    pub fn lasting(home: PathBuf) -> Result<Self> {
        fs::create_dir_all(&home).with_context(|| format!("making {}", home.display()))?;
        private(&home)?;
        Ok(Self {
            home,
            temporary: false,
        })
    }

    /// Runs the command within the session.
    pub fn run(&self, command: &Command) -> Result<()> {
        shell::run_wrapped(&mut self.wrap(command)?, command)
    }

    fn wrap(&self, command: &Command) -> Result<Command> {
        let mut wrapped = Command::new("dbus-run-session");
        wrapped.args(["--", "sh", "-c", UNLOCKED, "sh"]);
        wrapped.arg(command.get_program()).args(command.get_args());
        if let Some(folder) = command.get_current_dir() {
            wrapped.current_dir(folder);
        }
        // Rust, and a display that is already there, are found where they were.
        let real_home = tree::variable("HOME").unwrap_or_default();
        for (name, under_home) in [
            ("CARGO_HOME", ".cargo"),
            ("RUSTUP_HOME", ".rustup"),
            ("XAUTHORITY", ".Xauthority"),
        ] {
            let path = Path::new(&real_home).join(under_home);
            if tree::variable(name).is_none() && path.exists() {
                wrapped.env(name, path);
            }
        }
        // Tests that write into the keyring do so only where they are told that it is their own.
        wrapped.env("SIMGATE_OWN_SESSION", "1");
        wrapped.env("HOME", &self.home);
        for (name, folder) in [
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
        ] {
            let path = self.home.join(folder);
            fs::create_dir_all(&path).with_context(|| format!("making {}", path.display()))?;
            wrapped.env(name, path);
        }
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => wrapped.env(name, value),
                None => wrapped.env_remove(name),
            };
        }
        Ok(wrapped)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.temporary {
            // Something that still writes there on its way out is no reason to fail.
            let _ = fs::remove_dir_all(&self.home);
        }
    }
}

#[cfg(unix)]
fn private(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
        .with_context(|| format!("closing {} to others", folder.display()))
}

#[cfg(not(unix))]
fn private(_folder: &Path) -> Result<()> {
    Ok(())
}
