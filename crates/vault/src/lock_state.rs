//! Whether the Secret Service's default collection is locked. The keyring library does not say.

use zbus::blocking::{Connection, Proxy};

/// `None` where nobody answers.
pub fn is_locked() -> Option<bool> {
    let connection = Connection::session().ok()?;
    let collection = Proxy::new(
        &connection,
        "org.freedesktop.secrets",
        "/org/freedesktop/secrets/aliases/default",
        "org.freedesktop.Secret.Collection",
    )
    .ok()?;
    collection.get_property("Locked").ok()
}
