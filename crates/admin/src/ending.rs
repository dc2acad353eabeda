//! How a command ends: what is told, and the exit code.

use std::process::ExitCode;

use serde_json::{Value, json};
use simgate_app::contract::words::{FaultKind, Refusal};

use crate::words;

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, and nothing wrong was found.
    Done,
    /// Something wrong was found, or it was not done.
    NotDone,
    /// The command line is not understood: clap ends with the same.
    NotUnderstood,
    /// The keyring or the database cannot be opened, or SIMgate is open.
    Closed,
    /// The rules of SIMgate do not let it be done.
    Refused,
}

impl Exit {
    const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NotDone => 1,
            Self::NotUnderstood => 2,
            Self::Closed => 3,
            Self::Refused => 4,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// How a command ended.
pub enum Ending {
    /// It has something to tell.
    Told {
        /// How it ended.
        exit: Exit,
        /// For people.
        text: String,
        /// For programs.
        json: Value,
    },
    /// It did not come to that.
    Failed(Failure),
}

/// Why a command has nothing to tell.
pub struct Failure {
    exit: Exit,
    code: String,
    /// What is wrong and what to do, in a sentence or two. Nothing secret is in it.
    pub message: String,
    reference: Option<String>,
}

impl Ending {
    /// It is done.
    pub fn done(text: String, json: Value) -> Self {
        Self::told(Exit::Done, text, json)
    }

    /// It is done or not, as `exit` says.
    pub fn told(exit: Exit, text: String, json: Value) -> Self {
        Self::Told { exit, text, json }
    }

    /// It did not come to that.
    pub fn failed(exit: Exit, code: &str, message: String) -> Self {
        Self::Failed(Failure::new(exit, code, message))
    }

    /// Its exit code.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Told { exit, .. } | Self::Failed(Failure { exit, .. }) => *exit,
        }
    }

    /// The one JSON document.
    pub fn document(&self, command: &str) -> Value {
        let exit = self.exit().code();
        match self {
            Self::Told { json, .. } => json!({ "command": command, "exit": exit, "result": json }),
            Self::Failed(failure) => json!({
                "command": command,
                "exit": exit,
                "error": {
                    "code": failure.code,
                    "message": failure.message,
                    "reference": failure.reference,
                },
            }),
        }
    }
}

impl From<Failure> for Ending {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Failure {
    /// A failure that the log knows no more of.
    pub fn new(exit: Exit, code: &str, message: String) -> Self {
        Self {
            exit,
            code: code.to_owned(),
            message,
            reference: None,
        }
    }

    /// What keeps the keyring or the database from being worked with.
    pub fn closed(kind: FaultKind, reference: Option<String>) -> Self {
        let (what, act) = words::fault(kind);
        let (code, message) = (words::code(&kind), format!("{what} {act}"));
        match reference {
            Some(reference) if words::log_says_more(kind) => {
                Self::with_reference(Exit::Closed, &code, &message, reference)
            }
            reference => Self {
                reference,
                ..Self::new(Exit::Closed, &code, message)
            },
        }
    }

    /// The same; where it is this one, with more to say.
    pub fn adding(mut self, code: &str, more: &str) -> Self {
        if self.code == code {
            self.message = format!("{} {more}", self.message);
        }
        self
    }

    /// A failure with what to look for in the log.
    pub fn with_reference(exit: Exit, code: &str, message: &str, reference: String) -> Self {
        Self {
            exit,
            code: code.to_owned(),
            message: format!("{message} The log says more under {reference}."),
            reference: Some(reference),
        }
    }
}

/// What the program refused.
impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let code = words::code(&refusal.code);
        let (exit, message) = words::refusal(&code);
        match refusal.reference {
            Some(reference) => Self::with_reference(exit, &code, &message, reference),
            None => Self::new(exit, &code, message),
        }
    }
}
