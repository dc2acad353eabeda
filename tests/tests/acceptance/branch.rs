//! A branch: one machine, its database, its vendors and its clock.

mod clock;
mod other;
mod words;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::Connection;
use sha2::Sha256;
use simgate_app::config::Ground;
use simgate_app::contract::args::Typed;
use simgate_app::contract::view::{Snapshot, View};
use simgate_app::contract::words::{ChannelName, Refusal};
use simgate_app::{App, Config, HashingCost, VendorSource};
use simgate_domain::{Clock, RegistrationMode};
use simgate_rehearsal::{Call, Credentials, Options, Rehearsal, Request};
use simgate_store::watch::Watch;
use simgate_store::{
    Act, Actor, DatabaseKey, Entry, Head, People, Record, Seal, SealKey, SqliteStore, Store, Who,
};
use simgate_tests::stand_ins;
use simgate_vault::{Keyring, Secret, Space, Timer, Vault};
use tempfile::TempDir;

use crate::memory_keyring::MemoryKeyring;
use crate::watched::Watcher;

pub use clock::MovingClock;
pub use other::program_on;
pub use words::{
    branch_form, days, expect_code, expect_counter, expect_reason, expect_stopped, minutes,
    register_form, seconds, sign_in_form,
};

/// A password that the rules accept.
pub const PASSWORD: &str = "nine purple anvils hum";
/// A number whose SIM the stand-ins call unchanged.
pub const STEADY: &str = "+447700900146";
/// A number whose SIM they call changed.
pub const SWAPPED: &str = "+447700900147";

/// The key of every database here.
const KEY: [u8; 32] = [7; 32];

/// Longer than any vendor may take, so that only a hang runs into it.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Branch {
    pub app: App,
    pub clock: Arc<MovingClock>,
    pub vendors: Rehearsal,
    pub store: Arc<SqliteStore>,
    /// Whom a scenario tells at which call of the database something happens.
    pub watcher: Arc<Watcher>,
    pub keyring: MemoryKeyring,
    file: PathBuf,
    folder: TempDir,
}

impl Branch {
    /// A branch that was set up, in which whoever registers may sign in at once, as most scenarios
    /// want it. It has no admin.
    pub async fn open() -> Self {
        let branch = Self::untouched().await;
        let entry = Entry::new(branch.clock.now(), Who::Program, Act::SetUpFinished);
        let finished = branch.store.finish_set_up(Actor::Console, entry);
        assert!(finished.await.expect("the database"), "once");
        branch.open_to_all().await;
        let store = Arc::clone(&branch.store);
        branch.app.open_on(store as Arc<dyn Store>).await;
        branch
    }

    /// A branch on its first morning: nobody has set it up.
    pub async fn untouched() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("data").join("simgate.db");
        std::fs::create_dir(folder.path().join("data")).expect("the data folder");
        let store = SqliteStore::create(&file, key(), seal_key()).expect("a new database");
        let vendors = Rehearsal::start(Options::default())
            .await
            .expect("the stand-ins");
        let clock = Arc::new(MovingClock::new());
        let watcher = Arc::new(Watcher::default());
        let store = Arc::new(store.watched(Arc::clone(&watcher) as Arc<dyn Watch>));
        let keyring = MemoryKeyring::default();
        keep_credentials(&keyring, vendors.credentials()).await;
        let app = start(&vendors, &clock, &store, &keyring, folder.path()).await;
        Self {
            app,
            clock,
            vendors,
            store,
            watcher,
            keyring,
            file,
            folder,
        }
    }

    /// Whoever registers may sign in at once.
    pub async fn open_to_all(&self) {
        let now = self.clock.now();
        let entry = Entry::new(now, Who::Program, Act::RegistrationModeChanged);
        let open = RegistrationMode::Open;
        let set = self
            .store
            .set_registration_mode(open, Actor::Console, entry);
        assert!(set.await.expect("the database"), "whoever has the key may");
    }

    /// Another copy of the program, on the same database or another hold of it.
    pub async fn another_app(&self, store: Arc<SqliteStore>) -> App {
        start(
            &self.vendors,
            &self.clock,
            &store,
            &self.keyring,
            self.folder.path(),
        )
        .await
    }

    /// The program is killed and started again: nothing is closed, nobody is asked.
    pub async fn kill_and_restart(&mut self) {
        let seal = Seal {
            key: seal_key(),
            head: Head::NONE,
        };
        let store = SqliteStore::open(&self.file, key(), Some(seal)).expect("the same database");
        self.store = Arc::new(store.watched(Arc::clone(&self.watcher) as Arc<dyn Watch>));
        self.app = start(
            &self.vendors,
            &self.clock,
            &self.store,
            &self.keyring,
            self.folder.path(),
        )
        .await;
    }

    /// The program starts anew on this folder and by this clock, and has opened nothing yet.
    pub fn start_unopened(&mut self, folder: &Path, clock: Arc<dyn Clock>, ground: Ground) {
        self.app = unopened(&self.vendors, clock, &self.keyring, folder, ground);
    }

    /// The same for real use: the vendors' credentials are looked for in this keyring, too.
    pub fn start_for_real(&mut self, folder: &Path, keyring: impl Keyring, timer: impl Timer) {
        let config = config(VendorSource::Keyring, folder, firm());
        let vault = Vault::on(Space::Real, keyring, timer).expect("a thread for the keyring");
        let clock = Arc::clone(&self.clock) as Arc<dyn Clock>;
        self.app = App::new(config, clock, vault);
    }

    /// Time passes, here and at the vendors.
    pub async fn wait(&self, span: Duration) {
        self.clock.forward(span);
        self.vendors.advance_clock(span);
        self.app.tick().await;
    }

    /// Time passes here and not at the vendors, and nothing is done about it yet.
    pub fn clock_forward_here(&self, span: Duration) {
        self.clock.forward(span);
    }

    /// Gets as far as the gate: the operator is being asked.
    pub async fn begin(&self, name: &str, number: &str, known: bool) {
        if known {
            self.app
                .sign_in(sign_in_form(name, PASSWORD))
                .await
                .expect("a right password");
        } else {
            self.app
                .register(register_form(name, number))
                .await
                .expect("registered");
        }
    }

    pub async fn register(&self, name: &str, number: &str) -> Result<View, Refusal> {
        self.app.register(register_form(name, number)).await?;
        Ok(self.settled().await)
    }

    pub async fn sign_in(&self, name: &str) -> Result<View, Refusal> {
        self.sign_in_with(name, PASSWORD).await
    }

    pub async fn sign_in_with(&self, name: &str, password: &str) -> Result<View, Refusal> {
        self.app.sign_in(sign_in_form(name, password)).await?;
        Ok(self.settled().await)
    }

    /// Registers, types the code and signs out: a person whose number is verified.
    pub async fn verified_person(&self, name: &str, number: &str) {
        expect_code(self.register(name, number).await.expect("a registration"));
        expect_counter(self.type_right_code(number).await.expect("a code"));
        self.app.sign_out().await.expect("a sign-out");
    }

    pub async fn send_again(&self, channel: ChannelName) -> Result<View, Refusal> {
        self.app.send_again(channel).await?;
        Ok(self.settled().await)
    }

    pub async fn type_code(&self, code: &str) -> Result<View, Refusal> {
        let snapshot = self.app.check_code(Typed::from(code.to_owned())).await?;
        Ok(snapshot.view)
    }

    /// Types the newest code on that phone.
    pub async fn type_right_code(&self, number: &str) -> Result<View, Refusal> {
        self.type_code(&self.newest_code(number)).await
    }

    /// Types a code that is not the newest one on that phone.
    pub async fn type_wrong_code(&self, number: &str) -> Result<View, Refusal> {
        let right = self.newest_code(number);
        let wrong = if right == "111111" {
            "222222"
        } else {
            "111111"
        };
        self.type_code(wrong).await
    }

    pub fn newest_code(&self, number: &str) -> String {
        let messages = self.vendors.phone(number);
        messages
            .last()
            .expect("a message on the phone")
            .code
            .clone()
    }

    /// What is shown once nothing is being waited for.
    pub async fn settled(&self) -> View {
        self.settled_in(&self.app).await
    }

    /// The same in another copy of the program.
    pub async fn settled_in(&self, app: &App) -> View {
        let settled = async {
            let mut now: Snapshot = app.view().await.expect("a view");
            while matches!(now.view, View::CheckingSim { .. } | View::Starting) {
                now = app.next_view(now.revision).await.expect("a view");
            }
            now.view
        };
        tokio::time::timeout(PATIENCE, settled)
            .await
            .expect("the gate comes to an end")
    }

    pub async fn view(&self) -> View {
        self.app.view().await.expect("a view").view
    }

    pub fn requests(&self, call: Call) -> Vec<Request> {
        let ledger = self.vendors.ledger().into_iter();
        ledger.filter(|request| request.call == call).collect()
    }

    /// Codes that the vendor was asked to send.
    pub fn sends(&self) -> usize {
        self.requests(Call::Verifications).len()
    }

    pub fn sim_checks(&self) -> usize {
        self.requests(Call::SimCheck).len()
    }

    /// Waits until the vendor was asked to cancel that many verifications.
    pub async fn canceled(&self, count: usize) {
        self.asked(Call::Cancel, count).await;
    }

    /// Waits until the vendor has got that many such requests, answered or not.
    pub async fn asked(&self, call: Call, count: usize) {
        let seen = async {
            let mut look = tokio::time::interval(Duration::from_millis(5));
            while self.requests(call).len() < count {
                look.tick().await;
            }
        };
        tokio::time::timeout(PATIENCE, seen)
            .await
            .expect("the vendor is asked");
    }

    /// What is on record of this act, cause and detail, oldest first.
    pub fn acts(&self, word: &str) -> Vec<String> {
        let connection = self.raw();
        let sql = "SELECT trim(coalesce(cause, '') || ' ' || coalesce(detail, '')) FROM record \
                   WHERE act = ?1 ORDER BY seq";
        let mut statement = connection.prepare(sql).expect("the record");
        let causes = statement.query_map([word], |row| row.get(0));
        let causes = causes.expect("its rows");
        causes.map(|cause| cause.expect("a cause")).collect()
    }

    /// All that is in the database, as text.
    pub fn everything_stored(&self) -> String {
        let connection = self.raw();
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table'";
        let mut tables = connection.prepare(sql).expect("the tables");
        let tables = tables.query_map([], |row| row.get::<_, String>(0));
        let mut text = String::new();
        for table in tables.expect("their names") {
            let sql = format!("SELECT * FROM {}", table.expect("a name"));
            let mut statement = connection.prepare(&sql).expect("a table");
            let columns = statement.column_count();
            let mut rows = statement.query([]).expect("its rows");
            while let Some(row) = rows.next().expect("a row") {
                for column in 0..columns {
                    let value = row.get_ref(column).expect("a value");
                    let bytes = value.as_bytes().unwrap_or_default();
                    let read = String::from_utf8_lossy(bytes);
                    writeln!(text, "{value:?} {read}").expect("a String takes any text");
                }
            }
        }
        text
    }

    /// The folder of the program's data.
    pub fn data_folder(&self) -> &Path {
        self.folder.path()
    }

    /// The database seen without the program, as somebody who has its key could.
    pub fn raw(&self) -> Connection {
        let mut mac = Hmac::<Sha256>::new_from_slice(&KEY).expect("a key");
        mac.update(b"simgate database salt");
        let salt = mac.finalize().into_bytes();
        let hex = KEY.iter().chain(&salt[..16]);
        let hex = hex.fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a String takes any text");
            hex
        });
        let connection = Connection::open(&self.file).expect("the file");
        let sql = format!("PRAGMA key = \"x'{hex}'\"");
        connection.execute_batch(&sql).expect("its key");
        connection
    }

    /// The cause that the record has under a reference: what an admin would find.
    pub async fn cause_of(&self, reference: &str) -> Option<String> {
        let reference = reference.parse().expect("a reference");
        let found = self.store.find(reference).await.expect("the record");
        found.first().and_then(|entry| entry.cause.clone())
    }
}

/// Puts both vendors' credentials into the keyring, as an admin would by hand.
pub async fn keep_credentials(keyring: &MemoryKeyring, known: &Credentials) {
    let vault = keyring.vault();
    let tru_id = serde_json::json!({
        "host": "https://eu.api.tru.id",
        "client_id": known.tru_client_id,
        "client_secret": known.tru_client_secret,
    });
    let twilio = serde_json::json!({
        "sid": known.twilio_account_sid,
        "secret": known.twilio_auth_token,
        "service_sid": known.twilio_service_sid,
    });
    for (secret, entry) in [(Secret::TruId, tru_id), (Secret::Twilio, twilio)] {
        let kept = vault.put(&secret, entry.to_string().as_bytes()).await;
        kept.expect("the keyring takes it");
    }
}

fn key() -> DatabaseKey {
    DatabaseKey::new(KEY)
}

pub fn seal_key() -> SealKey {
    SealKey::new(&[8; 32])
}

async fn start(
    vendors: &Rehearsal,
    clock: &Arc<MovingClock>,
    store: &Arc<SqliteStore>,
    keyring: &MemoryKeyring,
    folder: &Path,
) -> App {
    let app = unopened(
        vendors,
        Arc::clone(clock) as Arc<dyn Clock>,
        keyring,
        folder,
        firm(),
    );
    app.open_on(Arc::clone(store) as Arc<dyn Store>).await;
    app
}

/// Whatever must stand stands.
pub fn firm() -> Ground {
    Arc::new(|| Ok(()))
}

fn unopened(
    vendors: &Rehearsal,
    clock: Arc<dyn Clock>,
    keyring: &MemoryKeyring,
    folder: &Path,
    ground: Ground,
) -> App {
    let source = stand_ins::source(vendors).expect("loopback");
    App::new(config(source, folder, ground), clock, keyring.vault())
}

fn config(vendors: VendorSource, folder: &Path, ground: Ground) -> Config {
    Config {
        ground,
        data_dir: folder.to_owned(),
        vendors,
        hashing: Some(HashingCost::FLOOR),
    }
}
