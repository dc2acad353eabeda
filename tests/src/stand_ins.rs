//! The stand-ins as the program is given them, where it runs with no window.

use std::sync::Arc;

use anyhow::Result;
use simgate_app::VendorSource;
use simgate_app::config::RehearsalVendors;
use simgate_app::contract::view::PhoneMessage;
use simgate_app::rehearsal::RehearsalPhone;
use simgate_rehearsal::{Credentials, Rehearsal};
use simgate_vendors::{TruIdHost, TwilioHost};

struct NoPhone;

impl RehearsalPhone for NoPhone {
    fn messages(&self) -> Vec<PhoneMessage> {
        Vec::new()
    }
}

/// These stand-ins, and no phone: a scenario asks them for messages itself.
pub fn source(vendors: &Rehearsal) -> Result<VendorSource> {
    let urls = (vendors.tru_id_url(), vendors.twilio_verify_url());
    at((&urls.0, &urls.1), vendors.credentials())
}

/// The stand-ins at these two places, tru.ID's and Twilio's, which may be another program's.
pub fn at((tru_id, twilio): (&str, &str), credentials: &Credentials) -> Result<VendorSource> {
    Ok(VendorSource::Rehearsal(Arc::new(RehearsalVendors {
        tru_id_host: TruIdHost::loopback(tru_id)?,
        tru_id: (
            credentials.tru_client_id.clone(),
            credentials.tru_client_secret.clone().into(),
        ),
        twilio_host: TwilioHost::loopback(twilio)?,
        twilio: (
            credentials.twilio_account_sid.clone(),
            credentials.twilio_auth_token.clone().into(),
            credentials.twilio_service_sid.clone(),
        ),
        phone: Arc::new(NoPhone),
    })))
}
