//! Getting back in, and getting the data back.

use std::path::Path;
use std::sync::Arc;

use simgate_app::contract::args::Typed;
use simgate_app::contract::recovery::{
    BackUpForm, BackupFileForm, BackupMade, KitShown, RestoreDone, RestoreForm, RestoreOffer,
};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ErrorCode, Refusal};
use simgate_domain::{Clock, RecoveryCode, RecoveryKey};
use zeroize::Zeroizing;

use crate::branch::{Branch, expect_code, expect_counter, firm, register_form};
use crate::memory_keyring::MemoryKeyring;
use crate::people::ADMINS;

mod backups;
mod codes;
mod elsewhere;
#[cfg(target_os = "linux")]
mod full_disk;
mod guarded;
mod kit;
mod restores;

pub fn typed(text: &str) -> Typed {
    Typed::from(text.to_owned())
}

/// A recovery code that nobody has.
pub fn a_code() -> String {
    let code = RecoveryCode::from_random(Zeroizing::new([7; 8]));
    code.written().to_string()
}

/// A recovery key that opens nothing.
pub fn a_key() -> String {
    let key = RecoveryKey::from_random(Zeroizing::new([7; 32]));
    key.written().to_string()
}

impl Branch {
    /// The program opens everything by itself in this folder, with what this keyring holds.
    pub async fn open_in(&mut self, folder: &Path, keyring: &MemoryKeyring) {
        self.app.close().await;
        self.keyring = keyring.clone();
        let clock = Arc::clone(&self.clock) as Arc<dyn Clock>;
        self.start_unopened(folder, clock, firm());
        self.app.open().await;
    }

    /// A machine of its own, whose first admin is at the counter and has set it up.
    pub async fn machine(folder: &Path) -> Self {
        let branch = Self::new_machine(folder).await;
        branch.finish_set_up().await;
        branch
    }

    /// A machine of its own, whose first admin is at the counter and has no kit yet.
    pub async fn new_machine(folder: &Path) -> Self {
        let mut branch = Self::open().await;
        branch.open_in(folder, &MemoryKeyring::default()).await;
        branch.first_admin("admin.one").await;
        branch
    }

    /// Whoever is at the counter makes their kit, and finishes set-up.
    pub async fn finish_set_up(&self) {
        self.kit_made().await;
        self.app.finish_set_up().await.expect("finished");
    }

    pub async fn first_admin(&self, name: &str) {
        let form = register_form(name, ADMINS);
        let registered = self.app.register_first_admin(form).await;
        registered.expect("the first admin");
        expect_code(self.settled().await);
        expect_counter(self.type_right_code(ADMINS).await.expect("a code"));
    }

    /// A kit of whoever is at the counter, confirmed.
    pub async fn kit_made(&self) -> KitShown {
        let kit = self.app.make_kit(false).await.expect("a kit");
        let confirmed = self.app.confirm_kit(typed(kit.codes[0].as_str())).await;
        assert_eq!(confirmed.expect("written down").codes_left, 10);
        kit
    }

    pub async fn use_code(&self, code: &str) -> Result<View, Refusal> {
        Ok(self.app.use_recovery_code(typed(code)).await?.view)
    }

    pub async fn back_up(&self, to: Option<&Path>) -> Result<BackupMade, Refusal> {
        let path = to.map(|path| path.to_str().expect("text").to_owned());
        self.app.back_up(BackUpForm { path }).await
    }

    pub async fn inspect(&self, path: &Path, key: &str) -> Result<RestoreOffer, Refusal> {
        let form = BackupFileForm {
            path: path.to_str().expect("text").to_owned(),
            recovery_key: typed(key),
        };
        self.app.inspect_backup(form).await
    }

    pub async fn restore(
        &self,
        path: &Path,
        key: &str,
        confirm: &str,
    ) -> Result<RestoreDone, Refusal> {
        let form = RestoreForm {
            path: path.to_str().expect("text").to_owned(),
            recovery_key: typed(key),
            confirm: confirm.to_owned(),
        };
        self.app.restore(form).await
    }

    /// Looks at a backup and puts it in the place of what is here.
    pub async fn restored(&self, path: &Path, key: &str) -> RestoreDone {
        let offer = self.inspect(path, key).await.expect("a backup");
        let done = self.restore(path, key, &offer.confirm).await;
        done.expect("restored")
    }
}

pub fn code_of<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> ErrorCode {
    answer.expect_err("refused").code
}
