//! What is set.

use simgate_domain::Timestamp;
use simgate_vault::VaultError;

use super::at::At;
use super::entries::{self, Entry};
use super::unsaved::OfVendor;
use super::values::Whole;
use crate::app::{Answer, App};
use crate::config::VendorSource;
use crate::contract::settings::{FilledField, VendorStatus, VendorsStatus};
use crate::contract::words::VendorName;
use crate::opening::keyring_fault;

impl App {
    /// What is set and since when. Nothing secret is in it.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`](crate::contract::words::ErrorCode::NotNow) where nobody is signed in.
    pub(super) async fn vendors_status(&self) -> Answer<VendorsStatus> {
        let at = self.at_settings()?;
        let mut known = Vec::new();
        for vendor in VendorName::ALL {
            match self.vendor_status(&at, vendor).await {
                Ok(status) => known.push(status),
                Err(error) => {
                    let fault = keyring_fault(&error);
                    return Ok(VendorsStatus::Keyring { fault });
                }
            }
        }
        let [tru_id, twilio] = known
            .try_into()
            .map_err(|_| self.unforeseen("reading the settings", &"there are two vendors"))?;
        Ok(VendorsStatus::Known {
            tru_id,
            twilio,
            rehearsal: matches!(self.inner.config.vendors, VendorSource::Rehearsal(_)),
        })
    }

    /// Forgets what was imported for a vendor and not saved.
    ///
    /// # Errors
    /// As [`App::at_settings`].
    pub(super) async fn drop_imported(&self, vendor: VendorName) -> Answer<VendorsStatus> {
        let at = self.at_settings()?;
        *self.unsaved(&at).of(vendor) = OfVendor::default();
        self.vendors_status().await
    }

    async fn vendor_status(&self, at: &At, vendor: VendorName) -> Result<VendorStatus, VaultError> {
        let stored = entries::read(&self.inner.vault.patiently(), vendor).await?;
        let unsaved = self.unsaved(at).of(vendor).imported.shown();
        let empty = VendorStatus {
            vendor,
            set: false,
            damaged: false,
            since: None,
            stored: Vec::new(),
            unsaved,
        };
        Ok(match &stored.entry {
            Entry::None => empty,
            Entry::Damaged => VendorStatus {
                damaged: true,
                ..empty
            },
            Entry::Kept { settings, since } => set(settings, *since, empty.unsaved),
        })
    }
}

/// What is told of settings that are stored.
pub(super) fn set(
    settings: &Whole,
    since: Option<Timestamp>,
    unsaved: Vec<FilledField>,
) -> VendorStatus {
    VendorStatus {
        vendor: settings.vendor(),
        set: true,
        damaged: false,
        since: since.map(|since| since.to_string()),
        stored: settings.values().shown(),
        unsaved,
    }
}
