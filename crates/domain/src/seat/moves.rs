//! The transitions of the seat.

use std::time::Duration;

use super::{
    CLEARANCE_LIFE, Clearance, Cleared, CodeSent, Identified, Occupied, Person, Recovering,
    Refused, STOP_SHOWN, Seat, SeatName, Sent, Stopped,
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
            Self::Recovering(_) => SeatName::Recovering,
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
            Self::Recovering(at) => Some(at.person()),
            Self::Occupied(at) => Some(&at.person),
        }
    }

    fn back<T>(self, why: Refused) -> Result<T, Back<S, C>> {
        Err(Box::new((self, why)))
    }

    fn not_now<T>(self) -> Result<T, Back<S, C>> {
        let name = self.name();
        self.back(Refused::WrongState(name))
    }

    /// The seat itself, if this sign-in has it.
    fn of(self, sign_in: SignInId) -> Result<Self, Back<S, C>> {
        match self.person().map(|person| person.sign_in == sign_in) {
            Some(true) => Ok(self),
            Some(false) => self.back(Refused::OtherSignIn),
            None => self.not_now(),
        }
    }

    /// The password was right.
    ///
    /// # Errors
    /// [`Refused::WrongState`] unless the seat is vacant.
    pub fn identify(self, person: Person, channel: Channel) -> Result<Self, Back<S, C>> {
        let Self::Vacant = self else {
            return self.not_now();
        };
        Ok(Self::Identified(Identified {
            person,
            channel,
            before: None,
        }))
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
        let seat = self.of(sign_in)?;
        let Self::Identified(at) = seat else {
            return seat.not_now();
        };
        Ok(Self::Cleared(Cleared {
            person: at.person,
            channel: at.channel,
            clearance,
            asked_at,
            before: at.before,
        }))
    }

    /// Whether a code may be sent on this clearance now: asked right before the vendor is.
    ///
    /// # Errors
    /// Unless this sign-in is cleared, by a SIM check at most [`CLEARANCE_LIFE`] old.
    pub fn may_send(&self, sign_in: SignInId, now: Duration) -> Result<&Cleared, Refused> {
        let Self::Cleared(at) = self else {
            return Err(Refused::WrongState(self.name()));
        };
        if at.person.sign_in != sign_in {
            return Err(Refused::OtherSignIn);
        }
        if now.saturating_sub(at.asked_at) > CLEARANCE_LIFE {
            return Err(Refused::StaleClearance);
        }
        Ok(at)
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
        let seat = self.of(sign_in)?;
        let Self::Cleared(at) = seat else {
            return seat.not_now();
        };
        let wrong = at.before.as_ref().map_or(0, |before| before.wrong);
        // The same verification is the same code: what any check before one of its sends said
        // against the SIM stays said, and it lives no longer.
        let (made_at, clearance) = match at.before {
            Some(before) if before.sid == sid => {
                (before.made_at, before.clearance.worse(at.clearance))
            }
            Some(_) | None => (now, at.clearance),
        };
        Ok(Self::CodeSent(CodeSent {
            person: at.person,
            sent: Sent {
                sid,
                channel: at.channel,
                clearance,
                made_at,
                wrong,
            },
        }))
    }

    /// The code was not sent again: a limit forbade it, or the vendor did not take it. A clearance
    /// is used up by that. The code sent before still counts; but what the newer check said against
    /// the SIM stays said, so that a code sent on an older, better one verifies nothing.
    ///
    /// # Errors
    /// Unless this sign-in was to be sent its code again.
    pub fn not_sent_again(self, sign_in: SignInId) -> Result<Self, Back<S, C>> {
        match self.of(sign_in)? {
            Self::Identified(Identified {
                person,
                before: Some(sent),
                ..
            }) => Ok(Self::CodeSent(CodeSent { person, sent })),
            Self::Cleared(Cleared {
                person,
                clearance,
                before: Some(mut sent),
                ..
            }) => {
                sent.clearance = sent.clearance.worse(clearance);
                Ok(Self::CodeSent(CodeSent { person, sent }))
            }
            seat @ (Self::Vacant
            | Self::Identified(Identified { before: None, .. })
            | Self::Cleared(Cleared { before: None, .. })
            | Self::CodeSent(_)
            | Self::Answering(_)
            | Self::Recovering(_)
            | Self::Occupied(_)
            | Self::Stopped(_)) => seat.not_now(),
        }
    }

    /// The person wants the code again, or by another channel: a new SIM check comes first.
    ///
    /// # Errors
    /// Unless a code was sent.
    pub fn send_again(self, channel: Channel) -> Result<Self, Back<S, C>> {
        let Self::CodeSent(at) = self else {
            return self.not_now();
        };
        Ok(Self::Identified(Identified {
            person: at.person,
            channel,
            before: Some(at.sent),
        }))
    }

    /// A code was typed and goes to the vendor.
    ///
    /// # Errors
    /// Unless a code was sent, and less than [`super::CODE_LIFE`] ago.
    pub fn answer(self, now: Duration) -> Result<Self, Back<S, C>> {
        let Self::CodeSent(at) = self else {
            return self.not_now();
        };
        if at.sent.life_left(now).is_zero() {
            return Self::CodeSent(at).back(Refused::CodeExpired);
        }
        Ok(Self::Answering(at))
    }

    /// The code was wrong, and may be typed once more.
    ///
    /// # Errors
    /// Unless this sign-in's code is with the vendor.
    pub fn wrong(self, sign_in: SignInId) -> Result<Self, Back<S, C>> {
        let seat = self.of(sign_in)?;
        let Self::Answering(mut at) = seat else {
            return seat.not_now();
        };
        at.sent.wrong += 1;
        Ok(Self::CodeSent(at))
    }

    /// A recovery code was typed, in place of the code or after the sign-in had stopped: after the
    /// password either way.
    ///
    /// # Errors
    /// Unless a code was sent, or the sign-in stopped less than [`STOP_SHOWN`] ago.
    pub fn recover(self, now: Duration) -> Result<Self, Back<S, C>> {
        match self {
            Self::CodeSent(at) => Ok(Self::Recovering(Recovering::CodeSent(at))),
            Self::Stopped(at) if now.saturating_sub(at.at) < STOP_SHOWN => {
                Ok(Self::Recovering(Recovering::Stopped(at)))
            }
            seat @ Self::Stopped(_) => seat.back(Refused::StopOver),
            seat @ (Self::Vacant
            | Self::Identified(_)
            | Self::Cleared(_)
            | Self::Answering(_)
            | Self::Recovering(_)
            | Self::Occupied(_)) => seat.not_now(),
        }
    }

    /// The recovery code was wrong: everything is as it was before it was typed. A stop lasts no longer
    /// by that.
    ///
    /// # Errors
    /// Unless this sign-in's recovery code is being looked at.
    pub fn not_recovered(self, sign_in: SignInId) -> Result<Self, Back<S, C>> {
        match self.of(sign_in)? {
            Self::Recovering(Recovering::CodeSent(at)) => Ok(Self::CodeSent(at)),
            Self::Recovering(Recovering::Stopped(at)) => Ok(Self::Stopped(at)),
            seat @ (Self::Vacant
            | Self::Identified(_)
            | Self::Cleared(_)
            | Self::CodeSent(_)
            | Self::Answering(_)
            | Self::Occupied(_)
            | Self::Stopped(_)) => seat.not_now(),
        }
    }

    /// The code was approved, or the recovery code was right, and the session is on record: the only
    /// way in.
    ///
    /// # Errors
    /// Unless this sign-in's code is with the vendor, or its recovery code is being looked at.
    pub fn occupy(self, sign_in: SignInId, facts: C, now: Duration) -> Result<Self, Back<S, C>> {
        let person = match self.of(sign_in)? {
            Self::Answering(at) | Self::Recovering(Recovering::CodeSent(at)) => at.person,
            Self::Recovering(Recovering::Stopped(at)) => at.person,
            seat @ (Self::Vacant
            | Self::Identified(_)
            | Self::Cleared(_)
            | Self::CodeSent(_)
            | Self::Occupied(_)
            | Self::Stopped(_)) => return seat.not_now(),
        };
        Ok(Self::Occupied(Occupied {
            person,
            facts,
            since: now,
            touched: now,
            proved: now,
        }))
    }

    /// The person at the counter proves themself anew. Their session leaves the seat to a sign-in
    /// of their own, with its own checks, limits and stops, and is given back for
    /// [`Seat::resume`].
    ///
    /// # Errors
    /// Unless somebody is signed in, and it is they.
    pub fn prove_anew(
        self,
        person: Person,
        channel: Channel,
    ) -> Result<(Self, Occupied<C>), Back<S, C>> {
        match self {
            Self::Occupied(session) if session.person.user == person.user => {
                let at = Identified {
                    person,
                    channel,
                    before: None,
                };
                Ok((Self::Identified(at), session))
            }
            seat @ Self::Occupied(_) => seat.back(Refused::OtherSignIn),
            seat @ (Self::Vacant
            | Self::Identified(_)
            | Self::Cleared(_)
            | Self::CodeSent(_)
            | Self::Answering(_)
            | Self::Recovering(_)
            | Self::Stopped(_)) => seat.not_now(),
        }
    }

    /// The person gave the new proof up, and goes on in the session they had. Its times are what
    /// they were: giving up neither lengthens it nor makes it fresh.
    ///
    /// # Errors
    /// Unless the seat is on its way to a code, for the person of the session.
    pub fn resume(self, session: Occupied<C>) -> Result<Self, Back<S, C>> {
        match self {
            Self::Identified(_)
            | Self::Cleared(_)
            | Self::CodeSent(_)
            | Self::Answering(_)
            | Self::Recovering(Recovering::CodeSent(_)) => match self.person() {
                Some(person) if person.user == session.person.user => Ok(Self::Occupied(session)),
                Some(_) | None => self.back(Refused::OtherSignIn),
            },
            // What stopped has ended the session, too.
            seat @ (Self::Vacant
            | Self::Recovering(Recovering::Stopped(_))
            | Self::Occupied(_)
            | Self::Stopped(_)) => seat.not_now(),
        }
    }

    /// The sign-in ends without success.
    ///
    /// # Errors
    /// Unless this sign-in is somewhere between the password and the counter.
    pub fn stop(self, sign_in: SignInId, shown: S, now: Duration) -> Result<Self, Back<S, C>> {
        let person = match self.of(sign_in)? {
            Self::Identified(at) => at.person,
            Self::Cleared(at) => at.person,
            Self::CodeSent(at)
            | Self::Answering(at)
            | Self::Recovering(Recovering::CodeSent(at)) => at.person,
            Self::Recovering(Recovering::Stopped(at)) => at.person,
            seat @ (Self::Vacant | Self::Occupied(_) | Self::Stopped(_)) => return seat.not_now(),
        };
        Ok(Self::Stopped(Stopped {
            person,
            shown,
            at: now,
            kept: now,
        }))
    }

    /// The verification that must be canceled if the sign-in were to end now.
    #[must_use]
    pub fn pending(&self) -> Option<&VerificationSid> {
        match self {
            Self::Vacant
            | Self::Occupied(_)
            | Self::Stopped(_)
            | Self::Recovering(Recovering::Stopped(_)) => None,
            Self::Identified(at) => at.before.as_ref().map(|sent| &sent.sid),
            Self::Cleared(at) => at.before.as_ref().map(|sent| &sent.sid),
            Self::CodeSent(at)
            | Self::Answering(at)
            | Self::Recovering(Recovering::CodeSent(at)) => Some(&at.sent.sid),
        }
    }
}
