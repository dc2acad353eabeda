//! The vault against a real Secret Service, and against all that can stand in its place.
#![cfg(target_os = "linux")]

mod world;

use std::time::Duration;

use world::{Keyring, World};

/// What a person waits at the most until they are told.
const TOLD: Duration = Duration::from_secs(5);

#[tokio::test]
async fn secrets_outlive_the_program_and_the_session() {
    let mut world = World::with(Keyring::Unlocked).await;
    assert_eq!(world.vault("rehearsal get one-folder", "").await.0, "none");
    assert_eq!(
        world
            .vault("rehearsal put one-folder", "key of one")
            .await
            .0,
        "ok"
    );
    assert_eq!(
        world
            .vault("rehearsal put other-folder", "key of other")
            .await
            .0,
        "ok"
    );
    world.log_in_again(Keyring::Unlocked).await;
    assert_eq!(
        world.vault("rehearsal get one-folder", "").await.0,
        "value key of one"
    );
    assert_eq!(
        world.vault("rehearsal get other-folder", "").await.0,
        "value key of other"
    );
    assert_eq!(
        world.vault("real get one-folder", "").await.0,
        "none",
        "real and rehearsal never meet"
    );
    assert_eq!(world.vault("rehearsal delete one-folder", "").await.0, "ok");
    assert_eq!(
        world.vault("rehearsal delete one-folder", "").await.0,
        "ok",
        "gone is gone"
    );
    assert_eq!(world.vault("rehearsal get one-folder", "").await.0, "none");
}

#[tokio::test]
async fn what_an_admin_stores_with_the_desktops_own_tool_is_found() {
    let world = World::with(Keyring::Unlocked).await;
    let entry = r#"{"host":"https://eu.api.tru.id"}"#;
    world.secret_tool("simgate", "tru-id", entry).await;
    assert_eq!(
        world.vault("real get tru-id", "").await.0,
        format!("value {entry}")
    );
}

/// KR1: it is the desktop's keyring that keeps them, and nothing in its place: not the memory of a
/// process, not the kernel's keyring, which a new session would still have, and no file in the clear.
#[tokio::test]
async fn the_desktops_own_tool_finds_what_was_stored_and_nothing_else_keeps_it() {
    let mut world = World::with(Keyring::Unlocked).await;
    let entry = r#"{"client_secret":"a canary in its mine"}"#;
    assert_eq!(world.vault("real put tru-id", entry).await.0, "ok");
    assert_eq!(
        world.vault("real put folder", "a folder's key").await.0,
        "ok"
    );
    let found = world.found_by_secret_tool("simgate", "tru-id").await;
    assert_eq!(found.trim_end(), entry);
    let key = world
        .found_by_secret_tool("simgate", "database-key folder")
        .await;
    assert_eq!(key.trim_end(), "YSBmb2xkZXIncyBrZXk=");
    for text in ["a canary in its mine", "a folder's key", key.trim_end()] {
        assert!(!world.holds_in_the_clear(text.as_bytes()), "{text}");
    }

    world.log_in_again(Keyring::NoService).await;
    for words in ["real get tru-id", "real get folder"] {
        assert_eq!(world.vault(words, "").await.0, "Missing", "{words}");
    }
    assert_eq!(world.vault("real put tru-id", entry).await.0, "Missing");
    assert!(!world.holds_in_the_clear(b"a canary in its mine"));

    world.log_in_again(Keyring::Unlocked).await;
    let there = world.vault("real get tru-id", "").await.0;
    assert_eq!(there, format!("value {entry}"));
    assert_eq!(world.vault("real delete tru-id", "").await.0, "ok");
    let gone = world.found_by_secret_tool("simgate", "tru-id").await;
    assert_eq!(gone, "");
}

#[tokio::test]
async fn what_is_not_ours_is_damaged_and_left_alone() {
    let world = World::with(Keyring::Unlocked).await;
    world
        .secret_tool("simgate", "database-key folder", "*** not base64 ***")
        .await;
    assert_eq!(world.vault("real get folder", "").await.0, "Damaged");
    assert_eq!(world.vault("real get folder", "").await.0, "Damaged");
}

#[tokio::test]
async fn each_way_of_having_no_keyring_is_told_within_five_seconds() {
    for (keyring, told) in [
        (Keyring::NoBus, "Missing"),
        (Keyring::NoService, "Missing"),
        (Keyring::Locked, "Locked"),
        (Keyring::Stopped, "TimedOut"),
    ] {
        let world = World::with(keyring).await;
        let (line, took) = world.vault("rehearsal get folder", "").await;
        assert_eq!(line, told, "{keyring:?}");
        assert!(took < TOLD, "{keyring:?} was told after {took:?}");
    }
}
