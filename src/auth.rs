//! From credentials to caller, in two steps: what the credentials claim, and whether that is so.
//!
//! Only the credentials that the face has found in the request count. NVP looks for them in the body, so that an
//! Authorization header does not matter (observed: clients send a wrong one beside a body that is right, and work).

use crate::domain::ids::MerchantId;
use crate::domain::merchant::Merchant;
use crate::domain::rejection::{Mistake, Rejection};
use crate::domain::secret::Secret;
use crate::domain::session::Session;
use crate::merchants::Merchants;
use ring::digest;
use std::sync::Arc;
use subtle::{Choice, ConstantTimeEq};

const USERNAME_PREFIX: &str = "merchant.";

/// The beginning of every session id, which no password of a merchant has (documented: passwords are hexadecimal).
const SESSION_PREFIX: &str = "SESSION";

/// The credentials that a request offers.
pub struct Offered {
    /// The user name, `merchant.<id>`.
    pub username: Option<String>,
    /// The password.
    pub password: Secret,
    /// The merchant that the request names beside its credentials.
    pub merchant: Option<String>,
    /// Whether the face lets a payer in, whose password is the id of a session (documented for REST; NVP does not).
    pub lets_payer_in: bool,
}

/// Who a request speaks for.
#[derive(Clone, Debug)]
pub enum Caller {
    /// A merchant.
    Merchant(Arc<Merchant>),
    /// A payer, who may do what one session of a merchant allows.
    Payer {
        /// The merchant.
        merchant: Arc<Merchant>,
        /// The id of the session.
        session: Secret,
    },
}

impl Caller {
    /// The merchant, whoever speaks.
    pub fn merchant(&self) -> &Arc<Merchant> {
        match self {
            Caller::Merchant(merchant) | Caller::Payer { merchant, .. } => merchant,
        }
    }
}

/// What credentials claim. Nobody speaks for a merchant before [`Claim::prove`].
pub struct Claim {
    merchant: Option<Arc<Merchant>>,
    names_another: bool,
    evidence: Evidence,
}

enum Evidence {
    /// A password, and whether it is one of the merchant's.
    Password(Choice),
    /// The id of a session that must be the merchant's, who goes by this id.
    Session(Option<MerchantId>, Secret),
}

/// Reads what the credentials claim.
pub fn claim(merchants: &Merchants, offered: &Offered) -> Claim {
    let claimed = offered.username.as_deref().and_then(merchant_of);
    let merchant = claimed.and_then(|id| merchants.merchant(id));
    let names_another = offered.merchant.is_some() && offered.merchant.as_deref() != claimed;
    let password = &offered.password;
    let evidence = if offered.lets_payer_in && password.expose().starts_with(SESSION_PREFIX) {
        Evidence::Session(claimed.and_then(MerchantId::parse), password.clone())
    } else {
        let digest = digest::digest(&digest::SHA256, password.expose().as_bytes());
        let active = merchant.as_ref().map(|merchant| merchant.password_digests.as_slice());
        Evidence::Password(matches(digest.as_ref(), active.unwrap_or_default()))
    };
    Claim { merchant, names_another, evidence }
}

impl Claim {
    /// The session, by its merchant and its id, whose record proves the claim; `None` where no record is needed. It is
    /// named for a merchant who does not exist, too, so that both take one reading of the store.
    pub fn session(&self) -> Option<(&MerchantId, &str)> {
        match &self.evidence {
            Evidence::Session(Some(merchant), id) => Some((merchant, id.expose())),
            Evidence::Session(None, _) | Evidence::Password(_) => None,
        }
    }

    /// The caller. `session` is the unexpired record of [`Claim::session`], if there is one.
    ///
    /// # Errors
    ///
    /// Everything that is wrong is one answer, and takes the same time to find out, so that nobody can learn which
    /// ids exist. The exception is documented: whoever proved to be one merchant and names another is told so.
    pub fn prove(self, session: Option<&Session>) -> Result<Caller, Rejection> {
        let merchant = self.merchant.ok_or_else(invalid_credentials)?;
        let caller = match self.evidence {
            Evidence::Password(proved) if bool::from(proved) => Caller::Merchant(merchant),
            Evidence::Session(_, id) if session.is_some_and(|session| session.id == id.expose()) => {
                Caller::Payer { merchant, session: id }
            }
            Evidence::Password(_) | Evidence::Session(..) => return Err(invalid_credentials()),
        };
        if self.names_another {
            let explanation = "Authenticated entity not authorised to perform operation for target entity";
            return Err(Rejection::general(Mistake::Credentials, explanation));
        }
        Ok(caller)
    }
}

/// Everything that is wrong with credentials is this one answer.
pub fn invalid_credentials() -> Rejection {
    Rejection::general(Mistake::Credentials, "Invalid credentials.")
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
    use crate::dialect::errors;
    use crate::domain::session::UpdateStatus;
    use crate::domain::token::TokenRepository;
    use crate::fields::Fields;
    use crate::spec::privileges::Privilege;
    use crate::spec::versions::ApiVersion;

    const BUILT_IN: &str = "0123456789abcdef0123456789abcdef";
    const FIRST: &str = "11111111111111111111111111111111";
    const SECOND: &str = "22222222222222222222222222222222";
    const SESSION: &str = "SESSION0002XXXXXXXXXXXXXXXXXXXX";
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

    /// Credentials; `-` leaves a part out.
    fn offered(merchant: &str, username: &str, password: &str) -> Offered {
        let given = |text: &str| Some(text).filter(|text| *text != "-").map(str::to_owned);
        Offered {
            username: given(username),
            password: Secret::new(given(password).unwrap_or_default()),
            merchant: given(merchant),
            lets_payer_in: false,
        }
    }

    /// The id of the merchant, or the explanation.
    fn told(caller: Result<Caller, Rejection>) -> Result<String, String> {
        match caller {
            Ok(caller) => Ok(caller.merchant().id.to_string()),
            Err(rejection) => {
                assert_eq!(rejection.mistake(), Mistake::Credentials);
                assert!(rejection.about().is_none(), "an error of credentials names no field");
                Err(errors::explanation(ApiVersion::NEWEST, &rejection))
            }
        }
    }

    #[test]
    fn credentials_and_who_they_speak_for() {
        let merchants = merchants();
        for (merchant, username, password, expected) in [
            ("SHOP", "merchant.SHOP", FIRST, Ok("SHOP")),
            ("SHOP", "merchant.SHOP", SECOND, Ok("SHOP")),
            ("SHOP", "Merchant.SHOP", FIRST, Ok("SHOP")),
            ("-", "merchant.SHOP", FIRST, Ok("SHOP")),
            ("SHOP", "merchant.shop", FIRST, INVALID),
            ("shop", "merchant.SHOP", FIRST, ANOTHER),
            ("SHOP", "SHOP", FIRST, INVALID),
            ("SHOP", "merchant.", FIRST, INVALID),
            ("SHOP", "", FIRST, INVALID),
            ("SHOP", "-", FIRST, INVALID),
            ("SHOP", "merchant.SHOP", BUILT_IN, INVALID),
            ("SHOP", "merchant.SHOP", "", INVALID),
            ("SHOP", "merchant.SHOP", "-", INVALID),
            ("SHOP", "merchant.SHOP", "11111111111111111111111111111112", INVALID),
            ("NOSHOP", "merchant.NOSHOP", FIRST, INVALID),
            ("NOSHOP", "merchant.NOSHOP", BUILT_IN, INVALID),
            ("TESTOWN", "merchant.SHOP", FIRST, ANOTHER),
            ("NOSHOP", "merchant.SHOP", FIRST, ANOTHER),
            ("TESTOWN", "merchant.SHOP", BUILT_IN, INVALID),
            ("SHOP", "éééééééééé", FIRST, INVALID),
            ("TESTMERCHANT", "merchant.TESTMERCHANT", BUILT_IN, Ok("TESTMERCHANT")),
            ("TESTMERCHANT", "merchant.TESTMERCHANT", FIRST, Ok("TESTMERCHANT")),
            ("TESTANY", "merchant.TESTANY", BUILT_IN, Ok("TESTANY")),
            ("TEST", "merchant.TEST", BUILT_IN, Ok("TEST")),
            ("TESTANY", "merchant.TESTANY", FIRST, INVALID),
            ("testany", "merchant.testany", BUILT_IN, INVALID),
            ("TEST ANY", "merchant.TEST ANY", BUILT_IN, INVALID),
            ("TESTOTHER", "merchant.TESTANY", BUILT_IN, ANOTHER),
            ("TESTOWN", "merchant.TESTOWN", BUILT_IN, INVALID),
            ("TESTOWN", "merchant.TESTOWN", FIRST, Ok("TESTOWN")),
            ("SHOP", "merchant.SHOP", SESSION, INVALID),
        ] {
            let claim = claim(&merchants, &offered(merchant, username, password));
            assert!(claim.session().is_none(), "a password needs no record");
            assert_eq!(
                told(claim.prove(Some(&session(SESSION)))),
                expected.map(str::to_owned).map_err(str::to_owned),
                "merchant {merchant}, user name {username}, password {password}"
            );
        }
    }

    fn session(id: &str) -> Session {
        Session {
            id: id.to_owned(),
            version: "0000000001".to_owned(),
            update_status: UpdateStatus::NoUpdate,
            api_version: None,
            fields: Fields::new(),
            security_code_written: None,
            aes256_key: String::new(),
            authentication_limit: 5,
            success_indicator: None,
        }
    }

    #[test]
    fn a_payer_is_let_in_by_the_record_of_the_session_alone() {
        let merchants = merchants();
        let (found, another) = (session(SESSION), session("SESSION0002YYYYYYYYYYYYYYYYYYYY"));
        for (merchant, username, record, expected) in [
            ("SHOP", "merchant.SHOP", Some(&found), Ok("SHOP")),
            ("-", "Merchant.SHOP", Some(&found), Ok("SHOP")),
            ("TESTANY", "merchant.TESTANY", Some(&found), Ok("TESTANY")),
            ("SHOP", "merchant.SHOP", None, INVALID),
            ("SHOP", "merchant.SHOP", Some(&another), INVALID),
            ("SHOP", "merchant.NOSHOP", Some(&found), INVALID),
            ("SHOP", "-", Some(&found), INVALID),
            ("TESTOWN", "merchant.SHOP", Some(&found), ANOTHER),
            ("TESTOWN", "merchant.SHOP", None, INVALID),
        ] {
            let claim = claim(&merchants, &Offered { lets_payer_in: true, ..offered(merchant, username, SESSION) });
            let named = merchant_of(username).map(str::to_owned);
            let needed = claim.session().map(|(merchant, id)| (merchant.to_string(), id.to_owned()));
            assert_eq!(needed, named.map(|merchant| (merchant, SESSION.to_owned())), "{username}");
            let caller = claim.prove(record);
            assert!(!matches!(caller, Ok(Caller::Merchant(_))), "a payer is no merchant");
            assert_eq!(told(caller), expected.map(str::to_owned).map_err(str::to_owned), "{merchant}, {username}");
        }
    }

    #[test]
    fn a_merchant_is_let_in_where_a_payer_may_be() {
        let offered = Offered { lets_payer_in: true, ..offered("SHOP", "merchant.SHOP", FIRST) };
        let caller = claim(&merchants(), &offered).prove(None);
        assert!(matches!(caller, Ok(Caller::Merchant(_))), "{caller:?}");
    }
}
