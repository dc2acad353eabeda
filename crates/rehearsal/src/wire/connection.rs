//! One connection: requests are read, handed over and answered until one side ends it.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::door::Doors;
use super::script::{Ending, Script, Segment, script};
use crate::control;
use crate::faults::{Door, Wire};
use crate::http::{Incoming, Response};
use crate::ledger::Vendor;
use crate::world::{Act, Shared, Turn};

/// A longer head is refused with 431.
const MAX_HEAD: usize = 64 * 1024;
/// A longer body is refused with 413.
const MAX_BODY: usize = 4 * 1024 * 1024;

/// Who is being talked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counterpart {
    Vendor(Vendor),
    Control,
}

/// What every connection of one listener needs.
#[derive(Clone)]
pub(crate) struct Reception {
    pub(crate) counterpart: Counterpart,
    pub(crate) shared: Arc<Shared>,
    pub(crate) doors: Doors,
    /// How the listener's door stands.
    pub(crate) door: watch::Receiver<Option<Door>>,
}

/// How a request could not be read.
enum Unread {
    /// The client has nothing more to say.
    Gone,
    /// The door was shut while nothing was going on.
    Shut,
    /// The request is refused, and the connection with it.
    Refused(u16),
}

/// Serves one connection to its end.
pub(crate) async fn converse(mut stream: TcpStream, mut reception: Reception) {
    // Errors of the socket mean that the client has gone, which is its right.
    let _ = serve(&mut stream, &mut reception).await;
}

async fn serve(stream: &mut TcpStream, reception: &mut Reception) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut unread = Vec::new();
    loop {
        let request = match read(stream, &mut unread, &mut reception.door).await? {
            Ok(request) => request,
            Err(Unread::Gone) => return stream.shutdown().await,
            Err(Unread::Shut) => return hang_up(stream),
            Err(Unread::Refused(status)) => {
                let now = reception.shared.world().clock.now();
                let refusal = Response::empty(status).with("Connection", "close");
                return write(stream, &script(&refusal, &Wire::Plain, now)).await;
            }
        };
        let Turn { doors, act } = match reception.counterpart {
            Counterpart::Vendor(vendor) => reception.shared.world().receive(vendor, &request),
            Counterpart::Control => control::receive(&mut reception.shared.world(), &request),
        };
        let last = wants_close(&request)
            || doors.iter().any(|(vendor, door)| {
                door.is_some() && reception.counterpart == Counterpart::Vendor(*vendor)
            });
        for (vendor, door) in doors {
            reception.doors.set(vendor, door).await;
        }
        match act {
            Act::HangUp => return hang_up(stream),
            Act::Stall => return outlast(stream).await,
            Act::Write(delay, script) => {
                if !delay.is_zero() {
                    tokio::time::sleep(delay).await;
                }
                write(stream, &script).await?;
                match script.ending {
                    Ending::KeepOpen if last => return stream.shutdown().await,
                    Ending::KeepOpen => {}
                    Ending::Close => return stream.shutdown().await,
                    Ending::Reset => return hang_up(stream),
                }
            }
        }
    }
}

fn wants_close(request: &Incoming) -> bool {
    request
        .header("connection")
        .is_some_and(|value| value.eq_ignore_ascii_case("close"))
}

/// Ends the connection with a reset.
fn hang_up(stream: &TcpStream) -> io::Result<()> {
    stream.set_zero_linger()
}

/// Keeps the connection until the client ends it.
async fn outlast(stream: &mut TcpStream) -> io::Result<()> {
    let mut ignored = [0; 1024];
    while stream.read(&mut ignored).await? > 0 {}
    Ok(())
}

async fn write(stream: &mut TcpStream, script: &Script) -> io::Result<()> {
    for segment in &script.segments {
        match segment {
            Segment::Bytes(bytes) => stream.write_all(bytes).await?,
            Segment::Drip(bytes, gap) => drip(stream, bytes, *gap).await?,
            Segment::Repeat(block, times) => {
                let mut left = *times;
                while left != Some(0) {
                    stream.write_all(block).await?;
                    left = left.map(|times| times - 1);
                }
            }
        }
    }
    stream.flush().await
}

async fn drip(stream: &mut TcpStream, bytes: &[u8], gap: Duration) -> io::Result<()> {
    for byte in bytes {
        stream.write_all(&[*byte]).await?;
        tokio::time::sleep(gap).await;
    }
    Ok(())
}

/// Reads one request. What comes after it stays in `unread` for the next.
async fn read(
    stream: &mut TcpStream,
    unread: &mut Vec<u8>,
    door: &mut watch::Receiver<Option<Door>>,
) -> io::Result<Result<Incoming, Unread>> {
    let (mut request, head_length) = loop {
        match parse_head(unread) {
            Ok(Some(parsed)) => break parsed,
            Ok(None) if unread.len() > MAX_HEAD => return Ok(Err(Unread::Refused(431))),
            Ok(None) => {}
            Err(_) => return Ok(Err(Unread::Refused(400))),
        }
        let read = tokio::select! {
            // A shut door is looked at first, or a client that never pauses would not notice it.
            biased;
            shut = door.wait_for(Option::is_some), if unread.is_empty() => {
                // An error means that the stand-ins are stopping.
                drop(shut);
                return Ok(Err(Unread::Shut));
            }
            read = stream.read_buf(unread) => read?,
        };
        if read == 0 {
            return Ok(Err(Unread::Gone));
        }
    };
    // Clients of the vendors announce the length of what they send.
    if request.header("transfer-encoding").is_some() {
        return Ok(Err(Unread::Refused(411)));
    }
    let length = match request.header("content-length").map(str::parse::<usize>) {
        None => 0,
        Some(Ok(length)) if length <= MAX_BODY => length,
        Some(Ok(_)) => return Ok(Err(Unread::Refused(413))),
        Some(Err(_)) => return Ok(Err(Unread::Refused(400))),
    };
    if request
        .header("expect")
        .is_some_and(|value| value.eq_ignore_ascii_case("100-continue"))
    {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
    }
    while unread.len() < head_length + length {
        if stream.read_buf(unread).await? == 0 {
            return Ok(Err(Unread::Gone));
        }
    }
    request.body = unread[head_length..head_length + length].to_vec();
    unread.drain(..head_length + length);
    Ok(Ok(request))
}

/// The head of a request and its length, or `None` if more of it is to come.
fn parse_head(bytes: &[u8]) -> Result<Option<(Incoming, usize)>, httparse::Error> {
    let mut headers = [httparse::EMPTY_HEADER; 128];
    let mut head = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(length) = head.parse(bytes)? else {
        return Ok(None);
    };
    let request = Incoming {
        method: head.method.unwrap_or_default().to_owned(),
        target: head.path.unwrap_or_default().to_owned(),
        headers: head
            .headers
            .iter()
            .map(|header| {
                let value = header.value.iter().map(|byte| char::from(*byte)).collect();
                (header.name.to_owned(), value)
            })
            .collect(),
        body: Vec::new(),
    };
    Ok(Some((request, length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_kept_byte_for_byte_and_in_order() {
        let bytes = b"POST /a?b=%2B HTTP/1.1\r\nhost: x\r\nX-Odd:  \xe9 \r\nX-Odd: 2\r\n\r\nrest";
        let (request, length) = parse_head(bytes).unwrap().unwrap();
        assert_eq!(length, bytes.len() - 4);
        assert_eq!(request.method, "POST");
        assert_eq!(request.target, "/a?b=%2B");
        let headers: Vec<(&str, &str)> = request
            .headers
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            headers,
            [("host", "x"), ("X-Odd", "\u{e9}"), ("X-Odd", "2")]
        );
    }

    #[test]
    fn half_a_head_is_waited_for_and_a_bad_one_refused() {
        assert!(parse_head(b"POST /a HTTP/1.1\r\nhost").unwrap().is_none());
        assert!(parse_head(b"\x16\x03\x01 this is TLS\r\n\r\n").is_err());
    }
}
