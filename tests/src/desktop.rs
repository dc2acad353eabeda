//! Programs started by hand, with no driver in them.

use std::fs;
use std::process::{Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use tokio::process::Child;
use tokio::time::timeout;

use crate::display::Display;
use crate::environment;
use crate::home::Home;
use crate::screen::{Key, Screen};
use crate::until::{SOON, until};
use crate::vendors::Vendors;
use crate::window::Keyring;

/// The size of a window that nobody has changed.
const AS_OPENED: (u32, u32) = (1280, 800);

/// The colour of the primary button, in the light theme.
const ACCENT: [u8; 3] = [0x0b, 0x5d, 0x5a];
/// It has more pixels of it than this, and nothing else on a screen has.
const BUTTON: usize = 2_500;

/// A screen and a keyboard, on which programs are started with no driver in them.
pub struct Desktop {
    home: Home,
    screen: Screen,
    display: Display,
}

impl Desktop {
    /// A screen with nothing on it, and a machine whose rehearsal was set up.
    pub async fn new() -> Result<Self> {
        Self::on(Home::set_up().await?).await
    }

    /// A screen with nothing on it, and this machine.
    pub async fn on(home: Home) -> Result<Self> {
        let display = Display::start().await?;
        Ok(Self {
            home,
            screen: Screen::of(&display)?,
            display,
        })
    }

    /// Starts a rehearsal and leaves it running.
    pub async fn start_rehearsal(&self) -> Result<Child> {
        let mut program = self.program(self.home.rehearsal())?;
        let child = program.spawn()?;
        Vendors::announced_in(&self.home.announcement()).await?;
        Ok(child)
    }

    /// The machine.
    #[must_use]
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Starts a rehearsal that is not told where its folders are, and leaves it running.
    pub async fn start_rehearsal_where_expected(&self) -> Result<Child> {
        let mut arguments = self.home.rehearsal();
        // `--data-dir` and its folder.
        arguments.drain(..2);
        let child = self.program(arguments)?.spawn()?;
        Vendors::announced_in(&self.home.announcement()).await?;
        Ok(child)
    }

    /// Runs the program to its end with these arguments, and returns what it said.
    pub async fn run(&self, arguments: &[&str]) -> Result<Output> {
        let arguments = arguments.iter().map(|&argument| argument.to_owned());
        let mut program = self.program(arguments.collect())?;
        program.stdout(Stdio::piped()).stderr(Stdio::piped());
        let ended = timeout(SOON, program.spawn()?.wait_with_output()).await;
        Ok(ended.context("the program did not end")??)
    }

    /// Starts a second rehearsal and waits until it ends by itself.
    pub async fn start_rehearsal_to_its_end(&self, limit: Duration) -> Result<ExitStatus> {
        let mut child = self.program(self.home.rehearsal())?.spawn()?;
        let ended = timeout(limit, child.wait()).await;
        Ok(ended.context("the program did not end")??)
    }

    /// Starts a real profile and leaves it running. Only in a session of the tests' own: its entries
    /// in the keyring would be those of whoever runs them.
    pub fn start_real(&self) -> Result<Child> {
        environment::require_own_session()?;
        Ok(self.program(self.home.real())?.spawn()?)
    }

    /// Starts a real profile with a variable set, waits until it ends by itself, and returns what it
    /// said of it.
    pub async fn start_real_with(&self, variable: &str) -> Result<Output> {
        let mut program = self.program(self.home.real())?;
        program.env(variable, "true").stderr(Stdio::piped());
        let ended = timeout(SOON, program.spawn()?.wait_with_output()).await;
        Ok(ended.context("the program did not end")??)
    }

    /// Waits until a log, of the real profile or of the rehearsal, has a message.
    pub async fn await_log(&self, message: &str) -> Result<()> {
        let wanted = format!("\"message\":\"{message}\"");
        let data = self.home.data();
        let [_, expected] = self.home.expected("simgate-rehearsal");
        let folders = [data.join("logs"), data.join("rehearsal/logs"), expected];
        until(&format!("{message:?} in the log"), SOON, async || {
            for folder in folders.iter().filter(|folder| folder.is_dir()) {
                for file in fs::read_dir(folder)? {
                    if fs::read_to_string(file?.path())?.contains(&wanted) {
                        return Ok(Some(()));
                    }
                }
            }
            Ok(None)
        })
        .await
    }

    /// Kills the process that draws the page of this program, as a crash or the kernel would.
    pub fn kill_page(&self, program: &Child) -> Result<()> {
        let parent = program.id().context("the program has ended")?.to_string();
        for entry in fs::read_dir("/proc")? {
            let entry = entry?;
            // The name stands in parentheses, and may hold anything; what follows it may not.
            let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else {
                continue;
            };
            let Some((name, rest)) = stat.rsplit_once(") ") else {
                continue;
            };
            let of_ours = rest.split(' ').nth(1) == Some(&parent);
            if of_ours && name.contains("WebKitWebProc") {
                let pid = entry.file_name();
                let killed = Command::new("kill").arg("-KILL").arg(pid).status()?;
                ensure!(killed.success(), "the page's process could not be killed");
                return Ok(());
            }
        }
        bail!("process {parent} has no page")
    }

    /// Waits for a window, and returns which is in front.
    pub async fn await_window(&self) -> Result<u32> {
        until("a window", SOON, async || self.screen.in_front()).await
    }

    /// Puts an empty window in front of everything, and returns which it is.
    pub fn cover(&self) -> Result<u32> {
        self.screen.cover()
    }

    /// Waits until this window is in front.
    pub async fn await_in_front(&self, window: u32) -> Result<()> {
        until("the window in front", SOON, async || {
            Ok((self.screen.in_front()? == Some(window)).then_some(()))
        })
        .await
    }

    /// Waits until a page with its primary button is drawn.
    pub async fn await_page(&self) -> Result<()> {
        until("a page with its primary button", SOON, async || {
            let pixels = self.screen.pixels(AS_OPENED.0, AS_OPENED.1)?;
            let button = pixels.iter().filter(|pixel| **pixel == ACCENT).count();
            Ok((button > BUTTON).then_some(()))
        })
        .await
    }

    /// A picture of a window as it opens, as PNG.
    pub fn picture(&self) -> Result<Vec<u8>> {
        self.screen.picture(AS_OPENED.0, AS_OPENED.1)
    }

    /// Presses a key.
    pub fn press(&self, key: Key) -> Result<()> {
        self.screen.press(key)
    }

    fn program(&self, arguments: Vec<String>) -> Result<tokio::process::Command> {
        let mut command = Command::new(environment::program()?);
        command.args(arguments).stdin(Stdio::null());
        self.home
            .furnish(&mut command, &self.display, Keyring::Unlocked);
        let mut command = tokio::process::Command::from(command);
        command.kill_on_drop(true);
        Ok(command)
    }
}
