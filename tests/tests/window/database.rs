//! A database that is not as it was left.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use simgate_tests::{Home, Keyring, Window};

/// Starts the program on this home, and gives the home back once it shows that fault, from which a
/// backup leads back.
async fn told(home: Home, fault: &str) -> Result<Home> {
    let window = Window::open(home, Keyring::Unlocked).await?;
    window.see("recover").await?;
    window
        .await_attribute("[data-fault]", "data-fault", fault)
        .await?;
    window.close().await
}

/// Puts these bytes in the place of the database, and nothing beside it.
fn put(file: &Path, bytes: &[u8]) -> Result<()> {
    for end in ["db-wal", "db-shm"] {
        let beside = file.with_extension(end);
        if beside.exists() {
            fs::remove_file(beside)?;
        }
    }
    fs::write(file, bytes)?;
    Ok(())
}

#[tokio::test]
async fn a_database_that_is_not_right_is_told_and_never_overwritten() -> Result<()> {
    let window = Window::open(Home::new()?, Keyring::Unlocked).await?;
    window.see("first_run").await?;
    let mut home = window.close().await?;
    let file = home.data().join("rehearsal").join("simgate.db");
    let whole = fs::read(&file)?;
    // What was written last may still stand beside it, and the keyring knows that it was.
    let beside = file.with_extension("db-wal");
    let last = beside.exists().then(|| fs::read(&beside)).transpose()?;

    fs::remove_file(&file)?;
    home = told(home, "database_missing").await?;
    ensure!(
        !file.exists(),
        "a lost database is not covered up by a new one"
    );

    let mut damaged = whole.clone();
    damaged[2_000] ^= 1;
    let foreign = vec![0xA5; whole.len()];
    let cut = whole[..whole.len() / 2].to_vec();
    for (bytes, fault) in [
        (damaged, "database_damaged"),
        (cut, "database_damaged"),
        (Vec::new(), "database_damaged"),
        (foreign, "database_other_key"),
        (b"SQLite format 3\0 and more".to_vec(), "database_other_key"),
    ] {
        put(&file, &bytes)?;
        home = told(home, fault).await?;
        ensure!(fs::read(&file)? == bytes, "{fault}: the file is as it was");
    }

    put(&file, &whole)?;
    if let Some(last) = last {
        fs::write(&beside, last)?;
    }
    let window = Window::open(home, Keyring::Unlocked).await?;
    window.see("first_run").await?;
    window.close().await?;
    Ok(())
}
