//! The TypeScript types that Rust generates: what is committed must be what Rust would write now.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::{shell, tree};

/// Tells ts-rs where to write.
pub const WHERE: &str = "TS_RS_EXPORT_DIR";

/// Where tests write the types, so that testing changes nothing in the tree.
pub fn scratch() -> PathBuf {
    tree::target().join("contract")
}

/// Generates the types anew and compares them with `ui/src/contract`.
pub fn check() -> Result<()> {
    let scratch = scratch();
    tree::empty_folder(&scratch)?;
    let mut generate = shell::cargo_workspace("test");
    generate.args(["--lib", "--quiet", "export_bindings"]);
    shell::run(generate.env(WHERE, &scratch))?;
    let committed = tree::ui().join("src/contract");
    let differences = compare(&read(&committed)?, &read(&scratch)?);
    if differences.is_empty() {
        return Ok(());
    }
    bail!(
        "ui/src/contract is not what Rust generates:\n{}\nTo generate it anew: cargo test --workspace --exclude simgate export_bindings",
        differences.join("\n")
    );
}

type Files = BTreeMap<String, String>;

fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            let inner = read(&path)?.into_iter();
            files.extend(inner.map(|(file, text)| (format!("{name}/{file}"), text)));
        } else {
            let text =
                fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            // A checkout on Windows may have turned the line ends.
            files.insert(name.into_owned(), text.replace("\r\n", "\n"));
        }
    }
    Ok(files)
}

fn compare(committed: &Files, generated: &Files) -> Vec<String> {
    let mut differences = Vec::new();
    for (name, text) in generated {
        match committed.get(name) {
            None => differences.push(format!("  missing: {name}")),
            Some(old) if old != text => differences.push(format!("  stale:   {name}")),
            Some(_) => {}
        }
    }
    for name in committed
        .keys()
        .filter(|name| !generated.contains_key(*name))
    {
        differences.push(format!("  extra:   {name}"));
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::{Files, compare};

    fn files(list: &[(&str, &str)]) -> Files {
        let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        list.iter().map(own).collect()
    }

    #[test]
    fn stale_missing_and_extra_files_are_named() {
        let committed = files(&[("Same.ts", "1"), ("Old.ts", "1"), ("Gone.ts", "1")]);
        let generated = files(&[("Same.ts", "1"), ("Old.ts", "2"), ("New.ts", "1")]);
        assert_eq!(
            compare(&committed, &generated),
            [
                "  missing: New.ts",
                "  stale:   Old.ts",
                "  extra:   Gone.ts"
            ]
        );
        assert!(compare(&committed, &committed).is_empty());
    }
}
