//! A file that comes to be whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that is written under another name, for its owner only, and gets its own once it is whole
/// and on the disk. What has that name already stays. Dropped before that, nothing is left of it.
#[derive(Debug)]
pub struct NewFile {
    file: Option<BufWriter<File>>,
    unfinished: PathBuf,
    path: PathBuf,
}

impl NewFile {
    /// Begins one beside the place where it is to be.
    ///
    /// # Errors
    /// What making it fails with: [`io::ErrorKind::AlreadyExists`] where something has its name.
    pub fn begin(path: &Path) -> io::Result<Self> {
        refuse_what_is_there(path)?;
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let mut name = path
            .file_name()
            .ok_or(io::ErrorKind::InvalidInput)?
            .to_owned();
        name.push(format!(".{:016x}.part", u64::from_be_bytes(random)));
        let unfinished = path.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&unfinished)?;
        Ok(Self {
            file: Some(BufWriter::new(file)),
            unfinished,
            path: path.to_owned(),
        })
    }

    /// Gives it its name, which the disk has when this is done.
    ///
    /// # Errors
    /// What writing the last of it or naming it fails with. Then nothing is left of it.
    pub fn finish(mut self) -> io::Result<()> {
        let file = self.file.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let written = file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all());
        let named = written
            .and_then(|()| refuse_what_is_there(&self.path))
            .and_then(|()| fs::rename(&self.unfinished, &self.path));
        if named.is_err() {
            self.remove();
            return named;
        }
        let synced = sync_folder_of(&self.path);
        if synced.is_err() {
            let _ = fs::remove_file(&self.path);
        }
        synced
    }

    fn remove(&self) {
        // There is nothing better to do about a file that cannot be removed.
        let _ = fs::remove_file(&self.unfinished);
    }
}

fn refuse_what_is_there(path: &Path) -> io::Result<()> {
    if path.try_exists()? {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    Ok(())
}

/// Writes the names in the folder of a file to the disk: without that, a file that is whole may have
/// no name after a power cut.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let file = self.file.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        let file = self.file.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Windows removes no file that is open.
        if self.file.take().is_some() {
            self.remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let files = fs::read_dir(folder).expect("the folder");
        files
            .map(|file| file.expect("a file").file_name().into_string())
            .map(|name| name.expect("a name in UTF-8"))
            .collect()
    }

    #[test]
    fn a_file_has_its_name_once_it_is_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("people.csv");
        let mut file = NewFile::begin(&path).expect("begun");
        file.write_all(b"all of it").expect("written");
        assert!(!path.exists(), "not before");
        file.finish().expect("finished");
        assert_eq!(names(folder.path()), ["people.csv"]);
        assert_eq!(fs::read(&path).expect("a file"), b"all of it");
    }

    #[test]
    fn one_that_is_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("people.csv");
        let mut file = NewFile::begin(&path).expect("begun");
        file.write_all(b"half of it").expect("written");
        drop(file);
        assert_eq!(names(folder.path()), Vec::<String>::new());
    }

    #[test]
    fn what_has_the_name_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("people.csv");
        let late = NewFile::begin(&path).expect("begun");
        fs::write(&path, "somebody's letters").expect("a file");
        for refused in [NewFile::begin(&path).map(drop), late.finish()] {
            let kind = refused.expect_err("it is there").kind();
            assert_eq!(kind, io::ErrorKind::AlreadyExists);
        }
        assert_eq!(names(folder.path()), ["people.csv"]);
        assert_eq!(fs::read(&path).expect("a file"), b"somebody's letters");
    }
}
