//! The catalogue as people and programs are shown it, out of the tables of `spec` and the names of `dialect`.

pub mod differences;
pub mod entries;
