//! API versions.

use super::failure::{Mistake, Rejection};
use std::fmt;

/// An API version that exists: 1 to 79, and 100 (documented: the numbers jump from the high 70s to 100;
/// observed: a call to 80 was answered 404).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ApiVersion(u8);

impl ApiVersion {
    /// The newest version.
    pub const NEWEST: ApiVersion = ApiVersion(100);

    /// Reads the version as it stands in a path.
    pub fn parse(text: &str) -> Result<ApiVersion, Rejection> {
        let canonical = !text.starts_with(['0', '+']);
        match text.parse::<u8>() {
            Ok(number @ (1..=79 | 100)) if canonical => Ok(ApiVersion(number)),
            _ => {
                let shown: String = text.chars().take(40).collect();
                Err(Rejection::general(Mistake::Address, format!("Unsupported value for 'version = {shown}'")))
            }
        }
    }

    /// The number.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_exist_are_1_to_79_and_100() {
        for good in ["1", "45", "79", "100"] {
            assert!(ApiVersion::parse(good).is_ok(), "{good} exists");
        }
        for bad in ["0", "80", "99", "101", "abc", "", "-1", "+45", "045", "1e2", "4294967297"] {
            let rejection = ApiVersion::parse(bad).expect_err(bad);
            assert_eq!(rejection.explanation(), format!("Unsupported value for 'version = {bad}'"));
        }
    }
}
