//! Puts the program's own commands behind the window's access list, by the table of commands.

use std::collections::BTreeSet;

#[expect(dead_code, reason = "the names are all that the access list needs")]
#[path = "../crates/app/src/commands/table.rs"]
mod table;

fn main() {
    println!("cargo:rerun-if-changed=../crates/app/src/commands/table.rs");
    println!("cargo:rerun-if-changed=capabilities/main.json");
    let names: &'static [&'static str] =
        Box::leak(table::TABLE.iter().map(|rule| rule.name).collect());
    assert_capability_is_the_table(names);
    let manifest = tauri_build::AppManifest::new().commands(names);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes).expect("the window's access list can be built");
}

/// The window may call exactly what is in the table: no more, no less.
fn assert_capability_is_the_table(names: &[&str]) {
    let capability = std::fs::read_to_string("capabilities/main.json").expect("the capability");
    let granted: BTreeSet<String> = capability
        .split('"')
        .filter_map(|word| word.strip_prefix("allow-"))
        .map(|word| word.replace('-', "_"))
        .collect();
    let table: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(
        granted, table,
        "capabilities/main.json grants what the table of commands names"
    );
}
