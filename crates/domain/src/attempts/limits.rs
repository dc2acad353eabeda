//! How often is too often.

use std::time::Duration;

/// How often something may be tried. An admin may set these within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Wrong passwords that lock a name.
    pub passwords: u32,
    /// How long a lock lasts (PCI DSS 4.0.1, 8.3.4: at least 30 minutes).
    pub lock: Duration,
    /// Wrong codes in a row that lock a person.
    pub codes_in_a_row: u32,
    /// Wrong codes without a success between them after which only an admin helps
    /// (NIST SP 800-63B-4, 3.2.2: at most 100).
    pub codes_in_all: u32,
    /// Sends in one sign-in.
    pub sends_in_sign_in: u32,
    /// Sends to one number, and for one person, in ten minutes.
    pub sends_in_ten_minutes: u32,
    /// Sends to one number, and for one person, in a day.
    pub sends_in_a_day: u32,
    /// SIM checks of one number, and for one person, in ten minutes. A check costs money whether or
    /// not a code follows.
    pub checks_in_ten_minutes: u32,
    /// SIM checks of one number, and for one person, in a day.
    pub checks_in_a_day: u32,
    /// Registrations on one machine in an hour.
    pub registrations_in_an_hour: u32,
    /// Codes sent by the whole installation in a day, each of which costs money.
    pub code_budget: u32,
    /// SIM checks asked for by the whole installation in a day.
    pub check_budget: u32,
}

impl Limits {
    /// What every branch begins with.
    pub const DEFAULT: Self = Self {
        passwords: 5,
        lock: Duration::from_secs(30 * 60),
        codes_in_a_row: 10,
        codes_in_all: 100,
        sends_in_sign_in: 3,
        sends_in_ten_minutes: 5,
        sends_in_a_day: 10,
        checks_in_ten_minutes: 10,
        checks_in_a_day: 30,
        registrations_in_an_hour: 5,
        code_budget: 100,
        check_budget: 300,
    };

    /// So many of a daily budget are four fifths of it, rounded up: an admin is told then.
    #[must_use]
    pub const fn warning_at(budget: u32) -> u32 {
        budget - budget / 5
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
