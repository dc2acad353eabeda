//! Testing settings, saved or not: what the vendor says to each step.

use simgate_store::{Act, Entry};
use simgate_vault::VaultError;

use super::at::At;
use super::clients::{Client, client};
use super::entries;
use super::shown;
use super::values::{Values, Whole};
use crate::app::{Answer, App};
use crate::contract::settings::{TestAnswer, TestStep, VendorFieldProblem, VendorForm};
use crate::contract::words::VendorName;
use crate::opening::keyring_fault;

/// Settings put together from what was typed, what was imported and what is stored.
pub(super) enum Merged {
    Whole(Whole),
    Problems(Vec<VendorFieldProblem>),
}

impl App {
    /// Asks the vendor, with these settings, whatever can be asked without sending or checking
    /// anything.
    ///
    /// # Errors
    /// As [`App::at_settings`].
    pub(super) async fn test_settings(&self, form: VendorForm) -> Answer<TestAnswer> {
        let at = self.at_settings()?;
        let (vendor, typed) = Values::typed(&form);
        let settings = match self.merged(&at, vendor, typed).await {
            Ok(Merged::Whole(settings)) => settings,
            Ok(Merged::Problems(problems)) => return Ok(TestAnswer::Invalid { problems }),
            Err(error) => {
                let fault = keyring_fault(&error);
                return Ok(TestAnswer::Keyring { fault });
            }
        };
        let (passed, steps) = self.tested(&settings).await?;
        let passed_now = passed.then(|| settings.fingerprint());
        self.unsaved(&at).of(vendor).passed = passed_now;
        self.note(&at, self.tested_entry(&at, vendor, &steps)).await;
        Ok(TestAnswer::Tested { passed, steps })
    }

    /// What is typed, and where nothing is, what was imported, and else what is stored.
    pub(super) async fn merged(
        &self,
        at: &At,
        vendor: VendorName,
        typed: Values,
    ) -> Result<Merged, VaultError> {
        let stored = entries::read(&self.inner.vault.patiently(), vendor).await?;
        Ok(self.merged_over(at, vendor, typed, &stored))
    }

    pub(super) fn merged_over(
        &self,
        at: &At,
        vendor: VendorName,
        typed: Values,
        stored: &entries::Stored,
    ) -> Merged {
        let mut values = typed.over(&self.unsaved(at).of(vendor).imported);
        if let Some(settings) = stored.settings() {
            values = values.over(settings.values());
        }
        match Whole::check(vendor, &values) {
            Ok(settings) => Merged::Whole(settings),
            Err(problems) => Merged::Problems(problems),
        }
    }

    /// Whether the vendor passed every step, and the steps.
    pub(super) async fn tested(&self, settings: &Whole) -> Answer<(bool, Vec<TestStep>)> {
        Ok(match self.client(settings)? {
            Client::TruId(tru_id) => {
                let trial = tru_id.trial().await;
                (trial.passed(), shown::of_tru_id(trial))
            }
            Client::Twilio(twilio) => {
                let trial = twilio.trial().await;
                (trial.passed(), shown::of_twilio(trial))
            }
        })
    }

    /// What the record says of a test: whose settings, and where it failed and why.
    fn tested_entry(&self, at: &At, vendor: VendorName, steps: &[TestStep]) -> Entry {
        let (act, cause, detail) = match shown::failure(steps) {
            None => (Act::VendorTested, None, vendor.word().to_owned()),
            Some((step, cause)) => {
                let detail = format!("{} {step}", vendor.word());
                (Act::VendorTestFailed, Some(cause), detail)
            }
        };
        Entry {
            cause,
            detail: Some(detail),
            ..self.settings_entry(at, act)
        }
    }

    pub(super) fn client(&self, settings: &Whole) -> Answer<Client> {
        client(settings, &self.inner.config.vendors, &self.inner.clock)
            .map_err(|error| self.unforeseen("making a vendor's client", &error))
    }
}
