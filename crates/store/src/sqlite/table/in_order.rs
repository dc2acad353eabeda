//! Rows that are read from their first column to their last.

use rusqlite::Row;
use rusqlite::types::FromSql;

/// A row of a list. SQLite goes along all names, under its lock, for each column that is asked for by
/// its name, which took longer than all the rest of a page of rows. So these are taken in the order in
/// which their statement names them.
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
}
