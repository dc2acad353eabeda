//! Times, and what they may come to.

use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Each call is timed this often; its time is the median, which one slow moment does not move.
const TIMES: usize = 101;

/// The median time of each call. They take turns, so that a slow minute is one for all of them.
#[expect(
    clippy::disallowed_methods,
    reason = "a bench times what is done while it looks; nothing depends on it"
)]
pub fn medians<const N: usize>(mut calls: [&mut dyn FnMut(); N]) -> [Duration; N] {
    // The first ones fill the caches, which every later one finds full.
    for call in &mut calls {
        (0..10).for_each(|_| call());
    }
    let mut times = [const { Vec::new() }; N];
    for _ in 0..TIMES {
        for (call, times) in calls.iter_mut().zip(&mut times) {
            let begun = Instant::now();
            call();
            times.push(begun.elapsed());
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[TIMES / 2]
    })
}

/// The time of a call that is long enough by itself.
#[expect(
    clippy::disallowed_methods,
    reason = "a bench times what is done while it looks; nothing depends on it"
)]
pub fn once<T>(call: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let answer = call();
    (begun.elapsed(), answer)
}

/// What was measured.
#[derive(Default)]
pub struct Table(Vec<Row>);

struct Row {
    what: String,
    took: Duration,
    /// The floor, what it is, and how many times it may be taken.
    floor: (Duration, &'static str, f64),
}

impl Table {
    /// A call, and what it is held against.
    pub fn add(
        &mut self,
        what: impl Into<String>,
        took: Duration,
        floor: (Duration, &'static str, f64),
    ) {
        let what = what.into();
        self.0.push(Row { what, took, floor });
    }

    /// Prints all of it; a ratio above its bound is a failure.
    pub fn print(&self) -> ExitCode {
        println!(
            "\n{:<44}{:>12}{:>12}  {:<22}{:>7}{:>7}",
            "", "took", "floor", "which is", "ratio", "bound"
        );
        let mut within = true;
        for Row { what, took, floor } in &self.0 {
            let (floor, which, bound) = floor;
            let ratio = took.as_secs_f64() / floor.as_secs_f64();
            within &= ratio <= *bound;
            let mark = if ratio <= *bound { "" } else { "  ABOVE" };
            println!(
                "{what:<44}{:>12}{:>12}  {which:<22}{ratio:>7.2}{bound:>7.2}{mark}",
                shown(*took),
                shown(*floor),
            );
        }
        if within {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

fn shown(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}
