//! The words of refusals.

use super::UNFORESEEN;
use crate::ending::Exit;

/// What is said before there is a first admin.
pub const NOT_SET_UP: &str =
    "Nobody has set this SIMgate up yet. Its first admin is made in its window.";

/// Each code that a command can be refused with.
const REFUSALS: &[(&str, Exit, &str)] = &[
    ("username_empty", Exit::NotDone, "No name was given."),
    (
        "username_too_short",
        Exit::NotDone,
        "A name has 3 characters or more.",
    ),
    (
        "username_too_long",
        Exit::NotDone,
        "A name has 32 characters at the most.",
    ),
    (
        "username_characters",
        Exit::NotDone,
        "A name has letters, digits, dots, hyphens and underscores only.",
    ),
    (
        "username_look_alike",
        Exit::NotDone,
        "The name has a letter that passes for another.",
    ),
    (
        "username_taken",
        Exit::Refused,
        "Somebody has that name, or one that looks the same.",
    ),
    ("phone_empty", Exit::NotDone, "No number was given."),
    (
        "phone_invalid",
        Exit::NotDone,
        "That is not a number that exists. Write it with + and its country code, or name its country \
         with --country.",
    ),
    (
        "phone_not_mobile",
        Exit::NotDone,
        "That is not a number that a mobile phone can have.",
    ),
    ("phone_taken", Exit::Refused, "Somebody has that number."),
    (
        "phone_country_not_allowed",
        Exit::Refused,
        "Numbers of that country are not allowed here.",
    ),
    (
        "file_too_large",
        Exit::NotDone,
        "The file is larger than 5 MB. Nothing was done.",
    ),
    (
        "file_not_text",
        Exit::NotDone,
        "The file is not a text in UTF-8. Nothing was done.",
    ),
    (
        "file_columns",
        Exit::NotDone,
        "The first row of the file must name the columns username, phone, channel and role, each once. \
         Nothing was done.",
    ),
    (
        "file_not_written",
        Exit::NotDone,
        "The file could not be written, or there is one of that name. Nothing is left of it.",
    ),
    (
        "canceled",
        Exit::NotDone,
        "It was stopped, and nothing is left of it.",
    ),
    (
        "kit_needed",
        Exit::Refused,
        "There is no recovery kit yet whose key would open it. Make the kit first, in the window.",
    ),
    (
        "backup_path",
        Exit::NotDone,
        "That is not the name of a file that can be worked with.",
    ),
    (
        "backup_name",
        Exit::NotDone,
        "The name of a backup ends in .backup.",
    ),
    (
        "backup_folder",
        Exit::NotDone,
        "Backups do not go into the data folder, but into the folder backups in it, or elsewhere.",
    ),
    (
        "backup_exists",
        Exit::NotDone,
        "There is a file of that name. Name one that is not there yet.",
    ),
    (
        "backup_no_room",
        Exit::NotDone,
        "There is no room for the backup. Nothing is left of it.",
    ),
    (
        "backup_unwritable",
        Exit::NotDone,
        "Nothing can be written there. Is the folder there, and whose is it?",
    ),
    ("backup_missing", Exit::NotDone, "There is no such file."),
    (
        "backup_not_ours",
        Exit::NotDone,
        "The file is no backup of SIMgate's.",
    ),
    (
        "backup_cut_short",
        Exit::NotDone,
        "The end of the backup is missing. Nothing was changed.",
    ),
    (
        "backup_newer",
        Exit::NotDone,
        "The backup was made by a later version of SIMgate. Use that version.",
    ),
    (
        "backup_damaged",
        Exit::NotDone,
        "The backup was changed or is damaged. Nothing was changed here.",
    ),
    (
        "backup_unreadable",
        Exit::NotDone,
        "The file cannot be read.",
    ),
    (
        "recovery_key_empty",
        Exit::NotDone,
        "No recovery key was given on standard input.",
    ),
    (
        "recovery_key_malformed",
        Exit::NotDone,
        "That is not a recovery key: one has 56 signs, in groups of four.",
    ),
    (
        "recovery_key_mistyped",
        Exit::NotDone,
        "A sign of the recovery key is wrong.",
    ),
    (
        "recovery_key_other",
        Exit::NotDone,
        "That is the recovery key of another kit. A backup opens with the kit of its time.",
    ),
    (
        "restore_changed",
        Exit::Refused,
        "Nothing was changed: what is here, or the backup, is not what that word confirms. Look at it \
         once more, without --confirm.",
    ),
    (
        "restore_no_room",
        Exit::NotDone,
        "There is no room in the data folder for the restored database. Nothing was changed.",
    ),
    (
        "database_held",
        Exit::Closed,
        "SIMgate is open on this folder. Close it, then try again.",
    ),
    (
        "recovery_canceled",
        Exit::NotDone,
        "It was stopped, and nothing was changed.",
    ),
    (
        "disk_full",
        Exit::NotDone,
        "The disk is full, so that could not be done. Make room on it, then try again.",
    ),
    ("not_now", Exit::Refused, NOT_SET_UP),
    (
        "not_allowed",
        Exit::Refused,
        "SIMgate does not let that be done.",
    ),
    ("unforeseen", Exit::NotDone, UNFORESEEN),
];

/// What a refusal is, and the exit code that goes with it.
pub fn refusal(code: &str) -> (Exit, String) {
    let known = REFUSALS.iter().find(|(known, ..)| *known == code);
    known.map_or_else(
        || (Exit::Refused, format!("It was refused: {code}.")),
        |(_, exit, words)| (*exit, (*words).to_owned()),
    )
}
