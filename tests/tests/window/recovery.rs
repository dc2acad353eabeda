//! The recovery kit, backups and what they bring back.

use anyhow::{Result, ensure};
use serde_json::json;
use simgate_rehearsal::Call;
use simgate_tests::{Keyring, Kit, Person, Window, scenario};

/// A new kit of the admin who is signed in, whose administration is open.
async fn make_a_kit(window: &Window) -> Result<Kit> {
    window.turn_to("recovery").await?;
    window.press("kit-make").await?;
    window.press("confirm").await?;
    let kit = window.read_the_kit().await?;
    window.type_into("kit-code", kit.last_code()?).await?;
    window.press("kit-confirm").await?;
    window
        .await_attribute("[data-kit]", "data-kit", "made")
        .await?;
    Ok(kit)
}

async fn open_the_administration(window: &mut Window) -> Result<()> {
    window.sign_in_to_the_counter(&Person::admin()).await?;
    window.press("admin").await?;
    window.see("admin").await
}

#[tokio::test]
async fn a_recovery_code_opens_the_counter_once_where_the_sim_was_changed() -> Result<()> {
    scenario("recovery-code", Keyring::Unlocked, async |window| {
        let admin = Person::admin();
        open_the_administration(window).await?;
        let kit = make_a_kit(window).await?;
        window.press("counter").await?;
        window.sign_out().await?;

        let vendors = window.vendors().await?;
        vendors
            .set_number(&admin.e164(), json!({ "sim": "changed" }))
            .await?;
        vendors.forget().await?;
        for works in [true, false] {
            window.sign_in(&admin).await?;
            window.see("stopped").await?;
            window.press("recover").await?;
            window.see("recovery_code").await?;
            window.type_into("recovery-code", kit.first_code()?).await?;
            window.press("use-recovery-code").await?;
            if works {
                window.see("counter").await?;
                window.sign_out().await?;
            } else {
                window.await_field_error().await?;
            }
        }
        let sends = window.vendors().await?.count(Call::Verifications).await?;
        ensure!(
            sends == 0,
            "no code is sent to whoever has the new SIM: {sends}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_backup_is_made_and_brings_back_what_was() -> Result<()> {
    scenario("backup", Keyring::Unlocked, async |window| {
        open_the_administration(window).await?;
        let kit = make_a_kit(window).await?;
        let path = window.back_up().await?;

        let late = Person::with_an_unchanged_sim();
        window.turn_to("people").await?;
        window.press("add").await?;
        window.fill_new_person(&late).await?;
        window.press("add").await?;
        window.await_there("[data-once]").await?;
        window.press("done").await?;

        window.turn_to("recovery").await?;
        window.offer_the_backup(&path, &kit).await?;
        window
            .await_attribute("[data-restore]", "data-restore", "plan")
            .await?;
        window.press("restore").await?;
        window.press("confirm").await?;
        window.see("sign_in").await?;
        window.sign_in(&late).await?;
        window.await_reference().await?;
        open_the_administration(window).await?;
        window.turn_to("record").await?;
        window.await_there("[data-act-word='restored']").await
    })
    .await
}
