//! A page that has been taken over asks for what it may not have.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use simgate_rehearsal::Call;
use simgate_tests::{Keyring, Person, Window, scenario};

/// Commands that move a sign-in on, and some that only an admin may call, with arguments of the right
/// form.
fn commands(person: &Person) -> Vec<(&'static str, Value)> {
    let (username, password) = (&person.username, &person.password);
    vec![
        (
            "sign_in",
            json!({ "form": { "username": username, "password": password, "language": "en" } }),
        ),
        (
            "register",
            json!({ "form": {
                "username": "somebody.else", "password": password, "phone": "07700 900144",
                "country": "GB", "channel": "sms", "language": "en",
            } }),
        ),
        ("send_again", json!({ "channel": "sms" })),
        ("check_code", json!({ "code": "123456" })),
        ("sign_out", json!({})),
        ("stay", json!({})),
        ("try_again", json!({})),
        ("step_up", json!({ "password": "not the right password" })),
        ("branch", json!({})),
        (
            "set_branch",
            json!({ "form": { "version": 0, "name": "Ours", "call": "us", "languages": [] } }),
        ),
        ("export_record", json!({})),
        ("import_people", json!({ "goodOnly": true })),
        (
            "export_people_whole",
            json!({ "form": {
            "text": "", "country": "GB", "state": null, "role": null, "locked": false,
        } }),
        ),
    ]
}

/// What Tauri and its plugins would offer, and what nobody offers.
const NOT_OURS: &[(&str, &str)] = &[
    ("no_such_command", "{}"),
    ("plugin:app|version", "{}"),
    ("plugin:event|emit", r#"{"event":"x","payload":1}"#),
    ("plugin:fs|read_file", r#"{"path":"/etc/passwd"}"#),
    ("plugin:path|resolve_directory", r#"{"directory":1}"#),
    ("plugin:shell|execute", r#"{"program":"id","args":[]}"#),
    (
        "plugin:webview|create_webview_window",
        r#"{"options":{"label":"x"}}"#,
    ),
    ("plugin:window|close", r#"{"label":"main"}"#),
    ("plugin:window|set_title", r#"{"label":"main","value":"x"}"#),
    ("plugin:window-state|filename", "{}"),
    ("plugin:autostart|enable", "{}"),
];

/// Tries everything but `allowed`, and all of it is refused with the screen as it was.
async fn try_everything(window: &Window, screen: &str, allowed: &[&str]) -> Result<()> {
    let person = Person::with_an_unchanged_sim();
    let others = commands(&person).into_iter();
    for (command, arguments) in others.filter(|(name, _)| !allowed.contains(name)) {
        let why = window
            .refusal(command, arguments)
            .await
            .with_context(|| format!("on the screen {screen}"))?;
        ensure!(
            why["code"] == json!("not_now") || why["code"] == json!("not_allowed"),
            "{command} on {screen} was refused for another reason: {why}"
        );
    }
    for (command, arguments) in NOT_OURS {
        window
            .refusal(command, serde_json::from_str(arguments)?)
            .await
            .with_context(|| format!("on the screen {screen}"))?;
    }
    window.see(screen).await
}

#[tokio::test]
async fn no_screen_lets_the_page_call_what_belongs_to_another() -> Result<()> {
    scenario("refusals", Keyring::Unlocked, async |window| {
        let person = Person::with_an_unchanged_sim();
        window.see("sign_in").await?;
        try_everything(window, "sign_in", &["sign_in", "register"]).await?;

        window.register(&person).await?;
        window.see("code").await?;
        try_everything(window, "code", &["send_again", "check_code"]).await?;

        window.type_the_code(&person).await?;
        window.see("counter").await?;
        try_everything(window, "counter", &["sign_out", "stay", "step_up"]).await?;
        window.sign_out().await?;

        let rule = json!({ "sim": "changed" });
        let vendors = window.vendors().await?;
        vendors.set_number(&person.e164(), rule).await?;
        window.sign_in(&person).await?;
        window.see("stopped").await?;
        try_everything(window, "stopped", &["stay"]).await?;

        let sends = window.vendors().await?.count(Call::Verifications).await?;
        ensure!(sends == 1, "only the registration sent a code: {sends}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn arguments_of_another_form_are_refused_and_change_nothing() -> Result<()> {
    scenario("bad-arguments", Keyring::Unlocked, async |window| {
        window.see("sign_in").await?;
        for (command, arguments) in [
            ("sign_in", json!({})),
            ("sign_in", json!({ "form": null })),
            ("sign_in", json!({ "form": { "username": 1, "password": [], "language": "en" } })),
            (
                "sign_in",
                json!({ "form": { "username": "a", "password": "b", "language": "en", "role": "admin" } }),
            ),
            (
                "sign_in",
                json!({ "form": { "username": "a", "password": "x".repeat(60_000), "language": "en" } }),
            ),
            ("preview_phone", json!({ "phone": 7, "country": "GB" })),
        ] {
            let told: String = arguments.to_string().chars().take(80).collect();
            window.refusal(command, arguments).await.context(told)?;
        }
        window.see("sign_in").await
    })
    .await
}
