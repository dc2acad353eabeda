//! The record, proved in the database and from a file alone.

use crate::session::Session;

#[tokio::test]
async fn an_exported_file_proves_itself_with_no_keyring_and_a_change_is_named() {
    let session = Session::set_up().await;
    let file = session.path("record.jsonl");
    let path = file.display().to_string();
    let said = session.admin(&["--json", "audit", "verify"]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert_eq!(said.json()["result"]["sound"], true);

    let said = session.admin(&["--json", "audit", "export", &path]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    let document = said.json();
    let exported = &document["result"];
    let entries = exported["entries"].as_u64().expect("a count");
    let key = exported["key"].as_str().expect("a key");

    let elsewhere = Session::with_no_keyring();
    let said = elsewhere
        .run(&["--json", "audit", "verify", &path, "--key", key])
        .await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert_eq!(said.json()["result"]["entries"], entries);
    let other = "0f".repeat(32);
    let said = elsewhere
        .run(&["audit", "verify", &path, "--key", &other])
        .await;
    assert_eq!(said.exit, Some(1), "{said:?}");
    assert!(said.out.contains("NOT THIS BRANCH'S"), "{said:?}");

    let text = std::fs::read_to_string(&file).expect("the file");
    for done in ["record_verified", "record_exported"] {
        let mut lines = text.lines();
        let line = lines.find(|line| line.contains(done)).expect("on record");
        assert!(line.contains(r#""by_is":"console""#), "{line}");
    }
    let changed = text.replacen("password_passed", "password_refused", 1);
    let changed = if changed == text {
        text.replacen("set_up_finished", "set_up_begun", 1)
    } else {
        changed
    };
    assert_ne!(changed, text);
    let same = |(old, new): &(&str, &str)| old == new;
    let bad = text.lines().zip(changed.lines()).take_while(same).count();
    let tampered = elsewhere.file("tampered.jsonl", &changed);
    let said = elsewhere
        .run(&["--json", "audit", "verify", &tampered])
        .await;
    assert_eq!(said.exit, Some(1), "{said:?}");
    let document = said.json();
    let result = &document["result"];
    assert_eq!(result["sound"], false);
    // The first line is the header, so that entry n stands on line n + 1.
    assert_eq!(result["entry"], bad as u64, "the first bad one: {result}");
    assert_eq!(result["line"], bad as u64 + 1);
    let said = elsewhere.run(&["audit", "verify", &tampered]).await;
    assert!(said.out.contains(&format!("entry {bad}")), "{said:?}");
}
