//! A merchant as the configuration describes it.

use super::acquiring::Simulator;
use super::ids::MerchantId;
use super::money::Currency;
use super::secret::Secret;
use super::token::TokenRepository;
use crate::spec::privileges::Privilege;

/// One merchant: who it is, how it proves it and what it may do.
#[derive(Clone, Debug)]
pub struct Merchant {
    /// The merchant's id.
    pub id: MerchantId,
    /// The merchant's name, as a payer may see it.
    pub name: String,
    /// `order.merchantCategoryCode` in its answers, four digits.
    pub category_code: String,
    /// SHA-256 of each active password; up to two (documented: two, for rotation).
    pub password_digests: Vec<[u8; 32]>,
    /// What it may do.
    pub privileges: Vec<Privilege>,
    /// Currencies it may use; empty means every ISO 4217 currency.
    pub currencies: Vec<Currency>,
    /// Which simulator answers for it.
    pub simulator: Simulator,
    /// Where its tokens are kept.
    pub tokens: TokenRepository,
    /// Where notifications of its transactions go, unless a request says another place.
    pub notification_url: Option<String>,
    /// `X-Notification-Secret` of its notifications.
    pub notification_secret: Option<Secret>,
}

impl Merchant {
    /// Whether it has the privilege.
    pub fn may(&self, privilege: Privilege) -> bool {
        self.privileges.contains(&privilege)
    }

    /// Whether it may use the currency.
    pub fn takes(&self, currency: Currency) -> bool {
        self.currencies.is_empty() || self.currencies.contains(&currency)
    }
}
