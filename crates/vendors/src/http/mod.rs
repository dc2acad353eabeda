//! The one HTTP client that both vendors are spoken to with, and its limits.

mod again;
mod answer;
mod exchange;
mod mask;
mod retry_after;
#[cfg(test)]
mod tls_tests;

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::tls::Version;

pub(crate) use again::ask_patiently;
pub(crate) use answer::Answer;
pub(crate) use exchange::exchange;

/// How long a connection may take, TLS included.
pub const CONNECT: Duration = Duration::from_secs(3);
/// How long a call may take in all: connection, request, answer, and whatever it needs first.
/// Half a second below the ten that a person is promised, for what is done around it.
pub const TOTAL: Duration = Duration::from_millis(9_500);
/// How much of an answer's body is read. The longest that is documented is below 4 KiB.
pub const MAX_BODY: usize = 64 * 1024;

/// How often an idle HTTP/2 connection is asked whether it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// There is one seat, so that more connections to one vendor are never of use for long.
const MAX_IDLE: usize = 4;

/// How far the client may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To the vendors: HTTPS only, through the system's proxy if it has one.
    Internet,
    /// To the stand-ins of a rehearsal: plain HTTP and no proxy. Hosts made with `loopback` are
    /// the only ones that need it.
    Loopback,
}

/// The client could not be made: the system's certificates cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client")]
pub struct ClientError(#[source] reqwest::Error);

/// The client for both vendors, to be made once and cloned.
///
/// HTTPS with TLS 1.2 or later against the system's own certificates, [`CONNECT`] and [`TOTAL`]
/// as limits of time. It follows no redirect, repeats no request, sends no referrer, and asks for
/// no compression. Bodies are cut at [`MAX_BODY`] where they are read.
///
/// # Errors
/// [`ClientError`], which no setting can mend.
pub fn client(reach: Reach) -> Result<reqwest::Client, ClientError> {
    builder(reach).build().map_err(ClientError)
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the client that the lint points to"
)]
fn builder(reach: Reach) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("SIMgate/", env!("CARGO_PKG_VERSION")))
        .tls_backend_rustls()
        .tls_version_min(Version::TLS_1_2)
        .connect_timeout(CONNECT)
        .timeout(TOTAL)
        .redirect(Policy::none())
        // By default a request that the other side says it did not process is sent again.
        .retry(reqwest::retry::never())
        .referer(false)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .http2_keep_alive_interval(KEEP_ALIVE)
        .http2_keep_alive_timeout(TOTAL)
        .http2_keep_alive_while_idle(true)
        .pool_max_idle_per_host(MAX_IDLE);
    match reach {
        Reach::Internet => builder.https_only(true),
        Reach::Loopback => builder.no_proxy(),
    }
}
