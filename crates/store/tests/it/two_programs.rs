//! Two programs on one file count together.

use std::sync::Arc;

use simgate_domain::attempts::Limits;
use simgate_domain::seat::Clearance;
use simgate_store::{Act, Closed, CodeAttempt, GrantAnswer, Store, Who};

use crate::kit::{ALICE, BOB, Kit, name, new_sid, number};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_passwords_at_once_are_five() {
    let one = Kit::in_a_file();
    let other = one.second_program();
    one.registered("alice", ALICE).await;
    let now = one.now();
    let mut tasks = Vec::new();
    for n in 0..64 {
        let kit = if n % 2 == 0 { &one } else { &other };
        let store = Arc::clone(&kit.store);
        tasks.push(tokio::spawn(async move {
            store
                .reserve_password_attempt(name("alice"), Limits::DEFAULT, now)
                .await
        }));
    }
    let mut reserved = 0;
    for task in tasks {
        reserved += usize::from(task.await.unwrap().unwrap().locked.is_none());
    }
    assert_eq!(reserved, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_verification_grants_one_session() {
    let one = Kit::in_a_file();
    let other = one.second_program();
    for round in 0..10 {
        let alice = match round {
            0 => one.registered("alice", ALICE).await,
            _ => one.back(one.person("alice").await).await,
        };
        let sid = new_sid();
        assert_eq!(one.try_code(alice).await, CodeAttempt::Reserved);
        let answers = tokio::join!(
            one.grant(alice, &sid, Clearance::Unchanged),
            other.grant(alice, &sid, Clearance::Unchanged)
        );
        let granted = matches!(
            answers,
            (GrantAnswer::Granted(_), GrantAnswer::Spent)
                | (GrantAnswer::Spent, GrantAnswer::Granted(_))
        );
        assert!(granted, "round {round}: {answers:?}");
    }
}

#[tokio::test]
async fn the_newer_sign_in_wins() {
    let one = Kit::in_a_file();
    let other = one.second_program();
    let older = one.registered("alice", ALICE).await;
    one.signed_in(older, Clearance::Unchanged).await;
    let newer = other.back(older).await;
    assert!(
        !one.store
            .is_current(older.user, older.sign_in)
            .await
            .unwrap()
    );
    assert_eq!(one.live(older).await, Err(Closed::AccountChanged));
    other.signed_in(newer, Clearance::Unchanged).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_record_has_no_gap_and_no_double() {
    let one = Kit::in_a_file();
    let other = one.second_program();
    let mut tasks = Vec::new();
    for kit in [&one, &other] {
        for _ in 0..100 {
            let store = Arc::clone(&kit.store);
            let entry = one.entry(Who::Program, Act::Failed);
            tasks.push(tokio::spawn(async move { store.record(entry).await }));
        }
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let newest: Vec<_> = one.found().await.iter().map(|entry| entry.0).collect();
    assert_eq!(newest, (181..=200).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_name_is_registered_once() {
    let one = Kit::in_a_file();
    let other = one.second_program();
    let (first, second) = tokio::join!(one.register("alice", ALICE), other.register("a1ice", BOB));
    assert_ne!(first.0, second.0, "one of two look-alikes is taken");
    let account = one.try_password(name("alice")).await.account;
    let looks = one.try_password(name("a1ice")).await.account;
    let accounts: Vec<_> = account.into_iter().chain(looks).collect();
    assert_eq!(accounts.len(), 1);
    assert!([ALICE, BOB].map(number).contains(&accounts[0].number));
}
