//! `doctor`

use serde_json::Value;

use crate::session::{Said, Session};

/// What was found of each thing.
fn states(said: &Said) -> Vec<(String, String)> {
    let document = said.json();
    assert_eq!(document["command"], "doctor");
    let checks = document["result"]["checks"].as_array().expect("checks");
    let word = |check: &Value, name: &str| check[name].as_str().expect("a word").to_owned();
    let both = |check| (word(check, "name"), word(check, "state"));
    checks.iter().map(both).collect()
}

fn pairs(states: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |(name, state): &(&str, &str)| ((*name).to_owned(), (*state).to_owned());
    states.iter().map(own).collect()
}

#[tokio::test]
async fn on_a_machine_with_nothing_it_says_what_to_do_and_makes_nothing() {
    let session = Session::begin().await;
    let said = session.run(&["--json", "doctor"]).await;
    assert_eq!(said.exit, Some(1), "{said:?}");
    assert_eq!(
        states(&said),
        pairs(&[
            ("data folder", "missing"),
            ("keyring", "good"),
            ("vendors", "missing"),
            ("database", "missing"),
            ("disk", "good"),
        ])
    );
    assert!(!session.path("share/simgate").exists(), "nothing was made");
    let said = session.run(&["doctor"]).await;
    assert!(said.out.contains("set it up in its window"), "{said:?}");
    assert!(
        said.out.contains("no settings of tru.ID and Twilio"),
        "{said:?}"
    );

    for command in [
        &["people", "unlock", "maria"][..],
        &["audit", "verify"],
        &["recover-admin", "maria", "--phone", "+447700900146"],
    ] {
        let said = session.run(command).await;
        assert_eq!(said.exit, Some(4), "{said:?}");
        assert!(said.err.contains("set it up in its window"), "{said:?}");
        assert_eq!(said.out, "");
    }
    assert!(!session.path("share/simgate").exists(), "nothing was made");
}

#[tokio::test]
async fn all_is_well_where_it_was_set_up_and_it_is_said_that_simgate_is_open() {
    let session = Session::set_up().await;
    let said = session.admin(&["--json", "doctor"]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert_eq!(said.json()["result"]["works"], true);
    let all = [
        "data folder",
        "keyring",
        "vendors",
        "database",
        "record",
        "set-up",
        "clock",
        "disk",
    ];
    assert_eq!(states(&said), pairs(&all.map(|name| (name, "good"))));

    let lock = session.path("data/rehearsal/simgate.lock");
    let lock = std::fs::File::open(lock).expect("the lock");
    lock.lock().expect("held");
    for command in [&["doctor"][..], &["people", "unlock", "admin.one"]] {
        let said = session.admin(command).await;
        assert_eq!(said.exit, Some(3), "{said:?}");
        let text = format!("{}{}", said.out, said.err);
        assert!(text.contains("SIMgate is open on this folder"), "{said:?}");
        assert!(text.contains("Close it"), "{said:?}");
    }
}

#[tokio::test]
async fn without_a_keyring_it_says_so_and_without_a_sense_too() {
    let session = Session::with_no_keyring();
    let said = session.run(&["--json", "doctor"]).await;
    assert_eq!(said.exit, Some(3), "{said:?}");
    assert!(states(&said).contains(&("keyring".to_owned(), "closed".to_owned())));
    let said = session.run(&["doctor", "--fast"]).await;
    assert_eq!(said.exit, Some(2), "{said:?}");
    let said = session.run(&["audit", "verify", "--help"]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert!(said.out.contains("simgate-admin audit verify record.jsonl"));
}
