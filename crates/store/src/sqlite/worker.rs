//! The one thread that has the connection.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::fault::Fault;
use crate::error::StoreError;

/// A kiosk has one seat; more than this many calls at once wait for their place.
const QUEUE: usize = 64;

enum Job {
    Call(Box<dyn FnOnce(&mut Connection) + Send>),
    /// The file is to be closed now; the answer is given when it is.
    Close(oneshot::Sender<()>),
}

/// Runs one call after the other on a thread of its own. When it is dropped the calls already
/// queued are done, and the file is closed, before the drop returns.
pub(super) struct Worker {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    pub(super) fn start(mut connection: Connection) -> io::Result<Self> {
        let (jobs, mut queue) = mpsc::channel::<Job>(QUEUE);
        let thread = std::thread::Builder::new()
            .name("database".to_owned())
            .spawn(move || {
                let mut waits = None;
                while let Some(job) = queue.blocking_recv() {
                    match job {
                        Job::Call(call) => call(&mut connection),
                        Job::Close(answer) => {
                            waits = Some(answer);
                            break;
                        }
                    }
                }
                // The last connection to close copies the write-ahead log into the file.
                if let Err((_connection, error)) = connection.close() {
                    let error = StoreError::from(Fault::from(error));
                    tracing::warn!(%error, "the database was not closed cleanly");
                }
                if let Some(answer) = waits {
                    let _nobody_waits = answer.send(());
                }
            })?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Runs `job` and returns its answer. A job that was queued is done even if nobody waits for
    /// its answer any more.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job = Job::Call(Box::new(move |connection| {
            // A panic unwinds through the transaction, which rolls it back.
            let done = catch_unwind(AssertUnwindSafe(|| job(connection)))
                .unwrap_or(Err(Fault::Call("a call panicked")));
            // Nobody may be waiting any more.
            let _ = answer.send(done);
        }));
        let ended = || StoreError::Failed("its thread has ended".to_owned());
        let jobs = self.jobs.as_ref().ok_or_else(ended)?;
        jobs.send(job).await.map_err(|_| ended())?;
        Ok(answered.await.map_err(|_| ended())??)
    }
}

impl Worker {
    /// Does what is queued and closes the file. Every later call fails.
    pub(super) async fn close(&self) {
        let (answer, closed) = oneshot::channel();
        if let Some(jobs) = &self.jobs {
            // That the thread has ended already, or ends with the answer unsent, is closed too.
            let _sent = jobs.send(Job::Close(answer)).await;
            let _closed = closed.await;
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // It catches every panic of a call; if it panicked all the same, that was logged.
            let _ = thread.join();
        }
    }
}
