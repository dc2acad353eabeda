//! The vendors' clients, with the settings that the keyring has.

use std::sync::Arc;

use simgate_store::Store;
use simgate_vault::Patience;
use simgate_vendors::{CodeSender, SimCheck};

use super::{NotReady, fault, keyring};
use crate::app::App;
use crate::config::VendorSource;
use crate::contract::words::{FaultKind, VendorName};
use crate::settings::clients::{Client, client, rehearsals_own};
use crate::settings::entries::{self, Entry};
use crate::settings::marks;
use crate::settings::values::Whole;

/// Both vendors, spoken to as their settings say.
pub(super) struct Clients {
    pub(super) sim: Arc<dyn SimCheck>,
    pub(super) codes: Arc<dyn CodeSender>,
}

impl App {
    /// The clients that the keyring's settings make. Settings that were changed outside are put on
    /// record before anything is done with them.
    pub(super) async fn clients(
        &self,
        store: &dyn Store,
        vault: &Patience<'_>,
    ) -> Result<Clients, NotReady> {
        let mut sim: Option<Arc<dyn SimCheck>> = None;
        let mut codes: Option<Arc<dyn CodeSender>> = None;
        let mut missing = Vec::new();
        for vendor in VendorName::ALL {
            match self.settings_of(vendor, store, vault).await? {
                Some(settings) => match self.made(&settings)? {
                    Client::TruId(tru_id) => sim = Some(self.measured_sim(tru_id)),
                    Client::Twilio(twilio) => codes = Some(self.measured_codes(twilio)),
                },
                None => missing.push(vendor),
            }
        }
        match (sim, codes) {
            (Some(sim), Some(codes)) => Ok(Clients { sim, codes }),
            (_, None) | (None, _) => Err(NotReady::NotSetUp(missing)),
        }
    }

    async fn settings_of(
        &self,
        vendor: VendorName,
        store: &dyn Store,
        vault: &Patience<'_>,
    ) -> Result<Option<Whole>, NotReady> {
        let stored = entries::read(vault, vendor)
            .await
            .map_err(|error| keyring(&error))?;
        let now = self.inner.clock.now();
        marks::compare(store, vendor, stored.mark(), now)
            .await
            .map_err(|error| fault(FaultKind::Unforeseen, error))?;
        match stored.entry {
            Entry::Kept { settings, .. } => Ok(Some(settings)),
            Entry::None => Ok(self.practised_without_settings(vendor)),
            Entry::Damaged => {
                let what = format!(
                    "the keyring's entry of {} is not of its form",
                    vendor.word()
                );
                Err(fault(FaultKind::VendorSettings, what))
            }
        }
    }

    /// A rehearsal that nobody has set up works with its own credentials. This is the one place that
    /// does so.
    fn practised_without_settings(&self, vendor: VendorName) -> Option<Whole> {
        match &self.inner.config.vendors {
            VendorSource::Keyring => None,
            VendorSource::Rehearsal(stand_ins) => {
                Whole::check(vendor, &rehearsals_own(stand_ins, vendor)).ok()
            }
        }
    }

    fn made(&self, settings: &Whole) -> Result<Client, NotReady> {
        let inner = &self.inner;
        client(settings, &inner.config.vendors, &inner.clock)
            .map_err(|error| fault(FaultKind::Unforeseen, error))
    }
}
