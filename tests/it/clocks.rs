//! Clocks that differ. Each merchant's world has a clock of its own, and what happens by one clock does not happen by
//! another. Clocks that differ between nodes or are turned back: what a merchant has been told of stays so.

use crate::listener::{Listener, OK};
use crate::server::{Pairs, Server, merchant_id};
use crate::stores::{block_on, each_opened, each_store};
use nvpgate::check::shape::Policy;
use nvpgate::environment::Environment;
use nvpgate::gateway::{Gateway, GatewaySettings};
use nvpgate::merchants::Merchants;
use nvpgate::spec::retirement::Retired;
use nvpgate::store::{Change, Key, Kind};

const MERCHANT: &str = "TESTCLOCKS";

/// Another merchant, whose clock nobody turns.
const OTHER: &str = "TESTOTHER";

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

const CARD: &[(&str, &str)] = &[
    ("order.amount", "50.00"),
    ("order.currency", "USD"),
    ("sourceOfFunds.provided.card.expiry.month", "01"),
    ("sourceOfFunds.provided.card.expiry.year", "39"),
    ("sourceOfFunds.provided.card.number", "5123450000000008"),
];

const FAILS_THEN_SUCCEEDS: (&str, &str) = ("order.reference", "TEST-FAIL-THEN-SUCCESS");

fn ask(server: &Server, operation: &str, transaction: &str, more: &[(&str, &str)]) -> Pairs {
    ask_as(MERCHANT, server, operation, transaction, more)
}

fn ask_as(merchant: &str, server: &Server, operation: &str, transaction: &str, more: &[(&str, &str)]) -> Pairs {
    let own = [("apiOperation", operation), ("order.id", "order"), ("transaction.id", transaction)];
    server.post_as(merchant, 100, &[&own, more].concat())
}

fn create_session(server: &Server, merchant: &str) -> String {
    server.post_as(merchant, 100, &[("apiOperation", "CREATE_SESSION")])["session.id"].clone()
}

fn has_session(server: &Server, merchant: &str, session: &str) -> bool {
    let answer = server.post_as(merchant, 100, &[("apiOperation", "RETRIEVE_SESSION"), ("session.id", session)]);
    match answer.get("error.explanation") {
        None => answer["session.id"] == session,
        Some(why) => {
            assert_eq!(why, "Form Session not found or expired.");
            false
        }
    }
}

#[test]
fn an_outcome_that_was_told_has_come_on_every_node_and_after_the_clock_was_turned_back() {
    for nodes in each_store(&[]) {
        let listener = Listener::start(Some(OK));
        let url = listener.url("/");
        let (ahead, behind) = (nodes.first(), nodes.last());
        ask(ahead, "PAY", "1", &[CARD, &[FAILS_THEN_SUCCEEDS, ("order.notificationUrl", &url)]].concat());
        assert_eq!(listener.next().pairs()["response.gatewayCode"], "SUBMITTED");
        for (milliseconds, expected) in [(31_000, "DECLINED"), (61_000, "APPROVED")] {
            ahead.advance(MERCHANT, milliseconds);
            let told = listener.next().pairs();
            ahead.advance(MERCHANT, -milliseconds);
            assert_eq!(told["response.gatewayCode"], expected);
            assert_eq!(ask(behind, "RETRIEVE_TRANSACTION", "1", &[]), told);
        }
        // Where the first attempt has failed and its success is not known, another one is taken.
        let refused = ask(behind, "PAY", "2", CARD);
        let said = refused.get("error.explanation").map_or("", String::as_str);
        assert!(said.starts_with("Transaction or Order ID supplied already exists"), "{refused:?}");
        let refunded = ask(behind, "REFUND", "3", &[("transaction.amount", "50.00"), ("transaction.currency", "USD")]);
        assert_eq!(refunded["order.status"], "REFUNDED", "{refunded:?}");
    }
}

#[test]
fn an_outcome_that_was_told_is_not_overtaken_by_an_attempt_on_a_node_whose_clock_is_behind() {
    for nodes in each_store(&[]) {
        let listener = Listener::start(Some(OK));
        let url = listener.url("/");
        ask(nodes.first(), "PAY", "1", &[CARD, &[FAILS_THEN_SUCCEEDS, ("order.notificationUrl", &url)]].concat());
        assert_eq!(listener.next().pairs()["response.gatewayCode"], "SUBMITTED");
        nodes.advance(MERCHANT, 31_000);
        assert_eq!(listener.next().pairs()["response.gatewayCode"], "DECLINED");
        nodes.first().advance(MERCHANT, 30_000);
        assert_eq!(listener.next().pairs()["response.gatewayCode"], "APPROVED");
        nodes.first().advance(MERCHANT, -30_000);
        let refused = ask(nodes.last(), "PAY", "2", CARD);
        let said = refused.get("error.explanation").map_or("", String::as_str);
        assert!(said.starts_with("Transaction or Order ID supplied already exists"), "{refused:?}");
    }
}

#[test]
fn a_day_that_passes_for_one_merchant_does_not_pass_for_another() {
    for nodes in each_store(&[]) {
        let server = nodes.first();
        let sessions = [MERCHANT, OTHER].map(|merchant| {
            let payment = [CARD, &[FAILS_THEN_SUCCEEDS]].concat();
            assert_eq!(ask_as(merchant, server, "PAY", "1", &payment)["response.gatewayCode"], "SUBMITTED");
            create_session(server, merchant)
        });
        nodes.advance(MERCHANT, DAY);
        for node in [nodes.first(), nodes.last()] {
            for (merchant, session, lives, outcome) in
                [(MERCHANT, &sessions[0], false, "APPROVED"), (OTHER, &sessions[1], true, "SUBMITTED")]
            {
                assert_eq!(has_session(node, merchant, session), lives, "{merchant}");
                let transaction = ask_as(merchant, node, "RETRIEVE_TRANSACTION", "1", &[]);
                assert_eq!(transaction["response.gatewayCode"], outcome, "{merchant}");
            }
        }
        // What is new belongs to the day on which it is made.
        assert!(has_session(server, MERCHANT, &create_session(server, MERCHANT)));
    }
}

#[test]
fn a_notification_goes_out_by_the_clock_of_its_merchant() {
    for nodes in each_store(&[]) {
        let told = [MERCHANT, OTHER].map(|merchant| {
            let listener = Listener::start(Some(OK));
            let url = listener.url("/");
            let payment = [CARD, &[FAILS_THEN_SUCCEEDS, ("order.notificationUrl", &url)]].concat();
            ask_as(merchant, nodes.first(), "PAY", "1", &payment);
            assert_eq!(listener.next().pairs()["response.gatewayCode"], "SUBMITTED");
            listener
        });
        for expected in ["DECLINED", "APPROVED"] {
            nodes.advance(MERCHANT, 31_000);
            assert_eq!(told[0].next().pairs()["response.gatewayCode"], expected);
        }
        // Theirs were due at the same times.
        assert!(told[1].arrived.try_recv().is_err(), "the other merchant was told of what has not come");
        nodes.advance(OTHER, 62_000);
        let both = [told[1].next(), told[1].next()].map(|arrival| arrival.pairs()["response.gatewayCode"].clone());
        assert!(["DECLINED", "APPROVED"].iter().all(|expected| both.contains(&(*expected).to_owned())), "{both:?}");
    }
}

#[test]
fn a_payment_link_expires_by_the_clock_of_its_merchant() {
    let server = Server::start();
    let make = |merchant: &str| {
        let link = [("checkoutMode", "PAYMENT_LINK"), ("interaction.operation", "PURCHASE")];
        let order = [("order.id", "order"), ("order.amount", "50"), ("order.currency", "USD")];
        let made =
            server.post_as(merchant, 100, &[&[("apiOperation", "INITIATE_CHECKOUT")][..], &link, &order].concat());
        made["paymentLink.url"].replacen(&format!("http://{}", server.address), "", 1)
    };
    let back = "TESTBACK";
    server.advance(back, -365 * DAY);
    let paths = [MERCHANT, OTHER, back].map(make);
    let statuses = || paths.each_ref().map(|path| server.send("GET", path, &[], b"").status);
    assert_eq!(statuses(), [200, 200, 200]);
    for (days, expected) in [(93, [410, 200, 200]), (100, [404, 200, 200])] {
        server.advance(MERCHANT, days * DAY);
        assert_eq!(statuses(), expected, "{days} days later");
    }
}

#[test]
fn a_sweep_leaves_what_lives_by_a_clock_that_was_turned_back() {
    for (store, _data) in each_opened() {
        let environment = Environment::real();
        let merchant = merchant_id(MERCHANT);
        environment.advance(&merchant, -DAY);
        let now = || environment.world(&merchant).now();
        let key = Key { kind: Kind::Session, merchant: merchant.clone(), id: "session".to_owned() };
        let session = Change {
            key: key.clone(),
            replaces: 0,
            expires: Some(now().plus_seconds(60)),
            wakes: None,
            listed: false,
            bytes: b"fields".to_vec().into(),
        };
        let settings = GatewaySettings {
            session_ttl_seconds: 60,
            security_code_ttl_seconds: 60,
            retired: Retired::Serve,
            public_url: None,
            policy: Policy::default(),
        };
        let gateway = Gateway::new(settings, Merchants::new(Vec::new()), store.clone(), environment.clone());
        block_on(async {
            store.commit(vec![session]).await.expect("the session is kept");
            // By the machine's clock the session ended yesterday.
            assert_eq!(gateway.sweep().await.expect("a sweep"), 0);
            assert!(
                store.load(std::slice::from_ref(&key), now()).await.expect("an answer")[0].is_some(),
                "it was swept"
            );
            // Once it has ended by every clock a sweep takes it, and no clock brings it back.
            environment.advance(&merchant, DAY);
            assert_eq!(gateway.sweep().await.expect("a sweep"), 1);
            environment.advance(&merchant, -DAY);
            assert!(store.load(&[key], now()).await.expect("an answer")[0].is_none(), "no sweep took it");
        });
        gateway.close();
    }
}

#[test]
fn the_ids_of_a_seeded_merchant_repeat_whatever_other_merchants_do() {
    let ids = |others: usize| {
        let server = Server::start();
        server.environment.seed(&merchant_id(MERCHANT), 7);
        let ids: Vec<String> = (0..4)
            .map(|_| {
                (0..others).for_each(|_| drop(create_session(&server, OTHER)));
                create_session(&server, MERCHANT)
            })
            .collect();
        (ids, create_session(&server, OTHER))
    };
    let ((alone, other), (beside_others, another)) = (ids(0), ids(3));
    assert_eq!(alone, beside_others);
    assert_ne!(alone[0], alone[1]);
    assert_ne!(other, another, "a merchant who was given no seed");
}
