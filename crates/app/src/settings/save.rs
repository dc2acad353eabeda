//! Saving settings: all of a vendor's together, or none.

use std::sync::{Arc, PoisonError};

use simgate_store::{Act, Changed, Entry};

use super::at::At;
use super::clients::Client;
use super::entries::{self, Stored};
use super::marks;
use super::status::set;
use super::test::Merged;
use super::unsaved::OfVendor;
use super::values::{Values, Whole};
use crate::app::{Answer, App};
use crate::contract::settings::{
    SaveAnswer, SaveVendorForm, TestCause, TestResult, TestStep, TestStepName,
};
use crate::contract::words::VendorName;
use crate::opening::keyring_fault;
use crate::random;
use crate::stage::{Readiness, Tools};

impl App {
    /// Keeps one vendor's settings, and works with them from now on. They must have passed a test,
    /// unless the admin says otherwise; that codes of fewer than six digits will do nobody can say.
    ///
    /// # Errors
    /// As [`App::at_settings`].
    pub(super) async fn save_settings(&self, form: SaveVendorForm) -> Answer<SaveAnswer> {
        let at = self.at_settings()?;
        // One at a time: what is put back must be what was there.
        let _turn = self.inner.saving.lock().await;
        let (vendor, typed) = Values::typed(&form.form);
        let before = match entries::read(&self.inner.vault.patiently(), vendor).await {
            Ok(before) => before,
            Err(error) => return Ok(keyring(&error)),
        };
        let settings = match self.merged_over(&at, vendor, typed, &before) {
            Merged::Whole(settings) => settings,
            Merged::Problems(problems) => return Ok(SaveAnswer::Invalid { problems }),
        };
        if let Some(refused) = self.not_tested(&at, &settings, form.untested).await? {
            return Ok(refused);
        }
        let client = self.client(&settings)?;
        let seen = marks::kept(&*at.store, vendor)
            .await
            .map_err(|error| self.unforeseen("reading the mark of the settings", &error))?
            .map_or(0, |(version, _)| version);
        self.still(&at)?;
        let since = self.inner.clock.now();
        let mark = match entries::write(&self.inner.vault, &settings, since).await {
            Ok(mark) => mark,
            Err(error) => return Ok(keyring(&error)),
        };
        let entry = self.changed(&at, &settings, &before);
        match marks::change(&*at.store, vendor, seen, mark, entry).await {
            Ok(Changed::Done) => {}
            Ok(Changed::Outdated) => {
                let error = "another program has changed them meanwhile";
                return Ok(self.undo(vendor, &before, &error).await);
            }
            Err(error) => return Ok(self.undo(vendor, &before, &error).await),
        }
        tracing::info!(vendor = vendor.word(), "the settings were changed");
        self.work_with(client, &at).await;
        *self.unsaved(&at).of(vendor) = OfVendor::default();
        let status = set(&settings, Some(since), Vec::new());
        Ok(SaveAnswer::Saved { status })
    }

    /// Why these settings may not be saved for want of a test, if they may not.
    async fn not_tested(
        &self,
        at: &At,
        settings: &Whole,
        untested: bool,
    ) -> Answer<Option<SaveAnswer>> {
        if self.unsaved(at).has_passed(settings) {
            return Ok(None);
        }
        if !untested {
            return Ok(Some(SaveAnswer::Untested));
        }
        match settings.vendor() {
            VendorName::TruId => Ok(None),
            // The one thing that nobody's word makes up for, as far as it can be known.
            VendorName::Twilio => {
                let (_, steps) = self.tested(settings).await?;
                Ok(too_short(&steps).map(|digits| SaveAnswer::CodeTooShort { digits }))
            }
        }
    }

    /// What the record says of the change: whose settings, and which of them.
    fn changed(&self, at: &At, settings: &Whole, before: &Stored) -> Entry {
        let fields = settings.changed_from(before.settings().map(Whole::values));
        let words: Vec<&str> = std::iter::once(settings.vendor().word())
            .chain(fields.iter().map(|field| field.key()))
            .collect();
        Entry {
            detail: Some(words.join(" ")),
            ..self.settings_entry(at, Act::VendorSettingsChanged)
        }
    }

    async fn undo(
        &self,
        vendor: VendorName,
        before: &Stored,
        error: &(dyn std::fmt::Display + Sync),
    ) -> SaveAnswer {
        let reference = random::reference(self.inner.clock.now()).to_string();
        tracing::error!(%reference, %error, "a change of the settings is not on record");
        let undone = entries::put_back(&self.inner.vault, vendor, before).await;
        if let Err(error) = &undone {
            tracing::error!(%reference, %error, "and could not be undone");
        }
        SaveAnswer::NotRecorded {
            reference,
            undone: undone.is_ok(),
        }
    }

    /// Whatever begins from now on begins with this client. In the first set-up it may be the last
    /// thing that was missing.
    async fn work_with(&self, client: Client, at: &At) {
        let missing = self.inner.stage.change(|scene| match &scene.readiness {
            Readiness::Ready(tools) => {
                let tools = self.tools_with(tools, client);
                scene.readiness = Readiness::Ready(Arc::new(tools));
                false
            }
            Readiness::NotSetUp(_) => true,
            Readiness::Starting | Readiness::Fault(..) => false,
        });
        if missing {
            self.begin_on(Arc::clone(&at.store)).await;
        }
        // The old one's connections are of no use to it.
        *self
            .inner
            .warmed
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The same tools, but for this client.
    fn tools_with(&self, tools: &Tools, client: Client) -> Tools {
        let mut tools = tools.clone();
        match client {
            Client::TruId(tru_id) => tools.sim = self.measured_sim(tru_id),
            Client::Twilio(twilio) => tools.codes = self.measured_codes(twilio),
        }
        tools
    }
}

fn keyring(error: &simgate_vault::VaultError) -> SaveAnswer {
    SaveAnswer::Keyring {
        fault: keyring_fault(error),
    }
}

fn too_short(steps: &[TestStep]) -> Option<u32> {
    steps
        .iter()
        .find_map(|step| match (step.name, step.result) {
            (
                TestStepName::CodeLength,
                TestResult::Failed {
                    cause: TestCause::CodeTooShort,
                    digits,
                    ..
                },
            ) => digits,
            _ => None,
        })
}
