//! Text of a fixture with `{names}` in it: its escapes, what it stands for in a request, and what it takes
//! from an answer.

use regex::bytes::Regex;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The values of a conversation by name: those the run gives and those taken from answers.
pub type Names = BTreeMap<String, String>;

/// Stands for merchant, user name and password as form-encoded pairs; only an `@raw` request has it.
pub const CREDENTIALS: &str = "credentials";

/// Stands for the run's password; only the body of a request has it.
pub const PASSWORD: &str = "password";

/// Where a text stands, which decides what it may hold and how a name's value is written into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A field value, a path or a header: characters, and values as they are.
    Value,
    /// An `@raw` body: any bytes, and values form-encoded.
    Raw,
}

/// Literal bytes and names, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    place: Place,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(Vec<u8>),
    Name(String),
}

impl Template {
    /// Reads escapes and names.
    ///
    /// # Errors
    /// The sentence says which escape or name was expected.
    pub fn parse(text: &str, place: Place) -> Result<Template, String> {
        let mut template = Template { place, pieces: Vec::new() };
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let after = &rest[character.len_utf8()..];
            rest = match character {
                '\\' => template.push_escape(after)?,
                '{' => template.push_name(after)?,
                _ => {
                    template.push(character.encode_utf8(&mut [0; 4]).as_bytes());
                    after
                }
            };
        }
        Ok(template)
    }

    fn push(&mut self, bytes: &[u8]) {
        match self.pieces.last_mut() {
            Some(Piece::Literal(literal)) => literal.extend_from_slice(bytes),
            _ => self.pieces.push(Piece::Literal(bytes.to_vec())),
        }
    }

    fn push_escape<'a>(&mut self, after: &'a str) -> Result<&'a str, String> {
        let (byte, rest) = read_escape(after)?;
        if self.place == Place::Value && !byte.is_ascii() {
            return Err(format!("`\\x{byte:02x}` is no character; only @raw lines hold single bytes above 7f"));
        }
        self.push(&[byte]);
        Ok(rest)
    }

    fn push_name<'a>(&mut self, after: &'a str) -> Result<&'a str, String> {
        match after.split_once('}') {
            Some((name, rest)) if is_name(name) => {
                self.pieces.push(Piece::Name(name.to_owned()));
                Ok(rest)
            }
            _ => Err("expected a name such as `{order}` after `{`; a brace that is meant is written `\\{`".to_owned()),
        }
    }

    /// The names it holds, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Name(name) => Some(name.as_str()),
            Piece::Literal(_) => None,
        })
    }

    /// Whether it stands for no byte at all.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The bytes it stands for. A name without a value stays as it is written, which is how a difference
    /// shows it; the parser has seen to it that a request has none.
    pub fn fill(&self, names: &Names) -> Vec<u8> {
        self.pieces.iter().flat_map(|piece| self.fill_piece(piece, names)).collect()
    }

    fn fill_piece(&self, piece: &Piece, names: &Names) -> Vec<u8> {
        match piece {
            Piece::Literal(bytes) => bytes.clone(),
            Piece::Name(name) => match names.get(name) {
                // Credentials are pairs already, and so is what a name alone took from a whole body.
                Some(value) if self.place == Place::Raw && name != CREDENTIALS && !self.is_one_name() => {
                    form_encode(value).into_bytes()
                }
                Some(value) => value.clone().into_bytes(),
                None => format!("{{{name}}}").into_bytes(),
            },
        }
    }

    /// Whether `got` is what it stands for; names without a value take theirs from `got` if so.
    pub fn matches(&self, got: &[u8], names: &mut Names) -> bool {
        let new: Vec<&str> = self.names().filter(|name| !names.contains_key(*name)).collect();
        if new.is_empty() {
            return self.fill(names) == got;
        }
        let Ok(pattern) = Regex::new(&self.pattern(names)) else { return false };
        let Some(groups) = pattern.captures(got) else { return false };
        let mut taken = Names::new();
        for (name, group) in new.iter().zip(groups.iter().skip(1)) {
            let Some(value) = group.and_then(|group| self.taken(group.as_bytes())) else { return false };
            if taken.insert((*name).to_owned(), value.clone()).is_some_and(|earlier| earlier != value) {
                return false;
            }
        }
        names.extend(taken);
        true
    }

    /// It as a fixture would write it, with the values that are known filled in.
    pub fn show(&self, names: &Names) -> String {
        let mut shown = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Name(name) if !names.contains_key(name) => {
                    let _infallible = write!(shown, "{{{name}}}");
                }
                known => shown.push_str(&escape_inside(&self.fill_piece(known, names))),
            }
        }
        escape_ends(&shown)
    }

    fn pattern(&self, names: &Names) -> String {
        let mut pattern = String::from(r"\A(?s-u)");
        for piece in &self.pieces {
            match piece {
                Piece::Name(name) if !names.contains_key(name) => {
                    let one_value = self.place == Place::Raw && !self.is_one_name();
                    pattern.push_str(if one_value { "([^&]+)" } else { "(.+)" });
                }
                known => {
                    for byte in self.fill_piece(known, names) {
                        let _infallible = write!(pattern, r"\x{byte:02x}");
                    }
                }
            }
        }
        pattern + r"\z"
    }

    fn taken(&self, bytes: &[u8]) -> Option<String> {
        match self.place {
            Place::Value => String::from_utf8(bytes.to_vec()).ok(),
            Place::Raw if self.is_one_name() => String::from_utf8(bytes.to_vec()).ok(),
            Place::Raw => form_decode(bytes),
        }
    }

    /// A body that is nothing but a name stands for the whole body as it is, so that an answer can be
    /// compared with an earlier one byte for byte.
    fn is_one_name(&self) -> bool {
        matches!(self.pieces.as_slice(), [Piece::Name(_)])
    }
}

/// One escape after its backslash: the byte it stands for, and what follows it.
fn read_escape(after: &str) -> Result<(u8, &str), String> {
    let Some(character) = after.chars().next() else {
        return Err("a backslash at the end; one that is meant is written `\\\\`, a space `\\s`".to_owned());
    };
    let rest = &after[character.len_utf8()..];
    let byte = match character {
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        's' => b' ',
        'x' => {
            let hex = rest.get(..2).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            let byte = byte.ok_or("expected two hex digits after `\\x`")?;
            return Ok((byte, &rest[2..]));
        }
        mark if mark.is_ascii_punctuation() => u8::try_from(mark).unwrap_or(b'?'),
        other => {
            return Err(format!(
                "unknown escape `\\{other}`: there are \\n \\r \\t \\s (space) \\xHH, and \\ before a punctuation mark"
            ));
        }
    };
    Ok((byte, rest))
}

/// A text without names: escapes are read, braces are braces.
///
/// # Errors
/// The sentence says which escape was expected, or that the bytes are no text.
pub fn unescape(text: &str) -> Result<String, String> {
    let mut plain = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.extend_from_slice(&rest.as_bytes()[..at]);
        let (byte, after) = read_escape(&rest[at + 1..])?;
        plain.push(byte);
        rest = after;
    }
    plain.extend_from_slice(rest.as_bytes());
    String::from_utf8(plain).map_err(|_| "single bytes above 7f stand only in @raw lines".to_owned())
}

/// Bytes as a fixture would have to write them to mean exactly these: what a difference shows, so that it
/// can be pasted.
pub fn escape(bytes: &[u8]) -> String {
    escape_ends(&escape_inside(bytes))
}

fn escape_inside(bytes: &[u8]) -> String {
    let mut escaped = String::new();
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\n' => escaped.push_str("\\n"),
                '\r' => escaped.push_str("\\r"),
                '\t' => escaped.push_str("\\t"),
                '\\' | '{' => escaped.extend(['\\', character]),
                '\0'..='\x1f' | '\x7f' => {
                    let _infallible = write!(escaped, "\\x{:02x}", u32::from(character));
                }
                _ => escaped.push(character),
            }
        }
        for byte in chunk.invalid() {
            let _infallible = write!(escaped, "\\x{byte:02x}");
        }
    }
    escaped
}

/// Spaces at either end and a mark that has a meaning at the beginning.
fn escape_ends(text: &str) -> String {
    let middle = text.trim_matches(' ');
    if middle.is_empty() {
        return "\\s".repeat(text.len());
    }
    let lead = text.len() - text.trim_start_matches(' ').len();
    let trail = text.len() - text.trim_end_matches(' ').len();
    let mark = lead == 0 && middle.starts_with(['*', '~', '!', '#', '@', '<', '>']);
    format!("{}{}{middle}{}", "\\s".repeat(lead), if mark { "\\" } else { "" }, "\\s".repeat(trail))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A value in form encoding.
pub fn form_encode(value: &str) -> String {
    // A pair whose name is empty is encoded as `=value`. Text cannot fail to encode.
    serde_urlencoded::to_string([("", value)]).map(|pair| pair[1..].to_owned()).unwrap_or_default()
}

/// What a form-encoded value says, if it says it exactly as [`form_encode`] would.
pub fn form_decode(value: &[u8]) -> Option<String> {
    let pair = [b"v=", value].concat();
    let mut pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&pair).ok()?;
    let (_, decoded) = pairs.pop()?;
    (pairs.is_empty() && form_encode(&decoded).as_bytes() == value).then_some(decoded)
}
