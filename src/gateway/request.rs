//! A request whose caller and operation are known, and the keys of what it is about.

use crate::domain::failure::Failure;
use crate::domain::merchant::Merchant;
use crate::domain::order::EntryPoint;
use crate::fields::{Fields, names};
use crate::op;
use crate::spec::dialect;
use crate::spec::operations::{Op, SessionUse, TokenUse};
use crate::spec::versions::ApiVersion;
use crate::store::{Key, Kind};
use std::sync::Arc;

/// What is asked for, by whom.
pub(super) struct Request {
    pub version: ApiVersion,
    pub merchant: Arc<Merchant>,
    pub op: Op,
    /// Its own fields, in today's names, without those that say who asks.
    pub fields: Fields,
    pub entry_point: EntryPoint,
    pub host: Option<String>,
    /// Empty where the operation makes no transaction, which alone can be repeated.
    pub fingerprint: String,
}

impl Request {
    /// A failure whose field has the name that the request's API version has for it.
    pub fn in_its_words(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Rejection(rejection) => {
                rejection.renamed(|name| dialect::spoken_name(self.op, self.version, name)).into()
            }
            fault => fault,
        }
    }

    /// Whether it names a session that it is about, or may take fields from.
    pub fn names_session(&self) -> bool {
        self.op.row().session.is_about_one() || self.session_key().is_some()
    }

    /// The session that it names.
    pub fn session_key(&self) -> Option<Key> {
        let id = match self.op.row().session {
            SessionUse::Reads | SessionUse::Updates | SessionUse::References => self.fields.get(names::SESSION_ID),
            SessionUse::Creates | SessionUse::CreatesFilled | SessionUse::None => None,
        };
        id.map(|id| self.key(Kind::Session, id))
    }

    /// The order that `given`, the request's own fields or those over its session's, name.
    pub fn order_key(&self, given: &Fields) -> Option<Key> {
        op::order_named_in(self.op, given).map(|id| self.key(Kind::Order, id))
    }

    /// The token that `given` name.
    pub fn token_key(&self, given: &Fields) -> Option<Key> {
        op::token_named_in(self.op, given).map(|id| self.key_in_repository(id))
    }

    /// The quote that `given` name.
    pub fn quote_key(&self, given: &Fields) -> Option<Key> {
        op::quote_named_in(self.op, given).map(|id| self.key(Kind::Quote, id))
    }

    /// Everything that `given` name.
    pub fn keys(&self, given: &Fields) -> Vec<Key> {
        let keys = [self.session_key(), self.order_key(given), self.token_key(given), self.quote_key(given)];
        keys.into_iter().flatten().collect()
    }

    /// Whether a token that it names is used, and not stored, read or deleted.
    pub fn pays_with_token(&self) -> bool {
        self.op.row().token == TokenUse::Pays && self.op.row().adds_transaction()
    }

    /// The key of one of the merchant's own records.
    pub fn key(&self, kind: Kind, id: &str) -> Key {
        Key { kind, merchant: self.merchant.id.clone(), id: id.to_owned() }
    }

    /// A shared repository is one world for all its merchants.
    pub fn key_in_repository(&self, id: &str) -> Key {
        Key { kind: Kind::Token, merchant: self.merchant.tokens.id.clone(), id: id.to_owned() }
    }
}
