//! The program is killed in the middle of its work.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use simgate_domain::attempts::Limits;
use simgate_store::{Act, SqliteStore, Store, Who};

use crate::kit::{Kit, key, name, seal};

/// Set for the program that is killed.
const KILLED: &str = "SIMGATE_TEST_KILLED";

/// The program that is killed: this test run by another, in the folder of the database.
/// It does so only where the test below started it, and then never ends by itself.
#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test below speaks to it by this variable"
)]
async fn the_program_that_is_killed() {
    if std::env::var_os(KILLED).is_none() {
        return;
    }
    let kit = Kit::on(Path::new("simgate.db"));
    loop {
        let attempt = kit.try_password(name("alice")).await;
        kit.record(Who::Program, Act::Failed, None).await;
        let seq = kit.found().await[0].0;
        // Straight to the pipe: a harness that captures would keep it.
        let line = format!("\nanswered {seq} {}\n", attempt.locked.is_none());
        std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes()).unwrap();
    }
}

#[tokio::test]
async fn what_was_answered_survives_kill() {
    let (_folder, path) = Kit::in_a_file().ended();
    let (mut reserved, mut answered) = (0, 0);
    for round in 1..=8 {
        let mut program = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::the_program_that_is_killed"])
            .arg("--nocapture")
            .env(KILLED, "yes")
            .current_dir(path.parent().unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let mut left = if round < 4 { 1 } else { round * 3 };
        for line in lines.map_while(Result::ok) {
            if let Some(answer) = line.strip_prefix("answered ") {
                let (seq, was_reserved) = answer.split_once(' ').unwrap();
                answered = seq.parse().unwrap();
                reserved += u32::from(was_reserved == "true");
                left -= 1;
                if left == 0 {
                    program.kill().unwrap();
                }
            }
        }
        program.wait().unwrap();
        let kit = Kit::on(&path);
        let found = kit.found().await;
        assert!(
            found[0].0 >= answered,
            "round {round}: what was answered is there"
        );
        for pair in found.windows(2) {
            assert_eq!(pair[0].0, pair[1].0 + 1, "round {round}: no gap");
        }
        drop(kit);
    }
    assert!(answered > 20, "it was killed at work");
    assert!(
        reserved <= Limits::DEFAULT.passwords,
        "{reserved} passwords over all its lives"
    );
    let store = SqliteStore::open(&path, key(), Some(seal())).unwrap();
    let tried = store.reserve_password_attempt(name("alice"), Limits::DEFAULT, crate::kit::START);
    assert!(tried.await.unwrap().locked.is_some());
}
