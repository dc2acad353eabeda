//! tru.ID's errors: RFC 7807 problem details, told apart by the fragment of `type`.
//!
//! The bodies are the examples of tru.ID's published `HTTPProblemDetailTypes`, save for 401 and
//! 402, for which it publishes none.

use serde_json::json;

use crate::http::Response;

fn problem(status: u16, fragment: &str, title: &str, detail: &str) -> Response {
    Response::json(
        status,
        "application/problem+json",
        &json!({
            "type": format!("https://developer.tru.id/docs/reference/api-errors#{fragment}"),
            "title": title,
            "detail": detail,
            "status": status,
        }),
    )
}

pub(super) fn bad_request() -> Response {
    problem(
        400,
        "bad_request",
        "Bad Request",
        "The request body is invalid",
    )
}

pub(super) fn phone_format_invalid() -> Response {
    problem(
        400,
        "phone_format_invalid",
        "Bad Request",
        "Phone Number Validation Error",
    )
}

pub(super) fn mno_not_supported() -> Response {
    problem(
        400,
        "mno_not_supported",
        "Bad Request",
        "Mobile Network Operator Not Supported",
    )
}

pub(super) fn unauthorized() -> Response {
    problem(401, "unauthorized", "Unauthorized", "Access Token Error")
        .with("WWW-Authenticate", "Bearer error=\"invalid_token\"")
}

pub(super) fn no_credit() -> Response {
    problem(
        402,
        "insufficient_balance",
        "Payment Required",
        "Insufficient balance",
    )
}

pub(super) fn check_not_found() -> Response {
    problem(404, "check_not_found", "Not Found", "Check Not Found")
}

pub(super) fn not_found() -> Response {
    problem(404, "not_found", "Not Found", "Not Found")
}

pub(super) fn too_many_requests(retry_after: Option<u32>) -> Response {
    let response = problem(
        429,
        "too_many_requests",
        "Rate Limit exceeded",
        "Rate Limit has exceeded, check response Retry-After HTTP header for when request can be retried.",
    );
    match retry_after {
        Some(seconds) => response.with("Retry-After", seconds.to_string()),
        None => response,
    }
}
