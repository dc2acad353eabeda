//! What only whoever has this machine's account may do.

use simgate_domain::seat::Clearance;
use simgate_domain::{AccountState, Role, UserId, Username};
use simgate_store::{
    Act, By, Entry, PasswordKind, People, PersonChange, PersonRow, Record, Store, StoredPassword,
    Who,
};

use crate::kit::{ALICE, Kit, name, new_user};

impl Kit {
    async fn recover(&self, user: UserId) -> Option<PersonRow> {
        let entry = Entry {
            by: By::Console,
            ..self.entry(Who::User(user), Act::AdminRecovered)
        };
        let (password, limits) = (self.one_time(), self.limits());
        let recovered = self.store.recover_admin(user, password, limits, entry);
        recovered.await.unwrap()
    }

    async fn named(&self, typed: &str) -> Option<PersonRow> {
        let name = Username::parse(typed).unwrap();
        let found = self.store.person_named(name, self.limits(), self.now());
        found.await.unwrap()
    }
}

/// The tries against somebody's password and the password itself.
async fn stored(kit: &Kit, typed: &str) -> StoredPassword {
    let tried = kit
        .store
        .reserve_password_attempt(name(typed), kit.limits(), kit.now())
        .await
        .unwrap();
    assert!(tried.locked.is_none(), "nothing locks them");
    tried.account.unwrap().password
}

pub async fn anybody_is_made_an_admin_who_can_sign_in(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.colleague(admin, "alice", ALICE, Role::Staff).await;
    let session = alice.sign_in;
    for _ in 0..5 {
        kit.store
            .reserve_password_attempt(name("alice"), kit.limits(), kit.now())
            .await
            .unwrap();
    }
    assert!(kit.details(alice.user).await.row.locked);
    kit.done(admin, alice.user, PersonChange::Disable).await;
    let before = kit.version(alice.user).await;

    let row = kit.recover(alice.user).await.expect("she is there");
    assert_eq!((row.role, row.state), (Role::Admin, AccountState::Active));
    assert!(!row.locked);
    assert!(matches!(row.password, PasswordKind::OneTime { .. }));
    assert!(row.version > before, "who saw her before is told");
    assert_eq!(kit.details(alice.user).await.row, row);
    let current = kit.store.is_current(alice.user, session).await;
    assert!(!current.unwrap(), "what she was in the middle of is over");
    assert_eq!(
        stored(&kit, "alice").await,
        StoredPassword::OneTime {
            hash: kit.one_time().hash,
            over: false,
        }
    );
    let newest = &kit.found().await[0];
    assert_eq!(newest.1, "admin_recovered");
    let entry = kit.store.entry(kit.store.heads().borrow().seq).await;
    let entry = entry.unwrap().expect("the newest").entry;
    assert_eq!(entry.detail.as_deref(), Some("was staff disabled"));
    let admins = kit.details(admin.user).await;
    assert!(
        admins.last_admin,
        "who has no password of their own yet is none"
    );
}

pub async fn the_last_admin_is_let_in_again(kit: Kit) {
    let admin = kit.admin().await;
    assert!(kit.details(admin.user).await.last_admin);
    let row = kit.recover(admin.user).await.expect("they are there");
    assert!(matches!(row.password, PasswordKind::OneTime { .. }));
    let admin = kit.back(admin).await;
    let session = kit.signed_in(admin, Clearance::Unchanged).await;
    assert!(session.must_choose_password, "it opens nothing else");
    kit.choose(admin, "$argon2id$own").await.unwrap();
    assert!(kit.details(admin.user).await.last_admin);
}

pub async fn nobody_is_recovered_who_is_not_there(kit: Kit) {
    kit.admin().await;
    let entries = kit.found().await.len();
    assert_eq!(kit.recover(new_user()).await, None);
    assert_eq!(kit.found().await.len(), entries, "and nothing is on record");
}

pub async fn a_name_finds_its_person_however_it_is_written(kit: Kit) {
    let admin = kit.admin().await;
    let added = kit.added(admin, "María.López", ALICE, Role::Staff).await;
    for typed in ["María.López", "maría.lópez"] {
        assert_eq!(kit.named(typed).await.as_ref(), Some(&added), "{typed}");
    }
    for typed in ["maria", "lopez", "maria.lopez.gil"] {
        assert_eq!(kit.named(typed).await, None, "{typed}");
    }
}
