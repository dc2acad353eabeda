use proptest::prelude::*;

use super::*;

fn code(random: [u8; 8]) -> RecoveryCode {
    RecoveryCode::from_random(Zeroizing::new(random))
}

fn key(random: [u8; 32]) -> RecoveryKey {
    RecoveryKey::from_random(Zeroizing::new(random))
}

fn read_code(typed: &str) -> Result<[u8; 8], RecoveryError> {
    RecoveryCode::parse(typed).map(|code| *code.bytes())
}

fn read_key(typed: &str) -> Result<[u8; 32], RecoveryError> {
    RecoveryKey::parse(typed).map(|key| *key.bytes())
}

/// As somebody copies it by hand from a bad print.
fn by_hand(written: &str) -> String {
    let lower = written.to_lowercase();
    lower
        .replace('0', "o")
        .replace('1', "l")
        .replace('-', " \u{2013} ")
}

#[test]
fn what_is_printed_stays_the_same_for_ever() {
    assert_eq!(*code([0; 8]).written(), "0000-0000-0000-0C9Y");
    assert_eq!(
        *code([0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0]).written(),
        "28T5-CY4T-QKFF-0194"
    );
    assert_eq!(
        *key([0xff; 32]).written(),
        "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZJ-HEFH"
    );
}

#[test]
fn nothing_else_is_a_code_or_a_key() {
    for typed in ["", "   ", "- - \u{2014}\n"] {
        assert_eq!(read_code(typed), Err(RecoveryError::Empty), "{typed:?}");
        assert_eq!(read_key(typed), Err(RecoveryError::Empty), "{typed:?}");
    }
    let written = code([7; 8]).written();
    let whole = key([7; 32]).written();
    for typed in [
        &written[1..],
        &format!("{}0", *written),
        &written.replace('-', "U"),
        &written.replace('-', "/"),
        &"0 ".repeat(1_000_000),
        "\u{ff10}000-0000-0000-1SGH",
        &*whole,
    ] {
        assert_eq!(read_code(typed), Err(RecoveryError::Malformed));
    }
    assert_eq!(read_key(&written), Err(RecoveryError::Malformed));
    assert_eq!(read_key(&"0".repeat(57)), Err(RecoveryError::Malformed));
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(random: [u8; 8], bits: [u8; 32]) {
        let written = code(random).written();
        prop_assert_eq!(written.len(), 19);
        prop_assert_eq!(read_code(&written), Ok(random));
        prop_assert_eq!(read_code(&by_hand(&written)), Ok(random));
        prop_assert_eq!(read_code(&written.replace('-', "")), Ok(random));

        let written = key(bits).written();
        prop_assert_eq!(written.len(), 69);
        prop_assert_eq!(read_key(&written), Ok(bits));
        prop_assert_eq!(read_key(&by_hand(&written)), Ok(bits));
    }

    /// Up to three neighbours that are any other signs, and two neighbours that changed places.
    #[test]
    fn a_slip_of_the_pen_is_found(random: [u8; 8], bits: [u8; 32], at: prop::sample::Index,
                                  slips in prop::collection::vec(0..32_usize, 1..=3)) {
        for written in [code(random).written(), key(bits).written()] {
            let signs: Vec<char> = written.chars().filter(|sign| *sign != '-').collect();
            let read = |signs: &[char]| {
                let typed: String = signs.iter().collect();
                if signs.len() == 16 {
                    read_code(&typed).map(drop)
                } else {
                    read_key(&typed).map(drop)
                }
            };
            let mut slipped = signs.clone();
            let from = at.index(signs.len() - slips.len() + 1);
            for (place, &sign) in slips.iter().enumerate() {
                slipped[from + place] = char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[sign]);
            }
            if slipped != signs {
                prop_assert_eq!(read(&slipped), Err(RecoveryError::Mistyped));
            }
            let mut swapped = signs.clone();
            let at = at.index(signs.len() - 1);
            swapped.swap(at, at + 1);
            if swapped != signs {
                prop_assert_eq!(read(&swapped), Err(RecoveryError::Mistyped));
            }
        }
    }

    /// Whatever is typed, nothing panics, and what is taken is what is printed of it.
    #[test]
    fn anything_may_be_typed(typed in "\\PC{0,80}") {
        if let Ok(code) = RecoveryCode::parse(&typed) {
            prop_assert_eq!(read_code(&code.written()), Ok(*code.bytes()));
        }
        if let Ok(key) = RecoveryKey::parse(&typed) {
            prop_assert_eq!(read_key(&key.written()), Ok(*key.bytes()));
        }
    }
}
