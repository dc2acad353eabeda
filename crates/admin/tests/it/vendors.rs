//! The vendors' settings, against a rehearsal's stand-ins.

use simgate_rehearsal::Credentials;

use crate::session::Session;

#[tokio::test]
async fn settings_come_from_standard_input_are_tested_and_kept() {
    let session = Session::set_up().await;
    let known = Credentials::well_known();
    let tru_id = format!(
        r#"{{"host":"https://eu.api.tru.id","client_id":"{}","client_secret":"{}"}}"#,
        known.tru_client_id, known.tru_client_secret
    );
    let wrong = tru_id.replace(&known.tru_client_secret, "not-the-secret");
    let set = ["--json", "vendors", "set", "tru-id"];
    let said = session.admin_given(&set, &wrong).await;
    assert_eq!(said.exit, Some(1), "{said:?}");
    let document = said.json();
    assert_eq!(document["result"]["saved"], false, "{document}");
    let said = session.admin(&["vendors", "test", "tru-id"]).await;
    assert_eq!(said.exit, Some(1), "nothing was kept: {said:?}");

    let said = session.admin_given(&set, &tru_id).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert_eq!(said.json()["result"]["saved"], true);
    let twilio = format!(
        "sid={}\nsecret={}\nservice_sid={}\n",
        known.twilio_account_sid, known.twilio_auth_token, known.twilio_service_sid
    );
    let said = session
        .admin_given(&["vendors", "set", "twilio"], &twilio)
        .await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert!(
        said.out.contains("codes have six digits or more"),
        "{said:?}"
    );
    let said = session.admin(&["vendors", "test"]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert!(said.out.contains("All steps passed"), "{said:?}");

    let malformed = format!("sid=nobodys\nsecret={}\n", known.twilio_auth_token);
    let said = session
        .admin_given(&["vendors", "set", "twilio"], &malformed)
        .await;
    assert_eq!(said.exit, Some(1), "{said:?}");
    assert!(said.err.contains("sid is not AC or SK"), "{said:?}");
    let text = format!("{}{}", said.out, said.err);
    assert!(
        !text.contains(&known.twilio_auth_token),
        "no secret is told: {text}"
    );
    for given in ["secret=s3cret", "--secret=s3cret", "s3cret"] {
        let said = session.run(&["vendors", "set", "twilio", given]).await;
        assert_eq!(
            said.exit,
            Some(2),
            "nothing secret is an argument: {said:?}"
        );
        let text = format!("{}{}", said.out, said.err);
        assert!(!text.contains("s3cret"), "or is shown again: {text}");
    }

    let path = session.path("record.jsonl").display().to_string();
    let said = session.admin(&["audit", "export", &path]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    let text = std::fs::read_to_string(&path).expect("the file");
    for act in ["vendor_test_failed", "vendor_settings_changed"] {
        let mut lines = text.lines();
        let line = lines.find(|line| line.contains(act)).expect("on record");
        assert!(line.contains(r#""by_is":"console""#), "{line}");
    }
    for secret in [&known.tru_client_secret, &known.twilio_auth_token] {
        assert!(!text.contains(secret.as_str()), "no secret is on record");
    }
}
