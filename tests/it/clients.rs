//! What public clients send that a strict server would reject, and what their code needs of an answer: one row
//! each. The rows are the surprises found in 71 public NVP integrations, as far as they concern the operations
//! that are offered.

use crate::server::{PASSWORD, Pairs, Server};

/// One surprise: what is sent, and what must come of it.
struct Row {
    what: &'static str,
    path: &'static str,
    headers: &'static [(&'static str, &'static str)],
    /// `{WHO}` stands for the credentials of `{M}`, `{S}` for a session that holds a card and an amount.
    body: &'static [u8],
    expected: Expected,
}

enum Expected {
    /// These fields are in the answer.
    Fields(&'static [(&'static str, &'static str)]),
    /// An error whose explanation begins so.
    Error(&'static str),
}

use Expected::{Error, Fields};

const V100: &str = "/api/nvp/version/100";
const FORM: &[(&str, &str)] = &[("Content-Type", "application/x-www-form-urlencoded")];
const NEW: &[u8] = b"apiOperation=CREATE_SESSION&{WHO}";
const SUCCESS: Expected = Fields(&[("result", "SUCCESS")]);
const UPDATED: Expected = Fields(&[("session.updateStatus", "SUCCESS")]);
const CARD: &str = "sourceOfFunds.type=CARD&sourceOfFunds.provided.card.number=5123450000000008\
                    &sourceOfFunds.provided.card.expiry.month=01&sourceOfFunds.provided.card.expiry.year=39";

const fn row(
    what: &'static str,
    path: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static [u8],
    expected: Expected,
) -> Row {
    Row { what, path, headers, body, expected }
}

static ROWS: &[Row] = &[
    // Paths.
    row("a base URL that ends in a slash", "/api/nvp//version/35", FORM, NEW, SUCCESS),
    row("a trailing slash", "/api/nvp/version/55/", FORM, NEW, SUCCESS),
    row("the address of a left-over form", "/api/nvp/40", FORM, NEW, Error("There is nothing at this address.")),
    // Bodies.
    row(
        "raw spaces, newlines and a colour",
        V100,
        FORM,
        b"apiOperation=UPDATE_SESSION&session.id={S}&order.description=two books\nand more&interaction.style.accentColor=#19abcf&{WHO}",
        Fields(&[("order.description", "two books\nand more"), ("interaction.style.accentColor", "#19abcf")]),
    ),
    row(
        "a raw URL with ? and =",
        V100,
        FORM,
        b"apiOperation=UPDATE_SESSION&session.id={S}&interaction.returnUrl=https://shop.example/r?a=b=c&{WHO}",
        Fields(&[("interaction.returnUrl", "https://shop.example/r?a=b=c")]),
    ),
    row(
        "a raw ;",
        V100,
        FORM,
        b"apiOperation=UPDATE_SESSION&session.id={S}&device.browserDetails.acceptHeaders=text/html;q=0.9&{WHO}",
        Fields(&[("device.browserDetails.acceptHeaders", "text/html;q=0.9")]),
    ),
    row(
        "the + of a phone number, which arrives as a space",
        V100,
        FORM,
        b"apiOperation=UPDATE_SESSION&session.id={S}&customer.phone=+43 1234567&{WHO}",
        Fields(&[("session.updateStatus", "SUCCESS")]),
    ),
    row("a trailing &", V100, FORM, b"apiOperation=CREATE_SESSION&{WHO}&", SUCCESS),
    row("&& in the middle", V100, FORM, b"apiOperation=CREATE_SESSION&&{WHO}", SUCCESS),
    row("a leading &", V100, FORM, b"&apiOperation=CREATE_SESSION&{WHO}", SUCCESS),
    row(
        "lower-case hex, encoded brackets",
        V100,
        FORM,
        b"apiOperation=UPDATE_SESSION&session.id={S}&order.item%5b0%5d.name=a%2fb&{WHO}",
        Fields(&[("order.item[0].name", "a/b")]),
    ),
    row(
        "raw brackets",
        V100,
        FORM,
        b"apiOperation=UPDATE_SESSION&session.id={S}&order.item[0].name=x&{WHO}",
        Fields(&[("order.item[0].name", "x")]),
    ),
    row(
        "ISO-8859-1 that says so",
        V100,
        &[("Content-Type", "application/x-www-form-urlencoded; charset=iso-8859-1")],
        b"apiOperation=UPDATE_SESSION&session.id={S}&customer.firstName=Zo\xEB&{WHO}",
        Fields(&[("customer.firstName", "Zo\u{eb}")]),
    ),
    row(
        "ISO-8859-1 that does not say so",
        V100,
        FORM,
        b"apiOperation=UPDATE_SESSION&session.id={S}&customer.firstName=Zo%EB&{WHO}",
        Fields(&[("customer.firstName", "Zo\u{eb}")]),
    ),
    row("a JSON string in quotes", V100, FORM, b"\"apiOperation=PAY\"", Error("The body is JSON.")),
    row("a JSON object", V100, FORM, b"{\"apiOperation\":\"PAY\"}", Error("The body is JSON.")),
    row(
        "field names with underscores",
        V100,
        FORM,
        b"apiOperation=CREATE_SESSION&order_id=1&{WHO}",
        Error("Unexpected parameter 'order_id'"),
    ),
    // Credentials.
    row(
        "Merchant.X with a capital M",
        V100,
        FORM,
        b"apiOperation=CREATE_SESSION&merchant={M}&apiUsername=Merchant.{M}&apiPassword={P}",
        SUCCESS,
    ),
    row(
        "version 1 has no apiUsername",
        "/api/nvp/version/4",
        FORM,
        b"apiOperation=CREATE_SESSION&merchant={M}&apiPassword={P}",
        SUCCESS,
    ),
    row(
        "the merchant in the user name only",
        V100,
        FORM,
        b"apiOperation=CREATE_SESSION&apiUsername=merchant.{M}&apiPassword={P}",
        Fields(&[("result", "SUCCESS"), ("merchant", "TESTCLIENTS")]),
    ),
    row("no credentials at all", V100, FORM, b"apiOperation=CREATE_SESSION", Error("Invalid credentials.")),
    row(
        "an empty apiPassword, from a misspelt variable",
        V100,
        FORM,
        b"apiOperation=PAY&merchant={M}&apiUsername=merchant.{M}&apiPassword=",
        Error("Value '' is invalid. Length is 0 characters, but must be at least 32"),
    ),
    row(
        "a Basic header of another merchant beside the body",
        V100,
        &[("Authorization", "Basic bWVyY2hhbnQuVEVTVE9USEVSOng="), ("Content-Type", "application/x-www-form-urlencoded")],
        NEW,
        SUCCESS,
    ),
    row(
        "two Basic credentials in one header",
        V100,
        &[("Authorization", "Basic YTpi, Basic Yzpk"), ("Content-Type", "application/x-www-form-urlencoded")],
        NEW,
        SUCCESS,
    ),
    // Headers.
    row("no content type", V100, &[], NEW, SUCCESS),
    row(
        "a content type with a charset",
        V100,
        &[("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")],
        NEW,
        SUCCESS,
    ),
    row("another content type", V100, &[("Content-Type", "text/plain; charset=UTF-8")], NEW, SUCCESS),
    // Fields.
    row(
        "order.* on an operation that does not need it",
        V100,
        FORM,
        b"apiOperation=CREATE_SESSION&order.id=1&order.amount=5.00&order.currency=USD&{WHO}",
        SUCCESS,
    ),
    row(
        "UPDATE_SESSION with order.id and transaction.id, which are read back",
        V100,
        FORM,
        b"apiOperation=UPDATE_SESSION&session.id={S}&order.id=o-1&transaction.id=t-1&{WHO}",
        Fields(&[("order.id", "o-1"), ("transaction.id", "t-1")]),
    ),
    row(
        "PAY with transaction.id and amount in the session",
        V100,
        FORM,
        b"apiOperation=PAY&session.id={S}&order.id=amount-in-session&{WHO}",
        Fields(&[("result", "SUCCESS"), ("order.amount", "50.00"), ("transaction.id", "t-0")]),
    ),
    row(
        "transaction.amount instead of order.amount, up to version 20",
        "/api/nvp/version/17",
        FORM,
        b"apiOperation=PAY&order.id=old-amount&transaction.id=1&transaction.amount=5.00&transaction.currency=USD&{CARD}&{WHO}",
        Fields(&[("result", "SUCCESS"), ("order.amount", "5.00")]),
    ),
    row(
        "INITIATE_CHECKOUT at 57, before that operation existed",
        "/api/nvp/version/57",
        FORM,
        b"apiOperation=INITIATE_CHECKOUT&interaction.operation=PURCHASE&order.id=1&order.amount=5&order.currency=USD&{WHO}",
        Error("Value 'INITIATE_CHECKOUT' is invalid."),
    ),
    row(
        "fields to bypass checks, a timeout and a line of business",
        "/api/nvp/version/49",
        FORM,
        b"apiOperation=CREATE_CHECKOUT_SESSION&order.id=1&order.currency=USD&interaction.action.bypass3DSecure=true&risk.bypassMerchantRiskRules=ALL&interaction.timeout=1800&lineOfBusiness=shop&{WHO}",
        UPDATED,
    ),
    row(
        "order.certainty, shipping.method, transaction.acquirer.transactionId",
        V100,
        FORM,
        b"apiOperation=UPDATE_SESSION&session.id={S}&order.certainty=FINAL&shipping.method=GROUND&transaction.acquirer.transactionId=1&{WHO}",
        UPDATED,
    ),
    row(
        "CREATE_CHECKOUT_SESSION without interaction.operation",
        "/api/nvp/version/49",
        FORM,
        b"apiOperation=CREATE_CHECKOUT_SESSION&order.id=1&order.amount=5&order.currency=USD&{WHO}",
        UPDATED,
    ),
    row(
        "CREATE_CHECKOUT_SESSION without order.amount",
        "/api/nvp/version/49",
        FORM,
        b"apiOperation=CREATE_CHECKOUT_SESSION&order.id=1&order.currency=USD&{WHO}",
        UPDATED,
    ),
    row(
        "RETRIEVE_ORDER of an order that was never attempted",
        V100,
        FORM,
        b"apiOperation=RETRIEVE_ORDER&order.id=never&{WHO}",
        Error("Unable to find order never for merchant TESTCLIENTS"),
    ),
];

/// Amounts as PHP floats, Go's %f and hand-written strings give them.
static AMOUNTS: &[(&str, &str, &str)] = &[
    ("5", "USD", "5.00"),
    ("45", "USD", "45.00"),
    ("100", "USD", "100.00"),
    ("150.0", "USD", "150.00"),
    ("12.50", "USD", "12.50"),
    ("150.000000", "USD", "150.00"),
    ("12.5000", "USD", "12.50"),
    ("10.50", "BHD", "10.500"),
    ("1.005", "KWD", "1.005"),
];

const MERCHANT: &str = "TESTCLIENTS";

fn filled(body: &[u8], session: &str) -> Vec<u8> {
    let who = format!("merchant={MERCHANT}&apiUsername=merchant.{MERCHANT}&apiPassword={PASSWORD}");
    let mut filled = body.to_vec();
    for (mark, value) in
        [("{WHO}", who.as_str()), ("{M}", MERCHANT), ("{P}", PASSWORD), ("{S}", session), ("{CARD}", CARD)]
    {
        while let Some(at) = filled.windows(mark.len()).position(|window| window == mark.as_bytes()) {
            filled.splice(at..at + mark.len(), value.bytes());
        }
    }
    filled
}

/// A session with a card, an amount and a transaction.id.
fn session(server: &Server) -> String {
    let created = server.post_as(MERCHANT, 100, &[("apiOperation", "CREATE_SESSION")]);
    let id = created["session.id"].clone();
    let updated = server.post_as(
        MERCHANT,
        100,
        &[
            ("apiOperation", "UPDATE_SESSION"),
            ("session.id", &id),
            ("order.amount", "50.00"),
            ("order.currency", "USD"),
            ("transaction.id", "t-0"),
            ("sourceOfFunds.type", "CARD"),
            ("sourceOfFunds.provided.card.number", "5123450000000008"),
            ("sourceOfFunds.provided.card.expiry.month", "01"),
            ("sourceOfFunds.provided.card.expiry.year", "39"),
        ],
    );
    assert_eq!(updated["session.updateStatus"], "SUCCESS", "{updated:?}");
    id
}

#[test]
fn what_public_clients_send_gets_the_answer_they_need() {
    let server = Server::start();
    for row in ROWS {
        let body = filled(row.body, &session(&server));
        let answer = server.send("POST", row.path, row.headers, &body);
        assert_eq!(answer.status, 200, "{}: {}", row.what, answer.body);
        let pairs = answer.pairs();
        match &row.expected {
            Fields(fields) => {
                for (name, value) in *fields {
                    assert_eq!(
                        pairs.get(*name).map(String::as_str),
                        Some(*value),
                        "{}: {name} in {}",
                        row.what,
                        answer.body
                    );
                }
            }
            Error(explanation) => {
                assert_eq!(pairs["result"], "ERROR", "{}", row.what);
                let got = &pairs["error.explanation"];
                assert!(got.starts_with(explanation), "{}: expected {explanation:?}, got {got:?}", row.what);
            }
        }
    }
}

#[test]
fn amounts_come_back_in_the_currency_s_form() {
    let server = Server::start();
    for (at, (sent, currency, answered)) in AMOUNTS.iter().enumerate() {
        let body = format!(
            "apiOperation=PAY&order.id=amount-{at}&transaction.id=1&order.amount={sent}&order.currency={currency}&{{CARD}}&{{WHO}}"
        );
        let pairs = server.send("POST", V100, FORM, &filled(body.as_bytes(), "")).pairs();
        let got: Vec<_> = ["order.amount", "order.totalCapturedAmount", "transaction.amount"]
            .iter()
            .map(|name| pairs.get(*name).map(String::as_str))
            .collect();
        assert_eq!(got, [Some(*answered); 3], "{sent} {currency}: {pairs:?}");
    }
}

/// What clients' parsers break on, checked on every kind of answer.
#[test]
fn answers_can_be_read_by_every_client_s_parser() {
    let server = Server::start();
    let id = session(&server);
    let session_id = format!("session.id={id}");
    let order = "order.id=readable&transaction.id=1";
    let bodies = [
        ("/api/nvp/version/100", "apiOperation=CREATE_SESSION".to_owned()),
        (
            "/api/nvp/version/100",
            format!("apiOperation=UPDATE_SESSION&{session_id}&order.description=a%3Db%3Bc&order.reference="),
        ),
        ("/api/nvp/version/100", format!("apiOperation=RETRIEVE_SESSION&{session_id}")),
        ("/api/nvp/version/100", format!("apiOperation=PAY&{session_id}&{order}")),
        ("/api/nvp/version/100", "apiOperation=RETRIEVE_ORDER&order.id=readable".to_owned()),
        ("/api/nvp/version/100", format!("apiOperation=RETRIEVE_TRANSACTION&{order}")),
        ("/api/nvp/version/61", "apiOperation=CREATE_CHECKOUT_SESSION&order.id=c&order.currency=USD".to_owned()),
        ("/api/nvp/version/100", "apiOperation=NOTHING".to_owned()),
    ];
    for (path, body) in bodies {
        let answer = server.send("POST", path, FORM, &filled(format!("{body}&{{WHO}}").as_bytes(), ""));
        assert_eq!(answer.status, 200, "HTTP 200 exactly: {body}");
        let text = &answer.body;
        assert!(!text.contains(['\n', '\r', ';', '[', ' ']), "one line, encoded: {text}");
        for pair in text.split('&') {
            let (name, value) = pair.split_once('=').expect("a pair has =");
            assert!(!value.is_empty() && !value.contains('='), "{pair}: no empty value, no second =");
            let escapes: Vec<&str> = name.split('%').skip(1).chain(value.split('%').skip(1)).collect();
            assert!(escapes.iter().all(|escape| escape[..2] == escape[..2].to_uppercase()), "{pair}: upper-case hex");
        }
        let pairs: Pairs = answer.pairs();
        if pairs.contains_key("session.id") {
            assert!(pairs.contains_key("session.version"), "session.version wherever session.id is: {text}");
            let at = text.find("SESSION").expect("the id is there");
            assert_eq!(text[at..at + 31], pairs["session.id"], "the first SESSION is the id, 31 characters: {text}");
        }
    }
}

#[test]
fn clients_that_read_by_position_find_what_they_look_for() {
    let server = Server::start();
    let checkout = "interaction.operation=PURCHASE&order.id=position&order.amount=10.00&order.currency=USD&{WHO}";
    let ask = |version: u8, body: String| {
        let answer = server.send("POST", &format!("/api/nvp/version/{version}"), FORM, &filled(body.as_bytes(), ""));
        answer.body.split('&').map(|pair| pair.split('=').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let names = ask(56, format!("apiOperation=CREATE_CHECKOUT_SESSION&{checkout}"));
    assert_eq!(names.len(), 6, "{names:?}");
    assert_eq!((names[2].as_str(), names[5].as_str()), ("session.id", "successIndicator"));
    let names = ask(63, format!("apiOperation=INITIATE_CHECKOUT&{checkout}"));
    assert_eq!((names[0].as_str(), names[3].as_str()), ("checkoutMode", "session.id"), "{names:?}");
    assert_eq!(names.last().map(String::as_str), Some("successIndicator"));
    ask(45, "apiOperation=PAY&order.id=v45&transaction.id=1&order.amount=10.00&order.currency=USD&order.description=x&{CARD}&{WHO}".to_owned());
    let names = ask(45, "apiOperation=RETRIEVE_ORDER&order.id=v45&{WHO}".to_owned());
    assert_eq!(names[9], "result", "{names:?}");
}
