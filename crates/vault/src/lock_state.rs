//! Whether the Secret Service's default collection is locked. The keyring library does not say.

use zbus::blocking::Connection;
use zbus::zvariant::OwnedValue;

/// `None` where nobody answers.
pub fn is_locked() -> Option<bool> {
    let connection = Connection::session().ok()?;
    let answer = connection.call_method(
        Some("org.freedesktop.secrets"),
        "/org/freedesktop/secrets/aliases/default",
        Some("org.freedesktop.DBus.Properties"),
        "Get",
        &("org.freedesktop.Secret.Collection", "Locked"),
    );
    let value: OwnedValue = answer.ok()?.body().deserialize().ok()?;
    bool::try_from(value).ok()
}
