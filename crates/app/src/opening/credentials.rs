//! The vendors' credentials, from the keyring or from a rehearsal.

use secrecy::SecretString;
use serde::Deserialize;
use simgate_vault::{Patience, Secret};
use simgate_vendors::http::Reach;
use simgate_vendors::{TruIdCredentials, TruIdHost, TwilioCredentials, TwilioHost};

use super::{NotReady, fault, keyring};
use crate::config::RehearsalVendors;
use crate::contract::args::Typed;
use crate::contract::words::{FaultKind, VendorName};

/// Which vendors, and who we are there.
pub(super) struct Vendors {
    pub(super) reach: Reach,
    pub(super) tru_id_host: TruIdHost,
    pub(super) tru_id: TruIdCredentials,
    pub(super) twilio_host: TwilioHost,
    pub(super) twilio: TwilioCredentials,
}

/// The keyring's entry `tru-id`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TruIdEntry {
    host: Typed,
    client_id: Typed,
    client_secret: Typed,
}

/// The keyring's entry `twilio`. The account's SID and auth token, or an API key's SID and secret.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TwilioEntry {
    sid: Typed,
    secret: Typed,
    service_sid: Typed,
}

impl Vendors {
    pub(super) fn of_rehearsal(stand_ins: &RehearsalVendors) -> Result<Self, NotReady> {
        let (sid, secret, service) = &stand_ins.twilio;
        Ok(Self {
            reach: Reach::Loopback,
            tru_id_host: stand_ins.tru_id_host.clone(),
            tru_id: tru_id(&stand_ins.tru_id.0, &stand_ins.tru_id.1)?,
            twilio_host: stand_ins.twilio_host.clone(),
            twilio: twilio(sid, secret, service)?,
        })
    }

    pub(super) async fn from_keyring(vault: &Patience<'_>) -> Result<Self, NotReady> {
        let tru = entry::<TruIdEntry>(vault, &Secret::TruId).await?;
        let twi = entry::<TwilioEntry>(vault, &Secret::Twilio).await?;
        let (Some(tru), Some(twi)) = (&tru, &twi) else {
            let missing = [
                (tru.is_none(), VendorName::TruId),
                (twi.is_none(), VendorName::Twilio),
            ];
            return Err(NotReady::NotSetUp(
                missing
                    .iter()
                    .filter(|(gone, _)| *gone)
                    .map(|(_, name)| *name)
                    .collect(),
            ));
        };
        let settings = |error: &dyn std::fmt::Display| fault(FaultKind::VendorSettings, error);
        Ok(Self {
            reach: Reach::Internet,
            tru_id_host: TruIdHost::parse(tru.host.as_str()).map_err(|error| settings(&error))?,
            tru_id: tru_id(tru.client_id.as_str(), tru.client_secret.as_str())?,
            twilio_host: TwilioHost::parse(TwilioHost::ALLOWED[0])
                .map_err(|error| settings(&error))?,
            twilio: twilio(
                twi.sid.as_str(),
                twi.secret.as_str(),
                twi.service_sid.as_str(),
            )?,
        })
    }
}

async fn entry<T: for<'de> Deserialize<'de>>(
    vault: &Patience<'_>,
    secret: &Secret,
) -> Result<Option<T>, NotReady> {
    let Some(text) = vault.get(secret).await.map_err(|error| keyring(&error))? else {
        return Ok(None);
    };
    // The error of the parser could quote the secret.
    serde_json::from_slice(&text).map(Some).map_err(|_| {
        let what = format!("the keyring's entry {secret:?} is not of its form");
        fault(FaultKind::VendorSettings, what)
    })
}

fn tru_id(id: &str, secret: &str) -> Result<TruIdCredentials, NotReady> {
    TruIdCredentials::new(id, SecretString::from(secret))
        .map_err(|error| fault(FaultKind::VendorSettings, error))
}

fn twilio(sid: &str, secret: &str, service: &str) -> Result<TwilioCredentials, NotReady> {
    TwilioCredentials::new(sid, SecretString::from(secret), service)
        .map_err(|error| fault(FaultKind::VendorSettings, error))
}
