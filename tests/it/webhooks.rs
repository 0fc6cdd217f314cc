//! Notifications, watched arriving at a real listener: what they say, where they go, and that none is lost.

use crate::listener::{Arrival, Listener, OK};
use crate::server::{Child, PASSWORD, PATIENCE, Pairs, Server};
use rustix::process::Signal;
use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::time::{Duration, Instant};

const SECRET: &str = "D8FC8C9B0348986F6C7562262FD87D64";

const CARD: &[(&str, &str)] = &[
    ("order.amount", "50.00"),
    ("order.currency", "USD"),
    ("sourceOfFunds.type", "CARD"),
    ("sourceOfFunds.provided.card.number", "5123450000000008"),
    ("sourceOfFunds.provided.card.expiry.month", "01"),
    ("sourceOfFunds.provided.card.expiry.year", "39"),
];

fn ask(server: &Server, operation: &str, order: &str, more: &[(&str, &str)]) -> Pairs {
    let mut fields = vec![("apiOperation", operation), ("order.id", order)];
    fields.extend(more);
    server.post_as("TESTMERCHANT", 61, &fields)
}

fn pay(server: &Server, order: &str, more: &[(&str, &str)]) -> Pairs {
    let mut fields = vec![("transaction.id", "1")];
    fields.extend(CARD);
    fields.extend(more);
    let answer = ask(server, "PAY", order, &fields);
    assert_eq!(answer["result"], "SUCCESS", "{answer:?}");
    answer
}

/// TESTMERCHANT with a secret, and with a URL of its own.
fn merchant(url: &str) -> String {
    let digest = "3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9";
    format!(
        "[{{ id = \"TESTMERCHANT\", password_sha256 = [\"{digest}\"], notification_url = \"{url}\", \
         notification_secret = \"{SECRET}\" }}]"
    )
}

#[test]
fn a_notification_says_what_retrieve_transaction_says() {
    let listener = Listener::start(Some(OK));
    let server = Server::start_with(&[("merchant", &merchant(""))]);
    pay(&server, "order-1", &[("order.notificationUrl", &listener.url("/hook?shop=1"))]);
    let arrival = listener.next();
    assert_eq!(arrival.line, "POST /hook?shop=1 HTTP/1.1");
    assert_eq!(arrival.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(arrival.header("x-notification-secret"), Some(SECRET));
    assert_eq!(arrival.attempt(), 1);
    assert_eq!(arrival.id().len(), 32);
    let retrieved = ask(&server, "RETRIEVE_TRANSACTION", "order-1", &[("transaction.id", "1")]);
    assert_eq!(arrival.pairs(), retrieved);
    assert_eq!(retrieved["version"], "61", "in the version of the request");

    // A decline is told, too, and a merchant without a secret sends none.
    let mut declined = CARD.to_vec();
    declined.retain(|(name, _)| !name.ends_with("month"));
    let url = listener.url("/");
    declined.extend([
        ("sourceOfFunds.provided.card.expiry.month", "05"),
        ("order.notificationUrl", url.as_str()),
        ("apiOperation", "AUTHORIZE"),
        ("order.id", "order-2"),
        ("transaction.id", "1"),
    ]);
    let plain = Server::start();
    let answer = plain.post_as("TESTPLAIN", 61, &declined);
    let arrival = listener.next();
    assert_eq!((arrival.pairs(), arrival.header("x-notification-secret")), (answer, None));
}

#[test]
fn the_url_is_the_request_s_the_session_s_the_order_s_or_the_merchant_s() {
    let listener = Listener::start(Some(OK));
    let server = Server::start_with(&[("merchant", &merchant(&listener.url("/merchant")))]);
    let mut verify = vec![("transaction.id", "1")];
    verify.extend(CARD);
    let of_request = listener.url("/request");
    verify.push(("order.notificationUrl", &of_request));
    ask(&server, "VERIFY", "order-1", &verify);
    assert_eq!(listener.next().line, "POST /request HTTP/1.1");
    let mut again = vec![("transaction.id", "2")];
    again.extend(CARD);
    ask(&server, "PAY", "order-1", &again);
    let arrival = listener.next();
    assert_eq!(arrival.line, "POST /request HTTP/1.1", "the one last used for the order");
    assert_eq!(arrival.pairs()["transaction.id"], "2");

    pay(&server, "order-2", &[]);
    assert_eq!(listener.next().line, "POST /merchant HTTP/1.1");

    let created = server.post_as("TESTMERCHANT", 61, &[("apiOperation", "CREATE_SESSION")]);
    let session = ("session.id", created["session.id"].as_str());
    let of_session = listener.url("/session");
    let update = [("apiOperation", "UPDATE_SESSION"), session, ("order.notificationUrl", of_session.as_str())];
    server.post_as("TESTMERCHANT", 61, &update);
    pay(&server, "order-3", &[session]);
    assert_eq!(listener.next().line, "POST /session HTTP/1.1");
}

#[test]
fn a_repeated_request_and_a_refused_one_notify_of_nothing() {
    let listener = Listener::start(Some(OK));
    let server = Server::start_with(&[("merchant", &merchant(&listener.url("/")))]);
    let first = pay(&server, "order-1", &[]);
    assert_eq!(pay(&server, "order-1", &[]), first, "a replay");
    let mut other = vec![("transaction.id", "1"), ("order.reference", "other")];
    other.extend(CARD);
    assert_eq!(ask(&server, "PAY", "order-1", &other)["result"], "ERROR");
    ask(&server, "RETRIEVE_ORDER", "order-1", &[]);
    pay(&server, "order-2", &[]);
    // They go out at the same time and may arrive in any order.
    let told: BTreeSet<String> =
        [listener.next(), listener.next()].map(|arrival| arrival.pairs()["order.id"].clone()).into();
    assert_eq!(told, BTreeSet::from(["order-1".to_owned(), "order-2".to_owned()]));
    // Were there another of order-1, its turn would have come no later than that of this one, and a server that
    // stops waits for what is on its way.
    pay(&server, "order-3", &[]);
    assert_eq!(listener.next().pairs()["order.id"], "order-3");
    drop(server);
    assert!(listener.arrived.try_recv().is_err(), "something was told twice");
}

#[test]
fn an_outcome_that_comes_later_is_told_when_it_comes() {
    let listener = Listener::start(Some(OK));
    let server = Server::start_with(&[("merchant", &merchant(&listener.url("/")))]);
    let mut fields = vec![("transaction.id", "1"), ("order.reference", "TEST-FAIL-THEN-SUCCESS")];
    fields.extend(CARD);
    ask(&server, "PAY", "order-1", &fields);
    let code = |arrival: &Arrival| arrival.pairs()["response.gatewayCode"].clone();
    assert_eq!(code(&listener.next()), "SUBMITTED");
    for expected in ["DECLINED", "APPROVED"] {
        server.advance("TESTMERCHANT", 31_000);
        let arrival = listener.next();
        assert_eq!(code(&arrival), expected);
        let retrieved = ask(&server, "RETRIEVE_TRANSACTION", "order-1", &[("transaction.id", "1")]);
        assert_eq!(arrival.pairs(), retrieved);
    }
}

#[test]
fn an_outcome_that_another_attempt_has_overtaken_is_not_told() {
    let listener = Listener::start(Some(OK));
    let server = Server::start_with(&[("merchant", &merchant(&listener.url("/")))]);
    let mut fields = vec![("transaction.id", "1"), ("order.reference", "TEST-FAIL-THEN-SUCCESS")];
    fields.extend(CARD);
    ask(&server, "PAY", "order-1", &fields);
    listener.next();
    server.advance("TESTMERCHANT", 31_000);
    assert_eq!(listener.next().pairs()["response.gatewayCode"], "DECLINED");
    fields[0] = ("transaction.id", "2");
    fields[1] = ("order.reference", "2");
    ask(&server, "PAY", "order-1", &fields);
    assert_eq!(listener.next().pairs()["transaction.id"], "2");
    server.advance("TESTMERCHANT", 3_600_000);
    // Were it still there, its turn would have come no later than that of this one, and a server that stops waits
    // for what is on its way.
    pay(&server, "order-2", &[]);
    assert_eq!(listener.next().pairs()["order.id"], "order-2");
    drop(server);
    assert!(listener.arrived.try_recv().is_err(), "what had been given up was told");
}

#[test]
fn what_a_stopped_listener_loses_comes_when_it_is_back() {
    let listener = Listener::start(Some(OK));
    let (address, url) = (listener.address, listener.url("/hook"));
    let server = Server::start();
    drop(listener);
    pay(&server, "order-1", &[("order.notificationUrl", &url)]);
    let deadline = Instant::now() + PATIENCE;
    let socket = loop {
        // The port may belong for a moment to a connection of another test.
        match TcpListener::bind(address) {
            Ok(socket) => break socket,
            Err(error) => assert!(Instant::now() < deadline, "{error}"),
        }
    };
    let listener = Listener::on(socket, Some(OK));
    let arrival = listener.next_in_time(&server.environment, "TESTMERCHANT");
    assert_eq!(arrival.line, "POST /hook HTTP/1.1");
    assert_eq!(arrival.pairs()["order.id"], "order-1");
}

#[test]
fn an_answer_that_takes_more_than_two_seconds_is_none() {
    let listener = Listener::start(None);
    let server = Server::start();
    pay(&server, "order-1", &[("order.notificationUrl", &listener.url("/"))]);
    let first = listener.next();
    let begin = Instant::now();
    listener.hung_up.recv_timeout(PATIENCE).expect("the gateway does not wait for ever");
    let waited = begin.elapsed();
    // The gateway began to count before the request was read here.
    assert!(waited > Duration::from_millis(1_000) && waited < Duration::from_secs(8), "it waited {waited:?}");
    listener.answer_from_now_on(OK);
    let second = listener.next_in_time(&server.environment, "TESTMERCHANT");
    assert_eq!((second.attempt(), second.id()), (2, first.id()));
}

#[test]
fn what_is_no_200_comes_again_with_the_same_id() {
    let long_head = format!("HTTP/1.1 200 OK\r\nX-Long: {}\r\nContent-Length: 0\r\n\r\n", "x".repeat(40_000));
    let elsewhere = Listener::start(Some(OK));
    let redirect =
        format!("HTTP/1.1 307 Temporary Redirect\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", elsewhere.url("/"));
    let answers = [
        ("a redirect", redirect.as_str()),
        ("204", "HTTP/1.1 204 No Content\r\n\r\n"),
        ("201", "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"),
        ("500", "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"),
        ("a head without end", long_head.as_str()),
        ("no HTTP", "hello\r\n\r\n"),
        ("nothing at all", ""),
    ];
    let server = Server::start();
    let listeners = answers.map(|(what, answer)| {
        let listener = Listener::start(Some(answer));
        pay(&server, &what.replace(' ', "-"), &[("order.notificationUrl", &listener.url("/"))]);
        (what, listener)
    });
    let firsts = listeners.each_ref().map(|(_, listener)| listener.next());
    listeners.iter().for_each(|(_, listener)| listener.answer_from_now_on(OK));
    for ((what, listener), first) in listeners.iter().zip(&firsts) {
        assert_eq!(first.attempt(), 1, "{what}");
        let second = listener.next_in_time(&server.environment, "TESTMERCHANT");
        assert_eq!((second.attempt(), second.id()), (2, first.id()), "{what}");
        assert_eq!(second.body, first.body, "{what}");
    }
    assert!(elsewhere.arrived.try_recv().is_err(), "a redirect was followed");
}

#[test]
fn a_crash_loses_no_notification() {
    const ORDERS: usize = 24;
    let listener = Listener::start(None);
    let data = tempfile::tempdir().expect("a directory for the store");
    let child = Child::start_on(data.path(), &[]);
    for number in 0..ORDERS {
        let mut fields = vec![
            ("apiOperation", "PAY".to_owned()),
            ("apiPassword", PASSWORD.to_owned()),
            ("apiUsername", "merchant.TESTMERCHANT".to_owned()),
            ("merchant", "TESTMERCHANT".to_owned()),
            ("order.id", number.to_string()),
            ("order.notificationUrl", listener.url("/")),
            ("transaction.id", "1".to_owned()),
        ];
        fields.extend(CARD.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let body = serde_urlencoded::to_string(fields).expect("pairs can be encoded");
        let answer = child.send("POST", "/api/nvp/version/100", &[], body.as_bytes()).pairs();
        assert_eq!(answer["result"], "SUCCESS", "{answer:?}");
    }
    // Those that are on their way are not answered, and those behind them have not been begun.
    let begun: BTreeMap<String, u32> =
        (0..16).map(|_| listener.next()).map(|arrival| (arrival.id(), arrival.attempt())).collect();
    child.signal(Signal::KILL);
    child.wait();
    while listener.arrived.try_recv().is_ok() {}
    listener.answer_from_now_on(OK);

    let server = Server::start_on(data.path(), &[], |_| {});
    let mut orders = BTreeSet::new();
    while orders.len() < ORDERS {
        let arrival = listener.next_in_time(&server.environment, "TESTMERCHANT");
        if let Some(attempt) = begun.get(&arrival.id()) {
            assert!(arrival.attempt() > *attempt, "an attempt that a crash cut off counts");
        }
        orders.insert(arrival.pairs()["order.id"].clone());
    }
}

#[test]
fn the_log_shows_attempts_and_hosts_and_nothing_more() {
    let listener = Listener::start(Some(OK));
    let child = Child::start(&[("NVPGATE_LOG", "trace")]);
    let mut fields = vec![
        ("apiOperation", "PAY".to_owned()),
        ("apiPassword", PASSWORD.to_owned()),
        ("apiUsername", "merchant.TESTMERCHANT".to_owned()),
        ("merchant", "TESTMERCHANT".to_owned()),
        ("order.id", "order-in-the-clear".to_owned()),
        ("order.notificationUrl", listener.url("/path-in-the-clear?key=key-in-the-clear")),
        ("transaction.id", "1".to_owned()),
    ];
    fields.extend(CARD.iter().map(|(name, value)| (*name, (*value).to_owned())));
    let body = serde_urlencoded::to_string(fields).expect("pairs can be encoded");
    child.send("POST", "/api/nvp/version/100", &[], body.as_bytes());
    let arrival = listener.next();
    assert!(arrival.line.contains("key-in-the-clear"), "{}", arrival.line);
    child.signal(Signal::TERM);
    let (_, _, log) = child.wait();
    let expected = format!("notification {} attempt=1 host=127.0.0.1 ", arrival.id());
    assert!(log.contains(&expected) && log.contains(": delivered"), "{log}");
    assert!(!log.contains("in-the-clear"), "{log}");
}

#[test]
fn a_url_that_notifications_cannot_go_to_is_refused() {
    let server = Server::start();
    for url in [
        "http://shop.example/hook",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:192.168.0.1]/",
        "https://0xa000001/",
        "https://[fe80::1]/",
        "https://shop.example/a b",
        "https://shop.example/%",
        "https://user:password@shop.example/",
        "ftp://shop.example/",
        "shop.example",
    ] {
        let field = ("order.notificationUrl", url);
        let mut payment = vec![("apiOperation", "PAY"), ("order.id", "1"), ("transaction.id", "1"), field];
        payment.extend(CARD);
        let created = server.post_as("TESTMERCHANT", 61, &[("apiOperation", "CREATE_SESSION")]);
        let update = [("apiOperation", "UPDATE_SESSION"), ("session.id", created["session.id"].as_str()), field];
        for request in [payment.as_slice(), &update] {
            let answer = server.post_as("TESTMERCHANT", 61, request);
            assert_eq!(answer["error.cause"], "INVALID_REQUEST", "{url}: {answer:?}");
            assert_eq!(answer["error.field"], "order.notificationUrl", "{url}");
            assert_eq!(answer["error.validationType"], "INVALID", "{url}");
        }
    }
    let allowed =
        Server::start_with(&[("webhooks.allow_private_targets", "true"), ("webhooks.allow_plain_http", "true")]);
    for url in ["https://10.0.0.1:1/", "http://192.168.0.1:1/"] {
        let created = allowed.post_as("TESTMERCHANT", 61, &[("apiOperation", "CREATE_SESSION")]);
        let update = [
            ("apiOperation", "UPDATE_SESSION"),
            ("session.id", created["session.id"].as_str()),
            ("order.notificationUrl", url),
        ];
        assert_eq!(allowed.post_as("TESTMERCHANT", 61, &update)["order.notificationUrl"], url);
    }
}
