//! Clocks that differ. Each merchant's world has a clock of its own, and what happens by one clock does not happen by
//! another. Clocks that differ between nodes or are turned back: what a merchant has been told of stays so.

use crate::listener::{Listener, OK};
use crate::server::{Pairs, Server};
use crate::stores::each_store;

const MERCHANT: &str = "TESTCLOCKS";

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
