//! The way through the gate, one file a stretch.
//!
//! [`sign_in`] and [`register`] end at a right password; [`gate`] asks the operator and then has
//! the code sent; [`code`] takes what was typed; [`leave`] is every way out, and [`ending`] what
//! ends by itself; [`background`] is what goes on while nobody waits for it. [`step_up`] is the
//! gate once more, for somebody who is signed in.

mod background;
mod code;
mod ending;
mod gate;
mod leave;
mod register;
mod send;
mod sign_in;
mod step_up;

pub use background::Underway;
pub(crate) use register::own_words;
