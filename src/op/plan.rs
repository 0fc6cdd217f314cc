//! What an operation is handed, and what it decides.

use super::{Inquiry, pending, tokenize};
use crate::check::Checked;
use crate::domain::acquiring::{BalanceQuestion, Question, Reply};
use crate::domain::card::Expiry;
use crate::domain::merchant::Merchant;
use crate::domain::order::{EntryPoint, Order};
use crate::domain::payment_link::PaymentLink;
use crate::domain::quote::Quote;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Token;
use crate::domain::token_search::TokenPage;
use crate::fields::Fields;
use crate::spec::versions::ApiVersion;
use std::sync::Arc;

/// Everything an operation may look at.
pub struct Input<'a> {
    /// Who asks.
    pub merchant: &'a Arc<Merchant>,
    /// In which API version.
    pub version: ApiVersion,
    /// The request's own fields, as they were sent, without credentials.
    pub request: &'a Fields,
    /// The effective fields, checked.
    pub checked: &'a Checked,
    /// The session the request names.
    pub session: Option<&'a Session>,
    /// The order the request names, if it exists.
    pub order: Option<&'a Order>,
    /// The token the fields name.
    pub token: Option<&'a Token>,
    /// The token of the card, where the merchant's repository gives a card no more than one.
    pub token_of_card: Option<&'a Token>,
    /// The quote that the fields name.
    pub quote: Option<&'a Quote>,
    /// What a search for tokens has found.
    pub found: Option<&'a TokenPage>,
    /// Whether the acquirer takes a card of this expiry for expired.
    pub has_expired: &'a dyn Fn(Expiry) -> bool,
    /// Which way the request came in.
    pub entry_point: &'a EntryPoint,
    /// The address that payers reach the gateway at, for what [needs chance](super::Op::needs_chance), if it is known.
    pub address: Option<&'a str>,
    /// A keyed hash of the request as it was sent.
    pub fingerprint: &'a str,
    /// A keyed hash of the card number, for an operation with a card.
    pub card: &'a str,
    /// The keyed hash of a card number, or of the digits of one that are known.
    pub card_hash: &'a dyn Fn(&str) -> String,
    /// What chance has drawn for it.
    pub drawn: &'a Drawn,
    /// The time.
    pub now: Timestamp,
}

/// Random values an operation may need; empty for one that [needs none](super::Op::needs_chance).
#[derive(Default)]
pub struct Drawn {
    /// `session.id` for a new session.
    pub session_id: String,
    /// Eight hex digits, which open a new `session.version`.
    pub session_version: String,
    /// `session.aes256Key` for a new session.
    pub aes256_key: String,
    /// `successIndicator` for a new checkout session.
    pub success_indicator: String,
    /// `paymentLink.id` for a new payment link.
    pub link_id: String,
    /// Fifteen digits for a new token.
    pub token_digits: String,
    /// `requestId` of an offer to convert currencies.
    pub conversion_id: String,
}

/// What an operation has decided.
pub enum Plan {
    /// All there is to it.
    Settle(Settled),
    /// To ask the acquirer; its answer settles what is pending.
    Ask {
        /// The question.
        question: Box<Question>,
        /// What waits for the answer.
        pending: Pending,
    },
    /// To ask the acquirer for the balance of a card.
    AskBalance {
        /// The question.
        question: Box<BalanceQuestion>,
        /// What waits for the answer.
        inquiry: Box<Inquiry>,
    },
}

/// What waits for the acquirer's answer.
pub enum Pending {
    /// A transaction.
    Transaction(pending::Pending),
    /// A card that is to be stored.
    Token(tokenize::Pending),
}

impl Pending {
    /// What the acquirer's answer makes of it.
    pub fn settle(self, reply: Reply) -> Settled {
        match self {
            Pending::Transaction(pending) => pending.settle(reply),
            Pending::Token(pending) => pending.verified(&reply),
        }
    }
}

/// What becomes of a token.
pub struct TokenChange {
    /// Which.
    pub id: String,
    /// The card it is to stand for; `None` deletes the token.
    pub token: Option<Token>,
    /// The keyed hash of the card that is to find it from now on, if that is news.
    pub card: Option<String>,
}

/// What to write, all or nothing, and what to answer.
#[derive(Default)]
pub struct Settled {
    /// The session to store.
    pub session: Option<Session>,
    /// The order to store.
    pub order: Option<Order>,
    /// The token to store or to delete.
    pub token: Option<TokenChange>,
    /// The payment link to store.
    pub link: Option<Box<PaymentLink>>,
    /// The quote to store.
    pub quote: Option<Box<Quote>>,
    /// The answer.
    pub answer: Fields,
}

impl Settled {
    /// No more than an answer.
    pub(super) fn answer_only(answer: Fields) -> Plan {
        Plan::Settle(Settled { answer, ..Settled::default() })
    }
}
