//! Where data and logs go.

use std::path::{Path, PathBuf};

/// The folders of one profile.
pub struct Folders {
    /// The database.
    pub data: PathBuf,
    /// The logs.
    pub logs: PathBuf,
    /// What the web view keeps: the choice of language, text size and colours.
    pub web: PathBuf,
}

/// The system names no folder for a user's data: there is no home.
#[derive(Debug, thiserror::Error)]
#[error("this system names no folder for data; give one with --data-dir")]
pub struct NoHome;

impl Folders {
    /// The folders under `data_dir`, or where the system expects them. Rehearsal and real data
    /// never share one.
    ///
    /// # Errors
    /// [`NoHome`] where neither names one.
    pub fn find(data_dir: Option<&Path>, rehearsal: bool) -> Result<Self, NoHome> {
        let name = if rehearsal {
            "simgate-rehearsal"
        } else {
            "simgate"
        };
        if let Some(dir) = data_dir {
            let dir = if rehearsal {
                dir.join("rehearsal")
            } else {
                dir.to_owned()
            };
            return Ok(Self {
                logs: dir.join("logs"),
                web: dir.join("web"),
                data: dir,
            });
        }
        let data = dirs::data_local_dir().ok_or(NoHome)?.join(name);
        let state = dirs::state_dir().map_or_else(|| data.clone(), |dir| dir.join(name));
        Ok(Self {
            logs: state.join("logs"),
            web: data.join("web"),
            data,
        })
    }
}

/// Makes a folder, for its owner only.
///
/// # Errors
/// Those of the file system.
pub fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
