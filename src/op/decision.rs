//! The decision of an operation: changes to records, a question to the acquirer, and the answer.

use super::inquiries::PendingBalance;
use super::orders::PendingTransaction;
use super::tokens::PendingToken;
use crate::domain::acquiring::{BalanceQuestion, Question};
use crate::domain::order::Order;
use crate::domain::payment_link::PaymentLink;
use crate::domain::quote::Quote;
use crate::domain::rejection::Rejection;
use crate::domain::session::Session;
use crate::domain::token::Token;
use crate::fields::Fields;

/// The changes of a request and its answer. The changes are committed together, before the answer is sent.
pub struct Decision {
    /// The records that change.
    pub changes: Vec<RecordChange>,
    /// The answer, or the rejection. A rejected request can still change records, such as a count of attempts.
    pub answer: Result<Fields, Rejection>,
}

impl Decision {
    /// An answer without a change.
    pub fn answer(answer: Fields) -> Decision {
        Decision { changes: Vec::new(), answer: Ok(answer) }
    }

    /// An answer with one change.
    pub fn change(change: RecordChange, answer: Fields) -> Decision {
        Decision { changes: vec![change], answer: Ok(answer) }
    }
}

/// A record that an operation changes.
pub enum RecordChange {
    /// A session to store.
    Session(Session),
    /// An order to store.
    Order(Box<Order>),
    /// A token to store or to delete.
    Token(TokenChange),
    /// A new payment link.
    Link(Box<PaymentLink>),
    /// A quote to store.
    Quote(Box<Quote>),
}

/// A change to a token.
pub struct TokenChange {
    /// The token's id.
    pub id: String,
    /// The token with its new card; `None` deletes the token.
    pub token: Option<Token>,
    /// The keyed hash of the card that finds the token from this change on. `None` where that card stays the same.
    pub card_hash: Option<String>,
}

/// The plan of an operation.
pub enum Plan {
    /// The operation needs no acquirer.
    Decided(Decision),
    /// The acquirer is asked about a transaction.
    Transaction(Box<Question>, Box<PendingTransaction>),
    /// The acquirer is asked to verify a card that TOKENIZE stores.
    Token(Box<Question>, Box<PendingToken>),
    /// The acquirer is asked for a balance.
    Balance(Box<BalanceQuestion>, Box<PendingBalance>),
}

impl From<Decision> for Plan {
    fn from(decision: Decision) -> Plan {
        Plan::Decided(decision)
    }
}
