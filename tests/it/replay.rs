//! A repeated request gets the stored answer, byte for byte: every operation that adds a transaction, in its oldest
//! and its newest API version, at once and after everything that can happen to its order, on every node, and after
//! a crash; other contents under the same ids are refused.

mod cases;

use crate::server::{Child, PASSWORD, Pairs, Server};
use crate::stores::each_store;
use cases::{CARD, CASES, Case, ORDER, Request, Source, request};
use nvpgate::spec::dialect::RENAMED;
use nvpgate::spec::operations::{OPERATIONS, Op, Operation};
use nvpgate::spec::versions::{ApiVersion, NAMES_TARGET};
use std::collections::BTreeSet;

const NEWEST: u8 = 100;

/// The first API version whose callers name themselves.
const FIRST_WITH_USERNAME: u8 = 15;

const MERCHANT: &str = "TESTREPLAY";

const SECOND: i64 = 1_000;

/// Sends a body in an API version and gives the body of the answer.
type Send<'a> = &'a dyn Fn(u8, &str) -> String;

/// A case in one API version, once it has been played: what was sent and what came back.
struct Played {
    case: &'static Case,
    what: String,
    version: u8,
    order: String,
    fields: Vec<(String, String)>,
    answer: String,
}

/// A body of this version: its names, its credentials.
fn body(version: u8, operation: &str, fields: &[(String, String)]) -> String {
    let old = |name: &str| {
        let mut rows = RENAMED.iter().filter(|row| row.new == name && row.versions.contains(api_version(version)));
        rows.find(|row| row.operations.is_empty() || row.operations.iter().any(|op| op.as_str() == operation))
            .map(|row| row.old.as_str())
    };
    let username = format!("merchant.{MERCHANT}");
    let mut all = vec![("apiOperation", operation), ("apiPassword", PASSWORD), ("merchant", MERCHANT)];
    if version >= FIRST_WITH_USERNAME {
        all.push(("apiUsername", &username));
    }
    let fields = fields
        .iter()
        .filter(|(name, _)| name != "transaction.targetTransactionId" || NAMES_TARGET.contains(api_version(version)));
    all.extend(fields.map(|(name, value)| (old(name).unwrap_or(name), value.as_str())));
    serde_urlencoded::to_string(all).expect("pairs can be encoded")
}

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn decode(answer: &str) -> Pairs {
    serde_urlencoded::from_str(answer).expect("an encoded body")
}

/// Asks in the newest version.
fn ask(send: Send<'_>, operation: &str, fields: &[(&str, &str)]) -> Pairs {
    decode(&send(NEWEST, &body(NEWEST, operation, &owned(fields))))
}

impl Request {
    fn fields(&self, order: &str) -> Vec<(String, String)> {
        let ids = [("order.id", order), ("transaction.id", self.id)];
        owned(&[&ids, self.fields.concat().as_slice()].concat())
    }

    /// Carries it out in the newest version.
    fn carry_out(&self, send: Send<'_>, order: &str) -> Pairs {
        decode(&send(NEWEST, &body(NEWEST, self.operation, &self.fields(order))))
    }
}

fn number(version: ApiVersion) -> u8 {
    version.to_string().parse().expect("a version is a number")
}

impl Case {
    /// The oldest and the newest version in which it can be asked for.
    fn versions(&self) -> [u8; 2] {
        let versions = Op::parse(self.request.operation).expect("it is in the table").row().versions;
        let first = match self.source {
            Source::Session => number(Op::UpdateSession.row().versions.first()).max(number(versions.first())),
            _ => number(versions.first()),
        };
        [first, number(versions.last())]
    }

    /// A session that holds a card, filled in `version`.
    fn session(send: Send<'_>, version: u8) -> String {
        let in_version = |operation: &str, fields: &[(&str, &str)]| {
            decode(&send(version, &body(version, operation, &owned(fields))))
        };
        let created = in_version("CREATE_SESSION", &[]);
        let id = created["session.id"].clone();
        let own: &[(&str, &str)] = &[("session.id", id.as_str()), ("order.reference", "of the session")];
        let updated = in_version("UPDATE_SESSION", &[own, CARD].concat());
        assert_eq!(updated["session.updateStatus"], "SUCCESS", "{updated:?}");
        id
    }

    fn play(&'static self, send: Send<'_>, version: u8) -> Played {
        let what = format!("{} in version {version}", self.what);
        let order = format!("{}-{version}", self.what.replace(' ', "-"));
        for request in self.before {
            let answer = request.carry_out(send, &order);
            assert!(answer.contains_key("response.gatewayCode"), "before {what}: {answer:?}");
        }
        let mut fields = self.request.fields(&order);
        match self.source {
            Source::Request => {}
            Source::Session => fields.push(("session.id".to_owned(), Case::session(send, version))),
            Source::Token => {
                let stored = ask(send, "TOKENIZE", CARD);
                fields.push(("sourceOfFunds.token".to_owned(), stored["token"].clone()));
            }
        }
        let answer = send(version, &body(version, self.request.operation, &fields));
        assert_eq!(decode(&answer)["result"], self.result, "{what}: {answer}");
        let played = Played { case: self, what, version, order, fields, answer };
        if let Some((_, token)) = played.fields.iter().find(|(name, _)| name == "sourceOfFunds.token") {
            assert_eq!(ask(send, "DELETE_TOKEN", &[("token", token)])["result"], "SUCCESS", "{}", played.what);
        }
        if let Some((_, session)) = played.fields.iter().find(|(name, _)| name == "session.id") {
            let left = ask(send, "RETRIEVE_SESSION", &[("session.id", session)]);
            assert!(!left.keys().any(|name| name.ends_with("securityCode")), "{}: {left:?}", played.what);
        }
        played
    }
}

impl Played {
    fn assert_repeats(&self, send: Send<'_>, when: &str) {
        let again = send(self.version, &body(self.version, self.case.request.operation, &self.fields));
        assert_eq!(again, self.answer, "{}, repeated {when}", self.what);
    }

    /// Other contents and other operations under its ids get the gateway's words.
    fn assert_others_are_refused(&self, send: Send<'_>) {
        let mut other = self.fields.clone();
        other.retain(|(name, _)| name != "order.reference");
        other.push(("order.reference".to_owned(), "another".to_owned()));
        let operation = self.case.request.operation;
        let mut fewer = self.fields.clone();
        fewer.retain(|(name, _)| ["order.id", "transaction.id"].contains(&name.as_str()));
        let different = adding_a_transaction().filter(|row| row.name != operation);
        let different = different.filter(|row| row.versions.contains(api_version(self.version)));
        let same = [(operation, &other), (operation, &fewer)];
        for (operation, fields) in different.map(|row| (row.name, &self.fields)).chain(same) {
            let sent = body(self.version, operation, fields);
            if sent == body(self.version, self.case.request.operation, &self.fields) {
                continue;
            }
            let refused = decode(&send(self.version, &sent));
            // The errors of the first versions have no group.
            let explanation = refused.get("error.explanation").or(refused.get("explanation"));
            let words = "Transaction or Order ID supplied already exists, but the transaction parameters do not match. To \
                         retry a transaction, the parameters must be the same. For new transactions, order.id must be \
                         unique and transaction.id must be unique for the order.";
            assert_eq!(explanation.map(String::as_str), Some(words), "{} as {operation}: {refused:?}", self.what);
        }
    }

    fn transactions(&self, send: Send<'_>) -> usize {
        let order = ask(send, "RETRIEVE_ORDER", &[("order.id", &self.order)]);
        let is_id = |name: &&String| name.starts_with("transaction[") && name.ends_with("].transaction.id");
        order.keys().filter(is_id).count()
    }

    fn assert_moved_once(&self, send: Send<'_>, after: usize) {
        assert_eq!(self.transactions(send), self.case.before.len() + 1 + after, "{}", self.what);
    }

    /// What follows on the order.
    fn go_on(&self, send: Send<'_>) {
        for request in self.case.after {
            let answer = request.carry_out(send, &self.order);
            assert_eq!(answer["result"], "SUCCESS", "after {}: {answer:?}", self.what);
        }
    }
}

fn api_version(number: u8) -> ApiVersion {
    ApiVersion::parse(&number.to_string()).expect("it exists")
}

fn adding_a_transaction() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter().filter(|row| row.offered && row.adds_transaction())
}

fn play_all(send: Send<'_>) -> Vec<Played> {
    CASES.iter().flat_map(|case| case.versions().map(|version| case.play(send, version))).collect()
}

fn path(version: u8) -> String {
    format!("/api/nvp/version/{version}")
}

#[test]
fn every_operation_that_adds_a_transaction_has_a_case() {
    let add: BTreeSet<&str> = adding_a_transaction().map(|row| row.name).collect();
    let cases: BTreeSet<&str> = CASES.iter().map(|case| case.request.operation).collect();
    assert_eq!(cases, add);
}

#[test]
fn every_operation_that_adds_a_transaction_has_a_fixture_that_repeats_it_and_one_with_other_contents() {
    let fixture = include_str!("../../fixtures/operation/repeating-a-request.nvp");
    for row in adding_a_transaction() {
        let name = row.name;
        for caption in [format!("> {name} again\n"), format!("> {name} with other contents\n")] {
            assert!(fixture.contains(&caption), "{caption}");
        }
    }
}

#[test]
fn a_repeated_request_is_answered_byte_for_byte_at_any_time_and_on_any_node() {
    for nodes in each_store(&[]) {
        let send = |version, body: &str| nodes.send("POST", &path(version), &[], body.as_bytes()).body;
        let played = play_all(&send);
        // Twice each, so that every node is asked.
        let all_repeat = |when: &str| {
            played.iter().for_each(|played| (0..2).for_each(|_| played.assert_repeats(&send, when)));
        };
        all_repeat("at once");
        nodes.advance(MERCHANT, 31 * SECOND);
        all_repeat("31 seconds later");
        nodes.advance(MERCHANT, 3_600 * SECOND);
        all_repeat("an hour later");
        for played in &played {
            played.assert_others_are_refused(&send);
            played.assert_moved_once(&send, 0);
            let own = [("order.id", played.order.as_str()), ("transaction.id", played.case.request.id)];
            let now = ask(&send, "RETRIEVE_TRANSACTION", &own);
            let changes = played.case.result == "PENDING";
            assert_eq!(now["result"] != played.case.result, changes, "{}: {now:?}", played.what);
            played.go_on(&send);
        }
        all_repeat("after other transactions");
        for played in &played {
            played.assert_others_are_refused(&send);
            played.assert_moved_once(&send, played.case.after.len());
        }
    }
}

#[test]
fn a_repeated_request_is_answered_byte_for_byte_after_a_crash() {
    let data = tempfile::tempdir().expect("a directory for the store");
    let start = || Child::start_on(data.path(), &[("RUST_LOG", "off")]);
    let child = start();
    let played = play_all(&|version, body| child.send("POST", &path(version), &[], body.as_bytes()).body);
    // SIGKILL.
    drop(child);
    let child = start();
    let send = |version, body: &str| child.send("POST", &path(version), &[], body.as_bytes()).body;
    for played in &played {
        played.assert_repeats(&send, "after a crash");
        played.assert_moved_once(&send, 0);
        // What follows the outcome that changes has to wait for it.
        if played.case.result != "PENDING" {
            played.go_on(&send);
        }
        played.assert_repeats(&send, "after a crash and other transactions");
    }
    drop(child);
    let server = Server::start_on(data.path(), &[], |_| {});
    server.advance(MERCHANT, 3_600 * SECOND);
    let send = |version, body: &str| server.send("POST", &path(version), &[], body.as_bytes()).body;
    for played in &played {
        played.assert_repeats(&send, "an hour after two crashes");
        played.assert_others_are_refused(&send);
        played.go_on(&send);
        played.assert_moved_once(&send, played.case.after.len());
    }
}

#[test]
fn a_request_repeated_in_another_version_gets_the_answer_of_the_version_it_was_made_in() {
    let server = Server::start();
    let send = |version, body: &str| server.send("POST", &path(version), &[], body.as_bytes()).body;
    // The names of a card changed with version 17, and what an answer says with many others.
    let versions = [15, 16, 17, 20, 46, 57, NEWEST];
    for made_in in versions {
        let order = format!("made-in-{made_in}");
        // These names are known in every version.
        let fields = request("PAY", "1", &[ORDER, CARD]).fields(&order);
        let sent = body(NEWEST, "PAY", &fields);
        let answer = send(made_in, &sent);
        assert_eq!(decode(&answer)["version"], made_in.to_string(), "{answer}");
        for version in versions {
            assert_eq!(send(version, &sent), answer, "made in version {made_in} and repeated in {version}");
        }
    }
}

#[test]
fn a_repeated_request_is_answered_byte_for_byte_though_the_configuration_has_changed() {
    let data = tempfile::tempdir().expect("a directory for the store");
    let merchant = |category_code: &str| {
        let digest = "3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9";
        format!("[{{ id = \"{MERCHANT}\", password_sha256 = [\"{digest}\"], category_code = \"{category_code}\" }}]")
    };
    let sent = body(NEWEST, "PAY", &request("PAY", "1", &[ORDER, CARD]).fields("kept"));
    let [answer, again] = ["1234", "5812"].map(|category_code| {
        let server = Server::start_on(data.path(), &[("merchant", &merchant(category_code))], |_| {});
        server.send("POST", &path(NEWEST), &[], sent.as_bytes()).body
    });
    assert_eq!(decode(&answer)["result"], "SUCCESS", "{answer}");
    assert_eq!(again, answer);
}
