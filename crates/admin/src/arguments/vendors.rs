//! The arguments of `vendors`.

use clap::{Args, Subcommand, ValueEnum};
use simgate_app::contract::words::VendorName;

/// The vendors' settings.
#[derive(Subcommand)]
pub enum VendorsCommand {
    /// Tests a vendor's settings from standard input, and keeps them in the keyring if they pass.
    #[command(after_help = "\
Examples:
  simgate-admin vendors set tru-id < tru-id.json
  simgate-admin vendors set twilio < twilio.txt
  pass show simgate/twilio | simgate-admin vendors set twilio

Standard input is a JSON object, or lines of name=value:
  tru-id: {\"host\":\"https://eu.api.tru.id\",\"client_id\":\"...\",\"client_secret\":\"...\"}
  twilio: sid=AC...
          secret=...
          service_sid=VA...
A field that is left out stays as it is. Nothing is taken from arguments, which other programs can read.")]
    Set(VendorsSet),
    /// Asks the vendors, with the settings that are kept, whatever costs nothing and sends nothing.
    #[command(after_help = "\
Examples:
  simgate-admin vendors test
  simgate-admin vendors test twilio")]
    Test(VendorsTest),
}

/// A vendor, as it is typed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Vendor {
    /// tru.ID, which asks the operator about the SIM.
    TruId,
    /// Twilio Verify, which sends and checks codes.
    Twilio,
}

impl From<Vendor> for VendorName {
    fn from(vendor: Vendor) -> Self {
        match vendor {
            Vendor::TruId => Self::TruId,
            Vendor::Twilio => Self::Twilio,
        }
    }
}

/// Arguments of `vendors set`.
#[derive(Args)]
pub struct VendorsSet {
    /// Whose settings.
    pub vendor: Vendor,
    /// Keeps them although they were not tested, or did not pass.
    #[arg(long)]
    pub untested: bool,
}

/// Arguments of `vendors test`.
#[derive(Args)]
pub struct VendorsTest {
    /// Whose settings; without it, both vendors'.
    pub vendor: Option<Vendor>,
}
