//! The keyring's entries: all of one vendor's settings in each.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use simgate_domain::Timestamp;
use simgate_vault::{Patience, Secret, Vault, VaultError};
use zeroize::Zeroizing;

use super::values::{Values, Whole};
use crate::contract::args::Typed;
use crate::contract::settings::VendorField;
use crate::contract::words::VendorName;

/// The longest entry that is made: three fields of 256 characters, each of which may take two.
const LONGEST: usize = 2_048;

/// What the keyring holds under a vendor's name.
pub(crate) enum Entry {
    /// Nothing.
    None,
    /// Its settings, whole and of their form.
    Kept {
        settings: Whole,
        /// When they were saved here; `None` where somebody put them there by hand.
        since: Option<Timestamp>,
    },
    /// Something else.
    Damaged,
}

/// An entry as it is in the keyring, to be put back if need be.
pub(crate) struct Stored {
    pub(crate) entry: Entry,
    bytes: Option<Zeroizing<Vec<u8>>>,
}

impl Stored {
    /// The settings, if there are any.
    pub(crate) fn settings(&self) -> Option<&Whole> {
        match &self.entry {
            Entry::Kept { settings, .. } => Some(settings),
            Entry::None | Entry::Damaged => None,
        }
    }

    /// What tells this entry from any other, and nothing about it.
    pub(crate) fn mark(&self) -> String {
        self.bytes
            .as_deref()
            .map_or_else(|| "none".to_owned(), |bytes| mark(bytes))
    }
}

/// `tru-id`: `{"host":...,"client_id":...,"client_secret":...}`, and when it was saved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TruIdEntry {
    host: Typed,
    client_id: Typed,
    client_secret: Typed,
    #[serde(default)]
    since: Option<i64>,
}

/// `twilio`: `{"sid":...,"secret":...,"service_sid":...}`, and when it was saved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TwilioEntry {
    sid: Typed,
    secret: Typed,
    service_sid: Typed,
    #[serde(default)]
    since: Option<i64>,
}

fn secret(vendor: VendorName) -> Secret {
    match vendor {
        VendorName::TruId => Secret::TruId,
        VendorName::Twilio => Secret::Twilio,
    }
}

/// What the keyring holds of this vendor.
pub(crate) async fn read(vault: &Patience<'_>, vendor: VendorName) -> Result<Stored, VaultError> {
    let bytes = vault.get(&secret(vendor)).await?;
    let entry = match bytes.as_deref() {
        None => Entry::None,
        Some(bytes) => parse(vendor, bytes).map_or(Entry::Damaged, |(settings, since)| {
            Entry::Kept { settings, since }
        }),
    };
    Ok(Stored { entry, bytes })
}

fn parse(vendor: VendorName, bytes: &[u8]) -> Option<(Whole, Option<Timestamp>)> {
    let (values, since) = match vendor {
        VendorName::TruId => {
            let entry: TruIdEntry = serde_json::from_slice(bytes).ok()?;
            let values = Values::default()
                .with(VendorField::Host, entry.host.as_str())
                .with(VendorField::ClientId, entry.client_id.as_str())
                .with(VendorField::ClientSecret, entry.client_secret.as_str());
            (values, entry.since)
        }
        VendorName::Twilio => {
            let entry: TwilioEntry = serde_json::from_slice(bytes).ok()?;
            let values = Values::default()
                .with(VendorField::Sid, entry.sid.as_str())
                .with(VendorField::Secret, entry.secret.as_str())
                .with(VendorField::ServiceSid, entry.service_sid.as_str());
            (values, entry.since)
        }
    };
    let settings = Whole::check(vendor, &values).ok()?;
    Some((settings, since.map(Timestamp::from_micros)))
}

/// Keeps these settings in place of older ones, in one act. Returns the mark of what is kept.
pub(crate) async fn write(
    vault: &Vault,
    settings: &Whole,
    since: Timestamp,
) -> Result<String, VaultError> {
    let bytes = written(settings, since);
    vault.put(&secret(settings.vendor()), &bytes).await?;
    Ok(mark(&bytes))
}

/// Puts back what was there before.
pub(crate) async fn put_back(
    vault: &Vault,
    vendor: VendorName,
    before: &Stored,
) -> Result<(), VaultError> {
    match &before.bytes {
        Some(bytes) => vault.put(&secret(vendor), bytes).await,
        None => vault.delete(&secret(vendor)).await,
    }
}

fn written(settings: &Whole, since: Timestamp) -> Zeroizing<Vec<u8>> {
    // Reserved at once, so that no copy is left behind by growing.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
    bytes.push(b'{');
    for field in settings.vendor().fields() {
        let text = settings.values().get(field).unwrap_or_default();
        bytes.extend_from_slice(format!("\"{}\":\"", field.key()).as_bytes());
        // Visible ASCII, in which only these two have a meaning in JSON.
        for byte in text.bytes() {
            if matches!(byte, b'"' | b'\\') {
                bytes.push(b'\\');
            }
            bytes.push(byte);
        }
        bytes.extend_from_slice(b"\",");
    }
    bytes.extend_from_slice(format!("\"since\":{}}}", since.as_micros()).as_bytes());
    bytes
}

fn mark(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let digest = Sha256::digest(bytes);
    digest[..16].iter().fold(String::new(), |mut mark, byte| {
        // Writing to a string cannot fail.
        let _written = write!(mark, "{byte:02x}");
        mark
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let odd = r#"a"b\c{}',"#;
        let values = Values::default()
            .with(VendorField::Host, "us")
            .with(VendorField::ClientId, odd)
            .with(VendorField::ClientSecret, &"\\\"".repeat(128));
        let settings = Whole::check(VendorName::TruId, &values).ok().unwrap();
        let since = Timestamp::from_micros(1_795_392_000_000_000);
        let bytes = written(&settings, since);
        assert!(bytes.len() < LONGEST, "{} bytes", bytes.len());
        let (again, when) = parse(VendorName::TruId, &bytes).unwrap();
        assert_eq!(again.fingerprint(), settings.fingerprint());
        assert_eq!(when, Some(since));
    }

    #[test]
    fn what_an_admin_typed_by_hand_is_read() {
        let by_hand = r#"{"host":"https://eu.api.tru.id","client_id":"a","client_secret":"b"}"#;
        let (settings, since) = parse(VendorName::TruId, by_hand.as_bytes()).unwrap();
        assert_eq!(settings.values().get(VendorField::ClientId), Some("a"));
        assert_eq!(since, None);
    }

    #[test]
    fn what_is_not_of_its_form_is_damaged() {
        for text in [
            "",
            "{}",
            "[]",
            r#"{"host":"https://evil.example","client_id":"a","client_secret":"b"}"#,
            r#"{"host":"https://eu.api.tru.id","client_id":"a"}"#,
            r#"{"host":"https://eu.api.tru.id","client_id":"a","client_secret":"b","x":1}"#,
            r#"{"host":"https://eu.api.tru.id","client_id":"a","client_secret":"b","since":"x"}"#,
            r#"{"sid":"a","secret":"b","service_sid":"c"}"#,
        ] {
            assert!(
                parse(VendorName::TruId, text.as_bytes()).is_none(),
                "{text}"
            );
        }
    }
}
