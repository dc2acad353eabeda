//! Node.js, and the UI's packages from its lock file.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{shell, tree};

/// Checks Node's version, and installs the UI's packages if the lock file is newer than they are.
pub fn install() -> Result<()> {
    let Some(version) = shell::output(Command::new("node").arg("--version")) else {
        bail!("Node.js is missing. {WANTED}");
    };
    if !is_new_enough(&version) {
        bail!("Node.js {version} is too old. {WANTED}");
    }
    let modules = tree::newest(&tree::ui().join("node_modules/.package-lock.json"))?;
    let lock = tree::newest(&tree::ui().join("package-lock.json"))?;
    if modules.is_none() || modules < lock {
        println!("Installing the UI's packages");
        shell::run(&mut shell::npm(&["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(())
}

const WANTED: &str = "SIMgate's UI is built with Node.js 20.19 or later, or 22.12 or later \
    (Debian 12's own is 18): https://nodejs.org/en/download has it for every system.";

/// Whether Vite takes this version: `^20.19 || >=22.12`.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version
        .trim_start_matches('v')
        .split(['.', '-'])
        .map_while(|number| number.parse::<u32>().ok());
    let (Some(major), Some(minor)) = (numbers.next(), numbers.next()) else {
        return false;
    };
    match major {
        20 => minor >= 19,
        22 => minor >= 12,
        _ => major > 22,
    }
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn only_the_versions_that_vite_takes_are_taken() {
        for good in [
            "v20.19.0",
            "v20.20.2",
            "v22.12.0",
            "v23.0.0",
            "v24.1.0-nightly",
        ] {
            assert!(is_new_enough(good), "{good}");
        }
        for bad in ["v18.20.4", "v20.18.9", "v21.7.3", "v22.11.0", "", "none"] {
            assert!(!is_new_enough(bad), "{bad}");
        }
    }
}
