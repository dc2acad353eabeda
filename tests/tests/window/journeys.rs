//! The ways in that end at the counter.

use anyhow::{Result, ensure};
use serde_json::json;
use simgate_rehearsal::Call;
use simgate_tests::{Home, Keyring, Person, Window, scenario};

/// From a machine on which SIMgate was never started to the administration, by what a person sees.
#[tokio::test]
async fn the_first_run_makes_the_first_admin_who_finds_a_refusal_in_the_record() -> Result<()> {
    let mut window = Window::open(Home::new()?, Keyring::Unlocked).await?;
    let admin = Person::admin();
    window.set_up(&admin).await?;
    window.sign_out().await?;

    window.sign_in(&Person::with_an_unchanged_sim()).await?;
    let reference = window.reference().await?;
    window.sign_in_to_the_counter(&admin).await?;
    window.press("admin").await?;
    window.press("page-record").await?;
    window
        .search_the_record(&reference, "sign_in_refused")
        .await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn register_sign_out_and_sign_in_again() -> Result<()> {
    scenario("journey", Keyring::Unlocked, async |window| {
        let person = Person::with_an_unchanged_sim();
        window.register_to_the_counter(&person).await?;
        window
            .await_attribute("[data-sim]", "data-sim", "unchanged")
            .await?;
        window.sign_out().await?;

        window.vendors().await?.forget().await?;
        window.sign_in_to_the_counter(&person).await?;
        let asked = window.vendors().await?.checks_and_sends().await?;
        ensure!(
            asked == [Call::SimCheck, Call::Verifications],
            "every sign-in checks the SIM anew, and then sends one code: {asked:?}"
        );
        let shown = window.text("[data-screen='counter']").await?;
        ensure!(
            shown.contains(&person.username),
            "the counter says who is signed in: {shown}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_changed_sim_of_a_new_number_passes_in_grace_and_the_counter_says_so() -> Result<()> {
    scenario("grace", Keyring::Unlocked, async |window| {
        let person = Person::with_a_changed_sim();
        window.register_to_the_counter(&person).await?;
        window
            .await_attribute("[data-sim]", "data-sim", "changed_in_grace")
            .await
    })
    .await
}

#[tokio::test]
async fn a_code_by_call_opens_the_counter_too() -> Result<()> {
    scenario("voice", Keyring::Unlocked, async |window| {
        let mut person = Person::with_an_unchanged_sim();
        person.channel = "voice";
        window.register_to_the_counter(&person).await?;
        let messages = window.vendors().await?.messages(&person.e164()).await?;
        ensure!(
            messages.iter().all(|message| message.channel == "call"),
            "whoever chose a call gets a call: {messages:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_program_killed_while_somebody_is_signed_in_starts_with_nobody_signed_in() -> Result<()> {
    let mut window = Window::open(Home::set_up().await?, Keyring::Unlocked).await?;
    let person = Person::with_an_unchanged_sim();
    window.register_to_the_counter(&person).await?;

    let mut window = window.kill_and_start_again().await?;
    window.see("sign_in").await?;
    window.refusal("sign_out", json!({})).await?;
    window.sign_in_to_the_counter(&person).await?;
    window.close().await.map(drop)
}
