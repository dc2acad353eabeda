//! The stand-ins of a rehearsal, where its vendors are asked something.

use std::sync::Arc;

use simgate_app::config::{RehearsalVendors, VendorSource};
use simgate_app::contract::view::PhoneMessage;
use simgate_app::rehearsal::RehearsalPhone;
use simgate_rehearsal::{Credentials, Options, Rehearsal};
use simgate_vendors::{TruIdHost, TwilioHost};

/// A phone that nobody looks at.
struct Phone {
    /// They stop when they are dropped.
    _stand_ins: Rehearsal,
}

impl RehearsalPhone for Phone {
    fn messages(&self) -> Vec<PhoneMessage> {
        Vec::new()
    }
}

/// Starts the stand-ins, which take the credentials that every rehearsal takes.
///
/// # Errors
/// Where there is no port for them.
pub async fn stand_ins() -> Result<VendorSource, Box<dyn std::error::Error + Send + Sync>> {
    let stand_ins = Rehearsal::start(Options {
        credentials: Some(Credentials::well_known()),
        ..Options::default()
    })
    .await?;
    let credentials = stand_ins.credentials();
    Ok(VendorSource::Rehearsal(Arc::new(RehearsalVendors {
        tru_id_host: TruIdHost::loopback(&stand_ins.tru_id_url())?,
        tru_id: (
            credentials.tru_client_id.clone(),
            credentials.tru_client_secret.clone().into(),
        ),
        twilio_host: TwilioHost::loopback(&stand_ins.twilio_verify_url())?,
        twilio: (
            credentials.twilio_account_sid.clone(),
            credentials.twilio_auth_token.clone().into(),
            credentials.twilio_service_sid.clone(),
        ),
        phone: Arc::new(Phone {
            _stand_ins: stand_ins,
        }),
    })))
}
