//! What happens below HTTP: ports, kept and pipelined connections, and stopping.

use std::net::Ipv4Addr;

use simgate_rehearsal::{Options, Rehearsal, StartError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::visitor::{STEADY, Visitor};

/// Writes these bytes to tru.ID and reads until it ends the connection.
async fn raw(rehearsal: &Rehearsal, bytes: &[u8]) -> String {
    let address = rehearsal.tru_id_url().replace("http://", "");
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut told = Vec::new();
    stream.read_to_end(&mut told).await.unwrap();
    String::from_utf8(told).unwrap()
}

#[tokio::test]
async fn the_stand_ins_are_on_loopback_and_each_on_a_port_of_its_own() {
    let visitor = Visitor::new().await;
    let rehearsal = &visitor.rehearsal;
    let urls = [
        rehearsal.tru_id_url(),
        rehearsal.twilio_verify_url(),
        rehearsal.control_url(),
    ];
    for url in &urls {
        let address: std::net::SocketAddr = url.strip_prefix("http://").unwrap().parse().unwrap();
        assert_eq!(address.ip(), Ipv4Addr::LOCALHOST);
        assert_eq!(urls.iter().filter(|other| *other == url).count(), 1);
    }
}

#[tokio::test]
async fn requests_may_follow_one_another_on_one_connection() {
    let visitor = Visitor::new().await;
    let two = b"GET /a HTTP/1.1\r\nhost: x\r\n\r\nGET /b HTTP/1.1\r\nConnection: close\r\n\r\n";
    let told = raw(&visitor.rehearsal, two).await;
    assert_eq!(
        told.matches("HTTP/1.1 404 Not Found\r\n").count(),
        2,
        "{told}"
    );
    let paths: Vec<_> = visitor
        .rehearsal
        .ledger()
        .into_iter()
        .map(|r| r.path)
        .collect();
    assert_eq!(paths, ["/a", "/b"]);
}

#[tokio::test]
async fn what_is_not_http_is_refused() {
    let visitor = Visitor::new().await;
    let rehearsal = &visitor.rehearsal;
    for (bytes, status) in [
        ("\u{16}\u{3}\u{1} hello\r\n\r\n".to_owned(), 400),
        (
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(),
            411,
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n".to_owned(),
            413,
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n".to_owned(),
            400,
        ),
        (format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(70_000)), 431),
    ] {
        let told = raw(rehearsal, bytes.as_bytes()).await;
        assert!(
            told.starts_with(&format!("HTTP/1.1 {status} ")),
            "{status}: {told}"
        );
    }
    assert!(
        rehearsal.ledger().is_empty(),
        "nothing that could be read had come"
    );
}

#[tokio::test]
async fn stopping_frees_the_ports_and_ends_open_connections() {
    let visitor = Visitor::new().await;
    let address = visitor.rehearsal.control_url().replace("http://", "");
    visitor.sent(STEADY).await;
    let mut open = TcpStream::connect(&address).await.unwrap();
    visitor.rehearsal.stop().await;
    let mut byte = [0];
    assert!(
        matches!(open.read(&mut byte).await, Ok(0) | Err(_)),
        "the connection is over"
    );
    assert!(
        TcpStream::connect(&address).await.is_err(),
        "nobody listens any more"
    );
    let port = address.rsplit(':').next().unwrap().parse().unwrap();
    let again = Rehearsal::start(Options {
        port,
        credentials: None,
    })
    .await
    .unwrap();
    assert_eq!(again.control_url(), format!("http://{address}"));
    let taken = Rehearsal::start(Options {
        port,
        credentials: None,
    })
    .await
    .err();
    assert!(matches!(taken, Some(StartError::Port { .. })), "{taken:?}");
}
