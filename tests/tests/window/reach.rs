//! Every screen, for everybody: by axe, light and dark; at twice the text; in two languages.

use anyhow::{Result, ensure};
use simgate_tests::walk::walk;
use simgate_tests::{Keyring, Look, Person, scenario};

const DARK: Look = Look {
    theme: "dark",
    ..Look::USUAL
};

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_light_or_dark() -> Result<()> {
    let mut found = Vec::new();
    walk(async |window, stop| {
        let looks = if window.exists("dialog[open]").await? {
            [None].as_slice()
        } else {
            &[Some(DARK), Some(Look::USUAL)]
        };
        for look in looks {
            if let Some(look) = look {
                window.dress(*look).await?;
            }
            let theme = look.map_or("as it is", |look| look.theme);
            let told = window.axe().await?.into_iter();
            found.extend(told.map(|one| format!("{} ({theme}): {one}", stop.name)));
        }
        Ok(())
    })
    .await?;
    ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
    Ok(())
}

#[tokio::test]
async fn no_screen_scrolls_sideways_at_any_size_or_text_size() -> Result<()> {
    let mut found = Vec::new();
    walk(async |window, stop| {
        if stop.fleeting || window.exists("dialog[open]").await? {
            return Ok(());
        }
        for text in [100, 200] {
            for language in ["en", "es"] {
                window
                    .dress(Look {
                        text,
                        language,
                        ..Look::USUAL
                    })
                    .await?;
                for (width, height) in [(1280, 800), (1024, 768), (768, 1024)] {
                    window.resize(width, height).await?;
                    let over = window.overflow().await?;
                    if over > 0 {
                        let name = stop.name;
                        found.push(format!(
                            "{name} in {language} at {width}x{height}, {text} %: {over} px"
                        ));
                    }
                }
            }
        }
        window.resize(1280, 800).await?;
        window.dress(Look::USUAL).await
    })
    .await?;
    ensure!(
        found.is_empty(),
        "wider than the window:\n{}",
        found.join("\n")
    );
    Ok(())
}

#[tokio::test]
async fn language_and_colours_are_kept_from_screen_to_screen() -> Result<()> {
    scenario("spanish", Keyring::Unlocked, async |window| {
        window.see("sign_in").await?;
        let english = window.text("h1").await?;
        window
            .dress(Look {
                language: "es",
                ..DARK
            })
            .await?;
        window.await_attribute("html", "lang", "es").await?;
        window
            .await_attribute("html", "data-colours", "dark")
            .await?;
        let spanish = window.text("h1").await?;
        ensure!(english != spanish, "the heading changed its language");

        window.register(&Person::with_an_unchanged_sim()).await?;
        window.see("code").await?;
        window.await_attribute("html", "lang", "es").await?;
        window.reload().await?;
        window.see("code").await?;
        window.await_attribute("html", "lang", "es").await?;
        window.await_attribute("html", "data-colours", "dark").await
    })
    .await
}
