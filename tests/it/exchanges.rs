//! The exchange of a request as the log shows it: the step it reached, where its fields came from, what decided.

use crate::server::{Child, PASSWORD};

/// The line of the exchange of a request, without the time.
fn line(child: &Child, operation: &str, fields: &[(&str, &str)]) -> String {
    let mut pairs = vec![
        ("merchant", "TESTA"),
        ("apiUsername", "merchant.TESTA"),
        ("apiPassword", PASSWORD),
        ("apiOperation", operation),
    ];
    pairs.extend(fields);
    let body = serde_urlencoded::to_string(pairs).expect("pairs can be encoded");
    child.send("POST", "/api/nvp/version/100", &[], body.as_bytes());
    let logged = child.log_until(&format!("operation={operation}"));
    logged[logged.find("operation=").expect("the line has the operation")..].to_owned()
}

#[test]
fn an_exchange_says_where_a_request_ended_and_what_decided() {
    let child = Child::start(&[("NVPGATE_LOG", "warn,nvpgate::exchange=debug")]);
    let created = [
        ("merchant", "TESTA"),
        ("apiUsername", "merchant.TESTA"),
        ("apiPassword", PASSWORD),
        ("apiOperation", "CREATE_SESSION"),
    ];
    let body = serde_urlencoded::to_string(created).expect("pairs can be encoded");
    let session = child.send("POST", "/api/nvp/version/100", &[], body.as_bytes()).pairs()["session.id"].clone();
    let card = [
        ("session.id", session.as_str()),
        ("sourceOfFunds.type", "CARD"),
        ("sourceOfFunds.provided.card.number", "5123450000000008"),
        ("sourceOfFunds.provided.card.expiry.month", "01"),
        ("sourceOfFunds.provided.card.expiry.year", "39"),
    ];
    assert!(line(&child, "UPDATE_SESSION", &card).starts_with("operation=UPDATE_SESSION step=Answer attempts=1"));
    let order =
        [("session.id", session.as_str()), ("order.id", "1"), ("transaction.id", "1"), ("order.currency", "USD")];
    let pay = |amount: &str| line(&child, "PAY", &[&order[..], &[("order.amount", amount)]].concat());
    assert_eq!(
        pay("5.00"),
        "operation=PAY step=Answer attempts=1 trigger=expiry Request=6 Session=4 Record=0",
        "the operation and five fields of the request, the card of the session"
    );
    assert_eq!(pay("6.00"), "operation=PAY step=Replay attempts=1 refused=Request Request=0 Session=0 Record=0");
    assert_eq!(
        line(&child, "VERIFY", &[("order.id", "2"), ("transaction.id", "1")]),
        "operation=VERIFY step=Check attempts=1 refused=Request Missing Request=3 Session=0 Record=0"
    );
}
