//! Opening the keyring, the database and the vendors, and saying which of them fails.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use simgate_store::{DatabaseKey, OpenError, SqliteStore, Store};
use simgate_vault::{Secret, Vault, VaultError};
use simgate_vendors::http::{self, Reach};
use simgate_vendors::{
    TruId, TruIdCredentials, TruIdHost, TwilioCredentials, TwilioHost, TwilioVerify,
};

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::config::VendorSource;
use crate::contract::args::Typed;
use crate::contract::view::Snapshot;
use crate::contract::words::{FaultKind, VendorName};
use crate::hashing::{Hashing, HashingCost};
use crate::random;
use crate::stage::{Readiness, Tools};

/// The setting under which the cost of a hash is kept.
const HASHING_COST: &str = "hashing_cost";

/// Why the program cannot work.
enum NotReady {
    Fault(FaultKind, String),
    NotSetUp(Vec<VendorName>),
}

fn fault(kind: FaultKind, detail: impl std::fmt::Display) -> NotReady {
    NotReady::Fault(kind, detail.to_string())
}

impl App {
    /// Opens everything, once, at the start. What is wrong is shown, not returned.
    pub async fn open(&self) {
        let tools = match open_database(&self.inner.config.data_dir, &self.inner.vault).await {
            Ok(store) => self.tools_on(Arc::new(store)).await,
            Err(not_ready) => Err(not_ready),
        };
        self.begin_with(tools);
    }

    /// As [`App::open`], on a database that the caller has opened. Its key is the caller's affair.
    pub async fn open_on(&self, store: Arc<dyn Store>) {
        let tools = self.tools_on(store).await;
        self.begin_with(tools);
    }

    fn begin_with(&self, tools: Result<Tools, NotReady>) {
        let readiness = match tools {
            Ok(tools) => {
                let tools = Arc::new(tools);
                self.cancel_what_a_crash_left(&tools);
                Readiness::Ready(tools)
            }
            Err(NotReady::NotSetUp(missing)) => Readiness::NotSetUp(missing),
            Err(NotReady::Fault(kind, detail)) => {
                let reference = random::reference(self.inner.clock.now()).to_string();
                tracing::error!(%reference, ?kind, detail, "cannot work");
                Readiness::Fault(kind, reference)
            }
        };
        self.inner.stage.change(|scene| scene.readiness = readiness);
    }

    /// Opens everything again, after someone mended what was wrong.
    ///
    /// # Errors
    /// As the door.
    pub async fn try_again(&self) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::TRY_AGAIN, async move {
            app.inner
                .stage
                .change(|scene| scene.readiness = Readiness::Starting);
            app.open().await;
            Ok(app.snapshot())
        })
        .await
    }

    async fn tools_on(&self, store: Arc<dyn Store>) -> Result<Tools, NotReady> {
        let inner = &self.inner;
        let vendors = match &inner.config.vendors {
            VendorSource::Keyring => Vendors::from_keyring(&inner.vault).await?,
            VendorSource::Rehearsal(stand_ins) => Vendors {
                reach: Reach::Loopback,
                tru_id_host: stand_ins.tru_id_host.clone(),
                tru_id: tru_id(&stand_ins.tru_id.0, &stand_ins.tru_id.1)?,
                twilio_host: stand_ins.twilio_host.clone(),
                twilio: twilio(&stand_ins.twilio.0, &stand_ins.twilio.1, &stand_ins.twilio.2)?,
            },
        };
        let http = http::client(vendors.reach)
            .map_err(|error| fault(FaultKind::Unforeseen, error))?;
        let hashing = self.hashing(&*store).await?;
        Ok(Tools {
            store,
            sim: Arc::new(TruId::new(
                http.clone(),
                vendors.tru_id_host,
                vendors.tru_id,
                Arc::clone(&inner.clock),
            )),
            codes: Arc::new(TwilioVerify::new(http, vendors.twilio_host, vendors.twilio)),
            hashing,
        })
    }

    /// Hashing at the cost this installation found out for itself, once.
    async fn hashing(&self, store: &dyn Store) -> Result<Hashing, NotReady> {
        let unforeseen = |error: &dyn std::fmt::Display| fault(FaultKind::Unforeseen, error);
        let kept = match self.inner.config.hashing {
            Some(cost) => Some(cost),
            None => store
                .setting(HASHING_COST)
                .await
                .map_err(|error| unforeseen(&error))?
                .as_deref()
                .and_then(HashingCost::parse),
        };
        let clock = Arc::clone(&self.inner.clock);
        let (cost, hashing) = tokio::task::spawn_blocking(move || {
            let cost = kept.unwrap_or_else(|| HashingCost::calibrated(&*clock));
            (cost, Hashing::new(cost))
        })
        .await
        .map_err(|error| unforeseen(&error))?;
        if kept.is_none() {
            tracing::info!(%cost, "the cost of a password's hash was calibrated");
            store
                .keep_setting(HASHING_COST, cost.to_string())
                .await
                .map_err(|error| unforeseen(&error))?;
        }
        hashing.map_err(|error| unforeseen(&error))
    }

    /// Verifications that were pending when the program was killed are good for nobody.
    fn cancel_what_a_crash_left(&self, tools: &Arc<Tools>) {
        let (app, tools) = (self.clone(), Arc::clone(tools));
        tokio::spawn(async move {
            match tools.store.pending().await {
                Ok(pending) => {
                    for sid in pending {
                        app.cancel(&tools, sid).await;
                    }
                }
                Err(error) => tracing::warn!(%error, "pending verifications are not known"),
            }
        });
    }
}

/// The database of this data folder. It is made only where neither it nor its key was ever there.
async fn open_database(folder: &Path, vault: &Vault) -> Result<SqliteStore, NotReady> {
    let folder = make_folder(folder).map_err(|error| fault(FaultKind::DataFolder, error))?;
    let file = folder.join("simgate.db");
    let new_file = folder.join("simgate.db.new");
    let secret = Secret::DatabaseKey(folder_name(&folder));
    let key = vault.get(&secret).await.map_err(|error| keyring(&error))?;
    let exists = file
        .try_exists()
        .map_err(|error| fault(FaultKind::DataFolder, error))?;
    let Some(key) = key else {
        if exists {
            return Err(fault(FaultKind::DatabaseOtherKey, "the keyring has no key for it"));
        }
        return make_database(file, new_file, &secret, vault).await;
    };
    let key: [u8; 32] = key
        .as_slice()
        .try_into()
        .map_err(|_| fault(FaultKind::KeyringDamaged, "the key has another length"))?;
    if !exists && new_file.exists() {
        // The program was killed between keeping the key and naming the file.
        std::fs::rename(&new_file, &file).map_err(|error| fault(FaultKind::DataFolder, error))?;
    }
    blocking(move || SqliteStore::open(&file, DatabaseKey::new(key))).await
}

/// Makes the database under another name, keeps its key, and only then gives it its name: a key in
/// the keyring with no database beside it means that one was lost.
async fn make_database(
    file: PathBuf,
    new_file: PathBuf,
    secret: &Secret,
    vault: &Vault,
) -> Result<SqliteStore, NotReady> {
    let key = random::bytes::<32>().map_err(|error| fault(FaultKind::Unforeseen, error))?;
    let made = *key;
    let path = new_file.clone();
    blocking(move || {
        // What is left here was begun and never had a key.
        for end in ["", "-wal", "-shm"] {
            let mut left = path.clone().into_os_string();
            left.push(end);
            match std::fs::remove_file(&left) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(OpenError::Folder(error));
                }
                Ok(()) | Err(_) => {}
            }
        }
        SqliteStore::create(&path, DatabaseKey::new(made)).map(drop)
    })
    .await?;
    vault
        .put(secret, &*key)
        .await
        .map_err(|error| keyring(&error))?;
    std::fs::rename(&new_file, &file).map_err(|error| fault(FaultKind::DataFolder, error))?;
    blocking(move || SqliteStore::open(&file, DatabaseKey::new(made))).await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, OpenError> + Send + 'static,
) -> Result<T, NotReady> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(store)) => Ok(store),
        Ok(Err(error)) => Err(fault(database(&error), error)),
        Err(error) => Err(fault(FaultKind::Unforeseen, error)),
    }
}

fn database(error: &OpenError) -> FaultKind {
    match error {
        OpenError::Missing => FaultKind::DatabaseMissing,
        OpenError::Locked => FaultKind::DatabaseLocked,
        OpenError::Newer { .. } => FaultKind::DatabaseNewer,
        OpenError::Damaged(_) => FaultKind::DatabaseDamaged,
        OpenError::OtherKey => FaultKind::DatabaseOtherKey,
        OpenError::Folder(_) => FaultKind::DataFolder,
    }
}

fn keyring(error: &VaultError) -> NotReady {
    let kind = match error {
        VaultError::Missing => FaultKind::KeyringMissing,
        VaultError::Locked => FaultKind::KeyringLocked,
        VaultError::TimedOut => FaultKind::KeyringSilent,
        VaultError::Denied => FaultKind::KeyringDenied,
        VaultError::Damaged => FaultKind::KeyringDamaged,
        VaultError::Failed(_) => FaultKind::Unforeseen,
    };
    fault(kind, error)
}

/// Makes the folder, for its owner only, and gives its one true path.
fn make_folder(folder: &Path) -> std::io::Result<PathBuf> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    folder.canonicalize()
}

/// What tells the databases of several data folders apart in one keyring.
fn folder_name(folder: &Path) -> String {
    let digest = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    digest[..8].iter().fold(String::new(), |mut name, byte| {
        use std::fmt::Write;
        // Writing to a string cannot fail.
        let _written = write!(name, "{byte:02x}");
        name
    })
}

struct Vendors {
    reach: Reach,
    tru_id_host: TruIdHost,
    tru_id: TruIdCredentials,
    twilio_host: TwilioHost,
    twilio: TwilioCredentials,
}

/// The keyring's entry `tru-id`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TruIdEntry {
    host: Typed,
    client_id: Typed,
    client_secret: Typed,
}

/// The keyring's entry `twilio`. The account's SID and auth token, or an API key's SID and secret.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TwilioEntry {
    sid: Typed,
    secret: Typed,
    service_sid: Typed,
}

impl Vendors {
    async fn from_keyring(vault: &Vault) -> Result<Self, NotReady> {
        let tru = entry::<TruIdEntry>(vault, &Secret::TruId).await?;
        let twi = entry::<TwilioEntry>(vault, &Secret::Twilio).await?;
        let (Some(tru), Some(twi)) = (&tru, &twi) else {
            let missing = [
                (tru.is_none(), VendorName::TruId),
                (twi.is_none(), VendorName::Twilio),
            ];
            return Err(NotReady::NotSetUp(
                missing.iter().filter(|(gone, _)| *gone).map(|(_, name)| *name).collect(),
            ));
        };
        let settings = |error: &dyn std::fmt::Display| fault(FaultKind::VendorSettings, error);
        Ok(Self {
            reach: Reach::Internet,
            tru_id_host: TruIdHost::parse(tru.host.as_str()).map_err(|error| settings(&error))?,
            tru_id: tru_id(tru.client_id.as_str(), tru.client_secret.as_str())?,
            twilio_host: TwilioHost::parse(TwilioHost::ALLOWED[0])
                .map_err(|error| settings(&error))?,
            twilio: twilio(twi.sid.as_str(), twi.secret.as_str(), twi.service_sid.as_str())?,
        })
    }
}

async fn entry<T: for<'de> Deserialize<'de>>(
    vault: &Vault,
    secret: &Secret,
) -> Result<Option<T>, NotReady> {
    let Some(text) = vault.get(secret).await.map_err(|error| keyring(&error))? else {
        return Ok(None);
    };
    // The error of the parser could quote the secret.
    serde_json::from_slice(&text)
        .map(Some)
        .map_err(|_| fault(FaultKind::VendorSettings, "an entry in the keyring is not of its form"))
}

fn tru_id(id: &str, secret: &str) -> Result<TruIdCredentials, NotReady> {
    TruIdCredentials::new(id, SecretString::from(secret))
        .map_err(|error| fault(FaultKind::VendorSettings, error))
}

fn twilio(sid: &str, secret: &str, service: &str) -> Result<TwilioCredentials, NotReady> {
    TwilioCredentials::new(sid, SecretString::from(secret), service)
        .map_err(|error| fault(FaultKind::VendorSettings, error))
}
