//! What a payer pays with.

use crate::fields::{Fields, names};

/// The `sourceOfFunds.type` of a card.
pub const CARD: &str = "CARD";

/// The `sourceOfFunds.type` of a gift card.
pub const GIFT_CARD: &str = "GIFT_CARD";

/// `sourceOfFunds.type`, as far as operations take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceOfFunds {
    /// A card.
    Card,
    /// A gift card.
    GiftCard,
    /// A source that no operation takes.
    Other,
}

impl SourceOfFunds {
    /// What the fields say; `None` where they do not.
    pub fn of(fields: &Fields) -> Option<SourceOfFunds> {
        fields.get(names::SOURCE_OF_FUNDS_TYPE).map(|text| match text {
            CARD => SourceOfFunds::Card,
            GIFT_CARD => SourceOfFunds::GiftCard,
            _ => SourceOfFunds::Other,
        })
    }
}
