//! What was imported and not saved, what was tested, and what is being tried.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, MutexGuard, PoisonError};

use simgate_domain::{PhoneNumber, VerificationSid};
use simgate_vendors::CodeSender;

use super::at::At;
use super::values::{Values, Whole};
use crate::app::App;
use crate::contract::words::VendorName;

/// What one session has begun with the settings. It ends with the session.
#[derive(Default)]
pub(crate) struct Unsaved {
    /// The session, by its number in the scene.
    session: u32,
    tru_id: OfVendor,
    twilio: OfVendor,
    /// The code of a try that is waited for.
    pub(super) tried: Option<Tried>,
}

/// What is unsaved of one vendor.
#[derive(Default)]
pub(super) struct OfVendor {
    /// What was imported.
    pub(super) imported: Values,
    /// The settings whose last test was passed.
    pub(super) passed: Option<[u8; 32]>,
}

/// A code that was sent to see that codes can be.
#[derive(Clone)]
pub(super) struct Tried {
    pub(super) sid: VerificationSid,
    pub(super) number: PhoneNumber,
    pub(super) codes: Arc<dyn CodeSender>,
}

impl Unsaved {
    pub(super) fn of(&mut self, vendor: VendorName) -> &mut OfVendor {
        match vendor {
            VendorName::TruId => &mut self.tru_id,
            VendorName::Twilio => &mut self.twilio,
        }
    }

    /// Whether exactly these settings have passed their last test.
    pub(super) fn has_passed(&mut self, settings: &Whole) -> bool {
        self.of(settings.vendor()).passed == Some(settings.fingerprint())
    }
}

/// What one session has begun, while it is looked at.
pub(super) struct Held<'a> {
    app: &'a App,
    now: MutexGuard<'a, Unsaved>,
    /// For a session that is over: nobody sees it.
    over: Option<Unsaved>,
}

impl Deref for Held<'_> {
    type Target = Unsaved;

    fn deref(&self) -> &Unsaved {
        self.over.as_ref().unwrap_or(&self.now)
    }
}

impl DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut Unsaved {
        self.over.as_mut().unwrap_or(&mut self.now)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Some(over) = &mut self.over {
            self.app.drop_tried(over.tried.take());
        }
    }
}

impl App {
    /// What this session has begun. What an older one had begun is gone; what is still done for one
    /// that is over comes to nothing, and touches nothing of the newer.
    pub(super) fn unsaved(&self, at: &At) -> Held<'_> {
        let mut now = self.lock_unsaved();
        self.begin_anew(&mut now, at.session);
        let over = (now.session != at.session).then(Unsaved::default);
        Held {
            app: self,
            now,
            over,
        }
    }

    /// Forgets what a session had begun that is over. Called once a second, and costs nothing where
    /// there is nothing to forget.
    pub(crate) fn forget_unsaved(&self) {
        let session = self.inner.stage.read(|scene| scene.sessions);
        self.begin_anew(&mut self.lock_unsaved(), session);
    }

    fn begin_anew(&self, unsaved: &mut Unsaved, session: u32) {
        if unsaved.session < session {
            self.drop_tried(unsaved.tried.take());
            *unsaved = Unsaved {
                session,
                ..Unsaved::default()
            };
        }
    }

    /// The code of a try is good for nothing once nobody waits for it.
    pub(super) fn drop_tried(&self, tried: Option<Tried>) {
        let (Some(tried), Ok(tools)) = (tried, self.tools()) else {
            return;
        };
        tokio::spawn(async move {
            if let Err(error) = tried.codes.cancel(&tried.sid).await {
                tracing::warn!(sid = ?tried.sid, %error, "a code that was tried is still pending");
            } else if let Err(error) = tools.store.forget_pending(tried.sid).await {
                tracing::warn!(%error, "a canceled verification is not forgotten");
            }
        });
    }

    fn lock_unsaved(&self) -> MutexGuard<'_, Unsaved> {
        self.inner
            .unsaved
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
