//! A keyring held in memory, which outlives a program that a scenario kills, and fails when it is told.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use simgate_vault::{Keyring, Space, SystemTimer, Vault, VaultError};
use zeroize::Zeroizing;

/// Clones are the same keyring.
#[derive(Clone, Default)]
pub struct MemoryKeyring(Arc<Mutex<Memory>>);

#[derive(Default)]
struct Memory {
    values: HashMap<(String, String), Vec<u8>>,
    trouble: Option<Trouble>,
    /// What is done outside at one of the next calls, before it.
    meanwhile: Option<(usize, Box<dyn FnOnce() + Send>)>,
}

struct Trouble {
    /// Calls that still go well.
    after: usize,
    error: VaultError,
    /// Whether what was asked is done all the same, and only the answer is lost.
    done: bool,
}

impl MemoryKeyring {
    /// What a rehearsal keeps in it.
    pub fn vault(&self) -> Vault {
        Vault::on(Space::Rehearsal, self.clone(), SystemTimer::start()).expect("a thread for it")
    }

    /// After this many more calls, every call fails so and does nothing, until [`Self::mend`].
    pub fn fail_after(&self, calls: usize, error: VaultError) {
        self.lock().trouble = Some(Trouble {
            after: calls,
            error,
            done: false,
        });
    }

    /// After this many more calls, every call is done and seems to have timed out, until
    /// [`Self::mend`].
    pub fn lose_answers_after(&self, calls: usize) {
        self.lock().trouble = Some(Trouble {
            after: calls,
            error: VaultError::TimedOut,
            done: true,
        });
    }

    /// Loses every entry whose name begins so.
    pub fn forget(&self, beginning: &str) {
        let keeps = |(_, name): &(String, String)| !name.starts_with(beginning);
        self.lock().values.retain(|place, _| keeps(place));
    }

    /// Somebody does this outside before the call that comes after so many.
    pub fn meanwhile(&self, calls: usize, act: impl FnOnce() + Send + 'static) {
        self.lock().meanwhile = Some((calls, Box::new(act)));
    }

    /// Ends the trouble.
    pub fn mend(&self) {
        self.lock().trouble = None;
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().expect("what is kept")
    }

    /// Does what is asked, unless this call is in trouble.
    fn call<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> Result<T, VaultError> {
        let mut memory = self.lock();
        match memory.meanwhile.take() {
            Some((0, act)) => act(),
            Some((calls, act)) => memory.meanwhile = Some((calls - 1, act)),
            None => {}
        }
        let error = match &mut memory.trouble {
            Some(trouble) if trouble.after > 0 => {
                trouble.after -= 1;
                None
            }
            Some(trouble) if trouble.done => Some(trouble.error.clone()),
            Some(trouble) => return Err(trouble.error.clone()),
            None => None,
        };
        let done = work(&mut memory);
        error.map_or(Ok(done), Err)
    }
}

fn place(service: &str, username: &str) -> (String, String) {
    (service.to_owned(), username.to_owned())
}

impl Keyring for MemoryKeyring {
    fn get(&self, service: &str, username: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let place = place(service, username);
        self.call(|memory| memory.values.get(&place).cloned().map(Zeroizing::new))
    }

    fn put(&self, service: &str, username: &str, value: &[u8]) -> Result<(), VaultError> {
        let place = place(service, username);
        self.call(|memory| drop(memory.values.insert(place, value.to_vec())))
    }

    fn delete(&self, service: &str, username: &str) -> Result<(), VaultError> {
        let place = place(service, username);
        self.call(|memory| drop(memory.values.remove(&place)))
    }

    fn is_locked(&self) -> Option<bool> {
        None
    }
}
