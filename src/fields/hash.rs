//! The hash by which the text of a known name is found. The build makes the table with it, and so it stands in a file
//! of its own. Nobody can add to the table, so that it needs no protection from chosen collisions.

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash of a name.
pub fn hash(name: &[u8]) -> u64 {
    let (words, rest) = name.as_chunks::<8>();
    let last = rest.iter().fold(name.len() as u64, |last, byte| last << 8 | u64::from(*byte));
    words.iter().map(|word| u64::from_le_bytes(*word)).chain([last]).fold(0, |hash, word| {
        let mixed = (hash ^ word).wrapping_mul(FACTOR);
        mixed ^ mixed >> 32
    })
}
