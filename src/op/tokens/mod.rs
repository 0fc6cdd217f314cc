//! The operations on tokens.

mod answer;
mod delete;
mod retrieve;
mod search;
mod tokenize;

pub(super) use delete::decide as delete;
pub(super) use retrieve::decide as retrieve;
pub(super) use search::decide as search;
pub use search::read as token_search;
pub use tokenize::PendingToken;
pub(super) use tokenize::decide as tokenize;
