//! How time passes while the keyring is waited for.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::Instant;

/// A timer.
pub trait Timer: Send + Sync + 'static {
    /// How much time has passed since some moment.
    fn now(&self) -> Duration;

    /// Ends once this much more has.
    fn sleep(&self, span: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The timer of the machine.
#[derive(Debug)]
pub struct SystemTimer(Instant);

impl SystemTimer {
    /// Begins to count now.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }
}

impl Timer for SystemTimer {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, span: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(span))
    }
}
