//! What breaks around the program: vendors, the keyring, a second copy.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use simgate_rehearsal::Call;
use simgate_tests::{Desktop, Keyring, Person, scenario};
use simgate_vault::{Secret, Space, Vault};

#[tokio::test]
async fn with_both_vendors_down_the_screen_says_so_and_the_window_still_answers() -> Result<()> {
    scenario("vendors-down", Keyring::Unlocked, async |window| {
        let person = Person::with_an_unchanged_sim();
        window.vendors().await?.go_down().await?;
        window.register(&person).await?;
        let reason = window.see_it_stop().await?;
        ensure!(reason == "cannot_tell", "nobody answered: {reason}");
        window.choose("language", "es").await?;
        window.choose("language", "en").await?;
        window.press("start-over").await?;

        window.vendors().await?.recover().await?;
        window.sign_in_to_the_counter(&person).await
    })
    .await
}

#[tokio::test]
async fn a_vendor_that_never_answers_is_given_up_within_ten_and_a_half_seconds() -> Result<()> {
    scenario("silent", Keyring::Unlocked, async |window| {
        let person = Person::with_an_unchanged_sim();
        let silent = json!({ "call": "sim_check", "wire": "stall" });
        window.vendors().await?.set_faults(silent).await?;
        window.register(&person).await?;
        window.see("checking_sim").await?;
        window
            .see_within("stopped", Duration::from_millis(10_500))
            .await?;
        let reason = window.see_it_stop().await?;
        ensure!(
            reason == "cannot_tell",
            "silence is not an answer: {reason}"
        );
        let sends = window.vendors().await?.count(Call::Verifications).await?;
        ensure!(sends == 0, "what is not known to be safe is not sent");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_missing_keyring_is_told_within_five_seconds() -> Result<()> {
    scenario("keyring-missing", Keyring::Missing, async |window| {
        window.see_within("fault", Duration::from_secs(5)).await?;
        window
            .await_attribute("[data-fault]", "data-fault", "keyring_missing")
            .await?;
        window.press("try-again").await?;
        window.see_within("fault", Duration::from_secs(5)).await
    })
    .await
}

#[tokio::test]
async fn a_second_copy_ends_at_once_and_brings_the_first_to_the_front() -> Result<()> {
    let desktop = Desktop::new().await?;
    let mut first = desktop.start_rehearsal().await?;
    let window = desktop.await_window().await?;
    let cover = desktop.cover()?;
    desktop.await_in_front(cover).await?;
    let limit = Duration::from_secs(20);
    let ended = desktop.start_rehearsal_to_its_end(limit).await?;
    ensure!(ended.success(), "it hands over to the first: {ended}");
    ensure!(first.try_wait()?.is_none(), "the first copy lives on");
    desktop.await_in_front(window).await
}

/// Its last picture would stay, with whoever was signed in on it.
#[tokio::test]
async fn a_page_whose_process_ends_is_replaced_by_a_new_one() -> Result<()> {
    let desktop = Desktop::new().await?;
    let program = desktop.start_rehearsal().await?;
    desktop.await_log("ready").await?;
    desktop.await_page().await?;
    desktop.kill_page(&program)?;
    desktop.await_log("the page was lost").await?;
    desktop.await_page().await
}

#[tokio::test]
async fn a_real_profile_begins_with_nothing_and_works_once_the_credentials_are_there() -> Result<()>
{
    let desktop = Desktop::new().await?;
    let program = desktop.start_real()?;
    desktop.await_log("not set up").await?;
    desktop.await_page().await?;
    drop(program);

    let vault = Vault::new(Space::Real)?;
    let tru_id =
        r#"{"host":"https://eu.api.tru.id","client_id":"an-id","client_secret":"a-secret"}"#;
    let twilio = format!(
        r#"{{"sid":"AC{0}","secret":"{0}","service_sid":"VA{0}"}}"#,
        "0123456789abcdef".repeat(2)
    );
    vault.put(&Secret::TruId, tru_id.as_bytes()).await?;
    vault.put(&Secret::Twilio, twilio.as_bytes()).await?;
    let _program = desktop.start_real()?;
    desktop.await_log("ready").await?;
    vault.delete(&Secret::TruId).await?;
    Ok(vault.delete(&Secret::Twilio).await?)
}

#[tokio::test]
async fn a_real_profile_does_not_start_where_another_program_could_drive_its_window() -> Result<()>
{
    let desktop = Desktop::new().await?;
    for variable in [
        "TAURI_WEBVIEW_AUTOMATION",
        "WEBKIT_INSPECTOR_SERVER",
        "WEBKIT_INSPECTOR_HTTP_SERVER",
        "GTK_DEBUG",
    ] {
        let ended = desktop.start_real_with(variable).await?;
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        ensure!(
            !ended.status.success(),
            "{variable} opens the window to all"
        );
        ensure!(said.contains(variable), "it says which: {said}");
    }
    Ok(())
}
