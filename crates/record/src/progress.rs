//! How far something long has come, and the wish that it stop.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Shared between whoever does the work and whoever watches it.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    all: AtomicU64,
    canceled: AtomicBool,
}

impl Progress {
    /// Wishes that it stop. What is half done is undone.
    pub fn cancel(&self) {
        self.canceled.store(true, Ordering::Relaxed);
    }

    /// Whether somebody wishes that it stop.
    #[must_use]
    pub fn is_canceled(&self) -> bool {
        self.canceled.load(Ordering::Relaxed)
    }

    /// How many of how many are done.
    #[must_use]
    pub fn seen(&self) -> (u64, u64) {
        let done = self.done.load(Ordering::Relaxed);
        (done, self.all.load(Ordering::Relaxed))
    }

    /// There are so many to do.
    pub fn begin(&self, all: u64) {
        self.all.store(all, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
    }

    /// So many more are done.
    pub fn step(&self, done: u64) {
        self.done.fetch_add(done, Ordering::Relaxed);
    }
}
