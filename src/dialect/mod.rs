//! How API versions name and word what this program knows once.

pub mod answers;
pub mod errors;
