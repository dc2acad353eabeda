//! The first admin (BR4).

use std::sync::Arc;

use simgate_app::contract::args::Typed;
use simgate_app::contract::branch::BranchForm;
use simgate_app::contract::people::PersonAct;
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ErrorCode, Language, RoleName};
use simgate_store::{FirstAdmin, Head, People, Seal, SealKey, SetupState, SqliteStore};
use tokio::sync::Barrier;

use super::{ADMINS, NEW, second_program};
use crate::branch::{Branch, expect_code, expect_counter, minutes, register_form};

impl Branch {
    async fn set_up(&self) -> SetupState {
        self.store.setup_state().await.expect("the database")
    }
}

/// What a page is shown on the way, and that nobody joins before set-up is finished.
#[tokio::test]
async fn set_up_leads_from_nothing_to_an_open_branch() {
    let branch = Branch::untouched().await;
    let View::FirstRun(first) = branch.view().await else {
        panic!("the first run");
    };
    assert!(!first.branch_named);
    let named = branch.app.set_branch(BranchForm {
        languages: vec![Language::Es],
        ..crate::branch::branch_form("High Street")
    });
    named.await.expect("before there is anybody");
    let seen = branch.app.view().await.expect("a view");
    assert_eq!(seen.languages, [Language::Es], "every page is told");
    let View::FirstRun(first) = seen.view else {
        panic!("still the first run");
    };
    assert!(first.branch_named);

    let form = register_form("admin.one", ADMINS);
    let admin = branch.app.register_first_admin(form).await;
    admin.expect("the first admin");
    expect_code(branch.settled().await);
    branch.app.start_over().await.expect("left");
    let begun = branch.app.view().await.expect("a view");
    assert!(begun.set_up_begun && matches!(begun.view, View::SignIn { .. }));
    let joined = branch.app.register(register_form("another", NEW)).await;
    assert_eq!(
        joined.expect_err("not yet").code,
        ErrorCode::RegistrationClosed
    );
    // Whoever walks by does not set the branch up any more: it has an admin.
    let renamed = branch.app.set_branch(crate::branch::branch_form("Mine"));
    assert_eq!(renamed.await.expect_err("not now").code, ErrorCode::NotNow);

    branch.wait(minutes(2)).await;
    branch.admin_back().await;
    let early = branch.app.finish_set_up().await.expect_err("no kit");
    assert_eq!(early.code, ErrorCode::KitNeeded);
    let shown = branch.app.make_kit(false).await.expect("a kit");
    let early = branch.app.finish_set_up().await;
    let early = early.expect_err("nobody knows whether it was written down");
    assert_eq!(early.code, ErrorCode::KitNeeded);
    let written = Typed::from(shown.codes[9].as_str().to_owned());
    branch.app.confirm_kit(written).await.expect("written down");
    let done = branch.app.finish_set_up().await.expect("finished");
    assert!(!done.set_up_begun);
}

#[tokio::test]
async fn the_first_admin_proves_password_sim_and_code() {
    let branch = Branch::untouched().await;
    assert_eq!(branch.set_up().await, SetupState::Nobody);
    let form = register_form("admin.one", ADMINS);
    branch
        .app
        .register_first_admin(form)
        .await
        .expect("the first admin");
    expect_code(branch.settled().await);
    assert_eq!((branch.sim_checks(), branch.sends()), (1, 1));
    assert_eq!(branch.set_up().await, SetupState::Begun);
    expect_counter(branch.type_right_code(ADMINS).await.expect("a code"));
    let me = branch.person_called("admin.one").await;
    assert_eq!(me.row.role, RoleName::Admin);
    assert!(me.yourself && me.verified_at.is_some());

    branch.finish_set_up().await;
    let again = branch
        .app
        .finish_set_up()
        .await
        .expect_err("once and for ever");
    assert_eq!(again.code, ErrorCode::NotNow);
    branch.leave().await;
    let second = branch
        .app
        .register_first_admin(register_form("admin.two", NEW))
        .await;
    assert_eq!(second.expect_err("there is one").code, ErrorCode::NotNow);
}

/// CVE-2023-46249: deleting the first admin opened the first set-up again. Here the last admin cannot be
/// deleted; and where everybody is gone all the same, nobody becomes an admin in the window.
#[tokio::test]
async fn set_up_does_not_open_again_when_everybody_is_gone() {
    let mut branch = Branch::with_admin().await;
    let answer = branch.act("admin.one", PersonAct::Delete).await;
    assert_eq!(
        answer,
        simgate_app::contract::people::PersonAnswer::LastAdmin
    );
    branch.leave().await;
    let gone = branch.raw().execute("DELETE FROM users", ());
    assert_eq!(gone.expect("the table of people"), 1, "nobody is left");

    for started_anew in [false, true] {
        if started_anew {
            branch.kill_and_restart().await;
        }
        let seen = branch.app.view().await.expect("a view");
        assert!(matches!(seen.view, View::SignIn { .. }), "{seen:?}");
        assert!(!seen.set_up_begun);
        let form = register_form("admin.two", NEW);
        let again = branch.app.register_first_admin(form).await;
        assert_eq!(again.expect_err("never again").code, ErrorCode::NotNow);
        // A page that is behind asks the store, in the transaction that would do it.
        let (new, entry) = first_admin(2);
        let asked = branch.store.register_first_admin(new, entry).await;
        assert_eq!(asked.expect("an answer"), FirstAdmin::NotFirst);
    }
    let form = register_form("maria", NEW);
    branch.app.register(form).await.expect("as anybody may");
    let role = branch
        .raw()
        .query_row("SELECT role FROM users", (), |row| row.get::<_, String>(0));
    assert_eq!(role.expect("the one person"), "staff");
}

/// Its admin could be shut out without a kit, and nobody would be there for whoever registered.
#[tokio::test]
async fn nobody_registers_before_set_up_is_finished() {
    let branch = Branch::with_first_admin().await;
    branch.open_to_all().await;
    branch.leave().await;
    let early = branch.register("maria", NEW).await.expect_err("too early");
    assert_eq!(early.code, ErrorCode::RegistrationClosed);
    branch.wait(minutes(11)).await;
    branch.admin_back().await;
    branch.finish_set_up().await;
    branch.leave().await;
    expect_code(branch.register("maria", NEW).await.expect("open to all"));
}

#[tokio::test]
async fn a_first_admin_who_cannot_prove_their_phone_begins_anew() {
    let branch = Branch::untouched().await;
    let swapped = register_form("admin.one", "+447700900191");
    branch
        .app
        .register_first_admin(swapped)
        .await
        .expect("begun");
    branch.settled().await;
    branch.app.start_over().await.expect("left");
    let form = register_form("admin.one", ADMINS);
    branch
        .app
        .register_first_admin(form)
        .await
        .expect_err("somebody is there");
    branch.app.withdraw_first_admin().await.expect("taken away");
    let form = register_form("admin.one", ADMINS);
    branch
        .app
        .register_first_admin(form)
        .await
        .expect("another number");
    expect_code(branch.settled().await);
    expect_counter(branch.type_right_code(ADMINS).await.expect("a code"));
    branch.leave().await;
    let stays = branch.app.withdraw_first_admin().await;
    let stays = stays.expect_err("they were signed in once");
    assert_eq!(stays.code, ErrorCode::FirstAdminStays);
}

/// Two windows, as far as each other's first run is not seen: both are let in by the door, and the
/// database makes one of the two the admin. The other is told that it is not the time for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_windows_in_their_first_run_make_one_admin() {
    for round in 0..10 {
        let branch = Branch::untouched().await;
        let other = second_program(&branch).await;
        let racing = [
            (branch.app.clone(), "admin.one", ADMINS),
            (other, "admin.two", NEW),
        ];
        let barrier = Arc::new(Barrier::new(2));
        let racing = racing.map(|(app, name, number)| {
            let barrier = Arc::clone(&barrier);
            tokio::spawn(async move {
                barrier.wait().await;
                app.register_first_admin(register_form(name, number)).await
            })
        });
        let mut refused = Vec::new();
        for raced in racing {
            let answer = raced.await.expect("no panic");
            refused.extend(answer.err().map(|refusal| refusal.code));
        }
        assert_eq!(refused, [ErrorCode::NotNow], "round {round}");
        let admins = "SELECT count(*) FROM users WHERE role = 'admin'";
        let admins = branch
            .raw()
            .query_row(admins, (), |row| row.get::<_, u32>(0));
        assert_eq!(admins.expect("a count"), 1, "round {round}");
    }
}

/// Two programs on one database at the same moment, a hundred times: one admin each time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_first_runs_make_one_admin() {
    for round in 0..100 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data").join("simgate.db");
        let key = || simgate_store::DatabaseKey::new([7; 32]);
        let store = SqliteStore::create(&path, key(), SealKey::new(&[8; 32]));
        let store = store.expect("a database");
        let seal = Seal {
            key: SealKey::new(&[8; 32]),
            head: Head::NONE,
        };
        let other = SqliteStore::open(&path, key(), Some(seal)).expect("the same");
        let barrier = Arc::new(Barrier::new(2));
        let racing = [Arc::new(store), Arc::new(other)].into_iter().enumerate();
        let racing = racing.map(|(n, store)| {
            let barrier = Arc::clone(&barrier);
            tokio::spawn(async move {
                let (new, entry) = first_admin(n);
                barrier.wait().await;
                store
                    .register_first_admin(new, entry)
                    .await
                    .expect("an answer")
            })
        });
        let mut done = 0;
        for raced in racing.collect::<Vec<_>>() {
            let answer = raced.await.expect("no panic");
            done += usize::from(answer == FirstAdmin::Done);
        }
        assert_eq!(done, 1, "round {round}");
    }
}

fn first_admin(n: usize) -> (simgate_store::NewUser, simgate_store::Entry) {
    let user = simgate_domain::UserId::new(uuid::Uuid::from_u128(n as u128 + 1));
    let new = simgate_store::NewUser {
        user,
        name: simgate_domain::Username::parse(&format!("admin.{n}x")).expect("a name"),
        password_hash: "$argon2id$".to_owned(),
        number: simgate_domain::PhoneNumber::from_e164(ADMINS).expect("a number"),
        channel: simgate_domain::Channel::Sms,
        state: simgate_domain::AccountState::Active,
        sign_in: simgate_domain::SignInId::new(uuid::Uuid::from_u128(n as u128 + 10)),
    };
    let now = simgate_domain::Timestamp::from_micros(1_795_424_400_000_000);
    let who = simgate_store::Who::User(user);
    let entry = simgate_store::Entry::new(now, who, simgate_store::Act::Registered);
    (new, entry)
}

/// The program is killed between the first admin's registration and their code.
#[tokio::test]
async fn a_first_run_that_was_cut_goes_on_where_it_was() {
    let mut branch = Branch::untouched().await;
    let form = register_form("admin.one", ADMINS);
    branch
        .app
        .register_first_admin(form)
        .await
        .expect("the first admin");
    expect_code(branch.settled().await);
    branch.kill_and_restart().await;
    assert_eq!(branch.set_up().await, SetupState::Begun);
    branch.wait(minutes(2)).await;
    branch.admin_back().await;
    branch.finish_set_up().await;
    assert!(matches!(branch.set_up().await, SetupState::Finished { .. }));
    let other = second_program(&branch).await;
    let seen = other.view().await.expect("a view");
    assert!(matches!(seen.view, View::SignIn { .. }) && !seen.set_up_begun);
}
