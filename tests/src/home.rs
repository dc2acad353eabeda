//! The machine a program runs on: its folders, which outlive any one start of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use tempfile::TempDir;

use crate::display::Display;
use crate::window::Keyring;

/// Folders of its own: nothing of another scenario is in them.
pub struct Home {
    folder: TempDir,
}

impl Home {
    /// A machine on which SIMgate was never started.
    pub fn new() -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("simgate-test-")
            .tempdir()
            .context("making a home")?;
        for name in ["data", "config", "cache", "state", "run"] {
            std::fs::create_dir(folder.path().join(name))?;
        }
        Ok(Self { folder })
    }

    /// What is given to `--data-dir`.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("simgate")
    }

    /// Where the program writes how its stand-ins are reached.
    #[must_use]
    pub fn announcement(&self) -> PathBuf {
        self.folder.path().join("rehearsal.json")
    }

    /// Where the system expects this program's data and its logs.
    #[must_use]
    pub fn expected(&self, program: &str) -> [PathBuf; 2] {
        let folder = |kind| self.folder.path().join(kind).join(program);
        [folder("data"), folder("state").join("logs")]
    }

    /// The arguments of a real profile.
    pub(crate) fn real(&self) -> Vec<String> {
        vec!["--data-dir".to_owned(), text(&self.data())]
    }

    /// The arguments of a rehearsal.
    pub(crate) fn rehearsal(&self) -> Vec<String> {
        let mut arguments = self.real();
        arguments.push("--rehearsal".to_owned());
        arguments.push("--rehearsal-announce".to_owned());
        arguments.push(text(&self.announcement()));
        arguments
    }

    /// What the program finds in its environment, or what the driver hands on to it.
    pub(crate) fn furnish(&self, command: &mut Command, display: &Display, keyring: Keyring) {
        let inner = |name: &str| self.folder.path().join(name);
        command
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", inner("data"))
            .env("XDG_CONFIG_HOME", inner("config"))
            .env("XDG_CACHE_HOME", inner("cache"))
            .env("XDG_STATE_HOME", inner("state"))
            .env("DISPLAY", display.name())
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
            .env("LANG", "C.UTF-8")
            .env_remove("LANGUAGE")
            // No accessibility bus to wait for, and no graphics card to look for.
            .env("NO_AT_BRIDGE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        match keyring {
            Keyring::Unlocked => {}
            Keyring::Missing => {
                command
                    .env_remove("DBUS_SESSION_BUS_ADDRESS")
                    .env("XDG_RUNTIME_DIR", inner("run"));
            }
        }
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
