//! The credentials in an NVP body.

use crate::auth::Offered;
use crate::domain::secret::Secret;
use crate::fields::{Fields, names};
use crate::spec::versions::{ApiVersion, WITH_USERNAME};

/// The credentials that the fields offer. Where a version needs no user name, the merchant's is understood.
pub(super) fn offered(fields: &Fields, version: ApiVersion) -> Offered {
    let given = |name| fields.get(name).filter(|text| !text.is_empty());
    let merchant = given(names::MERCHANT);
    let implied = || merchant.filter(|_| !WITH_USERNAME.contains(version)).map(|id| format!("merchant.{id}"));
    Offered {
        username: given(names::API_USERNAME).map(str::to_owned).or_else(implied),
        password: Secret::new(given(names::API_PASSWORD).unwrap_or_default()),
        merchant: merchant.map(str::to_owned),
        lets_payer_in: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_version_15_the_merchant_is_the_user() {
        for (version, merchant, username, expected) in [
            ("100", "SHOP", "merchant.SHOP", Some("merchant.SHOP")),
            ("100", "SHOP", "", None),
            ("100", "SHOP", "-", None),
            ("15", "SHOP", "-", None),
            ("14", "SHOP", "-", Some("merchant.SHOP")),
            ("1", "SHOP", "", Some("merchant.SHOP")),
            ("1", "-", "-", None),
            ("1", "", "", None),
            ("1", "SHOP", "merchant.SHOP", Some("merchant.SHOP")),
            ("1", "SHOP", "merchant.TESTOWN", Some("merchant.TESTOWN")),
        ] {
            let mut fields = Fields::new();
            fields.set_some(names::MERCHANT, Some(merchant).filter(|text| *text != "-"));
            fields.set_some(names::API_USERNAME, Some(username).filter(|text| *text != "-"));
            let offered = offered(&fields, ApiVersion::parse(version).unwrap());
            let what = format!("version {version}, merchant {merchant}, user name {username}");
            assert_eq!(offered.username.as_deref(), expected, "{what}");
            assert_eq!(offered.merchant.as_deref(), Some(merchant).filter(|id| id.len() > 1), "{what}");
        }
    }
}
