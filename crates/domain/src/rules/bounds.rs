//! How far each rule may be set, and who says so.

use super::draft::{BranchDraft, RoleDraft};

/// How far a number may be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The least it may be.
    pub least: u32,
    /// The most it may be.
    pub most: u32,
    /// What every branch begins with.
    pub default: u32,
    /// Which way is looser.
    pub looser: Looser,
}

/// Which way a number lets more through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looser {
    /// A smaller number lets more through, as of a lock's length.
    Smaller,
    /// A greater number lets more through, as of tries.
    Greater,
}

impl Bounds {
    const fn smaller_is_looser(least: u32, most: u32, default: u32) -> Self {
        Self {
            least,
            most,
            default,
            looser: Looser::Smaller,
        }
    }

    const fn greater_is_looser(least: u32, most: u32, default: u32) -> Self {
        Self {
            least,
            most,
            default,
            looser: Looser::Greater,
        }
    }

    /// Whether `value` lets more through than `than`.
    #[must_use]
    pub const fn is_looser(self, value: u32, than: u32) -> bool {
        match self.looser {
            Looser::Smaller => value < than,
            Looser::Greater => value > than,
        }
    }
}

/// A number that is set for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleRule {
    /// How far back a change of the SIM counts, in minutes.
    SimWindow,
    /// How long a number that never passed is in grace, in days; 0 is no grace at all.
    Grace,
    /// How long a session lasts with nothing touched, in minutes. A kiosk in the open has 5.
    Idle,
    /// How long a session lasts at all, in minutes.
    Session,
}

impl RoleRule {
    /// All of them, as a page lists them.
    pub const ALL: [Self; 4] = [Self::SimWindow, Self::Grace, Self::Idle, Self::Session];

    /// How far it may be set.
    #[must_use]
    pub const fn bounds(self) -> Bounds {
        match self {
            // The bounds and the default of tru.ID's `period` (SIMCheck v1): an hour to 375 days.
            Self::SimWindow => Bounds::smaller_is_looser(60, 540_000, 10_080),
            // Ours: who has just bought a phone gets a week, and nobody more.
            Self::Grace => Bounds::greater_is_looser(0, 7, 7),
            // PCI DSS 4.0.1, 8.2.8, and NIST SP 800-63B-4, 2.3.3: at most 15 minutes.
            Self::Idle => Bounds::greater_is_looser(1, 15, 15),
            // NIST SP 800-63B-4, 2.3.3: at most 12 hours.
            Self::Session => Bounds::greater_is_looser(60, 720, 720),
        }
    }

    /// Its value.
    #[must_use]
    pub const fn of(self, draft: &RoleDraft) -> u32 {
        match self {
            Self::SimWindow => draft.sim_window_minutes,
            Self::Grace => draft.grace_days,
            Self::Idle => draft.idle_minutes,
            Self::Session => draft.session_minutes,
        }
    }

    /// Sets its value.
    pub const fn set(self, draft: &mut RoleDraft, value: u32) {
        *match self {
            Self::SimWindow => &mut draft.sim_window_minutes,
            Self::Grace => &mut draft.grace_days,
            Self::Idle => &mut draft.idle_minutes,
            Self::Session => &mut draft.session_minutes,
        } = value;
    }
}

/// A number that is set for the branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BranchRule {
    /// Wrong passwords that lock a name.
    Passwords,
    /// How long a lock lasts, in minutes.
    Lock,
    /// Wrong codes in a row that lock a person.
    CodesInARow,
    /// Wrong codes in all after which only an admin helps.
    CodesInAll,
    /// Codes sent in one sign-in.
    SendsInSignIn,
    /// Codes sent to one number, and for one person, in ten minutes.
    SendsInTenMinutes,
    /// The same in a day.
    SendsInADay,
    /// SIM checks of one number, and for one person, in ten minutes.
    ChecksInTenMinutes,
    /// The same in a day.
    ChecksInADay,
    /// People registered on one machine in an hour.
    Registrations,
    /// Codes sent by the whole installation in a day.
    CodeBudget,
    /// SIM checks asked for by the whole installation in a day.
    CheckBudget,
}

impl BranchRule {
    /// All of them, as a page lists them.
    pub const ALL: [Self; 12] = [
        Self::Passwords,
        Self::Lock,
        Self::CodesInARow,
        Self::CodesInAll,
        Self::SendsInSignIn,
        Self::SendsInTenMinutes,
        Self::SendsInADay,
        Self::ChecksInTenMinutes,
        Self::ChecksInADay,
        Self::Registrations,
        Self::CodeBudget,
        Self::CheckBudget,
    ];

    /// How far it may be set.
    #[must_use]
    #[expect(
        clippy::match_same_arms,
        reason = "each has a source of its own, and may come to differ"
    )]
    pub const fn bounds(self) -> Bounds {
        match self {
            // PCI DSS 4.0.1, 8.3.4: at most 10. Fewer than 3 would lock out whoever mistypes.
            Self::Passwords => Bounds::greater_is_looser(3, 10, 5),
            // PCI DSS 4.0.1, 8.3.4: at least 30 minutes.
            Self::Lock => Bounds::smaller_is_looser(30, 1_440, 30),
            // PCI DSS 4.0.1, 8.3.4: at most 10.
            Self::CodesInARow => Bounds::greater_is_looser(3, 10, 10),
            // NIST SP 800-63B-4, 3.2.2: at most 100.
            Self::CodesInAll => Bounds::greater_is_looser(10, 100, 100),
            // Ours, under Twilio's five to one number in ten minutes (its error 60203).
            Self::SendsInSignIn => Bounds::greater_is_looser(1, 3, 3),
            Self::SendsInTenMinutes => Bounds::greater_is_looser(1, 5, 5),
            // Ours, against toll fraud (OWASP ASVS 5.0, 2.4.1), as are those below.
            Self::SendsInADay => Bounds::greater_is_looser(1, 10, 10),
            Self::ChecksInTenMinutes => Bounds::greater_is_looser(1, 10, 10),
            Self::ChecksInADay => Bounds::greater_is_looser(1, 30, 30),
            Self::Registrations => Bounds::greater_is_looser(1, 5, 5),
            Self::CodeBudget => Bounds::greater_is_looser(1, 100_000, 100),
            // Three checks for each code: some stop a sign-in, and some are of a code sent again.
            Self::CheckBudget => Bounds::greater_is_looser(1, 100_000, 300),
        }
    }

    /// Its value.
    #[must_use]
    pub const fn of(self, draft: &BranchDraft) -> u32 {
        match self {
            Self::Passwords => draft.passwords,
            Self::Lock => draft.lock_minutes,
            Self::CodesInARow => draft.codes_in_a_row,
            Self::CodesInAll => draft.codes_in_all,
            Self::SendsInSignIn => draft.sends_in_sign_in,
            Self::SendsInTenMinutes => draft.sends_in_ten_minutes,
            Self::SendsInADay => draft.sends_in_a_day,
            Self::ChecksInTenMinutes => draft.checks_in_ten_minutes,
            Self::ChecksInADay => draft.checks_in_a_day,
            Self::Registrations => draft.registrations,
            Self::CodeBudget => draft.code_budget,
            Self::CheckBudget => draft.check_budget,
        }
    }

    /// Sets its value.
    pub const fn set(self, draft: &mut BranchDraft, value: u32) {
        *match self {
            Self::Passwords => &mut draft.passwords,
            Self::Lock => &mut draft.lock_minutes,
            Self::CodesInARow => &mut draft.codes_in_a_row,
            Self::CodesInAll => &mut draft.codes_in_all,
            Self::SendsInSignIn => &mut draft.sends_in_sign_in,
            Self::SendsInTenMinutes => &mut draft.sends_in_ten_minutes,
            Self::SendsInADay => &mut draft.sends_in_a_day,
            Self::ChecksInTenMinutes => &mut draft.checks_in_ten_minutes,
            Self::ChecksInADay => &mut draft.checks_in_a_day,
            Self::Registrations => &mut draft.registrations,
            Self::CodeBudget => &mut draft.code_budget,
            Self::CheckBudget => &mut draft.check_budget,
        } = value;
    }
}
