//! Signs that a line of text is not to hold where it is shown beside others.

/// Whether a sign ends a line, moves a cursor, hides or turns around what stands beside it: control
/// characters, and by Unicode's names the marks and embeddings of direction, the separators of lines and
/// paragraphs, and what has no width.
#[must_use]
pub fn is_unfit_for_a_line(sign: char) -> bool {
    sign.is_control()
        || matches!(
            sign,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
