//! The purpose of a payer's interaction: the values of `interaction.operation` and `checkoutMode`.

use crate::fields::{Fields, names};
use crate::spec::operations::Op;

/// `interaction.operation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InteractionOperation {
    /// The payment is authorised.
    Authorize,
    /// No payment is made.
    None,
    /// The payment is authorised and captured.
    Purchase,
    /// The card is verified.
    Verify,
}

impl InteractionOperation {
    /// Every value.
    pub const ALL: [InteractionOperation; 4] = [
        InteractionOperation::Authorize,
        InteractionOperation::None,
        InteractionOperation::Purchase,
        InteractionOperation::Verify,
    ];

    /// The operation in the fields; `None` where they have none.
    pub fn of(fields: &Fields) -> Option<InteractionOperation> {
        let text = fields.get(names::INTERACTION_OPERATION)?;
        InteractionOperation::ALL.into_iter().find(|operation| operation.as_str() == text)
    }

    /// The value of the field.
    pub fn as_str(self) -> &'static str {
        match self {
            InteractionOperation::Authorize => "AUTHORIZE",
            InteractionOperation::None => "NONE",
            InteractionOperation::Purchase => "PURCHASE",
            InteractionOperation::Verify => "VERIFY",
        }
    }

    /// The operation that moves the money; `None` where no money moves.
    pub fn payment(self) -> Option<Op> {
        match self {
            InteractionOperation::Authorize => Some(Op::Authorize),
            InteractionOperation::Purchase => Some(Op::Pay),
            InteractionOperation::None | InteractionOperation::Verify => None,
        }
    }
}

/// `checkoutMode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckoutMode {
    /// The payer is sent a link.
    PaymentLink,
    /// The payer comes from the merchant's site.
    Website,
}

impl CheckoutMode {
    /// Every value.
    pub const ALL: [CheckoutMode; 2] = [CheckoutMode::PaymentLink, CheckoutMode::Website];

    /// The mode in the fields, or else WEBSITE.
    pub fn of(fields: &Fields) -> CheckoutMode {
        let text = fields.get(names::CHECKOUT_MODE);
        CheckoutMode::ALL.into_iter().find(|mode| Some(mode.as_str()) == text).unwrap_or(CheckoutMode::Website)
    }

    /// The value of the field.
    pub fn as_str(self) -> &'static str {
        match self {
            CheckoutMode::PaymentLink => "PAYMENT_LINK",
            CheckoutMode::Website => "WEBSITE",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Name;
    use crate::spec::fields::FIELDS;
    use crate::spec::kinds::Kind;

    fn catalogued(name: Name) -> Vec<&'static str> {
        let row = FIELDS.iter().find(|row| row.name == name).unwrap();
        match row.kind {
            Kind::Enum(values) => values.to_vec(),
            other => panic!("{name} is {other}"),
        }
    }

    #[test]
    fn the_words_are_those_of_the_catalogue() {
        let operations = InteractionOperation::ALL.map(InteractionOperation::as_str);
        assert_eq!(operations.as_slice(), catalogued(names::INTERACTION_OPERATION));
        assert_eq!(CheckoutMode::ALL.map(CheckoutMode::as_str).as_slice(), catalogued(names::CHECKOUT_MODE));
    }
}
