//! The one thread that talks to the keyring.

use std::sync::{Arc, mpsc};

use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::keeper::Keyring;

/// What is to be done with an entry.
pub enum Job {
    Get,
    Put(Zeroizing<Vec<u8>>),
    Delete,
}

type Answer = Result<Option<Zeroizing<Vec<u8>>>, VaultError>;

struct Call {
    service: &'static str,
    username: String,
    job: Job,
    answer: oneshot::Sender<Answer>,
}

/// Calls wait for one another: Windows wants it so, and everywhere else it keeps a second prompt
/// from being raised over the first. The thread ends with the last call after its owner is gone.
#[derive(Debug)]
pub struct VaultThread {
    calls: mpsc::Sender<Call>,
}

impl VaultThread {
    pub fn start(keyring: Arc<dyn Keyring>) -> Result<Self, VaultError> {
        let (calls, queue) = mpsc::channel::<Call>();
        std::thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(move || {
                for call in queue {
                    // Nobody waits any more for a call that ran out of time in the queue.
                    if !call.answer.is_closed() {
                        let answer = work(&*keyring, call.service, &call.username, call.job);
                        let _nobody_waits = call.answer.send(answer);
                    }
                }
            })
            .map_err(|error| VaultError::Failed(error.to_string()))?;
        Ok(Self { calls })
    }

    pub async fn ask(&self, service: &'static str, username: String, job: Job) -> Answer {
        let (answer, answered) = oneshot::channel();
        let call = Call {
            service,
            username,
            job,
            answer,
        };
        let gone = || VaultError::Failed("its thread has ended".to_owned());
        self.calls.send(call).map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

fn work(keyring: &dyn Keyring, service: &str, username: &str, job: Job) -> Answer {
    match job {
        Job::Get => keyring.get(service, username),
        Job::Put(value) => keyring.put(service, username, &value).map(|()| None),
        Job::Delete => keyring.delete(service, username).map(|()| None),
    }
}
