//! `POST /oauth2/v1/token` and `POST /oauth2/v1/revoke`.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::Project;
use crate::auth;
use crate::http::{Incoming, Response};
use crate::random;

/// How long a token lives.
const LIFETIME: SignedDuration = SignedDuration::from_secs(3600);
/// More live tokens than this are not kept; all are dropped then, as if revoked.
const KEPT: usize = 10_000;

/// The access tokens that were issued.
#[derive(Default)]
pub(super) struct Tokens(HashMap<String, Token>);

struct Token {
    expires_at: Timestamp,
    scope: String,
}

impl Tokens {
    /// Whether the request carries a token that is known, not expired and good for SIM checks.
    pub(super) fn admit(&self, request: &Incoming, now: Timestamp) -> bool {
        auth::bearer(request)
            .and_then(|presented| self.0.get(presented))
            .is_some_and(|token| {
                now < token.expires_at && token.scope.split(' ').any(|s| s == "sim_check")
            })
    }

    fn issue(&mut self, scope: &str, now: Timestamp) -> String {
        if self.0.len() >= KEPT {
            self.0.retain(|_, token| now < token.expires_at);
        }
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        let token = random::token();
        let expires_at = now.saturating_add(LIFETIME).unwrap_or(Timestamp::MAX);
        self.0.insert(
            token.clone(),
            Token {
                expires_at,
                scope: scope.to_owned(),
            },
        );
        token
    }
}

impl Project {
    pub(super) fn create_token(&mut self, request: &Incoming, now: Timestamp) -> Response {
        if let Some(refusal) = self.refuse_client(request) {
            return refusal;
        }
        let Some(form) = request.form() else {
            return refusal(400, "invalid_request", "The request body is not a form");
        };
        match form.get("grant_type") {
            Some("client_credentials") => {}
            Some(_) => {
                return refusal(
                    400,
                    "unsupported_grant_type",
                    "Only client_credentials is supported",
                );
            }
            None => return refusal(400, "invalid_request", "grant_type is missing"),
        }
        let asked = form.get("scope").unwrap_or_default();
        let scopes: Vec<&str> = asked.split(' ').filter(|scope| !scope.is_empty()).collect();
        let held = |scope: &&str| self.rule.scopes.iter().any(|held| held == scope);
        if scopes.is_empty() || !scopes.iter().all(held) {
            return refusal(
                400,
                "invalid_scope",
                "The requested scope is invalid or missing",
            );
        }
        let scope = scopes.join(" ");
        Response::json(
            200,
            "application/json",
            &json!({
                "access_token": self.tokens.issue(&scope, now),
                "token_type": "bearer",
                "expires_in": LIFETIME.as_secs(),
                "scope": scope,
            }),
        )
        .with("Cache-Control", "no-store")
    }

    /// Always 200, whether or not there was such a token.
    pub(super) fn revoke_token(&mut self, request: &Incoming) -> Response {
        if let Some(refusal) = self.refuse_client(request) {
            return refusal;
        }
        if let Some(token) = request.form().as_ref().and_then(|form| form.get("token")) {
            self.tokens.0.remove(token);
        }
        Response::empty(200)
    }

    fn refuse_client(&self, request: &Incoming) -> Option<Response> {
        (!auth::is_basic(request, &self.client_id, &self.client_secret)).then(|| {
            refusal(401, "invalid_client", "Client authentication failed")
                .with("WWW-Authenticate", "Basic realm=\"tru.ID\"")
        })
    }
}

/// An error of RFC 6749 section 5.2; tru.ID publishes none of its own for this path.
fn refusal(status: u16, error: &str, description: &str) -> Response {
    Response::json(
        status,
        "application/json",
        &json!({ "error": error, "error_description": description }),
    )
}
