//! The UI: built before the program, which carries it.

use anyhow::Result;

use crate::{shell, tree};

/// What the built UI is made of, under `ui/`.
const SOURCES: &[&str] = &[
    "index.html",
    "package-lock.json",
    "src",
    "svelte.config.js",
    "tsconfig.json",
    "vite.config.ts",
];

/// Builds the UI, unless what was built is newer than all it is made of.
pub fn build() -> Result<()> {
    let built = tree::newest(&tree::ui().join("dist"))?;
    let mut newest = None;
    for source in SOURCES {
        newest = newest.max(tree::newest(&tree::ui().join(source))?);
    }
    if built.is_some() && built >= newest {
        return Ok(());
    }
    shell::run(&mut shell::npm(&["run", "build"]))
}
