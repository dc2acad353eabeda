//! tru.ID: the access token and the SIM check.

mod problem;
mod sim_check;
mod token;

use jiff::Timestamp;

use crate::credentials::Credentials;
use crate::http::{Answer, Incoming, Response};
use crate::number::Numbers;
use crate::rules::ProjectRule;

/// The rehearsed project at tru.ID.
pub(crate) struct Project {
    client_id: String,
    client_secret: String,
    /// What links in answers begin with.
    base_url: String,
    rule: ProjectRule,
    tokens: token::Tokens,
    checks: sim_check::Checks,
}

impl Project {
    pub(crate) fn new(credentials: &Credentials, base_url: String) -> Self {
        Self {
            client_id: credentials.tru_client_id.clone(),
            client_secret: credentials.tru_client_secret.clone(),
            base_url,
            rule: ProjectRule::default(),
            tokens: token::Tokens::default(),
            checks: sim_check::Checks::default(),
        }
    }

    /// Sets the project up anew. Tokens that were issued stay good for what they were issued for.
    pub(crate) fn set_up(&mut self, rule: ProjectRule) {
        self.rule = rule;
    }

    /// Only these are taken from now on, and no token that the old ones got.
    pub(crate) fn change_credentials(&mut self, credentials: &Credentials) {
        self.client_id.clone_from(&credentials.tru_client_id);
        self.client_secret
            .clone_from(&credentials.tru_client_secret);
        self.tokens = token::Tokens::default();
    }

    /// What tru.ID does about a request.
    pub(crate) fn answer(
        &mut self,
        numbers: &mut Numbers,
        request: &Incoming,
        now: Timestamp,
    ) -> Answer {
        match (request.method.as_str(), request.segments().as_slice()) {
            ("POST", ["oauth2", "v1", "token"]) => self.create_token(request, now).into(),
            ("POST", ["oauth2", "v1", "revoke"]) => self.revoke_token(request).into(),
            ("POST", ["sim_check", "v0.1", "checks"]) => self.create_check(numbers, request, now),
            ("GET", ["sim_check", "v0.1", "checks", id]) => {
                self.read_check(id, request, now).into()
            }
            (_, ["oauth2", "v1", "token" | "revoke"] | ["sim_check", "v0.1", "checks", ..]) => {
                Response::empty(405).into()
            }
            _ => problem::not_found().into(),
        }
    }
}
