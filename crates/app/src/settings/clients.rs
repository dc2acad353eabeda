//! The clients that settings make.

use std::sync::Arc;

use simgate_domain::Clock;
use simgate_vendors::host::HostError;
use simgate_vendors::http::{self, ClientError, Reach};
use simgate_vendors::{CredentialError, TruId, TruIdHost, TwilioHost, TwilioVerify};

use super::values::{Access, Values, Whole};
use crate::config::{RehearsalVendors, VendorSource};
use crate::contract::settings::VendorField;
use crate::contract::words::VendorName;

/// A client for one vendor. It shares nothing with another: no connection, and no token.
pub(crate) enum Client {
    TruId(Arc<TruId>),
    Twilio(Arc<TwilioVerify>),
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoClient {
    #[error(transparent)]
    Http(#[from] ClientError),
    #[error(transparent)]
    Credentials(#[from] CredentialError),
    #[error(transparent)]
    Host(#[from] HostError),
}

/// A new client with these settings. In a rehearsal it is one of the stand-ins', whatever host the
/// settings name.
pub(crate) fn client(
    settings: &Whole,
    source: &VendorSource,
    clock: &Arc<dyn Clock>,
) -> Result<Client, NoClient> {
    let (reach, stand_ins) = match source {
        VendorSource::Keyring => (Reach::Internet, None),
        VendorSource::Rehearsal(stand_ins) => (Reach::Loopback, Some(stand_ins)),
    };
    let http = http::client(reach)?;
    Ok(match settings.access()? {
        Access::TruId(host, credentials) => {
            let host = stand_ins.map_or(host, |vendors| vendors.tru_id_host.clone());
            let clock = Arc::clone(clock);
            Client::TruId(Arc::new(TruId::new(http, host, credentials, clock)))
        }
        Access::Twilio(credentials) => {
            let host = match stand_ins {
                Some(vendors) => vendors.twilio_host.clone(),
                None => TwilioHost::parse(TwilioHost::ALLOWED[0])?,
            };
            Client::Twilio(Arc::new(TwilioVerify::new(http, host, credentials)))
        }
    })
}

/// The rehearsal's own settings, which open nothing but its stand-ins.
pub(crate) fn rehearsals_own(stand_ins: &RehearsalVendors, vendor: VendorName) -> Values {
    match vendor {
        VendorName::TruId => {
            let (id, secret) = &stand_ins.tru_id;
            Values::default()
                .with(VendorField::Host, TruIdHost::ALLOWED[0])
                .with(VendorField::ClientId, id)
                .with(VendorField::ClientSecret, secret)
        }
        VendorName::Twilio => {
            let (sid, secret, service) = &stand_ins.twilio;
            Values::default()
                .with(VendorField::Sid, sid)
                .with(VendorField::Secret, secret)
                .with(VendorField::ServiceSid, service)
        }
    }
}
