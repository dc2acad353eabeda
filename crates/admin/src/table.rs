//! Tables whose columns stand under one another.

use simgate_domain::signs::is_unfit_for_a_line;

/// A table with a row of names. Every row has as many cells.
pub struct Table<const COLUMNS: usize> {
    rows: Vec<[String; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// A table with nothing but its names.
    pub fn new(names: [&str; COLUMNS]) -> Self {
        Self {
            rows: vec![names.map(str::to_owned)],
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: [String; COLUMNS]) {
        self.rows.push(cells.map(|cell| plain(&cell)));
    }

    /// Its text, each line with its end.
    pub fn text(&self) -> String {
        let mut widths = [0; COLUMNS];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (width, cell) in widths.iter().zip(row) {
                let missing = width - cell.chars().count();
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', missing + 2));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// The text with nothing in it that a terminal obeys, or that hides or turns around what stands beside it.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|sign| {
            if is_unfit_for_a_line(sign) {
                char::REPLACEMENT_CHARACTER
            } else {
                sign
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_one_another() {
        let mut table = Table::new(["what", "is"]);
        table.row(["José".to_owned(), "there".to_owned()]);
        table.row(["somebody".to_owned(), String::new()]);
        assert_eq!(
            table.text(),
            "what      is\nJosé      there\nsomebody\n",
            "by signs, not by bytes"
        );
    }

    #[test]
    fn a_cell_moves_no_cursor() {
        let mut table = Table::new(["what"]);
        table.row(["\u{1b}[2Jgone\n\u{202e}".to_owned()]);
        assert_eq!(table.text(), "what\n\u{fffd}[2Jgone\u{fffd}\u{fffd}\n");
    }
}
