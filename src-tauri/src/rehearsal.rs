//! The stand-ins inside the program, and the phone that codes arrive on.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use simgate_app::config::{RehearsalVendors, VendorSource};
use simgate_app::contract::view::PhoneMessage;
use simgate_app::contract::words::ChannelName;
use simgate_app::rehearsal::RehearsalPhone;
use simgate_rehearsal::{Channel, Credentials, Options, Rehearsal};
use simgate_vendors::{TruIdHost, TwilioHost};

struct Phone(Rehearsal);

impl RehearsalPhone for Phone {
    fn messages(&self) -> Vec<PhoneMessage> {
        let messages = self.0.all_messages().into_iter();
        messages
            .map(|(to, message)| PhoneMessage {
                to,
                channel: match message.channel {
                    Channel::Sms => ChannelName::Sms,
                    Channel::Call => ChannelName::Voice,
                },
                text: message.text,
                code: message.code,
                at: message.at.to_string(),
            })
            .collect()
    }
}

/// Writes where the stand-ins are reached into a file.
pub fn announce(line: &str, file: &Path) -> std::io::Result<()> {
    // Under its name the file is whole from the first moment on.
    let unfinished = file.with_extension("unfinished");
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true);
    // It names where everything sent in the rehearsal can be read.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut writer = options.open(&unfinished)?;
    writeln!(writer, "{line}")?;
    std::fs::rename(&unfinished, file)
}

/// Starts the stand-ins. Returns with them the line that announces them.
pub async fn start() -> Result<(VendorSource, String), Box<dyn std::error::Error>> {
    let stand_ins = Rehearsal::start(Options {
        credentials: Some(Credentials::well_known()),
        ..Options::default()
    })
    .await?;
    let announcement = stand_ins.announcement();
    let credentials = stand_ins.credentials();
    let source = VendorSource::Rehearsal(Arc::new(RehearsalVendors {
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
        phone: Arc::new(Phone(stand_ins)),
    }));
    Ok((source, announcement))
}
