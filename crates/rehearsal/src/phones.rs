//! The phones on which codes arrive.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::number::Digits;

/// More messages than this are not kept; the oldest go first.
const KEPT: usize = 20_000;

/// How a code travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A text message.
    Sms,
    /// A voice call.
    Call,
}

impl Channel {
    /// Twilio's word for it, in requests and answers.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Call => "call",
        }
    }
}

/// One message or call, as the person holding the phone gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Whether it was written or spoken.
    pub channel: Channel,
    /// The code in it.
    pub code: String,
    /// All of what it says.
    pub text: String,
    /// When it came, by the stand-ins' clock.
    pub at: Timestamp,
}

/// All phones there are.
#[derive(Default)]
pub(crate) struct Phones(VecDeque<(Digits, Message)>);

impl Phones {
    pub(crate) fn deliver(&mut self, to: Digits, message: Message) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back((to, message));
    }

    /// The messages of one phone, newest last.
    pub(crate) fn of(&self, number: &Digits) -> Vec<Message> {
        self.0
            .iter()
            .filter(|(to, _)| to == number)
            .map(|(_, message)| message.clone())
            .collect()
    }

    /// Every phone's messages with the number in E.164, newest last.
    pub(crate) fn all(&self) -> Vec<(String, Message)> {
        self.0
            .iter()
            .map(|(to, message)| (to.e164(), message.clone()))
            .collect()
    }
}

/// The words in which Twilio hands over a code. Spanish if the locale is a Spanish one, else
/// English, the language Twilio falls back to.
pub(crate) fn words(channel: Channel, code: &str, locale: Option<&str>) -> String {
    let spanish = locale.is_some_and(|l| {
        l.split('-')
            .next()
            .is_some_and(|language| language.eq_ignore_ascii_case("es"))
    });
    let spoken = || {
        code.chars()
            .map(|digit| format!("{digit}."))
            .collect::<Vec<_>>()
            .join(" ")
    };
    match (channel, spanish) {
        (Channel::Sms, false) => format!("Your SIMgate verification code is: {code}"),
        (Channel::Sms, true) => format!("Tu código de verificación de SIMgate es: {code}"),
        (Channel::Call, false) => format!("Call: your code is {}", spoken()),
        (Channel::Call, true) => format!("Llamada: tu código es {}", spoken()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_shows_its_own_messages_newest_last() {
        let (mine, other) = (
            Digits::parse("447700900000").unwrap(),
            Digits::parse("447700900002").unwrap(),
        );
        let mut phones = Phones::default();
        for (to, code) in [(&mine, "111111"), (&other, "222222"), (&mine, "333333")] {
            phones.deliver(
                to.clone(),
                Message {
                    channel: Channel::Sms,
                    code: code.to_owned(),
                    text: words(Channel::Sms, code, None),
                    at: Timestamp::UNIX_EPOCH,
                },
            );
        }
        let codes: Vec<_> = phones.of(&mine).into_iter().map(|m| m.code).collect();
        assert_eq!(codes, ["111111", "333333"]);
        assert_eq!(phones.all().len(), 3);
        assert_eq!(phones.all()[1].0, "+447700900002");
    }

    #[test]
    fn the_words_follow_the_channel_and_the_locale() {
        assert_eq!(
            words(Channel::Sms, "123456", Some("en")),
            "Your SIMgate verification code is: 123456"
        );
        assert!(words(Channel::Sms, "123456", Some("es-MX")).starts_with("Tu código"));
        assert_eq!(
            words(Channel::Call, "123456", Some("de")),
            "Call: your code is 1. 2. 3. 4. 5. 6."
        );
        assert!(words(Channel::Call, "123456", Some("ES")).starts_with("Llamada"));
    }
}
