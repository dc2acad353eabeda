//! Lists of people.

use std::sync::Arc;

use simgate_domain::seat::Clearance;
use simgate_domain::{AccountState, Role};
use simgate_store::{
    Act, Imported, Mark, MarkKey, People as _, PeopleQuery, PersonChange, Sort, Store, Who,
};

use crate::kit::people::{everyone, named, new_person, numbers, phone};
use crate::kit::{ALICE, BOB, Kit, name, new_user, secs};

/// Some people, each added a second after the one before.
async fn people(kit: &Kit) -> crate::kit::Person {
    let admin = kit.admin().await;
    let table = [
        ("maria.lopez", Role::Staff),
        ("lopez.ana", Role::Supervisor),
        ("ana", Role::Staff),
        ("zoe-ana_maria", Role::Staff),
        ("bernd", Role::Admin),
    ];
    for ((typed, role), e164) in table.into_iter().zip(numbers(5)) {
        kit.pass(secs(1));
        kit.added(admin, typed, &e164, role).await;
    }
    admin
}

pub async fn people_are_listed_by_name_by_sign_in_and_by_age(kit: Kit) {
    people(&kit).await;
    let by_name = [
        "admin.one",
        "ana",
        "bernd",
        "lopez.ana",
        "maria.lopez",
        "zoe-ana_maria",
    ];
    let by_age = [
        "admin.one",
        "maria.lopez",
        "lopez.ana",
        "ana",
        "zoe-ana_maria",
        "bernd",
    ];
    for limit in [1, 2, 3, 6, 50] {
        for (sort, order) in [(Sort::Name, by_name), (Sort::Registered, by_age)] {
            let query = PeopleQuery {
                sort,
                limit,
                ..everyone()
            };
            assert_eq!(kit.names(query.clone()).await, order, "{sort:?} by {limit}");
            let mut back = order;
            back.reverse();
            let query = PeopleQuery {
                descending: true,
                ..query
            };
            assert_eq!(kit.names(query).await, back, "{sort:?} back by {limit}");
        }
        let query = PeopleQuery {
            sort: Sort::LastSignIn,
            limit,
            ..everyone()
        };
        let names = kit.names(query.clone()).await;
        assert_eq!(names.len(), 6);
        assert_eq!(names[5], "admin.one", "nobody else has signed in");
        let query = PeopleQuery {
            descending: true,
            ..query
        };
        let back: Vec<_> = names.into_iter().rev().collect();
        assert_eq!(kit.names(query).await, back);
    }
}

pub async fn people_are_filtered_by_state_and_role(kit: Kit) {
    let admin = people(&kit).await;
    let maria = kit.page(named("maria.lopez")).await.people[0].user;
    kit.done(admin, maria, PersonChange::Disable).await;
    let (_, pending) = kit.register_as(AccountState::Pending, "waits", ALICE).await;
    let of = |state, role| PeopleQuery {
        state,
        role,
        limit: 2,
        ..everyone()
    };
    let staff = Some(Role::Staff);
    let table = [
        (Some(AccountState::Disabled), None, vec!["maria.lopez"]),
        (Some(AccountState::Pending), None, vec!["waits"]),
        (
            None,
            staff,
            vec!["ana", "maria.lopez", "waits", "zoe-ana_maria"],
        ),
        (
            Some(AccountState::Active),
            staff,
            vec!["ana", "zoe-ana_maria"],
        ),
        (None, Some(Role::Admin), vec!["admin.one", "bernd"]),
        (Some(AccountState::Disabled), Some(Role::Admin), vec![]),
    ];
    for (state, role, expected) in table {
        for sort in [Sort::Name, Sort::LastSignIn, Sort::Registered] {
            for descending in [false, true] {
                let query = PeopleQuery {
                    sort,
                    descending,
                    ..of(state, role)
                };
                let mut names = kit.names(query).await;
                names.sort();
                assert_eq!(names, expected, "{state:?} {role:?} by {sort:?}");
            }
        }
        assert_eq!(kit.names(of(state, role)).await, expected);
    }
    kit.done(admin, pending.user, PersonChange::Approve).await;
    let waiting = of(Some(AccountState::Pending), None);
    assert!(kit.names(waiting).await.is_empty());
    let found = PeopleQuery {
        state: Some(AccountState::Pending),
        ..named("wait")
    };
    assert!(
        kit.names(found).await.is_empty(),
        "a search follows the state"
    );
    let found = PeopleQuery {
        state: Some(AccountState::Active),
        ..named("wait")
    };
    assert_eq!(kit.names(found).await, ["waits"]);
}

pub async fn people_are_found_by_any_part_of_their_name(kit: Kit) {
    let admin = people(&kit).await;
    for limit in [1, 2, 50] {
        for descending in [false, true] {
            let find = |typed| PeopleQuery {
                limit,
                descending,
                ..named(typed)
            };
            let table = [
                ("ana", vec!["ana", "lopez.ana", "zoe-ana_maria"]),
                ("maria", vec!["maria.lopez", "zoe-ana_maria"]),
                ("LÓP", vec!["lopez.ana", "maria.lopez"]),
                ("ana maria", vec!["zoe-ana_maria"]),
                ("opez", vec![]),
            ];
            for (typed, expected) in table {
                let mut names = kit.names(find(typed)).await;
                names.sort();
                assert_eq!(names, expected, "{typed} by {limit}");
            }
        }
    }
    let staff = PeopleQuery {
        role: Some(Role::Staff),
        limit: 1,
        ..named("ana")
    };
    assert_eq!(kit.names(staff).await, ["ana", "zoe-ana_maria"]);
    let by_age = PeopleQuery {
        sort: Sort::Registered,
        limit: 2,
        ..named("ana")
    };
    assert_eq!(kit.page(by_age.clone()).await.sort, Sort::Registered);
    assert_eq!(
        kit.names(by_age).await,
        ["lopez.ana", "ana", "zoe-ana_maria"]
    );

    let ana = kit.person("ana").await.user;
    kit.done(admin, ana, PersonChange::Delete).await;
    assert_eq!(
        kit.names(named("ana")).await,
        ["lopez.ana", "zoe-ana_maria"]
    );
}

/// Each of these has two parts that begin so.
pub async fn who_is_found_twice_is_shown_once(kit: Kit) {
    for n in 0..5 {
        kit.register_as(AccountState::Pending, &format!("abc{n}.abd{n}"), ALICE)
            .await;
        kit.pass(crate::kit::minutes(60));
    }
    for limit in 1..7 {
        for descending in [false, true] {
            for sort in [Sort::Name, Sort::LastSignIn] {
                let query = PeopleQuery {
                    limit,
                    descending,
                    sort,
                    ..named("ab")
                };
                let mut names = kit.names(query).await;
                names.sort();
                let expected = [0, 1, 2, 3, 4].map(|n| format!("abc{n}.abd{n}"));
                assert_eq!(names, expected, "{limit} {descending} {sort:?}");
            }
        }
    }
}

pub async fn people_are_found_by_their_whole_number(kit: Kit) {
    kit.registered("alice", ALICE).await;
    kit.registered("again", ALICE).await;
    kit.registered("bob", BOB).await;
    let whose = |e164| PeopleQuery {
        find: phone(e164),
        limit: 1,
        ..everyone()
    };
    assert_eq!(kit.names(whose(ALICE)).await, ["again", "alice"]);
    assert_eq!(kit.names(whose(BOB)).await, ["bob"]);
    assert!(kit.names(whose("+447700900199")).await.is_empty());
    let pending = PeopleQuery {
        state: Some(AccountState::Pending),
        ..whose(BOB)
    };
    assert!(kit.names(pending).await.is_empty());
}

pub async fn who_is_locked_is_found(kit: Kit) {
    let admin = people(&kit).await;
    let locked = || PeopleQuery {
        locked: true,
        limit: 1,
        ..everyone()
    };
    assert!(kit.names(locked()).await.is_empty());
    kit.try_password(name("ana")).await;
    kit.try_passwords(name("maria.lopez")).await;
    kit.try_passwords(name("nobody")).await;
    let zoe = kit.person("zoe-ana_maria").await;
    let zoe = kit.back(zoe).await;
    for _ in 0..10 {
        kit.try_code(zoe).await;
    }
    assert_eq!(kit.names(locked()).await, ["maria.lopez", "zoe-ana_maria"]);
    let found = PeopleQuery {
        locked: true,
        ..named("lopez")
    };
    assert_eq!(kit.names(found).await, ["maria.lopez"]);
    let maria = kit.person("maria.lopez").await.user;
    kit.done(admin, maria, PersonChange::Unlock).await;
    assert_eq!(kit.names(locked()).await, ["zoe-ana_maria"]);
    kit.pass(crate::kit::minutes(31));
    assert!(kit.names(locked()).await.is_empty(), "locks end");
}

/// However many others have mistyped something once.
pub async fn nobody_who_is_locked_is_left_out(kit: Kit) {
    let admin = kit.admin().await;
    let people: Vec<_> = (0..1_002)
        .map(|n| {
            let e164 = format!("+4478{}", 10_000_000 + n);
            new_person(&format!("p{n:04}.x"), &e164, Role::Staff)
        })
        .collect();
    let entry = kit.entry(Who::Program, Act::PeopleImported);
    let imported = kit
        .store
        .import_people(people, admin.acting(), entry, Arc::default());
    assert_eq!(imported.await.unwrap(), Imported::Done);
    let mut locked = Vec::new();
    for n in 0..1_002 {
        let typed = format!("p{n:04}.x");
        if n % 400 == 201 {
            kit.try_passwords(name(&typed)).await;
            locked.push(typed);
        } else {
            kit.try_password(name(&typed)).await;
        }
    }
    assert_eq!(locked.len(), 3);
    for limit in [1, 2, 50] {
        for sort in [Sort::Name, Sort::LastSignIn, Sort::Registered] {
            for descending in [false, true] {
                let query = PeopleQuery {
                    locked: true,
                    limit,
                    sort,
                    descending,
                    ..everyone()
                };
                let mut found = kit.names(query).await;
                if sort == Sort::Name && descending {
                    found.reverse();
                } else if sort != Sort::Name {
                    found.sort();
                }
                assert_eq!(found, locked, "{sort:?} {descending} by {limit}");
            }
        }
    }
    let none = PeopleQuery {
        locked: true,
        role: Some(Role::Admin),
        ..everyone()
    };
    assert!(kit.names(none).await.is_empty());
}

/// The page sends it back, and may send anything.
pub async fn a_place_that_is_none_leads_nowhere_else(kit: Kit) {
    people(&kit).await;
    let keys = [
        MarkKey::Text(String::new()),
        MarkKey::Text("zzzz".to_owned()),
        MarkKey::Time(i64::MIN),
        MarkKey::Time(i64::MAX),
    ];
    for key in keys {
        let after = Some(Mark {
            key,
            user: new_user(),
        });
        for sort in [Sort::Name, Sort::Registered] {
            for descending in [false, true] {
                let query = PeopleQuery {
                    sort,
                    descending,
                    after: after.clone(),
                    ..named("ana")
                };
                for row in kit.page(query).await.people {
                    assert!(row.name.shown().contains("ana"), "{after:?} {sort:?}");
                }
                let query = PeopleQuery {
                    sort,
                    descending,
                    after: after.clone(),
                    ..everyone()
                };
                assert!(kit.page(query).await.people.len() <= 6);
            }
        }
    }
}

pub async fn a_row_tells_of_the_person(kit: Kit) {
    let admin = kit.admin().await;
    let (registration, _) = kit.register("maria", ALICE).await;
    assert_eq!(registration, simgate_store::Registration::Done);
    let row = kit.page(named("maria")).await.people[0].clone();
    assert!(!row.locked && row.last_sign_in.is_none());
    assert_eq!(row.number.e164(), ALICE);
    kit.try_passwords(name("maria")).await;
    assert!(kit.page(named("maria")).await.people[0].locked);
    kit.done(admin, row.user, PersonChange::Unlock).await;
    assert!(!kit.page(named("maria")).await.people[0].locked);
    let maria = kit.person("maria").await;
    kit.pass(secs(9));
    let maria = kit.back(maria).await;
    kit.signed_in(maria, Clearance::Unchanged).await;
    let row = kit.page(named("maria")).await.people[0].clone();
    assert_eq!(row.last_sign_in, Some(kit.now()));
    for _ in 0..10 {
        kit.try_code(maria).await;
    }
    let kit = kit.restarted();
    assert!(
        kit.page(named("maria")).await.people[0].locked,
        "by wrong codes"
    );
    assert!(
        kit.store
            .is_current(maria.user, maria.sign_in)
            .await
            .unwrap()
    );
}
