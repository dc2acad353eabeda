//! SIMgate at the command line: for what must work with no window.
//!
//! One file for each command ([`commands`]); each goes through `crates/app` and answers with an
//! [`ending::Ending`], which is printed here once: as text, or with `--json` as one JSON document.

mod arguments;
mod commands;
mod ending;
mod fields;
mod input;
mod installation;
mod progress;
mod rehearsal;
mod table;
mod words;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::ExitCode;

use arguments::{Arguments, may_show_a_secret};
use ending::{Ending, Exit};
use simgate_domain::signs::is_unfit_for_a_line;
use words::UNFORESEEN;

fn main() -> ExitCode {
    let arguments = match Arguments::read() {
        Ok(arguments) => arguments,
        Err(error) if may_show_a_secret(&error) => return told_of_no_such_argument(),
        Err(error) => error.exit(),
    };
    let (name, json) = (arguments.command.name(), arguments.json);
    let ending = run(arguments);
    let printed = if json {
        print_json(name, &ending)
    } else {
        print_text(&ending)
    };
    match printed {
        Ok(()) => ending.exit().into(),
        // Nobody reads what was done, but it was done: only that it was not told is a failure.
        Err(_closed) => Exit::NotDone.into(),
    }
}

/// As clap would, without the argument: it may be secret.
fn told_of_no_such_argument() -> ExitCode {
    let _unread = writeln!(
        io::stderr(),
        "error: no such argument or command. Nothing secret is an argument, which other programs can \
         read: vendors set\nand restore read standard input.\n\nFor more information, try '--help'."
    );
    Exit::NotUnderstood.into()
}

fn run(arguments: Arguments) -> Ending {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            return Ending::failed(Exit::NotDone, "unforeseen", format!("{UNFORESEEN} {error}"));
        }
    };
    // In a task of its own, so that a panic is an ending like any other. What it said is left out: it
    // may quote what was typed.
    let ended = runtime.block_on(async { tokio::spawn(commands::run(arguments)).await });
    ended.unwrap_or_else(|_panicked| {
        Ending::failed(Exit::NotDone, "unforeseen", UNFORESEEN.to_owned())
    })
}

fn print_text(ending: &Ending) -> io::Result<()> {
    match ending {
        Ending::Told { text, .. } => {
            let mut out = io::stdout().lock();
            writeln!(out, "{}", text.trim_end())?;
            out.flush()
        }
        Ending::Failed(failure) => {
            let mut err = io::stderr().lock();
            writeln!(err, "simgate-admin: {}", failure.message)
        }
    }
}

fn print_json(command: &str, ending: &Ending) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", escaped(&ending.document(command).to_string()))?;
    out.flush()
}

/// The same JSON with escapes for what a terminal obeys, of which JSON itself escapes only a part.
fn escaped(document: &str) -> String {
    let mut safe = String::with_capacity(document.len());
    for sign in document.chars() {
        if sign.is_ascii() || !is_unfit_for_a_line(sign) {
            safe.push(sign);
        } else {
            for unit in sign.encode_utf16(&mut [0; 2]) {
                // A String takes any text.
                let _written = write!(safe, "\\u{unit:04x}");
            }
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_moves_no_cursor_and_says_the_same() {
        let said = serde_json::json!({ "name": "José \u{9b}2J \u{202e} \u{e0041} \n" });
        let printed = escaped(&said.to_string());
        assert!(
            printed.contains("José \\u009b2J \\u202e \\udb40\\udc41 \\n"),
            "{printed}"
        );
        let read: serde_json::Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(read, said);
    }
}
