//! The faults that are set, and which of them a request meets.

use super::{Door, Fault};
use crate::http::Incoming;
use crate::ledger::{Call, Vendor};

/// The faults that are set.
#[derive(Default)]
pub(crate) struct Standing(Vec<Counted>);

struct Counted {
    fault: Fault,
    /// Requests it was for so far, those let pass included.
    seen: u32,
}

/// What a request meets.
#[derive(Debug, PartialEq)]
pub(crate) enum Met {
    Nothing,
    Fault(Fault),
    /// The vendor hangs up on the request and shuts its door.
    Shut(Door),
    /// The vendor answers and shuts its door before it does.
    AnswerThenShut(Door),
}

impl Standing {
    /// Puts these faults in the place of those set before.
    pub(crate) fn replace(&mut self, faults: Vec<Fault>) {
        self.0 = faults
            .into_iter()
            .map(|fault| Counted { fault, seen: 0 })
            .collect();
    }

    pub(crate) fn all(&self) -> Vec<Fault> {
        self.0.iter().map(|counted| counted.fault.clone()).collect()
    }

    /// How a vendor's door stands when the faults were just set.
    pub(crate) fn door(&self, vendor: Vendor) -> Option<Door> {
        self.0
            .iter()
            .map(|counted| &counted.fault)
            .filter(|fault| fault.door_vendor() == Some(vendor))
            .filter(|fault| fault.call.and_then(Call::predecessor).is_none())
            .find_map(|fault| fault.door)
    }

    /// What this request meets; counts it.
    pub(crate) fn meet(&mut self, vendor: Vendor, call: Call, request: &Incoming) -> Met {
        for Counted { fault, seen } in &mut self.0 {
            if let Some(door) = fault.door {
                let waits_for = fault.call.and_then(Call::predecessor);
                if fault.is_for(vendor, call, request) {
                    return Met::Shut(door);
                }
                if waits_for == Some(call) && fault.door_vendor() == Some(vendor) {
                    return Met::AnswerThenShut(door);
                }
                continue;
            }
            if !fault.is_for(vendor, call, request) {
                continue;
            }
            let used_up = fault
                .times
                .is_some_and(|times| *seen >= fault.skip.saturating_add(times));
            if used_up {
                continue;
            }
            *seen = seen.saturating_add(1);
            if *seen > fault.skip {
                return Met::Fault(fault.clone());
            }
        }
        Met::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::Wire;

    fn post(target: &str) -> Incoming {
        Incoming {
            method: "POST".to_owned(),
            target: target.to_owned(),
            ..Incoming::default()
        }
    }

    fn met(standing: &mut Standing, call: Call) -> bool {
        standing.meet(Vendor::TruId, call, &post("/x")) != Met::Nothing
    }

    #[test]
    fn a_fault_lets_some_pass_strikes_so_often_and_is_used_up() {
        let mut standing = Standing::default();
        standing.replace(vec![
            Fault::on(Call::Token)
                .over(Wire::Stall)
                .skipping(1)
                .times(2),
        ]);
        assert!(
            !met(&mut standing, Call::SimCheck),
            "it is not for this call"
        );
        let struck: Vec<bool> = (0..4).map(|_| met(&mut standing, Call::Token)).collect();
        assert_eq!(struck, [false, true, true, false]);
    }

    #[test]
    fn every_filter_must_fit() {
        let mut standing = Standing::default();
        standing.replace(vec![Fault {
            method: Some("POST".to_owned()),
            path_prefix: Some("/oauth2/".to_owned()),
            wire: Wire::Stall,
            ..Fault::default()
        }]);
        let mut meets =
            |request: &Incoming| standing.meet(Vendor::TruId, Call::Other, request) != Met::Nothing;
        assert!(meets(&post("/oauth2/v1/token")));
        assert!(!meets(&post("/sim_check")));
        assert!(!meets(&Incoming {
            method: "GET".to_owned(),
            ..post("/oauth2/v1/token")
        }));
    }

    #[test]
    fn a_door_waits_for_the_call_before() {
        let mut standing = Standing::default();
        standing.replace(vec![Fault::on(Call::SimCheck).behind(Door::Refuse)]);
        assert_eq!(
            standing.door(Vendor::TruId),
            None,
            "a token must be had first"
        );
        let token = standing.meet(Vendor::TruId, Call::Token, &post("/oauth2/v1/token"));
        assert_eq!(token, Met::AnswerThenShut(Door::Refuse));
        let check = standing.meet(Vendor::TruId, Call::SimCheck, &post("/sim_check"));
        assert_eq!(check, Met::Shut(Door::Refuse));
        standing.replace(vec![Fault::on(Call::Verifications).behind(Door::SynDrop)]);
        assert_eq!(standing.door(Vendor::TwilioVerify), Some(Door::SynDrop));
        assert_eq!(standing.door(Vendor::TruId), None);
    }
}
