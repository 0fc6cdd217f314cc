//! The NVP codec: `application/x-www-form-urlencoded` pairs, read as the WHATWG form parser reads them and
//! written as the real gateway writes them.

use super::charset;
use crate::domain::rejection::{Mistake, Reason, Rejection};
use crate::domain::secret::mask_digit_runs;
use crate::fields::{FieldName, Fields, Value};
use crate::limits;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;

/// Room for the pairs of most bodies.
const EXPECTED_PAIRS: usize = 32;

/// Reads a request body.
///
/// Pairs are split at `&` and at the first `=`, never at `;`; a malformed percent escape stays as it is;
/// empty pairs are skipped; a name that comes twice must come with one value. Nothing is said about
/// whether a field exists.
///
/// # Errors
/// The body is no list of pairs, has too many, or a name that is none or has two values.
pub fn decode(content_type: Option<&str>, body: &[u8]) -> Result<Fields, Rejection> {
    if let Some(b'{' | b'[' | b'"') = body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        return Err(Rejection::general(
            Mistake::Request,
            "The body is JSON. This address takes name-value pairs: apiOperation=...&merchant=...",
        ));
    }
    let separators = body.iter().filter(|byte| **byte == b'&').count();
    if separators >= limits::PAIRS {
        return Err(Rejection::general(
            Mistake::TooLarge,
            format!("The body has more than {} name-value pairs.", limits::PAIRS),
        ));
    }
    let body = charset::to_utf8(content_type, body);
    let pairs = serde_urlencoded::from_bytes::<Pairs>(&body).ok().map(|Pairs(pairs)| pairs);
    pairs.and_then(Fields::distinct).ok_or_else(|| first_mistake(&body))
}

/// Pairs whose names are field names, each resolved as it is read.
struct Pairs(Vec<(FieldName, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("name-value pairs")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::with_capacity(map.size_hint().unwrap_or(EXPECTED_PAIRS));
                while let Some((Checked(name), value)) = map.next_entry()? {
                    pairs.push((name, value));
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

/// A field name out of a request, which may be anything.
struct Checked(FieldName);

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Checked, D::Error> {
        struct Reader;

        impl Visitor<'_> for Reader {
            type Value = Checked;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Checked, E> {
                FieldName::parse(text).map(Checked).ok_or_else(|| E::custom("not the name of a field"))
            }
        }

        deserializer.deserialize_str(Reader)
    }
}

/// The mistake in the first pair that is no field, or contradicts an earlier one.
fn first_mistake(body: &[u8]) -> Rejection {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap_or_default();
    let mut values = BTreeMap::new();
    for (name, value) in pairs {
        if FieldName::parse(&name).is_none() {
            return Rejection::unsupported(mask_digit_runs(&shortened(&name)));
        }
        match values.insert(name.clone(), value.clone()) {
            Some(earlier) if earlier != value => return Rejection::field(name, Reason::GivenTwice),
            _ => {}
        }
    }
    Rejection::general(Mistake::Request, "The body is not a list of name-value pairs.")
}

/// Writes an answer: sorted by name, form-encoded with upper-case hex and `+` for a space, empty values
/// left out, no newline at the end (observed).
pub fn encode(fields: &Fields) -> String {
    let mut pairs = Vec::with_capacity(fields.len());
    pairs.extend(fields.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.text(), value)));
    serde_urlencoded::to_string(pairs).unwrap_or_else(|error| {
        // Pairs of strings always serialize; an answer that is lost must at least be noticed.
        log::error!("an answer could not be written: {error}");
        String::new()
    })
}

/// At most [`limits::ERROR_FIELD_CHARACTERS`] of a name, its end marked where it was cut.
fn shortened(name: &str) -> String {
    let kept = limits::ERROR_FIELD_CHARACTERS - 3;
    match name.char_indices().nth(limits::ERROR_FIELD_CHARACTERS) {
        None => name.to_owned(),
        Some(_) => name.chars().take(kept).chain("...".chars()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::errors;
    use crate::spec::versions::ApiVersion;
    use proptest::prelude::*;

    fn explanation(rejection: &Rejection) -> String {
        errors::explanation(ApiVersion::NEWEST, rejection)
    }

    fn decoded(content_type: Option<&str>, body: &[u8]) -> Vec<(String, String)> {
        decode(content_type, body)
            .unwrap_or_else(|rejection| panic!("{}", explanation(&rejection)))
            .into_iter()
            .map(|(name, value)| (name.to_string(), value.into()))
            .collect()
    }

    /// What it shows, the content type, the body and the pairs it holds.
    type Case<'a> = (&'a str, Option<&'a str>, &'a [u8], &'a [(&'a str, &'a str)]);

    #[test]
    fn bodies_are_read_as_the_form_parser_reads_them() {
        let form = Some("application/x-www-form-urlencoded");
        let latin1 = Some("application/x-www-form-urlencoded; charset=ISO-8859-1");
        let cases: &[Case<'_>] = &[
            ("the first = splits", form, b"a=x=y", &[("a", "x=y")]),
            ("; never splits", form, b"a=text/html;q=0.9&b=1", &[("a", "text/html;q=0.9"), ("b", "1")]),
            ("empty pairs are skipped", form, b"&a=1&&b=2&", &[("a", "1"), ("b", "2")]),
            ("a bad escape stays", form, b"a=100%&b=%zz&c=%4", &[("a", "100%"), ("b", "%zz"), ("c", "%4")]),
            ("+ is a space", form, b"a=x+y&b=x%2By", &[("a", "x y"), ("b", "x+y")]),
            ("raw text", form, b"a=one two\nthree#19abcf", &[("a", "one two\nthree#19abcf")]),
            ("a raw URL", form, b"a=https://x.example/r?o=1", &[("a", "https://x.example/r?o=1")]),
            (
                "raw and encoded indices",
                form,
                b"a[0].b=1&a%5B1%5D.b=2&a%5b2%5d.b=3",
                &[("a[0].b", "1"), ("a[1].b", "2"), ("a[2].b", "3")],
            ),
            ("equal twins are one", form, b"a=1&a=1", &[("a", "1")]),
            ("UTF-8 by default", None, "a=Zoë&b=Zo%C3%AB".as_bytes(), &[("a", "Zoë"), ("b", "Zoë")]),
            ("ISO-8859-1 where it is no UTF-8", None, b"a=Zo\xEB&b=Zo%EB", &[("a", "Zoë"), ("b", "Zoë")]),
            ("ISO-8859-1 where it is declared", latin1, b"a=%C3%AB", &[("a", "\u{c3}\u{ab}")]),
            ("an encoded separator is data", latin1, b"a=%26%3D\xEB", &[("a", "&=ë")]),
            ("any content type", Some("text/plain"), b"a=1", &[("a", "1")]),
            ("a name without =", form, b"a", &[("a", "")]),
            ("nothing", form, b"", &[]),
        ];
        for (what, content_type, body, expected) in cases {
            let expected: Vec<_> = expected.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
            assert_eq!(decoded(*content_type, body), expected, "{what}");
        }
    }

    #[test]
    fn what_no_client_can_mean_is_refused_by_name() {
        let cases: &[(&[u8], Option<&str>, &str)] = &[
            (b"a=1&a=2", Some("a"), "Parameter 'a' is given twice with different values."),
            (b"a..b=1", Some("a..b"), "Unexpected parameter 'a..b'"),
            (b"a[x]=1", Some("a[x]"), "Unexpected parameter 'a[x]'"),
            (b"a[1000000000]=1", Some("a[xxxxxxxxxx]"), "Unexpected parameter 'a[xxxxxxxxxx]'"),
            (b"order_id=1", Some("order_id"), "Unexpected parameter 'order_id'"),
            (b"=1", Some(""), "Unexpected parameter ''"),
            (b"5123450000000008", None, ""),
            (b" {\"apiOperation\":\"PAY\"}", None, "The body is JSON."),
            (b"\"apiOperation=PAY\"", None, "The body is JSON."),
        ];
        for (body, field, expected) in cases {
            match decode(None, body) {
                // A bare number is a well-formed name; that it is unknown, and how it is shown, is said later.
                Ok(fields) => assert_eq!(fields.len(), 1, "{body:?}"),
                Err(rejection) => {
                    assert_eq!(rejection.about().map(|(name, _)| name), *field, "{body:?}");
                    let found = explanation(&rejection);
                    assert!(found.starts_with(expected), "{found}");
                }
            }
        }
        let many = "&a=1".repeat(limits::PAIRS);
        assert_eq!(decode(None, many.as_bytes()).expect_err("too many pairs").mistake(), Mistake::TooLarge);
    }

    #[test]
    fn answers_are_written_as_the_gateway_writes_them() {
        let mut fields = Fields::new();
        for (name, value) in [
            ("rule[10].id", "x"),
            ("rule[1].id", "y"),
            ("order.reference", ""),
            ("device.browser", "Mozilla/5.0 (Macintosh; KHTML, like Gecko)"),
            ("error.explanation", "Value 'PAY' is invalid."),
            ("transaction.acquirer.timeZone", "+1100"),
            ("name", "Zoë *-._~=&"),
        ] {
            fields.insert(FieldName::parse(name).unwrap(), value);
        }
        assert_eq!(
            encode(&fields),
            "device.browser=Mozilla%2F5.0+%28Macintosh%3B+KHTML%2C+like+Gecko%29\
             &error.explanation=Value+%27PAY%27+is+invalid.&name=Zo%C3%AB+*-._%7E%3D%26&rule%5B10%5D.id=x\
             &rule%5B1%5D.id=y&transaction.acquirer.timeZone=%2B1100"
        );
    }

    proptest! {
        #[test]
        fn decoding_what_was_encoded_is_the_identity(
            map in proptest::collection::btree_map("[a-zA-Z0-9]{1,8}(\\[[0-9]\\])?(\\.[a-z0-9]{1,8}){0,3}", ".{1,40}", 0..20)
        ) {
            let fields: Fields =
                map.into_iter().map(|(name, value)| (FieldName::parse(&name).unwrap(), value)).collect();
            let again = decode(None, encode(&fields).as_bytes()).expect("an encoded answer decodes");
            prop_assert_eq!(
                again.iter().collect::<Vec<_>>(),
                fields.iter().collect::<Vec<_>>()
            );
        }

        #[test]
        fn no_bytes_panic_the_decoder(body in proptest::collection::vec(any::<u8>(), 0..400), content_type in ".{0,40}") {
            let _ = decode(Some(&content_type), &body);
        }
    }
}
