//! Whoever does not prove to be the vendor gets no credentials.
//!
//! The stand-ins speak plain HTTP, so that this is tried with servers of its own: the vendor's
//! name is made to lead to them, and a test authority is trusted besides the system's.

mod calls;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::{Reach, builder, exchange};
use crate::error::TransportError;

const HOST: &str = "eu.api.tru.id";

type Authority = Issuer<'static, KeyPair>;

fn authority() -> (Authority, CertificateDer<'static>) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap().der().clone();
    (Issuer::new(params, key), certificate)
}

/// A certificate of this host for these years, signed by the authority or by itself.
fn acceptor(host: &str, years: [i32; 2], by: Option<&Authority>) -> TlsAcceptor {
    let mut params = CertificateParams::new([host.to_owned()]).unwrap();
    params.not_before = date_time_ymd(years[0], 1, 1);
    params.not_after = date_time_ymd(years[1], 1, 1);
    let key = KeyPair::generate().unwrap();
    let certificate = match by {
        Some(issuer) => params.signed_by(&key, issuer).unwrap(),
        None => params.self_signed(&key).unwrap(),
    };
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key);
    TlsAcceptor::from(Arc::new(config.unwrap()))
}

/// How a server greets whoever connects.
enum Greeting {
    Tls(TlsAcceptor),
    /// These bytes, whatever was said.
    Bytes(Vec<u8>),
}

/// The start of a handshake that chooses this version and cipher suite.
fn server_hello(version: u16, suite: u16) -> Greeting {
    let mut hello = version.to_be_bytes().to_vec();
    hello.extend([7; 32]);
    hello.push(0);
    hello.extend(suite.to_be_bytes());
    hello.push(0);
    let length = u8::try_from(hello.len()).unwrap();
    let mut record = vec![22, 3, 3, 0, length + 4, 2, 0, 0, length];
    record.extend(hello);
    Greeting::Bytes(record)
}

/// A server that keeps what it was told in confidence, and answers it.
async fn serve(greeting: Greeting) -> (SocketAddr, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let keeps = Arc::clone(&told);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            greet(stream, &greeting, &keeps).await;
        }
    });
    (address, told)
}

/// How what is said before anything is confided begins: an alert, or a step of the handshake.
const HANDSHAKE: [u8; 2] = [21, 22];

async fn greet(mut stream: TcpStream, greeting: &Greeting, keeps: &Mutex<Vec<u8>>) {
    let mut buffer = [0; 4096];
    match greeting {
        Greeting::Bytes(bytes) => {
            for reply in [bytes.as_slice(), &[]] {
                let read = stream.read(&mut buffer).await.unwrap_or(0);
                if buffer[..read]
                    .first()
                    .is_some_and(|first| !HANDSHAKE.contains(first))
                {
                    keeps.lock().unwrap().extend_from_slice(&buffer[..read]);
                }
                let _ = stream.write_all(reply).await;
            }
        }
        Greeting::Tls(acceptor) => {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                return;
            };
            let read = stream.read(&mut buffer).await.unwrap_or(0);
            keeps.lock().unwrap().extend_from_slice(&buffer[..read]);
            let _ = stream
                .write_all(b"HTTP/1.1 418 Here\r\nContent-Length: 0\r\n\r\n")
                .await;
            let _ = stream.shutdown().await;
        }
    }
}

/// What a request with credentials comes to, and what the server was told.
async fn ask(
    greeting: Greeting,
    trusted: &CertificateDer<'static>,
) -> (Result<u16, TransportError>, Vec<u8>) {
    let (address, told) = serve(greeting).await;
    let trusted = reqwest::Certificate::from_der(trusted).unwrap();
    let http = builder(Reach::Internet)
        .no_proxy()
        .tls_certs_merge([trusted])
        .resolve(HOST, address)
        .build();
    let request = http.unwrap().post(format!("https://{HOST}/"));
    let answer = exchange(request.basic_auth("user", Some("secret")), None).await;
    let told = told.lock().unwrap().clone();
    (answer.map(|answer| answer.status), told)
}

#[tokio::test]
async fn the_vendor_is_told_our_credentials() {
    let (issuer, trusted) = authority();
    let vendor = Greeting::Tls(acceptor(HOST, [2020, 2100], Some(&issuer)));
    let (answer, told) = ask(vendor, &trusted).await;
    assert_eq!(answer, Ok(418), "else the tests below would prove nothing");
    let told = String::from_utf8(told).unwrap().to_ascii_lowercase();
    assert!(told.contains("authorization: basic "));
}

#[tokio::test]
async fn nobody_else_is_told_our_credentials() {
    let (issuer, trusted) = authority();
    let (stranger, _) = authority();
    let tls = |host, years, by| Greeting::Tls(acceptor(host, years, by));
    let always = [2020, 2100];
    let table = [
        ("self-signed", tls(HOST, always, None)),
        (
            "an authority nobody knows",
            tls(HOST, always, Some(&stranger)),
        ),
        ("expired", tls(HOST, [2020, 2021], Some(&issuer))),
        ("not yet valid", tls(HOST, [2099, 2100], Some(&issuer))),
        ("another host", tls("us.api.tru.id", always, Some(&issuer))),
        (
            "another domain",
            tls("eu.api.tru.id.example.com", always, Some(&issuer)),
        ),
        ("TLS 1.0", server_hello(0x0301, 0xc013)),
        ("TLS 1.1", server_hello(0x0302, 0xc013)),
        ("RC4", server_hello(0x0303, 0x0005)),
        ("no encryption at all", server_hello(0x0303, 0x0002)),
        ("an alert", Greeting::Bytes(vec![21, 3, 2, 0, 2, 2, 70])),
        (
            "plain HTTP",
            Greeting::Bytes(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
        ),
    ];
    for (what, greeting) in table {
        let (answer, told) = ask(greeting, &trusted).await;
        assert_eq!(answer, Err(TransportError::Tls), "{what}");
        assert!(told.is_empty(), "{what}");
    }
}

#[tokio::test]
async fn plain_http_is_not_spoken_to_the_internet() {
    let (address, told) = serve(Greeting::Bytes(Vec::new())).await;
    let http = builder(Reach::Internet)
        .no_proxy()
        .resolve(HOST, address)
        .build();
    let answer = exchange(http.unwrap().get(format!("http://{HOST}/")), None).await;
    assert_eq!(
        answer.map(|answer| answer.status),
        Err(TransportError::Unreachable)
    );
    assert!(told.lock().unwrap().is_empty());
}
