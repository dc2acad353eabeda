//! The one thread that talks to the keyring.

use std::sync::mpsc;

use keyring::v1::Entry;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::error::VaultError;

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
    pub fn start() -> Result<Self, VaultError> {
        let (calls, queue) = mpsc::channel::<Call>();
        std::thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(move || {
                for call in queue {
                    // Nobody waits any more for a call that ran out of time in the queue.
                    if !call.answer.is_closed() {
                        let answer = work(call.service, &call.username, call.job);
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

/// The library looks for a keyring once in the life of a program. One that comes up later, or comes
/// back, is found by looking again.
fn entry(service: &str, username: &str) -> Result<keyring_core::Entry, keyring::Error> {
    match Entry::new(service, username) {
        Ok(entry) => Ok(entry.inner),
        #[cfg(target_os = "linux")]
        Err(keyring::Error::NoDefaultStore) => {
            let store = zbus_secret_service_keyring_store::Store::new()
                .map_err(|_| keyring::Error::NoDefaultStore)?;
            keyring_core::set_default_store(store);
            keyring_core::Entry::new(service, username)
        }
        Err(error) => Err(error),
    }
}

fn work(service: &str, username: &str, job: Job) -> Answer {
    let entry = entry(service, username)?;
    match job {
        Job::Get => match entry.get_secret() {
            Ok(value) => Ok(Some(Zeroizing::new(value))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error.into()),
        },
        Job::Put(value) => {
            entry.set_secret(&value)?;
            Ok(None)
        }
        Job::Delete => match entry.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error.into()),
        },
    }
}
