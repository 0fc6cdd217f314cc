//! Tables without logic: which operations, fields, groups and card brands exist, from which to which API
//! version, and what may be shown of a value. Everything that validates, masks or prints reads them.

pub mod cards;
pub mod catalogue;
pub mod conditions;
pub mod currency_conversion;
pub mod fields;
pub mod groups;
pub mod kinds;
pub mod operations;
pub mod privileges;
pub mod retirement;
pub mod secrets;
pub mod sums;
pub mod surface;
pub mod versions;

pub mod agreements;
pub mod answers;
pub mod dialect;
