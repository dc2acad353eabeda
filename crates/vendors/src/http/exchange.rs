//! One request and its answer, within every limit, and a line of log about it.

use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::header::CONTENT_LENGTH;
use reqwest::{RequestBuilder, Response};
use simgate_domain::PhoneNumber;
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::mask::masked;
use super::retry_after::retry_after;
use super::{Answer, MAX_BODY};
use crate::error::TransportError;

/// Sends the request, once, and reads its answer. `about` is the number it concerns, for the log.
pub(crate) async fn exchange(
    request: RequestBuilder,
    about: Option<&PhoneNumber>,
) -> Result<Answer, TransportError> {
    let (client, request) = request.build_split();
    // What requests are made of was parsed before, so that none fails to be built.
    let request = request.map_err(|error| cause_of(&error))?;
    let line = Line {
        method: request.method().to_string(),
        host: request.url().host_str().unwrap_or_default().to_owned(),
        path: masked(request.url().path()),
        number: about.map_or_else(|| "none".to_owned(), |n| format!("..{}", n.ending())),
    };
    let began = Instant::now();
    let answer = match client.execute(request).await {
        Ok(response) => read(response).await,
        Err(error) => Err(cause_of(&error)),
    };
    line.write(&answer, began.elapsed());
    answer
}

async fn read(mut response: Response) -> Result<Answer, TransportError> {
    let status = response.status();
    if status.is_redirection() {
        return Err(TransportError::Redirected);
    }
    let announced = response.headers().get(CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > MAX_BODY as u64) {
        return Err(TransportError::TooLarge);
    }
    let retry_after = retry_after(response.headers());
    // Reserved at once, so that no copy is left behind by growing.
    let mut body = Zeroizing::new(Vec::with_capacity(MAX_BODY));
    while let Some(chunk) = response.chunk().await.map_err(|error| cause_of(&error))? {
        if body.len() + chunk.len() > MAX_BODY {
            return Err(TransportError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status: status.as_u16(),
        retry_after,
        body,
    })
}

/// Our word for what went wrong. The error itself goes no further: it would show the whole URL.
fn cause_of(error: &reqwest::Error) -> TransportError {
    let cause = match () {
        () if within::<rustls::Error>(error).is_some() => TransportError::Tls,
        () if error.is_connect() || error.is_builder() => TransportError::Unreachable,
        () if error.is_timeout() => TransportError::TimedOut,
        () if within(error).is_some_and(hyper::Error::is_parse) => TransportError::Malformed,
        () => TransportError::Cut,
    };
    // What the system or TLS said holds neither a URL nor anything that was sent.
    let tls = within::<rustls::Error>(error);
    let system = within::<io::Error>(error).map(io::Error::kind);
    tracing::debug!(?cause, ?tls, ?system, "no answer");
    cause
}

/// The first error of this type among those that led to `error`, looking into I/O errors as well:
/// these do not name what they wrap as their source.
fn within<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    None
}

/// What the log says of a request: nothing that is secret, and of a number its last two digits.
struct Line {
    method: String,
    host: String,
    path: String,
    number: String,
}

impl Line {
    fn write(&self, answer: &Result<Answer, TransportError>, took: Duration) {
        let Self {
            method,
            host,
            path,
            number,
        } = self;
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        match answer {
            Ok(answer) => tracing::info!(
                %method, %host, %path, %number, status = answer.status, ms, "vendor answered"
            ),
            Err(cause) => tracing::warn!(
                %method, %host, %path, %number, %cause, ms, "no answer from vendor"
            ),
        }
    }
}
