//! What both programs, the window's and the terminal's, find on a machine: its folders, its clocks
//! and its log.

mod clock;
pub mod folders;
pub mod logs;

pub use clock::SystemClock;
pub use folders::Folders;
