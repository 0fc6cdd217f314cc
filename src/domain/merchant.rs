//! A merchant as the configuration describes it.

use super::acquiring::Simulator;
use super::ids::MerchantId;
use super::money::Currency;
use super::secret::Secret;
use super::token::TokenRepository;
use crate::spec::privileges::Privilege;

/// A merchant: its id and name, its passwords, and its privileges and settings.
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
    /// The merchant's privileges.
    pub privileges: Vec<Privilege>,
    /// Currencies that the merchant may use. An empty list allows every ISO 4217 currency.
    pub currencies: Vec<Currency>,
    /// The simulator that answers for the merchant.
    pub simulator: Simulator,
    /// The repository of the merchant's tokens.
    pub tokens: TokenRepository,
    /// The URL of the merchant's notifications, unless a request names another URL.
    pub notification_url: Option<String>,
    /// `X-Notification-Secret` of its notifications.
    pub notification_secret: Option<Secret>,
}

impl Merchant {
    /// Whether the merchant has the privilege.
    pub fn may(&self, privilege: Privilege) -> bool {
        self.privileges.contains(&privilege)
    }

    /// Whether the merchant may use the currency.
    pub fn takes(&self, currency: Currency) -> bool {
        self.currencies.is_empty() || self.currencies.contains(&currency)
    }
}
