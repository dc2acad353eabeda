use std::time::Duration;

use secrecy::SecretString;
use simgate_domain::{Clock, Locale, PhoneNumber, Role, SignInId, UserId, Username};
use simgate_store::{SealKey, SqliteStore};
use simgate_vendors::http::{Reach, client};
use simgate_vendors::{
    TruId, TruIdCredentials, TruIdHost, TwilioCredentials, TwilioHost, TwilioVerify,
};

use super::*;
use crate::hashing::HashingCost;

struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(0)
    }

    fn uptime(&self) -> Duration {
        Duration::ZERO
    }
}

fn tools() -> Arc<Tools> {
    let http = client(Reach::Loopback).unwrap();
    let secret = || SecretString::from("secret");
    let digits = "0123456789abcdef0123456789abcdef";
    let (account, service) = (format!("AC{digits}"), format!("VA{digits}"));
    let tru_id = TruIdCredentials::new("client", secret()).unwrap();
    let twilio = TwilioCredentials::new(&account, secret(), &service).unwrap();
    let tru_id_host = TruIdHost::loopback("http://127.0.0.1:1").unwrap();
    let twilio_host = TwilioHost::loopback("http://127.0.0.1:1").unwrap();
    let clock = Arc::new(StoppedClock);
    Arc::new(Tools {
        store: Arc::new(SqliteStore::in_memory(SealKey::new(&[9; 32])).unwrap()),
        sim: Arc::new(TruId::new(http.clone(), tru_id_host, tru_id, clock)),
        codes: Arc::new(TwilioVerify::new(http, twilio_host, twilio)),
        hashing: Arc::new(Hashing::new(HashingCost::FLOOR).unwrap()),
    })
}

/// A code is checked by whoever sent it, though the vendors' settings were changed meanwhile.
#[test]
fn a_sign_in_goes_on_with_the_tools_it_began_with() {
    let (before, after) = (tools(), tools());
    let mut scene = Scene {
        readiness: Readiness::Ready(Arc::clone(&before)),
        ..Scene::default()
    };
    let person = Person {
        user: UserId::new(uuid::Uuid::nil()),
        name: Username::parse("maria").unwrap(),
        role: Role::Admin,
        number: PhoneNumber::from_e164("+447700900146").unwrap(),
        locale: Locale::English,
        sign_in: SignInId::new(uuid::Uuid::nil()),
    };
    scene
        .identify(Arc::clone(&before), person, Channel::Sms)
        .unwrap();
    scene.readiness = Readiness::Ready(Arc::clone(&after));
    let works_with = |scene: &Scene, tools: &Arc<Tools>| {
        let found = scene.tools().unwrap();
        Arc::ptr_eq(&found, tools)
    };
    assert!(works_with(&scene, &before));
    scene.vacate(None);
    assert!(
        works_with(&scene, &after),
        "the next one begins with the new"
    );
}
