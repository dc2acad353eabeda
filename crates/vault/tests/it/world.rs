//! A desktop session of its own: a bus, perhaps a keyring, and nothing of the machine's.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::Instant;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    Unlocked,
    Locked,
    Stopped,
    NoService,
    NoBus,
}

pub struct World {
    home: TempDir,
    address: Option<String>,
    processes: Vec<Child>,
}

/// A bus that starts no service by itself: what is not running is not there.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"#;

impl World {
    pub async fn with(keyring: Keyring) -> Self {
        let home = tempfile::tempdir().expect("a home");
        let mut world = Self {
            home,
            address: None,
            processes: Vec::new(),
        };
        world.log_in_again(keyring).await;
        world
    }

    /// Ends the session and begins another, with the same home.
    pub async fn log_in_again(&mut self, keyring: Keyring) {
        self.log_out().await;
        if keyring == Keyring::NoBus {
            return;
        }
        self.start_bus().await;
        match keyring {
            Keyring::NoBus | Keyring::NoService => {}
            Keyring::Unlocked => self.start_keyring(true).await,
            Keyring::Stopped => {
                self.start_keyring(true).await;
                let keyring = self.processes.last().and_then(Child::id).expect("it runs");
                let stopped = Command::new("kill")
                    .args(["-STOP", &keyring.to_string()])
                    .status()
                    .await;
                assert!(stopped.is_ok_and(|status| status.success()));
            }
            Keyring::Locked => {
                // The first session makes the collection, the second does not unlock it.
                self.start_keyring(true).await;
                assert_eq!(self.vault("rehearsal put folder", "key").await.0, "ok");
                self.log_out().await;
                self.start_bus().await;
                self.start_keyring(false).await;
            }
        }
    }

    /// What the example says, and how long it took to say it.
    pub async fn vault(&self, words: &str, input: &str) -> (String, Duration) {
        let before = Instant::now();
        let mut command = self.command(&example());
        command.args(words.split(' '));
        let output = finish(command, input).await;
        (output.trim().to_owned(), before.elapsed())
    }

    pub async fn secret_tool(&self, service: &str, username: &str, value: &str) {
        let mut command = self.command(Path::new("secret-tool"));
        command.args([
            "store", "--label", "SIMgate", "service", service, "username", username,
        ]);
        finish(command, value).await;
    }

    /// What the desktop's own tool finds; empty where it finds nothing.
    pub async fn found_by_secret_tool(&self, service: &str, username: &str) -> String {
        let mut command = self.command(Path::new("secret-tool"));
        command.args(["lookup", "service", service, "username", username]);
        finish(command, "").await
    }

    /// Whether a file of this home holds these bytes as they are.
    pub fn holds_in_the_clear(&self, bytes: &[u8]) -> bool {
        let mut folders = vec![self.home.path().to_owned()];
        let mut looked_at = 0;
        while let Some(folder) = folders.pop() {
            for found in std::fs::read_dir(folder).expect("a folder") {
                let found = found.expect("an entry");
                let kind = found.file_type().expect("its kind");
                if kind.is_dir() {
                    folders.push(found.path());
                } else if kind.is_file() {
                    let content = std::fs::read(found.path()).expect("a file");
                    looked_at += content.len();
                    if content.windows(bytes.len()).any(|part| part == bytes) {
                        return true;
                    }
                }
            }
        }
        assert!(looked_at > 0, "there was something to look at");
        false
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let home = self.home.path();
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .kill_on_drop(true);
        if let Some(address) = &self.address {
            command.env("DBUS_SESSION_BUS_ADDRESS", address);
        }
        command
    }

    async fn start_bus(&mut self) {
        let config = self.home.path().join("bus.conf");
        std::fs::write(&config, BUS).expect("the bus's configuration");
        let mut command = self.command(Path::new("dbus-daemon"));
        command
            .arg("--config-file")
            .arg(config)
            .args(["--nofork", "--print-address=1"]);
        let mut bus = command.stdout(Stdio::piped()).spawn().expect("dbus-daemon");
        let mut lines = BufReader::new(bus.stdout.take().expect("piped")).lines();
        self.address = lines.next_line().await.expect("an address");
        self.processes.push(bus);
    }

    async fn start_keyring(&mut self, unlock: bool) {
        let mut command = self.command(Path::new("gnome-keyring-daemon"));
        command.args(["--foreground", "--components=secrets"]);
        if unlock {
            command.arg("--unlock");
        }
        let mut keyring = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon");
        let mut stdin = keyring.stdin.take().expect("piped");
        stdin
            .write_all(b"a desktop password\n")
            .await
            .expect("the password");
        drop(stdin);
        self.processes.push(keyring);
        self.wait_for_service().await;
    }

    /// Asks the bus, not the keyring, so that a locked one is not woken.
    async fn wait_for_service(&self) {
        let mut look = tokio::time::interval(Duration::from_millis(20));
        for _ in 0..500 {
            look.tick().await;
            let mut command = self.command(Path::new("dbus-send"));
            command.args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.freedesktop.secrets",
            ]);
            if finish(command, "").await.contains("true") {
                return;
            }
        }
        panic!("the keyring did not come up");
    }

    async fn log_out(&mut self) {
        self.address = None;
        for mut process in self.processes.drain(..).rev() {
            // One that has ended by itself is as good.
            let _ended = process.kill().await;
        }
    }
}

async fn finish(mut command: Command, input: &str) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("piped");
    // Whoever does not want it has closed it.
    let _written = stdin.write_all(input.as_bytes()).await;
    drop(stdin);
    let output = child.wait_with_output().await.expect("it ends");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// `target/PROFILE/examples/vault`, which is built with the tests.
fn example() -> PathBuf {
    let test = std::env::current_exe().expect("this test");
    let profile = test
        .parent()
        .and_then(Path::parent)
        .expect("target/PROFILE/deps");
    profile.join("examples").join("vault")
}
