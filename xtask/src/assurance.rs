//! `docs/assurance.md` names tests: they must be there.

use std::fs;
use std::path::Path;

use crate::tree;

/// All the text of the Rust files below this folder.
fn rust_below(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_below(&path, text);
        } else if path.extension().is_some_and(|end| end == "rs") {
            text.push_str(&fs::read_to_string(path).expect("a file"));
        }
    }
}

#[test]
fn every_test_that_is_named_is_there() {
    let document = fs::read_to_string(tree::root().join("docs/assurance.md")).expect("a document");
    let mut text = String::new();
    for folder in ["crates", "tests", "xtask"] {
        rust_below(&tree::root().join(folder), &mut text);
    }
    let named: Vec<_> = document.split('`').skip(1).step_by(2).collect();
    assert!(named.len() > 40, "the tests are between backticks");
    for name in named {
        assert!(
            text.contains(&format!("fn {name}(")),
            "no test is called {name}"
        );
    }
}
