//! Twilio's errors: always the same four keys.

use serde_json::json;

use crate::http::Response;

fn error(status: u16, code: u32, message: &str) -> Response {
    super::json(
        status,
        &json!({
            "code": code,
            "message": message,
            "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
            "status": status,
        }),
    )
}

pub(super) fn authenticate() -> Response {
    error(401, 20003, "Authenticate").with("WWW-Authenticate", "Basic realm=\"Twilio API\"")
}

/// The answer for a path that leads nowhere, and for a verification that was approved or has
/// expired: Twilio does not tell the two apart.
pub(super) fn not_found(path: &str) -> Response {
    let path = path.strip_prefix("/v2").unwrap_or(path);
    error(
        404,
        20404,
        &format!("The requested resource {path} was not found"),
    )
}

pub(super) fn method_not_allowed() -> Response {
    error(405, 20004, "Method not allowed")
}

pub(super) fn invalid_parameter(name: &str) -> Response {
    error(400, 60200, &format!("Invalid parameter: {name}"))
}

pub(super) fn max_check_attempts() -> Response {
    error(429, 60202, "Max check attempts reached")
}

pub(super) fn max_send_attempts() -> Response {
    error(429, 60203, "Max send attempts reached")
}

/// The service does not send by this way.
pub(super) fn channel_disabled() -> Response {
    error(400, 60223, "Delivery channel disabled")
}

/// A custom code was given to a service that makes its own.
pub(super) fn custom_code_not_allowed() -> Response {
    error(403, 60204, "Custom code not allowed")
}

/// A check that names neither the verification nor the number.
pub(super) fn to_or_sid_required() -> Response {
    error(
        400,
        60221,
        "Missing required parameter: either To or VerificationSid is required",
    )
}
