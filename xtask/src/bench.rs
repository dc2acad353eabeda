//! `cargo xtask bench`: how long lists that grow for years take, held against their floors.

use anyhow::Result;

use crate::packages::{self, For};
use crate::shell;

/// Runs the benches, optimised as the program is that people get.
pub fn bench(long: Option<u64>) -> Result<()> {
    packages::install(For::Building)?;
    let mut bench = shell::cargo("bench");
    bench.args(["--locked", "--package", "simgate-store", "--bench", "lists"]);
    if let Some(long) = long {
        bench.arg("--").arg(long.to_string());
    }
    shell::run(&mut bench)
}
