//! Verifying an exported record from its file alone.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use crate::chain::{Chain, Flaw};
use crate::export::{Header, LONGEST_LINE};
use crate::line::Sealed;
use crate::progress::Progress;
use crate::seal::PublicKey;

/// What came of verifying a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is, from its first byte to its last, what the owner of the key exported.
    Sound {
        /// The key. Whether it is the branch's own, only somebody who knows that can tell.
        key: PublicKey,
        /// The place of its first entry.
        from: u64,
        /// The place of its last; one less than `from` where there is none.
        to: u64,
    },
    /// It is not.
    Flawed {
        /// The first bad line, from 1.
        line: u64,
        /// The place of the entry that belongs there; none for the first line.
        seq: Option<u64>,
        /// What is wrong there.
        flaw: Flaw,
    },
    /// It was exported under another key than the one expected.
    OtherKey {
        /// Which.
        key: PublicKey,
    },
    /// Somebody wished that it stop.
    Canceled,
}

/// Verifies the file. Without an `expected` key it is only known that it was exported by whoever has
/// the key that it names. The progress counts bytes.
///
/// # Errors
/// Where the file cannot be read.
pub fn verify_file(
    path: &Path,
    expected: Option<PublicKey>,
    progress: &Progress,
) -> io::Result<Verdict> {
    let file = File::open(path)?;
    progress.begin(file.metadata()?.len());
    verify(BufReader::new(file), expected, progress)
}

/// As [`verify_file`], from anything that can be read.
///
/// # Errors
/// Where it cannot be read.
pub fn verify(
    mut file: impl BufRead,
    expected: Option<PublicKey>,
    progress: &Progress,
) -> io::Result<Verdict> {
    let mut buffer = Vec::new();
    let header = match next(&mut file, &mut buffer, progress)? {
        Next::Line(line) => Header::from_text(line),
        Next::End | Next::NoLine => None,
    };
    let Some(header) = header else {
        return Ok(Verdict::Flawed {
            line: 1,
            seq: None,
            flaw: Flaw::Shape,
        });
    };
    let key = header.keys.newest();
    if expected.is_some_and(|expected| expected != key) {
        return Ok(Verdict::OtherKey { key });
    }
    let (from, end) = (header.before.seq.saturating_add(1), header.end);
    let mut chain = Chain::after(header.before, header.keys);
    let mut line = 1;
    loop {
        if progress.is_canceled() {
            return Ok(Verdict::Canceled);
        }
        line += 1;
        let (seq, complete) = (chain.next(), chain.end().seq == end.seq);
        let flawed = |flaw| {
            Ok(Verdict::Flawed {
                line,
                seq: Some(seq),
                flaw,
            })
        };
        let text = match next(&mut file, &mut buffer, progress)? {
            Next::End if complete && chain.end() == end => {
                let to = end.seq;
                return Ok(Verdict::Sound { key, from, to });
            }
            Next::End => return flawed(Flaw::Head),
            Next::Line(_) | Next::NoLine if complete => return flawed(Flaw::Order),
            Next::NoLine => return flawed(Flaw::Shape),
            Next::Line(text) => text,
        };
        let Some(sealed) = Sealed::from_text(text) else {
            return flawed(Flaw::Shape);
        };
        if let Err(flaw) = chain.take(&sealed) {
            return flawed(flaw);
        }
    }
}

enum Next<'a> {
    /// A line, without its end.
    Line(&'a [u8]),
    /// What is there does not end as a line does, within [`LONGEST_LINE`].
    NoLine,
    /// Nothing more.
    End,
}

fn next<'a>(
    file: &mut impl BufRead,
    buffer: &'a mut Vec<u8>,
    progress: &Progress,
) -> io::Result<Next<'a>> {
    buffer.clear();
    let longest = u64::try_from(LONGEST_LINE).unwrap_or(u64::MAX);
    let read = file.take(longest).read_until(b'\n', buffer)?;
    progress.step(u64::try_from(read).unwrap_or(u64::MAX));
    Ok(match buffer.as_slice() {
        [] => Next::End,
        [line @ .., b'\n'] => Next::Line(line),
        _ => Next::NoLine,
    })
}
