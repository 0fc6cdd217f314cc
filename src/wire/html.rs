//! Text in a page, and a page's own style and script in its Content-Security-Policy.

use data_encoding::BASE64;
use ring::digest;

/// Text as it stands in an element or in a quoted attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// The source of a Content-Security-Policy that allows exactly this text.
pub fn source(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(digest::digest(&digest::SHA256, text.as_bytes()).as_ref()))
}
