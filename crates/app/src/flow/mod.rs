//! The way through the gate, one file a stretch.
//!
//! [`sign_in`] and [`register`] end at a right password; [`gate`] asks the operator and then has
//! the code sent; [`code`] takes what was typed; [`leave`] is every way out, and [`ending`] what
//! ends by itself; [`asking`] is what is asked of the vendors, for a change of a number too;
//! [`background`] is what goes on while nobody waits for it. [`step_up`] is the
//! gate once more, for somebody who is signed in.

mod asking;
mod background;
mod code;
mod ending;
mod gate;
mod leave;
mod register;
mod send;
mod sign_in;
mod step_up;

pub(crate) use asking::{Addressee, Blocked};
pub use background::Underway;
pub(crate) use background::{CallBack, Sending};
pub(crate) use leave::{Told, as_cost};
pub(crate) use register::own_words;
pub(crate) use send::channel_word;
pub(crate) use step_up::carry_over;
