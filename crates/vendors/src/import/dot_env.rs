//! The `.env` of the tutorial that SIMgate grew from.

use std::fmt;

use secrecy::SecretString;

use super::{LONGEST_FILE, without_mark};
use crate::credential::{is_client_id, is_secret, is_sid};

/// What a `.env` says. A name that is not there, or has nothing behind it, is `None`. `Debug` shows
/// nothing of it.
#[derive(Default)]
pub struct DotEnv {
    /// `TRU_ID_CLIENT`: the client id, of the form of one.
    pub client_id: Option<String>,
    /// `TRU_ID_SECRET`: its secret, of the form of one.
    pub client_secret: Option<SecretString>,
    /// `TWILIO_ACCOUNT_SID`: the SID of an account or of an API key, of the form of one.
    pub sid: Option<String>,
    /// `TWILIO_AUTH_TOKEN`: its token or secret, of the form of one.
    pub secret: Option<SecretString>,
    /// `VERIFICATION_SID`: the SID of a Verify service, of the form of one.
    pub service_sid: Option<String>,
}

/// Why a text is no `.env` that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DotEnvError {
    /// Longer than [`LONGEST_FILE`]: another file was chosen.
    #[error("the file is too long to be a .env")]
    TooLong,
    /// A line that is neither empty, nor a comment, nor `NAME=value`: another file was chosen, or
    /// this line is to be mended.
    #[error("line {line} is not NAME=value")]
    Line {
        /// Which, from 1.
        line: u32,
    },
    /// A quote that begins a value does not end it on the same line.
    #[error("the quote in line {line} does not end")]
    Quote {
        /// Which, from 1.
        line: u32,
    },
    /// A name that stands in two lines: which of them is meant is not to be guessed.
    #[error("{name} stands there twice")]
    Twice {
        /// Which.
        name: &'static str,
    },
    /// A value that cannot be what its name says. It was edited, or is a placeholder.
    #[error("{name} has not the form of one")]
    Form {
        /// Which.
        name: &'static str,
    },
    /// None of the five names: the file is of another program, or was never filled in.
    #[error("none of the names is in the file")]
    NothingFound,
}

const CLIENT_ID: &str = "TRU_ID_CLIENT";
const CLIENT_SECRET: &str = "TRU_ID_SECRET";
const ACCOUNT_SID: &str = "TWILIO_ACCOUNT_SID";
const AUTH_TOKEN: &str = "TWILIO_AUTH_TOKEN";
const SERVICE_SID: &str = "VERIFICATION_SID";
/// As Twilio's own examples call it.
const SERVICE_SID_TOO: &str = "VERIFY_SERVICE_SID";
const NAMES: [&str; 5] = [
    CLIENT_ID,
    CLIENT_SECRET,
    ACCOUNT_SID,
    AUTH_TOKEN,
    SERVICE_SID,
];

/// The credentials in the text of a `.env`.
///
/// Lines are `NAME=value`, with or without `export` before them; a value may stand in single or
/// double quotes, in which nothing has a meaning of its own; without quotes it ends before a `#` that
/// follows a space. Names other than the five are passed over, but for what Twilio's own examples call the
/// service.
///
/// # Errors
/// [`DotEnvError`], which repeats nothing of the text but our own names.
pub fn dot_env(text: &str) -> Result<DotEnv, DotEnvError> {
    if text.len() > LONGEST_FILE {
        return Err(DotEnvError::TooLong);
    }
    let mut values: [Option<&str>; NAMES.len()] = [None; NAMES.len()];
    for (line, text) in (1..).zip(without_mark(text).lines()) {
        if says_nothing(text) {
            continue;
        }
        let (name, value) = assignment(text).ok_or(DotEnvError::Line { line })?;
        let name = if name == SERVICE_SID_TOO {
            SERVICE_SID
        } else {
            name
        };
        let Some(place) = NAMES.iter().position(|known| *known == name) else {
            continue;
        };
        let value = unquoted(value).ok_or(DotEnvError::Quote { line })?;
        if values[place].replace(value).is_some() {
            return Err(DotEnvError::Twice { name: NAMES[place] });
        }
    }
    let given = values.map(|value| value.filter(|value| !value.is_empty()));
    if given.iter().all(Option::is_none) {
        return Err(DotEnvError::NothingFound);
    }
    let [client_id, client_secret, sid, secret, service_sid] = given;
    let account = |text: &str| is_sid("AC", text) || is_sid("SK", text);
    Ok(DotEnv {
        client_id: plain(CLIENT_ID, client_id, is_client_id)?,
        client_secret: hidden(CLIENT_SECRET, client_secret)?,
        sid: plain(ACCOUNT_SID, sid, account)?,
        secret: hidden(AUTH_TOKEN, secret)?,
        service_sid: plain(SERVICE_SID, service_sid, |text| is_sid("VA", text))?,
    })
}

fn plain(
    name: &'static str,
    value: Option<&str>,
    is_one: impl Fn(&str) -> bool,
) -> Result<Option<String>, DotEnvError> {
    match value {
        Some(value) if !is_one(value) => Err(DotEnvError::Form { name }),
        value => Ok(value.map(str::to_owned)),
    }
}

fn hidden(name: &'static str, value: Option<&str>) -> Result<Option<SecretString>, DotEnvError> {
    let secret = value.map(SecretString::from);
    match secret {
        Some(secret) if !is_secret(&secret) => Err(DotEnvError::Form { name }),
        secret => Ok(secret),
    }
}

fn says_nothing(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// Name and value of a line, if it has them.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let line = match line.strip_prefix("export") {
        // `exported=1` is a name of its own.
        Some(rest) if rest.starts_with([' ', '\t']) => rest.trim_start(),
        Some(_) | None => line,
    };
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    let of_a_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let is_name = !name.is_empty()
        && name.chars().all(of_a_name)
        && !name.starts_with(|c: char| c.is_ascii_digit());
    is_name.then_some((name, value.trim()))
}

/// The value without its quotes and without a comment behind it; `None` where a quote has no end, or
/// something other than a comment follows it.
fn unquoted(value: &str) -> Option<&str> {
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let end = value
            .char_indices()
            .find(|(at, c)| *c == '#' && value[..*at].ends_with([' ', '\t']))
            .map_or(value.len(), |(at, _)| at);
        let bare = if value.starts_with('#') {
            ""
        } else {
            &value[..end]
        };
        return Some(bare.trim_end());
    };
    let (inner, after) = value[1..].split_once(quote)?;
    let after = after.trim_start();
    (after.is_empty() || after.starts_with('#')).then_some(inner)
}

impl fmt::Debug for DotEnv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DotEnv").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::ExposeSecret as _;

    use super::*;

    const SID: &str = "AC0123456789abcdef0123456789abcdef";
    const SERVICE: &str = "VA0123456789abcdef0123456789abcdef";

    /// As the tutorial's `.env.example`, filled in.
    fn tutorials() -> String {
        format!(
            "NODE_ENV=development\nLOG_LEVEL=debug\nSECRET_KEY=anything at all\n\n\
             # Twilio\nTWILIO_ACCOUNT_SID={SID}\nTWILIO_AUTH_TOKEN=token0\n\
             VERIFICATION_SID={SERVICE}\n\n# tru.ID\nTRU_ID_CLIENT=client-1\nTRU_ID_SECRET=secret.2\n"
        )
    }

    fn shown(found: &DotEnv) -> [Option<String>; 5] {
        let secret = |secret: &Option<SecretString>| {
            secret
                .as_ref()
                .map(|secret| secret.expose_secret().to_owned())
        };
        [
            found.client_id.clone(),
            secret(&found.client_secret),
            found.sid.clone(),
            secret(&found.secret),
            found.service_sid.clone(),
        ]
    }

    fn all() -> [Option<String>; 5] {
        ["client-1", "secret.2", SID, "token0", SERVICE].map(|text| Some(text.to_owned()))
    }

    fn error(text: &str) -> Option<DotEnvError> {
        dot_env(text).err()
    }

    #[test]
    fn the_service_is_known_by_twilios_own_name_for_it_too() {
        let text = tutorials().replace("VERIFICATION_SID", "VERIFY_SERVICE_SID");
        assert_eq!(shown(&dot_env(&text).unwrap()), all());
        let twice = text + "VERIFICATION_SID=" + SERVICE + "\n";
        assert_eq!(
            error(&twice),
            Some(DotEnvError::Twice { name: SERVICE_SID })
        );
    }

    #[test]
    fn the_tutorials_own_is_read_however_it_was_saved() {
        let text = tutorials();
        for text in [
            text.clone(),
            format!("\u{feff}{text}"),
            text.replace('\n', "\r\n"),
            text.replace("TWILIO_", "export TWILIO_"),
            text.replace("=token0", " = \"token0\" # of the account"),
            text.replace("=secret.2", "='secret.2'#"),
            text.replace("=secret.2", "=secret.2 # of the project"),
            text.trim_end().to_owned(),
        ] {
            let found = dot_env(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
            assert_eq!(shown(&found), all(), "{text}");
        }
    }

    #[test]
    fn one_that_is_filled_in_in_part_says_so_much() {
        let found = dot_env("TRU_ID_CLIENT=a\nTRU_ID_SECRET=\nTWILIO_AUTH_TOKEN=\"\"\n").unwrap();
        let a = Some("a".to_owned());
        assert_eq!(shown(&found), [a, None, None, None, None]);
        let found = dot_env("TRU_ID_SECRET=a#b\nTRU_ID_CLIENT=#c").unwrap();
        let secret = Some("a#b".to_owned());
        assert_eq!(shown(&found), [None, secret, None, None, None]);
    }

    #[test]
    fn whatever_else_a_file_may_be_is_told() {
        let junk = "x".repeat(1_000_000);
        let table = [
            ("", DotEnvError::NothingFound),
            ("\n# nothing\n", DotEnvError::NothingFound),
            ("TRU_ID_CLIENT=\nTRU_ID_SECRET=", DotEnvError::NothingFound),
            (
                "DATABASE_URL=postgres://u:p@h/db\nPORT=3000",
                DotEnvError::NothingFound,
            ),
            ("tru_id_client=a", DotEnvError::NothingFound),
            ("exported=1\nexport=2", DotEnvError::NothingFound),
            (junk.as_str(), DotEnvError::TooLong),
            ("{\n  \"project_id\": 1\n}", DotEnvError::Line { line: 1 }),
            ("A=1\nhello there\n", DotEnvError::Line { line: 2 }),
            ("A=1\n=2", DotEnvError::Line { line: 2 }),
            ("1A=1", DotEnvError::Line { line: 1 }),
            ("A B=1", DotEnvError::Line { line: 1 }),
            ("\0A=1", DotEnvError::Line { line: 1 }),
            ("A=1\n\nTRU_ID_SECRET=\"b", DotEnvError::Quote { line: 3 }),
            ("TRU_ID_SECRET='b\"", DotEnvError::Quote { line: 1 }),
            ("TRU_ID_SECRET=\"b\" c", DotEnvError::Quote { line: 1 }),
            (
                "TRU_ID_CLIENT=a\nTRU_ID_CLIENT=a",
                DotEnvError::Twice { name: CLIENT_ID },
            ),
            (
                "TRU_ID_CLIENT=\nexport TRU_ID_CLIENT=a",
                DotEnvError::Twice { name: CLIENT_ID },
            ),
            ("TRU_ID_CLIENT=a:b", DotEnvError::Form { name: CLIENT_ID }),
            (
                "TRU_ID_SECRET=two words",
                DotEnvError::Form {
                    name: CLIENT_SECRET,
                },
            ),
            (
                "TWILIO_ACCOUNT_SID=AC...",
                DotEnvError::Form { name: ACCOUNT_SID },
            ),
            (
                "TWILIO_AUTH_TOKEN=<your token>",
                DotEnvError::Form { name: AUTH_TOKEN },
            ),
            (
                "VERIFICATION_SID=AC0123456789abcdef0123456789abcdef",
                DotEnvError::Form { name: SERVICE_SID },
            ),
        ];
        for (text, expected) in table {
            let start: String = text.chars().take(60).collect();
            assert_eq!(error(text), Some(expected), "{start:?}");
        }
    }

    #[test]
    fn an_api_key_stands_in_an_accounts_place() {
        let text = tutorials().replace("=AC", "=SK");
        let sid = dot_env(&text).unwrap().sid.unwrap();
        assert!(sid.starts_with("SK"));
    }

    #[test]
    fn debug_and_errors_show_nothing_of_it() {
        let found = dot_env(&tutorials()).unwrap();
        assert_eq!(format!("{found:?}"), "DotEnv { .. }");
        let error = dot_env("TRU_ID_SECRET=two words").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("words"));
    }

    proptest! {
        #[test]
        fn no_text_does_harm(text in "[ -~\\n\\r\\t\u{e9}\u{0}]{0,300}") {
            if let Ok(found) = dot_env(&text) {
                prop_assert!(shown(&found).iter().any(Option::is_some));
            }
        }

        #[test]
        fn no_line_of_our_names_does_harm(name in 0..NAMES.len(), value in "[ -~]{0,80}") {
            let text = format!("{}={value}", NAMES[name]);
            if let Ok(found) = dot_env(&text) {
                for value in shown(&found).into_iter().flatten() {
                    prop_assert!(!value.is_empty() && value.bytes().all(|b| b.is_ascii_graphic()));
                }
            }
        }

        #[test]
        fn a_secret_is_found_again_in_whatever_quotes(
            secret in "[!-&(-~]{1,256}",
            quote in "[\"']",
            order in any::<bool>(),
        ) {
            prop_assume!(!secret.contains(&quote));
            let lines = [format!("TRU_ID_SECRET={quote}{secret}{quote}"), "TRU_ID_CLIENT=a".to_owned()];
            let text = if order { lines.join("\n") } else { format!("{}\n{}", lines[1], lines[0]) };
            let found = dot_env(&text).unwrap();
            let secrets = found.client_secret.as_ref().map(SecretString::expose_secret);
            prop_assert_eq!(secrets, Some(secret.as_str()));
        }
    }
}
