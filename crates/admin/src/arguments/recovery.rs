//! The arguments of `backup` and `restore`.

use std::path::PathBuf;

use clap::Args;

/// Help after `backup`.
pub const AFTER_BACKUP: &str = "\
Examples:
  simgate-admin backup
  simgate-admin backup /media/stick
  simgate-admin backup /media/stick/monday.backup

Without a FILE it is written into the folder backups, beside the database; in a folder it gets a name
of its own. It is encrypted: the recovery key of the kit opens it, here and on any other machine. Make
the kit first, in the window. The vendors' settings are not in it. While SIMgate is open, its window
makes backups: they disturb nobody.";

/// Help after `restore`.
pub const AFTER_RESTORE: &str = "\
Examples:
  simgate-admin restore monday.backup < key.txt
  simgate-admin restore monday.backup --confirm 1f8a03b2c4d5e6f7 < key.txt
  pass show simgate/recovery | simgate-admin restore monday.backup

The recovery key is read from standard input. Without --confirm nothing is changed: it is told what is in
the backup, what it would take the place of, and the word that confirms just that. What is there now is
kept under another name, and the keyring keeps its key.";

/// Arguments of `backup`.
#[derive(Args)]
pub struct Backup {
    /// The new file, or a folder for it.
    pub file: Option<PathBuf>,
}

/// Arguments of `restore`.
#[derive(Args)]
pub struct Restore {
    /// The backup.
    pub file: PathBuf,
    /// Puts it in the place of what was told when this word was.
    #[arg(long, value_name = "WORD")]
    pub confirm: Option<String>,
}
