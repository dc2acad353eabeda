//! A desktop session of its own: a bus, a keyring, a home, and nothing of the machine's.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

const PROGRAM: &str = env!("CARGO_BIN_EXE_simgate-admin");
/// Longer than anything here may take, so that only a hang runs into it.
const PATIENCE: Duration = Duration::from_secs(120);

/// A bus that starts no service by itself: what is not running is not there.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"#;

/// What a program said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub exit: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self {
            exit: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// The one JSON document on standard output.
    pub fn json(&self) -> Value {
        let read = serde_json::from_str(&self.out);
        read.unwrap_or_else(|error| panic!("one JSON document: {error}: {self:?}"))
    }
}

pub struct Session {
    home: TempDir,
    address: Option<String>,
    processes: Vec<Child>,
}

impl Session {
    /// A session with a keyring that is unlocked, and nothing in it.
    pub async fn begin() -> Self {
        let mut session = Self::with_no_keyring();
        session.start_bus().await;
        session.start_keyring().await;
        session
    }

    /// A session with no bus and no keyring.
    pub fn with_no_keyring() -> Self {
        Self {
            home: tempfile::tempdir().expect("a home"),
            address: None,
            processes: Vec::new(),
        }
    }

    /// A session in which a rehearsal was set up, by `admin.one`.
    pub async fn set_up() -> Self {
        let session = Self::begin().await;
        let folder = session.data();
        let said = session.branch(&["set-up", &folder]).await;
        assert_eq!(said.out.trim(), "counter", "{said:?}");
        session
    }

    /// The folder that `--data-dir` names.
    pub fn data(&self) -> String {
        self.path("data").display().to_string()
    }

    /// A path in the home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes a file into the home.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    }

    /// The program, with these arguments.
    pub async fn run(&self, arguments: &[&str]) -> Said {
        let mut command = self.command(Path::new(PROGRAM));
        command.args(arguments);
        finish(command, "").await
    }

    /// The program on the rehearsal's folder.
    pub async fn admin(&self, arguments: &[&str]) -> Said {
        let folder = self.data();
        let here = ["--rehearsal", "--data-dir", folder.as_str()];
        self.run(&[&here, arguments].concat()).await
    }

    /// The same, with something on its standard input.
    pub async fn admin_given(&self, arguments: &[&str], input: &str) -> Said {
        let mut command = self.command(Path::new(PROGRAM));
        command.args(["--rehearsal", "--data-dir", &self.data()]);
        command.args(arguments);
        finish(command, input).await
    }

    /// What happens at the window.
    pub async fn branch(&self, words: &[&str]) -> Said {
        let mut command = self.command(&example());
        command.args(words);
        finish(command, "").await
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let home = self.home.path();
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home)
            .env("XDG_DATA_HOME", home.join("share"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .kill_on_drop(true);
        if let Some(address) = &self.address {
            command.env("DBUS_SESSION_BUS_ADDRESS", address);
        }
        command
    }

    async fn start_bus(&mut self) {
        let config = self.file("bus.conf", BUS);
        let mut command = self.command(Path::new("dbus-daemon"));
        command.args(["--config-file", &config, "--nofork", "--print-address=1"]);
        let mut bus = command.stdout(Stdio::piped()).spawn().expect("dbus-daemon");
        let mut lines = BufReader::new(bus.stdout.take().expect("piped")).lines();
        self.address = lines.next_line().await.expect("an address");
        self.processes.push(bus);
    }

    async fn start_keyring(&mut self) {
        let mut command = self.command(Path::new("gnome-keyring-daemon"));
        command.args(["--foreground", "--components=secrets", "--unlock"]);
        let mut keyring = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon");
        let mut stdin = keyring.stdin.take().expect("piped");
        let password = stdin.write_all(b"a desktop password\n").await;
        password.expect("the password");
        drop(stdin);
        self.processes.push(keyring);
        self.wait_for_keyring().await;
    }

    /// Asks the bus whether the keyring is there.
    async fn wait_for_keyring(&self) {
        let there = async {
            let mut look = tokio::time::interval(Duration::from_millis(20));
            loop {
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
                if finish(command, "").await.out.contains("true") {
                    return;
                }
            }
        };
        let there = tokio::time::timeout(PATIENCE, there).await;
        there.expect("the keyring comes up");
    }
}

async fn finish(mut command: Command, input: &str) -> Said {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("piped");
    // Whoever does not want it has closed it.
    let _written = stdin.write_all(input.as_bytes()).await;
    drop(stdin);
    let output = tokio::time::timeout(PATIENCE, child.wait_with_output()).await;
    Said::of(output.expect("it ends").expect("its output"))
}

/// `target/PROFILE/examples/branch`, which is built with the tests.
fn example() -> PathBuf {
    let program = Path::new(PROGRAM);
    let profile = program.parent().expect("target/PROFILE");
    profile.join("examples").join("branch")
}
