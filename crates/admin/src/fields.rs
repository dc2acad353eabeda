//! A vendor's settings from standard input, and never from an argument, which every program of the
//! machine can read.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Read};

use simgate_app::contract::args::Typed;
use simgate_app::contract::settings::{TruIdForm, TwilioForm, VendorForm};
use simgate_app::contract::words::VendorName;

use crate::ending::Failure;
use crate::input::{self, refused};

/// Bytes that are read at the most: the settings have three fields of 256 characters each.
const LONGEST: u64 = 16_384;

/// Fields by their names. No `Debug`: some are secret. Wiped when dropped.
#[derive(Default)]
pub struct Fields(BTreeMap<String, Typed>);

/// The names of a vendor's fields.
pub const fn names(vendor: VendorName) -> [&'static str; 3] {
    match vendor {
        VendorName::TruId => ["host", "client_id", "client_secret"],
        VendorName::Twilio => ["sid", "secret", "service_sid"],
    }
}

impl Fields {
    /// Reads standard input to its end.
    ///
    /// # Errors
    /// Where it cannot be read, or is not what it should be.
    pub fn from_input(vendor: VendorName) -> Result<Self, Failure> {
        let input = io::stdin();
        if input.is_terminal() {
            let names = names(vendor).map(|name| format!("{name}=...")).join(", ");
            input::tell(&format!(
                "Type {names}, one on a line, then Ctrl-D. What you type is shown."
            ));
        }
        Self::read(input.lock(), vendor)
    }

    /// Reads a JSON object of texts, or lines of `name=value`.
    fn read(input: impl Read, vendor: VendorName) -> Result<Self, Failure> {
        let text = input::read(input, LONGEST)?;
        let fields = parse(text.as_str()).ok_or_else(|| form(vendor))?;
        let known = |name: &String| names(vendor).contains(&name.as_str());
        if fields.is_empty() || !fields.keys().all(known) {
            return Err(form(vendor));
        }
        Ok(Self(fields))
    }

    /// What the program is told of them.
    pub fn form(&self, vendor: VendorName) -> VendorForm {
        let plain = |name: &str| self.0.get(name).map(|text| text.as_str().to_owned());
        let hidden = |name: &str| plain(name).map(Typed::from);
        match vendor {
            VendorName::TruId => VendorForm::TruId(TruIdForm {
                host: plain("host"),
                client_id: plain("client_id"),
                client_secret: hidden("client_secret"),
            }),
            VendorName::Twilio => VendorForm::Twilio(TwilioForm {
                sid: plain("sid"),
                secret: hidden("secret"),
                service_sid: plain("service_sid"),
            }),
        }
    }
}

fn parse(text: &str) -> Option<BTreeMap<String, Typed>> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).ok();
    }
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, value) = line.split_once('=')?;
            let value = Typed::from(value.trim().to_owned());
            Some((name.trim().to_owned(), value))
        })
        .collect()
}

/// What was read is not quoted: it may be secret.
fn form(vendor: VendorName) -> Failure {
    let names = names(vendor).join(", ");
    refused(format!(
        "Standard input must be a JSON object of texts, or lines of name=value, with the names {names}."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, vendor: VendorName) -> Option<Vec<(String, String)>> {
        let fields = Fields::read(text.as_bytes(), vendor).ok()?.0;
        let pairs = fields.into_iter();
        Some(
            pairs
                .map(|(name, text)| (name, text.as_str().to_owned()))
                .collect(),
        )
    }

    #[test]
    fn settings_are_json_or_lines() {
        let own = |pairs: &[(&str, &str)]| {
            let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
            Some(pairs.iter().map(own).collect::<Vec<_>>())
        };
        let both = own(&[("secret", "a=b"), ("sid", "AC1")]);
        let json = r#" {"sid":"AC1","secret":"a=b"}"#;
        assert_eq!(read(json, VendorName::Twilio), both);
        let lines = "# Twilio\nsid = AC1\n\nsecret=a=b\n";
        assert_eq!(read(lines, VendorName::Twilio), both);
        assert_eq!(read(lines, VendorName::TruId), None, "another vendor's");
    }

    #[test]
    fn what_is_something_else_is_refused_and_not_quoted() {
        let long = format!("secret={}", "x".repeat(20_000));
        for text in [
            "",
            "{",
            "[]",
            r#"{"sid":1}"#,
            "s3cret",
            "pass=s3cret",
            &long,
        ] {
            let refused = Fields::read(text.as_bytes(), VendorName::Twilio).err();
            let message = refused.map(|failure| failure.message);
            let message = message.unwrap_or_else(|| panic!("{text} is nobody's settings"));
            assert!(!message.contains("s3cret"), "{message}");
        }
    }
}
