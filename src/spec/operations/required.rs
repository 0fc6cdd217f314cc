//! What operations require, where several rows share a list or a list is long.

use super::Required::{self, Either, In, One, With};
use crate::fields::names::groups;
use crate::fields::{Name, names};
use crate::spec::versions;

/// The fields of a card that make it whole.
const WHOLE_CARD: &[Name] =
    &[names::PROVIDED_CARD_NUMBER, names::PROVIDED_CARD_EXPIRY_MONTH, names::PROVIDED_CARD_EXPIRY_YEAR];

/// A whole card. TOKENIZE requires it, so that a payment with the token is never short of a field (decided).
pub(super) const CARD: &[Required] = &[One(WHOLE_CARD[0]), One(WHOLE_CARD[1]), One(WHOLE_CARD[2])];

pub(super) const AMOUNT: Required = Either(&[names::ORDER_AMOUNT, names::ORDER_NET_AMOUNT]);

/// AUTHORIZE and PAY: the order, then the card, which a session may have provided.
pub(super) const PAYMENT: &[Required] =
    &[One(names::ORDER_ID), One(names::TRANSACTION_ID), AMOUNT, One(names::ORDER_CURRENCY), CARD[0], CARD[1], CARD[2]];

/// VERIFY moves no money, so it has no amount; the currency chooses the acquirer link.
pub(super) const VERIFICATION: &[Required] =
    &[One(names::ORDER_ID), One(names::TRANSACTION_ID), One(names::ORDER_CURRENCY), CARD[0], CARD[1], CARD[2]];

/// CAPTURE, where the amount is the transaction's own. One that brings a card is of an authorization that was
/// given elsewhere, and names it (documented).
pub(super) const CAPTURE: &[Required] = &[
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    One(names::TRANSACTION_AMOUNT),
    One(names::TRANSACTION_CURRENCY),
    With {
        group: groups::SOURCE_OF_FUNDS,
        names: &[WHOLE_CARD[0], WHOLE_CARD[1], WHOLE_CARD[2], names::TRANSACTION_AUTHORIZATION_CODE],
    },
];

/// REFUND; one that brings a card needs no order that paid.
pub(super) const REFUND: &[Required] = &[
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    One(names::TRANSACTION_AMOUNT),
    One(names::TRANSACTION_CURRENCY),
    With { group: groups::SOURCE_OF_FUNDS, names: WHOLE_CARD },
];

/// DISBURSEMENT: to whom, and to which card.
pub(super) const DISBURSEMENT: &[Required] = &[
    One(names::DISBURSEMENT_TYPE),
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    One(names::ORDER_AMOUNT),
    One(names::ORDER_CURRENCY),
    One(names::PAYMENT_RECIPIENT_FIRST_NAME),
    One(names::PAYMENT_RECIPIENT_LAST_NAME),
    One(names::PAYMENT_RECIPIENT_ADDRESS_STREET),
    One(names::PAYMENT_RECIPIENT_ADDRESS_CITY),
    One(names::PAYMENT_RECIPIENT_ADDRESS_COUNTRY),
    CARD[0],
    CARD[1],
    CARD[2],
];

/// UPDATE_AUTHORIZATION extends an authorization, and changes its amount where it names one.
pub(super) const AUTHORIZATION_UPDATE: &[Required] = &[
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    With { group: names::TRANSACTION_AMOUNT.group(), names: &[names::TRANSACTION_CURRENCY] },
    With { group: names::TRANSACTION_CURRENCY.group(), names: &[names::TRANSACTION_AMOUNT] },
];

pub(super) const VOID: &[Required] = &[
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    In(versions::NAMES_TARGET, names::TRANSACTION_TARGET_TRANSACTION_ID),
];

/// BALANCE_INQUIRY: of a card, whole, or of a gift card.
pub(super) const BALANCE: &[Required] = &[
    One(names::ORDER_CURRENCY),
    One(names::SOURCE_OF_FUNDS_TYPE),
    With { group: groups::PROVIDED_CARD, names: WHOLE_CARD },
];

/// PAYMENT_OPTIONS_INQUIRY needs nothing, but an amount needs its currency.
pub(super) const OPTIONS: &[Required] = &[
    With { group: names::ORDER_AMOUNT.group(), names: &[names::ORDER_AMOUNT, names::ORDER_CURRENCY] },
    With { group: names::ORDER_CURRENCY.group(), names: &[names::ORDER_CURRENCY] },
];

pub(super) const TRANSACTION: &[Required] = &[One(names::ORDER_ID), One(names::TRANSACTION_ID)];

/// MANAGE_CARD says what to do with it.
pub(super) const CARD_IN_VERSION_1: &[Required] = &[One(names::ACTION_TOKEN_OPERATION), CARD[0], CARD[1], CARD[2]];

pub(super) const SESSION: &[Required] = &[One(names::SESSION_ID)];
