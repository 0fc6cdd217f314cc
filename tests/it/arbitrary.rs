//! Bodies that nobody would send: whatever the bytes, they are decoded and checked without a panic, and in a
//! time that grows with their number. `fuzz/` does the first with a fuzzer that learns.

use nvpgate::check::shape::{Policy, UnknownFields, shape};
use nvpgate::dialect::errors;
use nvpgate::limits;
use nvpgate::spec::fields::FIELDS;
use nvpgate::spec::versions::ApiVersion;
use nvpgate::wire::nvp;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn checked(body: &[u8], version: &str, unknown_fields: UnknownFields) -> Result<(), String> {
    let version = ApiVersion::parse(version).expect("it exists");
    let policy = Policy { unknown_fields, accept_live_numbers: false, ..Policy::default() };
    nvp::decode(None, body)
        .and_then(|fields| shape(&fields, version, &policy).map(drop))
        .map_err(|rejection| errors::explanation(ApiVersion::NEWEST, &rejection))
}

/// A name of the catalogue, whole or damaged, or of none.
fn any_name() -> impl Strategy<Value = String> + Clone {
    let row = (0..FIELDS.len()).prop_map(|at| FIELDS[at].name.as_str().replace("[n]", "[7]").replace('*', "x"));
    prop_oneof![8 => row.clone(), 1 => (row, ".{0,3}").prop_map(|(name, more)| name + &more), 1 => ".{0,40}"]
}

/// Characters that mean something to one kind of field or another.
fn any_value() -> impl Strategy<Value = String> + Clone {
    prop_oneof!["[0-9.,+x%& -]{0,40}", "(https?://|javascript:)?[a-z./?#@]{0,40}", "[0-9TZ:+.-]{0,40}", ".{0,300}"]
}

fn any_body() -> impl Strategy<Value = Vec<u8>> {
    let pairs = prop::collection::vec((any_name(), any_value()), 0..40);
    let encoded = pairs.clone().prop_map(|pairs| serde_urlencoded::to_string(pairs).unwrap_or_default().into_bytes());
    let raw = pairs.prop_map(|pairs| {
        pairs.into_iter().map(|(name, value)| format!("{name}={value}&")).collect::<String>().into_bytes()
    });
    prop_oneof![encoded, raw, prop::collection::vec(any::<u8>(), 0..2000)]
}

proptest! {
    #[test]
    fn no_body_panics_decoding_or_checking(
        body in any_body(),
        version in prop::sample::select(vec!["1", "17", "29", "61", "100"]),
        policy in prop::sample::select(vec![UnknownFields::Refuse, UnknownFields::KnownGroups, UnknownFields::Accept]),
    ) {
        if let Err(explanation) = checked(&body, version, policy) {
            prop_assert!(explanation.chars().count() <= limits::EXPLANATION_CHARACTERS);
        }
    }
}

/// The least of several times, which other processes disturb least.
fn time(body: &[u8]) -> Duration {
    let run = |_| {
        let start = Instant::now();
        let _either = checked(body, "100", UnknownFields::Accept);
        start.elapsed()
    };
    (0..7).map(run).min().unwrap_or_default()
}

#[test]
fn time_grows_no_faster_than_the_body() {
    const SHORT: usize = 2;
    const TIMES: usize = 8;
    let pair = |name: &str, value: &str, count: usize| format!("{name}={}", value.repeat(count));
    // Each makes a body of so many kilobytes.
    let bodies: &[(&str, &dyn Fn(usize) -> String)] = &[
        ("separators", &|kilobytes| "&".repeat(kilobytes * 1024)),
        ("escapes", &|kilobytes| pair("order.description", "%41", kilobytes * 341)),
        ("broken escapes", &|kilobytes| pair("order.description", "%", kilobytes * 1024)),
        ("digits to mask", &|kilobytes| pair("order.description", "5123450000000008 ", kilobytes * 60)),
        ("an e-mail address", &|kilobytes| pair("customer.email", "a@", kilobytes * 512)),
        ("a URL", &|kilobytes| pair("interaction.returnUrl", "https://", kilobytes * 128)),
        ("JSON", &|kilobytes| pair("sourceOfFunds.provided.card.devicePayment.paymentToken", "[", kilobytes * 1024)),
        ("a number", &|kilobytes| pair("interaction.timeout", "9", kilobytes * 1024)),
        ("names", &|kilobytes| (0..kilobytes * 32).map(|at| format!("order.item[{at}].name=x&")).collect()),
        ("unknown names", &|kilobytes| (0..kilobytes * 32).map(|at| format!("a{at}.b.c.d.e.f.g.h.i=x&")).collect()),
        ("one name", &|kilobytes| "order.id=1&".repeat(kilobytes * 93)),
    ];
    for (what, body) in bodies {
        let (short, long) = (time(body(SHORT).as_bytes()), time(body(SHORT * TIMES).as_bytes()));
        // Squared, it would be 64 times as long; the constant keeps microseconds of noise out.
        let most = short * (TIMES as u32) * 3 + Duration::from_micros(300);
        assert!(long <= most, "{what}: {short:?} for {SHORT} kB, {long:?} for {} kB", SHORT * TIMES);
    }
}
