//! The directory of merchants: which exist, and what the configuration says of each.

use crate::domain::ids::MerchantId;
use crate::domain::merchant::Merchant;
use crate::domain::secret::Secret;
use crate::domain::token::TokenRepository;
use std::collections::HashMap;
use std::sync::Arc;

/// SHA-256 of `0123456789abcdef0123456789abcdef`, the password of TESTMERCHANT out of the box.
const BUILT_IN_TEST_DIGEST: [u8; 32] = [
    0x3e, 0xb1, 0xbd, 0x43, 0x99, 0x47, 0xeb, 0x76, 0x29, 0x98, 0xe5, 0x66, 0xcc, 0xc2, 0xe0, 0x99, 0xc7, 0x91, 0x11,
    0x8b, 0x2f, 0x40, 0x57, 0x9c, 0xc4, 0xf7, 0xda, 0x2b, 0x50, 0x61, 0xb7, 0xf9,
];

/// The merchant whose entry every unconfigured TEST… merchant is made after.
const TEST_MERCHANT: &str = "TESTMERCHANT";

/// Whether one of the merchant's passwords is the one that everybody knows.
pub fn has_built_in_test_password(merchant: &Merchant) -> bool {
    merchant.password_digests.contains(&BUILT_IN_TEST_DIGEST)
}

/// The merchants of this gateway.
#[derive(Clone)]
pub struct Merchants {
    configured: HashMap<String, Arc<Merchant>>,
    /// TESTMERCHANT's entry, while the built-in password works for it.
    pattern: Option<Arc<Merchant>>,
}

impl Merchants {
    /// A directory of the configured merchants.
    pub fn new(merchants: Vec<Merchant>) -> Merchants {
        let configured: HashMap<String, Arc<Merchant>> =
            merchants.into_iter().map(|merchant| (merchant.id.to_string(), Arc::new(merchant))).collect();
        let pattern = configured.get(TEST_MERCHANT).filter(|merchant| has_built_in_test_password(merchant)).cloned();
        Merchants { configured, pattern }
    }

    /// The merchant of that id. An unconfigured TEST… merchant is like TESTMERCHANT, while the built-in password works
    /// for it.
    pub fn merchant(&self, id: &str) -> Option<Arc<Merchant>> {
        if let Some(merchant) = self.configured.get(id) {
            return Some(Arc::clone(merchant));
        }
        let pattern = self.pattern.as_ref()?;
        let id = MerchantId::parse(id).filter(MerchantId::is_test)?;
        let tokens = TokenRepository { id: id.clone(), ..pattern.tokens.clone() };
        // A second password of TESTMERCHANT is its own, and opens no other id.
        let password_digests = vec![BUILT_IN_TEST_DIGEST];
        Some(Arc::new(Merchant { id, password_digests, tokens, ..pattern.as_ref().clone() }))
    }

    /// The value of `X-Notification-Secret` in a merchant's notifications, if the merchant is configured and has one.
    pub fn notification_secret(&self, id: &MerchantId) -> Option<Secret> {
        self.merchant(id.as_str()).and_then(|merchant| merchant.notification_secret.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::privileges::Privilege;

    fn merchant(id: &str, password_digests: Vec<[u8; 32]>) -> Merchant {
        Merchant {
            id: MerchantId::parse(id).unwrap(),
            name: format!("{id}'s name"),
            category_code: "1234".to_owned(),
            password_digests,
            privileges: vec![Privilege::Pay],
            currencies: Vec::new(),
            simulator: Default::default(),
            tokens: TokenRepository::of(MerchantId::parse(id).unwrap()),
            notification_url: None,
            notification_secret: None,
        }
    }

    #[test]
    fn a_merchant_made_after_testmerchant_has_its_entry_under_its_own_id() {
        let merchants = Merchants::new(vec![merchant("TESTMERCHANT", vec![BUILT_IN_TEST_DIGEST, [1; 32]])]);
        let any = merchants.merchant("TESTANY").unwrap();
        assert_eq!((any.id.as_str(), any.tokens.id.as_str()), ("TESTANY", "TESTANY"));
        assert_eq!(any.privileges, vec![Privilege::Pay]);
        assert_eq!(any.password_digests, vec![BUILT_IN_TEST_DIGEST], "not TESTMERCHANT's second password");
        assert!(merchants.merchant("SHOP").is_none() && merchants.merchant("TEST ANY").is_none());
    }

    #[test]
    fn without_the_built_in_password_only_configured_merchants_exist() {
        let own = merchant("TESTOWN", vec![BUILT_IN_TEST_DIGEST]);
        let merchants = Merchants::new(vec![merchant("TESTMERCHANT", vec![[1; 32]]), own]);
        assert!(merchants.merchant("TESTANY").is_none(), "TESTMERCHANT's password was changed");
        assert!(merchants.merchant("TESTOWN").is_some());
    }
}
