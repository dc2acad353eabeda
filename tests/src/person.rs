//! Who signs in.

/// Somebody, with what they type. The last digits of their number decide what the stand-ins' operator
/// says about their SIM.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their name.
    pub username: String,
    /// Their password.
    pub password: String,
    /// Their number as they write it in Britain. The numbers are Ofcom's, for drama: nobody's.
    pub phone: String,
    /// `sms` or `voice`.
    pub channel: &'static str,
}

impl Person {
    /// Somebody whose number ends in these three digits.
    #[must_use]
    pub fn ending(digits: &str) -> Self {
        Self {
            username: "rosalind.okafor".to_owned(),
            password: "teal kettle hums at noon 47".to_owned(),
            phone: format!("07700 900{digits}"),
            channel: "sms",
        }
    }

    /// Whoever set the machine up.
    #[must_use]
    pub fn admin() -> Self {
        Self::ending("100").named("ana.ortega")
    }

    /// The same number, known by another name.
    #[must_use]
    pub fn named(self, username: &str) -> Self {
        Self {
            username: username.to_owned(),
            ..self
        }
    }

    /// The SIM was not changed.
    #[must_use]
    pub fn with_an_unchanged_sim() -> Self {
        Self::ending("142")
    }

    /// The SIM was changed half an hour ago.
    #[must_use]
    pub fn with_a_changed_sim() -> Self {
        Self::ending("143")
    }

    /// The operator takes no part in SIM checks.
    #[must_use]
    pub fn with_an_unsupported_operator() -> Self {
        Self::ending("190")
    }

    /// The number as the vendors know it.
    #[must_use]
    pub fn e164(&self) -> String {
        let digits: String = self.phone.chars().filter(char::is_ascii_digit).collect();
        format!("+44{}", digits.trim_start_matches('0'))
    }
}
