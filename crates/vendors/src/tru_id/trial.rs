//! A trial of a project's credentials.

use super::TruId;
use super::token::NotAToken;
use crate::error::RequestError;
use crate::trial::{Deadline, ScopeNotHeld, Step, TokenRefused, TruIdTrial, reach};

impl TruId {
    /// Tries the credentials, step by step: the host, a token, its scope. Asks for a token of its
    /// own, which is not kept. Ends within 10 seconds, and costs nothing.
    pub async fn trial(&self) -> TruIdTrial {
        let deadline = Deadline::from_now();
        let reached = deadline.hold(reach(&self.http, &self.host.0)).await;
        let host = Step::from(reached);
        if !host.passed() {
            return TruIdTrial {
                host,
                token: Step::NotReached,
                scope: Step::NotReached,
            };
        }
        let (token, scope) = match deadline.hold(self.tokens.fetch()).await {
            Ok(_token) => (Ok(()), Step::Passed { detail: () }),
            Err(NotAToken::OtherScope) => (Ok(()), NOT_HELD),
            Err(NotAToken::Refused(refused @ TokenRefused::Scope)) => {
                (Err(RequestError::Refused(refused)), NOT_HELD)
            }
            Err(NotAToken::Refused(
                refused @ (TokenRefused::OurCredentials
                | TokenRefused::OurBalance
                | TokenRefused::RateLimited { .. }),
            )) => (Err(RequestError::Refused(refused)), Step::NotReached),
            Err(NotAToken::Transport(error)) => {
                (Err(RequestError::Transport(error)), Step::NotReached)
            }
        };
        TruIdTrial {
            host,
            token: token.into(),
            scope,
        }
    }
}

const NOT_HELD: Step<(), ScopeNotHeld> = Step::Failed {
    cause: ScopeNotHeld,
};
