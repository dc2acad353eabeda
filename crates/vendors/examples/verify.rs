//! A code sent and checked by hand, against Twilio or a stand-in.
//!
//! Read from standard input, a line each, so that nothing ends up in the shell's history or the
//! environment: account or API key SID, its auth token or secret, the service SID, and then the
//! code, once it has arrived.
//!
//! ```text
//! cargo run -p simgate-vendors --example verify -- https://verify.twilio.com +447700900000 sms
//! ```
//!
//! This sends a message or makes a call, and costs money. For a stand-in give
//! `http://127.0.0.1:PORT` as the host.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::env::args;
use std::error::Error;
use std::io::stdin;

use secrecy::SecretString;
use simgate_domain::{Channel, Locale, OneTimeCode, PhoneNumber};
use simgate_vendors::http::{Reach, client};
use simgate_vendors::{CodeSender as _, TwilioCredentials, TwilioHost, TwilioVerify};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let [_, host, number, channel] = <[String; 4]>::try_from(args().collect::<Vec<_>>())
        .map_err(|_| "give the host, the number, and sms or call")?;
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    let (host, reach) = match TwilioHost::loopback(&host) {
        Ok(host) => (host, Reach::Loopback),
        Err(_) => (TwilioHost::parse(&host)?, Reach::Internet),
    };
    let channel = match channel.as_str() {
        "sms" => Channel::Sms,
        "call" => Channel::Voice,
        _ => return Err("the channel is sms or call".into()),
    };
    let number = PhoneNumber::from_e164(&number)?;
    let mut lines = stdin().lines();
    let mut line = || {
        lines
            .next()
            .ok_or("SID, secret, service SID and code, a line each")?
            .map_err(Box::<dyn Error>::from)
    };
    let (user, secret) = (line()?, SecretString::from(line()?));
    let credentials = TwilioCredentials::new(&user, secret, &line()?)?;
    let codes = TwilioVerify::new(client(reach)?, host, credentials);

    let sid = codes.start(&number, channel, Locale::English).await?;
    println!("{sid:?} was sent; type the code, or nothing to cancel");
    match OneTimeCode::parse(&line()?) {
        Ok(code) => println!("{:?}", codes.check(&sid, &number, &code).await?),
        Err(_) => println!("canceled: {:?}", codes.cancel(&sid).await?),
    }
    Ok(())
}
