//! People in from a file, out to one, and unlocked.

use serde_json::json;

use crate::session::Session;

const FILE: &str = "\
username,phone,channel,role
maria.lopez,+44 7700 900146,sms,staff
x,07700 900148,sms,staff
ana.gil,07700 900148,fax,staff
juan.diaz,07700 900150,voice,supervisor
";

#[tokio::test]
async fn a_file_is_looked_at_taken_whole_or_taken_where_it_is_good() {
    let session = Session::set_up().await;
    let file = session.file("staff.csv", FILE);
    let bad = json!([
        { "row": 3, "column": "username", "why": "username_too_short" },
        { "row": 4, "column": "channel", "why": "channel_unknown" },
    ]);
    for (arguments, mode) in [
        (
            &[
                "--json",
                "people",
                "import",
                &file,
                "--dry-run",
                "--country",
                "GB",
            ][..],
            "dry_run",
        ),
        (
            &["--json", "people", "import", &file, "--country", "gb"],
            "all",
        ),
    ] {
        let said = session.admin(arguments).await;
        assert_eq!(said.exit, Some(1), "{said:?}");
        let expected = json!({
            "command": "people import",
            "exit": 1,
            "result": { "mode": mode, "good": 2, "badCount": 2, "bad": bad, "added": 0 },
        });
        assert_eq!(said.json(), expected);
    }
    let said = session.admin(&["people", "import", &file]).await;
    assert!(
        said.out
            .starts_with("row  column    what is wrong\n3    username  "),
        "{said:?}"
    );
    assert!(said.out.contains("Nobody was added"), "{said:?}");

    let out = session.path("people.csv");
    let path = out.display().to_string();
    let said = session
        .admin(&["people", "import", &file, "--good", "--country", "GB"])
        .await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert!(said.out.contains("2 people were added"), "{said:?}");
    let said = session.admin(&["--json", "people", "export", &path]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert_eq!(said.json()["result"]["rows"], 3);
    let text = std::fs::read_to_string(&out).expect("the file");
    assert!(text.contains("juan.diaz"), "{text}");
    assert!(!text.contains("900150"), "numbers are masked: {text}");
    let said = session
        .admin(&["people", "export", &path, "--whole-numbers"])
        .await;
    assert_eq!(said.exit, Some(1), "nothing is written over: {said:?}");
    let whole = session.path("whole.csv").display().to_string();
    let said = session
        .admin(&["people", "export", &whole, "--whole-numbers"])
        .await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    let text = std::fs::read_to_string(&whole).expect("the file");
    assert!(text.contains("7700900150"), "{text}");

    let said = session
        .admin(&["--json", "people", "unlock", "Maria.Lopez"])
        .await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert_eq!(said.json()["result"]["wasLocked"], false);
    let said = session
        .admin(&["--json", "people", "unlock", "nobody.here"])
        .await;
    assert_eq!(said.exit, Some(1), "{said:?}");
    assert_eq!(said.json()["error"]["code"], "nobody");
}

#[tokio::test]
async fn a_file_that_is_something_else_is_said_so_and_nothing_is_done() {
    let session = Session::set_up().await;
    let huge = session.file("huge.csv", "username,phone,channel,role\n");
    let long = std::fs::OpenOptions::new().append(true).open(&huge);
    let long = long.expect("the file").set_len(100_000_000);
    long.expect("a file of 100 MB");
    let other = session.file("other.csv", "{\"client_id\":\"x\"}");
    let gone = session.path("gone.csv").display().to_string();
    for (file, code) in [
        (&huge, "file_too_large"),
        (&other, "file_columns"),
        (&gone, "file_not_read"),
    ] {
        let said = session.admin(&["--json", "people", "import", file]).await;
        assert_eq!(said.exit, Some(1), "{code}: {}", said.err);
        assert_eq!(said.json()["error"]["code"], code);
    }
}
