//! Codecs: bytes to [`Fields`](crate::fields::Fields) and back, and text into pages. A codec knows no field and no
//! operation.

mod charset;
pub mod html;
pub mod nvp;
