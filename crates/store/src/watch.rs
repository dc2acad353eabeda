//! Looking on at every call, for tests of what is built on a store: one call can be made to fail, to
//! panic or to wait, before its transaction or after it. The program is built without this.

use async_trait::async_trait;

use crate::error::StoreError;

/// When in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Nothing of it is done yet.
    Before,
    /// Its transaction is committed.
    After,
}

/// Somebody who looks on.
#[async_trait]
pub trait Watch: Send + Sync {
    /// A call of this name is at this point. An error is the call's answer; a panic is the caller's.
    ///
    /// # Errors
    /// Whatever the call is to fail with.
    async fn at(&self, when: When, call: &str) -> Result<(), StoreError>;
}

/// The name of the [`crate::Store`] call whose work this is: a call says what it does in a closure
/// of its own (`<Type as Trait>::call<'_>::{{closure}}`), or names the function that does it.
pub(crate) fn call_of<T>(work: &T) -> &'static str {
    let whole = std::any::type_name_of_val(work);
    let call = whole.rsplit(">::").find(|part| !part.starts_with('{'));
    let path = call.unwrap_or(whole);
    let path = path.split(['<', '{']).next().unwrap_or(path);
    path.trim_end_matches(':')
        .rsplit("::")
        .next()
        .unwrap_or(path)
}
