//! The source of funds of a payer.

use crate::fields::{Fields, names};

/// The `sourceOfFunds.type` of a card.
pub const CARD: &str = "CARD";

/// The `sourceOfFunds.type` of a gift card.
pub const GIFT_CARD: &str = "GIFT_CARD";

/// `sourceOfFunds.type`: the values that operations accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceOfFunds {
    /// A card.
    Card,
    /// A gift card.
    GiftCard,
    /// A source of funds that no operation accepts.
    Other,
}

impl SourceOfFunds {
    /// The source in the fields; `None` where they have none.
    pub fn of(fields: &Fields) -> Option<SourceOfFunds> {
        fields.get(names::SOURCE_OF_FUNDS_TYPE).map(|text| match text {
            CARD => SourceOfFunds::Card,
            GIFT_CARD => SourceOfFunds::GiftCard,
            _ => SourceOfFunds::Other,
        })
    }
}
