//! The names of the known fields, each a constant, made from `catalogue/` by the build.
//!
//! A constant is the name in capitals: `order.item[n].name` is `ORDER_ITEM_N_NAME`. `sourceOfFunds.provided.` is
//! written `PROVIDED_`.

use super::known::Name;

include!(concat!(env!("OUT_DIR"), "/names.rs"));

/// The groups that known names stand in, unless the group is itself below an array.
pub mod groups {
    use crate::fields::group::Group;

    include!(concat!(env!("OUT_DIR"), "/name_groups.rs"));
}
