//! How a code reaches its person, and in which language.

/// How a code is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A text message.
    Sms,
    /// A phone call that speaks the code.
    Voice,
}

/// The language of the message that carries the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English.
    English,
    /// Spanish.
    Spanish,
}
