//! The codes that the page turns into words. A code is here only if the page has a sentence for it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a code is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ChannelName {
    /// A text message.
    Sms,
    /// A phone call that speaks the code.
    Voice,
}

/// The language the page is shown in and the code is sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
}

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RoleName {
    /// Their own work at the counter.
    Staff,
    /// And helping people who were stopped.
    Supervisor,
    /// And the whole installation.
    Admin,
}

impl From<simgate_domain::Role> for RoleName {
    fn from(role: simgate_domain::Role) -> Self {
        match role {
            simgate_domain::Role::Staff => Self::Staff,
            simgate_domain::Role::Supervisor => Self::Supervisor,
            simgate_domain::Role::Admin => Self::Admin,
        }
    }
}

/// The vendors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum VendorName {
    /// tru.ID, which asks the operator about the SIM.
    TruId,
    /// Twilio Verify, which sends and checks codes.
    Twilio,
}

/// What keeps the whole program from working.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum FaultKind {
    /// This system offers no keyring.
    KeyringMissing,
    /// The keyring is there but locked.
    KeyringLocked,
    /// The keyring did not answer within five seconds.
    KeyringSilent,
    /// The keyring refused.
    KeyringDenied,
    /// The keyring holds something under our names that is not ours.
    KeyringDamaged,
    /// The keyring knows a database that is not where it was.
    DatabaseMissing,
    /// Another program holds the database.
    DatabaseLocked,
    /// The database was written by a later version of SIMgate.
    DatabaseNewer,
    /// The database is an older copy, or its record was shortened or rewritten: the keyring knows of
    /// entries that it does not have.
    DatabaseOlder,
    /// The keyring does not hold the key that the record is sealed with.
    SealLost,
    /// The database is damaged, or no database at all.
    DatabaseDamaged,
    /// A database is there, and the keyring has no key for it or another one.
    DatabaseOtherKey,
    /// The data folder cannot be read or written.
    DataFolder,
    /// Credentials in the keyring are of the wrong shape, or name a host that is not allowed.
    VendorSettings,
    /// Something that was not foreseen; the log has it under the reference.
    Unforeseen,
}

/// Why the SIM check gave no answer. Never shown as a changed SIM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CannotTell {
    /// The number's operator does not take part.
    OperatorNotSupported,
    /// The operator does not know the number.
    NumberNotKnown,
    /// The operator may not or cannot say.
    NoData,
    /// The operator did not answer in time.
    OperatorTimeout,
    /// The operator answered with a failure.
    OperatorFailed,
    /// Our credentials were refused.
    OurCredentials,
    /// Our balance is used up.
    OurBalance,
    /// Too many checks were asked for.
    RateLimit,
    /// The checking service could not be reached in time.
    Network,
    /// The checking service answered with a failure of its own.
    VendorFailed,
    /// The answer could not be understood.
    MalformedAnswer,
}

/// Why a code could not be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SendProblem {
    /// It is too soon after the last send.
    TooSoon,
    /// As many codes were sent in this sign-in as may be.
    SignInLimit,
    /// As many were sent in ten minutes, or in a day, to this number or for this person as may be.
    NumberLimit,
    /// Too many codes were tried for this number; the vendor sends none until its code has expired.
    TooManyTries,
    /// The SIM check had grown too old before the vendor could be asked to send.
    CheckTooOld,
    /// The whole installation has spent its daily budget, of codes or of SIM checks.
    Budget,
    /// The number is of a country that is not allowed here.
    CountryNotAllowed,
    /// The number cannot receive codes this way (a landline, or not a number in service).
    NumberRefused,
    /// The vendor does not send to this country or blocks this range of numbers.
    Blocked,
    /// This way of sending is switched off at the vendor.
    ChannelOff,
    /// Our credentials were refused.
    OurCredentials,
    /// Our account is suspended or may not send.
    OurAccount,
    /// The vendor asks us to wait.
    RateLimit,
    /// The vendor could not be reached. Nothing was sent.
    Unreachable,
    /// The vendor did not answer in time. A code may or may not arrive.
    Network,
    /// The vendor answered with a failure of its own.
    VendorFailed,
    /// The answer could not be understood.
    MalformedAnswer,
}

/// Why a code was not taken, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CodeProblem {
    /// Five wrong codes in this sign-in.
    TriesUsedUp,
    /// Ten wrong codes in a row: locked until the time given.
    Locked,
    /// A hundred wrong codes in all: an admin must help.
    NeedsAdmin,
    /// Ten minutes have passed.
    Expired,
    /// It was canceled, here or at the vendor.
    Canceled,
    /// It was deleted at the vendor.
    Deleted,
    /// The vendor counted too many tries.
    MaxAttemptsReached,
    /// The vendor could not deliver it.
    Failed,
    /// The vendor does not know it any more: used, expired or never sent.
    NotFound,
    /// The vendor asks us to wait.
    RateLimit,
    /// Our credentials were refused.
    OurCredentials,
    /// The vendor could not be reached in time; the code counts as used.
    Network,
    /// The vendor answered with a failure of its own.
    VendorFailed,
    /// The answer could not be understood, or was about another code.
    MalformedAnswer,
    /// The number belongs to another account, which whoever holds the phone may be told.
    NumberTaken,
    /// The account was disabled or changed between the password and the code.
    AccountChanged,
}

/// Why a sign-in stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum StopReason {
    /// The person registered, and waits for approval.
    NotApproved,
    /// The SIM was changed within the window.
    SimChanged,
    /// The operator's answer could not be had.
    CannotTell {
        /// Why not.
        cause: CannotTell,
    },
    /// The SIM passed but no code could be sent.
    NotSent {
        /// Why not.
        problem: SendProblem,
    },
    /// The code was not taken.
    CodeRefused {
        /// Why not.
        problem: CodeProblem,
    },
    /// Something that was not foreseen; the log has it under the reference.
    Unforeseen,
}

/// Why a command was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ErrorCode {
    /// The command may not run now. The page shows the view it is given and says nothing.
    NotNow,
    /// The command is not for the role of whoever is signed in.
    NotAllowed,
    /// Password, SIM check and code are wanted again before this.
    StepUpNeeded,
    /// A code was sent so short a while ago that another one, for a new proof, may not follow yet.
    ProofTooSoon,
    /// Somebody else has changed this meanwhile; nothing was done.
    Outdated,
    /// The arguments were not of the command's form, or too large. The page says so in place of what
    /// the window's toolkit says of them, before any command is asked.
    BadRequest,
    /// Unknown name, wrong password, locked or disabled: one answer for all.
    SignInRefused,
    /// No name was given.
    UsernameEmpty,
    /// Fewer than 3 characters.
    UsernameTooShort,
    /// More than 32 characters.
    UsernameTooLong,
    /// A character that names do not have (letters, digits, dot, hyphen, underscore).
    UsernameCharacters,
    /// A letter that is none of a to z under its accents: it could pass for one.
    UsernameLookAlike,
    /// Somebody has it.
    UsernameTaken,
    /// No password was given.
    PasswordEmpty,
    /// Fewer than 15 characters.
    PasswordTooShort,
    /// More than 1024 bytes.
    PasswordTooLong,
    /// It is not the password of whoever is signed in.
    PasswordWrong,
    /// It is the one that they have, or one that was handed over.
    PasswordNotNew,
    /// Easily guessed: common words, the person's own name, a keyboard row, repeats.
    PasswordGuessable,
    /// No number was given.
    PhoneEmpty,
    /// Not a number that exists in any plan.
    PhoneInvalid,
    /// A valid number, but not one that a mobile phone can have.
    PhoneNotMobile,
    /// Somebody here has that number.
    PhoneTaken,
    /// It is the number that they have.
    PhoneSame,
    /// Nobody may register: people are added by an admin.
    RegistrationClosed,
    /// The first admin was signed in once: they are not taken away again.
    FirstAdminStays,
    /// Larger than 5 MB.
    FileTooLarge,
    /// Not a text in UTF-8.
    FileNotText,
    /// It has no row of names, or one of them is missing, unknown or there twice.
    FileColumns,
    /// The file could not be written.
    FileNotWritten,
    /// Somebody did not want it any more.
    Canceled,
    /// A mobile number of a country that is not allowed here.
    PhoneCountryNotAllowed,
    /// Five people were registered, or ten refused, in the last hour on this machine.
    TooManyRegistrations,
    /// No code was given.
    CodeEmpty,
    /// Not 6 to 10 digits.
    CodeMalformed,
    /// A branch needs a name.
    BranchNameEmpty,
    /// More than 60 characters.
    BranchNameTooLong,
    /// More than 120 characters.
    BranchCallTooLong,
    /// Fewer than 90 days, or more than 3650.
    RetentionOutOfBounds,
    /// No recovery code was given.
    RecoveryCodeEmpty,
    /// Not 16 signs, or a sign that is never used.
    RecoveryCodeMalformed,
    /// The checksum of the recovery code is wrong: a sign was mistyped.
    RecoveryCodeMistyped,
    /// The recovery code is wrong or used, or whoever signs in has none: one answer for all.
    RecoveryCodeRefused,
    /// No recovery key was given.
    RecoveryKeyEmpty,
    /// Not 56 signs, or a sign that is never used.
    RecoveryKeyMalformed,
    /// The checksum of the recovery key is wrong: a sign was mistyped.
    RecoveryKeyMistyped,
    /// It is a recovery key, but not the one of this backup or of this database.
    RecoveryKeyOther,
    /// The code typed back is none of the kit that was shown.
    KitCodeOther,
    /// There is no kit to confirm any more: ten minutes have passed, or the session is another.
    KitGone,
    /// No recovery key was printed that would open a backup: a kit must be made first.
    KitNeeded,
    /// Another backup or restore is under way.
    RecoveryUnderWay,
    /// It was canceled.
    RecoveryCanceled,
    /// Not a path that begins at the root, or too long.
    BackupPath,
    /// Its name does not end as that of a backup does.
    BackupName,
    /// Backups are not in the data folder, but in their own within it or elsewhere.
    BackupFolder,
    /// A file of that name is there already.
    BackupExists,
    /// There is no room where the backup was to be.
    BackupNoRoom,
    /// Nothing can be written where the backup was to be.
    BackupUnwritable,
    /// There is no such file.
    BackupMissing,
    /// The file is no backup of SIMgate's.
    BackupNotOurs,
    /// The end of the backup is missing.
    BackupCutShort,
    /// The backup was made by a later version of SIMgate.
    BackupNewer,
    /// The backup was changed or damaged.
    BackupDamaged,
    /// The file cannot be read.
    BackupUnreadable,
    /// The backup was made here, with a recovery key that was replaced since, and nobody who may take it
    /// all the same is signed in.
    RecoveryKeyReplaced,
    /// The backup is of another installation, and nobody who may say so is signed in.
    BackupOfAnother,
    /// The backup, or what it would replace, is not what was confirmed.
    RestoreChanged,
    /// There is no room in the data folder for the restored database.
    RestoreNoRoom,
    /// Another program works with the data folder.
    DatabaseHeld,
    /// The disk has no room for what was to be written. Nothing of it was.
    DiskFull,
    /// Something that was not foreseen; the log has it under the reference.
    Unforeseen,
}

/// The field an error stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Field {
    /// The name.
    Username,
    /// The password.
    Password,
    /// The password that somebody has and changes.
    CurrentPassword,
    /// The phone number.
    Phone,
    /// The one-time code.
    Code,
    /// What the branch is called.
    BranchName,
    /// Whom to call when stopped.
    BranchCall,
    /// For how many days the record is kept.
    Retention,
    /// A recovery code.
    RecoveryCode,
    /// The recovery key.
    RecoveryKey,
    /// The path of a backup.
    Path,
}

/// A refused command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Refusal {
    /// Why.
    pub code: ErrorCode,
    /// The field it stands at, if at one.
    pub field: Option<Field>,
    /// Seconds after which trying again makes sense, if that is known.
    pub retry_after: Option<u32>,
    /// What to tell an admin, where an admin can look it up.
    pub reference: Option<String>,
}
