//! Bytes as signs that are written down by hand, and back.

use zeroize::Zeroizing;

use super::RecoveryError;

/// Digits and letters that cannot be taken for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs between two hyphens.
const GROUP: usize = 4;

/// How something is written: so many bytes, and after them a cyclic checksum, which finds every slip
/// that touches signs next to each other as far as it is long, two that changed places among them.
pub(super) struct Form {
    /// The bytes themselves.
    payload: usize,
    /// The bytes of the checksum.
    checksum: usize,
    /// The generator of the checksum without its highest term.
    generator: u32,
    /// What the checksum begins with, so that leading zeros count.
    start: u32,
}

/// 64 bits and the checksum with CCITT's generator (CRC-16/IBM-3740): sixteen signs. Of slips that
/// are spread out, one in 65 536 passes.
pub(super) const CODE: Form = Form {
    payload: 8,
    checksum: 2,
    generator: 0x1021,
    start: 0xffff,
};

/// 256 bits and the checksum of `OpenPGP` (RFC 9580, 6.1): 56 signs. Of slips that are spread out, one
/// in sixteen million passes.
pub(super) const KEY: Form = Form {
    payload: 32,
    checksum: 3,
    generator: 0x0086_4cfb,
    start: 0x00b7_04ce,
};

impl Form {
    const fn signs(&self) -> usize {
        (self.payload + self.checksum) * 8 / 5
    }

    pub(super) fn write(&self, payload: &[u8]) -> Zeroizing<String> {
        let checksum = self.checksum(payload).to_be_bytes();
        let bytes = payload.iter().chain(&checksum[4 - self.checksum..]);
        let signs = self.signs();
        let mut written = Zeroizing::new(String::with_capacity(signs + signs / GROUP));
        let (mut held, mut bits, mut count) = (0_u32, 0, 0);
        for &byte in bytes {
            held = held << 8 | u32::from(byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                if count > 0 && count % GROUP == 0 {
                    written.push('-');
                }
                written.push(char::from(ALPHABET[(held >> bits) as usize & 31]));
                count += 1;
            }
        }
        written
    }

    /// Reads what was typed into `payload`, which has the form's length.
    pub(super) fn read(&self, typed: &str, payload: &mut [u8]) -> Result<(), RecoveryError> {
        // Every sign with a separator of three bytes after it, twice over: no one means more.
        if typed.len() > self.signs() * 8 {
            return Err(RecoveryError::Malformed);
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.payload + self.checksum + 1));
        let (mut held, mut bits, mut count) = (0_u32, 0, 0);
        for sign in typed.chars().filter(|sign| !is_separator(*sign)) {
            held = held << 5 | value(sign)?;
            bits += 5;
            count += 1;
            if count > self.signs() {
                return Err(RecoveryError::Malformed);
            }
            if bits >= 8 {
                bits -= 8;
                bytes.push((held >> bits & 0xff) as u8);
            }
        }
        if count == 0 {
            return Err(RecoveryError::Empty);
        }
        if count < self.signs() {
            return Err(RecoveryError::Malformed);
        }
        let (read, checksum) = bytes.split_at(self.payload);
        if checksum != &self.checksum(read).to_be_bytes()[4 - self.checksum..] {
            return Err(RecoveryError::Mistyped);
        }
        payload.copy_from_slice(read);
        Ok(())
    }

    /// The remainder of the payload by the generator.
    fn checksum(&self, payload: &[u8]) -> u32 {
        let width = self.checksum * 8;
        let top = 1 << (width - 1);
        let mask = u32::MAX >> (32 - width);
        let mut remainder = self.start;
        for byte in payload {
            remainder ^= u32::from(*byte) << (width - 8);
            for _ in 0..8 {
                let carry = remainder & top != 0;
                remainder = remainder << 1 & mask;
                if carry {
                    remainder ^= self.generator;
                }
            }
        }
        remainder
    }
}

/// What people and printers put between the groups: spaces, and the hyphens and dashes that a word
/// processor makes of one.
fn is_separator(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn value(sign: char) -> Result<u32, RecoveryError> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        sign => sign,
    };
    let place = ALPHABET.iter().position(|known| char::from(*known) == sign);
    place
        .and_then(|place| u32::try_from(place).ok())
        .ok_or(RecoveryError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So that another program can be written to read a kit.
    #[test]
    fn the_checksums_are_the_published_ones() {
        assert_eq!(CODE.checksum(b"123456789"), 0x29b1);
        assert_eq!(KEY.checksum(b"123456789"), 0x0021_cf02);
    }
}
