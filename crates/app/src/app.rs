//! The program without a window, and the door that every command passes.

use std::any::Any;
use std::fmt::Display;
use std::future::Future;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use simgate_domain::{Clock, SignInId};
use simgate_store::{Act, Entry, Store, StoreError, Who};
use simgate_vault::Vault;
use tokio::sync::{Mutex as AsyncMutex, Semaphore};

use crate::acting;
use crate::commands::{Barred, Command};
use crate::config::{Config, VendorSource};
use crate::contract::view::{PhoneMessage, Snapshot};
use crate::contract::words::{ErrorCode, Refusal};
use crate::flow::Underway;
use crate::hashing::HashWork;
use crate::head::HeadKeeper;
use crate::opening::Hold;
use crate::overview::Calls;
use crate::people::{PeopleWork, Proving};
use crate::random;
use crate::record::{Pruning, Work};
use crate::recovery::{PendingKit, Slot};
use crate::rules::InForce;
use crate::settings::Unsaved;
use crate::shown;
use crate::stage::{Scene, Stage, Tools};

/// Pages that may wait for a change at once; one window has one.
const WAITING_PAGES: usize = 8;
/// How long a page waits for a change before it is answered with no change.
const LONGEST_WAIT: Duration = Duration::from_secs(25);

/// The program without a window. Cheap to clone: every clone is the same program.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub config: Config,
    pub clock: Arc<dyn Clock>,
    pub vault: Arc<Vault>,
    pub rules: InForce,
    pub stage: Stage,
    /// Held by whoever signs in or registers: there is one seat.
    pub turn: AsyncMutex<()>,
    /// Held by whoever opens the database, or puts another in its place.
    pub opening: AsyncMutex<()>,
    /// The backup or the restore that is under way.
    pub recovery: Slot,
    /// A kit that was shown and is not confirmed.
    pub kit: std::sync::Mutex<Option<PendingKit>>,
    /// The data folder, while it is ours.
    pub hold: std::sync::Mutex<Option<Hold>>,
    /// Tells the keyring of the record's newest entry, where that is this program's affair.
    pub head: std::sync::Mutex<Option<Arc<HeadKeeper>>>,
    /// The change of somebody's number that is under way.
    pub proving: std::sync::Mutex<Option<Proving>>,
    /// When connections were last opened ahead of time, by the uptime.
    pub warmed: std::sync::Mutex<Option<Duration>>,
    /// Going through the record, and writing it to a file.
    pub record_work: Work,
    /// Files of people that come in and go out.
    pub people_work: PeopleWork,
    /// Letting go of old entries.
    pub pruning: Pruning,
    /// What goes on while nobody waits for it.
    pub underway: Underway,
    /// Held by whoever has a password looked at.
    pub ratings: Arc<AsyncMutex<()>>,
    /// How the vendors' last calls went.
    pub calls: VendorCalls,
    /// What the admin at the counter has begun with the settings.
    pub unsaved: std::sync::Mutex<Unsaved>,
    /// Held by whoever saves settings.
    pub saving: AsyncMutex<()>,
    pages: Semaphore,
}

/// The last calls of each vendor.
#[derive(Default)]
pub(crate) struct VendorCalls {
    pub tru_id: Arc<Calls>,
    pub twilio: Arc<Calls>,
}

/// What a command answers.
pub type Answer<T> = Result<T, Refusal>;

impl App {
    /// The program as it is before [`App::open`]: it shows that it is starting.
    #[must_use]
    pub fn new(config: Config, clock: Arc<dyn Clock>, vault: Vault) -> Self {
        Self {
            inner: Arc::new(Inner {
                config,
                clock,
                vault: Arc::new(vault),
                rules: InForce::default(),
                stage: Stage::default(),
                turn: AsyncMutex::new(()),
                opening: AsyncMutex::new(()),
                recovery: Slot::default(),
                kit: std::sync::Mutex::default(),
                hold: std::sync::Mutex::default(),
                head: std::sync::Mutex::default(),
                proving: std::sync::Mutex::default(),
                warmed: std::sync::Mutex::default(),
                record_work: Work::default(),
                people_work: PeopleWork::default(),
                pruning: Pruning::default(),
                underway: Underway::default(),
                ratings: Arc::default(),
                calls: VendorCalls::default(),
                unsaved: std::sync::Mutex::default(),
                saving: AsyncMutex::new(()),
                pages: Semaphore::new(WAITING_PAGES),
            }),
        }
    }

    /// What is true now.
    ///
    /// # Errors
    /// As every command: [`ErrorCode::NotNow`] where the table says so.
    pub async fn view(&self) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::VIEW, async move { Ok(app.snapshot()) })
            .await
    }

    /// What is true as soon as that is newer than the revision `after`, or after 25 s.
    ///
    /// # Errors
    /// As every command: [`ErrorCode::NotNow`] where the table says so.
    pub async fn next_view(&self, after: u32) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::NEXT_VIEW, async move {
            // A page that floods us with waits gets its answers at once.
            let Ok(_place) = app.inner.pages.try_acquire() else {
                return Ok(app.snapshot());
            };
            let mut revisions = app.inner.stage.revisions();
            let changed = revisions.wait_for(|revision| *revision != after);
            // That nothing changed is no failure: the page asks again.
            let _changed = tokio::time::timeout(LONGEST_WAIT, changed).await.is_ok();
            Ok(app.snapshot())
        })
        .await
    }

    /// The messages on the rehearsal's phone, newest last.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`] outside a rehearsal.
    pub async fn rehearsal_phone(&self) -> Answer<Vec<PhoneMessage>> {
        let app = self.clone();
        self.run(Command::REHEARSAL_PHONE, async move {
            match &app.inner.config.vendors {
                VendorSource::Rehearsal(vendors) => Ok(vendors.phone.messages()),
                VendorSource::Keyring => Err(Refusal::plain(ErrorCode::NotNow)),
            }
        })
        .await
    }

    /// The one door. Asks the table first; then does the command's work in a task of its own, so
    /// that a page that goes away stops nothing half done, and a panic leaves nobody signed in.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`], [`ErrorCode::NotAllowed`] and [`ErrorCode::StepUpNeeded`] where the
    /// table says so, [`ErrorCode::Unforeseen`] after a panic, and whatever the work refuses.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        command: Command,
        work: impl Future<Output = Answer<T>> + Send + 'static,
    ) -> Answer<T> {
        self.end_session_if_over().await;
        let now = self.inner.clock.uptime();
        let (allowed, person) = self.inner.stage.read(|scene| {
            let allowed = command.may_run_for(scene.state(), scene.standing(now));
            (allowed, scene.seat.person().cloned())
        });
        match allowed {
            Ok(()) => {}
            Err(Barred::State) => return Err(Refusal::plain(ErrorCode::NotNow)),
            Err(Barred::Stale) => return Err(Refusal::plain(ErrorCode::StepUpNeeded)),
            Err(Barred::Role) => {
                self.record_overreach(command).await;
                return Err(Refusal::plain(ErrorCode::NotAllowed));
            }
        }
        match tokio::spawn(acting::by(person, work)).await {
            Ok(answer) => answer,
            Err(_panicked) => {
                self.clear_up_after_panic().await;
                Err(self.unforeseen("a command panicked", &format!("{command:?}")))
            }
        }
    }

    /// Puts on record that a command was called by somebody whose role does not reach it: once a
    /// session and command, so that a page which was taken over cannot fill the disk.
    async fn record_overreach(&self, command: Command) {
        let person = self.inner.stage.change(|scene| {
            let first = scene.overreached.insert(command);
            first.then(|| scene.seat.person().cloned()).flatten()
        });
        let (Some(person), Ok(tools)) = (person, self.tools()) else {
            return;
        };
        let who = Who::User(person.user);
        let entry = self.entry(
            who,
            Some(person.sign_in),
            Act::CommandRefused,
            Some(command.name()),
        );
        if let Err(error) = tools.store.record(entry).await {
            tracing::error!(%error, "a refusal is not on record");
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let now = self.inner.clock.uptime();
        let rehearsal = matches!(self.inner.config.vendors, VendorSource::Rehearsal(_));
        self.inner.stage.read_numbered(|revision, scene| {
            let limits = self.session_limits_on(scene);
            shown::snapshot(scene, revision, rehearsal, limits, now)
        })
    }

    /// What the program works with, where it can work. A sign-in goes on with what it began with,
    /// though the vendors' settings were changed meanwhile.
    pub(crate) fn tools(&self) -> Answer<Arc<Tools>> {
        self.inner
            .stage
            .read(Scene::tools)
            .ok_or_else(|| Refusal::plain(ErrorCode::NotNow))
    }

    /// The database, from the moment that it is open.
    pub(crate) fn open_store(&self) -> Answer<Arc<dyn Store>> {
        self.inner
            .stage
            .read(Scene::open_store)
            .ok_or_else(|| Refusal::plain(ErrorCode::NotNow))
    }

    /// What hashing was done since the program was opened; none where it is not open.
    #[must_use]
    pub fn hash_work(&self) -> HashWork {
        let tools = self.tools();
        tools.map_or_else(|_closed| HashWork::default(), |tools| tools.hashing.work())
    }

    /// A refusal for what was not foreseen. Its detail goes to the log under the reference. A full disk
    /// is told by its name, whatever was being done: whoever reads it can mend it.
    pub(crate) fn unforeseen<E: Display + 'static>(&self, doing: &str, error: &E) -> Refusal {
        let full = matches!((error as &dyn Any).downcast_ref(), Some(StoreError::Full));
        let code = if full {
            ErrorCode::DiskFull
        } else {
            ErrorCode::Unforeseen
        };
        let reference = random::reference(self.inner.clock.now()).to_string();
        tracing::error!(%reference, doing, %error, "not foreseen");
        Refusal {
            reference: Some(reference),
            ..Refusal::plain(code)
        }
    }

    /// Who tells the keyring of the record's newest entry.
    pub(crate) fn head_keeper(&self) -> Option<Arc<HeadKeeper>> {
        let kept = self.inner.head.lock();
        kept.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The same, who is nobody's from now on.
    pub(crate) fn take_head_keeper(&self) -> Option<Arc<HeadKeeper>> {
        let mut kept = self
            .inner
            .head
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        kept.take()
    }

    /// An entry of the record about now, by the one whom it is about.
    pub(crate) fn entry(
        &self,
        who: Who,
        sign_in: Option<SignInId>,
        act: Act,
        cause: Option<&'static str>,
    ) -> Entry {
        Entry {
            sign_in,
            cause,
            policy: Some(self.rules().version()),
            ..Entry::new(self.inner.clock.now(), who, act)
        }
    }
}
