//! Validation of a request against the tables of [`crate::spec`].
