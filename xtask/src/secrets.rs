//! Whether this desktop has a Secret Service.

use std::path::Path;
use std::process::Command;

use crate::{shell, tree};

const NAME: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";

/// Whether a Secret Service answers. Windows and macOS have keyrings of their own.
pub fn reachable() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let socket = tree::variable("XDG_RUNTIME_DIR")
        .is_some_and(|folder| Path::new(&folder).join("bus").exists());
    if !socket && tree::variable("DBUS_SESSION_BUS_ADDRESS").is_none() {
        return false;
    }
    // Any of these may be missing; one that is there and gets an answer is enough.
    [gdbus(), busctl(), dbus_send()]
        .iter_mut()
        .any(shell::succeeds)
}

fn gdbus() -> Command {
    let mut ping = Command::new("gdbus");
    ping.args(["call", "--session", "--timeout", "5", "--dest", NAME]);
    ping.args(["--object-path", PATH]);
    ping.args(["--method", "org.freedesktop.DBus.Peer.Ping"]);
    ping
}

fn busctl() -> Command {
    let mut ping = Command::new("busctl");
    ping.args(["--user", "--timeout=5", "call", NAME, PATH]);
    ping.args(["org.freedesktop.DBus.Peer", "Ping"]);
    ping
}

fn dbus_send() -> Command {
    let mut ping = Command::new("dbus-send");
    ping.args(["--session", "--print-reply", "--reply-timeout=5000"]);
    ping.arg(format!("--dest={NAME}")).arg(PATH);
    ping.arg("org.freedesktop.DBus.Peer.Ping");
    ping
}
