//! What the composition root decides.

use std::path::PathBuf;
use std::sync::Arc;

use simgate_vendors::{TruIdHost, TwilioHost};
use zeroize::Zeroizing;

use crate::hashing::HashingCost;
use crate::rehearsal::RehearsalPhone;

/// What must stand before anything is opened, as the log's files: asked whenever the program opens.
pub type Ground =
    Arc<dyn Fn() -> Result<(), Box<dyn std::error::Error + Send + Sync>> + Send + Sync>;

/// Where things are and which vendors answer.
pub struct Config {
    /// What must stand before anything is opened. Where it does not, the folder cannot be used.
    pub ground: Ground,
    /// The folder of the database.
    pub data_dir: PathBuf,
    /// Where the vendors' addresses and credentials come from.
    pub vendors: VendorSource,
    /// How costly a password's hash is to be; `None` finds out on this machine and keeps it.
    pub hashing: Option<HashingCost>,
}

/// Where the vendors' addresses and credentials come from.
pub enum VendorSource {
    /// From the keyring; the vendors are the real ones.
    Keyring,
    /// The stand-ins of a rehearsal. The data folder and the keyring's names are others, too.
    Rehearsal(Arc<RehearsalVendors>),
}

/// The stand-ins, their credentials, and the phone that codes arrive on.
pub struct RehearsalVendors {
    /// Where the stand-in for tru.ID listens.
    pub tru_id_host: TruIdHost,
    /// What it takes for credentials: client id and secret.
    pub tru_id: (String, Zeroizing<String>),
    /// Where the stand-in for Twilio Verify listens.
    pub twilio_host: TwilioHost,
    /// What it takes for credentials: account SID, auth token and service SID.
    pub twilio: (String, Zeroizing<String>, String),
    /// The phone.
    pub phone: Arc<dyn RehearsalPhone>,
}
