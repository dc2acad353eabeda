//! Cells that a spreadsheet would take for a formula.

use std::borrow::Cow;

/// What a formula begins with (OWASP ASVS 5.0, 1.2.10).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The cell as it is written: what would be a formula is marked as a text by an apostrophe.
pub fn written(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell as it was before it was written so.
pub fn read(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        Some(_) | None => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_is_a_text_and_reads_back() {
        for cell in [
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "@x",
            "\tx",
            "\rx",
            "=",
            "+447700900123",
        ] {
            let written = written(cell);
            assert_eq!(written, format!("'{cell}"));
            assert_eq!(read(&written), cell);
        }
        for cell in ["", "maria", "..23", "'quoted'", "1+1", "2026-11-23"] {
            assert_eq!(written(cell), cell);
            assert_eq!(read(cell), cell);
        }
    }
}
