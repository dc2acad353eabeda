//! What a program finds on its machine: its folders and their disk, its clocks and its log.

mod clock;
pub mod disk;
pub mod folders;
pub mod logs;

pub use clock::SystemClock;
pub use folders::Folders;
