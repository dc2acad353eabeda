//! Asking again, where that costs nothing and changes nothing.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use reqwest::RequestBuilder;

use super::{Answer, exchange};
use crate::error::TransportError;

/// The answer to a request, which is made up to twice more after a failure to connect or a 5xx, with
/// jitter. Only for what may be asked for any number of times: a token, and reads.
pub(crate) async fn ask_patiently(
    request: impl Fn() -> RequestBuilder,
) -> Result<Answer, TransportError> {
    let patience = ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(100))
        .with_max_delay(Duration::from_secs(1))
        .with_max_times(2)
        .with_jitter();
    let asked = (|| once(request()))
        .retry(patience)
        .when(|failed| failed.may_pass)
        .await;
    asked.map_err(|failed| failed.cause)
}

async fn once(request: RequestBuilder) -> Result<Answer, Failed> {
    let answer = exchange(request, None).await.map_err(|cause| Failed {
        may_pass: cause == TransportError::Unreachable,
        cause,
    })?;
    match answer.status {
        status @ 500..=599 => Err(Failed {
            may_pass: true,
            cause: TransportError::VendorFailed { status },
        }),
        _ => Ok(answer),
    }
}

struct Failed {
    cause: TransportError,
    may_pass: bool,
}
