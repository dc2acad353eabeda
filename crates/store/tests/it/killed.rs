//! The program is killed in the middle of its work.

use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use simgate_domain::attempts::Limits;
use simgate_domain::{Channel, Role, UserId};
use simgate_store::{
    Act, Actor, Added, Changed, NewPerson, PersonAnswer, PersonChange, SqliteStore, Store, Who,
};
use uuid::Uuid;

use crate::kit::people::new_person;
use crate::kit::{Kit, key, name, raw, seal};

/// Set for the program that is killed: which of its lives this is.
const KILLED: &str = "SIMGATE_TEST_KILLED";

/// The life of the program that is killed; `None` where no test below started it.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests below speak to it by this variable"
)]
fn life() -> Option<u32> {
    let life = std::env::var(KILLED).ok()?;
    Some(life.parse().expect("a number"))
}

/// Says that it was answered, straight to the pipe: a harness that captures would keep it.
fn say(answered: &str) {
    let line = format!("\nanswered {answered}\n");
    std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes()).unwrap();
}

/// A program that one of these tests is, in the folder of the database.
struct Victim {
    program: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Victim {
    fn start(test: &str, path: &Path, life: u32) -> Self {
        let mut program = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test])
            .arg("--nocapture")
            .env(KILLED, life.to_string())
            .current_dir(path.parent().unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines();
        Self { program, lines }
    }

    /// What it was answered next; `None` once it is dead and all that it said is read.
    fn answered(&mut self) -> Option<String> {
        let mut lines = self.lines.by_ref().map_while(Result::ok);
        lines.find_map(|line| Some(line.strip_prefix("answered ")?.to_owned()))
    }

    fn kill(&mut self) {
        self.program.kill().unwrap();
    }

    fn buried(mut self) {
        self.program.wait().unwrap();
    }
}

/// The program that is killed: this test run by another. It does so only where the test below started
/// it, and then never ends by itself.
#[tokio::test]
async fn the_program_that_is_killed() {
    if life().is_none() {
        return;
    }
    let kit = Kit::on(Path::new("simgate.db"));
    loop {
        let attempt = kit.try_password(name("alice")).await;
        kit.record(Who::Program, Act::Failed, None).await;
        let seq = kit.found().await[0].0;
        say(&format!("{seq} {}", attempt.locked.is_none()));
    }
}

#[tokio::test]
async fn what_was_answered_survives_kill() {
    let (_folder, path) = Kit::in_a_file().ended();
    let (mut reserved, mut answered) = (0, 0);
    for round in 1..=8 {
        let mut victim = Victim::start("killed::the_program_that_is_killed", &path, round);
        let (mut heard, last) = (0, if round < 4 { 1 } else { round * 3 });
        while let Some(answer) = victim.answered() {
            let (seq, was_reserved) = answer.split_once(' ').unwrap();
            answered = seq.parse().unwrap();
            reserved += u32::from(was_reserved == "true");
            heard += 1;
            if heard == last {
                victim.kill();
            }
        }
        victim.buried();
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

/// Each of these acts, and no more of them in a row.
const ACTS: u32 = 8;
/// At so many moments of it, from its beginning to its end, is the program killed.
const MOMENTS: u32 = 6;

/// The program that is killed while it acts on people and on what is set.
#[tokio::test]
async fn the_program_that_is_killed_at_an_act() {
    let Some(life) = life() else {
        return;
    };
    let kit = Kit::on(Path::new("simgate.db"));
    for n in 0_u32.. {
        let nth = life * 100 + n;
        let user = UserId::new(Uuid::from_u128(u128::from(nth)));
        let new = NewPerson {
            user,
            ..new_person(
                &format!("person.{nth}"),
                &format!("+4477009{nth:05}"),
                Role::Staff,
            )
        };
        let added = kit.add(Actor::Console, new).await;
        assert!(matches!(added, Added::Done(_)), "{added:?}");
        say("added");
        let changes = [
            PersonChange::Role(Role::Supervisor),
            PersonChange::Channel(Channel::Voice),
            PersonChange::Disable,
            PersonChange::Enable,
            PersonChange::ResetPassword(kit.one_time()),
        ];
        for (version, change) in (1..).zip(changes) {
            let answer = kit.act_seen(Actor::Console, (user, version), change).await;
            assert!(matches!(answer, PersonAnswer::Done(_)), "{answer:?}");
            say("changed");
        }
        let found = kit.store.versioned_setting("branch").await.unwrap();
        let version = found.map_or(0, |(version, _value)| version);
        let entry = kit.entry(Who::Program, Act::BranchChanged);
        let set = kit
            .store
            .change_setting("branch", version, nth.to_string(), entry);
        assert_eq!(set.await.unwrap(), Changed::Done);
        say("set");
        let delete = PersonChange::Delete;
        let answer = kit.act_seen(Actor::Console, (user, 6), delete).await;
        assert!(matches!(answer, PersonAnswer::Done(_)), "{answer:?}");
        say("deleted");
    }
}

/// AU7: an act and its entry are both there or neither, at whatever moment of it the program is
/// killed: each of eight acts at six moments. An account's version says how many acts were done to it.
#[tokio::test]
async fn an_act_and_its_entry_are_both_there_or_neither_after_a_kill() {
    let (_folder, path) = Kit::in_a_file().ended();
    let (mut acts, mut cut) = (0, 0);
    for round in 0..ACTS * MOMENTS {
        let test = "killed::the_program_that_is_killed_at_an_act";
        let mut victim = Victim::start(test, &path, round + 1);
        let (act, moment) = (round % ACTS, round / ACTS);
        // A whole life of somebody first, which tells how long an act takes.
        victim.answered().unwrap();
        let first = now();
        for _ in 1..ACTS + act {
            victim.answered().unwrap();
        }
        let an_act = first.elapsed() / (ACTS + act - 1);
        until(an_act * moment / MOMENTS);
        victim.kill();
        let mut answered = ACTS + act;
        while victim.answered().is_some() {
            answered += 1;
        }
        victim.buried();

        drop(Kit::on(&path));
        let database = raw(&path);
        let count = |sql: &str| -> u32 { database.query_row(sql, (), |row| row.get(0)).unwrap() };
        let entries = count("SELECT count(*) FROM record");
        let (before, done) = (acts, entries - acts);
        assert!(
            (answered..=answered + 1).contains(&done),
            "round {round}: {answered} answered after {before}, and {done} on record"
        );
        acts = entries;
        cut += u32::from(done == answered);
        let odd = count(
            "SELECT count(*) FROM users \
             WHERE version != (SELECT count(*) FROM record WHERE who = users.id)",
        );
        assert_eq!(odd, 0, "round {round}: changed and not on record, or so");
        let odd = count(
            "SELECT count(*) FROM (SELECT who, sum(act = 'person_added') AS added, \
             sum(act = 'person_deleted') AS gone FROM record WHERE who IS NOT NULL GROUP BY who) \
             WHERE added != 1 OR gone + (who IN (SELECT id FROM users)) != 1",
        );
        assert_eq!(odd, 0, "round {round}: added or deleted, and not on record");
        let set = count("SELECT coalesce(sum(version), 0) FROM settings WHERE name = 'branch'");
        let told = count("SELECT count(*) FROM record WHERE act = 'branch_changed'");
        assert_eq!(set, told, "round {round}: what was set");
    }
    assert!(
        acts >= ACTS * ACTS * MOMENTS,
        "{acts} acts in all its lives"
    );
    assert!(
        cut > 0 && cut < ACTS * MOMENTS,
        "{cut} of its last acts were cut short, and the others were done"
    );
}

/// Until then, to within less than an act takes: no clock of the system wakes anybody so finely.
fn until(span: Duration) {
    let since = now();
    while since.elapsed() < span {
        std::hint::spin_loop();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "parts of a thousandth of a second are measured, and no machine sleeps in them"
)]
fn now() -> Instant {
    Instant::now()
}
