//! The `Retry-After` header.

use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// No vendor's word makes anyone wait longer than a day.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How long the vendor asks us to wait: one second to a day.
///
/// Both vendors send seconds. A date (RFC 9110 allows one) would have to be read against the wall
/// clock, which anyone may set, and 0, a negative number or junk tell nothing: `None` for all.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // More digits than fit are more than a day all the same.
    let seconds = text.parse().map_or(LONGEST, Duration::from_secs);
    (!seconds.is_zero()).then(|| seconds.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn read(value: &str) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(value).unwrap());
        retry_after(&headers).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_are_taken_up_to_a_day() {
        let table = [
            ("1", Some(1)),
            ("5", Some(5)),
            (" 30 ", Some(30)),
            ("86400", Some(86_400)),
            ("86401", Some(86_400)),
            ("18446744073709551616", Some(86_400)),
            ("0", None),
            ("00", None),
            ("-1", None),
            ("+5", None),
            ("5.5", None),
            ("1e3", None),
            ("0x10", None),
            ("", None),
            ("soon", None),
            ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ];
        for (value, expected) in table {
            assert_eq!(read(value), expected, "{value:?}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
