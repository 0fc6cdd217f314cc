//! Any body, in any of a few API versions and policies, is decoded and checked without a panic; and what a
//! rejection says is within its limits.
//!
//! `cargo +nightly fuzz run decode_and_shape -- -max_total_time=60`

#![no_main]

use libfuzzer_sys::fuzz_target;
use nvpgate::check::shape::{Policy, UnknownFields, drop_empty_text, shape};
use nvpgate::dialect::errors;
use nvpgate::limits;
use nvpgate::spec::versions::ApiVersion;
use nvpgate::wire::nvp;

const VERSIONS: &[&str] = &["1", "17", "29", "61", "100"];
const POLICIES: &[UnknownFields] = &[UnknownFields::Refuse, UnknownFields::KnownGroups, UnknownFields::Accept];

fuzz_target!(|input: &[u8]| {
    let Some((choice, body)) = input.split_first() else {
        return;
    };
    let choice = usize::from(*choice);
    let version = ApiVersion::parse(VERSIONS[choice % VERSIONS.len()]).expect("it exists");
    let policy = Policy { unknown_fields: POLICIES[choice / 16 % POLICIES.len()], accept_live_numbers: choice > 127, ..Policy::default() };
    let content_type = [None, Some("application/x-www-form-urlencoded; charset=ISO-8859-1")][choice / 8 % 2];
    let Ok(mut fields) = nvp::decode(content_type, body) else {
        return;
    };
    match shape(&fields, version, &policy) {
        Ok(_) => drop_empty_text(&mut fields),
        Err(rejection) => {
            let explanation = errors::explanation(version, &rejection);
            assert!(explanation.chars().count() <= limits::EXPLANATION_CHARACTERS);
            assert!(rejection.about().is_some(), "an error of the shape names a field");
        }
    }
});
