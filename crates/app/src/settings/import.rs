//! Settings from files that people have already, and a rehearsal's own.

use secrecy::{ExposeSecret, SecretString};
use simgate_vendors::TruIdHost;
use simgate_vendors::import::{DotEnvError, TruJsonError, dot_env, tru_json};

use super::at::At;
use super::clients::rehearsals_own;
use super::entries;
use super::values::Values;
use crate::app::{Answer, App};
use crate::config::VendorSource;
use crate::contract::settings::{
    VendorField, VendorFile, VendorFileAnswer, VendorFileForm, VendorFileProblem,
};
use crate::contract::words::{ErrorCode, Refusal, VendorName};
use crate::opening::keyring_fault;

/// What was found in a file.
struct Found {
    tru_id: Values,
    twilio: Values,
    may_check_sims: Option<bool>,
}

impl App {
    /// Takes the text of a file. What is found in it is held here, in place of what was imported
    /// before, until it is saved or dropped, and the file is not kept.
    ///
    /// # Errors
    /// As [`App::at_settings`].
    pub(super) async fn import_file(&self, form: VendorFileForm) -> Answer<VendorFileAnswer> {
        let at = self.at_settings()?;
        let text = form.text.as_str();
        let found = match form.file {
            VendorFile::TruJson => from_tru_json(text),
            VendorFile::DotEnv => from_dot_env(text),
        };
        let mut found = match found {
            Ok(found) => found,
            Err(not_taken) => return Ok(not_taken),
        };
        if found.tru_id.get(VendorField::ClientId).is_some()
            && found.tru_id.get(VendorField::Host).is_none()
        {
            // The tutorial knows no region but Europe. One that is stored stays.
            match entries::read(&self.inner.vault.patiently(), VendorName::TruId).await {
                Ok(stored) if stored.settings().is_some() => {}
                Ok(_) => {
                    found.tru_id = found.tru_id.with(VendorField::Host, TruIdHost::ALLOWED[0]);
                }
                Err(error) => {
                    let fault = keyring_fault(&error);
                    return Ok(VendorFileAnswer::Keyring { fault });
                }
            }
        }
        Ok(self.hold(&at, found))
    }

    /// Fills in the rehearsal's own credentials, as if they had been imported.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`] outside a rehearsal, and where nobody may.
    pub(super) fn fill_in(&self) -> Answer<VendorFileAnswer> {
        let at = self.at_settings()?;
        let stand_ins = match &self.inner.config.vendors {
            VendorSource::Keyring => return Err(Refusal::plain(ErrorCode::NotNow)),
            VendorSource::Rehearsal(stand_ins) => stand_ins,
        };
        let found = Found {
            tru_id: rehearsals_own(stand_ins, VendorName::TruId),
            twilio: rehearsals_own(stand_ins, VendorName::Twilio),
            may_check_sims: Some(true),
        };
        Ok(self.hold(&at, found))
    }

    fn hold(&self, at: &At, found: Found) -> VendorFileAnswer {
        let fields = [found.tru_id.shown(), found.twilio.shown()].concat();
        let mut unsaved = self.unsaved(at);
        for (vendor, values) in [
            (VendorName::TruId, found.tru_id),
            (VendorName::Twilio, found.twilio),
        ] {
            let held = unsaved.of(vendor);
            held.imported = values.over(&held.imported);
        }
        VendorFileAnswer::Filled {
            fields,
            may_check_sims: found.may_check_sims,
        }
    }
}

fn from_tru_json(text: &str) -> Result<Found, VendorFileAnswer> {
    let file = tru_json(text).map_err(|error| {
        let problem = match error {
            TruJsonError::TooLong => VendorFileProblem::TooLong,
            TruJsonError::NotJson => VendorFileProblem::NotJson,
            TruJsonError::SomethingElse => VendorFileProblem::SomethingElse,
            TruJsonError::NoCredentials => VendorFileProblem::NoCredentials,
            TruJsonError::ClientId => VendorFileProblem::ClientId,
            TruJsonError::ClientSecret => VendorFileProblem::ClientSecret,
            TruJsonError::Region => VendorFileProblem::Region,
        };
        not_taken(problem, None, None)
    })?;
    Ok(Found {
        tru_id: Values::default()
            .with(VendorField::Host, &file.host.to_string())
            .with(VendorField::ClientId, &file.client_id)
            .with(
                VendorField::ClientSecret,
                file.client_secret.expose_secret(),
            ),
        twilio: Values::default(),
        may_check_sims: file.may_check_sims,
    })
}

fn from_dot_env(text: &str) -> Result<Found, VendorFileAnswer> {
    let file = dot_env(text).map_err(|error| match error {
        DotEnvError::TooLong => not_taken(VendorFileProblem::TooLong, None, None),
        DotEnvError::Line { line } => not_taken(VendorFileProblem::Line, Some(line), None),
        DotEnvError::Quote { line } => not_taken(VendorFileProblem::Quote, Some(line), None),
        DotEnvError::Twice { name } => not_taken(VendorFileProblem::Twice, None, Some(name)),
        DotEnvError::Form { name } => not_taken(VendorFileProblem::Form, None, Some(name)),
        DotEnvError::NothingFound => not_taken(VendorFileProblem::NothingFound, None, None),
    })?;
    let secret = |secret: &Option<SecretString>| {
        let exposed = secret.as_ref().map(ExposeSecret::expose_secret);
        zeroize::Zeroizing::new(exposed.unwrap_or_default().to_owned())
    };
    Ok(Found {
        tru_id: Values::default()
            .with(
                VendorField::ClientId,
                file.client_id.as_deref().unwrap_or_default(),
            )
            .with(VendorField::ClientSecret, &secret(&file.client_secret)),
        twilio: Values::default()
            .with(VendorField::Sid, file.sid.as_deref().unwrap_or_default())
            .with(VendorField::Secret, &secret(&file.secret))
            .with(
                VendorField::ServiceSid,
                file.service_sid.as_deref().unwrap_or_default(),
            ),
        may_check_sims: None,
    })
}

fn not_taken(
    problem: VendorFileProblem,
    line: Option<u32>,
    name: Option<&'static str>,
) -> VendorFileAnswer {
    VendorFileAnswer::NotTaken {
        problem,
        line,
        name: name.map(str::to_owned),
    }
}
