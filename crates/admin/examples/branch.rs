//! What happens at the window of a rehearsal, for the tests of the command line: set-up, and a sign-in.
//!
//! `branch set-up FOLDER` and `branch sign-in FOLDER NAME PASSWORD NUMBER`, in the session whose keyring
//! is to be used, print one word of what is shown at the end; `branch kit FOLDER NAME PASSWORD NUMBER` makes
//! a recovery kit and prints its key.

use std::path::Path;
use std::sync::Arc;

use simgate_app::config::RehearsalVendors;
use simgate_app::contract::args::{RegisterForm, SignInForm, Typed};
use simgate_app::contract::view::{PhoneMessage, View};
use simgate_app::contract::words::{ChannelName, Language, Refusal};
use simgate_app::rehearsal::RehearsalPhone;
use simgate_app::{App, Config, HashingCost, VendorSource};
use simgate_host::{Folders, SystemClock};
use simgate_rehearsal::{Options, Rehearsal};
use simgate_vault::{Space, Vault};
use simgate_vendors::{TruIdHost, TwilioHost};

type Failure = Box<dyn std::error::Error>;

struct NoPhone;

impl RehearsalPhone for NoPhone {
    fn messages(&self) -> Vec<PhoneMessage> {
        Vec::new()
    }
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "what it prints is its answer")]
async fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let shown = match words.as_slice() {
        ["set-up", folder] => set_up(Path::new(folder)).await?.to_owned(),
        ["sign-in", folder, name, password, number] => {
            let shown = sign_in(Path::new(folder), name, password, number).await?;
            shown.to_owned()
        }
        ["kit", folder, name, password, number] => {
            kit(Path::new(folder), name, password, number).await?
        }
        _ => return Err("set-up FOLDER, or sign-in or kit FOLDER NAME PASSWORD NUMBER".into()),
    };
    println!("{shown}");
    Ok(())
}

async fn set_up(folder: &Path) -> Result<&'static str, Failure> {
    let (app, vendors) = open(folder).await?;
    let number = "+447700900100";
    let form = RegisterForm {
        username: "admin.one".to_owned(),
        password: Typed::from("nine purple anvils hum".to_owned()),
        phone: number.to_owned(),
        country: "GB".to_owned(),
        channel: ChannelName::Sms,
        language: Language::En,
    };
    app.register_first_admin(form).await.map_err(refused)?;
    type_code(&app, &vendors, number).await?;
    let kit = app.make_kit(false).await.map_err(refused)?;
    let written = Typed::from(kit.codes[0].as_str().to_owned());
    app.confirm_kit(written).await.map_err(refused)?;
    app.finish_set_up().await.map_err(refused)?;
    let shown = shown(&app).await?;
    app.close().await;
    Ok(shown)
}

async fn sign_in(
    folder: &Path,
    name: &str,
    password: &str,
    number: &str,
) -> Result<&'static str, Failure> {
    let (app, vendors) = open(folder).await?;
    let form = SignInForm {
        username: name.to_owned(),
        password: Typed::from(password.to_owned()),
        language: Language::En,
    };
    if app.sign_in(form).await.is_err() {
        app.close().await;
        return Ok("refused");
    }
    type_code(&app, &vendors, number).await?;
    let shown = shown(&app).await?;
    app.close().await;
    Ok(shown)
}

/// The recovery key of a kit that is made and confirmed.
async fn kit(folder: &Path, name: &str, password: &str, number: &str) -> Result<String, Failure> {
    let (app, vendors) = open(folder).await?;
    let form = SignInForm {
        username: name.to_owned(),
        password: Typed::from(password.to_owned()),
        language: Language::En,
    };
    app.sign_in(form).await.map_err(refused)?;
    type_code(&app, &vendors, number).await?;
    let kit = app.make_kit(false).await.map_err(refused)?;
    let code = kit.codes[0].as_str().to_owned();
    app.confirm_kit(Typed::from(code)).await.map_err(refused)?;
    app.close().await;
    Ok(kit.recovery_key.as_str().to_owned())
}

/// Waits for the code that follows the SIM check, and types it.
async fn type_code(app: &App, vendors: &Rehearsal, number: &str) -> Result<(), Failure> {
    let mut now = app.view().await.map_err(refused)?;
    while matches!(now.view, View::CheckingSim { .. }) {
        now = app.next_view(now.revision).await.map_err(refused)?;
    }
    let messages = vendors.phone(number);
    let code = messages.last().ok_or("no code came")?.code.clone();
    app.check_code(Typed::from(code)).await.map_err(refused)?;
    Ok(())
}

async fn shown(app: &App) -> Result<&'static str, Failure> {
    let view = app.view().await.map_err(refused)?.view;
    if matches!(view, View::Counter(_)) {
        return Ok("counter");
    }
    if matches!(view, View::ChoosePassword(_)) {
        return Ok("choose-password");
    }
    Err(format!("{view:?}").into())
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err gives it")]
fn refused(refusal: Refusal) -> Failure {
    format!("{refusal:?}").into()
}

async fn open(folder: &Path) -> Result<(App, Rehearsal), Failure> {
    let vendors = Rehearsal::start(Options::default()).await?;
    let credentials = vendors.credentials();
    let source = VendorSource::Rehearsal(Arc::new(RehearsalVendors {
        tru_id_host: TruIdHost::loopback(&vendors.tru_id_url())?,
        tru_id: (
            credentials.tru_client_id.clone(),
            credentials.tru_client_secret.clone().into(),
        ),
        twilio_host: TwilioHost::loopback(&vendors.twilio_verify_url())?,
        twilio: (
            credentials.twilio_account_sid.clone(),
            credentials.twilio_auth_token.clone().into(),
            credentials.twilio_service_sid.clone(),
        ),
        phone: Arc::new(NoPhone),
    }));
    let config = Config {
        ground: Arc::new(|| Ok(())),
        data_dir: Folders::find(Some(folder), true)?.data,
        vendors: source,
        hashing: Some(HashingCost::FLOOR),
    };
    let vault = Vault::new(Space::Rehearsal)?;
    let app = App::new(config, Arc::new(SystemClock), vault);
    app.open().await;
    Ok((app, vendors))
}
