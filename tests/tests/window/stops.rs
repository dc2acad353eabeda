//! The ways in that are stopped, each with nothing sent that should not be.

use anyhow::{Result, ensure};
use serde_json::json;
use simgate_rehearsal::Call;
use simgate_tests::{Keyring, Person, scenario};

#[tokio::test]
async fn a_sim_changed_after_it_was_verified_stops_and_no_code_is_sent() -> Result<()> {
    scenario("changed", Keyring::Unlocked, async |window| {
        let person = Person::with_an_unchanged_sim();
        window.register_to_the_counter(&person).await?;
        window.sign_out().await?;

        let vendors = window.vendors().await?;
        vendors
            .set_number(&person.e164(), json!({ "sim": "changed" }))
            .await?;
        vendors.forget().await?;
        window.sign_in(&person).await?;
        let reason = window.see_it_stop().await?;
        ensure!(
            reason == "sim_changed",
            "the stop names its cause: {reason}"
        );
        let asked = window.vendors().await?.checks_and_sends().await?;
        ensure!(
            asked == [Call::SimCheck],
            "a code would reach whoever holds the new SIM: {asked:?}"
        );
        window.press("start-over").await?;
        window.see("sign_in").await
    })
    .await
}

#[tokio::test]
async fn an_operator_that_takes_no_part_is_told_from_a_changed_sim_and_no_code_is_sent()
-> Result<()> {
    scenario("unsupported", Keyring::Unlocked, async |window| {
        window
            .register(&Person::with_an_unsupported_operator())
            .await?;
        let reason = window.see_it_stop().await?;
        ensure!(reason == "cannot_tell", "unknown is not changed: {reason}");
        let sends = window.vendors().await?.count(Call::Verifications).await?;
        ensure!(sends == 0, "what is not known to be safe is not sent");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_fifth_wrong_code_stops_and_the_right_one_no_longer_helps() -> Result<()> {
    scenario("wrong-codes", Keyring::Unlocked, async |window| {
        let person = Person::with_an_unchanged_sim();
        window.register(&person).await?;
        for left in (1..5).rev() {
            window.type_a_wrong_code(&person).await?;
            window
                .await_attribute("[data-tries-left]", "data-tries-left", &left.to_string())
                .await?;
        }
        window.type_a_wrong_code(&person).await?;
        let reason = window.see_it_stop().await?;
        ensure!(reason == "code_refused", "the code stopped it: {reason}");
        let checks = window
            .vendors()
            .await?
            .count(Call::VerificationCheck)
            .await?;
        ensure!(checks <= 5, "a sixth guess is never asked: {checks}");
        let code = window.vendors().await?.newest_code(&person.e164()).await?;
        window
            .refusal("check_code", json!({ "code": code }))
            .await?;
        window.see("stopped").await
    })
    .await
}
