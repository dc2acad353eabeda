//! The commands of the settings, through the door.

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::Typed;
use crate::contract::settings::{
    SaveAnswer, SaveVendorForm, TestAnswer, TriedCode, TryAnswer, TryForm, VendorFileAnswer,
    VendorFileForm, VendorForm, VendorsStatus,
};
use crate::contract::words::VendorName;

impl App {
    /// What is set of both vendors, and since when. Nothing secret is in it.
    ///
    /// # Errors
    /// As the door.
    pub async fn vendors(&self) -> Answer<VendorsStatus> {
        let app = self.clone();
        self.run(Command::VENDORS, async move { app.vendors_status().await })
            .await
    }

    /// Takes the text of a file. What is found in it is held here, in place of what was imported
    /// before, until it is saved or dropped, and the file is not kept.
    ///
    /// # Errors
    /// As the door.
    pub async fn import_vendor_file(&self, form: VendorFileForm) -> Answer<VendorFileAnswer> {
        let app = self.clone();
        self.run(Command::IMPORT_VENDOR_FILE, async move {
            app.import_file(form).await
        })
        .await
    }

    /// Fills in the rehearsal's own credentials, as if they had been imported.
    ///
    /// # Errors
    /// As the door, and [`ErrorCode::NotNow`](crate::contract::words::ErrorCode::NotNow) outside a
    /// rehearsal.
    pub async fn fill_in_rehearsal(&self) -> Answer<VendorFileAnswer> {
        let app = self.clone();
        self.run(Command::FILL_IN_REHEARSAL, async move { app.fill_in() })
            .await
    }

    /// Forgets what was imported for a vendor and not saved.
    ///
    /// # Errors
    /// As the door.
    pub async fn drop_unsaved_vendor(&self, vendor: VendorName) -> Answer<VendorsStatus> {
        let app = self.clone();
        self.run(Command::DROP_UNSAVED_VENDOR, async move {
            app.drop_imported(vendor).await
        })
        .await
    }

    /// Asks the vendor, with these settings, whatever can be asked without sending or checking
    /// anything.
    ///
    /// # Errors
    /// As the door.
    pub async fn test_vendor(&self, form: VendorForm) -> Answer<TestAnswer> {
        let app = self.clone();
        self.run(Command::TEST_VENDOR, async move {
            app.test_settings(form).await
        })
        .await
    }

    /// Keeps one vendor's settings, and works with them from now on. They must have passed a test,
    /// unless the admin says otherwise; that codes of fewer than six digits will do nobody can say.
    ///
    /// # Errors
    /// As the door.
    pub async fn save_vendor(&self, form: SaveVendorForm) -> Answer<SaveAnswer> {
        let app = self.clone();
        self.run(Command::SAVE_VENDOR, async move {
            app.save_settings(form).await
        })
        .await
    }

    /// Asks the operator about the SIM of whoever is signed in. It costs what a check costs.
    ///
    /// # Errors
    /// As the door.
    pub async fn try_sim_check(&self, form: TryForm) -> Answer<TryAnswer> {
        let app = self.clone();
        self.run(Command::TRY_SIM_CHECK, async move {
            app.check_own_sim(form).await
        })
        .await
    }

    /// Asks the operator, and where the SIM is unchanged has a code sent to whoever is signed in.
    ///
    /// # Errors
    /// As the door.
    pub async fn try_code(&self, form: TryForm) -> Answer<TryAnswer> {
        let app = self.clone();
        self.run(
            Command::TRY_CODE,
            async move { app.send_own_code(form).await },
        )
        .await
    }

    /// Has the typed code of a try checked.
    ///
    /// # Errors
    /// What is no code, at its field; and as the door.
    pub async fn check_tried_code(&self, code: Typed) -> Answer<TriedCode> {
        let app = self.clone();
        self.run(Command::CHECK_TRIED_CODE, async move {
            app.check_own_code(&code).await
        })
        .await
    }
}
