//! The ids of the protocol, a type each, so that one cannot stand in for another.

use std::fmt;

/// A merchant's id: 1 to 40 of `0-9 a-z A-Z - _` (documented).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MerchantId(String);

impl MerchantId {
    /// Reads an id. `None` for a text that is no merchant's id.
    pub fn parse(text: &str) -> Option<MerchantId> {
        let good = (1..=40).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        good.then(|| MerchantId(text.to_owned()))
    }

    /// The id under which the gateway stores its own records. No merchant can have this id.
    pub fn of_gateway() -> MerchantId {
        MerchantId("@gateway".to_owned())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the merchant is a test profile (documented: an id that begins with TEST). Only test profiles use the
    /// simulator.
    pub fn is_test(&self) -> bool {
        self.0.starts_with("TEST")
    }
}

impl fmt::Display for MerchantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_merchant_has_the_gateway_s_own_id() {
        assert_eq!(MerchantId::parse(MerchantId::of_gateway().as_str()), None);
    }
}
