//! The program around the library.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::visitor::{client, tell};

const PROGRAM: &str = env!("CARGO_BIN_EXE_simgate-rehearsal");

#[tokio::test]
async fn one_line_says_where_everything_is() {
    let mut child = Command::new(PROGRAM)
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let told: Value = serde_json::from_str(&line).unwrap();
    let keys: Vec<_> = told["credentials"].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "tru_client_id",
            "tru_client_secret",
            "twilio_account_sid",
            "twilio_auth_token",
            "twilio_service_sid"
        ]
    );
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let credentials = &told["credentials"];
    let service = text(&credentials["twilio_service_sid"]);
    let request = client(Duration::from_secs(10))
        .get(format!(
            "{}/v2/Services/{service}",
            text(&told["twilio_verify"])
        ))
        .basic_auth(
            text(&credentials["twilio_account_sid"]),
            Some(text(&credentials["twilio_auth_token"])),
        );
    assert_eq!(tell(request).await.status, 200);
    let ledger = client(Duration::from_secs(10)).get(text(&told["control"]) + "/ledger");
    assert_eq!(tell(ledger).await.json().as_array().unwrap().len(), 1);
    assert!(text(&told["tru_id"]).starts_with("http://127.0.0.1:"));

    child.kill().unwrap();
    child.wait().unwrap();
    let mut rest = String::new();
    assert_eq!(
        stdout.read_line(&mut rest).unwrap(),
        0,
        "there is one line and no more: {rest}"
    );
}

#[test]
fn it_says_what_it_is() {
    for flag in ["--help", "--version"] {
        let output = Command::new(PROGRAM).arg(flag).output().unwrap();
        assert!(
            output.status.success() && !output.stdout.is_empty(),
            "{flag}"
        );
    }
    assert!(
        !Command::new(PROGRAM)
            .arg("--no-such")
            .output()
            .unwrap()
            .status
            .success()
    );
}
