//! What an operation is handed: one context for each family of operations. All of it was loaded and checked before.

use crate::check::Checked;
use crate::domain::card::Expiry;
use crate::domain::merchant::Merchant;
use crate::domain::order::{EntryPoint, Order};
use crate::domain::quote::Quote;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Token;
use crate::domain::token_search::TokenPage;
use crate::fields::Fields;
use crate::spec::operations::Op;
use crate::spec::versions::ApiVersion;
use std::sync::Arc;

/// What every operation is handed.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The operation.
    pub op: Op,
    /// The API version of the request.
    pub version: ApiVersion,
    /// The merchant that the request speaks for.
    pub merchant: &'a Arc<Merchant>,
    /// The request's own fields, in the names of the newest version, without credentials.
    pub request: &'a Fields,
    /// The effective fields: request over session over token.
    pub checked: &'a Checked,
    /// The time in the merchant's world.
    pub now: Timestamp,
}

/// Values that nobody can guess. The gateway draws one when an operation asks for it.
pub trait Random {
    /// `session.id` of a new session, 31 characters.
    fn session_id(&self) -> String;
    /// The first eight characters of a `session.version`, hex digits.
    fn session_version(&self) -> String;
    /// `session.aes256Key`: Base64 of 32 bytes.
    fn aes256_key(&self) -> String;
    /// `successIndicator`: 16 hex digits.
    fn success_indicator(&self) -> String;
    /// `paymentLink.id`.
    fn link_id(&self) -> String;
    /// Fifteen digits of a new token.
    fn token_digits(&self) -> String;
    /// `requestId` of an offer to convert currencies.
    fn conversion_id(&self) -> String;
}

/// For the operations on sessions.
pub struct SessionContext<'a> {
    /// What every operation is handed.
    pub asked: Asked<'a>,
    /// The session that the request names.
    pub session: Option<Session>,
    /// The address at which payers reach the gateway, where that is known.
    pub address: Option<&'a str>,
    /// Draws ids, versions and keys.
    pub random: &'a dyn Random,
}

/// For the operations on orders and their transactions.
pub struct OrderContext<'a> {
    /// What every operation is handed.
    pub asked: Asked<'a>,
    /// The order that the fields name, where the merchant has it, as it stands at `asked.now`.
    pub order: Option<Order>,
    /// The quote that the fields name.
    pub quote: Option<&'a Quote>,
    /// The way by which the request came in.
    pub entry_point: &'a EntryPoint,
    /// A keyed hash of the request as it was asked.
    pub fingerprint: &'a str,
    /// The keyed hash of a card number, or of its first digits.
    pub hash: &'a dyn Fn(&str) -> String,
}

/// For the operations on one token.
pub struct TokenContext<'a> {
    /// What every operation is handed.
    pub asked: Asked<'a>,
    /// The token that the fields name.
    pub token: Option<&'a Token>,
    /// The token of the card, where the merchant's repository gives a card one token at most.
    pub token_of_card: Option<&'a Token>,
    /// Whether the acquirer takes a card of this expiry for expired.
    pub has_expired: &'a dyn Fn(Expiry) -> bool,
    /// The keyed hash of a card number.
    pub hash: &'a dyn Fn(&str) -> String,
    /// Draws the digits of a token.
    pub random: &'a dyn Random,
}

/// For a search among tokens.
pub struct SearchContext<'a> {
    /// What every operation is handed.
    pub asked: Asked<'a>,
    /// The page of tokens that was found.
    pub page: &'a TokenPage,
    /// Whether the acquirer takes a card of this expiry for expired.
    pub has_expired: &'a dyn Fn(Expiry) -> bool,
}

/// For the inquiries, which belong to no order.
pub struct InquiryContext<'a> {
    /// What every operation is handed.
    pub asked: Asked<'a>,
    /// The keyed hash of a card number, or of its first digits.
    pub hash: &'a dyn Fn(&str) -> String,
    /// Draws the id of a quote.
    pub random: &'a dyn Random,
}

impl OrderContext<'_> {
    /// The keyed hash of the card that the request brings; empty where it brings none.
    pub fn card_hash(&self) -> String {
        self.asked.checked.card().map(|card| (self.hash)(card.number.expose())).unwrap_or_default()
    }
}
