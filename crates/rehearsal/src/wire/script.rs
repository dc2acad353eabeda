//! What is written on a connection, worked out before a byte goes out.

use std::io::Write as _;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;

use crate::faults::{Cut, Wire};
use crate::http::{Response, reason};

/// All that is written in answer to one request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Script {
    pub(crate) segments: Vec<Segment>,
    pub(crate) ending: Ending,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Segment {
    Bytes(Vec<u8>),
    /// One byte at a time.
    Drip(Vec<u8>, Duration),
    /// The same bytes over and over; `None` is for ever.
    Repeat(Arc<[u8]>, Option<u64>),
}

/// What becomes of the connection afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    KeepOpen,
    Close,
    Reset,
}

/// What one member of the gzip bomb unpacks to.
const BOMB_MEMBER: u32 = 16;
const FILLER_BLOCK: usize = 64 * 1024;

/// The bytes of an answer, sent as `wire` says.
pub(crate) fn script(response: &Response, wire: &Wire, now: Timestamp) -> Script {
    let body = response.body.clone();
    let length = body.len() as u64;
    let plain = || head(response, now, Some(length), &[]);
    let (segments, ending) = match wire {
        Wire::Plain => (vec![whole(plain(), &body)], Ending::KeepOpen),
        // Nothing is written; whoever stalls does not get here.
        Wire::Stall => (Vec::new(), Ending::Close),
        Wire::Cut { at, reset } => {
            let head = plain();
            let place = match at {
                Cut::Start => 0,
                Cut::MidHead => head.len() / 2,
                Cut::MidBody => head.len() + body.len() / 2,
                Cut::Byte(place) => usize::try_from(*place).unwrap_or(usize::MAX),
            };
            let mut all = [head, body].concat();
            all.truncate(place);
            let ending = if *reset { Ending::Reset } else { Ending::Close };
            (vec![Segment::Bytes(all)], ending)
        }
        Wire::SlowHead { ms_per_byte } => {
            let gap = Duration::from_millis(*ms_per_byte);
            (
                vec![Segment::Drip(plain(), gap), Segment::Bytes(body)],
                Ending::KeepOpen,
            )
        }
        Wire::SlowBody { ms_per_byte } => {
            let gap = Duration::from_millis(*ms_per_byte);
            (
                vec![Segment::Bytes(plain()), Segment::Drip(body, gap)],
                Ending::KeepOpen,
            )
        }
        Wire::ContentLength { off_by } => {
            let head = head(
                response,
                now,
                Some(length.saturating_add_signed(*off_by)),
                &[],
            );
            (vec![whole(head, &body)], Ending::Close)
        }
        Wire::EndlessChunked => {
            let start = [chunked_head(response, now), chunk(&body)].concat();
            let blanks = chunk(&[b' '; 8192]).into();
            (
                vec![Segment::Bytes(start), Segment::Repeat(blanks, None)],
                Ending::Close,
            )
        }
        Wire::BadChunk => {
            let half = body.len() / 2;
            let first = chunk(&body[..half]);
            let all = [
                &chunked_head(response, now),
                &first,
                b"zz\r\n".as_slice(),
                &body[half..],
            ];
            (vec![Segment::Bytes(all.concat())], Ending::Close)
        }
        Wire::Filler { bytes } => {
            let block = FILLER_BLOCK as u64;
            let rest = usize::try_from(bytes % block).unwrap_or_default();
            let segments = vec![
                Segment::Bytes(head(response, now, Some(*bytes), &[])),
                Segment::Repeat(vec![b' '; FILLER_BLOCK].into(), Some(bytes / block)),
                Segment::Bytes(vec![b' '; rest]),
            ];
            (segments, Ending::Close)
        }
        Wire::GzipBomb { mebibytes } => {
            let member = bomb_member();
            let times = u64::from(mebibytes.div_ceil(BOMB_MEMBER));
            let length = times * member.len() as u64;
            let head = head(response, now, Some(length), &[("Content-Encoding", "gzip")]);
            (
                vec![Segment::Bytes(head), Segment::Repeat(member, Some(times))],
                Ending::Close,
            )
        }
        Wire::HugeHeader { bytes } => {
            let filler = "x".repeat(usize::try_from(*bytes).unwrap_or_default());
            let head = head(response, now, Some(length), &[("X-Filler", &filler)]);
            (vec![whole(head, &body)], Ending::KeepOpen)
        }
    };
    Script { segments, ending }
}

fn whole(mut head: Vec<u8>, body: &[u8]) -> Segment {
    head.extend_from_slice(body);
    Segment::Bytes(head)
}

/// The status line, the headers and the empty line.
fn head(
    response: &Response,
    now: Timestamp,
    content_length: Option<u64>,
    more: &[(&str, &str)],
) -> Vec<u8> {
    let status = response.status;
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    let mut line = |name: &str, value: &str| {
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
        head.push_str("\r\n");
    };
    line(
        "Date",
        &now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(),
    );
    for (name, value) in &response.headers {
        line(name, value);
    }
    for (name, value) in more {
        line(name, value);
    }
    // 204 has no body, and RFC 9110 forbids it a length.
    if let Some(length) = content_length.filter(|_| status != 204) {
        line("Content-Length", &length.to_string());
    }
    head.push_str("\r\n");
    head.into_bytes()
}

fn chunked_head(response: &Response, now: Timestamp) -> Vec<u8> {
    head(response, now, None, &[("Transfer-Encoding", "chunked")])
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
    chunk.extend_from_slice(bytes);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// Zeros, packed: gzip lets members follow one another, so that one is enough for any size.
fn bomb_member() -> Arc<[u8]> {
    static MEMBER: OnceLock<Arc<[u8]>> = OnceLock::new();
    let pack = || {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let zeros = vec![0; 1 << 20];
        for _ in 0..BOMB_MEMBER {
            // Writing to a Vec cannot fail.
            let _ = gzip.write_all(&zeros);
        }
        gzip.finish().unwrap_or_default().into()
    };
    Arc::clone(MEMBER.get_or_init(pack))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::MultiGzDecoder;
    use serde_json::json;

    use super::*;

    fn written(wire: &Wire) -> (String, Ending) {
        let response = Response::json(200, "application/json", &json!({ "a": "bcdefghij" }));
        let Script { segments, ending } = script(&response, wire, Timestamp::UNIX_EPOCH);
        let mut all = Vec::new();
        for segment in segments {
            match segment {
                Segment::Bytes(bytes) | Segment::Drip(bytes, _) => all.extend(bytes),
                Segment::Repeat(bytes, times) => {
                    for _ in 0..times.unwrap_or(2).min(2) {
                        all.extend_from_slice(&bytes);
                    }
                }
            }
        }
        (String::from_utf8(all).unwrap(), ending)
    }

    #[test]
    fn a_plain_answer_is_whole_and_leaves_the_connection_open() {
        let (text, ending) = written(&Wire::Plain);
        assert_eq!(
            text,
            "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\
             Content-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"a\":\"bcdefghij\"}"
        );
        assert_eq!(ending, Ending::KeepOpen);
    }

    #[test]
    fn a_cut_falls_where_it_should() {
        let whole = written(&Wire::Plain).0;
        let head = whole.find("\r\n\r\n").unwrap() + 4;
        let cut = |at| written(&Wire::Cut { at, reset: true });
        assert_eq!(cut(Cut::Start), (String::new(), Ending::Reset));
        assert!(cut(Cut::MidHead).0.len() < head);
        let amid_body = cut(Cut::MidBody).0.len();
        assert!(head < amid_body && amid_body < whole.len());
        assert_eq!(cut(Cut::Byte(3)).0, "HTT");
        assert_eq!(
            written(&Wire::Cut {
                at: Cut::Byte(3),
                reset: false
            })
            .1,
            Ending::Close
        );
    }

    #[test]
    fn a_wrong_length_closes_the_connection() {
        let (short, ending) = written(&Wire::ContentLength { off_by: -5 });
        assert!(short.contains("Content-Length: 12\r\n"));
        assert_eq!(ending, Ending::Close);
        assert!(
            written(&Wire::ContentLength { off_by: 5 })
                .0
                .contains("Content-Length: 22\r\n")
        );
    }

    #[test]
    fn chunks_are_endless_or_bad() {
        let (endless, _) = written(&Wire::EndlessChunked);
        assert!(endless.contains("Transfer-Encoding: chunked\r\n"));
        assert!(endless.contains("\r\n\r\n11\r\n{\"a\":\"bcdefghij\"}\r\n2000\r\n    "));
        assert!(!endless.contains("Content-Length"));
        assert!(written(&Wire::BadChunk).0.contains("\r\nzz\r\n"));
    }

    #[test]
    fn a_filler_is_as_long_as_announced() {
        let response = Response::empty(200);
        let bytes = (FILLER_BLOCK * 3 + 5) as u64;
        let Script { segments, .. } =
            script(&response, &Wire::Filler { bytes }, Timestamp::UNIX_EPOCH);
        let [_, Segment::Repeat(block, Some(times)), Segment::Bytes(rest)] = &segments[..] else {
            panic!("{segments:?}")
        };
        assert_eq!(block.len() as u64 * times + rest.len() as u64, bytes);
    }

    #[test]
    fn the_bomb_unpacks_to_a_thousand_times_its_size() {
        let member = bomb_member();
        let two = [&*member, &*member].concat();
        let mut size = 0;
        let mut decoder = MultiGzDecoder::new(two.as_slice());
        let mut buffer = vec![0; 1 << 20];
        loop {
            let read = decoder.read(&mut buffer).unwrap();
            if read == 0 {
                break;
            }
            size += read;
        }
        assert_eq!(size, 32 << 20);
        assert!(size / two.len() > 900);
    }

    #[test]
    fn no_content_has_no_length() {
        let Script { segments, .. } =
            script(&Response::empty(204), &Wire::Plain, Timestamp::UNIX_EPOCH);
        let [Segment::Bytes(bytes)] = &segments[..] else {
            panic!("{segments:?}")
        };
        assert!(!String::from_utf8_lossy(bytes).contains("Content-Length"));
    }
}
