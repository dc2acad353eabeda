//! One entry in the form that is hashed.

use sha2::{Digest, Sha256};

use crate::seal::SealKey;

/// The number of the encoding. An encoding that was used is never changed: a new one has a new number.
pub const FORMAT: u32 = 1;

/// What the encoding begins with: the number of its format.
const PREFIX: &[u8; 16] = b"simgate record 1";

/// An entry with its place: the fields of the `README.md`, in its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place, from 1, without gaps.
    pub seq: u64,
    /// Microseconds since the Unix epoch, UTC.
    pub at: i64,
    /// Which run of the program wrote it; none for what was written before there was a seal.
    pub run: Option<[u8; 8]>,
    /// What the person was given to show.
    pub reference: Option<String>,
    /// What it is about: `person`, `unknown_name` or `program`.
    pub who_is: String,
    /// The person's id.
    pub who: Option<[u8; 16]>,
    /// The person's name then.
    pub who_name: Option<String>,
    /// The keyed hash of a name that nobody has.
    pub name_hash: Option<[u8; 32]>,
    /// Who did it: `person`, `nobody`, `program` or `console`.
    pub by_is: String,
    /// The person's id.
    pub by: Option<[u8; 16]>,
    /// The person's name then.
    pub by_name: Option<String>,
    /// The sign-in it belongs to.
    pub sign_in: Option<[u8; 16]>,
    /// What was done or refused.
    pub act: String,
    /// `done` or `refused`.
    pub result: String,
    /// Why.
    pub cause: Option<String>,
    /// More of it.
    pub detail: Option<String>,
    /// The version of the rules that decided.
    pub policy: Option<u32>,
    /// The vendor's own name for what it did.
    pub check_id: Option<String>,
    /// What it cost, in millionths of the currency's unit.
    pub cost: Option<i64>,
    /// The currency, in three letters.
    pub currency: Option<String>,
}

/// An entry with its seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The entry.
    pub line: Line,
    /// The number of the encoding that was hashed.
    pub format: u32,
    /// The hash over the entry and the hash before it.
    pub hash: [u8; 32],
    /// The signature of the hash.
    pub signature: [u8; 64],
}

impl Line {
    /// The hash of this entry after one with the hash `before`.
    #[must_use]
    pub fn hash(&self, before: &[u8; 32]) -> [u8; 32] {
        let mut encoding = Encoding::default();
        encoding.0.extend(PREFIX);
        encoding.0.extend(before);
        encoding.number(self.seq.to_be_bytes());
        encoding.number(self.at.to_be_bytes());
        encoding.bytes(self.run);
        encoding.text(self.reference.as_deref());
        encoding.text(Some(&self.who_is));
        encoding.bytes(self.who);
        encoding.text(self.who_name.as_deref());
        encoding.bytes(self.name_hash);
        encoding.text(Some(&self.by_is));
        encoding.bytes(self.by);
        encoding.text(self.by_name.as_deref());
        encoding.bytes(self.sign_in);
        encoding.text(Some(&self.act));
        encoding.text(Some(&self.result));
        encoding.text(self.cause.as_deref());
        encoding.text(self.detail.as_deref());
        encoding.bytes(self.policy.map(|version| u64::from(version).to_be_bytes()));
        encoding.text(self.check_id.as_deref());
        encoding.bytes(self.cost.map(i64::to_be_bytes));
        encoding.text(self.currency.as_deref());
        Sha256::digest(&encoding.0).into()
    }

    /// The entry, sealed after one with the hash `before`.
    #[must_use]
    pub fn sealed(self, key: &SealKey, before: &[u8; 32]) -> Sealed {
        let hash = self.hash(before);
        Sealed {
            line: self,
            format: FORMAT,
            hash,
            signature: key.sign(&hash),
        }
    }
}

/// Fields one after the other, each with its length, so that no two entries have one encoding.
#[derive(Default)]
struct Encoding(Vec<u8>);

impl Encoding {
    fn field(&mut self, bytes: Option<&[u8]>) {
        let Some(bytes) = bytes else {
            self.0.push(0);
            return;
        };
        // Nothing in an entry is anywhere near this long.
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.0.push(1);
        self.0.extend(length.to_be_bytes());
        self.0.extend(bytes);
    }

    fn number(&mut self, bytes: [u8; 8]) {
        self.field(Some(&bytes));
    }

    fn bytes<const N: usize>(&mut self, bytes: Option<[u8; N]>) {
        self.field(bytes.as_ref().map(<[u8; N]>::as_slice));
    }

    fn text(&mut self, text: Option<&str>) {
        self.field(text.map(str::as_bytes));
    }
}
