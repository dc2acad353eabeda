//! Text from elsewhere, made fit for one line.

use std::fmt::Write as _;

use simgate_domain::signs::is_unfit_for_a_line;

/// The text with everything escaped that ends a line, moves a cursor, hides or turns around what
/// stands beside it, and cut to `most` bytes: an escape is kept whole or not at all, and `...` says
/// that something was cut off.
pub(crate) fn plain(text: &str, most: usize) -> String {
    const CUT: &str = "...";
    let mut plain = String::new();
    let mut fits = 0;
    for sign in text.chars() {
        // The backslash begins an escape.
        if sign == '\\' || is_unfit_for_a_line(sign) {
            // A String takes any text.
            let _written = write!(plain, "\\u{{{:x}}}", u32::from(sign));
        } else {
            plain.push(sign);
        }
        if plain.len() > most {
            plain.truncate(fits);
            plain.push_str(CUT);
            return plain;
        }
        if plain.len() + CUT.len() <= most {
            fits = plain.len();
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_forge_a_line_is_escaped() {
        assert_eq!(
            plain("role staff admin | José", 64),
            "role staff admin | José"
        );
        assert_eq!(
            plain("a\r\nb\u{1b}[31m\0\u{85}\u{202e}x\u{2066}\u{feff}\\", 128),
            "a\\u{d}\\u{a}b\\u{1b}[31m\\u{0}\\u{85}\\u{202e}x\\u{2066}\\u{feff}\\u{5c}"
        );
    }

    #[test]
    fn what_is_too_long_is_cut_at_a_whole_sign() {
        assert_eq!(plain("12345678", 8), "12345678");
        assert_eq!(plain("123456789", 8), "12345...");
        assert_eq!(plain("1234ééé", 8), "1234...");
        assert_eq!(plain("12\u{1b}\u{1b}", 8), "12...");
        assert!(plain(&"\n".repeat(1 << 20), 512).len() <= 512);
        assert!(plain(&"é".repeat(1 << 19), 512).len() <= 512);
    }
}
