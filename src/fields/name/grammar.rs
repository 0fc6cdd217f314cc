//! What a name may be made of, and how its indices are read.

use crate::fields::known::Name;
use crate::limits;

/// Whether a text is a name.
pub(super) fn well_formed(text: &str) -> bool {
    text.len() <= limits::NAME_BYTES && text.as_bytes().split(|byte| *byte == b'.').all(segment_is_well_formed)
}

fn segment_is_well_formed(segment: &[u8]) -> bool {
    let word = segment.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    word > 0
        && match &segment[word..] {
            [] => true,
            [b'[', digits @ .., b']'] => index(digits).is_some(),
            _ => false,
        }
}

fn index(digits: &[u8]) -> Option<u16> {
    let is_canonical = digits.len() == 1 || !digits.starts_with(b"0");
    let is_decimal = digits.iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(digits).ok().filter(|_| is_canonical && is_decimal)?;
    text.parse().ok().filter(|index| u32::from(*index) <= limits::ARRAY_INDEX)
}

/// A known name with indices. The pattern, which has as many bytes at most, is put together on the stack.
pub(super) fn resolve_indices(text: &str) -> Option<(Name, [u16; 2])> {
    let (mut pattern, mut length) = ([0; limits::NAME_BYTES], 0);
    let mut push = |piece: &str| {
        let place = pattern.get_mut(length..length + piece.len())?;
        place.copy_from_slice(piece.as_bytes());
        length += piece.len();
        Some(())
    };
    let (mut indices, mut level, mut rest) = ([0; 2], 0, text);
    while let Some((before, behind)) = rest.split_once('[') {
        let (digits, behind) = behind.split_once(']')?;
        *indices.get_mut(level)? = index(digits.as_bytes())?;
        push(before)?;
        push("[n]")?;
        (level, rest) = (level + 1, behind);
    }
    push(rest)?;
    let name = Name::find(std::str::from_utf8(&pattern[..length]).ok()?)?;
    Some((name, indices))
}
