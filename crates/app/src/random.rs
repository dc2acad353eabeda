//! The one source of randomness: the operating system's.

use simgate_domain::{Reference, Timestamp};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The operating system gave no randomness, without which nothing here is safe.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no randomness")]
pub struct NoRandomness;

/// `N` random bytes.
pub fn bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, NoRandomness> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// A UUID of version 7: ids made later sort later.
pub fn id(now: Timestamp) -> Result<Uuid, NoRandomness> {
    let millis = u64::try_from(now.as_micros() / 1_000).unwrap_or(0);
    let random = bytes::<10>()?;
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

/// A reference. Where there is no randomness it is made from the time: it keeps no secret, and a
/// failure must be reportable.
pub fn reference(now: Timestamp) -> Reference {
    let random = bytes::<4>().map_or_else(
        |_| {
            now.as_micros().to_le_bytes()[..4]
                .try_into()
                .unwrap_or([0; 4])
        },
        |random| *random,
    );
    Reference::from_random(u32::from_le_bytes(random))
}
