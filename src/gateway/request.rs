//! A request whose caller and operation are known, and the keys of the records that it names.

use crate::auth::Caller;
use crate::dialect::errors;
use crate::domain::failure::Failure;
use crate::domain::merchant::Merchant;
use crate::domain::order::EntryPoint;
use crate::domain::payment_link::PaymentLink;
use crate::environment::World;
use crate::fields::{Fields, names};
use crate::op;
use crate::spec::operations::{Op, SessionUse};
use crate::spec::versions::ApiVersion;
use crate::store::{Key, Kind};
use std::sync::Arc;

/// A request that has a caller and an operation.
pub(super) struct Request {
    pub version: ApiVersion,
    /// The merchant or the payer that the credentials prove. The caller of a payment link is its merchant.
    pub caller: Caller,
    /// The merchant's clock and randomness.
    pub world: World,
    pub op: Op,
    /// The request's own fields, in the names of the newest version. The fields that name the caller are removed.
    pub fields: Fields,
    pub entry_point: EntryPoint,
    /// The payment link that the payer uses.
    pub link: Option<PaymentLink>,
    /// The host as the client names it.
    pub host: Option<String>,
    /// A keyed hash of the request's fields. The hash is empty where the operation adds no transaction, because only
    /// a transaction is answered again.
    pub fingerprint: String,
}

impl Request {
    /// The merchant that the request is for.
    pub fn merchant(&self) -> &Arc<Merchant> {
        self.caller.merchant()
    }

    /// The failure, with its field under the name that the request's API version uses.
    pub fn in_its_names(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Rejection(rejection) => rejection.renamed(|name| errors::name(self.op, self.version, name)).into(),
            fault => fault,
        }
    }

    /// The key of the session that the request names.
    pub fn session_key(&self) -> Option<Key> {
        let id = match self.op.row().session {
            SessionUse::Reads | SessionUse::Updates | SessionUse::References => self.fields.get(names::SESSION_ID),
            SessionUse::Creates | SessionUse::CreatesFilled | SessionUse::None => None,
        };
        id.map(|id| self.key(Kind::Session, id))
    }

    /// The key of the order that `given` names. `given` is the request's own fields, or those over its session's.
    pub fn order_key(&self, given: &Fields) -> Option<Key> {
        op::order_named_in(self.op, given).map(|id| self.key(Kind::Order, id))
    }

    /// The key of the token that `given` names.
    pub fn token_key(&self, given: &Fields) -> Option<Key> {
        op::token_named_in(self.op, given).map(|id| self.key_in_repository(id))
    }

    /// The key of the quote that `given` names.
    pub fn quote_key(&self, given: &Fields) -> Option<Key> {
        op::quote_named_in(self.op, given).map(|id| self.key(Kind::Quote, id))
    }

    /// The keys of all records that `given` names.
    pub fn keys(&self, given: &Fields) -> Vec<Key> {
        let keys = [self.session_key(), self.order_key(given), self.token_key(given), self.quote_key(given)];
        keys.into_iter().flatten().collect()
    }

    /// The key of one of the merchant's own records.
    pub fn key(&self, kind: Kind, id: &str) -> Key {
        Key { kind, merchant: self.merchant().id.clone(), id: id.to_owned() }
    }

    /// The key of a token. Merchants may share a repository. Its records do not expire, so that any merchant's clock
    /// reads the same records.
    pub fn key_in_repository(&self, id: &str) -> Key {
        Key { kind: Kind::Token, merchant: self.merchant().tokens.id.clone(), id: id.to_owned() }
    }
}
