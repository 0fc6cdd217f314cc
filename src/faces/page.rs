//! Documents for a browser: escaped text, the frame of a document, and what a browser may do with it.

use super::Reply;
use data_encoding::BASE64;
use ring::digest;
use std::borrow::Cow;

/// Text as it stands in an element or in a quoted attribute.
pub fn escaped(text: &str) -> Cow<'_, str> {
    html_escape::encode_quoted_attribute(text)
}

/// A whole document with its own style. `head` and `body` are elements.
pub fn document(title: &str, head: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{head}<title>{}</title>\n\
         <style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

/// The Content-Security-Policy of a document: its own style and script, if it has one, by their digests, forms that
/// go to `form_action`, and nothing else.
pub fn policy(style: &str, script: Option<&str>, form_action: &str) -> String {
    let script = script.map(|script| format!("script-src '{}'; ", source(script))).unwrap_or_default();
    format!(
        "default-src 'none'; style-src '{}'; {script}form-action {form_action}; base-uri 'none'; frame-ancestors 'none'",
        source(style)
    )
}

/// The source that allows exactly this text.
pub fn source(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(digest::digest(&digest::SHA256, text.as_bytes()).as_ref()))
}

/// The document as a reply. No other page learns the address, which may be a key to what the document shows.
pub fn reply(status: u16, document: String, policy: impl Into<Cow<'static, str>>) -> Reply {
    Reply::html(status, document)
        .with("content-security-policy", policy)
        .with("x-content-type-options", "nosniff")
        .with("referrer-policy", "no-referrer")
}

/// Sends the browser to another address, to look with GET. That address does not learn this one.
pub fn redirect(to: String) -> Reply {
    Reply::text(303, "").with("location", to).with("referrer-policy", "no-referrer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element_or_its_attribute() {
        assert_eq!(escaped("<b a=\"1\" c='2'>&amp;\u{e9}"), "&lt;b a=&quot;1&quot; c=&#x27;2&#x27;&gt;&amp;amp;\u{e9}");
    }
}
