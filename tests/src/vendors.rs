//! The stand-ins' control: what a number does, what goes wrong, and what was asked of the vendors.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use reqwest::{Client, Method};
use serde::Deserialize;
use serde_json::{Value, json};
use simgate_rehearsal::Call;

use crate::until::{SOON, until};

/// The control of the stand-ins that run within the program.
pub struct Vendors {
    control: String,
    client: Client,
}

/// What a phone received.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Message {
    /// `sms` or `call`.
    pub channel: String,
    /// The code in it.
    pub code: String,
}

/// A request that a vendor received.
#[derive(Debug, Clone, Deserialize)]
pub struct Request {
    /// What it asked for.
    pub call: Call,
    /// Its body, where that is text.
    #[serde(default)]
    pub body: String,
}

#[derive(Deserialize)]
struct Announcement {
    control: String,
}

impl Vendors {
    /// Reads where the stand-ins are from the file the program writes once they run.
    #[expect(
        clippy::disallowed_methods,
        reason = "the product's client refuses plain HTTP; this one speaks to loopback only"
    )]
    pub(crate) async fn announced_in(file: &Path) -> Result<Self> {
        let Announcement { control } = until("the rehearsal's announcement", SOON, async || {
            let text = tokio::fs::read(file).await?;
            Ok(Some(serde_json::from_slice(&text)?))
        })
        .await?;
        let client = Client::builder().no_proxy().timeout(SOON).build()?;
        Ok(Self { control, client })
    }

    /// What the operator says about a number from now on, as `{"sim": "changed"}`.
    pub async fn set_number(&self, e164: &str, rule: Value) -> Result<()> {
        self.ask(Method::PUT, &format!("/numbers/{e164}"), Some(rule))
            .await
            .map(drop)
    }

    /// What goes wrong from now on, in place of what went wrong before.
    pub async fn set_faults(&self, faults: Value) -> Result<()> {
        self.ask(Method::PUT, "/faults", Some(faults))
            .await
            .map(drop)
    }

    /// Neither vendor takes a connection.
    pub async fn go_down(&self) -> Result<()> {
        self.set_faults(json!([
            { "vendor": "tru_id", "door": "refuse" },
            { "vendor": "twilio_verify", "door": "refuse" },
        ]))
        .await
    }

    /// Nothing goes wrong any more.
    pub async fn recover(&self) -> Result<()> {
        self.set_faults(json!([])).await
    }

    /// The messages on a phone, newest last.
    pub async fn messages(&self, e164: &str) -> Result<Vec<Message>> {
        let answer = self
            .ask(Method::GET, &format!("/phone/{e164}"), None)
            .await?;
        Ok(serde_json::from_value(answer)?)
    }

    /// The code in the newest message on a phone, once there is one.
    pub async fn newest_code(&self, e164: &str) -> Result<String> {
        until("a message on the phone", SOON, async || {
            let messages = self.messages(e164).await?;
            Ok(messages.last().map(|message| message.code.clone()))
        })
        .await
    }

    /// Everything the vendors were asked, in order.
    pub async fn ledger(&self) -> Result<Vec<Request>> {
        Ok(serde_json::from_value(
            self.ask(Method::GET, "/ledger", None).await?,
        )?)
    }

    /// How often the vendors were asked for this.
    pub async fn count(&self, call: Call) -> Result<usize> {
        let ledger = self.ledger().await?;
        Ok(ledger.iter().filter(|request| request.call == call).count())
    }

    /// The checks and the sends, in the order in which they were asked for.
    pub async fn checks_and_sends(&self) -> Result<Vec<Call>> {
        let calls = self.ledger().await?.into_iter().map(|request| request.call);
        Ok(calls
            .filter(|call| matches!(call, Call::SimCheck | Call::Verifications))
            .collect())
    }

    /// Empties the ledger.
    pub async fn forget(&self) -> Result<()> {
        self.ask(Method::DELETE, "/ledger", None).await.map(drop)
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let mut request = self
            .client
            .request(method.clone(), format!("{}{path}", self.control));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "{method} {path}: {status} {text}");
        if text.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_str(&text).with_context(|| format!("{method} {path}: {text}"))
    }
}
