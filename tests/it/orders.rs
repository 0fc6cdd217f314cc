//! The state machine of an order, seen from outside: every cell of its table has a fixture, any sequence of
//! operations keeps the totals that a model says, and of operations at once, on each store and at each of its nodes,
//! some order of them explains the end.

use crate::server::{Pairs, Server};
use crate::stores::{Nodes, each_store};
use nvpgate::domain::order::{OrderStatus, TRANSITIONS, transitions};
use nvpgate::limits::TRANSACTIONS_PER_ORDER;
use nvpgate::spec::operations::Op;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::thread;

const CARD: &[(&str, &str)] = &[
    ("sourceOfFunds.type", "CARD"),
    ("sourceOfFunds.provided.card.number", "5123450000000008"),
    ("sourceOfFunds.provided.card.expiry.month", "01"),
    ("sourceOfFunds.provided.card.expiry.year", "39"),
    ("sourceOfFunds.provided.card.securityCode", "100"),
];

/// Status and operation, and whether the fixture expects success.
type Cells = BTreeMap<(String, String), bool>;

/// The cells of the fixtures: exchanges whose caption is a status and an operation.
fn cells_with_a_fixture() -> Cells {
    let mut cells = Cells::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/order/state")).expect("a folder") {
        let path = entry.expect("a folder that can be listed").path();
        if path.extension().is_none_or(|extension| extension != "nvp") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a fixture is text");
        for exchange in text.split("\n> ").skip(1) {
            let caption = exchange.lines().next().unwrap_or_default();
            let result = exchange.lines().find_map(|line| line.strip_prefix("result = "));
            if let (Some((status, operation)), Some(result)) = (caption.split_once(' '), result)
                && Op::parse(operation).is_some_and(|op| transitions(op).next().is_some())
            {
                assert!(exchange.contains(&format!("apiOperation = {operation}\n")), "{caption}");
                cells.insert((status.to_owned(), operation.to_owned()), result == "SUCCESS");
            }
        }
    }
    cells
}

#[test]
fn every_cell_of_the_state_machine_has_a_fixture() {
    let operations: BTreeSet<Op> = TRANSITIONS.iter().map(|transition| transition.operation).collect();
    let statuses = OrderStatus::ALL.map(Some).into_iter().chain([None]);
    let mut table = Cells::new();
    for status in statuses {
        for operation in operations.iter().copied() {
            let allowed = transitions(operation).any(|transition| transition.may_follow(status, false));
            let name = status.map_or("NEW", OrderStatus::as_str);
            table.insert((name.to_owned(), operation.as_str().to_owned()), allowed);
        }
    }
    assert_eq!(table.len(), 12 * 9, "eleven statuses and none, by nine operations");
    let fixtures = cells_with_a_fixture();
    for (cell, allowed) in &table {
        assert_eq!(fixtures.get(cell), Some(allowed), "{cell:?}: the fixture against the table");
    }
}

/// One step of a random conversation; amounts in cents.
#[derive(Clone, Debug)]
enum Step {
    Authorize(i64),
    Pay(i64),
    Capture(i64),
    Refund(i64),
    Update(i64),
    /// Of the transaction of this number.
    Void(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let amount = prop_oneof![Just(1000_i64), Just(2500), Just(5000), 1..10_000_i64];
    prop_oneof![
        2 => amount.clone().prop_map(Step::Authorize),
        1 => amount.clone().prop_map(Step::Pay),
        4 => amount.clone().prop_map(Step::Capture),
        4 => amount.clone().prop_map(Step::Refund),
        1 => amount.prop_map(Step::Update),
        3 => (0..12_usize).prop_map(Step::Void),
    ]
}

/// What stands on an order: each transaction that moved money and was not undone.
#[derive(Default)]
struct Model {
    opened: bool,
    standing: Vec<Entry>,
}

struct Entry {
    id: usize,
    kind: char,
    amount: i64,
    of: usize,
}

impl Model {
    fn sum(&self, kinds: &str) -> i64 {
        self.standing.iter().filter(|entry| kinds.contains(entry.kind)).map(|entry| entry.amount).sum()
    }

    fn refunded(&self, id: usize) -> i64 {
        self.standing.iter().filter(|entry| entry.kind == 'R' && entry.of == id).map(|entry| entry.amount).sum()
    }

    /// Takes the step, if it is legal, as transaction `id`.
    fn take(&mut self, id: usize, step: &Step) -> bool {
        let (authorized, captured, refunded) = (self.sum("A"), self.sum("C"), self.sum("R"));
        let of = match step {
            Step::Authorize(_) | Step::Pay(_) if !self.opened => 0,
            Step::Capture(amount) if authorized >= captured + amount => {
                self.standing.iter().find(|entry| entry.kind == 'A').map_or(0, |entry| entry.id)
            }
            Step::Refund(amount) => {
                let left = |entry: &&Entry| "CP".contains(entry.kind) && entry.amount > self.refunded(entry.id);
                match self.standing.iter().filter(left).collect::<Vec<_>>().as_slice() {
                    [only] if only.amount - self.refunded(only.id) >= *amount => only.id,
                    _ => return false,
                }
            }
            Step::Update(amount) if refunded == 0 && captured < authorized && *amount >= captured => {
                self.standing[0].amount = *amount;
                return true;
            }
            Step::Void(target) => {
                let dependant = self.standing.iter().any(|entry| entry.of == *target);
                let before = self.standing.len();
                self.standing.retain(|entry| dependant || entry.id != *target);
                return self.standing.len() < before;
            }
            _ => return false,
        };
        let (kind, amount) = match step {
            Step::Authorize(amount) => ('A', *amount),
            Step::Pay(amount) => ('P', *amount),
            Step::Refund(amount) => ('R', *amount),
            Step::Capture(amount) | Step::Update(amount) => ('C', *amount),
            Step::Void(_) => return false,
        };
        self.opened = true;
        self.standing.push(Entry { id, kind, amount, of });
        true
    }

    fn totals(&self) -> [String; 3] {
        [self.sum("AP"), self.sum("CP"), self.sum("R")].map(money)
    }
}

fn money(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn send(server: &Server, order: &str, id: usize, step: &Step) -> Pairs {
    carry_out(order, id, step, |fields| server.post_as("TESTORDERS", 100, fields))
}

fn send_at(nodes: &Nodes, order: &str, id: usize, step: &Step) -> Pairs {
    carry_out(order, id, step, |fields| nodes.post_as("TESTORDERS", 100, fields))
}

fn carry_out(order: &str, id: usize, step: &Step, post: impl FnOnce(&[(&str, &str)]) -> Pairs) -> Pairs {
    let id = id.to_string();
    let (operation, text) = match step {
        Step::Authorize(amount) => ("AUTHORIZE", money(*amount)),
        Step::Pay(amount) => ("PAY", money(*amount)),
        Step::Capture(amount) => ("CAPTURE", money(*amount)),
        Step::Refund(amount) => ("REFUND", money(*amount)),
        Step::Update(amount) => ("UPDATE_AUTHORIZATION", money(*amount)),
        Step::Void(target) => ("VOID", target.to_string()),
    };
    let mut fields = vec![("apiOperation", operation), ("order.id", order), ("transaction.id", id.as_str())];
    match step {
        Step::Authorize(_) | Step::Pay(_) => {
            fields.extend([("order.amount", text.as_str()), ("order.currency", "USD")]);
            fields.extend(CARD);
        }
        Step::Void(_) => fields.push(("transaction.targetTransactionId", &text)),
        _ => fields.extend([("transaction.amount", text.as_str()), ("transaction.currency", "USD")]),
    }
    post(&fields)
}

fn totals(answer: &Pairs, prefix: &str) -> [String; 3] {
    ["totalAuthorizedAmount", "totalCapturedAmount", "totalRefundedAmount"]
        .map(|name| answer[&format!("{prefix}{name}")].clone())
}

#[test]
fn any_sequence_keeps_the_totals_of_a_model() {
    let server = Server::start();
    let orders = std::cell::Cell::new(0);
    let config = ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() };
    let sequences = (step(), proptest::collection::vec(step(), 1..14));
    proptest!(config, |((first, rest) in sequences)| {
        orders.set(orders.get() + 1);
        let order = format!("order-{}", orders.get());
        let mut model = Model::default();
        // Whatever came first, something has to open the order.
        let opening = if matches!(first, Step::Pay(_)) { first } else { Step::Authorize(10_000) };
        for (id, step) in [opening].iter().chain(&rest).enumerate() {
            // Numbers from 1, so that 0 is a transaction that never was.
            let id = id + 1;
            let answer = send(&server, &order, id, step);
            let legal = model.take(id, step);
            prop_assert_eq!(answer["result"] == "SUCCESS", legal, "{:?} as {}: {:?}", step, id, answer);
            if legal {
                prop_assert_eq!(totals(&answer, "order."), model.totals(), "{:?}: {:?}", step, answer);
            }
        }
        let stored = server.post_as("TESTORDERS", 100, &[("apiOperation", "RETRIEVE_ORDER"), ("order.id", &order)]);
        prop_assert_eq!(totals(&stored, ""), model.totals());
    });
}

#[test]
fn a_repeated_request_is_answered_again_and_moves_nothing() {
    let server = Server::start();
    let steps =
        [Step::Authorize(10_000), Step::Update(12_000), Step::Capture(4_000), Step::Refund(1_000), Step::Void(4)];
    let answers: Vec<Pairs> =
        steps.iter().enumerate().map(|(at, step)| send(&server, "repeated", at + 1, step)).collect();
    for (at, step) in steps.iter().enumerate() {
        assert_eq!(answers[at]["result"], "SUCCESS", "{step:?}: {:?}", answers[at]);
        assert_eq!(send(&server, "repeated", at + 1, step), answers[at], "{step:?} again");
    }
    let other = send(&server, "repeated", 3, &Step::Capture(4_001));
    assert!(other["error.explanation"].starts_with("Transaction or Order ID supplied already exists"), "{other:?}");
    let stored = server.post_as("TESTORDERS", 100, &[("apiOperation", "RETRIEVE_ORDER"), ("order.id", "repeated")]);
    assert_eq!(totals(&stored, ""), ["120.00", "40.00", "0.00"]);
    assert!(!stored.contains_key("transaction[5].result"), "{stored:?}");
}

#[test]
fn operations_on_one_order_at_once_end_in_a_state_that_one_order_of_them_explains() {
    for nodes in each_store(&[("server.workers", "4")]) {
        for round in 0..10 {
            let order = format!("raced-{round}");
            send_at(&nodes, &order, 1, &Step::Authorize(10_000));
            let barrier = std::sync::Barrier::new(4);
            let steps = [Step::Capture(6_000), Step::Capture(6_000), Step::Capture(4_000), Step::Void(1)];
            let answers: Vec<Pairs> = thread::scope(|scope| {
                let asking: Vec<_> = steps
                    .iter()
                    .enumerate()
                    .map(|(at, step)| {
                        let (nodes, order, barrier) = (&nodes, &order, &barrier);
                        scope.spawn(move || {
                            barrier.wait();
                            send_at(nodes, order, at + 2, step)
                        })
                    })
                    .collect();
                asking.into_iter().map(|thread| thread.join().expect("no client fails")).collect()
            });
            let won = |at: usize| answers[at]["result"] == "SUCCESS";
            for answer in answers.iter().filter(|answer| answer["result"] != "SUCCESS") {
                let locked = answer.get("response.gatewayCode").is_some_and(|code| code == "LOCK_FAILURE");
                assert!(locked || answer.contains_key("error.field"), "{answer:?}");
            }
            let captured: i64 =
                [(0, 6_000), (1, 6_000), (2, 4_000)].iter().filter(|(at, _)| won(*at)).map(|(_, c)| c).sum();
            assert!((0..4).any(won), "somebody wins: {answers:?}");
            assert!(captured <= 10_000, "more was captured than authorized: {answers:?}");
            assert!(!won(3) || captured == 0, "what was captured from was voided: {answers:?}");
            let stored = nodes.post_as("TESTORDERS", 100, &[("apiOperation", "RETRIEVE_ORDER"), ("order.id", &order)]);
            let authorized = if won(3) { 0 } else { 10_000 };
            assert_eq!(totals(&stored, ""), [money(authorized), money(captured), money(0)], "{answers:?}");
        }
    }
}

/// Whether taking these steps in this order gives these successes and ends in these totals.
fn explains(begin: &[Step], in_order: &[(usize, &Step, bool)], stored: &[String; 3]) -> bool {
    let mut model = Model::default();
    for (at, step) in begin.iter().enumerate() {
        model.take(at + 1, step);
    }
    in_order.iter().all(|(id, step, won)| model.take(*id, step) == *won) && model.totals() == *stored
}

#[test]
fn of_any_two_operations_at_once_one_order_explains_the_end() {
    let begin = [Step::Authorize(10_000), Step::Capture(4_000)];
    let steps = [
        Step::Capture(3_000),
        Step::Capture(6_000),
        Step::Refund(1_000),
        Step::Refund(4_000),
        Step::Update(4_000),
        Step::Update(12_000),
        Step::Void(1),
        Step::Void(2),
    ];
    let pairs = steps.iter().enumerate().flat_map(|(at, step)| steps[at..].iter().map(move |other| [step, other]));
    let pairs: Vec<[&Step; 2]> = pairs.collect();
    for nodes in each_store(&[("server.workers", "2")]) {
        for (number, pair) in pairs.iter().enumerate() {
            let order = format!("pair-{number}");
            for (at, step) in begin.iter().enumerate() {
                send_at(&nodes, &order, at + 1, step);
            }
            let barrier = std::sync::Barrier::new(2);
            let ask = |id: usize, step: &Step| {
                barrier.wait();
                send_at(&nodes, &order, id, step)
            };
            let answers = thread::scope(|scope| {
                let second = scope.spawn(|| ask(4, pair[1]));
                [ask(3, pair[0]), second.join().expect("no client fails")]
            });
            let done: Vec<(usize, &Step, bool)> = (0..2)
                // What met the other one changed nothing.
                .filter(|at| answers[*at].get("response.gatewayCode").is_none_or(|code| code != "LOCK_FAILURE"))
                .map(|at| (at + 3, pair[at], answers[at]["result"] == "SUCCESS"))
                .collect();
            let other_way_round: Vec<_> = done.iter().rev().copied().collect();
            let stored = nodes.post_as("TESTORDERS", 100, &[("apiOperation", "RETRIEVE_ORDER"), ("order.id", &order)]);
            let stored = totals(&stored, "");
            assert!(
                [done, other_way_round].iter().any(|in_order| explains(&begin, in_order, &stored)),
                "{pair:?} ended in {stored:?}, which no order of them explains: {answers:?}"
            );
        }
    }
}

#[test]
fn the_same_capture_at_once_is_made_once_and_answered_alike() {
    for nodes in each_store(&[("server.workers", "4")]) {
        for round in 0..10 {
            let order = format!("same-{round}");
            send_at(&nodes, &order, 1, &Step::Authorize(10_000));
            let barrier = std::sync::Barrier::new(6);
            let answers: Vec<Pairs> = thread::scope(|scope| {
                let ask = || {
                    barrier.wait();
                    send_at(&nodes, &order, 2, &Step::Capture(10_000))
                };
                let asking: Vec<_> = (0..6).map(|_| scope.spawn(ask)).collect();
                asking.into_iter().map(|thread| thread.join().expect("no client fails")).collect()
            });
            assert_eq!(answers[0]["result"], "SUCCESS", "{:?}", answers[0]);
            assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
            let stored = nodes.post_as("TESTORDERS", 100, &[("apiOperation", "RETRIEVE_ORDER"), ("order.id", &order)]);
            assert_eq!(totals(&stored, ""), ["100.00", "100.00", "0.00"]);
        }
    }
}

#[test]
fn an_order_takes_no_more_transactions_than_its_limit() {
    let server = Server::start();
    send(&server, "long", 1, &Step::Authorize(10_000));
    for id in 2..=TRANSACTIONS_PER_ORDER {
        let answer = send(&server, "long", id, &Step::Update(10_000));
        assert_eq!(answer["result"], "SUCCESS", "transaction {id}: {answer:?}");
    }
    let id = TRANSACTIONS_PER_ORDER + 1;
    let answer = send(&server, "long", id, &Step::Capture(10_000));
    let expected = format!("The order has {TRANSACTIONS_PER_ORDER} transactions and takes no more.");
    assert_eq!(answer["error.explanation"], expected, "{answer:?}");
    let stored = server.post_as("TESTORDERS", 100, &[("apiOperation", "RETRIEVE_ORDER"), ("order.id", "long")]);
    assert!(stored.contains_key(&format!("transaction[{}].result", TRANSACTIONS_PER_ORDER - 1)), "all are retrieved");
    assert_eq!(totals(&stored, ""), ["100.00", "0.00", "0.00"]);
}
