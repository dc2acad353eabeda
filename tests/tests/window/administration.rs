//! What an admin does. They have just signed in, so that nothing asks them to prove themself anew.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use simgate_rehearsal::Call;
use simgate_tests::{Keyring, Person, Window, scenario};

/// A window in which the first admin has opened the administration.
async fn administer(name: &str, act: impl AsyncFnOnce(&mut Window) -> Result<()>) -> Result<()> {
    scenario(name, Keyring::Unlocked, async |window| {
        window.sign_in_to_the_counter(&Person::admin()).await?;
        window.press("admin").await?;
        window.see("admin").await?;
        act(window).await
    })
    .await
}

#[tokio::test]
async fn whoever_is_added_signs_in_with_the_password_for_one_use_and_chooses_their_own()
-> Result<()> {
    administer("add", async |window| {
        let mut person = Person::with_an_unchanged_sim();
        window.turn_to("people").await?;
        window.press("add").await?;
        window.fill_new_person(&person).await?;
        window.press("add").await?;
        window.await_there("[data-once]").await?;
        let own = person.password.clone();
        person.password = window.text("[data-once] output").await?;
        window.press("done").await?;
        window.press("counter").await?;
        window.sign_out().await?;

        window.sign_in(&person).await?;
        window.type_the_code(&person).await?;
        window.see("choose_password").await?;
        window.type_into("password", &own).await?;
        window
            .await_attribute("[data-accepted]", "data-accepted", "true")
            .await?;
        window.press("choose-password").await?;
        window.see("counter").await?;
        window.sign_out().await?;

        person.password = own;
        window.sign_in_to_the_counter(&person).await
    })
    .await
}

#[tokio::test]
async fn a_list_of_people_is_looked_at_and_taken_in() -> Result<()> {
    administer("import", async |window| {
        window.turn_to("people").await?;
        window.press("import").await?;
        let list = "username,phone,channel,role\n\
                    ines.vidal,07700 900144,sms,staff\n\
                    no one,07700 900145,sms,staff\n\
                    tom.baker,07700 900146,voice,supervisor\n";
        window.choose_file("people.csv", list).await?;
        window.await_there("[data-bad-row='3']").await?;
        window.press("take").await?;
        window
            .await_attribute("[data-import-step]", "data-import-step", "done")
            .await?;
        window.press("done").await?;
        for name in ["ines.vidal", "tom.baker"] {
            window
                .await_text("[data-screen='admin'] table", name)
                .await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_looser_rule_is_told_what_it_gives_up_and_stays_in_sight() -> Result<()> {
    administer("rules", async |window| {
        window.turn_to("rules").await?;
        let rule = "[data-rule='staff-windowMinutes']";
        window
            .click(&format!("{rule} option[value='1440']"))
            .await?;
        window.await_attribute(rule, "data-looser", "true").await?;
        window.press("save").await?;
        window.press("confirm").await?;
        window.await_saved().await?;
        window
            .await_attribute("[data-version]", "data-version", "2")
            .await?;
        window.turn_to("overview").await?;
        window
            .await_attribute("[data-loosened]", "data-loosened", "1")
            .await
    })
    .await
}

#[tokio::test]
async fn the_vendors_settings_are_tested_saved_and_tried_for_real() -> Result<()> {
    administer("vendors", async |window| {
        window.turn_to("vendors").await?;
        window.press("fill-rehearsal").await?;
        for vendor in ["tru_id", "twilio"] {
            window
                .await_there(&format!("[data-act='drop-{vendor}']"))
                .await?;
        }
        for vendor in ["tru_id", "twilio"] {
            let card = |what: &str| format!("[data-vendor='{vendor}'] [{what}]");
            window.press(&format!("test-{vendor}")).await?;
            window
                .await_attribute(&card("data-tested"), "data-tested", "true")
                .await?;
            window.press(&format!("save-{vendor}")).await?;
            window.await_there(&card("data-saved")).await?;
        }
        window.vendors().await?.forget().await?;
        window.press("try-tru_id").await?;
        window
            .await_attribute("[data-vendor='tru_id'] [data-tried]", "data-tried", "true")
            .await?;
        let asked = window.vendors().await?.checks_and_sends().await?;
        ensure!(asked == [Call::SimCheck], "one check, no code: {asked:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_record_is_verified_and_written_out_with_the_key_to_verify_it_by() -> Result<()> {
    administer("record", async |window| {
        window.turn_to("record").await?;
        window.verify_the_record().await?;
        window.turn_to("overview").await?;
        window.turn_to("record").await?;
        window.write_the_record_out().await?;
        let path = window.attribute("[data-path]", "data-path").await?;
        let path = path.context("where the file is")?;
        let lines = std::fs::read_to_string(Path::new(&path))?;
        let key = window.text("[data-key]").await?;
        ensure!(
            lines.contains(key.trim()) && lines.contains("signed_in"),
            "the record with its key: {lines}"
        );
        Ok(())
    })
    .await
}
