//! What is repeated: each operation that adds a transaction, and each way to come by one.

pub type Field = (&'static str, &'static str);

const NUMBER: Field = ("sourceOfFunds.provided.card.number", "5123450000000008");

pub const CARD: &[Field] = &[
    ("sourceOfFunds.provided.card.expiry.month", "01"),
    ("sourceOfFunds.provided.card.expiry.year", "39"),
    NUMBER,
    ("sourceOfFunds.provided.card.securityCode", "100"),
    ("sourceOfFunds.type", "CARD"),
];

/// Is declined, by its cents in version 1 and by its expiry in every other.
const DECLINED: &[Field] = &[
    ("order.amount", "50.05"),
    ("order.currency", "USD"),
    ("sourceOfFunds.provided.card.expiry.month", "05"),
    ("sourceOfFunds.provided.card.expiry.year", "39"),
    NUMBER,
    ("sourceOfFunds.type", "CARD"),
];

/// The issuer wants to be called.
const REFERRED: &[Field] = &[
    ("order.amount", "50.00"),
    ("order.currency", "USD"),
    ("sourceOfFunds.provided.card.expiry.month", "03"),
    ("sourceOfFunds.provided.card.expiry.year", "37"),
    NUMBER,
];

pub const ORDER: &[Field] = &[("order.amount", "50.00"), ("order.currency", "USD")];

const PART: &[Field] = &[("transaction.amount", "10.00"), ("transaction.currency", "USD")];

const RECIPIENT: &[Field] = &[
    ("disbursementType", "RAPID_MERCHANT_SETTLEMENT"),
    ("paymentRecipient.address.city", "London"),
    ("paymentRecipient.address.country", "GBR"),
    ("paymentRecipient.address.street", "12 St James Square"),
    ("paymentRecipient.firstName", "Ada"),
    ("paymentRecipient.lastName", "Lovelace"),
];

/// One request on the order of its case.
pub struct Request {
    pub operation: &'static str,
    /// `transaction.id`.
    pub id: &'static str,
    pub fields: &'static [&'static [Field]],
}

pub const fn request(operation: &'static str, id: &'static str, fields: &'static [&'static [Field]]) -> Request {
    Request { operation, id, fields }
}

/// Where a case has its card from, besides its own fields.
#[derive(Clone, Copy, PartialEq)]
pub enum Source {
    Request,
    /// A session that holds a card and its security code, and expires before the last repetition.
    Session,
    /// A token that is deleted before the first repetition.
    Token,
}

pub struct Case {
    pub what: &'static str,
    pub source: Source,
    /// What brings the order to where the request is possible.
    pub before: &'static [Request],
    /// What is repeated.
    pub request: Request,
    pub result: &'static str,
    /// What succeeds on the order afterwards.
    pub after: &'static [Request],
}

const fn case(
    what: &'static str,
    before: &'static [Request],
    request: Request,
    result: &'static str,
    after: &'static [Request],
) -> Case {
    Case { what, source: Source::Request, before, request, result, after }
}

const AUTHORIZED: &[Request] = &[request("AUTHORIZE", "before", &[ORDER, CARD])];

const PAID: &[Request] = &[request("PAY", "before", &[ORDER, CARD])];

const THEN_REFUND: &[Request] = &[request("REFUND", "after", &[PART])];

const THEN_VOID: &[Request] = &[request("VOID", "after", &[&[("transaction.targetTransactionId", "repeated")]])];

const THEN_PAY: &[Request] = &[request("PAY", "after", &[ORDER, CARD])];

pub static CASES: &[Case] = &[
    case(
        "AUTHORIZE",
        &[],
        request("AUTHORIZE", "repeated", &[ORDER, CARD]),
        "SUCCESS",
        &[request("CAPTURE", "after", &[PART])],
    ),
    case("CAPTURE", AUTHORIZED, request("CAPTURE", "repeated", &[PART]), "SUCCESS", THEN_VOID),
    case("DISBURSEMENT", &[], request("DISBURSEMENT", "repeated", &[ORDER, CARD, RECIPIENT]), "SUCCESS", &[]),
    case("PAY", &[], request("PAY", "repeated", &[ORDER, CARD]), "SUCCESS", THEN_REFUND),
    case(
        "REFERRAL",
        &[request("PAY", "before", &[REFERRED])],
        request("REFERRAL", "repeated", &[&[("transaction.authorizationCode", "A1")]]),
        "SUCCESS",
        THEN_REFUND,
    ),
    case("REFUND", PAID, request("REFUND", "repeated", &[PART]), "SUCCESS", THEN_VOID),
    case(
        "UPDATE_AUTHORIZATION",
        AUTHORIZED,
        request(
            "UPDATE_AUTHORIZATION",
            "repeated",
            &[&[("transaction.amount", "60.00"), ("transaction.currency", "USD")]],
        ),
        "SUCCESS",
        &[request("CAPTURE", "after", &[&[("transaction.amount", "55.00"), ("transaction.currency", "USD")]])],
    ),
    case("VERIFY", &[], request("VERIFY", "repeated", &[&[("order.currency", "USD")], CARD]), "SUCCESS", THEN_PAY),
    case(
        "VOID",
        &[request("PAY", "before", &[ORDER, CARD]), request("REFUND", "refund", &[PART])],
        request("VOID", "repeated", &[&[("transaction.targetTransactionId", "refund")]]),
        "SUCCESS",
        THEN_REFUND,
    ),
    case(
        "a standalone CAPTURE",
        &[],
        request("CAPTURE", "repeated", &[PART, CARD, &[("transaction.authorizationCode", "A1")]]),
        "SUCCESS",
        &[request("REFUND", "after", &[PART])],
    ),
    case("a standalone REFUND", &[], request("REFUND", "repeated", &[PART, CARD]), "SUCCESS", THEN_VOID),
    case("a declined PAY", &[], request("PAY", "repeated", &[DECLINED]), "FAILURE", THEN_PAY),
    case(
        "a PAY whose outcome changes",
        &[],
        request("PAY", "repeated", &[ORDER, CARD, &[("order.reference", "TEST-FAIL-THEN-SUCCESS")]]),
        "PENDING",
        THEN_REFUND,
    ),
    Case {
        source: Source::Session,
        ..case("a PAY with a session", &[], request("PAY", "repeated", &[ORDER]), "SUCCESS", THEN_REFUND)
    },
    Case {
        source: Source::Session,
        ..case("a CAPTURE with a session", AUTHORIZED, request("CAPTURE", "repeated", &[PART]), "SUCCESS", THEN_REFUND)
    },
    Case {
        source: Source::Session,
        ..case("a standalone REFUND with a session", &[], request("REFUND", "repeated", &[PART]), "SUCCESS", THEN_VOID)
    },
    Case {
        source: Source::Token,
        ..case("a PAY with a token", &[], request("PAY", "repeated", &[ORDER]), "SUCCESS", THEN_REFUND)
    },
    Case {
        source: Source::Token,
        ..case("a standalone REFUND with a token", &[], request("REFUND", "repeated", &[PART]), "SUCCESS", THEN_VOID)
    },
];
