//! Many people at once.

use std::sync::Arc;

use simgate_domain::{Role, Username};
use simgate_store::{
    Act, Came, Imported, NewPerson, PasswordKind, People, PersonChange, Progress, StoredPassword,
    Taken, Who,
};

use crate::kit::people::{everyone, new_person, numbers};
use crate::kit::{ALICE, BOB, Kit, Person, minutes, name, new_sign_in, number};

async fn import(kit: &Kit, by: Person, people: Vec<NewPerson>) -> Imported {
    let entry = kit.entry(Who::Program, Act::PeopleImported);
    let progress = Arc::default();
    let imported = kit
        .store
        .import_people(people, by.acting(), entry, progress);
    imported.await.unwrap()
}

/// Whoever wishes that it stop finds nobody added and nothing on record.
pub async fn one_that_is_stopped_adds_nobody(kit: Kit) {
    let admin = kit.admin().await;
    let entries = kit.found().await.len();
    let people = numbers(12).enumerate();
    let people = people.map(|(n, e164)| new_person(&format!("p{n}.x"), &e164, Role::Staff));
    let progress = Arc::new(Progress::default());
    progress.cancel();
    let entry = kit.entry(Who::Program, Act::PeopleImported);
    let stopped = kit
        .store
        .import_people(people.collect(), admin.acting(), entry, progress);
    assert_eq!(stopped.await.unwrap(), Imported::Canceled);
    assert_eq!(kit.found().await.len(), entries);
    assert_eq!(kit.names(everyone()).await.len(), 1);
}

pub async fn all_are_imported_with_one_entry(kit: Kit) {
    let admin = kit.admin().await;
    let entries = kit.found().await.len();
    let people = numbers(12).enumerate();
    let people = people.map(|(n, e164)| new_person(&format!("p{n}.x"), &e164, Role::Staff));
    assert_eq!(import(&kit, admin, people.collect()).await, Imported::Done);
    let found = kit.found().await;
    assert_eq!(found.len(), entries + 1);
    assert_eq!(found[0].1, "people_imported");
    assert_eq!(kit.names(everyone()).await.len(), 13);
    kit.registered("alice", ALICE).await;
}

pub async fn who_is_imported_has_no_password_before_an_admin_gives_one(kit: Kit) {
    let admin = kit.admin().await;
    let maria = new_person("maria", ALICE, Role::Supervisor);
    let user = maria.user;
    import(&kit, admin, vec![maria]).await;
    let account = kit.try_password(name("maria")).await.account.unwrap();
    assert_eq!(account.password, StoredPassword::Absent);
    let details = kit.details(user).await;
    assert_eq!(details.row.password, PasswordKind::Absent);
    assert!(matches!(details.came, Came::Imported { by: Some(_) }));
    kit.done(admin, user, PersonChange::ResetPassword(kit.one_time()))
        .await;
    let account = kit.try_password(name("maria")).await.account.unwrap();
    assert!(matches!(account.password, StoredPassword::OneTime { .. }));
}

pub async fn one_that_collides_keeps_all_out(kit: Kit) {
    let admin = kit.admin().await;
    kit.registered("alice", ALICE).await;
    let good = || new_person("good.one", "+447700900150", Role::Staff);
    let table = [
        (
            vec![good(), new_person("ALICE", "+447700900151", Role::Staff)],
            1,
            Taken::Name,
        ),
        (
            vec![new_person("a1ice", "+447700900151", Role::Staff), good()],
            0,
            Taken::LookAlike,
        ),
        (
            vec![good(), new_person("bob", ALICE, Role::Staff)],
            1,
            Taken::Number,
        ),
        (
            vec![good(), new_person("good_one", BOB, Role::Staff)],
            1,
            Taken::LookAlike,
        ),
        (
            vec![good(), new_person("bob", "+447700900150", Role::Staff)],
            1,
            Taken::Number,
        ),
    ];
    let entries = kit.found().await.len();
    for (people, place, taken) in table {
        let imported = import(&kit, admin, people).await;
        assert_eq!(imported, Imported::Taken(vec![(place, taken)]));
    }
    assert_eq!(kit.names(everyone()).await, ["admin.one", "alice"]);
    assert_eq!(kit.found().await.len(), entries);
    let asked = vec![
        (Username::parse("good").unwrap(), number("+447700900150")),
        (Username::parse("Alice").unwrap(), number("+447700900151")),
        (Username::parse("bob").unwrap(), number(ALICE)),
    ];
    let taken = kit.store.taken(asked).await.unwrap();
    assert_eq!(taken, [(1, Taken::Name), (2, Taken::Number)]);
}

pub async fn only_an_admin_imports(kit: Kit) {
    let admin = kit.admin().await;
    let supervisor = kit
        .colleague(admin, "supervisor.one", BOB, Role::Supervisor)
        .await;
    let gone = Person {
        sign_in: new_sign_in(),
        ..admin
    };
    for by in [supervisor, gone] {
        let people = vec![new_person("maria", ALICE, Role::Staff)];
        assert_eq!(import(&kit, by, people).await, Imported::NotAllowed);
    }
    kit.pass(minutes(1));
    assert_eq!(kit.names(everyone()).await.len(), 2);
}
