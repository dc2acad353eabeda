//! The program as built, in a window.

mod acts;
mod calls;
mod look;
mod office;
mod sight;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::display::Display;
use crate::driver::Driver;
use crate::environment;
use crate::home::Home;
use crate::screen::Screen;
use crate::until::{SOON, until};
use crate::vendors::Vendors;

pub use look::Look;
pub use office::Kit;

/// Which keyring the program finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// The Secret Service of the session the tests run in, unlocked.
    Unlocked,
    /// None: there is no session bus.
    Missing,
}

/// The size a window has unless a scenario says otherwise.
const USUAL: (u32, u32) = (1280, 800);

/// An open window. Its verbs are what a person does and what a person can see.
pub struct Window {
    driver: Driver,
    screen: Screen,
    /// Held, because the window goes with it.
    _display: Display,
    home: Home,
    keyring: Keyring,
    vendors: Option<Vendors>,
}

/// Runs a scenario in a window of its own, and keeps a picture of what the window showed last if the
/// scenario fails.
pub async fn scenario(
    name: &str,
    keyring: Keyring,
    act: impl AsyncFnOnce(&mut Window) -> Result<()>,
) -> Result<()> {
    let home = match keyring {
        Keyring::Unlocked => Home::set_up().await?,
        Keyring::Missing => Home::new()?,
    };
    let mut window = Window::open(home, keyring).await?;
    let Err(error) = act(&mut window).await else {
        return window.close().await.map(drop);
    };
    let kept = window.keep_evidence(name).await.map_or_else(
        |why| format!("no picture could be taken: {why:#}"),
        |path| format!("what the window showed last: {}", path.display()),
    );
    window.close().await.ok();
    Err(error.context(kept))
}

impl Window {
    /// Starts the program on this machine and waits until its page is there.
    pub async fn open(home: Home, keyring: Keyring) -> Result<Self> {
        let display = Display::start().await?;
        let _ = std::fs::remove_file(home.announcement());
        let driver = Driver::start(&home, &display, keyring).await?;
        let window = Self {
            home,
            driver,
            screen: Screen::of(&display)?,
            _display: display,
            keyring,
            vendors: None,
        };
        until("the page", SOON, async || {
            Ok(window.exists("[data-screen]").await?.then_some(()))
        })
        .await?;
        window.resize(USUAL.0, USUAL.1).await?;
        Ok(window)
    }

    /// The stand-ins that the window's program talks to.
    pub async fn vendors(&mut self) -> Result<&Vendors> {
        if self.vendors.is_none() {
            let vendors = Vendors::announced_in(&self.home.announcement()).await?;
            self.vendors = Some(vendors);
        }
        self.vendors.as_ref().context("no stand-ins")
    }

    /// Closes the window and returns the machine it ran on.
    pub async fn close(self) -> Result<Home> {
        self.driver.close().await?;
        Ok(self.home)
    }

    /// Kills the program with no chance to say goodbye, as a power cut or the kernel would, and
    /// starts it again on the same machine.
    pub async fn kill_and_start_again(self) -> Result<Self> {
        let Self {
            home,
            driver,
            keyring,
            ..
        } = self;
        let pid = process_with(&home.data())?;
        // The standard library can only kill its own children, and this is the driver's.
        let killed = Command::new("sh")
            .args(["-c", "kill -KILL \"$1\"", "sh", &pid])
            .status()?;
        if !killed.success() {
            bail!("process {pid} could not be killed");
        }
        until("the end of the killed program", SOON, async || {
            Ok(process_with(&home.data()).err().map(drop))
        })
        .await?;
        drop(driver);
        Self::open(home, keyring).await
    }

    /// A picture of what is shown, as PNG. Taken from the screen: those that the driver takes do
    /// not always come.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        // What moves for ever stands still for the picture.
        self.evaluate("document.getAnimations().forEach(one => one.pause())")
            .await?;
        let size = self.driver.page.get_window_rect().await?;
        let (width, height) = (u32::try_from(size.width)?, u32::try_from(size.height)?);
        let mut before = None;
        let picture = until("a page that stands still", SOON, async || {
            self.drawn().await?;
            let now = self.screen.picture(width, height)?;
            let still = before.as_ref() == Some(&now);
            before = Some(now);
            Ok(still.then(|| before.take()).flatten())
        })
        .await?;
        self.evaluate("document.getAnimations().forEach(one => one.play())")
            .await?;
        Ok(picture)
    }

    /// Waits until the page was drawn anew.
    async fn drawn(&self) -> Result<()> {
        let script = "const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => done(null)))";
        let page = &self.driver.page;
        page.execute_async(script, Vec::new()).await?;
        Ok(())
    }

    async fn keep_evidence(&self, name: &str) -> Result<PathBuf> {
        let folder = environment::root().join("target/window");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.png"));
        std::fs::write(&path, self.picture().await?)?;
        Ok(path)
    }
}

/// The process that was started with this data folder.
fn process_with(data: &std::path::Path) -> Result<String> {
    let wanted = data.to_string_lossy().into_owned();
    for entry in std::fs::read_dir("/proc")? {
        let entry = entry?;
        let Ok(line) = std::fs::read(entry.path().join("cmdline")) else {
            continue;
        };
        let mut words = line.split(|byte| *byte == 0).map(String::from_utf8_lossy);
        if words.any(|word| word == wanted) {
            return Ok(entry.file_name().to_string_lossy().into_owned());
        }
    }
    bail!("no process was started with --data-dir {wanted}")
}
