//! The record as a file: what it begins with, and a line for each entry.

use serde::{Deserialize, Serialize};
use simgate_domain::Timestamp;

use crate::chain::Keys;
use crate::line::{Line, Sealed};
use crate::seal::{Head, PublicKey, SealKey};
use crate::text::Hex;

/// The bytes of a line at the most, its end included. Entries have a tenth of it.
pub const LONGEST_LINE: usize = 16 << 10;
/// The keys that a header names at the most.
const MOST_KEYS: usize = 100;
/// What a header calls its file.
const FORMAT_NAME: &str = "simgate record 1";

/// What an exported record begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The keys that its entries are signed with.
    pub keys: Keys,
    /// The entry before its first.
    pub before: Head,
    /// Its last entry; the same as `before` where there is none.
    pub end: Head,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderText {
    format: String,
    keys: Vec<KeyText>,
    first: u64,
    last: u64,
    before: Hex<32>,
    end: Hex<32>,
    signature: Hex<64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyText {
    from: u64,
    public: Hex<32>,
}

impl Header {
    /// The first line of the file, signed with the newest key, without its end.
    #[must_use]
    pub fn to_text(&self, key: &SealKey) -> String {
        let text = HeaderText {
            format: FORMAT_NAME.to_owned(),
            keys: self
                .keys
                .iter()
                .map(|(from, key)| KeyText {
                    from,
                    public: Hex(*key.bytes()),
                })
                .collect(),
            first: self.before.seq.saturating_add(1),
            last: self.end.seq,
            before: Hex(self.before.hash),
            end: Hex(self.end.hash),
            signature: Hex(key.sign(&self.signed())),
        };
        written(&text)
    }

    /// What a first line says; `None` where it is none or the newest of its keys did not sign it.
    #[must_use]
    pub fn from_text(line: &[u8]) -> Option<Self> {
        let text: HeaderText = read(line)?;
        let in_bounds = text.keys.len() <= MOST_KEYS && text.first <= text.last.checked_add(1)?;
        if text.format != FORMAT_NAME || !in_bounds {
            return None;
        }
        let keys = text.keys.iter();
        let keys = keys.map(|key| (key.from, PublicKey::new(key.public.0)));
        let header = Self {
            keys: Keys::new(keys.collect())?,
            before: Head {
                seq: text.first.checked_sub(1)?,
                hash: text.before.0,
            },
            end: Head {
                seq: text.last,
                hash: text.end.0,
            },
        };
        let newest = header.keys.newest();
        newest
            .verifies(&header.signed(), &text.signature.0)
            .then_some(header)
    }

    /// What is signed. No hash is that long.
    fn signed(&self) -> Vec<u8> {
        let mut message = b"simgate record export 1".to_vec();
        message.extend(self.before.to_bytes());
        message.extend(self.end.to_bytes());
        for (from, key) in self.keys.iter() {
            message.extend(from.to_be_bytes());
            message.extend(key.bytes());
        }
        message
    }
}

/// An entry as its line has it: the names of the `README.md`, and the time once more for people.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineText {
    seq: u64,
    utc: String,
    at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    run: Option<Hex<8>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    who_is: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    who: Option<Hex<16>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    who_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name_hash: Option<Hex<32>>,
    by_is: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Hex<16>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sign_in: Option<Hex<16>>,
    act: String,
    result: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    policy: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cost: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    format: u32,
    hash: Hex<32>,
    signature: Hex<64>,
}

impl Sealed {
    /// Its line in the file, without its end.
    #[must_use]
    pub fn to_text(&self) -> String {
        let line = self.line.clone();
        written(&LineText {
            seq: line.seq,
            utc: utc(line.at),
            at: line.at,
            run: line.run.map(Hex),
            reference: line.reference,
            who_is: line.who_is,
            who: line.who.map(Hex),
            who_name: line.who_name,
            name_hash: line.name_hash.map(Hex),
            by_is: line.by_is,
            by: line.by.map(Hex),
            by_name: line.by_name,
            sign_in: line.sign_in.map(Hex),
            act: line.act,
            result: line.result,
            cause: line.cause,
            detail: line.detail,
            policy: line.policy,
            check_id: line.check_id,
            cost: line.cost,
            currency: line.currency,
            format: self.format,
            hash: Hex(self.hash),
            signature: Hex(self.signature),
        })
    }

    /// What a line says; `None` where it is not, to the byte, a line that [`Sealed::to_text`] writes.
    #[must_use]
    pub fn from_text(line: &[u8]) -> Option<Self> {
        let text: LineText = read(line)?;
        (text.utc == utc(text.at)).then_some(Self {
            format: text.format,
            hash: text.hash.0,
            signature: text.signature.0,
            line: Line {
                seq: text.seq,
                at: text.at,
                run: text.run.map(|hex| hex.0),
                reference: text.reference,
                who_is: text.who_is,
                who: text.who.map(|hex| hex.0),
                who_name: text.who_name,
                name_hash: text.name_hash.map(|hex| hex.0),
                by_is: text.by_is,
                by: text.by.map(|hex| hex.0),
                by_name: text.by_name,
                sign_in: text.sign_in.map(|hex| hex.0),
                act: text.act,
                result: text.result,
                cause: text.cause,
                detail: text.detail,
                policy: text.policy,
                check_id: text.check_id,
                cost: text.cost,
                currency: text.currency,
            },
        })
    }
}

fn utc(micros: i64) -> String {
    Timestamp::from_micros(micros).to_string()
}

fn written(text: &impl Serialize) -> String {
    // These have text for keys and nothing that can fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// What JSON may say in many ways is taken in one, so that a changed byte is a changed line.
fn read<T: Serialize + for<'de> Deserialize<'de>>(line: &[u8]) -> Option<T> {
    let text: T = serde_json::from_slice(line).ok()?;
    (written(&text).as_bytes() == line).then_some(text)
}
