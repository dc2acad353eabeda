//! Backups, and restoring them, here and on another machine.

use std::path::PathBuf;

use serde_json::Value;

use crate::session::{Said, Session};

const ADMINS: &str = "+447700900100";
const PASSWORD: &str = "nine purple anvils hum";

impl Session {
    /// The recovery key of the kit that the admin makes at the window.
    async fn kit(&self) -> String {
        let folder = self.data();
        let said = self
            .branch(&["kit", &folder, "admin.one", PASSWORD, ADMINS])
            .await;
        assert_eq!(said.exit, Some(0), "{said:?}");
        said.out.trim().to_owned()
    }

    async fn backed_up(&self) -> PathBuf {
        let said = self.admin(&["--json", "backup"]).await;
        assert_eq!(said.exit, Some(0), "{said:?}");
        let document = said.json();
        PathBuf::from(document["result"]["path"].as_str().expect("a path"))
    }

    async fn restore(&self, file: &str, key: &str, more: &[&str]) -> Said {
        let arguments = [&["--json", "restore", file][..], more].concat();
        self.admin_given(&arguments, &format!("{key}\n")).await
    }

    async fn looked_at(&self, file: &str, key: &str) -> Value {
        let said = self.restore(file, key, &[]).await;
        assert_eq!(said.exit, Some(0), "{said:?}");
        let document = said.json();
        assert_eq!(document["result"]["restored"], false);
        document["result"]["offer"].clone()
    }

    async fn people(&self) -> u64 {
        let file = self.path("people.csv").display().to_string();
        let said = self.admin(&["--json", "people", "export", &file]).await;
        assert_eq!(said.exit, Some(0), "{said:?}");
        std::fs::remove_file(file).expect("it was written");
        said.json()["result"]["rows"].as_u64().expect("a count")
    }

    async fn signs_in(&self) -> String {
        let folder = self.data();
        let said = self
            .branch(&["sign-in", &folder, "admin.one", PASSWORD, ADMINS])
            .await;
        said.out.trim().to_owned()
    }

    async fn one_more(&self) {
        let text = "username,phone,channel,role\nana.gil,+447700900148,sms,staff\n";
        let file = self.file("staff.csv", text);
        let said = self.admin(&["people", "import", &file]).await;
        assert_eq!(said.exit, Some(0), "{said:?}");
    }
}

fn code(said: &Said) -> String {
    let document = said.json();
    document["error"]["code"]
        .as_str()
        .expect("a code")
        .to_owned()
}

#[tokio::test]
async fn what_it_would_replace_is_told_first_and_kept_after() {
    let session = Session::set_up().await;
    let key = session.kit().await;
    let backup = session.backed_up().await;
    let folder = session.path("data/rehearsal/backups");
    assert_eq!(backup.parent(), Some(folder.as_path()));
    let file = backup.display().to_string();
    session.one_more().await;

    let offer = session.looked_at(&file, &key).await;
    assert_eq!(offer["backup"]["people"], 1);
    assert_eq!(offer["present"]["facts"]["people"], 2);
    let said = session.restore(&file, &key, &["--confirm", "0f0f"]).await;
    assert_eq!(
        (said.exit, code(&said)),
        (Some(4), "restore_changed".to_owned())
    );
    assert_eq!(session.people().await, 2, "nothing was changed");

    let confirm = offer["confirm"].as_str().expect("a word");
    let said = session.restore(&file, &key, &["--confirm", confirm]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    let document = said.json();
    let kept = document["result"]["keptAs"].as_str().expect("a name");
    assert!(session.path("data/rehearsal").join(kept).is_file());
    assert_eq!(session.people().await, 1);
    assert_eq!(session.signs_in().await, "counter");

    let record = session.path("record.jsonl").display().to_string();
    let said = session.admin(&["audit", "export", &record]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    let text = std::fs::read_to_string(&record).expect("the file");
    let restored = text.lines().find(|line| line.contains(r#""restored""#));
    let restored = restored.expect("on record");
    assert!(restored.contains(r#""by_is":"console""#), "{restored}");
    let said = session.admin(&["audit", "verify"]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");

    let logs = std::fs::read_dir(session.path("data/rehearsal/logs")).expect("the logs");
    for log in logs {
        let text = std::fs::read_to_string(log.expect("a file").path()).expect("its text");
        assert!(!text.contains(&key), "the key is nowhere");
    }
}

#[tokio::test]
async fn another_machine_takes_it_with_its_key_alone() {
    let session = Session::set_up().await;
    let key = session.kit().await;
    let backup = session.backed_up().await;
    let other = Session::begin().await;
    let file = other.path("monday.backup");
    std::fs::copy(&backup, &file).expect("a copy");
    let file = file.display().to_string();
    let offer = other.looked_at(&file, &key).await;
    assert_eq!(offer["present"]["kind"], "nothing");
    let confirm = offer["confirm"].as_str().expect("a word");
    let said = other.restore(&file, &key, &["--confirm", confirm]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    assert_eq!(said.json()["result"]["keptAs"], Value::Null);
    assert_eq!(other.signs_in().await, "counter");
    let said = other.admin(&["doctor"]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
}

#[tokio::test]
async fn what_cannot_be_restored_is_said_so_and_nothing_is_changed() {
    let session = Session::set_up().await;
    let key = session.kit().await;
    let backup = session.backed_up().await;
    let whole = std::fs::read(&backup).expect("a backup");
    let file = backup.display().to_string();
    let cut = session.path("cut.backup");
    std::fs::write(&cut, &whole[..whole.len() / 2]).expect("a file");
    let cut = cut.display().to_string();
    let other = session.file("other.backup", "something else");
    let gone = session.path("gone.backup").display().to_string();
    let (first, rest) = key.split_at(1);
    let mistyped = format!("{}{rest}", if first == "A" { "B" } else { "A" });
    let long = "A".repeat(2_000);
    for (file, key, expected) in [
        (&cut, &key, "backup_cut_short"),
        (&other, &key, "backup_not_ours"),
        (&gone, &key, "backup_missing"),
        (&file, &mistyped, "recovery_key_mistyped"),
        (&file, &String::new(), "recovery_key_empty"),
        (&file, &long, "input"),
    ] {
        let said = session.restore(file, key, &[]).await;
        assert_eq!((said.exit, code(&said).as_str()), (Some(1), expected));
        assert!(
            key.is_empty() || !said.out.contains(key.as_str()),
            "{said:?}"
        );
    }
    let said = session.admin(&["restore", &file, &key]).await;
    assert_eq!(said.exit, Some(2), "a key is no argument: {said:?}");
    assert!(!said.err.contains(&key), "{said:?}");
    let said = session.admin(&["--json", "backup", &file]).await;
    assert_eq!(
        (said.exit, code(&said)),
        (Some(1), "backup_exists".to_owned())
    );
    let record = session.path("record.jsonl").display().to_string();
    let said = session.admin(&["audit", "export", &record]).await;
    assert_eq!(said.exit, Some(0), "{said:?}");
    let text = std::fs::read_to_string(&record).expect("the file");
    for act in ["backup_made", "backup_failed"] {
        let line = text.lines().find(|line| line.contains(act));
        let line = line.expect("on record");
        assert!(line.contains(r#""by_is":"console""#), "{line}");
    }

    let lock = session.path("data/rehearsal/simgate.lock");
    let lock = std::fs::File::open(lock).expect("the lock");
    lock.lock().expect("held");
    let said = session.admin(&["backup"]).await;
    assert_eq!(said.exit, Some(3), "{said:?}");
    assert!(said.err.contains("Close it"), "{said:?}");
    assert!(said.err.contains("in its window"), "{said:?}");
    let said = session.restore(&file, &key, &[]).await;
    assert_eq!(
        (said.exit, code(&said)),
        (Some(3), "database_held".to_owned())
    );
}
