//! Credentials to caller: who speaks, and for which merchant.
//!
//! The credentials in the body decide; what an Authorization header says is not looked at (observed: clients
//! send one that is wrong beside a body that is right, and work).

use crate::domain::failure::{Mistake, Rejection};
use crate::domain::ids::MerchantId;
use crate::domain::merchant::Merchant;
use crate::domain::secret::Secret;
use crate::domain::token::TokenRepository;
use crate::fields::{Fields, names};
use crate::spec::versions::{ApiVersion, WITH_USERNAME};
use ring::digest;
use std::collections::HashMap;
use std::sync::Arc;
use subtle::{Choice, ConstantTimeEq};

/// SHA-256 of `0123456789abcdef0123456789abcdef`, the password of TESTMERCHANT out of the box.
const BUILT_IN_TEST_DIGEST: [u8; 32] = [
    0x3e, 0xb1, 0xbd, 0x43, 0x99, 0x47, 0xeb, 0x76, 0x29, 0x98, 0xe5, 0x66, 0xcc, 0xc2, 0xe0, 0x99, 0xc7, 0x91, 0x11,
    0x8b, 0x2f, 0x40, 0x57, 0x9c, 0xc4, 0xf7, 0xda, 0x2b, 0x50, 0x61, 0xb7, 0xf9,
];

/// The merchant whose entry every unconfigured TEST… merchant is made after.
const TEST_MERCHANT: &str = "TESTMERCHANT";

const USERNAME_PREFIX: &str = "merchant.";

/// Who a request speaks for.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The merchant.
    pub merchant: Arc<Merchant>,
}

/// Whether one of the merchant's passwords is the one that everybody knows.
pub fn has_built_in_test_password(merchant: &Merchant) -> bool {
    merchant.password_digests.contains(&BUILT_IN_TEST_DIGEST)
}

/// The merchants that may speak to this gateway.
#[derive(Clone)]
pub struct Merchants {
    configured: HashMap<String, Arc<Merchant>>,
    /// TESTMERCHANT's entry, while the built-in password works for it.
    pattern: Option<Arc<Merchant>>,
}

impl Merchants {
    /// Takes the configured merchants.
    pub fn new(merchants: Vec<Merchant>) -> Merchants {
        let configured: HashMap<String, Arc<Merchant>> =
            merchants.into_iter().map(|merchant| (merchant.id.to_string(), Arc::new(merchant))).collect();
        let pattern = configured.get(TEST_MERCHANT).filter(|merchant| has_built_in_test_password(merchant)).cloned();
        Merchants { configured, pattern }
    }

    /// Says who speaks, from `apiUsername`, `apiPassword` and `merchant`.
    ///
    /// Everything that is wrong is one answer, and takes the same time to find out, so that nobody can learn
    /// which ids exist. The exception is documented: whoever proved to be one merchant and names another is
    /// told so.
    pub fn authenticate(&self, fields: &Fields, version: ApiVersion) -> Result<Caller, Rejection> {
        let named = fields.get(names::MERCHANT);
        let claimed = match fields.get(names::API_USERNAME).filter(|username| !username.is_empty()) {
            Some(username) => merchant_of(username),
            None if !WITH_USERNAME.contains(version) => named,
            None => None,
        };
        let password = digest::digest(&digest::SHA256, fields.get(names::API_PASSWORD).unwrap_or_default().as_bytes());
        let merchant = claimed.and_then(|id| self.find(id));
        let proved = matches(password.as_ref(), merchant.as_ref().map(Found::digests).unwrap_or_default());
        match merchant {
            Some(merchant) if bool::from(proved) => {
                if named.is_some() && named != claimed {
                    return Err(Rejection::general(
                        Mistake::Credentials,
                        "Authenticated entity not authorised to perform operation for target entity",
                    ));
                }
                Ok(Caller { merchant: merchant.into_merchant() })
            }
            _ => Err(Rejection::general(Mistake::Credentials, "Invalid credentials.")),
        }
    }

    /// What `X-Notification-Secret` says in a merchant's notifications, if the merchant is configured and has one.
    pub fn notification_secret(&self, id: &MerchantId) -> Option<Secret> {
        self.merchant(id.as_str()).and_then(|merchant| merchant.notification_secret.clone())
    }

    /// The merchant of that id, if there is one, for what it has allowed before.
    pub fn merchant(&self, id: &str) -> Option<Arc<Merchant>> {
        self.find(id).map(Found::into_merchant)
    }

    fn find(&self, id: &str) -> Option<Found> {
        if let Some(merchant) = self.configured.get(id) {
            return Some(Found::Configured(merchant.clone()));
        }
        let pattern = self.pattern.as_ref()?;
        let id = MerchantId::parse(id).filter(MerchantId::is_test)?;
        Some(Found::LikeTestMerchant(pattern.clone(), id))
    }
}

/// A merchant by its id, before the password was looked at.
enum Found {
    Configured(Arc<Merchant>),
    LikeTestMerchant(Arc<Merchant>, MerchantId),
}

impl Found {
    fn digests(&self) -> &[[u8; 32]] {
        match self {
            Found::Configured(merchant) => &merchant.password_digests,
            // A second password of TESTMERCHANT is its own, and opens no other id.
            Found::LikeTestMerchant(..) => std::slice::from_ref(&BUILT_IN_TEST_DIGEST),
        }
    }

    fn into_merchant(self) -> Arc<Merchant> {
        match self {
            Found::Configured(merchant) => merchant,
            Found::LikeTestMerchant(pattern, id) => {
                let tokens = TokenRepository { id: id.clone(), ..pattern.tokens.clone() };
                let password_digests = vec![BUILT_IN_TEST_DIGEST];
                Arc::new(Merchant { id, password_digests, tokens, ..pattern.as_ref().clone() })
            }
        }
    }
}

/// Whether the password's digest is one of the active ones. Two comparisons are made however many digests
/// there are, none for an unknown merchant included.
fn matches(password: &[u8], active: &[[u8; 32]]) -> Choice {
    let mut proved = Choice::from(0);
    for slot in 0..2 {
        let digest = active.get(slot);
        let present = Choice::from(u8::from(digest.is_some()));
        proved |= present & password.ct_eq(digest.unwrap_or(&[0; 32]));
    }
    proved
}

/// The id in a user name. `Merchant.X` is `merchant.X` (observed: clients send either).
fn merchant_of(username: &str) -> Option<&str> {
    let (prefix, id) = username.split_at_checked(USERNAME_PREFIX.len())?;
    prefix.eq_ignore_ascii_case(USERNAME_PREFIX).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::privileges::Privilege;

    const BUILT_IN: &str = "0123456789abcdef0123456789abcdef";
    const FIRST: &str = "11111111111111111111111111111111";
    const SECOND: &str = "22222222222222222222222222222222";
    const INVALID: Result<&str, &str> = Err("Invalid credentials.");
    const ANOTHER: Result<&str, &str> =
        Err("Authenticated entity not authorised to perform operation for target entity");

    fn digest_of(password: &str) -> [u8; 32] {
        digest::digest(&digest::SHA256, password.as_bytes()).as_ref().try_into().unwrap()
    }

    fn merchant(id: &str, passwords: &[&str]) -> Merchant {
        Merchant {
            id: MerchantId::parse(id).unwrap(),
            name: format!("{id}'s name"),
            category_code: "1234".to_owned(),
            password_digests: passwords.iter().map(|password| digest_of(password)).collect(),
            privileges: vec![Privilege::Pay],
            currencies: Vec::new(),
            simulator: Default::default(),
            tokens: TokenRepository::of(MerchantId::parse(id).unwrap()),
            notification_url: None,
            notification_secret: None,
        }
    }

    fn merchants() -> Merchants {
        Merchants::new(vec![
            merchant("TESTMERCHANT", &[BUILT_IN, FIRST]),
            merchant("TESTOWN", &[FIRST]),
            merchant("SHOP", &[FIRST, SECOND]),
        ])
    }

    /// The id that speaks, or the explanation; `-` leaves a field out.
    fn asked(
        merchants: &Merchants,
        version: &str,
        merchant: &str,
        username: &str,
        password: &str,
    ) -> Result<String, String> {
        let mut fields = Fields::new();
        fields.set_some(names::MERCHANT, Some(merchant).filter(|text| *text != "-"));
        fields.set_some(names::API_USERNAME, Some(username).filter(|text| *text != "-"));
        fields.set_some(names::API_PASSWORD, Some(password).filter(|text| *text != "-"));
        match merchants.authenticate(&fields, ApiVersion::parse(version).unwrap()) {
            Ok(caller) => Ok(caller.merchant.id.to_string()),
            Err(rejection) => {
                assert_eq!(rejection.mistake(), Mistake::Credentials);
                assert!(rejection.about().is_none(), "an error of credentials names no field");
                Err(rejection.explanation().to_owned())
            }
        }
    }

    #[test]
    fn credentials_and_who_they_speak_for() {
        let merchants = merchants();
        for (version, merchant, username, password, expected) in [
            ("100", "SHOP", "merchant.SHOP", FIRST, Ok("SHOP")),
            ("100", "SHOP", "merchant.SHOP", SECOND, Ok("SHOP")),
            ("100", "SHOP", "Merchant.SHOP", FIRST, Ok("SHOP")),
            ("100", "-", "merchant.SHOP", FIRST, Ok("SHOP")),
            ("100", "SHOP", "merchant.shop", FIRST, INVALID),
            ("100", "shop", "merchant.SHOP", FIRST, ANOTHER),
            ("100", "SHOP", "SHOP", FIRST, INVALID),
            ("100", "SHOP", "merchant.", FIRST, INVALID),
            ("100", "SHOP", "", FIRST, INVALID),
            ("100", "SHOP", "-", FIRST, INVALID),
            ("15", "SHOP", "-", FIRST, INVALID),
            ("14", "SHOP", "-", FIRST, Ok("SHOP")),
            ("1", "SHOP", "", FIRST, Ok("SHOP")),
            ("1", "-", "-", FIRST, INVALID),
            ("1", "SHOP", "merchant.SHOP", FIRST, Ok("SHOP")),
            ("1", "SHOP", "merchant.TESTOWN", FIRST, ANOTHER),
            ("100", "SHOP", "merchant.SHOP", BUILT_IN, INVALID),
            ("100", "SHOP", "merchant.SHOP", "", INVALID),
            ("100", "SHOP", "merchant.SHOP", "-", INVALID),
            ("100", "SHOP", "merchant.SHOP", "11111111111111111111111111111112", INVALID),
            ("100", "NOSHOP", "merchant.NOSHOP", FIRST, INVALID),
            ("100", "NOSHOP", "merchant.NOSHOP", BUILT_IN, INVALID),
            ("100", "TESTOWN", "merchant.SHOP", FIRST, ANOTHER),
            ("100", "NOSHOP", "merchant.SHOP", FIRST, ANOTHER),
            ("100", "TESTOWN", "merchant.SHOP", BUILT_IN, INVALID),
            ("100", "SHOP", "éééééééééé", FIRST, INVALID),
            ("100", "TESTMERCHANT", "merchant.TESTMERCHANT", BUILT_IN, Ok("TESTMERCHANT")),
            ("100", "TESTMERCHANT", "merchant.TESTMERCHANT", FIRST, Ok("TESTMERCHANT")),
            ("100", "TESTANY", "merchant.TESTANY", BUILT_IN, Ok("TESTANY")),
            ("100", "TEST", "merchant.TEST", BUILT_IN, Ok("TEST")),
            ("100", "TESTANY", "merchant.TESTANY", FIRST, INVALID),
            ("100", "testany", "merchant.testany", BUILT_IN, INVALID),
            ("100", "TEST ANY", "merchant.TEST ANY", BUILT_IN, INVALID),
            ("100", "TESTOTHER", "merchant.TESTANY", BUILT_IN, ANOTHER),
            ("100", "TESTOWN", "merchant.TESTOWN", BUILT_IN, INVALID),
            ("100", "TESTOWN", "merchant.TESTOWN", FIRST, Ok("TESTOWN")),
        ] {
            assert_eq!(
                asked(&merchants, version, merchant, username, password),
                expected.map(str::to_owned).map_err(str::to_owned),
                "version {version}, merchant {merchant}, user name {username}, password {password}"
            );
        }
    }

    #[test]
    fn a_merchant_made_after_testmerchant_has_its_entry_under_its_own_id() {
        let mut fields = Fields::new();
        fields.set(names::API_USERNAME, "merchant.TESTANY");
        fields.set(names::API_PASSWORD, BUILT_IN);
        let caller = merchants().authenticate(&fields, ApiVersion::NEWEST).unwrap();
        assert_eq!(caller.merchant.id.as_str(), "TESTANY");
        assert_eq!(caller.merchant.privileges, vec![Privilege::Pay]);
        assert_eq!(caller.merchant.password_digests, vec![BUILT_IN_TEST_DIGEST], "not TESTMERCHANT's second password");
    }

    #[test]
    fn without_the_built_in_password_only_configured_merchants_exist() {
        let merchants = Merchants::new(vec![merchant("TESTMERCHANT", &[FIRST]), merchant("TESTOWN", &[BUILT_IN])]);
        let any = asked(&merchants, "100", "TESTANY", "merchant.TESTANY", BUILT_IN);
        assert_eq!(any, INVALID.map(str::to_owned).map_err(str::to_owned), "TESTMERCHANT's password was changed");
    }
}
