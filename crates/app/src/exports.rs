//! The folder of exported files, within that of the database.

use std::io;
use std::path::{Path, PathBuf};

use simgate_store::Entry;

use crate::app::App;

const FOLDER: &str = "exports";
/// Files that may be of one second.
const OF_ONE_SECOND: u32 = 100;

impl App {
    /// A name in it that no file has, of what is exported and when.
    pub(crate) fn export_path(&self, what: &str, ending: &str) -> PathBuf {
        let now = self.inner.clock.now().to_string();
        // No system takes offence at a name of digits and letters.
        let now: String = now.chars().filter(char::is_ascii_alphanumeric).collect();
        let folder = self.inner.config.data_dir.join(FOLDER);
        let named = |more: &str| folder.join(format!("simgate-{what}-{now}{more}.{ending}"));
        let others = (2..OF_ONE_SECOND).map(|count| named(&format!("-{count}")));
        let free = std::iter::once(named(""))
            .chain(others)
            .find(|path| path.try_exists().is_ok_and(|exists| !exists));
        // What has it stays: the file is not written then.
        free.unwrap_or_else(|| named(""))
    }
}

/// Makes the folder of this file, if there is none, for its owner only.
///
/// # Errors
/// What making it fails with.
pub fn make_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The entry, with the name of the file.
pub fn with_name(entry: Entry, path: &Path) -> Entry {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Entry {
        detail: Some(format!("file {name}")),
        ..entry
    }
}
