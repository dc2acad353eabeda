//! Sending again: only when its time has come, and only after a check of its own.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use simgate_rehearsal::Call::{SimCheck, Verifications};
use simgate_tests::{Keyring, Person, SOON, Window, scenario, until};

/// Waits until a code may be sent again this way, which is closed now.
async fn wait_to_send_again(window: &Window, act: &str, seconds: u64) -> Result<()> {
    let open = format!("[data-act='{act}']:not([disabled])");
    ensure!(
        !window.exists(&open).await?,
        "sending again is closed for {seconds} s"
    );
    let limit = Duration::from_secs(seconds) + SOON;
    until(&format!("{act} to open"), limit, async || {
        Ok(window.exists(&open).await?.then_some(()))
    })
    .await
}

#[tokio::test]
async fn text_again_and_call_instead_each_follow_a_fresh_sim_check() -> Result<()> {
    scenario("send-again", Keyring::Unlocked, async |window| {
        let person = Person::with_an_unchanged_sim();
        window.register(&person).await?;
        window.see("code").await?;

        wait_to_send_again(window, "send-again-sms", 30).await?;
        window.press("send-again-sms").await?;
        await_sends(window, 2).await?;
        wait_to_send_again(window, "send-again-voice", 60).await?;
        window.press("send-again-voice").await?;
        await_sends(window, 3).await?;

        let asked = window.vendors().await?.checks_and_sends().await?;
        let each = [SimCheck, Verifications];
        ensure!(
            asked == [each, each, each].concat(),
            "no send without a check of its own before it: {asked:?}"
        );
        let messages = window.vendors().await?.messages(&person.e164()).await?;
        let ways: Vec<_> = messages.iter().map(|one| one.channel.as_str()).collect();
        ensure!(ways == ["sms", "sms", "call"], "as was pressed: {ways:?}");

        window.see("code").await?;
        ensure!(
            !window.exists("[data-act^='send-again']").await?,
            "three sends are all that a sign-in has"
        );
        window.type_the_code(&person).await?;
        window.see("counter").await
    })
    .await
}

#[tokio::test]
async fn drawing_the_page_again_sends_nothing() -> Result<()> {
    scenario("reload", Keyring::Unlocked, async |window| {
        let person = Person::with_an_unchanged_sim();
        window.register(&person).await?;
        window.see("code").await?;
        for _ in 0..3 {
            window.reload().await?;
            window.see("code").await?;
        }
        window
            .refusal("send_again", json!({ "channel": "fax" }))
            .await?;
        let asked = window.vendors().await?.checks_and_sends().await?;
        ensure!(asked == [SimCheck, Verifications], "one code: {asked:?}");
        window.type_the_code(&person).await?;
        window.see("counter").await
    })
    .await
}

async fn await_sends(window: &mut Window, wanted: usize) -> Result<()> {
    let vendors = window.vendors().await?;
    until(&format!("send {wanted}"), SOON, async || {
        Ok((vendors.count(Verifications).await? >= wanted).then_some(()))
    })
    .await?;
    window.see("code").await
}
