//! Where things stand in the repository, and which of them is newer.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context as _, Result};

/// The profile that everything is built with, so that it is compiled once.
pub const PROFILE: &str = "quick";

/// The top of the repository.
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The UI's folder.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    match variable("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program as built with [`PROFILE`].
pub fn built(name: &str) -> PathBuf {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    target().join(PROFILE).join(file)
}

/// A variable of the environment, if it is set and not empty.
#[expect(
    clippy::disallowed_methods,
    reason = "xtask has no other root: this is where it reads its environment"
)]
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// When the newest file at or under `path` was last written; `None` where there is none.
pub fn newest(path: &Path) -> Result<Option<SystemTime>> {
    if !path.exists() {
        return Ok(None);
    }
    let about = || format!("looking at {}", path.display());
    let metadata = fs::metadata(path).with_context(about)?;
    if !metadata.is_dir() {
        return Ok(Some(metadata.modified().with_context(about)?));
    }
    let mut found = None;
    for entry in fs::read_dir(path).with_context(about)? {
        found = found.max(newest(&entry?.path())?);
    }
    Ok(found)
}

/// A folder with nothing in it.
pub fn empty_folder(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("emptying {}", path.display()))?;
    }
    fs::create_dir_all(path).with_context(|| format!("making {}", path.display()))
}
