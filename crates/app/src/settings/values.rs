//! The fields of one vendor's settings, and when they are whole.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use secrecy::SecretString;
use sha2::{Digest, Sha256};
use simgate_vendors::{CredentialError, TruIdCredentials, TruIdHost, TwilioCredentials};
use zeroize::Zeroizing;

use crate::contract::args::Typed;
use crate::contract::settings::{
    FilledField, VendorField, VendorFieldCode, VendorFieldProblem, VendorForm,
};
use crate::contract::words::VendorName;

/// The longest field there is any reason to take.
const LONGEST: usize = 256;

impl VendorName {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::TruId, Self::Twilio];

    /// The fields of its settings.
    pub(crate) const fn fields(self) -> [VendorField; 3] {
        match self {
            Self::TruId => [
                VendorField::Host,
                VendorField::ClientId,
                VendorField::ClientSecret,
            ],
            Self::Twilio => [
                VendorField::Sid,
                VendorField::Secret,
                VendorField::ServiceSid,
            ],
        }
    }

    /// The word for the record.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::TruId => "tru_id",
            Self::Twilio => "twilio",
        }
    }
}

impl VendorField {
    /// Its name in the keyring's entry.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::ClientId => "client_id",
            Self::ClientSecret => "client_secret",
            Self::Sid => "sid",
            Self::Secret => "secret",
            Self::ServiceSid => "service_sid",
        }
    }
}

/// Fields of settings, some of which may be missing. No `Debug`, no `Serialize`; wiped when dropped.
#[derive(Default, Clone)]
pub(crate) struct Values(BTreeMap<VendorField, Zeroizing<String>>);

impl Values {
    /// What somebody typed, without the blanks around it.
    pub(crate) fn typed(form: &VendorForm) -> (VendorName, Self) {
        match form {
            VendorForm::TruId(form) => {
                let values = Self::default()
                    .with(VendorField::Host, plain(form.host.as_ref()))
                    .with(VendorField::ClientId, plain(form.client_id.as_ref()))
                    .with(
                        VendorField::ClientSecret,
                        hidden(form.client_secret.as_ref()),
                    );
                (VendorName::TruId, values)
            }
            VendorForm::Twilio(form) => {
                let values = Self::default()
                    .with(VendorField::Sid, plain(form.sid.as_ref()))
                    .with(VendorField::Secret, hidden(form.secret.as_ref()))
                    .with(VendorField::ServiceSid, plain(form.service_sid.as_ref()));
                (VendorName::Twilio, values)
            }
        }
    }

    /// With this field, unless there is nothing in it.
    pub(crate) fn with(mut self, field: VendorField, text: &str) -> Self {
        let text = text.trim();
        if !text.is_empty() {
            self.0.insert(field, Zeroizing::new(text.to_owned()));
        }
        self
    }

    /// These, and where they say nothing, those.
    pub(crate) fn over(mut self, below: &Self) -> Self {
        for (field, text) in &below.0 {
            self.0.entry(*field).or_insert_with(|| text.clone());
        }
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn get(&self, field: VendorField) -> Option<&str> {
        self.0.get(&field).map(|text| text.as_str())
    }

    /// What the page is told of them.
    pub(crate) fn shown(&self) -> Vec<FilledField> {
        let shown = |(field, text): (&VendorField, &Zeroizing<String>)| FilledField {
            field: *field,
            shown: match field {
                VendorField::Host => Some(text.to_string()),
                VendorField::ClientId | VendorField::Sid | VendorField::ServiceSid => {
                    Some(last_four(text))
                }
                VendorField::ClientSecret | VendorField::Secret => None,
            },
        };
        self.0.iter().map(shown).collect()
    }
}

fn plain(typed: Option<&String>) -> &str {
    typed.map_or("", String::as_str)
}

fn hidden(typed: Option<&Typed>) -> &str {
    typed.map_or("", Typed::as_str)
}

/// The last four characters of what has many more, and nothing of what is short.
fn last_four(text: &str) -> String {
    let count = text.chars().count();
    let shown = if count >= 12 { 4 } else { 0 };
    text.chars().skip(count - shown).collect()
}

/// All of one vendor's settings, each of its form.
#[derive(Clone)]
pub(crate) struct Whole {
    vendor: VendorName,
    values: Values,
}

/// What the settings of a vendor make.
pub(crate) enum Access {
    TruId(TruIdHost, TruIdCredentials),
    Twilio(TwilioCredentials),
}

impl Whole {
    /// The settings, if nothing is wrong with any of them.
    pub(crate) fn check(
        vendor: VendorName,
        values: &Values,
    ) -> Result<Self, Vec<VendorFieldProblem>> {
        let mut whole = Values::default();
        let mut problems = Vec::new();
        for field in vendor.fields() {
            match checked(field, values.get(field).unwrap_or_default()) {
                Ok(text) => whole = whole.with(field, &text),
                Err(code) => problems.push(VendorFieldProblem { field, code }),
            }
        }
        if problems.is_empty() {
            let values = whole;
            Ok(Self { vendor, values })
        } else {
            Err(problems)
        }
    }

    pub(crate) fn vendor(&self) -> VendorName {
        self.vendor
    }

    pub(crate) fn values(&self) -> &Values {
        &self.values
    }

    /// What tells these settings from any others, and nothing about them.
    pub(crate) fn fingerprint(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(self.vendor.word());
        for text in self.values.0.values() {
            digest.update(text.len().to_le_bytes());
            digest.update(text.as_bytes());
        }
        digest.finalize().into()
    }

    /// The fields in which these differ from others, or all.
    pub(crate) fn changed_from(&self, before: Option<&Values>) -> Vec<VendorField> {
        let changed = |field: &VendorField| {
            self.values.get(*field) != before.and_then(|before| before.get(*field))
        };
        self.vendor.fields().into_iter().filter(changed).collect()
    }

    /// What they make.
    ///
    /// # Errors
    /// None that could be: each field was looked at when the whole was made.
    pub(crate) fn access(&self) -> Result<Access, CredentialError> {
        let text = |field| self.values.get(field).unwrap_or_default();
        let secret = |field| SecretString::from(text(field));
        match self.vendor {
            VendorName::TruId => {
                let host = TruIdHost::parse(text(VendorField::Host))
                    .map_err(|_| CredentialError::ClientId)?;
                let credentials = TruIdCredentials::new(
                    text(VendorField::ClientId),
                    secret(VendorField::ClientSecret),
                )?;
                Ok(Access::TruId(host, credentials))
            }
            VendorName::Twilio => TwilioCredentials::new(
                text(VendorField::Sid),
                secret(VendorField::Secret),
                text(VendorField::ServiceSid),
            )
            .map(Access::Twilio),
        }
    }
}

/// The field as it is stored.
fn checked(field: VendorField, text: &str) -> Result<Zeroizing<String>, VendorFieldCode> {
    if text.is_empty() {
        return Err(VendorFieldCode::Missing);
    }
    if text.len() > LONGEST {
        return Err(VendorFieldCode::TooLong);
    }
    let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
    let sid = |kind: &str| {
        text.strip_prefix(kind)
            .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let (fits, code) = match field {
        VendorField::Host => {
            let host = TruIdHost::typed(text).map_err(|_| VendorFieldCode::HostNotAllowed)?;
            return Ok(Zeroizing::new(host.to_string()));
        }
        VendorField::ClientId => (
            visible && !text.contains(':'),
            VendorFieldCode::ClientIdForm,
        ),
        VendorField::ClientSecret => (visible, VendorFieldCode::ClientSecretForm),
        VendorField::Sid => (sid("AC") || sid("SK"), VendorFieldCode::SidForm),
        VendorField::Secret => (visible, VendorFieldCode::SecretForm),
        VendorField::ServiceSid => (sid("VA"), VendorFieldCode::ServiceSidForm),
    };
    if fits {
        Ok(Zeroizing::new(text.to_owned()))
    } else {
        Err(code)
    }
}
