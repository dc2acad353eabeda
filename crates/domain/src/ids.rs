//! Names that SIMgate gives to people and sign-ins.

use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The id with this value. New ones are UUIDs of version 7, made where the clock and
            /// the randomness are.
            #[must_use]
            pub const fn new(value: Uuid) -> Self {
                Self(value)
            }

            /// The value.
            #[must_use]
            pub const fn value(self) -> Uuid {
                self.0
            }
        }
    };
}

id! {
    /// A person who may sign in.
    UserId
}
id! {
    /// One way through the gate, from the right password to its end; the session it opens has the
    /// same id.
    SignInId
}
