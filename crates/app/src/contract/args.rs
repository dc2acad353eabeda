//! What the page may send. Unknown fields are refused, and nothing here can be printed.

use serde::Deserialize;
use ts_rs::TS;
use zeroize::Zeroizing;

use super::words::{ChannelName, Language};

/// Something secret as typed: wiped when dropped, and never printed.
#[derive(Deserialize)]
#[serde(from = "String")]
pub struct Typed(Zeroizing<String>);

impl From<String> for Typed {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl Typed {
    /// The text itself, for the one parser that takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A username and a password, as typed.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct SignInForm {
    /// The name as typed.
    pub username: String,
    /// The password as typed.
    #[ts(type = "string")]
    pub password: Typed,
    /// The language for the code's message.
    pub language: Language,
}

/// What registering needs.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RegisterForm {
    /// The name as typed.
    pub username: String,
    /// The password as typed.
    #[ts(type = "string")]
    pub password: Typed,
    /// The number as typed.
    pub phone: String,
    /// The country chosen beside it (ISO 3166-1 alpha-2), for numbers typed without `+`.
    pub country: String,
    /// How codes are to be sent.
    pub channel: ChannelName,
    /// The language for the code's message.
    pub language: Language,
}

/// A password being chosen, with the person's own words.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RatePasswordForm {
    /// The name as typed so far.
    pub username: String,
    /// The number as typed so far.
    pub phone: String,
    /// The country chosen beside it (ISO 3166-1 alpha-2), for numbers typed without `+`.
    pub country: String,
    /// The password as typed so far.
    #[ts(type = "string")]
    pub password: Typed,
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;
    use crate::contract::people::{
        AddPersonForm, ExportForm, ImportPartForm, NumberForm, PeopleForm,
    };
    use crate::people::NewNumber;

    /// What can be printed has it twice, and then nobody can say which is meant.
    trait NotPrinted<Which> {
        fn is_so() {}
    }

    struct ByDebug;

    impl<T> NotPrinted<()> for T {}
    impl<T: Debug> NotPrinted<ByDebug> for T {}

    /// Holds by being compiled: whole numbers, files and secrets get into no log.
    #[test]
    fn what_is_typed_cannot_be_printed() {
        <Typed as NotPrinted<_>>::is_so();
        <SignInForm as NotPrinted<_>>::is_so();
        <RegisterForm as NotPrinted<_>>::is_so();
        <RatePasswordForm as NotPrinted<_>>::is_so();
        <AddPersonForm as NotPrinted<_>>::is_so();
        <PeopleForm as NotPrinted<_>>::is_so();
        <ExportForm as NotPrinted<_>>::is_so();
        <NumberForm as NotPrinted<_>>::is_so();
        <NewNumber as NotPrinted<_>>::is_so();
        <ImportPartForm as NotPrinted<_>>::is_so();
    }
}
