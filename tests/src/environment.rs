//! The one place that reads the harness's own environment.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The program under test: `SIMGATE_BINARY`, or the one built beside these tests.
#[expect(
    clippy::disallowed_methods,
    reason = "the harness is told here which program to drive; it has no other root"
)]
pub(crate) fn program() -> Result<PathBuf> {
    if let Some(given) = std::env::var_os("SIMGATE_BINARY") {
        return Ok(PathBuf::from(given));
    }
    let own = std::env::current_exe().context("finding the tests' own program")?;
    // target/quick/deps/window-1234, or target/quick/tour
    own.ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join("simgate"))
        .find(|program| program.is_file())
        .context(
            "no program to test: build it (`cargo xtask test window`) or name it in SIMGATE_BINARY",
        )
}

/// Fails unless the session's keyring is one that `cargo xtask` made for the tests: what a scenario
/// writes there would take the place of somebody's own.
#[expect(
    clippy::disallowed_methods,
    reason = "as above: the harness has no other root"
)]
pub(crate) fn require_own_session() -> Result<()> {
    let own = std::env::var_os("SIMGATE_OWN_SESSION").is_some();
    anyhow::ensure!(
        own,
        "this needs a keyring of its own: run `cargo xtask test window`"
    );
    Ok(())
}

/// The top of the repository.
pub(crate) fn root() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}
