//! With no mouse and no touch.

use anyhow::{Result, ensure};
use simgate_tests::{Keyring, Person, Window, scenario};

async fn type_at(window: &Window, name: &str, text: &str) -> Result<()> {
    window.tab_to(&format!("input[name='{name}']")).await?;
    window.keys(text).await
}

#[tokio::test]
async fn registering_and_signing_in_need_only_keys() -> Result<()> {
    scenario("keyboard", Keyring::Unlocked, async |window| {
        let person = Person::with_an_unchanged_sim();
        window.see("sign_in").await?;
        window.tab_to("[data-act='open-register']").await?;
        window.enter().await?;
        window.see("register").await?;

        type_at(window, "username", &person.username).await?;
        type_at(window, "password", &person.password).await?;
        // With its country before it, a number needs no choice from the list.
        type_at(window, "phone", &person.e164()).await?;
        window.tab_to("[data-act='register']").await?;
        window.enter().await?;

        window.see("code").await?;
        ensure!(
            window.exists("input[name='code']:focus").await?,
            "the code can be typed at once"
        );
        let code = window.vendors().await?.newest_code(&person.e164()).await?;
        window.keys(&code).await?;
        window.see("counter").await?;
        window.tab_to("[data-act='sign-out']").await?;
        window.enter().await?;

        window.see("sign_in").await?;
        type_at(window, "username", &person.username).await?;
        type_at(window, "password", &person.password).await?;
        window.enter().await?;
        window.see("code").await?;
        let code = window.vendors().await?.newest_code(&person.e164()).await?;
        window.keys(&code).await?;
        window.see("counter").await
    })
    .await
}
