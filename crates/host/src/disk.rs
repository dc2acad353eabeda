//! The disk that a folder is on.

use std::path::Path;

/// Bytes that are left for this account on the disk of the folder, or of the nearest one above it that
/// is there; none where the system does not tell.
#[must_use]
pub fn left(folder: &Path) -> Option<u64> {
    let there = folder.ancestors().find(|folder| folder.is_dir())?;
    fs4::available_space(there).ok()
}
