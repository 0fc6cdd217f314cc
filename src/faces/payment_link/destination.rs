//! Where a payer's browser may be sent.

use url::Url;

/// An address of http or https. Nothing else becomes one, so that no page and no redirect can run a script.
pub(super) struct Destination(Url);

impl Destination {
    /// Reads an address that a merchant has given.
    pub fn parse(text: &str) -> Option<Destination> {
        let url = Url::parse(text).ok()?;
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        is_web.then_some(Destination(url))
    }

    /// The same address with one more parameter in its query, behind those that it has.
    pub fn with(&self, name: &str, value: &str) -> Destination {
        let mut url = self.0.clone();
        url.query_pairs_mut().append_pair(name, value);
        Destination(url)
    }

    /// The address, in ASCII.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The address, in ASCII, for a header.
    pub fn into_string(self) -> String {
        self.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_goes_behind_those_that_are_there() {
        for (address, expected) in [
            ("https://shop.example", "https://shop.example/?a=1+%26"),
            ("https://shop.example/back", "https://shop.example/back?a=1+%26"),
            ("https://shop.example/back?order=1", "https://shop.example/back?order=1&a=1+%26"),
            ("https://shop.example/back?", "https://shop.example/back?a=1+%26"),
            ("https://shop.example/back?x=a%20b#end", "https://shop.example/back?x=a%20b&a=1+%26#end"),
        ] {
            let destination = Destination::parse(address).unwrap();
            assert_eq!(destination.with("a", "1 &").as_str(), expected, "{address}");
        }
    }

    #[test]
    fn only_the_web_is_a_destination() {
        for other in ["javascript:alert(1)", "data:text/html,x", "//shop.example", "/x", "", "mailto:a@b", "https://"] {
            assert!(Destination::parse(other).is_none(), "{other}");
        }
    }
}
