//! Rows that are read from their first column to their last.

use rusqlite::Row;
use rusqlite::types::FromSql;

/// A row of a list. All names are gone along for each column that is asked for by its name, which took
/// longer than all the rest of a page of rows. So these are taken in the order in which their statement
/// names them.
pub struct InOrder<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> InOrder<'r> {
    pub fn of(row: &'r Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    /// The next column.
    pub fn take<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    /// The next column, which is text that is looked at and not kept.
    pub fn word(&mut self) -> rusqlite::Result<&'r str> {
        let word = self.row.get_ref(self.next)?.as_str()?;
        self.next += 1;
        Ok(word)
    }
}
