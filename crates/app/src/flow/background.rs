//! What goes on while nobody waits for it: it is supervised, and closing the program waits for it.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use simgate_domain::VerificationSid;
use simgate_domain::seat::Person;
use tokio::sync::watch;

use crate::app::App;
use crate::stage::Tools;

/// How much is under way.
#[derive(Clone)]
pub struct Underway(watch::Sender<usize>);

impl Default for Underway {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

/// One thing that is under way, until it is dropped.
pub struct Errand(Underway);

impl Drop for Errand {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count -= 1);
    }
}

impl Underway {
    /// Begins something that closing must wait for.
    pub fn begin(&self) -> Errand {
        self.0.send_modify(|count| *count += 1);
        Errand(self.clone())
    }

    /// Nothing is under way any more.
    pub async fn over(&self) {
        let mut count = self.0.subscribe();
        // It fails only where nobody could begin anything any more.
        let _none = count.wait_for(|count| *count == 0).await.is_ok();
    }
}

/// A code that the vendor was asked to send, until it is on record and on the seat. Whoever
/// supervises the work calls back what the work leaves here.
#[derive(Clone, Default)]
pub(crate) struct Sending(Arc<Mutex<Option<Asked>>>);

struct Asked {
    /// Closing waits for it.
    errand: Errand,
    /// The vendor took it, under this name.
    sid: Option<VerificationSid>,
}

impl Sending {
    pub(crate) fn begin(&self, errand: Errand) {
        *self.lock() = Some(Asked { errand, sid: None });
    }

    /// The vendor took it, under this name.
    pub(crate) fn taken(&self, sid: &VerificationSid) {
        if let Some(asked) = &mut *self.lock() {
            asked.sid = Some(sid.clone());
        }
    }

    /// It is on record and on the seat, which answers for it now.
    pub(crate) fn done(&self) {
        self.lock().take();
    }

    /// What the vendor took and nothing here answers for.
    pub(crate) fn left(&self) -> Option<(Errand, VerificationSid)> {
        let asked = self.lock().take()?;
        Some((asked.errand, asked.sid?))
    }

    fn lock(&self) -> MutexGuard<'_, Option<Asked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Calls a code back that nothing answers for when the work on it ends, however it ends.
pub(crate) struct CallBack {
    pub app: App,
    pub tools: Arc<Tools>,
    pub sending: Sending,
}

impl Drop for CallBack {
    fn drop(&mut self) {
        if let Some((errand, sid)) = self.sending.left() {
            self.app.cancel_later(&self.tools, sid);
            drop(errand);
        }
    }
}

impl App {
    /// Does something in a task of its own, which closing the program waits for.
    pub(crate) fn in_background(&self, work: impl Future<Output = ()> + Send + 'static) {
        let errand = self.inner.underway.begin();
        tokio::spawn(async move {
            work.await;
            drop(errand);
        });
    }

    /// Does a sign-in's work in a task of its own and waits for it. A panic there stops the sign-in;
    /// where even that panics, the seat is emptied, so that the kiosk is not stuck.
    pub(crate) async fn supervise(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        doing: &'static str,
        work: impl Future<Output = ()> + Send + 'static,
    ) {
        if tokio::spawn(work).await.is_ok() {
            return;
        }
        let stopping = {
            let (app, tools, person) = (self.clone(), Arc::clone(tools), person.clone());
            tokio::spawn(async move { app.stop_unforeseen(&tools, &person, &doing).await })
        };
        if stopping.await.is_err() && self.has_the_seat(person) {
            self.clear_up_after_panic().await;
        }
    }

    fn has_the_seat(&self, person: &Person) -> bool {
        self.inner.stage.read(|scene| {
            let on_seat = scene.seat.person();
            on_seat.is_some_and(|on| on.sign_in == person.sign_in)
        })
    }
}
