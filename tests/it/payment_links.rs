//! Payment links as a payer meets them: over a real socket, with what a browser sends.

mod at_once;
mod making;

use crate::listener::{Listener, OK};
use crate::server::{Answer, Pairs, Server, exchange};
use std::io::BufReader;

const MERCHANT: &str = "TESTLINKS";

const DAY: i64 = 86_400_000;

/// Expiry months of the simulator's triggers.
const APPROVED: &str = "01";
const DECLINED: &str = "05";

/// Makes a link: the answer, and the path of its page.
fn link(server: &Server, order: &str, more: &[(&str, &str)]) -> (Pairs, String) {
    let mut fields = vec![
        ("apiOperation", "INITIATE_CHECKOUT"),
        ("checkoutMode", "PAYMENT_LINK"),
        ("order.id", order),
        ("order.amount", "50"),
        ("order.currency", "USD"),
    ];
    if !more.iter().any(|(name, _)| *name == "interaction.operation") {
        fields.push(("interaction.operation", "PURCHASE"));
    }
    fields.extend(more);
    let answer = server.post_as(MERCHANT, 100, &fields);
    assert_eq!(answer["result"], "SUCCESS", "{answer:?}");
    let path = answer["paymentLink.url"].strip_prefix(&format!("http://{}", server.address)).expect("this server's");
    let path = path.to_owned();
    (answer, path)
}

/// Sends one request without following where the answer leads.
fn send(server: &Server, method: &str, path: &str, body: &str) -> Answer {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        server.address,
        body.len()
    );
    exchange(&mut BufReader::new(server.connect()), request.as_bytes())
}

fn open(server: &Server, path: &str) -> Answer {
    send(server, "GET", path, "")
}

/// The form of an attempt as a browser sends it, with a card of that expiry month.
fn form(attempt: &str, month: &str, more: &[(&str, &str)]) -> String {
    let card = [
        ("sourceOfFunds.provided.card.number", "5123 4500 0000 0008"),
        ("sourceOfFunds.provided.card.expiry.month", month),
        ("sourceOfFunds.provided.card.expiry.year", "39"),
        ("sourceOfFunds.provided.card.securityCode", "100"),
        ("sourceOfFunds.provided.card.nameOnCard", ""),
        ("transaction.id", attempt),
    ];
    let mut fields: Pairs = card.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    serde_urlencoded::to_string(fields).expect("it can be encoded")
}

fn pay(server: &Server, path: &str, attempt: &str, month: &str) -> Answer {
    send(server, "POST", path, &form(attempt, month, &[]))
}

fn order(server: &Server, id: &str) -> Pairs {
    server.post_as(MERCHANT, 100, &[("apiOperation", "RETRIEVE_ORDER"), ("order.id", id)])
}

/// How many transactions an order has.
fn transactions(order: &Pairs) -> usize {
    order.keys().filter(|name| name.ends_with("].transaction.id")).count()
}

#[track_caller]
fn assert_page(answer: &Answer, status: u16, expected: &[&str]) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.headers["content-type"], "text/html;charset=UTF-8");
    assert_eq!(answer.headers["referrer-policy"], "no-referrer");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert!(answer.headers["cache-control"].contains("no-store"));
    let policy = &answer.headers["content-security-policy"];
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    assert!(!answer.body.contains("<script") && !answer.body.contains(" style="), "{}", answer.body);
    for text in expected {
        assert!(answer.body.contains(text), "{text} is missing: {}", answer.body);
    }
}

#[track_caller]
fn assert_sent_to(answer: &Answer, address: &str) {
    let location = answer.headers.get("location").map(String::as_str);
    assert_eq!((answer.status, location), (303, Some(address)), "{}", answer.body);
}

#[test]
fn a_payer_opens_a_link_and_pays() {
    let server = Server::start();
    let (made, path) = link(
        &server,
        "order-1",
        &[
            ("interaction.merchant.name", "Caf\u{e9}"),
            ("order.description", "Two nights"),
            ("customer.email", "a@b.example"),
        ],
    );
    assert!(!made.keys().any(|name| name.starts_with("session")), "{made:?}");
    assert_page(&open(&server, &path), 200, &["Caf\u{e9}", "Two nights", "USD 50.00", "Order order-1", "cc-number"]);
    let receipt = pay(&server, &path, "1", APPROVED);
    assert_page(&receipt, 200, &["Your payment is complete", "USD 50.00", "order-1", "MASTERCARD ending in 0008"]);
    let order = order(&server, "order-1");
    for (name, expected) in [
        ("status", "CAPTURED"),
        ("totalCapturedAmount", "50.00"),
        ("customer.email", "a@b.example"),
        ("transaction[0].gatewayEntryPoint", "CHECKOUT_VIA_PAYMENT_LINK"),
        ("transaction[0].transaction.id", "1"),
        ("transaction[0].transaction.type", "PAYMENT"),
        ("transaction[0].order.description", "Two nights"),
    ] {
        assert_eq!(order.get(name).map(String::as_str), Some(expected), "{name}: {order:?}");
    }
    let kept: Vec<&String> = order.keys().filter(|name| name.contains("nteraction") || name.contains("Link")).collect();
    assert!(kept.is_empty(), "{kept:?}");
    assert_page(&open(&server, &path), 410, &["This is paid already"]);
    assert_page(&pay(&server, &path, "2", APPROVED), 410, &["This is paid already"]);
    assert_eq!(transactions(&self::order(&server, "order-1")), 1);
}

#[test]
fn a_link_is_paid_after_the_day_on_which_its_agreement_was_to_begin() {
    let server = Server::start();
    let today = server.now(MERCHANT).to_date();
    let agreement = [("agreement.id", "A-1"), ("agreement.type", "OTHER"), ("agreement.startDate", today.as_str())];
    let (_, path) = link(&server, "order-1", &agreement);
    server.advance(MERCHANT, 3 * DAY);
    assert_page(&pay(&server, &path, "1", APPROVED), 200, &["Your payment is complete"]);
    let another = [("apiOperation", "INITIATE_CHECKOUT"), ("checkoutMode", "PAYMENT_LINK"), ("order.id", "order-2")];
    let order = [("interaction.operation", "PURCHASE"), ("order.amount", "50"), ("order.currency", "USD")];
    let refused = server.post_as(MERCHANT, 100, &[another, order, agreement].concat());
    assert_eq!(refused.get("error.field").map(String::as_str), Some("agreement.startDate"), "{refused:?}");
}

#[test]
fn a_link_may_be_for_an_authorization_in_an_older_version() {
    let (server, listener) = (Server::start(), Listener::start(Some(OK)));
    let url = listener.url("/");
    let fields = [
        ("apiOperation", "INITIATE_CHECKOUT"),
        ("order.notificationUrl", url.as_str()),
        ("checkoutMode", "PAYMENT_LINK"),
        ("interaction.operation", "AUTHORIZE"),
        ("order.id", "order-1"),
        ("order.netAmount", "7"),
        ("order.currency", "JPY"),
    ];
    let made = server.post_as(MERCHANT, 65, &fields);
    let path = format!("/pbl/{}", made["paymentLink.id"]);
    assert_page(&open(&server, &path), 200, &["JPY 7<"]);
    assert_page(&pay(&server, &path, "1", APPROVED), 200, &["complete"]);
    let told = listener.next().pairs();
    assert_eq!((told["order.status"].as_str(), told["version"].as_str()), ("AUTHORIZED", "65"), "{told:?}");
}

#[test]
fn a_declined_payer_may_try_again_until_no_attempt_is_left() {
    let server = Server::start();
    let (_, path) = link(
        &server,
        "order-1",
        &[("paymentLink.numberOfAllowedAttempts", "2"), ("paymentLink.errorUrl", "https://shop.example/e?o=1")],
    );
    let declined = pay(&server, &path, "1", DECLINED);
    let expected =
        ["The payment failed.", "You can try once more", "name=\"transaction.id\" value=\"2\"", "value=\"05\""];
    assert_page(&declined, 200, &expected);
    assert!(!declined.body.contains("5123") && !declined.body.contains("value=\"100\""), "{}", declined.body);
    assert_page(&pay(&server, &path, "2", DECLINED), 200, &["The payment failed", "no other attempt"]);
    assert_page(&pay(&server, &path, "2", DECLINED), 200, &["The payment failed", "no other attempt"]);
    assert_sent_to(&open(&server, &path), "https://shop.example/e?o=1&errorCode=ATTEMPTS_EXCEEDED");
    assert_sent_to(&pay(&server, &path, "3", APPROVED), "https://shop.example/e?o=1&errorCode=ATTEMPTS_EXCEEDED");
    let before = order(&server, "order-1");
    assert_eq!((before["status"].as_str(), transactions(&before)), ("FAILED", 2));
    // A new link to the same order starts anew, and numbers on.
    let (_, path) = link(&server, "order-1", &[("paymentLink.numberOfAllowedAttempts", "1")]);
    assert_page(&open(&server, &path), 200, &["name=\"transaction.id\" value=\"3\""]);
    assert_page(&pay(&server, &path, "3", APPROVED), 200, &["complete"]);
    assert_eq!(order(&server, "order-1")["transaction[2].transaction.id"], "3");
}

#[test]
fn a_mistake_is_said_beside_its_field_and_counts_no_attempt() {
    let server = Server::start();
    let (_, path) = link(&server, "order-1", &[("paymentLink.numberOfAllowedAttempts", "1")]);
    let (number, month, year, code, name) = (
        "sourceOfFunds.provided.card.number",
        "sourceOfFunds.provided.card.expiry.month",
        "sourceOfFunds.provided.card.expiry.year",
        "sourceOfFunds.provided.card.securityCode",
        "sourceOfFunds.provided.card.nameOnCard",
    );
    let long = "x".repeat(300);
    for (sent, note) in [
        (vec![(number, "")], "number-note\">Enter the number of the card."),
        (vec![(number, "5123 4500 O000 0008")], "number-note\">A card number has digits only."),
        (vec![(number, "abc")], "number-note\">A card number has digits only."),
        (vec![(number, "5123450000000009")], "number-note\">This is not the number of a card."),
        (vec![(number, "51234500")], "number-note\">This is not the number of a card."),
        (vec![(number, "4539578763621486")], "number-note\">Only card numbers that are published for testing"),
        (vec![(month, "13")], "month-note\">A month is a number from 1 to 12."),
        (vec![(month, "")], "month-note\">Enter the month."),
        (vec![(year, "1939")], "year-note\">Enter the year as two digits, like 39."),
        (vec![(code, "")], "code-note\">Enter the security code: three digits on the back of the card."),
        (vec![(code, "12")], "code-note\">This is not the security code: three digits"),
        (vec![(code, "1000")], "code-note\">This is not the security code: three digits"),
        (vec![(number, "345678901234564"), (code, "100")], "code-note\">This is not the security code: four digits on"),
        (vec![(code, ""), (name, "5123 4500 0000 0008")], "code-note"),
        (vec![(month, "5123450000000008")], "month-note\">A month is a number from 1 to 12."),
        (vec![(name, "5123450000000008")], "name-note\">This is the number of a card."),
        (vec![(name, long.as_str())], "name-note\">This name is too long."),
        (vec![("transaction.id", long.as_str())], "Length is 300 characters"),
    ] {
        let answer = send(&server, "POST", &path, &form("1", APPROVED, &sent));
        assert_page(&answer, 422, &["Nothing was charged.", note]);
        assert!(!answer.body.contains("value=\"5123") && !answer.body.contains("value=\"10"), "{}", answer.body);
    }
    let all = [(number, "1"), (month, "0"), (year, "x"), (code, ""), (name, "\"><script>alert(1)</script>")];
    let answer = send(&server, "POST", &path, &form("1", APPROVED, &all));
    assert_page(&answer, 422, &["number-note", "month-note", "year-note", "code-note"]);
    assert!(answer.body.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\""), "{}", answer.body);
    assert_eq!(order(&server, "order-1")["result"], "ERROR", "no attempt, no order");
    // The amount is the merchant's to say, and what is no field of the form is left alone.
    let more = [("order.amount", "0.01"), (year, "2039"), ("apiOperation", "VOID")];
    assert_page(&send(&server, "POST", &path, &form("1", APPROVED, &more)), 200, &["complete"]);
    assert_eq!(order(&server, "order-1")["totalCapturedAmount"], "50.00");
}

#[test]
fn a_security_code_is_optional_where_the_merchant_says_so() {
    let server = Server::start();
    let (_, path) = link(&server, "order-1", &[("interaction.displayControl.cardSecurityCode", "OPTIONAL")]);
    let without = form("1", APPROVED, &[("sourceOfFunds.provided.card.securityCode", "")]);
    assert_page(&send(&server, "POST", &path, &without), 200, &["complete"]);
}

#[test]
fn success_leads_to_the_return_url_with_the_indicator() {
    let server = Server::start();
    for (order, url, start) in [
        ("order-1", "https://shop.example/back", "https://shop.example/back?resultIndicator="),
        ("order-2", "http://localhost:9000?a=b%20c", "http://localhost:9000/?a=b%20c&resultIndicator="),
        ("order-3", "https://shop.example/x?y#z", "https://shop.example/x?y&resultIndicator="),
    ] {
        let (made, path) = link(&server, order, &[("interaction.returnUrl", url)]);
        let page = open(&server, &path);
        let policy = &page.headers["content-security-policy"];
        assert!(policy.contains("form-action 'self' http: https:;"), "a browser asks it for each redirect: {policy}");
        let end = if url.ends_with("#z") { "#z" } else { "" };
        let expected = format!("{start}{}{end}", made["successIndicator"]);
        // The payer presses twice, and the browser shows what comes last.
        for _ in 0..2 {
            assert_sent_to(&pay(&server, &path, "1", APPROVED), &expected);
        }
        assert_eq!(transactions(&self::order(&server, order)), 1, "charged once");
    }
}

#[test]
fn a_link_expires_and_is_known_for_a_while_after() {
    let server = Server::start();
    let (made, path) = link(&server, "order-1", &[]);
    let (_, with_url) = link(&server, "order-2", &[("paymentLink.errorUrl", "https://shop.example")]);
    // Three months are at most 92 days.
    let days = |path: &str| (open(&server, path).status, &made["paymentLink.expiryDateTime"]);
    server.advance(MERCHANT, 89 * DAY);
    assert_eq!(days(&path).0, 200);
    server.advance(MERCHANT, 4 * DAY);
    assert_page(&open(&server, &path), 410, &["This link has expired"]);
    assert_page(&pay(&server, &path, "1", APPROVED), 410, &["This link has expired"]);
    assert_sent_to(&open(&server, &with_url), "https://shop.example/?errorCode=LINK_EXPIRED");
    assert_eq!(order(&server, "order-1")["result"], "ERROR", "nothing was charged");
    server.advance(MERCHANT, 100 * DAY);
    assert_page(&open(&server, &path), 404, &["There is no such payment link"]);
}

#[test]
fn an_order_that_is_paid_otherwise_is_not_paid_again() {
    let server = Server::start();
    let (_, path) = link(&server, "order-1", &[("paymentLink.errorUrl", "https://shop.example/e")]);
    let mut fields = vec![("apiOperation", "PAY"), ("order.id", "order-1"), ("transaction.id", "1")];
    fields.extend([("order.amount", "50.00"), ("order.currency", "USD"), ("sourceOfFunds.type", "CARD")]);
    fields.extend([
        ("sourceOfFunds.provided.card.number", "5123450000000008"),
        ("sourceOfFunds.provided.card.expiry.month", DECLINED),
        ("sourceOfFunds.provided.card.expiry.year", "39"),
    ]);
    assert_eq!(server.post_as(MERCHANT, 100, &fields)["result"], "FAILURE");
    assert_page(&open(&server, &path), 200, &["name=\"transaction.id\" value=\"2\""]);
    fields[2] = ("transaction.id", "2");
    fields[7] = ("sourceOfFunds.provided.card.expiry.month", APPROVED);
    assert_eq!(server.post_as(MERCHANT, 100, &fields)["result"], "SUCCESS");
    assert_sent_to(&open(&server, &path), "https://shop.example/e?errorCode=ORDER_ALREADY_PAID");
    assert_sent_to(&pay(&server, &path, "2", APPROVED), "https://shop.example/e?errorCode=ORDER_ALREADY_PAID");
    assert_eq!(transactions(&order(&server, "order-1")), 2);
}

#[test]
fn an_outcome_that_is_still_to_come_is_waited_for() {
    let server = Server::start();
    let (made, path) = link(
        &server,
        "order-1",
        &[("order.reference", "TEST-SUCCESS-INIT"), ("interaction.returnUrl", "https://shop.example/")],
    );
    assert_page(&pay(&server, &path, "1", APPROVED), 200, &["Your payment is under way"]);
    assert_page(&open(&server, &path), 200, &["Do not pay again"]);
    assert_page(&pay(&server, &path, "2", APPROVED), 200, &["Do not pay again"]);
    server.advance(MERCHANT, 31_000);
    let expected = format!("https://shop.example/?resultIndicator={}", made["successIndicator"]);
    assert_sent_to(&pay(&server, &path, "1", APPROVED), &expected);
    assert_eq!(transactions(&order(&server, "order-1")), 1);
}

#[test]
fn what_is_no_link_is_said_to_be_none() {
    let server = Server::start();
    for path in ["/pbl/PAYLINK0001AAAAAAAAAAAAAAAAAAAA", "/pbl/x", "/pbl/%3Cscript%3E"] {
        assert_page(&open(&server, path), 404, &["There is no such payment link"]);
        assert_page(&pay(&server, path, "1", APPROVED), 404, &["There is no such payment link"]);
    }
    let (_, path) = link(&server, "order-1", &[]);
    assert_eq!(server.send("HEAD", &path, &[], b"").status, 200);
    let refused = send(&server, "PUT", &path, "");
    assert_eq!(refused.headers["allow"], "GET, HEAD, POST");
    assert_page(&send(&server, "POST", &path, "{\"a\":1}"), 400, &["This did not work"]);
    assert_page(&send(&server, "POST", &path, "a=1&a=2"), 400, &["This did not work"]);
    assert_page(&send(&server, "POST", &path, ""), 422, &["Enter the number of the card."]);
}

#[test]
fn a_webhook_tells_of_each_attempt() {
    let listener = Listener::start(Some(OK));
    let server = Server::start();
    let url = listener.url("/hook");
    let (_, path) = link(&server, "order-1", &[("order.notificationUrl", &url)]);
    for (attempt, month, result) in [("1", DECLINED, "FAILURE"), ("2", APPROVED, "SUCCESS")] {
        assert_eq!(pay(&server, &path, attempt, month).status, 200);
        let told = listener.next().pairs();
        assert_eq!(told["gatewayEntryPoint"], "CHECKOUT_VIA_PAYMENT_LINK");
        assert_eq!((told["transaction.id"].as_str(), told["result"].as_str()), (attempt, result), "{told:?}");
    }
}
