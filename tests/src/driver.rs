//! WebKit's own driver, one for each window, because it hands its environment on to the program.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};
use tokio::net::TcpStream;
use tokio::process::Child;

use crate::display::Display;
use crate::environment;
use crate::home::Home;
use crate::until::{SOON, until};
use crate::window::Keyring;

/// How long starting the program and its web process may take on a busy machine.
const START: Duration = Duration::from_secs(60);

/// A running driver with one program in it.
pub(crate) struct Driver {
    /// The session.
    pub(crate) page: WebDriver,
    process: Child,
}

impl Driver {
    /// Starts the driver, and through it the program.
    pub(crate) async fn start(home: &Home, display: &Display, keyring: Keyring) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new("WebKitWebDriver");
        command
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .stdin(Stdio::null())
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        home.furnish(&mut command, display, keyring);
        let process = tokio::process::Command::from(command)
            .kill_on_drop(true)
            .spawn()
            .context("starting WebKitWebDriver (`cargo xtask test window` installs it)")?;
        until("the driver's port", SOON, async || {
            Ok(Some(TcpStream::connect(("127.0.0.1", port)).await?))
        })
        .await?;

        let mut wanted = Capabilities::new();
        wanted.set(
            "webkitgtk:browserOptions",
            json!({ "binary": environment::program()?, "args": home.rehearsal() }),
        )?;
        let page = WebDriver::builder(format!("http://127.0.0.1:{port}"), wanted)
            .request_timeout(START)
            .await
            .context("opening the program's window")?;
        page.set_script_timeout(SOON).await?;
        Ok(Self { page, process })
    }

    /// Closes the window as its person would.
    pub(crate) async fn close(mut self) -> Result<()> {
        let quit = self.page.clone().quit().await;
        self.process.kill().await.context("ending the driver")?;
        quit.context("closing the window")
    }
}

impl Drop for Driver {
    /// After a failure nobody waits for a window that may not answer any more: it ends with its
    /// screen, and the driver with its process.
    fn drop(&mut self) {
        let _already_closed = self.page.clone().leak();
    }
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("looking for a free port")?;
    Ok(listener.local_addr()?.port())
}
