//! What the program needs done.

use async_trait::async_trait;
use simgate_domain::attempts::{CheckLimit, CodesClosed, Limits, Locked, SendLimit};
use simgate_domain::seat::Clearance;
use simgate_domain::{
    AccountState, Channel, NumberStanding, PhoneNumber, Role, Rules, SignInId, Timestamp, UserId,
    Username, VerificationSid,
};
use zeroize::Zeroizing;

use crate::backup::Facts;
use crate::entry::Entry;
use crate::error::StoreError;
use crate::people::Actor;
use crate::record::Record;
use crate::rules::{Outlook, RulesChange, RulesSet, Spent};

/// What was typed as a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameTried {
    /// A name that somebody might have.
    Name(Username),
    /// Something that no one can have as a name. Slowed like any other unknown name.
    Unreadable(String),
}

/// A person, as sign-in needs them.
#[derive(Debug, Clone)]
pub struct Account {
    /// Their id.
    pub user: UserId,
    /// Their name.
    pub name: Username,
    /// Their password.
    pub password: StoredPassword,
    /// Whether they may sign in.
    pub state: AccountState,
    /// Their number.
    pub number: PhoneNumber,
    /// How they chose to get codes.
    pub channel: Channel,
    /// What they may do once they are signed in.
    pub role: Role,
    /// Grows whenever the account is changed: see [`Store::begin_sign_in`].
    pub version: u32,
}

/// A password, as far as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoredPassword {
    /// There is none: an imported person has to be given one first.
    Absent,
    /// One that its person chose, by the PHC string of its hash.
    Own(String),
    /// One that an admin handed over.
    OneTime {
        /// The PHC string of its hash.
        hash: String,
        /// Whether it was used, or is too old.
        over: bool,
    },
}

impl StoredPassword {
    /// The PHC string of its hash, if there is a password.
    #[must_use]
    pub fn hash(&self) -> Option<&str> {
        match self {
            Self::Absent => None,
            Self::Own(hash) | Self::OneTime { hash, .. } => Some(hash),
        }
    }
}

/// The answer to [`Store::reserve_password_attempt`]. The account comes with a locked name too, so
/// that the same hash can be computed and the same time taken.
#[derive(Debug, Clone)]
pub struct PasswordAttempt {
    /// The person of that name, if there is one.
    pub account: Option<Account>,
    /// Set if the name is locked; then no try was reserved.
    pub locked: Option<Locked>,
}

/// A person who registers. They become staff.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Their id, made by the caller.
    pub user: UserId,
    /// Their name.
    pub name: Username,
    /// The PHC string of their password's hash.
    pub password_hash: String,
    /// Their number.
    pub number: PhoneNumber,
    /// How they want to get codes.
    pub channel: Channel,
    /// Whether they may sign in at once, or wait for approval.
    pub state: AccountState,
    /// The sign-in that registration goes straight on to, where they need not wait.
    pub sign_in: SignInId,
}

/// The answer to [`Store::register`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// They are registered, and their first sign-in has begun.
    Done,
    /// Somebody has that name, or one that looks the same.
    NameTaken,
    /// Too many were registered on this machine within the hour.
    TooMany(Locked),
}

/// Why a sign-in can go no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Codes are closed to this person.
    Codes(CodesClosed),
    /// The account was disabled, removed or changed, or a newer sign-in of the same person has
    /// begun.
    AccountChanged,
    /// The person waits for approval.
    NotApproved,
}

/// What the SIM policy needs to know of a live sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Live {
    /// What is known of the number.
    pub standing: NumberStanding,
    /// The latest wall-clock time this database has ever seen, `now` included: a number is in grace
    /// only if it is young by this too, so that a clock set back never opens the grace again.
    pub latest_now: Timestamp,
    /// Whether the limits would let a code be sent at `now`: asked before the SIM check, which
    /// costs money. What counts is [`Store::reserve_send`].
    pub may_send: Result<(), SendLimit>,
    /// Whether they would let the operator be asked at `now`. What counts is
    /// [`Store::reserve_check`].
    pub may_check: Result<(), CheckLimit>,
}

/// The answer to [`Store::reserve_check`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckReservation {
    /// One check is counted.
    Reserved,
    /// No check is left now; nothing was counted.
    Limited(CheckLimit),
    /// The sign-in can go no further; nothing was counted.
    Closed(Closed),
}

/// The answer to [`Store::reserve_send`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendReservation {
    /// One send is counted.
    Reserved {
        /// A verification of another sign-in that is still pending for this number. It must be
        /// canceled before the send, or the vendor would send the same code again.
        stale: Option<VerificationSid>,
        /// When the next send may come; `None` where the sign-in has none left.
        next: Option<Timestamp>,
    },
    /// No send is left now; nothing was counted.
    Limited {
        /// The limit.
        limit: SendLimit,
        /// As above.
        next: Option<Timestamp>,
    },
    /// The sign-in can go no further; nothing was counted.
    Closed(Closed),
}

/// The answer to [`Store::reserve_code_attempt`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeAttempt {
    /// One try is counted.
    Reserved,
    /// The sign-in can go no further; nothing was counted.
    Closed(Closed),
}

/// The setting that holds [`NewKit::key_tag`] of the last kit.
pub const KEY_TAG: &str = "recovery_key_tag";

/// What grants a session: an approved code after a SIM check.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Who.
    pub user: UserId,
    /// Which sign-in.
    pub sign_in: SignInId,
    /// The verification that was approved.
    pub sid: VerificationSid,
    /// What the SIM check before its last send said. Only `Unchanged` verifies the number.
    pub clearance: Clearance,
    /// How the code was sent.
    pub channel: Channel,
}

/// The answer to [`Store::grant_session`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrantAnswer {
    /// The session is on record.
    Granted(Session),
    /// Another account has proved this number before.
    NumberTaken,
    /// This verification has granted a session before.
    Spent,
    /// The sign-in can go no further.
    Closed(Closed),
}

/// What the counter shows of the time before this session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The session before, if there was one.
    pub last: Option<LastSignIn>,
    /// Refused passwords since then, this sign-in's own included: each
    /// [`crate::Act::SignInRefused`] on record with the person's id.
    pub failed_passwords: u32,
    /// Wrong codes since then, this sign-in's own included: each
    /// [`crate::Act::CodeWrong`] on record.
    pub failed_codes: u32,
    /// The latest of both.
    pub last_failure: Option<Timestamp>,
    /// Whether the password was one that an admin handed over. It is over now: nothing else is open
    /// in this session but to choose one's own.
    pub must_choose_password: bool,
}

/// A session of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastSignIn {
    /// When it began.
    pub at: Timestamp,
    /// How its code was sent; `None` where a recovery code stood in for it.
    pub channel: Option<Channel>,
    /// What its SIM check said.
    pub clearance: Clearance,
}

/// A kit that an admin has confirmed.
pub struct NewKit {
    /// Whose.
    pub user: UserId,
    /// Its recovery codes.
    pub codes: Vec<Zeroizing<[u8; 8]>>,
    /// What tells the recovery key that was printed with it, and tells nothing of it.
    pub key_tag: String,
}

/// What is left of an admin's kit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kit {
    /// Codes that were not used.
    pub codes_left: u32,
    /// When it was made; `None` where there is none.
    pub made_at: Option<Timestamp>,
}

/// The answer to [`Store::use_recovery_code`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecoveryAnswer {
    /// The code is used up and the session is on record.
    Granted(Session),
    /// The code is wrong or used, or the person is no admin: on record as a wrong code.
    Refused,
    /// The sign-in can go no further.
    Closed(Closed),
}

/// What the program needs done. Each call is one transaction: all of it or nothing, and committed
/// when it returns. An [`Entry`] given with a call is written in the same transaction, if the call
/// does what it names; refusals write the entry with the answer's own cause where stated.
///
/// What counts against someone is computed from what was counted and from the [`Limits`] given: a
/// limit that was made stricter holds for what was counted before, too.
#[async_trait]
pub trait Store: crate::people::People + Record {
    /// Looks the name up and counts one try against it, known or not. The rule is
    /// [`simgate_domain::attempts::PasswordTries`]. Unknown names take bounded space (10 000 rows;
    /// the longest untouched gives way).
    async fn reserve_password_attempt(
        &self,
        name: NameTried,
        limits: Limits,
        now: Timestamp,
    ) -> Result<PasswordAttempt, StoreError>;

    /// The password was right: the tries against the name are forgotten, and `sign_in` becomes the
    /// person's one live sign-in; an older one of theirs can go no further. `rehashed` takes the
    /// place of the stored hash, where the password was hashed anew at a higher cost. `seen` is the
    /// version of the account that the password was looked at in: it was reset or the account
    /// changed meanwhile, and the sign-in is closed. Where it is closed nothing changes: the tries
    /// stay counted and the older sign-in stays the live one.
    async fn begin_sign_in(
        &self,
        user: UserId,
        seen: u32,
        sign_in: SignInId,
        rehashed: Option<String>,
        limits: Limits,
        entry: Entry,
    ) -> Result<Result<(), Closed>, StoreError>;

    /// Adds a person, and begins their first sign-in unless they wait for approval. A name that is taken is put on record in place
    /// of the entry, and counts against further registrations. The number is noted as seen, if it never was;
    /// that it may belong to someone else is not looked at here. Where it is refused nothing is
    /// written, and the number was not seen.
    async fn register(
        &self,
        new: NewUser,
        limits: Limits,
        entry: Entry,
    ) -> Result<Registration, StoreError>;

    /// Whether the sign-in may go on, and what the SIM policy needs. Counts nothing; `now` raises
    /// [`Live::latest_now`], as every time does that any call is given.
    async fn live(
        &self,
        user: UserId,
        sign_in: SignInId,
        limits: Limits,
        now: Timestamp,
    ) -> Result<Result<Live, Closed>, StoreError>;

    /// Counts one SIM check of the person's number, by the rule of
    /// [`simgate_domain::attempts::CheckHistory`]: before the operator is asked, which costs money.
    ///
    /// That four fifths of a daily budget are spent is put on record here, by [`Store::live`] and by
    /// [`Store::reserve_send`], once in 24 hours.
    async fn reserve_check(
        &self,
        user: UserId,
        sign_in: SignInId,
        limits: Limits,
        now: Timestamp,
    ) -> Result<CheckReservation, StoreError>;

    /// Counts one send to the person's number, by the rule of
    /// [`simgate_domain::attempts::SendHistory`].
    async fn reserve_send(
        &self,
        user: UserId,
        sign_in: SignInId,
        limits: Limits,
        now: Timestamp,
    ) -> Result<SendReservation, StoreError>;

    /// Notes the verification that is now pending for the person's number and belongs to this
    /// sign-in.
    async fn note_sent(
        &self,
        user: UserId,
        sign_in: SignInId,
        sid: VerificationSid,
        entry: Entry,
    ) -> Result<(), StoreError>;

    /// Counts one code against the person, by the rule of [`simgate_domain::attempts::CodeTries`].
    async fn reserve_code_attempt(
        &self,
        user: UserId,
        sign_in: SignInId,
        limits: Limits,
        now: Timestamp,
    ) -> Result<CodeAttempt, StoreError>;

    /// Takes back the try that this sign-in reserved last, by the rule of
    /// [`simgate_domain::attempts::CodeTries::give_back`]: the vendor surely did not look at the
    /// code. Where the sign-in can go no further, the try stays counted.
    async fn give_back_code_attempt(
        &self,
        user: UserId,
        sign_in: SignInId,
    ) -> Result<(), StoreError>;

    /// Grants the session, if everything still holds: the account, the locks, the number's owner,
    /// and that this verification never granted one before. The same transaction forgets the wrong
    /// codes, notes the number's owner, ends the gaps between sends, and sets *verified* if the SIM
    /// was unchanged. The try reserved for the approved code does not count against anyone, nor
    /// does the lock that its own reservation may have closed: a right tenth code opens.
    ///
    /// Where it is refused, no entry is written: the caller's stop is the entry. A right code that
    /// grants nothing, because its number is somebody else's or its verification is spent, does not
    /// count against its person either. A grant with no try
    /// reserved is a mistake of the caller and fails.
    async fn grant_session(&self, grant: Grant, entry: Entry) -> Result<GrantAnswer, StoreError>;

    /// Uses up a recovery code of an admin, for which a try was reserved before, and grants the session:
    /// it forgets the wrong codes and verifies nothing. The entry says that the code was used; that the
    /// session began is a second entry, and a refused code is [`crate::Act::CodeWrong`] in its place.
    async fn use_recovery_code(
        &self,
        user: UserId,
        sign_in: SignInId,
        code: Zeroizing<[u8; 8]>,
        entry: Entry,
    ) -> Result<RecoveryAnswer, StoreError>;

    /// Puts a kit in the place of the person's old one. Its codes are kept as keyed hashes.
    async fn keep_kit(&self, kit: NewKit, entry: Entry) -> Result<(), StoreError>;

    /// What is left of a person's kit.
    async fn kit(&self, user: UserId) -> Result<Kit, StoreError>;

    /// Whether this session's account is still enabled and no newer sign-in has begun.
    async fn is_current(&self, user: UserId, sign_in: SignInId) -> Result<bool, StoreError>;

    /// The verifications that are still pending at the vendor, as far as is known here, oldest
    /// first: those that a crash left behind.
    async fn pending(&self) -> Result<Vec<VerificationSid>, StoreError>;

    /// The vendor has canceled this verification, or knows it no more.
    async fn forget_pending(&self, sid: VerificationSid) -> Result<(), StoreError>;

    /// A setting of this installation that is no secret, such as the cost of a hash.
    async fn setting(&self, name: &'static str) -> Result<Option<String>, StoreError>;

    /// Keeps a setting, in place of an older value.
    async fn keep_setting(&self, name: &'static str, value: String) -> Result<(), StoreError>;

    /// A setting that admins change, with its version.
    async fn versioned_setting(
        &self,
        name: &'static str,
    ) -> Result<Option<(u32, String)>, StoreError>;

    /// Changes a setting, if nobody has changed it since the version `seen` (0 before there is
    /// any).
    async fn change_setting(
        &self,
        name: &'static str,
        seen: u32,
        value: String,
        entry: Entry,
    ) -> Result<Changed, StoreError>;

    /// The sign-in `given_up`, in which the person was to prove themself anew, is given up: their
    /// session `session` is the one that may go on again. False, and nothing changed, where
    /// `given_up` is not the current one, or the session is none that was granted to this person.
    async fn resume_session(
        &self,
        user: UserId,
        given_up: SignInId,
        session: SignInId,
        entry: Entry,
    ) -> Result<bool, StoreError>;

    /// The rules in force; `None` before any were set. Rules that are not understood are an error,
    /// never others in their place.
    async fn current_rules(&self) -> Result<Option<RulesSet>, StoreError>;

    /// Puts rules in force, as the version after the one that was `expected` to be in force (0 before
    /// any were), where whoever acts is an admin still. Rules in force before stay to be read. Where
    /// another admin was first nothing is written.
    async fn set_rules(
        &self,
        expected: u32,
        rules: Rules,
        by: Actor,
        entry: Entry,
    ) -> Result<RulesChange, StoreError>;

    /// The rules that were in force before the version `before`, newest first, at most `most`.
    async fn rules_before(&self, before: u32, most: u32) -> Result<Vec<RulesSet>, StoreError>;

    /// What was spent in the 24 hours before `now`.
    async fn spent(&self, now: Timestamp) -> Result<Spent, StoreError>;

    /// What awaits a person if they signed in at `now`; `None` where nobody has this name. Counts
    /// nothing and writes nothing.
    async fn outlook(
        &self,
        name: Username,
        limits: Limits,
        now: Timestamp,
    ) -> Result<Option<Outlook>, StoreError>;

    /// What is told of the database before another takes its place.
    async fn facts(&self) -> Result<Facts, StoreError>;

    /// Does the calls already made and closes the database: it is one file then, and may be moved.
    /// Every later call fails.
    async fn close(&self);

    /// Writes one entry that belongs to no other call.
    async fn record(&self, entry: Entry) -> Result<(), StoreError>;
}

/// The answer to a change of something that has a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It is changed.
    Done,
    /// Somebody else has changed it meanwhile; nothing was done.
    Outdated,
}
