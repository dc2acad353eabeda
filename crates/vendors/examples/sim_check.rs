//! One SIM check by hand, against tru.ID or a stand-in.
//!
//! Client id and client secret are read from standard input, a line each, so that neither ends up
//! in the shell's history or the environment:
//!
//! ```text
//! cargo run -p simgate-vendors --example sim_check -- https://eu.api.tru.id +447700900000
//! ```
//!
//! A check that completes is billed. For a stand-in give `http://127.0.0.1:PORT` as the host.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::env::args;
use std::error::Error;
use std::io::stdin;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use simgate_domain::{Clock, PhoneNumber, SimWindow, Timestamp};
use simgate_vendors::http::{Reach, client};
use simgate_vendors::{SimCheck as _, TruId, TruIdCredentials, TruIdHost};
use tokio::time::Instant;

/// Counts from the start of the program, which is all that a single check needs.
struct SinceStart(Instant);

impl Clock for SinceStart {
    fn now(&self) -> Timestamp {
        // The client asks for the uptime only.
        Timestamp::from_micros(0)
    }

    fn uptime(&self) -> Duration {
        self.0.elapsed()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let [_, host, number] = <[String; 3]>::try_from(args().collect::<Vec<_>>())
        .map_err(|_| "give the host and the number")?;
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    let (host, reach) = match TruIdHost::loopback(&host) {
        Ok(host) => (host, Reach::Loopback),
        Err(_) => (TruIdHost::parse(&host)?, Reach::Internet),
    };
    let mut lines = stdin().lines();
    let mut line = || {
        lines
            .next()
            .ok_or("client id and client secret, a line each")?
            .map_err(Box::<dyn Error>::from)
    };
    let credentials = TruIdCredentials::new(&line()?, SecretString::from(line()?))?;
    let clock = Arc::new(SinceStart(Instant::now()));
    let sim = TruId::new(client(reach)?, host, credentials, clock);
    let number = PhoneNumber::from_e164(&number)?;
    println!("{:#?}", sim.check(&number, SimWindow::SEVEN_DAYS).await);
    Ok(())
}
