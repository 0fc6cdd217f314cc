//! Reads an answer as strictly as real clients do: what the gateway guarantees about its bytes is checked
//! here, and a lenient decoder would hide a breach.
//!
//! The guarantees (observed in recorded answers, and relied on by clients that split by hand): pairs joined
//! by `&`, encoded byte for byte as Java's URLEncoder does, in byte order of the decoded names, no name
//! twice, no empty value, nothing before or after.

use super::template::{escape, form_decode};

/// The fields of an answer in their order, or every guarantee that its bytes break, in words.
///
/// # Errors
/// Each sentence names a guarantee that the bytes break.
pub fn read(body: &[u8]) -> Result<Vec<(String, String)>, Vec<String>> {
    if body.is_empty() {
        return Err(vec!["the answer is empty".to_owned()]);
    }
    let mut breaches = Vec::new();
    let mut pairs: Vec<(String, String)> = Vec::new();
    let lines_end = body.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    if lines_end > 0 {
        breaches.push("a newline stands behind the last pair".to_owned());
    }
    for pair in body[..body.len() - lines_end].split(|byte| *byte == b'&') {
        match read_pair(pair) {
            Ok((name, value)) => {
                if value.is_empty() {
                    breaches.push(format!("{} has an empty value", escape(name.as_bytes())));
                }
                pairs.push((name, value));
            }
            Err(breach) => breaches.push(breach),
        }
    }
    for (at, (name, _)) in pairs.iter().enumerate() {
        if pairs[..at].iter().any(|(earlier, _)| earlier == name) {
            breaches.push(format!("{} stands twice", escape(name.as_bytes())));
        } else if let Some((before, _)) = at.checked_sub(1).and_then(|before| pairs.get(before))
            && name < before
        {
            breaches.push(format!(
                "{} stands behind {}: names are not in byte order",
                escape(name.as_bytes()),
                escape(before.as_bytes())
            ));
        }
    }
    if breaches.is_empty() { Ok(pairs) } else { Err(breaches) }
}

fn read_pair(pair: &[u8]) -> Result<(String, String), String> {
    if pair.is_empty() {
        return Err("an `&` separates nothing".to_owned());
    }
    let Some(equals) = pair.iter().position(|byte| *byte == b'=') else {
        return Err(format!("{} has no `=`", escape(pair)));
    };
    if equals == 0 {
        return Err(format!("{} has no name", escape(pair)));
    }
    let name = read_part(&pair[..equals])?;
    let value = read_part(&pair[equals + 1..]).map_err(|breach| format!("{}: {breach}", escape(name.as_bytes())))?;
    Ok((name, value))
}

fn read_part(part: &[u8]) -> Result<String, String> {
    form_decode(part).ok_or_else(|| breach_of_encoding(part))
}

/// Which rule of the encoding a part breaks that does.
fn breach_of_encoding(part: &[u8]) -> String {
    let mut at = 0;
    while let Some(byte) = part.get(at).copied() {
        match byte {
            b'%' => {
                let Some(hex) = part.get(at + 1..at + 3).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit)) else {
                    return "a `%` without two hex digits".to_owned();
                };
                if hex.iter().any(u8::is_ascii_lowercase) {
                    return format!("`%{}` is not in upper case", escape(hex));
                }
                at += 3;
            }
            b'+' | b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => at += 1,
            _ => return format!("`{}` stands unencoded", escape(&[byte])),
        }
    }
    "encoded otherwise than Java's URLEncoder would, or no UTF-8".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_answer_that_keeps_every_guarantee_is_read() {
        let body = b"error.explanation=Value+%27PAY%27+is+invalid.&risk.response.rule%5B10%5D.id=A&risk.response.rule%5B1%5D.id=B";
        let fields = read(body).unwrap();
        assert_eq!(fields[0], ("error.explanation".to_owned(), "Value 'PAY' is invalid.".to_owned()));
        assert_eq!(fields[1].0, "risk.response.rule[10].id", "a digit sorts below a bracket");
        assert_eq!(fields[2].0, "risk.response.rule[1].id");
    }

    #[test]
    fn every_breach_has_its_own_words() {
        for (body, words) in [
            ("", "the answer is empty"),
            ("a=1\n", "a newline stands behind the last pair"),
            ("a=1&b=", "b has an empty value"),
            ("a=1&a=1", "a stands twice"),
            ("a=1&a=2", "a stands twice"),
            ("b=1&a=1", "a stands behind b: names are not in byte order"),
            ("a[1]=1", "`[` stands unencoded"),
            ("a=1=2", "a: `=` stands unencoded"),
            ("a=1;2", "a: `;` stands unencoded"),
            ("a=1 2", "a: ` ` stands unencoded"),
            ("a=%5b", "a: `%5b` is not in upper case"),
            ("a%5b0%5D=1", "`%5b` is not in upper case"),
            ("a=%5", "a: a `%` without two hex digits"),
            ("a=100%", "a: a `%` without two hex digits"),
            ("a=%41", "a: encoded otherwise than Java's URLEncoder would, or no UTF-8"),
            ("a=%20", "a: encoded otherwise than Java's URLEncoder would, or no UTF-8"),
            ("a=%E9", "a: encoded otherwise than Java's URLEncoder would, or no UTF-8"),
            ("a=1&", "an `&` separates nothing"),
            ("&a=1", "an `&` separates nothing"),
            ("a=1&&b=2", "an `&` separates nothing"),
            ("a", "a has no `=`"),
            ("=1", "=1 has no name"),
        ] {
            let words_of_space = words.replace("` `", "`\\s`");
            assert_eq!(read(body.as_bytes()), Err(vec![words_of_space]), "{body:?}");
        }
    }

    #[test]
    fn several_breaches_are_all_told() {
        assert_eq!(read(b"b=&a=1\r\n").unwrap_err().len(), 3, "newline, empty value, order");
    }

    proptest! {
        #[test]
        fn no_bytes_panic_it(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _any = read(&body);
        }

        #[test]
        fn what_a_faithful_encoder_writes_is_read_back(
            fields in proptest::collection::btree_map(".{1,8}", ".{1,8}", 1..6)
        ) {
            let body = serde_urlencoded::to_string(&fields).unwrap();
            prop_assert_eq!(read(body.as_bytes()), Ok(fields.into_iter().collect()));
        }
    }
}
