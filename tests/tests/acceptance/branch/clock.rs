//! A clock that a scenario moves.

use std::sync::Mutex;
use std::time::Duration;

use simgate_domain::{Clock, Timestamp};

/// A clock that stands still until a scenario moves it.
pub struct MovingClock(Mutex<(Timestamp, Duration)>);

impl MovingClock {
    pub fn new() -> Self {
        let morning = Timestamp::from_micros(1_795_424_400_000_000);
        Self(Mutex::new((morning, Duration::from_secs(3_600))))
    }

    pub fn forward(&self, span: Duration) {
        let mut both = self.0.lock().expect("the clock");
        *both = (both.0.plus(span), both.1 + span);
    }

    /// Sets the wall clock back, as a person with the right to may; the uptime goes on.
    pub fn set_back(&self, span: Duration) {
        let mut both = self.0.lock().expect("the clock");
        both.0 = both.0.minus(span);
    }
}

impl Clock for MovingClock {
    fn now(&self) -> Timestamp {
        self.0.lock().expect("the clock").0
    }

    fn uptime(&self) -> Duration {
        self.0.lock().expect("the clock").1
    }
}
