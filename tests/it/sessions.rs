//! What every operation does with a session, by the table of operations: what it takes out of it, which session
//! it refuses, and that the security code leaves it.

use crate::server::{Pairs, Server};
use nvpgate::domain::order::transitions;
use nvpgate::fields::Name;
use nvpgate::spec::operations::{OPERATIONS, Operation, Required, SessionUse};
use nvpgate::spec::versions::ApiVersion;

const CODE: &str = "sourceOfFunds.provided.card.securityCode";

/// A session that holds something for every field that an operation with a session requires.
const CONTENTS: &[(&str, &str)] = &[
    ("disbursementType", "RAPID_MERCHANT_SETTLEMENT"),
    ("order.amount", "50.00"),
    ("order.currency", "USD"),
    ("order.reference", "from the session"),
    ("paymentRecipient.address.city", "London"),
    ("paymentRecipient.address.country", "GBR"),
    ("paymentRecipient.address.street", "12 St James Square"),
    ("paymentRecipient.firstName", "Ada"),
    ("paymentRecipient.lastName", "Lovelace"),
    ("sourceOfFunds.provided.card.expiry.month", "01"),
    ("sourceOfFunds.provided.card.expiry.year", "39"),
    ("sourceOfFunds.provided.card.number", "5123450000000008"),
    (CODE, "100"),
    ("sourceOfFunds.type", "CARD"),
    ("transaction.amount", "50.00"),
    ("transaction.authorizationCode", "A12345"),
    ("transaction.currency", "USD"),
];

/// Ids are new for every request.
const IDS: &[&str] = &["order.id", "session.id", "transaction.id"];

fn offered(uses: &[SessionUse]) -> Vec<&'static Operation> {
    let rows: Vec<_> = OPERATIONS.iter().filter(|row| row.offered && uses.contains(&row.session)).collect();
    assert!(!rows.is_empty(), "some operation is {uses:?}");
    rows
}

struct Client<'a> {
    server: &'a Server,
    merchant: String,
}

impl Client<'_> {
    fn ask(&self, version: u8, operation: &str, fields: &[(&str, &str)]) -> Pairs {
        let mut all = vec![("apiOperation", operation)];
        all.extend(fields);
        self.server.post_as(&self.merchant, version, &all)
    }

    fn session(&self, contents: &[(&str, &str)]) -> Pairs {
        let created = self.ask(100, "CREATE_SESSION", &[]);
        let mut fields = vec![("session.id", created["session.id"].as_str())];
        fields.extend(contents);
        let updated = self.ask(100, "UPDATE_SESSION", &fields);
        assert_eq!(updated["session.updateStatus"], "SUCCESS", "{updated:?}");
        updated
    }

    /// Carries an operation out under these ids, with everything else in the session.
    fn carry_out(&self, version: u8, row: &Operation, id: &str, session: &str, more: &[(&str, &str)]) -> Pairs {
        let mut fields = vec![("session.id", session)];
        if transitions(row.op).next().is_some() {
            fields.extend([("order.id", id), ("transaction.id", "1")]);
        }
        fields.extend(more);
        self.ask(version, row.name, &fields)
    }

    fn holds_code(&self, session: &str) -> bool {
        self.ask(100, "RETRIEVE_SESSION", &[("session.id", session)]).contains_key(CODE)
    }
}

fn client<'a>(server: &'a Server, row: &Operation) -> Client<'a> {
    Client { server, merchant: format!("TEST{}", row.name) }
}

fn explanation(answer: &Pairs) -> &str {
    answer.get("error.explanation").map_or("", String::as_str)
}

#[test]
fn the_session_of_these_tests_holds_what_every_operation_requires() {
    for row in offered(&[SessionUse::References]) {
        for required in row.required {
            let held = |name: &Name| IDS.contains(&name.as_str()) || CONTENTS.iter().any(|(held, _)| *held == *name);
            let whole = match required {
                Required::Either(names) => names.iter().any(held),
                others => others.names().iter().all(held),
            };
            assert!(whole, "{}: {required:?} is not in the session", row.name);
        }
    }
}

#[test]
fn what_a_request_leaves_out_comes_from_the_session_and_what_it_says_goes_over_it() {
    let server = Server::start();
    for row in offered(&[SessionUse::References]) {
        let client = client(&server, row);
        let session = client.session(CONTENTS);
        let id = session["session.id"].as_str();
        let answer = client.carry_out(100, row, "order", id, &[]);
        assert!(!answer.contains_key("error.cause"), "{}: {answer:?}", row.name);
        if transitions(row.op).next().is_none() {
            continue;
        }
        assert_eq!(answer["result"], "SUCCESS", "{}: {answer:?}", row.name);
        assert_eq!(answer["order.reference"], "from the session", "{}", row.name);
        let other = client.carry_out(100, row, "other", id, &[("order.reference", "from the request")]);
        assert_eq!(other["order.reference"], "from the request", "{}", row.name);
        assert!(!answer.contains_key("session.id"), "{}: whoever knows it may use it: {answer:?}", row.name);
    }
}

#[test]
fn the_security_code_serves_one_operation() {
    let server = Server::start();
    for row in offered(&[SessionUse::References]) {
        let client = client(&server, row);
        let session = client.session(CONTENTS);
        let id = session["session.id"].as_str();
        let first = client.carry_out(100, row, "first", id, &[]);
        assert!(!client.holds_code(id), "{} leaves the code in the session", row.name);
        let second = client.carry_out(100, row, "second", id, &[]);
        if transitions(row.op).next().is_some() {
            let verdict = "response.cardSecurityCode.gatewayCode";
            assert_eq!(first.get(verdict).map(String::as_str), Some("MATCH"), "{}: {first:?}", row.name);
            assert_eq!(second.get(verdict), None, "{}: {second:?}", row.name);
        }
    }
    for row in offered(&[SessionUse::Reads, SessionUse::Updates]) {
        let client = client(&server, row);
        let session = client.session(CONTENTS);
        let id = session["session.id"].as_str();
        client.carry_out(100, row, "first", id, &[]);
        assert!(client.holds_code(id), "{} takes the code out of the session it is about", row.name);
    }
}

#[test]
fn a_version_that_is_not_current_is_refused_and_the_current_one_taken() {
    let server = Server::start();
    for row in [offered(&[SessionUse::References]), offered(&[SessionUse::Reads, SessionUse::Updates])].concat() {
        let client = client(&server, row);
        let session = client.session(CONTENTS);
        let id = session["session.id"].as_str();
        let stale = client.carry_out(100, row, "stale", id, &[("session.version", "0000000000")]);
        assert_eq!(stale.get("error.field").map(String::as_str), Some("session.version"), "{}: {stale:?}", row.name);
        assert!(client.holds_code(id), "{}: what is refused takes no code", row.name);
        let current = client.carry_out(100, row, "current", id, &[("session.version", &session["session.version"])]);
        assert!(!current.contains_key("error.cause"), "{}: {current:?}", row.name);
    }
}

#[test]
fn a_session_belongs_to_the_api_version_that_filled_it() {
    let server = Server::start();
    for row in offered(&[SessionUse::References])
        .into_iter()
        .filter(|row| row.versions.contains(ApiVersion::parse("79").expect("it exists")))
    {
        let client = client(&server, row);
        let session = client.session(CONTENTS);
        let answer = client.carry_out(79, row, "order", &session["session.id"], &[]);
        let said = explanation(&answer);
        assert!(said.starts_with("The session was updated with API version 100"), "{}: {answer:?}", row.name);
    }
}

#[test]
fn a_session_that_is_empty_unknown_or_anothers_is_refused() {
    let server = Server::start();
    for row in offered(&[SessionUse::References]) {
        let client = client(&server, row);
        let empty = client.ask(100, "CREATE_SESSION", &[]);
        let answer = client.carry_out(100, row, "order", &empty["session.id"], &[]);
        assert!(explanation(&answer).contains("NO_UPDATE"), "{}: {answer:?}", row.name);

        let stranger = Client { server: &server, merchant: format!("TEST-{}", row.name) };
        let full = client.session(CONTENTS);
        for id in [full["session.id"].as_str(), "SESSION0002000000000000000000AA"] {
            let answer = stranger.carry_out(100, row, "order", id, &[]);
            assert_eq!(explanation(&answer), "Form Session not found or expired.", "{}: {answer:?}", row.name);
        }
    }
}

#[test]
fn an_operation_that_takes_no_session_looks_at_none() {
    let server = Server::start();
    for row in offered(&[SessionUse::None]) {
        let answer = client(&server, row).carry_out(100, row, "order", "SESSION0002000000000000000000AA", &[]);
        assert_ne!(explanation(&answer), "Form Session not found or expired.", "{}", row.name);
    }
}
