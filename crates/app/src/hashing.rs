//! Password hashes: Argon2id, off the async threads, at most two at once.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use simgate_domain::{Clock, NewPassword, Password};
use tokio::sync::Semaphore;

use crate::random;

/// Memory and passes of one hash. Never below 19 MiB and two passes (OWASP ASVS 5.0, Appendix C).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashingCost {
    memory_kib: u32,
    passes: u32,
}

/// How long one hash is to take, at the least and at the most.
const AIM: std::ops::RangeInclusive<Duration> =
    Duration::from_millis(100)..=Duration::from_millis(500);
/// Hashes at once: two people's, and never the memory of more.
const AT_ONCE: usize = 2;
/// Passes at the most, whatever the machine.
const MOST_PASSES: u32 = 64;

impl HashingCost {
    /// The least that is allowed: 19 MiB and two passes.
    pub const FLOOR: Self = Self {
        memory_kib: 19_456,
        passes: 2,
    };
    /// Where calibrating begins: 64 MiB and two passes.
    const START: Self = Self {
        memory_kib: 65_536,
        passes: 2,
    };

    /// The cost at which one hash takes 100 to 500 ms on this machine, or the floor where even
    /// that takes longer. Blocks for about a second.
    #[must_use]
    pub fn calibrated(clock: &dyn Clock) -> Self {
        Self::calibrate(|cost| {
            let before = clock.uptime();
            // The fastest of two: the first also pays for getting the memory.
            let _paid = cost.hash(b"calibration", b"calibration salt");
            let middle = clock.uptime();
            let _paid = cost.hash(b"calibration", b"calibration salt");
            let first = middle.saturating_sub(before);
            first.min(clock.uptime().saturating_sub(middle))
        })
    }

    /// By how long a hash of a cost takes.
    fn calibrate(took: impl Fn(Self) -> Duration) -> Self {
        let mut cost = Self::START;
        if took(cost) > *AIM.end() {
            cost = Self::FLOOR;
        }
        while cost.passes < MOST_PASSES && took(cost) < *AIM.start() {
            cost.passes += cost.passes.div_ceil(2);
        }
        cost
    }

    /// The cost that [`Display`](std::fmt::Display) wrote, if it is not below the floor.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let (memory, passes) = written.strip_prefix("m=")?.split_once(",t=")?;
        let cost = Self {
            memory_kib: memory.parse().ok()?,
            passes: passes.parse().ok()?,
        };
        let memory = Self::FLOOR.memory_kib..=Self::START.memory_kib;
        let passes = Self::FLOOR.passes..=MOST_PASSES * 2;
        (memory.contains(&cost.memory_kib) && passes.contains(&cost.passes)).then_some(cost)
    }

    fn hash(self, password: &[u8], salt: &[u8]) -> Option<String> {
        let params = Params::new(self.memory_kib, self.passes, 1, None).ok()?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = argon2.hash_password_with_salt(password, salt).ok()?;
        Some(hash.to_string())
    }

    /// Whether a stored hash was cheaper than this one.
    fn is_above(self, stored: &str) -> bool {
        PasswordHash::new(stored)
            .ok()
            .and_then(|hash| Params::try_from(&hash).ok())
            .is_none_or(|params| params.m_cost() < self.memory_kib || params.t_cost() < self.passes)
    }
}

impl std::fmt::Display for HashingCost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "m={},t={}", self.memory_kib, self.passes)
    }
}

/// What hashing was done, so that it can be told that whatever is asked costs the same.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct HashWork {
    /// How many hashes were made.
    pub hashes: u64,
    /// How many KiB were gone over, pass by pass, in all of them.
    pub kib_passes: u64,
}

/// Counts what is done, on whichever thread.
#[derive(Debug, Default)]
struct Tally(Mutex<HashWork>);

impl Tally {
    fn count(&self, memory_kib: u32, passes: u32) {
        let mut work = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        work.hashes += 1;
        work.kib_passes += u64::from(memory_kib) * u64::from(passes);
    }

    fn read(&self) -> HashWork {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new hash.
    fn hash(&self, cost: HashingCost, password: &[u8], salt: &[u8]) -> Option<String> {
        self.count(cost.memory_kib, cost.passes);
        cost.hash(password, salt)
    }

    /// Whether it is the password of a stored hash, by hashing it at the cost that is written there.
    fn verify(&self, stored: &str, password: &[u8]) -> Result<bool, HashingFailed> {
        let hash = PasswordHash::new(stored).map_err(|_| HashingFailed)?;
        let params = Params::try_from(&hash).map_err(|_| HashingFailed)?;
        self.count(params.m_cost(), params.t_cost());
        Ok(Argon2::default().verify_password(password, &hash).is_ok())
    }
}

/// Hashing failed: no memory, no randomness, or its thread died.
#[derive(Debug, thiserror::Error)]
#[error("a password could not be hashed")]
pub struct HashingFailed;

/// What a check of a password found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// It is the right one. The new hash is to be stored in place of a cheaper one.
    Right {
        /// See above.
        rehashed: Option<String>,
    },
    /// It is not.
    Wrong,
}

/// Hashes passwords and checks them.
#[derive(Debug)]
pub struct Hashing {
    cost: HashingCost,
    turns: Arc<Semaphore>,
    nobodys: String,
    tally: Arc<Tally>,
}

impl Hashing {
    /// Hashing at this cost. Makes the hash that unknown names are checked against.
    pub fn new(cost: HashingCost) -> Result<Self, HashingFailed> {
        let nobody = random::bytes::<32>().map_err(|_| HashingFailed)?;
        let salt = random::bytes::<16>().map_err(|_| HashingFailed)?;
        Ok(Self {
            cost,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            nobodys: cost.hash(&*nobody, &*salt).ok_or(HashingFailed)?,
            tally: Arc::default(),
        })
    }

    /// The PHC string of a new password's hash, with a salt of its own.
    pub async fn hash(&self, password: NewPassword) -> Result<String, HashingFailed> {
        let salt = random::bytes::<16>().map_err(|_| HashingFailed)?;
        let (cost, tally) = (self.cost, Arc::clone(&self.tally));
        self.in_turn(move || tally.hash(cost, password.password().bytes(), &*salt))
            .await?
            .ok_or(HashingFailed)
    }

    /// Checks a password against a stored hash, or against nobody's where there is none: the same
    /// work, and never right. A right one whose hash was cheaper is hashed anew if it `opens`
    /// something; where it does not, a second hash would tell that it was right.
    pub async fn check(
        &self,
        password: Password,
        stored: Option<&str>,
        opens: bool,
    ) -> Result<Checked, HashingFailed> {
        let known = stored.is_some();
        let stored = stored.unwrap_or(&self.nobodys).to_owned();
        let (cost, tally) = (self.cost, Arc::clone(&self.tally));
        self.in_turn(move || {
            let right = tally.verify(&stored, password.bytes())?;
            if !(right && known) {
                return Ok(Checked::Wrong);
            }
            let rehashed = if opens && cost.is_above(&stored) {
                let salt = random::bytes::<16>().map_err(|_| HashingFailed)?;
                tally.hash(cost, password.bytes(), &*salt)
            } else {
                None
            };
            Ok(Checked::Right { rehashed })
        })
        .await?
    }

    /// What hashing was done since the program was opened.
    pub fn work(&self) -> HashWork {
        self.tally.read()
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashingFailed> {
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .map_err(|_| HashingFailed)?;
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(turn);
            result
        })
        .await
        .map_err(|_| HashingFailed)
    }
}

#[cfg(test)]
mod tests;
