//! Starting, steering and stopping the stand-ins.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::credentials::Credentials;
use crate::faults::{BadFault, Fault};
use crate::ledger::{Request, Vendor};
use crate::number::{Digits, NotE164, NumberRule};
use crate::phones::Message;
use crate::rules::{BadRule, ProjectRule, ServiceRule};
use crate::wire::connection::{Counterpart, Reception};
use crate::wire::door::{self, Doors};
use crate::world::{Shared, World};

/// The only address the stand-ins are ever reached at.
const LOOPBACK: Ipv4Addr = Ipv4Addr::LOCALHOST;

/// How to start the stand-ins.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The port of the control API; 0 is any that is free. The vendors always get free ones.
    pub port: u16,
    /// What clients must present; drawn at random if `None`. A program that people practise with
    /// takes [`Credentials::well_known`].
    pub credentials: Option<Credentials>,
}

/// Why the stand-ins did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No port on loopback could be had.
    #[error("no port on {address}")]
    Port {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// A credential does not look as the vendor's would.
    #[error("{0} does not have the vendor's form")]
    Credentials(&'static str),
}

/// The stand-ins, running. They stop when this is dropped.
///
/// Steering them from here does the same as the control API, and is done when the method returns.
pub struct Rehearsal {
    credentials: Credentials,
    tru_id: SocketAddr,
    twilio_verify: SocketAddr,
    control: SocketAddr,
    shared: Arc<Shared>,
    doors: Doors,
    keepers: JoinSet<()>,
}

impl Rehearsal {
    /// Starts the stand-ins on the loopback address `127.0.0.1`, within the Tokio runtime this is
    /// called in.
    ///
    /// # Errors
    ///
    /// When a port cannot be had, or given credentials do not have the vendors' form.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let credentials = options.credentials.unwrap_or_else(Credentials::random);
        if let Some(field) = credentials.misshapen() {
            return Err(StartError::Credentials(field));
        }
        let (tru_id_listener, tru_id) = listen(0).await?;
        let (twilio_listener, twilio_verify) = listen(0).await?;
        let (control_listener, control) = listen(options.port).await?;

        let world = World::new(
            &credentials,
            format!("http://{tru_id}"),
            format!("http://{twilio_verify}"),
        );
        let shared = Arc::new(Shared::new(world));
        let (tru_id_orders, tru_id_ordered) = mpsc::channel(16);
        let (twilio_orders, twilio_ordered) = mpsc::channel(16);
        // Nobody orders the control API's door about.
        let (_, control_ordered) = mpsc::channel(1);
        let doors = Doors {
            tru_id: tru_id_orders,
            twilio_verify: twilio_orders,
        };

        let mut keepers = JoinSet::new();
        for (counterpart, listener, at, orders) in [
            (
                Counterpart::Vendor(Vendor::TruId),
                tru_id_listener,
                tru_id,
                tru_id_ordered,
            ),
            (
                Counterpart::Vendor(Vendor::TwilioVerify),
                twilio_listener,
                twilio_verify,
                twilio_ordered,
            ),
            (
                Counterpart::Control,
                control_listener,
                control,
                control_ordered,
            ),
        ] {
            let (state, door) = watch::channel(None);
            let reception = Reception {
                counterpart,
                shared: Arc::clone(&shared),
                doors: doors.clone(),
                door,
            };
            keepers.spawn(door::keep(listener, at, orders, state, reception));
        }
        Ok(Self {
            credentials,
            tru_id,
            twilio_verify,
            control,
            shared,
            doors,
            keepers,
        })
    }

    /// Base URL of tru.ID, without a slash at its end.
    #[must_use]
    pub fn tru_id_url(&self) -> String {
        format!("http://{}", self.tru_id)
    }

    /// Base URL of Twilio Verify, without `/v2` and without a slash at its end.
    #[must_use]
    pub fn twilio_verify_url(&self) -> String {
        format!("http://{}", self.twilio_verify)
    }

    /// Base URL of the control API, without a slash at its end.
    #[must_use]
    pub fn control_url(&self) -> String {
        format!("http://{}", self.control)
    }

    /// What clients must present, unless that was changed since the start.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// One line of JSON: where the stand-ins are, and what clients must present.
    #[must_use]
    pub fn announcement(&self) -> String {
        let credentials = &self.credentials;
        json!({
            "tru_id": self.tru_id_url(),
            "twilio_verify": self.twilio_verify_url(),
            "control": self.control_url(),
            "credentials": {
                "tru_client_id": credentials.tru_client_id,
                "tru_client_secret": credentials.tru_client_secret,
                "twilio_account_sid": credentials.twilio_account_sid,
                "twilio_auth_token": credentials.twilio_auth_token,
                "twilio_service_sid": credentials.twilio_service_sid,
            },
        })
        .to_string()
    }

    /// Gives a number a rule that wins over its ending.
    ///
    /// # Errors
    ///
    /// When it is not a number in E.164; the `+` may be left out.
    pub fn set_number(&self, number: &str, rule: NumberRule) -> Result<(), NotE164> {
        let number = Digits::parse(number).ok_or(NotE164)?;
        self.shared.world().numbers.set(number, rule);
        Ok(())
    }

    /// Returns a number to the rule of its ending.
    ///
    /// # Errors
    ///
    /// When it is not a number in E.164; the `+` may be left out.
    pub fn reset_number(&self, number: &str) -> Result<(), NotE164> {
        let number = Digits::parse(number).ok_or(NotE164)?;
        self.shared.world().numbers.reset(&number);
        Ok(())
    }

    /// Sets one fault in the place of all that were set before.
    ///
    /// # Errors
    ///
    /// When the fault makes no sense; nothing is changed then.
    pub async fn set_fault(&self, fault: Fault) -> Result<(), BadFault> {
        self.set_faults(vec![fault]).await
    }

    /// Sets faults in the place of all that were set before. Of those that are for a request it
    /// meets the first.
    ///
    /// # Errors
    ///
    /// When a fault makes no sense; nothing is changed then.
    pub async fn set_faults(&self, faults: Vec<Fault>) -> Result<(), BadFault> {
        faults.iter().try_for_each(Fault::check)?;
        self.replace_faults(faults).await;
        Ok(())
    }

    /// Ends all faults. The vendors can be reached again when this returns.
    pub async fn clear_faults(&self) {
        self.replace_faults(Vec::new()).await;
    }

    async fn replace_faults(&self, faults: Vec<Fault>) {
        let doors = {
            let mut world = self.shared.world();
            world.faults.replace(faults);
            [Vendor::TruId, Vendor::TwilioVerify].map(|v| (v, world.faults.door(v)))
        };
        for (vendor, door) in doors {
            self.doors.set(vendor, door).await;
        }
    }

    /// The old credentials are revoked, as by someone at the vendors, with every token they got, and
    /// these are taken in their place.
    ///
    /// # Errors
    ///
    /// When one does not have the vendor's form; nothing is changed then.
    pub fn change_credentials(&self, credentials: &Credentials) -> Result<(), StartError> {
        if let Some(field) = credentials.misshapen() {
            return Err(StartError::Credentials(field));
        }
        let mut world = self.shared.world();
        world.project.change_credentials(credentials);
        world.account.change_credentials(credentials);
        Ok(())
    }

    /// Sets the project at tru.ID up anew.
    ///
    /// # Errors
    ///
    /// When tru.ID would not take it; nothing is changed then.
    pub fn set_project(&self, rule: ProjectRule) -> Result<(), BadRule> {
        rule.check()?;
        self.shared.world().project.set_up(rule);
        Ok(())
    }

    /// Sets the Verify service at Twilio up anew.
    ///
    /// # Errors
    ///
    /// When Twilio would not take it; nothing is changed then.
    pub fn set_service(&self, rule: ServiceRule) -> Result<(), BadRule> {
        rule.check()?;
        self.shared.world().account.set_up(rule);
        Ok(())
    }

    /// Moves the vendors' clock on: tokens and codes age by as much.
    pub fn advance_clock(&self, by: Duration) {
        self.shared.world().clock.advance(by);
    }

    /// What time it is at the vendors.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.shared.world().clock.now()
    }

    /// The messages on one phone, newest last; none for what is not a number in E.164.
    #[must_use]
    pub fn phone(&self, number: &str) -> Vec<Message> {
        Digits::parse(number)
            .map(|n| self.shared.world().phones.of(&n))
            .unwrap_or_default()
    }

    /// The messages on all phones, each with its number in E.164, newest last.
    #[must_use]
    pub fn all_messages(&self) -> Vec<(String, Message)> {
        self.shared.world().phones.all()
    }

    /// Every request the vendors received, oldest first.
    #[must_use]
    pub fn ledger(&self) -> Vec<Request> {
        self.shared.world().ledger.all()
    }

    /// Forgets the requests received so far.
    pub fn clear_ledger(&self) {
        self.shared.world().ledger.clear();
    }

    /// Stops the stand-ins and returns once their ports are free and every connection is closed.
    pub async fn stop(mut self) {
        self.keepers.shutdown().await;
    }
}

async fn listen(port: u16) -> Result<(TcpListener, SocketAddr), StartError> {
    let address = SocketAddr::from((LOOPBACK, port));
    let failed = |source| StartError::Port { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}
