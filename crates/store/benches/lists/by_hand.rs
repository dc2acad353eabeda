//! The floor: the same rows by a query written by hand.

use std::hint::black_box;
use std::sync::mpsc::{Sender, channel};

use rusqlite::Connection;
use rusqlite::types::Value;
use tokio::sync::oneshot;

use crate::file::File;

/// A thread that has the database, as the store has one: asking it is part of the floor.
pub struct ByHand(Sender<(String, oneshot::Sender<usize>)>);

impl ByHand {
    pub fn new(file: &File) -> Self {
        let connection = file.connection();
        let (ask, asked) = channel::<(String, oneshot::Sender<usize>)>();
        std::thread::spawn(move || {
            for (sql, answer) in asked {
                answer.send(rows(&connection, &sql)).unwrap();
            }
        });
        Self(ask)
    }

    /// How many rows the query finds.
    pub fn ask(&self, sql: &str) -> usize {
        let (answer, answered) = oneshot::channel();
        self.0.send((sql.to_owned(), answer)).unwrap();
        answered.blocking_recv().unwrap()
    }
}

/// Takes every column of every row out, as whoever shows them must, and throws it away.
fn rows(connection: &Connection, sql: &str) -> usize {
    let mut statement = connection.prepare_cached(sql).unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut found = 0;
    while let Some(row) = rows.next().unwrap() {
        for column in 0..columns {
            black_box(row.get::<_, Value>(column).unwrap());
        }
        found += 1;
    }
    found
}
