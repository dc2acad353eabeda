//! A screen without a monitor, one for each window, so that no two windows share a keyboard focus.

use std::process::Stdio;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::until::SOON;

/// An X server that nobody looks at. It ends when it is dropped, and with it what it shows.
pub(crate) struct Display {
    name: String,
    _server: Child,
}

impl Display {
    /// A screen that holds the largest window. It does not begin anew when its last client leaves:
    /// the next one would be turned away meanwhile. No window manager runs on it, so the keyboard
    /// belongs to the window under the pointer, which rests in the middle: the middle has to be
    /// within every window that stands at the top left, the narrowest of 768 and the lowest of 768
    /// pixels.
    pub(crate) async fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
            .args(["-screen", "0", "1500x1400x24"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("starting Xvfb (`cargo xtask test window` installs it)")?;
        let said = server.stdout.take().context("Xvfb has no output")?;
        let mut lines = BufReader::new(said).lines();
        let number = timeout(SOON, lines.next_line())
            .await
            .context("Xvfb does not say which display it is")??
            .context("Xvfb ended before it said which display it is")?;
        Ok(Self {
            name: format!(":{}", number.trim()),
            _server: server,
        })
    }

    /// The value of `DISPLAY`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}
