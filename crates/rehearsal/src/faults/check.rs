//! Which faults make sense.

use super::{Edit, Fault, Wire};
use crate::ledger::Call;

/// Why a fault makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFault {
    /// A door was combined with something about requests or answers.
    #[error("`door` goes with `vendor` and `call` only, and needs one of them")]
    DoorWithMore,
    /// A fault for no request.
    #[error("`times` must be at least 1")]
    NoTimes,
    /// Outside 200 to 599.
    #[error("{0} is not a final HTTP status")]
    Status(u16),
    /// A header that would break the head.
    #[error("{0:?} cannot be a header")]
    Header(String),
    /// One header longer than 64 MiB.
    #[error("a header of {0} bytes is more than memory should hold")]
    HeaderLength(u64),
    /// A call another vendor answers.
    #[error("the call is not made at that vendor")]
    WrongVendor,
}

/// The longest header [`Wire::HugeHeader`] may ask for.
const MAX_HEADER: u64 = 64 << 20;

impl Fault {
    /// Whether the fault makes sense.
    ///
    /// # Errors
    ///
    /// Says what does not.
    pub fn check(&self) -> Result<(), BadFault> {
        if self.times == Some(0) {
            return Err(BadFault::NoTimes);
        }
        if let (Some(vendor), Some(at)) = (self.vendor, self.call.and_then(Call::vendor))
            && vendor != at
        {
            return Err(BadFault::WrongVendor);
        }
        if let Wire::HugeHeader { bytes } = self.wire
            && bytes > MAX_HEADER
        {
            return Err(BadFault::HeaderLength(bytes));
        }
        if self.door.is_some() {
            let alone = Self {
                vendor: self.vendor,
                call: self.call,
                door: self.door,
                ..Self::default()
            };
            if *self != alone || self.door_vendor().is_none() {
                return Err(BadFault::DoorWithMore);
            }
        }
        let canned = self.answer.iter().filter_map(|canned| canned.status);
        let edited = self.edit.iter().filter_map(|edit| {
            if let Edit::Status(status) = edit {
                Some(*status)
            } else {
                None
            }
        });
        if let Some(status) = canned
            .chain(edited)
            .find(|status| !(200..=599).contains(status))
        {
            return Err(BadFault::Status(status));
        }
        let unfit = |text: &str| text.contains(['\r', '\n', '\0']);
        self.answer
            .iter()
            .flat_map(|canned| &canned.headers)
            .try_for_each(|(name, value)| {
                if name.is_empty() || name.contains([' ', ':']) || unfit(name) || unfit(value) {
                    return Err(BadFault::Header(format!("{name}: {value}")));
                }
                Ok(())
            })
    }
}
