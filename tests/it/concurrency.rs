//! Several clients at once, on each store and at each of its nodes: exactly one wins, and the others are told.

use crate::server::Pairs;
use crate::stores::{Nodes, each_store};
use std::thread;

const CARD: &[(&str, &str)] = &[
    ("order.currency", "USD"),
    ("sourceOfFunds.type", "CARD"),
    ("sourceOfFunds.provided.card.number", "5123450000000008"),
    ("sourceOfFunds.provided.card.expiry.month", "01"),
    ("sourceOfFunds.provided.card.expiry.year", "39"),
    ("sourceOfFunds.provided.card.securityCode", "100"),
];

/// Runs `ask` on so many threads at once and gives all answers.
fn at_once(count: usize, ask: impl Fn(usize) -> Pairs + Sync) -> Vec<Pairs> {
    let barrier = std::sync::Barrier::new(count);
    thread::scope(|scope| {
        let asking: Vec<_> = (0..count)
            .map(|at| {
                let (ask, barrier) = (&ask, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    ask(at)
                })
            })
            .collect();
        asking.into_iter().map(|thread| thread.join().expect("no client fails")).collect()
    })
}

/// Each store, with servers that answer several requests at once.
fn stores() -> impl Iterator<Item = Nodes> {
    each_store(&[("server.workers", "4")])
}

#[test]
fn of_several_updates_under_one_session_version_exactly_one_wins() {
    for nodes in stores() {
        for round in 0..10 {
            let merchant = format!("TESTRACE{round}");
            let created = nodes.post_as(&merchant, 100, &[("apiOperation", "CREATE_SESSION")]);
            let (id, version) = (&created["session.id"], &created["session.version"]);
            let answers = at_once(8, |at| {
                let name = format!("client {at}");
                let fields = [
                    ("apiOperation", "UPDATE_SESSION"),
                    ("session.id", id.as_str()),
                    ("session.version", version.as_str()),
                    ("customer.firstName", name.as_str()),
                ];
                nodes.post_as(&merchant, 100, &fields)
            });
            let (won, lost): (Vec<&Pairs>, Vec<&Pairs>) =
                answers.iter().partition(|answer| !answer.contains_key("error.cause"));
            assert_eq!(won.len(), 1, "{answers:?}");
            for answer in lost {
                assert_eq!(answer.get("error.field").map(String::as_str), Some("session.version"), "{answer:?}");
            }
            let stored = nodes.post_as(&merchant, 100, &[("apiOperation", "RETRIEVE_SESSION"), ("session.id", id)]);
            assert_eq!(stored["session.version"], won[0]["session.version"]);
            assert_eq!(stored["customer.firstName"], won[0]["customer.firstName"]);
        }
    }
}

#[test]
fn updates_without_a_version_all_count() {
    for nodes in stores() {
        let created = nodes.post_as("TESTALL", 100, &[("apiOperation", "CREATE_SESSION")]);
        let id = &created["session.id"];
        let names = [
            "order.reference",
            "customer.firstName",
            "customer.lastName",
            "customer.email",
            "order.description",
            "billing.address.city",
        ];
        let answers = at_once(names.len(), |at| {
            let value = if names[at] == "customer.email" { "a@example.com" } else { "x" };
            nodes.post_as("TESTALL", 100, &[("apiOperation", "UPDATE_SESSION"), ("session.id", id), (names[at], value)])
        });
        let mut versions: Vec<&String> = answers.iter().map(|answer| &answer["session.version"]).collect();
        versions.sort();
        versions.dedup();
        assert_eq!(versions.len(), names.len(), "each update has a version of its own: {answers:?}");
        let stored = nodes.post_as("TESTALL", 100, &[("apiOperation", "RETRIEVE_SESSION"), ("session.id", id)]);
        assert!(names.iter().all(|name| stored.contains_key(*name)), "{stored:?}");
        assert!(stored["session.version"].ends_with("07"), "created and six times updated: {stored:?}");
    }
}

#[test]
fn one_order_paid_at_once_by_different_requests_is_charged_once() {
    for nodes in stores() {
        for round in 0..10 {
            let order = format!("order-{round}");
            let answers = at_once(8, |at| {
                let transaction = format!("{at}");
                let mut fields = vec![
                    ("apiOperation", "PAY"),
                    ("order.id", order.as_str()),
                    ("transaction.id", transaction.as_str()),
                    ("order.amount", "50.00"),
                ];
                fields.extend(CARD);
                nodes.post_as("TESTONCE", 100, &fields)
            });
            let paid = answers.iter().filter(|answer| answer["result"] == "SUCCESS").count();
            assert_eq!(paid, 1, "{answers:?}");
            for answer in answers.iter().filter(|answer| answer["result"] != "SUCCESS") {
                let locked = answer.get("response.gatewayCode").is_some_and(|code| code == "LOCK_FAILURE");
                let refused = answer
                    .get("error.explanation")
                    .is_some_and(|words| words.starts_with("Transaction or Order ID supplied"));
                assert!(locked || refused, "{answer:?}");
            }
            let stored = nodes.post_as("TESTONCE", 100, &[("apiOperation", "RETRIEVE_ORDER"), ("order.id", &order)]);
            assert_eq!(stored["totalCapturedAmount"], "50.00");
            assert!(!stored.contains_key("transaction[1].result"), "{stored:?}");
        }
    }
}

#[test]
fn of_several_orders_at_once_one_is_paid_by_a_quote() {
    for nodes in stores() {
        for round in 0..10 {
            let payment = [
                ("order.amount", "20.00"),
                ("order.currency", "USD"),
                ("sourceOfFunds.type", "CARD"),
                ("sourceOfFunds.provided.card.number", "4563769999994205"),
                ("sourceOfFunds.provided.card.expiry.month", "01"),
                ("sourceOfFunds.provided.card.expiry.year", "39"),
            ];
            let inquiry = [&[("apiOperation", "PAYMENT_OPTIONS_INQUIRY")], payment.as_slice()].concat();
            let offered = nodes.post_as("TESTQUOTES", 100, &inquiry);
            let quote = offered["paymentTypes.card.currencyConversion.requestId"].as_str();
            let answers = at_once(8, |at| {
                let order = format!("quoted-{round}-{at}");
                let mut fields = vec![
                    ("apiOperation", "PAY"),
                    ("order.id", order.as_str()),
                    ("transaction.id", "1"),
                    ("currencyConversion.requestId", quote),
                    ("currencyConversion.uptake", "ACCEPTED"),
                ];
                fields.extend(payment);
                nodes.post_as("TESTQUOTES", 100, &fields)
            });
            let (paid, refused): (Vec<&Pairs>, Vec<&Pairs>) =
                answers.iter().partition(|answer| answer["result"] == "SUCCESS");
            assert_eq!(paid.len(), 1, "{answers:?}");
            assert_eq!(paid[0]["currencyConversion.payerAmount"], "65.9998");
            let is_named = |answer: &&Pairs| answer["error.field"] == "currencyConversion.requestId";
            assert!(refused.iter().all(is_named), "{answers:?}");
        }
    }
}

#[test]
fn the_same_request_at_once_gets_the_same_answer() {
    for nodes in stores() {
        for round in 0..10 {
            let order = format!("same-{round}");
            let answers = at_once(8, |_| {
                let mut fields = vec![
                    ("apiOperation", "PAY"),
                    ("order.id", order.as_str()),
                    ("transaction.id", "1"),
                    ("order.amount", "50.00"),
                ];
                fields.extend(CARD);
                nodes.post_as("TESTSAME", 100, &fields)
            });
            assert_eq!(answers[0]["result"], "SUCCESS", "{:?}", answers[0]);
            assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        }
    }
}

#[test]
fn a_security_code_serves_one_of_two_operations_at_once() {
    for nodes in stores() {
        for round in 0..10 {
            let merchant = format!("TESTCODE{round}");
            let created = nodes.post_as(&merchant, 100, &[("apiOperation", "CREATE_SESSION")]);
            let id = &created["session.id"];
            let mut fields = vec![("apiOperation", "UPDATE_SESSION"), ("session.id", id), ("order.amount", "50.00")];
            fields.extend(CARD);
            nodes.post_as(&merchant, 100, &fields);
            let answers = at_once(4, |at| {
                let order = format!("code-{at}");
                nodes.post_as(
                    &merchant,
                    100,
                    &[("apiOperation", "PAY"), ("session.id", id), ("order.id", &order), ("transaction.id", "1")],
                )
            });
            let checked =
                answers.iter().filter(|answer| answer.contains_key("response.cardSecurityCode.gatewayCode")).count();
            assert_eq!(checked, 1, "{answers:?}");
            assert!(answers.iter().all(|answer| answer["result"] == "SUCCESS"), "{answers:?}");
        }
    }
}

#[test]
fn one_card_stored_at_once_by_several_clients_has_one_token() {
    for nodes in stores() {
        for round in 0..10 {
            let merchant = format!("TESTSTORE{round}");
            let stored = at_once(8, |at| {
                let year = format!("{}", 30 + at);
                let fields = [
                    ("apiOperation", "TOKENIZE"),
                    ("sourceOfFunds.provided.card.number", "5123450000000008"),
                    ("sourceOfFunds.provided.card.expiry.month", "12"),
                    ("sourceOfFunds.provided.card.expiry.year", year.as_str()),
                ];
                nodes.post_as(&merchant, 100, &fields)
            });
            assert!(stored.iter().all(|answer| answer["result"] == "SUCCESS"), "{stored:?}");
            let token = &stored[0]["token"];
            assert!(stored.iter().all(|answer| answer["token"] == *token), "{stored:?}");
            let kept = nodes.post_as(&merchant, 100, &[("apiOperation", "RETRIEVE_TOKEN"), ("token", token)]);
            let expiry = &kept["sourceOfFunds.provided.card.expiry"];
            assert!(stored.iter().any(|answer| answer["sourceOfFunds.provided.card.expiry"] == *expiry), "{kept:?}");
        }
    }
}

#[test]
fn one_token_pays_for_many_orders_at_once() {
    for nodes in stores() {
        let mut fields = vec![("apiOperation", "TOKENIZE")];
        fields.extend(CARD);
        let token = &nodes.post_as("TESTMANY", 100, &fields)["token"];
        let answers = at_once(32, |at| {
            let order = format!("many-{at}");
            let fields = [
                ("apiOperation", "PAY"),
                ("order.id", order.as_str()),
                ("transaction.id", "1"),
                ("order.amount", "50.00"),
                ("order.currency", "USD"),
                ("sourceOfFunds.token", token),
            ];
            nodes.post_as("TESTMANY", 100, &fields)
        });
        assert!(answers.iter().all(|answer| answer["result"] == "SUCCESS"), "{answers:?}");
    }
}

#[test]
fn a_token_that_is_deleted_while_it_pays_ends_as_one_of_both_orders_explains() {
    for nodes in stores() {
        for round in 0..10 {
            let merchant = format!("TESTGONE{round}");
            let mut fields = vec![("apiOperation", "TOKENIZE")];
            fields.extend(CARD);
            let token = &nodes.post_as(&merchant, 100, &fields)["token"];
            let answers = at_once(4, |at| {
                if at == 0 {
                    return nodes.post_as(&merchant, 100, &[("apiOperation", "DELETE_TOKEN"), ("token", token)]);
                }
                let order = format!("gone-{at}");
                let fields = [
                    ("apiOperation", "PAY"),
                    ("order.id", order.as_str()),
                    ("transaction.id", "1"),
                    ("order.amount", "50.00"),
                    ("order.currency", "USD"),
                    ("sourceOfFunds.token", token),
                ];
                nodes.post_as(&merchant, 100, &fields)
            });
            assert_eq!(answers[0]["result"], "SUCCESS", "{answers:?}");
            for answer in &answers[1..] {
                let not_found = answer.get("error.explanation").is_some_and(|words| words == "Token not found");
                assert!(not_found || answer["result"] == "SUCCESS", "{answer:?}");
            }
            let gone = nodes.post_as(&merchant, 100, &[("apiOperation", "RETRIEVE_TOKEN"), ("token", token)]);
            assert_eq!(gone["error.explanation"], "Token not found", "a payment does not bring it back: {gone:?}");
        }
    }
}
