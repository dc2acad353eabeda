//! What takes long with files of people. The page begins it, asks how far it is, and may stop it.

use super::incoming::Import;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::people::{PeopleExportView, PeopleWorkView};
use crate::tasks::{Seen, Session, Slot};

/// The file that comes in, and the one that goes out. Both end with the session that began them.
#[derive(Default)]
pub(crate) struct PeopleWork {
    pub(super) import: Import,
    pub(super) export: Slot<PeopleExportView>,
}

impl PeopleWork {
    /// Stops whatever is under way.
    pub fn cancel(&self) {
        self.import.cancel();
        self.export.cancel();
    }

    fn keep_only(&self, of: Option<Session>) {
        self.import.keep_only(of);
        self.export.keep_only(of);
    }

    fn shown(&self, to: Session) -> PeopleWorkView {
        PeopleWorkView {
            import: self.import.shown(to),
            export: match self.export.seen(to) {
                Seen::Nothing => PeopleExportView::Idle,
                Seen::Running(running) => PeopleExportView::Writing(running),
                Seen::Came(came) => came,
            },
        }
    }
}

impl App {
    /// How far that is which this session began, and what came of it.
    ///
    /// # Errors
    /// As the door.
    pub async fn people_work(&self) -> Answer<PeopleWorkView> {
        self.looking_after(Command::PEOPLE_WORK, |app, _by| async move {
            Ok(app.inner.people_work.shown(app.session()?))
        })
        .await
    }

    /// Stops the export. Nothing half done is left.
    ///
    /// # Errors
    /// As the door.
    pub async fn cancel_people_export(&self) -> Answer<()> {
        self.looking_after(Command::CANCEL_PEOPLE_EXPORT, |app, _by| async move {
            app.inner.people_work.export.cancel();
            Ok(())
        })
        .await
    }

    /// Stops and forgets what a session began that is over. Called once a second.
    pub(crate) fn end_orphaned_people_work(&self) {
        self.inner.people_work.keep_only(self.session_now());
    }
}
