//! The contexts of operations, one for each family. Each holds records and fields that were loaded and checked
//! before.

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

/// The part that every operation gets.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The operation.
    pub op: Op,
    /// The API version of the request.
    pub version: ApiVersion,
    /// The merchant of the request.
    pub merchant: &'a Arc<Merchant>,
    /// The request's own fields, in the names of the newest version, without credentials.
    pub request: &'a Fields,
    /// The effective fields: request over session over the card of an order, the quote and the token.
    pub checked: &'a Checked,
    /// The time in the merchant's world.
    pub now: Timestamp,
}

/// Values that nobody can guess. The gateway draws a value when an operation asks for it.
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

/// The context of operations on sessions.
pub struct SessionContext<'a> {
    /// The part that every operation gets.
    pub asked: Asked<'a>,
    /// The session that the request names.
    pub session: Option<Session>,
    /// The address at which payers reach the gateway, where the gateway knows an address.
    pub address: Option<&'a str>,
    /// Draws ids, versions and keys.
    pub random: &'a dyn Random,
}

/// The context of operations on orders and their transactions.
pub struct OrderContext<'a> {
    /// The part that every operation gets.
    pub asked: Asked<'a>,
    /// The order that the fields name, where the merchant has it. The outcomes that came until `asked.now` are taken
    /// in.
    pub order: Option<Order>,
    /// The quote that the fields name.
    pub quote: Option<&'a Quote>,
    /// The entry point of the request.
    pub entry_point: &'a EntryPoint,
    /// A keyed hash of the request's fields.
    pub fingerprint: &'a str,
    /// The keyed hash of a card number, or of its first digits.
    pub hash: &'a dyn Fn(&str) -> String,
}

/// The context of operations on one token.
pub struct TokenContext<'a> {
    /// The part that every operation gets.
    pub asked: Asked<'a>,
    /// The token that the fields name.
    pub token: Option<&'a Token>,
    /// The token of the card, in a repository where a card has at most one token.
    pub token_of_card: Option<&'a Token>,
    /// Whether the acquirer treats a card of this expiry as expired.
    pub has_expired: &'a dyn Fn(Expiry) -> bool,
    /// The keyed hash of a card number.
    pub hash: &'a dyn Fn(&str) -> String,
    /// Draws the digits of a token.
    pub random: &'a dyn Random,
}

/// The context of a search for tokens.
pub struct SearchContext<'a> {
    /// The part that every operation gets.
    pub asked: Asked<'a>,
    /// The page of tokens that the search found.
    pub page: &'a TokenPage,
    /// Whether the acquirer treats a card of this expiry as expired.
    pub has_expired: &'a dyn Fn(Expiry) -> bool,
}

/// The context of inquiries, which belong to no order.
pub struct InquiryContext<'a> {
    /// The part that every operation gets.
    pub asked: Asked<'a>,
    /// The keyed hash of a card number, or of its first digits.
    pub hash: &'a dyn Fn(&str) -> String,
    /// Draws the id of a quote.
    pub random: &'a dyn Random,
}

impl OrderContext<'_> {
    /// The keyed hash of the request's card; empty where the request has no card.
    pub fn card_hash(&self) -> String {
        self.asked.checked.card().map(|card| (self.hash)(card.number.expose())).unwrap_or_default()
    }
}
