//! `cargo xtask tour`: pictures of every screen of the real window.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::packages::{self, For};
use crate::session::Session;
use crate::{node, test, tree, ui};

/// Takes the pictures into this folder, in the place of those of an earlier tour, and lists them.
pub fn tour(out: &Path) -> Result<()> {
    packages::install(For::Testing)?;
    node::install()?;
    ui::build()?;
    test::build_for_window()?;
    let mut walk = Command::new(tree::built("tour"));
    walk.arg(tree::root().join(out))
        .env("SIMGATE_BINARY", tree::built("simgate"));
    Session::temporary()?.run(&walk)
}
