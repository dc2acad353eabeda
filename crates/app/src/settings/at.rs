//! For whom the settings are worked on, and with what.

use std::sync::Arc;

use simgate_domain::seat::{Person, Seat};
use simgate_store::{Act, By, Entry, Store, Who};

use crate::app::{Answer, App};
use crate::contract::words::{ErrorCode, Refusal};
use crate::stage::{Scene, SetUp};

/// Whoever works on the settings, at this moment.
pub(crate) struct At {
    /// Where what they do is recorded.
    pub(super) store: Arc<dyn Store>,
    /// Who is signed in; nobody before there is a first admin, nor at the terminal.
    pub(super) person: Option<Person>,
    /// Whose acts they are, for the record.
    pub(super) by: By,
    /// The session, by its number in the scene.
    pub(super) session: u32,
}

impl At {
    fn of(scene: &Scene) -> Option<Self> {
        let store = scene.open_store()?;
        if scene.at_the_console {
            return Some(Self {
                store,
                person: None,
                by: By::Console,
                session: scene.sessions,
            });
        }
        let person = match &scene.seat {
            Seat::Occupied(at) => Some(at.person.clone()),
            Seat::Vacant if scene.set_up == SetUp::Nobody => None,
            Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Recovering(_)
            | Seat::Stopped(_) => return None,
        };
        let by = person
            .as_ref()
            .map_or(By::Program, |person| By::User(person.user));
        Some(Self {
            store,
            person,
            by,
            session: scene.sessions,
        })
    }

    /// Whoever is signed in: things are tried for real with their own phone only.
    pub(super) fn person(&self) -> Answer<&Person> {
        let person = self.person.as_ref();
        person.ok_or_else(|| Refusal::plain(ErrorCode::NotNow))
    }
}

impl App {
    /// Whoever is signed in, sets the installation up for the first time, or is at the command line of
    /// this machine. Nobody else works on the
    /// settings, whatever the door let through.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`]
    pub(super) fn at_settings(&self) -> Answer<At> {
        let at = self.inner.stage.read(At::of);
        at.ok_or_else(|| Refusal::plain(ErrorCode::NotNow))
    }

    /// Whether they still are: asked at the last moment before something is done that cannot be
    /// taken back.
    pub(super) fn still(&self, at: &At) -> Answer<()> {
        let now = self.at_settings()?;
        if now.session == at.session {
            Ok(())
        } else {
            Err(Refusal::plain(ErrorCode::NotNow))
        }
    }

    /// An entry of the record by whoever works on the settings.
    pub(super) fn settings_entry(&self, at: &At, act: Act) -> Entry {
        let sign_in = at.person.as_ref().map(|person| person.sign_in);
        Entry {
            by: at.by,
            ..self.entry(Who::Program, sign_in, act, None)
        }
    }

    /// Puts on record what was found out. That it was found out stands either way.
    pub(super) async fn note(&self, at: &At, entry: Entry) {
        let act = entry.act.word();
        if let Err(error) = at.store.record(entry).await {
            tracing::error!(%error, act, "a test of the settings is not on record");
        }
    }
}
