//! The verbs of these tests.

use std::cell::Cell;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::Connection;
use sha2::Sha256;
use simgate_domain::attempts::{Limits, Locked};
use simgate_domain::seat::Clearance;
use simgate_domain::{
    AccountState, Channel, PhoneNumber, Reference, SignInId, Timestamp, UserId, Username,
    VerificationSid,
};
use simgate_store::{
    Act, CheckReservation, Closed, CodeAttempt, DatabaseKey, Entry, Grant, GrantAnswer, Head, Live,
    NameTried, NewUser, PasswordAttempt, Record, Registration, Seal, SealKey, SendReservation,
    Session, SqliteStore, Store, Who,
};
use tempfile::TempDir;

pub mod people;
use uuid::Uuid;

pub const KEY: [u8; 32] = *b"every test has the same database";
pub const START: Timestamp = Timestamp::from_micros(1_795_392_000_000_000);
pub const ALICE: &str = "+447700900101";
pub const BOB: &str = "+447700900102";

pub fn key() -> DatabaseKey {
    DatabaseKey::new(KEY)
}

pub const SEED: [u8; 32] = *b"every test has the same seal ...";

pub fn seal_key() -> SealKey {
    SealKey::new(&SEED)
}

/// What a keyring knows that was never told of an entry.
pub fn seal() -> Seal {
    Seal {
        key: seal_key(),
        head: Head::NONE,
    }
}

pub const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

pub const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes * 60)
}

pub const fn days(days: u64) -> Duration {
    Duration::from_secs(days * 86_400)
}

/// A number that no one else in this test run has.
fn serial() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

pub fn new_user() -> UserId {
    UserId::new(Uuid::from_u128(u128::from(serial())))
}

pub fn new_sign_in() -> SignInId {
    SignInId::new(Uuid::from_u128(u128::from(serial())))
}

pub fn new_sid() -> VerificationSid {
    VerificationSid::parse(&format!("VE{:032x}", serial())).unwrap()
}

pub fn name(typed: &str) -> NameTried {
    NameTried::Name(Username::parse(typed).unwrap())
}

pub fn number(e164: &str) -> PhoneNumber {
    PhoneNumber::from_e164(e164).unwrap()
}

pub fn reference() -> Reference {
    "7F3K".parse().unwrap()
}

/// Someone registered, in their latest sign-in.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    pub user: UserId,
    pub sign_in: SignInId,
}

/// A store, and a clock that only the test moves.
pub struct Kit {
    pub store: Arc<SqliteStore>,
    now: Cell<Timestamp>,
    limits: Cell<Limits>,
    folder: Option<TempDir>,
}

impl Kit {
    pub fn in_memory() -> Self {
        Self {
            store: Arc::new(SqliteStore::in_memory(seal_key()).unwrap()),
            now: Cell::new(START),
            limits: Cell::default(),
            folder: None,
        }
    }

    pub fn in_a_file() -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("data/simgate.db");
        Self {
            store: Arc::new(SqliteStore::create(&path, key(), seal_key()).unwrap()),
            now: Cell::new(START),
            limits: Cell::default(),
            folder: Some(folder),
        }
    }

    /// A program on a file that is there.
    pub fn on(path: &Path) -> Self {
        Self {
            store: Arc::new(SqliteStore::open(path, key(), Some(seal())).unwrap()),
            now: Cell::new(START),
            limits: Cell::default(),
            folder: None,
        }
    }

    /// A program on the database of a program that has ended.
    pub fn back_in(folder: TempDir) -> Self {
        let path = folder.path().join("data/simgate.db");
        Self {
            store: Arc::new(SqliteStore::open(&path, key(), Some(seal())).unwrap()),
            now: Cell::new(START),
            limits: Cell::default(),
            folder: Some(folder),
        }
    }

    /// The program ends and starts again, where there is a file to start from.
    pub fn restarted(self) -> Self {
        if self.folder.is_none() {
            return self;
        }
        let path = self.path();
        let Self { store, .. } = self;
        drop(store);
        let store = Arc::new(SqliteStore::open(&path, key(), Some(seal())).unwrap());
        Self { store, ..self }
    }

    /// The program ends; what is left is its file.
    pub fn ended(self) -> (TempDir, PathBuf) {
        let path = self.path();
        drop(self.store);
        (self.folder.unwrap(), path)
    }

    pub fn path(&self) -> PathBuf {
        let folder = self.folder.as_ref().expect("only a file has a path");
        folder.path().join("data/simgate.db")
    }

    /// A second program on the same file.
    pub fn second_program(&self) -> Self {
        Self {
            store: Arc::new(SqliteStore::open(&self.path(), key(), Some(seal())).unwrap()),
            now: self.now.clone(),
            limits: self.limits.clone(),
            folder: None,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.now.get()
    }

    pub fn pass(&self, time: Duration) {
        self.now.set(self.now().plus(time));
    }

    pub fn set_clock(&self, now: Timestamp) {
        self.now.set(now);
    }

    pub fn limits(&self) -> Limits {
        self.limits.get()
    }

    /// An admin sets other limits.
    pub fn set_limits(&self, limits: Limits) {
        self.limits.set(limits);
    }

    pub fn entry(&self, who: Who, act: Act) -> Entry {
        Entry {
            reference: Some(reference()),
            ..Entry::new(self.now(), who, act)
        }
    }

    pub async fn try_password(&self, name: NameTried) -> PasswordAttempt {
        let tried = self
            .store
            .reserve_password_attempt(name, self.limits(), self.now());
        tried.await.unwrap()
    }

    /// Wrong passwords until the name is locked, and how many were let through.
    pub async fn try_passwords(&self, name: NameTried) -> (usize, Locked) {
        for reserved in 0..20 {
            if let Some(locked) = self.try_password(name.clone()).await.locked {
                return (reserved, locked);
            }
        }
        panic!("twenty passwords in a row were let through");
    }

    pub async fn register(&self, typed: &str, e164: &str) -> (Registration, Person) {
        self.register_as(AccountState::Active, typed, e164).await
    }

    pub async fn register_as(
        &self,
        state: AccountState,
        typed: &str,
        e164: &str,
    ) -> (Registration, Person) {
        let person = Person {
            user: new_user(),
            sign_in: new_sign_in(),
        };
        let new = NewUser {
            user: person.user,
            name: Username::parse(typed).unwrap(),
            password_hash: "$argon2id$first".to_owned(),
            number: number(e164),
            channel: Channel::Sms,
            state,
            sign_in: person.sign_in,
        };
        let entry = self.entry(Who::User(person.user), Act::Registered);
        (
            self.store
                .register(new, self.limits(), entry)
                .await
                .unwrap(),
            person,
        )
    }

    pub async fn registered(&self, typed: &str, e164: &str) -> Person {
        let (registration, person) = self.register(typed, e164).await;
        assert_eq!(registration, Registration::Done, "{typed} is free");
        person
    }

    /// Someone registered earlier, before their next sign-in.
    pub async fn person(&self, typed: &str) -> Person {
        let account = self.try_password(name(typed)).await.account.unwrap();
        Person {
            user: account.user,
            sign_in: new_sign_in(),
        }
    }

    pub async fn begin(&self, person: Person) -> (Result<(), Closed>, Person) {
        let sign_in = new_sign_in();
        let seen = self.version(person.user).await;
        let entry = self.entry(Who::User(person.user), Act::PasswordPassed);
        let begun =
            self.store
                .begin_sign_in(person.user, seen, sign_in, None, self.limits(), entry);
        (begun.await.unwrap(), Person { sign_in, ..person })
    }

    /// They begin another sign-in.
    pub async fn back(&self, person: Person) -> Person {
        let (begun, person) = self.begin(person).await;
        assert_eq!(begun, Ok(()), "the password was right");
        person
    }

    pub async fn live(&self, at: Person) -> Result<Live, Closed> {
        let live = self
            .store
            .live(at.user, at.sign_in, self.limits(), self.now());
        live.await.unwrap()
    }

    pub async fn check(&self, of: Person) -> CheckReservation {
        let checked = self
            .store
            .reserve_check(of.user, of.sign_in, self.limits(), self.now());
        checked.await.unwrap()
    }

    pub async fn send(&self, to: Person) -> SendReservation {
        let sent = self
            .store
            .reserve_send(to.user, to.sign_in, self.limits(), self.now());
        sent.await.unwrap()
    }

    /// A code goes out, and the vendor's name for it is noted.
    pub async fn sent(&self, to: Person) -> VerificationSid {
        let reserved = self.send(to).await;
        let done = matches!(reserved, SendReservation::Reserved { .. });
        assert!(done, "a send was free, not {reserved:?}");
        let sid = new_sid();
        self.note_sent(to, &sid).await;
        sid
    }

    pub async fn note_sent(&self, to: Person, sid: &VerificationSid) {
        let entry = self.entry(Who::User(to.user), Act::CodeSent);
        let noted = self
            .store
            .note_sent(to.user, to.sign_in, sid.clone(), entry);
        noted.await.unwrap();
    }

    pub async fn try_code(&self, of: Person) -> CodeAttempt {
        let tried = self
            .store
            .reserve_code_attempt(of.user, of.sign_in, self.limits(), self.now());
        tried.await.unwrap()
    }

    pub async fn give_back(&self, of: Person) {
        let given = self.store.give_back_code_attempt(of.user, of.sign_in);
        given.await.unwrap();
    }

    pub async fn grant(
        &self,
        to: Person,
        sid: &VerificationSid,
        clearance: Clearance,
    ) -> GrantAnswer {
        let grant = Grant {
            user: to.user,
            sign_in: to.sign_in,
            sid: sid.clone(),
            clearance,
            channel: Channel::Sms,
        };
        let entry = self.entry(Who::User(to.user), Act::SignedIn);
        self.store.grant_session(grant, entry).await.unwrap()
    }

    /// The right code, typed at once.
    pub async fn signed_in(&self, person: Person, clearance: Clearance) -> Session {
        let sid = new_sid();
        assert_eq!(self.try_code(person).await, CodeAttempt::Reserved);
        let answer = self.grant(person, &sid, clearance).await;
        let GrantAnswer::Granted(session) = answer else {
            panic!("the code was right, not {answer:?}");
        };
        session
    }

    pub async fn record(&self, who: Who, act: Act, cause: Option<&'static str>) {
        let entry = Entry {
            cause,
            ..self.entry(who, act)
        };
        self.store.record(entry).await.unwrap();
    }

    /// The acts found by the one reference of these tests, newest first.
    pub async fn found(&self) -> Vec<(u64, String, Option<String>)> {
        let found = self.store.find(reference()).await.unwrap();
        found
            .into_iter()
            .map(|entry| (entry.seq, entry.act, entry.cause))
            .collect()
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// The file seen without the store, as somebody who has the key could.
pub fn raw(path: &Path) -> Connection {
    let mut mac = Hmac::<Sha256>::new_from_slice(&KEY).unwrap();
    mac.update(b"simgate database salt");
    let salt = mac.finalize().into_bytes();
    let mut hex = String::new();
    for byte in KEY.iter().chain(&salt[..16]) {
        write!(hex, "{byte:02x}").unwrap();
    }
    let connection = Connection::open(path).unwrap();
    let sql = format!("PRAGMA key = \"x'{hex}'\"");
    connection.execute_batch(&sql).unwrap();
    connection
}
