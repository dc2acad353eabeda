//! Exported files: sound, and each way of being not.

use std::io::Cursor;

use proptest::prelude::*;
use simgate_record::{Flaw, Head, Header, Keys, LONGEST_LINE, Line, Progress, SealKey, Verdict};

use crate::form::{bare, full};

fn key() -> SealKey {
    SealKey::new(&[7; 32])
}

/// The lines of a file with these many entries after the first `dropped`, each with its end.
fn lines(dropped: u64, entries: u64) -> Vec<String> {
    let before = Head {
        seq: dropped,
        hash: [u8::from(dropped > 0); 32],
    };
    let mut end = before;
    let mut lines = Vec::new();
    for n in 1..=entries {
        let line = if n % 2 == 0 { full() } else { bare() };
        let seq = dropped + n;
        let sealed = Line { seq, ..line }.sealed(&key(), &end.hash);
        end = Head {
            seq,
            hash: sealed.hash,
        };
        lines.push(sealed.to_text() + "\n");
    }
    let keys = Keys::new(vec![(1, key().public())]).unwrap();
    let header = Header { keys, before, end };
    lines.insert(0, header.to_text(&key()) + "\n");
    lines
}

fn verdict(file: &[u8]) -> Verdict {
    simgate_record::verify(Cursor::new(file), None, &Progress::default()).unwrap()
}

fn flawed(lines: &[String]) -> (u64, Option<u64>, Flaw) {
    match verdict(lines.concat().as_bytes()) {
        Verdict::Flawed { line, seq, flaw } => (line, seq, flaw),
        other @ (Verdict::Sound { .. } | Verdict::OtherKey { .. } | Verdict::Canceled) => {
            panic!("it is flawed, not {other:?}")
        }
    }
}

#[test]
fn what_was_exported_is_sound() {
    for (dropped, entries) in [(0, 0), (0, 1), (0, 5), (7, 0), (7, 5)] {
        let file = lines(dropped, entries).concat();
        let sound = Verdict::Sound {
            key: key().public(),
            from: dropped + 1,
            to: dropped + entries,
        };
        assert_eq!(verdict(file.as_bytes()), sound);
    }
}

#[test]
fn the_first_bad_line_is_named() {
    let good = lines(3, 6);
    let changed = |change: &dyn Fn(&mut Vec<String>)| {
        let mut lines = good.clone();
        change(&mut lines);
        flawed(&lines)
    };
    let of_place = |line: u64| Some(line + 2);
    for line in [2, 4, 7] {
        let at = usize::try_from(line).unwrap() - 1;
        let seq = of_place(line);
        let removed = changed(&|lines| drop(lines.remove(at)));
        let gap = if line == 7 { Flaw::Head } else { Flaw::Gap };
        assert_eq!(removed, (line, seq, gap), "removed");
        if line < 7 {
            let swapped = changed(&|lines| lines.swap(at, at + 1));
            assert_eq!(swapped, (line, seq, Flaw::Gap), "swapped");
        }
        let doubled = changed(&|lines| lines.insert(at, lines[at].clone()));
        assert_eq!(doubled, (line + 1, of_place(line + 1), Flaw::Order));
        let format = changed(&|lines| lines[at] = lines[at].replace("t\":1,\"h", "t\":2,\"h"));
        assert_eq!(format, (line, seq, Flaw::Format));
        let act = changed(&|lines| lines[at] = lines[at].replace("refused", "refusod"));
        assert_eq!(act, (line, seq, Flaw::Hash));
        let spaced = changed(&|lines| lines[at] = lines[at].replace(',', ", "));
        assert_eq!(spaced, (line, seq, Flaw::Shape));
    }
    let more = changed(&|lines| lines.push("\n".to_owned()));
    assert_eq!(more, (8, of_place(8), Flaw::Order));
    let unended = changed(&|lines| lines[6] = lines[6].trim_end().to_owned());
    assert_eq!(unended, (7, of_place(7), Flaw::Shape));
}

/// Whoever has the file and not the key can compute every hash, and signs with another.
#[test]
fn without_the_key_nothing_can_be_made_to_fit() {
    let mut forged = lines(0, 3);
    let other = SealKey::new(&[8; 32]);
    let before = simgate_record::Sealed::from_text(forged[1].trim_end().as_bytes()).unwrap();
    let mut line = full();
    line.cause = Some("unchanged".to_owned());
    forged[2] = line.sealed(&other, &before.hash).to_text() + "\n";
    assert_eq!(flawed(&forged), (3, Some(2), Flaw::Signature));

    // A file that is altogether theirs names their key.
    let keys = Keys::new(vec![(1, other.public())]).unwrap();
    let header = Header {
        keys,
        before: Head::NONE,
        end: Head::NONE,
    };
    let theirs = header.to_text(&other) + "\n";
    let expected = Some(key().public());
    let told = simgate_record::verify(Cursor::new(theirs), expected, &Progress::default());
    let other_key = Verdict::OtherKey {
        key: other.public(),
    };
    assert_eq!(told.unwrap(), other_key);
}

#[test]
fn what_is_no_record_is_told_so_and_not_read_to_its_end() {
    let novel = "x".repeat(4 * LONGEST_LINE);
    let deep = "[".repeat(LONGEST_LINE - 1) + "\n";
    for file in [
        "",
        "\n",
        "{}\n",
        "null\n",
        &novel,
        &deep,
        "\0\n",
        "\u{feff}{}\n",
    ] {
        let shape = Verdict::Flawed {
            line: 1,
            seq: None,
            flaw: Flaw::Shape,
        };
        assert_eq!(verdict(file.as_bytes()), shape);
    }
    let progress = Progress::default();
    let endless = std::io::BufReader::new(std::io::repeat(b'x'));
    simgate_record::verify(endless, None, &progress).unwrap();
    assert_eq!(progress.seen().0, LONGEST_LINE as u64);
}

#[test]
fn it_stops_when_wished() {
    let progress = Progress::default();
    progress.cancel();
    let file = lines(0, 3).concat();
    let told = simgate_record::verify(Cursor::new(file), None, &progress);
    assert_eq!(told.unwrap(), Verdict::Canceled);
}

#[test]
fn a_line_reads_back() {
    let sealed = full().sealed(&key(), &[1; 32]);
    let text = sealed.to_text();
    assert!(text.len() < LONGEST_LINE / 10, "{} bytes", text.len());
    let read = simgate_record::Sealed::from_text(text.as_bytes());
    assert_eq!(read, Some(sealed));
    assert!(text.starts_with(r#"{"seq":2,"utc":"2026-11-23T00:00:00Z","at":1795392000000001,"#));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// One byte changed, put in or taken out, anywhere in the file.
    #[test]
    fn any_changed_byte_is_found(place: prop::sample::Index, byte: u8, how in 0..3) {
        let good = lines(3, 4).concat().into_bytes();
        let at = place.index(good.len());
        let mut bad = good.clone();
        match how {
            0 => bad[at] = byte,
            1 => bad.insert(at, byte),
            _ => drop(bad.remove(at)),
        }
        prop_assume!(bad != good);
        let found = matches!(verdict(&bad), Verdict::Flawed { .. });
        prop_assert!(found, "byte {} of {}", at, good.len());
    }

    /// What is no file of ours at all is refused and nothing more.
    #[test]
    fn anything_is_read_without_a_panic(file: Vec<u8>) {
        let refused = matches!(verdict(&file), Verdict::Flawed { line: 1, .. });
        prop_assert!(refused);
    }

    /// Nor do lines put together at random of what lines have.
    #[test]
    fn lines_of_the_right_words_are_read_without_a_panic(
        order in prop::collection::vec(0_usize..5, 0..12),
        cut in 0_usize..2_000,
    ) {
        let good = lines(3, 4);
        let file: String = order.iter().map(|line| good[*line].as_str()).collect();
        let file = &file.as_bytes()[..cut.min(file.len())];
        let sound = matches!(verdict(file), Verdict::Sound { .. });
        prop_assert_eq!(sound, file == good.concat().as_bytes());
    }
}
