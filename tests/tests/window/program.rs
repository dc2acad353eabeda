//! The program as a whole: its command line, its folders, its log.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use simgate_tests::{Desktop, Home, Key, Keyring, Person, Window};

#[tokio::test]
async fn the_command_line_says_what_it_takes_and_refuses_the_rest() -> Result<()> {
    let desktop = Desktop::new().await?;
    let help = desktop.run(&["--help"]).await?;
    let said = String::from_utf8(help.stdout)?;
    ensure!(help.status.success(), "help is no failure");
    for option in ["--rehearsal", "--data-dir <DIR>", "--help", "--version"] {
        ensure!(said.contains(option), "{option} is not explained: {said}");
    }
    let version = desktop.run(&["--version"]).await?;
    let expected = format!("simgate {}\n", env!("CARGO_PKG_VERSION"));
    ensure!(String::from_utf8(version.stdout)? == expected);
    let unknown = desktop.run(&["--rehersal"]).await?;
    let said = String::from_utf8(unknown.stderr)?;
    ensure!(unknown.status.code() == Some(2), "a slip is no start");
    ensure!(
        said.contains("--rehearsal"),
        "it says what was meant: {said}"
    );
    let no_folder = desktop.home().data().join("no/such/folder/file");
    let no_folder = no_folder.to_string_lossy();
    let unwritable = ["--rehearsal", "--rehearsal-announce", &no_folder];
    let ended = desktop.run(&unwritable).await?;
    let said = String::from_utf8(ended.stderr)?;
    ensure!(!ended.status.success(), "it does not start silently");
    ensure!(
        said.contains("simgate: ") && said.contains("no/such/folder"),
        "it says why it ends: {said}"
    );
    Ok(())
}

#[tokio::test]
async fn data_and_logs_go_where_the_system_expects_them_and_fourteen_logs_are_kept() -> Result<()> {
    let desktop = Desktop::new().await?;
    let [data, logs] = desktop.home().expected("simgate-rehearsal");
    fs::create_dir_all(&logs)?;
    for day in 1..=20 {
        fs::write(logs.join(format!("simgate.2026-01-{day:02}.jsonl")), "{}\n")?;
    }
    let _program = desktop.start_rehearsal_where_expected().await?;
    desktop.await_log("ready").await?;
    ensure!(data.join("simgate.db").is_file(), "no database in {data:?}");
    let kept = fs::read_dir(&logs)?.count();
    ensure!(kept <= 14, "{kept} logs are kept");
    Ok(())
}

/// Whoever starts it from a menu sees nothing of what it says to a terminal.
#[tokio::test]
async fn a_log_that_cannot_be_written_is_said_in_the_window_which_then_opens_it() -> Result<()> {
    let desktop = Desktop::on(Home::new()?).await?;
    let in_the_way = desktop.home().data().join("rehearsal/logs");
    let folder = in_the_way.parent().context("a folder")?;
    fs::create_dir_all(folder)?;
    fs::write(&in_the_way, "")?;
    let _program = desktop.start_rehearsal().await?;
    desktop.await_page().await?;
    ensure!(!folder.join("simgate.db").exists(), "nothing is opened");
    fs::remove_file(&in_the_way)?;
    // The one button of the screen is the next thing after its heading.
    desktop.press(Key::Tab)?;
    desktop.press(Key::Enter)?;
    desktop.await_log("ready").await
}

#[tokio::test]
async fn the_log_is_json_and_tells_nothing_secret() -> Result<()> {
    let mut window = Window::open(Home::set_up().await?, Keyring::Unlocked).await?;
    let person = Person::with_an_unchanged_sim();
    window.register_to_the_counter(&person).await?;
    window.sign_out().await?;
    window.sign_in_to_the_counter(&person).await?;
    let messages = window.vendors().await?.messages(&person.e164()).await?;
    let home = window.close().await?;

    let announced: Value = serde_json::from_slice(&fs::read(home.announcement())?)?;
    let credentials = announced["credentials"]
        .as_object()
        .context("credentials")?;
    let mut secrets: Vec<String> = credentials
        .iter()
        .filter(|(name, _)| name.contains("secret") || name.contains("token"))
        .filter_map(|(_, secret)| secret.as_str().map(str::to_owned))
        .collect();
    ensure!(secrets.len() == 2, "the vendors' secrets");
    secrets.extend(messages.into_iter().map(|message| message.code));
    ensure!(secrets.len() == 4, "two codes were sent");
    let number = person.e164();
    let masked = &number[number.len() - 2..];
    secrets.extend([person.password, person.username, number[3..].to_owned()]);

    let mut log = String::new();
    for file in fs::read_dir(home.data().join("rehearsal/logs"))? {
        log.push_str(&fs::read_to_string(file?.path())?);
    }
    for line in log.lines() {
        let entry: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
        ensure!(entry["timestamp"].is_string() && entry["level"].is_string());
    }
    for secret in secrets {
        ensure!(!log.contains(&secret), "the log tells a secret");
    }
    ensure!(log.contains(masked), "numbers are there, masked: {log}");
    Ok(())
}
