//! Password hashes: Argon2id, off the async threads, at most two at once.

use std::sync::Arc;
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
        })
    }

    /// The PHC string of a new password's hash, with a salt of its own.
    pub async fn hash(&self, password: NewPassword) -> Result<String, HashingFailed> {
        let salt = random::bytes::<16>().map_err(|_| HashingFailed)?;
        let cost = self.cost;
        self.in_turn(move || cost.hash(password.password().bytes(), &*salt))
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
        let cost = self.cost;
        self.in_turn(move || {
            let hash = PasswordHash::new(&stored).map_err(|_| HashingFailed)?;
            let right = Argon2::default()
                .verify_password(password.bytes(), &hash)
                .is_ok();
            if !(right && known) {
                return Ok(Checked::Wrong);
            }
            let rehashed = if opens && cost.is_above(&stored) {
                let salt = random::bytes::<16>().map_err(|_| HashingFailed)?;
                cost.hash(password.bytes(), &*salt)
            } else {
                None
            };
            Ok(Checked::Right { rehashed })
        })
        .await?
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
mod tests {
    use super::*;

    const PASSWORD: &str = "nine purple anvils hum";

    fn typed(text: &str) -> Password {
        Password::typed(text).expect("a password")
    }

    fn chosen(text: &str) -> NewPassword {
        match typed(text).choose(&[]) {
            Ok(password) => password,
            Err(problem) => panic!("a good password: {problem}"),
        }
    }

    #[tokio::test]
    async fn right_is_right_and_all_else_is_wrong() {
        let hashing = Hashing::new(HashingCost::FLOOR).expect("hashing");
        let hash = hashing.hash(chosen(PASSWORD)).await.expect("a hash");
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let other = hashing.hash(chosen(PASSWORD)).await.expect("a hash");
        assert_ne!(hash, other, "each hash has its own salt");

        let check = async |text: &str, stored: Option<&str>| {
            hashing
                .check(typed(text), stored, true)
                .await
                .expect("a verdict")
        };
        assert_eq!(
            check(PASSWORD, Some(&hash)).await,
            Checked::Right { rehashed: None }
        );
        assert_eq!(
            check("nine purple anvils hu", Some(&hash)).await,
            Checked::Wrong
        );
        assert_eq!(
            check(PASSWORD, None).await,
            Checked::Wrong,
            "nobody's password is never right"
        );
    }

    /// Unknown names cost the same work: the hash they are checked against is as dear as any.
    #[tokio::test]
    async fn nobodys_hash_is_as_dear_as_anybodys() {
        let dear = HashingCost {
            passes: 3,
            ..HashingCost::FLOOR
        };
        let hashing = Hashing::new(dear).expect("hashing");
        let hash = hashing.hash(chosen(PASSWORD)).await.expect("a hash");
        let cost = |hash: &str| hash.rsplit('$').nth(2).map(str::to_owned);
        assert_eq!(cost(&hash).as_deref(), Some("m=19456,t=3,p=1"));
        assert_eq!(cost(&hashing.nobodys), cost(&hash));
        assert_eq!(hashing.nobodys.len(), hash.len());
    }

    /// By how many nanoseconds a machine takes for a KiB and a pass.
    #[test]
    fn a_hash_takes_between_100_and_500_ms_where_the_floor_lets_it() {
        for (nanoseconds, expected) in [
            (40_000, HashingCost::FLOOR),
            (12_000, HashingCost::FLOOR),
            (3_000, HashingCost::START),
            (800, HashingCost::START),
        ] {
            let took = |cost: HashingCost| {
                Duration::from_nanos(nanoseconds) * cost.memory_kib * cost.passes
            };
            let found = HashingCost::calibrate(took);
            assert_eq!(HashingCost::parse(&found.to_string()), Some(found));
            assert_eq!(found, expected, "{nanoseconds} ns");
        }
        for nanoseconds in 25..3_800 {
            let took = |cost: HashingCost| {
                Duration::from_nanos(nanoseconds) * cost.memory_kib * cost.passes
            };
            let took = took(HashingCost::calibrate(took));
            assert!(AIM.contains(&took), "{nanoseconds} ns: {took:?}");
        }
    }

    #[test]
    fn calibrating_ends_on_a_machine_that_takes_no_time_at_all() {
        let found = HashingCost::calibrate(|_cost| Duration::ZERO);
        assert!((MOST_PASSES..=MOST_PASSES * 2).contains(&found.passes));
        assert_eq!(HashingCost::parse(&found.to_string()), Some(found));
    }

    /// Whoever types at ten windows at once takes the memory of two.
    #[tokio::test(flavor = "multi_thread")]
    async fn two_passwords_are_hashed_at_once_and_no_more() {
        let hashing = Arc::new(Hashing::new(HashingCost::FLOOR).expect("hashing"));
        let (begun, mut started) = tokio::sync::mpsc::unbounded_channel();
        let (release, released) = std::sync::mpsc::channel::<()>();
        let released = Arc::new(std::sync::Mutex::new(released));
        let works = (0..5).map(|_| {
            let (hashing, begun) = (Arc::clone(&hashing), begun.clone());
            let released = Arc::clone(&released);
            tokio::spawn(async move {
                let work = move || {
                    begun.send(()).expect("counted");
                    released.lock().expect("whole").recv().expect("released");
                };
                hashing.in_turn(work).await.expect("done");
            })
        });
        let works: Vec<_> = works.collect();
        while started.len() < 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(hashing.turns.available_permits(), 0, "the others wait");
        for _work in 0..5 {
            assert!(started.len() <= 2, "the memory of two");
            started.recv().await.expect("begun");
            release.send(()).expect("somebody waits");
        }
        for work in works {
            work.await.expect("done");
        }
    }

    #[test]
    fn a_cost_reads_back_and_none_below_the_floor_does() {
        for cost in [HashingCost::FLOOR, HashingCost::START] {
            assert_eq!(HashingCost::parse(&cost.to_string()), Some(cost));
        }
        for written in [
            "",
            "m=19456",
            "m=19455,t=2",
            "m=19456,t=1",
            "m=999999999,t=2",
            "m=19456,t=-2",
        ] {
            assert_eq!(HashingCost::parse(written), None, "{written}");
        }
    }

    #[tokio::test]
    async fn a_cheaper_hash_is_replaced_when_its_owner_comes() {
        let old = Hashing::new(HashingCost::FLOOR).expect("hashing");
        let hash = old.hash(chosen(PASSWORD)).await.expect("a hash");
        let dearer = HashingCost {
            passes: 3,
            ..HashingCost::FLOOR
        };
        let new = Hashing::new(dearer).expect("hashing");
        let checked = new
            .check(typed(PASSWORD), Some(&hash), true)
            .await
            .expect("a verdict");
        let Checked::Right {
            rehashed: Some(rehashed),
        } = checked
        else {
            panic!("the old hash is below the new cost");
        };
        assert!(
            rehashed.starts_with("$argon2id$v=19$m=19456,t=3,p=1$"),
            "{rehashed}"
        );
        let closed = new.check(typed(PASSWORD), Some(&hash), false).await;
        assert_eq!(
            closed.expect("a verdict"),
            Checked::Right { rehashed: None },
            "a second hash would tell that the password of a locked name was right"
        );
        let again = new
            .check(typed(PASSWORD), Some(&rehashed), true)
            .await
            .expect("a verdict");
        assert_eq!(again, Checked::Right { rehashed: None });
    }
}
