//! The record, for the page: looked through ([`search`]), gone through and written to a file while
//! the page asks how far it is ([`work`]), and let go of by age ([`retention`]).

mod console;
mod retention;
mod search;
mod shown;
mod work;

pub(crate) use retention::Pruning;
pub(crate) use shown::cost as cost_shown;
pub(crate) use work::Work;
