//! The settings at the command line of this machine.

use crate::app::Answer;
use crate::console::Console;
use crate::contract::settings::{SaveAnswer, SaveVendorForm, TestAnswer, VendorForm};

impl Console {
    /// Asks the vendor, with these settings and where they say nothing with those that are stored,
    /// whatever can be asked without sending or checking anything.
    ///
    /// # Errors
    /// What was not foreseen.
    pub async fn test_vendor(&self, form: VendorForm) -> Answer<TestAnswer> {
        self.app.test_settings(form).await
    }

    /// Keeps one vendor's settings: all of them or none. They must have passed a test of this console,
    /// unless the form says otherwise; that codes of fewer than six digits will do nobody can say.
    ///
    /// # Errors
    /// What was not foreseen.
    pub async fn save_vendor(&self, form: SaveVendorForm) -> Answer<SaveAnswer> {
        self.app.save_settings(form).await
    }
}
