//! Tables, and no logic but look-ups. They say which operations, fields, groups and card brands exist, in which API
//! versions, and what may be shown of a value. Code that validates, masks or prints reads them.

pub mod answers;
pub mod cards;
pub mod conditions;
pub mod cross_field_rules;
pub mod currency_conversion;
pub mod fields;
pub mod groups;
pub mod kinds;
pub mod operations;
pub mod privileges;
pub mod retirement;
pub mod secrets;
pub mod sums;
pub mod versions;
