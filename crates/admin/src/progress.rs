//! How far something long is, on standard error, and Ctrl-C, which stops it and undoes what is half
//! done.

use std::future::Future;
use std::io::{IsTerminal, Write, stderr};
use std::time::Duration;

use tokio::time::{Instant, interval_at};

/// How often it is looked how far it is, and for how long nothing is said.
const LOOK: Duration = Duration::from_millis(250);

/// Waits for `work` and says how far it is, by what `seen` tells: so many of so many. On Ctrl-C `cancel`
/// is called, once, and the work comes to its end by itself.
pub async fn watched<T>(
    what: &str,
    seen: impl Fn() -> (u64, u64),
    cancel: impl Fn(),
    work: impl Future<Output = T>,
) -> T {
    let mut work = std::pin::pin!(work);
    let mut look = interval_at(Instant::now() + LOOK, LOOK);
    let mut said = Said::default();
    let mut stopping = false;
    loop {
        tokio::select! {
            done = &mut work => {
                said.finish();
                return done;
            }
            _tick = look.tick() => said.say(what, seen()),
            stop = tokio::signal::ctrl_c(), if !stopping => {
                // Where no signal can be had, nothing stops it but its end.
                stopping = true;
                if stop.is_ok() {
                    cancel();
                }
            }
        }
    }
}

/// What was said last.
#[derive(Default)]
struct Said {
    tenth: Option<u64>,
    open_line: bool,
}

impl Said {
    /// On a terminal one line that changes; else a line for each tenth.
    fn say(&mut self, what: &str, (done, all): (u64, u64)) {
        if done == 0 && all == 0 {
            return;
        }
        let mut err = stderr().lock();
        // Nobody has to read it.
        if err.is_terminal() {
            let _unread = match all {
                // Of how many is not known.
                0 => write!(err, "\r{what}: {done}"),
                all => write!(err, "\r{what}: {done} of {all}"),
            };
            let _unread = err.flush();
            self.open_line = true;
            return;
        }
        let Some(tenth) = done.saturating_mul(10).checked_div(all) else {
            return;
        };
        if self.tenth != Some(tenth) {
            self.tenth = Some(tenth);
            let _unread = writeln!(err, "{what}: {done} of {all}");
        }
    }

    fn finish(&self) {
        if self.open_line {
            let _unread = writeln!(stderr());
        }
    }
}
