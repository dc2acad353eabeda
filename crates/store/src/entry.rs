//! The record: what was done and what was refused, for an admin who has a reference.

use simgate_domain::{Reference, SignInId, Timestamp, UserId};

/// One line of the record. It holds no password, no code, no secret and no whole number, and an
/// unknown name only as a keyed hash: people type passwords into name fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, by the wall clock.
    pub at: Timestamp,
    /// What the person was given to show.
    pub reference: Option<Reference>,
    /// Who it was about.
    pub who: Who,
    /// Who did it.
    pub by: By,
    /// The sign-in it belongs to.
    pub sign_in: Option<SignInId>,
    /// What was done or refused.
    pub act: Act,
    /// Why, in a fixed word of ours such as `wrong_password` or `operator_timeout`.
    pub cause: Option<&'static str>,
    /// More of it in short words for machines, such as `role staff admin`. Kept with control
    /// characters escaped, up to [`LONGEST_DETAIL`] bytes.
    pub detail: Option<String>,
    /// The version of the rules that decided.
    pub policy: Option<u32>,
    /// The vendor's own name for the check or the verification. Kept as the detail is, up to
    /// [`LONGEST_CHECK_ID`] bytes.
    pub check_id: Option<String>,
    /// What the vendor charged.
    pub cost: Option<Cost>,
}

/// The bytes that are kept of a detail.
pub const LONGEST_DETAIL: usize = 512;
/// The bytes that are kept of a vendor's name for what it did.
pub const LONGEST_CHECK_ID: usize = 128;

impl Entry {
    /// An entry with nothing but what each has. It is by whom it is about.
    #[must_use]
    pub fn new(at: Timestamp, who: Who, act: Act) -> Self {
        Self {
            at,
            reference: None,
            by: By::of(&who),
            who,
            sign_in: None,
            act,
            cause: None,
            detail: None,
            policy: None,
            check_id: None,
            cost: None,
        }
    }
}

/// Who an entry is about. People are kept with the name they have then, which stays when they go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A person of the store.
    User(UserId),
    /// A name that nobody has, as typed. Stored as a keyed hash only.
    UnknownName(String),
    /// Nobody: the program itself.
    Program,
}

/// Who did what an entry tells of. In a sign-in that is the person themself, as they called
/// themself; whether they proved it, the act says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A person of the store.
    User(UserId),
    /// Somebody who is not known.
    Nobody,
    /// The program by itself.
    Program,
    /// Somebody at the command line of this machine, who has its keyring.
    Console,
}

impl By {
    /// By the very one whom the entry is about.
    #[must_use]
    pub fn of(who: &Who) -> Self {
        match who {
            Who::User(user) => Self::User(*user),
            Who::UnknownName(_) => Self::Nobody,
            Who::Program => Self::Program,
        }
    }
}

/// What a vendor charged, in its own currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    millionths: i64,
    currency: [u8; 3],
}

impl Cost {
    /// So many millionths of the unit of a currency, named by three capital letters (ISO 4217, or a
    /// vendor's own); `None` where it is named by anything else.
    #[must_use]
    pub fn new(millionths: i64, currency: &str) -> Option<Self> {
        let currency: [u8; 3] = currency.as_bytes().try_into().ok()?;
        let capital = currency.iter().all(u8::is_ascii_uppercase);
        capital.then_some(Self {
            millionths,
            currency,
        })
    }

    /// The amount, in millionths of the currency's unit.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.millionths
    }

    /// The currency's three letters.
    #[must_use]
    pub fn currency(&self) -> &str {
        std::str::from_utf8(&self.currency).unwrap_or_default()
    }
}

/// Whether something was done or refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was not.
    Refused,
}

impl Outcome {
    /// The word stored for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// What an act is about, for looking for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Signing in and out.
    SignIns,
    /// Who the people are and what they may.
    People,
    /// Rules, vendors and the branch.
    Settings,
    /// The record and its copies.
    Record,
}

macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident = $word:literal, $outcome:ident, $topic:ident;)+) => {
        /// What was done or refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Act {
            $($(#[$doc])* $act,)+
        }

        impl Act {
            /// Every act.
            pub const ALL: &'static [Self] = &[$(Self::$act),+];

            /// The word stored for it. Words are never changed, only added.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$act => $word,)+
                }
            }

            /// Whether it tells of something done, or of something that was not.
            #[must_use]
            pub const fn outcome(self) -> Outcome {
                match self {
                    $(Self::$act => Outcome::$outcome,)+
                }
            }

            /// What it is about.
            #[must_use]
            pub const fn topic(self) -> Topic {
                match self {
                    $(Self::$act => Topic::$topic,)+
                }
            }

            /// The act with this word.
            #[must_use]
            pub fn of_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$act),)+
                    _ => None,
                }
            }
        }
    };
}

acts! {
    /// A sign-in was refused at the password; the cause says whether the name was unknown, the
    /// password wrong, the name locked or the account disabled.
    SignInRefused = "sign_in_refused", Refused, SignIns;
    /// The password was right.
    PasswordPassed = "password_passed", Done, SignIns;
    /// The password was right, and the sign-in stopped before the SIM check; the cause says why.
    SignInHeld = "sign_in_held", Refused, SignIns;
    /// Somebody registered.
    Registered = "registered", Done, People;
    /// A registration was refused.
    RegistrationRefused = "registration_refused", Refused, People;
    /// A SIM check let a code be sent; the cause says whether in grace.
    SimPassed = "sim_passed", Done, SignIns;
    /// A SIM check stopped the sign-in.
    SimStopped = "sim_stopped", Refused, SignIns;
    /// The vendor took a code for sending.
    CodeSent = "code_sent", Done, SignIns;
    /// No code was sent.
    CodeNotSent = "code_not_sent", Refused, SignIns;
    /// A wrong code was typed.
    CodeWrong = "code_wrong", Refused, SignIns;
    /// The sign-in stopped at the code.
    CodeRefused = "code_refused", Refused, SignIns;
    /// A session began.
    SignedIn = "signed_in", Done, SignIns;
    /// The person ended their session.
    SignedOut = "signed_out", Done, SignIns;
    /// A session ended by itself.
    SessionEnded = "session_ended", Done, SignIns;
    /// The person gave the sign-in up.
    StartedOver = "started_over", Done, SignIns;
    /// An admin added somebody.
    PersonAdded = "person_added", Done, People;
    /// Somebody who registered may sign in.
    PersonApproved = "person_approved", Done, People;
    /// Somebody may sign in no more.
    PersonDisabled = "person_disabled", Done, People;
    /// Somebody may sign in again.
    PersonEnabled = "person_enabled", Done, People;
    /// The tries that locked somebody were forgotten.
    PersonUnlocked = "person_unlocked", Done, People;
    /// Somebody was given a one-time password.
    PasswordReset = "password_reset", Done, People;
    /// Somebody chose their own password.
    PasswordChosen = "password_chosen", Done, People;
    /// Somebody's codes are sent another way.
    ChannelChanged = "channel_changed", Done, People;
    /// Somebody may do more or less.
    RoleChanged = "role_changed", Done, People;
    /// A change of somebody's number was begun.
    NumberChangeBegun = "number_change_begun", Done, People;
    /// A wrong code was typed for a new number.
    NumberCodeWrong = "number_code_wrong", Refused, People;
    /// Somebody has another number.
    NumberChanged = "number_changed", Done, People;
    /// A change of somebody's number was given up or stopped.
    NumberNotChanged = "number_not_changed", Refused, People;
    /// Somebody's account was taken away.
    PersonDeleted = "person_deleted", Done, People;
    /// Somebody was refused an act on a person.
    PersonActRefused = "person_act_refused", Refused, People;
    /// Somebody was made an admin who can sign in again, by whoever has this machine's account; the
    /// detail says what they were.
    AdminRecovered = "admin_recovered", Done, People;
    /// People were imported.
    PeopleImported = "people_imported", Done, People;
    /// People were exported; the cause says whether their numbers were whole.
    PeopleExported = "people_exported", Done, People;
    /// Who may register was changed.
    RegistrationModeChanged = "registration_mode_changed", Done, Settings;
    /// The first admin gave up before they were signed in.
    FirstAdminWithdrawn = "first_admin_withdrawn", Done, People;
    /// The first set-up was finished.
    SetUpFinished = "set_up_finished", Done, Settings;
    /// A vendor's settings were tested, or tried with a real SIM check or code, and did well; the
    /// detail says whose and how.
    VendorTested = "vendor_tested", Done, Settings;
    /// A vendor's settings were tested or tried, and did not do; the cause says why, as far as there
    /// is one reason.
    VendorTestFailed = "vendor_test_failed", Refused, Settings;
    /// A vendor's settings were changed; the detail says whose and which of them. With the cause
    /// `found` they were changed outside the program, or by one that was killed before it could say so.
    VendorSettingsChanged = "vendor_settings_changed", Done, Settings;
    /// A recovery code stood in for the SIM check and the code.
    RecoveryCodeUsed = "recovery_code_used", Done, SignIns;
    /// An admin has new recovery codes, and the recovery key on paper; the cause says whether that key
    /// is another than before.
    KitMade = "kit_made", Done, People;
    /// A new kit was handed over, and with it the recovery key; the detail says whether that is a new
    /// one. Until it is confirmed, the kit before holds.
    KitShown = "kit_shown", Done, People;
    /// A backup was made.
    BackupMade = "backup_made", Done, Settings;
    /// A backup was wanted and not made.
    BackupFailed = "backup_failed", Refused, Settings;
    /// The database was made of a backup; the detail says of which, and what it replaced.
    Restored = "restored", Done, Settings;
    /// A command failed for a reason that was not foreseen.
    Failed = "failed", Refused, SignIns;
    /// Somebody called a command that is not for their role; the cause names it.
    CommandRefused = "command_refused", Refused, People;
    /// What is said of the branch was changed.
    BranchChanged = "branch_changed", Done, Settings;
    /// An admin changed the rules; or the program put those in force that every branch begins with.
    RulesSet = "rules_set", Done, Settings;
    /// Four fifths of a daily budget are spent; the cause says of what.
    BudgetWarning = "budget_warning", Done, Settings;
    /// The whole record was gone through and is sound.
    RecordVerified = "record_verified", Done, Record;
    /// The whole record was gone through and is not what was written; the cause says how, the detail
    /// where.
    RecordFlawed = "record_flawed", Refused, Record;
    /// The record was written to a file, or was to be.
    RecordExported = "record_exported", Done, Record;
    /// The oldest entries were dropped; the detail says which.
    RecordPruned = "record_pruned", Done, Record;
    /// How long entries are kept was changed; the detail says from what to what.
    RetentionChanged = "retention_changed", Done, Record;
    /// The record goes on under a new key; the detail names the one before.
    RecordAdopted = "record_adopted", Done, Record;
}
