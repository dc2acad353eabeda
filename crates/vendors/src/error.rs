//! One error per operation over one shared error of transport.

/// Why a request did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestError<E> {
    /// The vendor understood and said no.
    #[error(transparent)]
    Refused(E),
    /// There is no answer to go by.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

/// Why there is no answer to go by. Says nothing about what the vendor did meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TransportError {
    /// No connection within 3 seconds: no network, no such name, refused, or the client that was
    /// given may not go to this host.
    #[error("the vendor cannot be reached")]
    Unreachable,
    /// The other side did not prove to be the vendor, or speaks no TLS of 1.2 or later. No
    /// credentials were sent.
    #[error("no secure connection to the vendor")]
    Tls,
    /// No whole answer within [`TOTAL`](crate::http::TOTAL).
    #[error("the vendor did not answer in time")]
    TimedOut,
    /// The connection ended before the answer did.
    #[error("the connection was cut")]
    Cut,
    /// The answer points elsewhere (3xx). Neither vendor does that; it was not followed.
    #[error("the answer is a redirect")]
    Redirected,
    /// A body of more than 64 KiB.
    #[error("the answer is too large")]
    TooLarge,
    /// The vendor answered with a failure of its own (5xx), or with one that was not foreseen.
    #[error("the vendor failed with status {status}")]
    VendorFailed {
        /// The HTTP status.
        status: u16,
    },
    /// Something other than the vendor's documented answer, or not even HTTP; headers of more
    /// than some hundred kilobytes are that as well.
    #[error("the answer could not be understood")]
    Malformed,
}
