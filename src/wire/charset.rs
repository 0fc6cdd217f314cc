//! The character set of a form body.

use std::borrow::Cow;
use std::fmt::Write;

/// The body as a UTF-8 form body.
///
/// A declared ISO-8859-1 is believed (observed: the vendor's C# sample sends it). Otherwise bytes that are
/// no UTF-8, raw or behind their percent escapes, are taken for ISO-8859-1.
pub(super) fn to_utf8<'a>(content_type: Option<&str>, body: &'a [u8]) -> Cow<'a, [u8]> {
    let plain = body.is_ascii() && !has_high_escape(body);
    if plain || (!declares_latin1(content_type) && is_utf8(body)) {
        return Cow::Borrowed(body);
    }
    let mut transcoded = String::with_capacity(body.len() * 2);
    for_each_byte(body, |raw, byte| {
        if byte < 0x80 {
            transcoded.extend(raw.iter().copied().map(char::from));
        } else {
            for unit in char::from(byte).encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a String cannot fail.
                let _ = write!(transcoded, "%{unit:02X}");
            }
        }
    });
    Cow::Owned(transcoded.into_bytes())
}

fn declares_latin1(content_type: Option<&str>) -> bool {
    let declared = content_type.unwrap_or_default().to_ascii_lowercase();
    declared
        .split(';')
        .filter_map(|parameter| parameter.trim().strip_prefix("charset="))
        .any(|charset| matches!(charset.trim_matches('"'), "iso-8859-1" | "latin1" | "windows-1252"))
}

fn is_utf8(body: &[u8]) -> bool {
    let mut decoded = Vec::with_capacity(body.len());
    for_each_byte(body, |_, byte| decoded.push(byte));
    std::str::from_utf8(&decoded).is_ok()
}

fn has_high_escape(body: &[u8]) -> bool {
    body.windows(2).any(|pair| pair[0] == b'%' && matches!(pair[1], b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F'))
}

/// Visits each byte of the body as (how it is written, what it stands for).
fn for_each_byte(body: &[u8], mut visit: impl FnMut(&[u8], u8)) {
    let mut rest = body;
    while let [first, ..] = rest {
        let (raw, value) = match rest {
            [b'%', high, low, ..] => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (&rest[..3], high * 16 + low),
                _ => (&rest[..1], b'%'),
            },
            _ => (&rest[..1], *first),
        };
        visit(raw, value);
        rest = &rest[raw.len()..];
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
