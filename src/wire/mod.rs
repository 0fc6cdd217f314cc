//! Codecs: bytes to [`Fields`](crate::fields::Fields) and back. A codec knows no field and no operation.

mod charset;
pub mod nvp;
