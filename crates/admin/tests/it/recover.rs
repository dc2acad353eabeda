//! An admin is let in again.

use crate::session::Session;

const ADMINS: &str = "+447700900100";
const ANAS: &str = "+447700900148";

#[tokio::test]
async fn the_last_admin_comes_back_with_a_password_for_one_sign_in() {
    let session = Session::set_up().await;
    let said = session
        .admin(&["--json", "recover-admin", "admin.one"])
        .await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    let document = said.json();
    let password = document["result"]["oneTimePassword"].as_str();
    let password = password.expect("a password").to_owned();
    assert_eq!(document["result"]["person"]["role"], "admin");
    let sign_in = async |password: &str, number: &str| {
        let folder = session.data();
        let said = session
            .branch(&["sign-in", &folder, "admin.one", password, number])
            .await;
        said.out.trim().to_owned()
    };
    assert_eq!(sign_in("nine purple anvils hum", ADMINS).await, "refused");
    assert_eq!(sign_in(&password, ADMINS).await, "choose-password");

    let log = std::fs::read_dir(session.path("data/rehearsal/logs")).expect("the logs");
    for file in log {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("its text");
        assert!(
            text.contains("recover-admin"),
            "what was begun is told: {text}"
        );
        assert!(!text.contains(&password), "and no secret is");
    }
}

#[tokio::test]
async fn an_admin_is_added_only_with_a_number_and_only_once() {
    let session = Session::set_up().await;
    let said = session.admin(&["recover-admin", "ana.gil"]).await;
    assert_eq!(said.exit, Some(1), "{said:?}");
    assert_eq!(said.err, "simgate-admin: There is nobody called ana.gil.\n");
    let number = ["recover-admin", "ana.gil", "--phone", "07700 900148"];
    let said = session.admin(&number).await;
    assert_eq!(said.exit, Some(1), "of which country? {said:?}");
    assert!(said.err.contains("--country"), "{said:?}");
    let add = [&number[..], &["--country", "GB"]].concat();
    let said = session.admin(&add).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert!(
        said.out.starts_with("ana.gil was added as an admin"),
        "{said:?}"
    );
    let password = said
        .out
        .lines()
        .nth(2)
        .expect("a password")
        .trim()
        .to_owned();
    let folder = session.data();
    let said = session
        .branch(&["sign-in", &folder, "ana.gil", &password, ANAS])
        .await;
    assert_eq!(said.out.trim(), "choose-password", "{said:?}");
    let said = session.admin(&add).await;
    assert_eq!(said.exit, Some(4), "{said:?}");
    assert!(said.err.contains("keeps their number"), "{said:?}");
    let taken = ["recover-admin", "eva.paz", "--phone", ADMINS];
    let said = session.admin(&taken).await;
    assert_eq!(said.exit, Some(4), "{said:?}");
}
