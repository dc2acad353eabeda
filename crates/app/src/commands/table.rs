// The one table of commands: in which states each may run. It is checked in Rust before a command
// does anything; the access list of the window and the page's list of names are made from it. This
// file uses nothing but the language, so that the window's build script can read it too.

/// What the program is doing, as far as commands are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// The keyring and the database are being opened.
    Starting,
    /// There are no vendor credentials.
    NotSetUp,
    /// Something keeps the whole program from working.
    Fault,
    /// Nobody is signed in or signing in.
    Vacant,
    /// The SIM is being checked.
    Identified,
    /// The code is on its way to the vendor.
    Cleared,
    /// A code is waited for.
    CodeSent,
    /// A typed code is with the vendor.
    Answering,
    /// Somebody is signed in.
    Occupied,
    /// A sign-in stopped.
    Stopped,
}

use State::{
    Answering, Cleared, CodeSent, Fault, Identified, NotSetUp, Occupied, Starting, Stopped, Vacant,
};

/// Every state.
pub const STATES: [State; 10] = [
    Starting, NotSetUp, Fault, Vacant, Identified, Cleared, CodeSent, Answering, Occupied, Stopped,
];

/// Each command and the states in which it may run.
pub const TABLE: [(&str, &[State]); 14] = [
    ("view", &STATES),
    ("next_view", &STATES),
    ("try_again", &[NotSetUp, Fault]),
    ("warm_up", &[Vacant]),
    ("sign_in", &[Vacant]),
    ("preview_phone", &[Vacant]),
    ("rate_password", &[Vacant]),
    ("register", &[Vacant]),
    ("send_again", &[CodeSent]),
    ("check_code", &[CodeSent]),
    (
        "start_over",
        &[Identified, Cleared, CodeSent, Answering, Stopped],
    ),
    ("stay", &[Occupied]),
    ("sign_out", &[Occupied]),
    // In a rehearsal only; a real profile refuses it in every state.
    ("rehearsal_phone", &STATES),
];
