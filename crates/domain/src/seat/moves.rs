//! The transitions of the seat.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a move names the one state it leads from; every other, present or future, goes back as it was"
)]

use std::time::Duration;

use super::{
    CLEARANCE_LIFE, Clearance, Cleared, CodeSent, Identified, Occupied, Person, Refused, Seat,
    SeatName, Sent, Stopped,
};
use crate::channel::Channel;
use crate::ids::SignInId;
use crate::verification::VerificationSid;

/// A refused transition: the seat as it was, and why.
pub type Back<S, C> = Box<(Seat<S, C>, Refused)>;

impl<S, C> Seat<S, C> {
    /// The name of the state.
    #[must_use]
    pub fn name(&self) -> SeatName {
        match self {
            Self::Vacant => SeatName::Vacant,
            Self::Identified(_) => SeatName::Identified,
            Self::Cleared(_) => SeatName::Cleared,
            Self::CodeSent(_) => SeatName::CodeSent,
            Self::Answering(_) => SeatName::Answering,
            Self::Occupied(_) => SeatName::Occupied,
            Self::Stopped(_) => SeatName::Stopped,
        }
    }

    /// Whose sign-in or session has the seat, if anyone's.
    #[must_use]
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Vacant | Self::Stopped(_) => None,
            Self::Identified(at) => Some(&at.person),
            Self::Cleared(at) => Some(&at.person),
            Self::CodeSent(at) | Self::Answering(at) => Some(&at.person),
            Self::Occupied(at) => Some(&at.person),
        }
    }

    fn is_of(&self, sign_in: SignInId) -> bool {
        self.person()
            .is_some_and(|person| person.sign_in == sign_in)
    }

    fn back<T>(self, why: Refused) -> Result<T, Back<S, C>> {
        Err(Box::new((self, why)))
    }

    fn wrong_state<T>(self, sign_in: SignInId) -> Result<T, Back<S, C>> {
        let why = if self.is_of(sign_in) || self.person().is_none() {
            Refused::WrongState(self.name())
        } else {
            Refused::OtherSignIn
        };
        self.back(why)
    }

    /// The password was right.
    ///
    /// # Errors
    /// [`Refused::WrongState`] unless the seat is vacant.
    pub fn identify(self, person: Person, channel: Channel) -> Result<Self, Back<S, C>> {
        match self {
            Self::Vacant => Ok(Self::Identified(Identified {
                person,
                channel,
                before: None,
            })),
            other => {
                let name = other.name();
                other.back(Refused::WrongState(name))
            }
        }
    }

    /// The SIM check that was asked for at `asked_at` lets a code be sent.
    ///
    /// # Errors
    /// Unless this sign-in waits for its SIM check.
    pub fn clear(
        self,
        sign_in: SignInId,
        clearance: Clearance,
        asked_at: Duration,
    ) -> Result<Self, Back<S, C>> {
        match self {
            Self::Identified(at) if at.person.sign_in == sign_in => Ok(Self::Cleared(Cleared {
                person: at.person,
                channel: at.channel,
                clearance,
                asked_at,
                before: at.before,
            })),
            other => other.wrong_state(sign_in),
        }
    }

    /// Whether a code may be sent on this clearance now: asked right before the vendor is.
    ///
    /// # Errors
    /// Unless this sign-in is cleared, by a SIM check at most [`CLEARANCE_LIFE`] old.
    pub fn may_send(&self, sign_in: SignInId, now: Duration) -> Result<&Cleared, Refused> {
        match self {
            Self::Cleared(at) if at.person.sign_in == sign_in => {
                if now.saturating_sub(at.asked_at) > CLEARANCE_LIFE {
                    Err(Refused::StaleClearance)
                } else {
                    Ok(at)
                }
            }
            Self::Vacant
            | Self::Identified(_)
            | Self::Cleared(_)
            | Self::CodeSent(_)
            | Self::Answering(_)
            | Self::Occupied(_)
            | Self::Stopped(_) => Err(Refused::WrongState(self.name())),
        }
    }

    /// The vendor took the code for sending, which uses the clearance up.
    ///
    /// # Errors
    /// Unless this sign-in is cleared.
    pub fn sent(
        self,
        sign_in: SignInId,
        sid: VerificationSid,
        now: Duration,
    ) -> Result<Self, Back<S, C>> {
        match self {
            Self::Cleared(at) if at.person.sign_in == sign_in => {
                let wrong = at.before.as_ref().map_or(0, |before| before.wrong);
                let made_at = match at.before {
                    Some(before) if before.sid == sid => before.made_at,
                    Some(_) | None => now,
                };
                Ok(Self::CodeSent(CodeSent {
                    person: at.person,
                    sent: Sent {
                        sid,
                        channel: at.channel,
                        clearance: at.clearance,
                        made_at,
                        wrong,
                    },
                }))
            }
            other => other.wrong_state(sign_in),
        }
    }

    /// The code was not sent again: a limit forbade it, or the vendor did not take it. A clearance
    /// is used up by that. The code sent before still counts; but what the newer check said against
    /// the SIM stays said, so that a code sent on an older, better one verifies nothing.
    ///
    /// # Errors
    /// Unless this sign-in was to be sent its code again.
    pub fn not_sent_again(self, sign_in: SignInId) -> Result<Self, Back<S, C>> {
        match self {
            Self::Identified(Identified {
                person,
                before: Some(sent),
                ..
            }) if person.sign_in == sign_in => Ok(Self::CodeSent(CodeSent { person, sent })),
            Self::Cleared(Cleared {
                person,
                clearance,
                before: Some(mut sent),
                ..
            }) if person.sign_in == sign_in => {
                sent.clearance = sent.clearance.worse(clearance);
                Ok(Self::CodeSent(CodeSent { person, sent }))
            }
            other => other.wrong_state(sign_in),
        }
    }

    /// The person wants the code again, or by another channel: a new SIM check comes first.
    ///
    /// # Errors
    /// Unless a code was sent.
    pub fn send_again(self, channel: Channel) -> Result<Self, Back<S, C>> {
        match self {
            Self::CodeSent(at) => Ok(Self::Identified(Identified {
                person: at.person,
                channel,
                before: Some(at.sent),
            })),
            other => {
                let name = other.name();
                other.back(Refused::WrongState(name))
            }
        }
    }

    /// A code was typed and goes to the vendor.
    ///
    /// # Errors
    /// Unless a code was sent, and less than [`super::CODE_LIFE`] ago.
    pub fn answer(self, now: Duration) -> Result<Self, Back<S, C>> {
        match self {
            Self::CodeSent(at) if at.sent.life_left(now).is_zero() => {
                Self::CodeSent(at).back(Refused::CodeExpired)
            }
            Self::CodeSent(at) => Ok(Self::Answering(at)),
            other => {
                let name = other.name();
                other.back(Refused::WrongState(name))
            }
        }
    }

    /// The code was wrong, and may be typed once more.
    ///
    /// # Errors
    /// Unless this sign-in's code is with the vendor.
    pub fn wrong(self, sign_in: SignInId) -> Result<Self, Back<S, C>> {
        match self {
            Self::Answering(mut at) if at.person.sign_in == sign_in => {
                at.sent.wrong += 1;
                Ok(Self::CodeSent(at))
            }
            other => other.wrong_state(sign_in),
        }
    }

    /// The code was approved and the session is on record: the only way in.
    ///
    /// # Errors
    /// Unless this sign-in's code is with the vendor.
    pub fn occupy(self, sign_in: SignInId, facts: C, now: Duration) -> Result<Self, Back<S, C>> {
        match self {
            Self::Answering(at) if at.person.sign_in == sign_in => Ok(Self::Occupied(Occupied {
                person: at.person,
                facts,
                since: now,
                touched: now,
            })),
            other => other.wrong_state(sign_in),
        }
    }

    /// The sign-in ends without success.
    ///
    /// # Errors
    /// Unless this sign-in is somewhere between the password and the counter.
    pub fn stop(self, sign_in: SignInId, shown: S, now: Duration) -> Result<Self, Back<S, C>> {
        match self {
            Self::Identified(_) | Self::Cleared(_) | Self::CodeSent(_) | Self::Answering(_)
                if self.is_of(sign_in) =>
            {
                Ok(Self::Stopped(Stopped { shown, at: now }))
            }
            other => other.wrong_state(sign_in),
        }
    }

    /// The verification that must be canceled if the sign-in were to end now.
    #[must_use]
    pub fn pending(&self) -> Option<&VerificationSid> {
        match self {
            Self::Vacant | Self::Occupied(_) | Self::Stopped(_) => None,
            Self::Identified(at) => at.before.as_ref().map(|sent| &sent.sid),
            Self::Cleared(at) => at.before.as_ref().map(|sent| &sent.sid),
            Self::CodeSent(at) | Self::Answering(at) => Some(&at.sent.sid),
        }
    }
}
