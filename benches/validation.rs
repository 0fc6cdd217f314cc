//! What the checks of a request cost: of its shape, where every name is looked up and every value checked against
//! its row; and of what it must say and be agreed about.
//!
//! `cargo bench --bench validation`

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use nvpgate::check::Checked;
use nvpgate::check::shape::{Policy, shape};
use nvpgate::domain::ids::MerchantId;
use nvpgate::domain::merchant::Merchant;
use nvpgate::domain::token::TokenRepository;
use nvpgate::fields::{FieldName, Fields};
use nvpgate::spec::operations::Op;
use nvpgate::spec::versions::ApiVersion;
use nvpgate::wire::nvp;
use std::hint::black_box;

/// A payment as a shop with a full address, two line items and a browser's details sends it: 40 fields.
const PAYMENT: &[(&str, &str)] = &[
    ("apiOperation", "PAY"),
    ("apiPassword", "0123456789abcdef0123456789abcdef"),
    ("apiUsername", "merchant.TESTMERCHANT"),
    ("billing.address.city", "Lima"),
    ("billing.address.country", "PER"),
    ("billing.address.postcodeZip", "15001"),
    ("billing.address.stateProvince", "Lima"),
    ("billing.address.street", "Avenida Arequipa 1234"),
    ("correlationId", "0f8fad5b-d9cb-469f-a165-70867728950e"),
    ("customer.email", "a.payer@shop.example"),
    ("customer.firstName", "Ana"),
    ("customer.lastName", "Quispe"),
    ("customer.phone", "+51 987654321"),
    ("device.browser", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
    ("device.ipAddress", "203.0.113.7"),
    ("merchant", "TESTMERCHANT"),
    ("order.amount", "150.00"),
    ("order.currency", "USD"),
    ("order.custom.campaign", "spring"),
    ("order.description", "Two books and a pen"),
    ("order.id", "2f8b2a50-6d9b-4a50-9d4b-2c9e1c6d3f11"),
    ("order.item[0].name", "Book"),
    ("order.item[0].quantity", "2"),
    ("order.item[0].sku", "B-1001"),
    ("order.item[0].unitPrice", "70.00"),
    ("order.item[1].name", "Pen"),
    ("order.item[1].quantity", "1"),
    ("order.item[1].sku", "P-17"),
    ("order.item[1].unitPrice", "10.00"),
    ("order.reference", "R-20261123-17"),
    ("shipping.address.city", "Lima"),
    ("shipping.address.country", "PER"),
    ("shipping.address.street", "Avenida Arequipa 1234"),
    ("sourceOfFunds.provided.card.expiry.month", "01"),
    ("sourceOfFunds.provided.card.expiry.year", "39"),
    ("sourceOfFunds.provided.card.number", "5123450000000008"),
    ("sourceOfFunds.provided.card.securityCode", "100"),
    ("sourceOfFunds.type", "CARD"),
    ("transaction.id", "1"),
    ("transaction.source", "INTERNET"),
];

fn merchant() -> Option<Merchant> {
    let id = MerchantId::parse("TESTMERCHANT")?;
    Some(Merchant {
        id: id.clone(),
        name: "A Shop".to_owned(),
        category_code: "1234".to_owned(),
        password_digests: Vec::new(),
        privileges: Vec::new(),
        currencies: Vec::new(),
        simulator: Default::default(),
        tokens: TokenRepository::of(id),
        notification_url: None,
        notification_secret: None,
    })
}

fn validation(criterion: &mut Criterion) {
    let named = |(name, value): &(&str, &str)| FieldName::parse(name).map(|name| (name, (*value).to_owned()));
    let fields: Fields = PAYMENT.iter().filter_map(named).collect();
    let policy = Policy::default();
    assert_eq!(fields.len(), 40, "the figure is that of 40 fields");
    assert!(shape(&fields, ApiVersion::NEWEST, &policy).is_ok(), "the request is good, so that every field is checked");
    criterion.bench_function("shape of 40 fields", |bencher| {
        bencher.iter(|| shape(black_box(&fields), ApiVersion::NEWEST, &policy));
    });
    let body = nvp::encode(&fields);
    criterion.bench_function("decode and shape of 40 fields", |bencher| {
        bencher.iter(|| {
            let fields = nvp::decode(None, black_box(body.as_bytes()))?;
            shape(&fields, ApiVersion::NEWEST, &policy).map(drop)
        });
    });
    let Some(merchant) = merchant() else {
        return;
    };
    let check = |fields| Checked::new(Op::Pay.row(), ApiVersion::NEWEST, fields, &merchant, None);
    assert!(check(fields.clone()).is_ok(), "the payment is one that is carried out");
    criterion.bench_function("required and agreed of 40 fields", |bencher| {
        bencher.iter_batched(|| fields.clone(), |fields| check(black_box(fields)).is_ok(), BatchSize::SmallInput);
    });
}

criterion_group!(benches, validation);
criterion_main!(benches);
