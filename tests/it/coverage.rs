//! The catalogue as a test: every row broken in every way its kind can be broken, and every operation without
//! each of the fields it requires, one at a time. Each such request gets exactly one error, and it names that
//! field; each value that is good gets none that does.
//!
//! The cases are made from the table. What does not behave so stands in `coverage/exceptions.txt` with the
//! reason, and may not stand there once it does.

mod cases;

use crate::server::{PASSWORD, Pairs, Server, exchange};
use cases::{Case, cases, example, may_be_empty};
use nvpgate::check::shape::{Policy, UnknownFields, shape};
use nvpgate::dialect::errors;
use nvpgate::domain::rejection::ValidationType;
use nvpgate::fields::Fields;
use nvpgate::spec::conditions::{CONDITIONS, Condition};
use nvpgate::spec::fields::{FIELDS, Field};
use nvpgate::spec::operations::{OPERATIONS, Operation, Required};
use nvpgate::spec::versions::{ApiVersion, Versions};
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufReader;
use std::net::TcpStream;

const EXCEPTIONS: &str = include_str!("coverage/exceptions.txt");

const MERCHANT: &str = "TESTCOVERAGE";

/// One connection to a server that refuses every name that the catalogue does not have.
struct Endpoint {
    stream: BufReader<TcpStream>,
    _server: Server,
}

impl Endpoint {
    fn start() -> Endpoint {
        let server = Server::start_with(&[("fields.unknown", "\"refuse\"")]);
        Endpoint { stream: BufReader::new(server.connect()), _server: server }
    }

    /// Sends the pairs, and behind them the credentials that they do not have.
    fn ask(&mut self, version: u8, pairs: &Pairs) -> Pairs {
        let mut all = pairs.clone();
        for (name, value) in
            [("merchant", MERCHANT), ("apiUsername", &format!("merchant.{MERCHANT}")), ("apiPassword", PASSWORD)]
        {
            all.entry(name.to_owned()).or_insert_with(|| value.to_owned());
        }
        let body = serde_urlencoded::to_string(&all).expect("pairs can be encoded");
        let head = format!(
            "POST /api/nvp/version/{version} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n",
            body.len()
        );
        exchange(&mut self.stream, (head + &body).as_bytes()).pairs()
    }
}

/// What an answer says is wrong with a field: the name and MISSING, INVALID or UNSUPPORTED. The first versions
/// say it in their text alone.
fn fault(answer: &Pairs) -> Option<(String, &'static str)> {
    let said = |name: &str| answer.get(name).map(String::as_str).unwrap_or_default();
    if let Some(name) = answer.get("error.field") {
        let kinds = [ValidationType::Missing, ValidationType::Invalid, ValidationType::Unsupported];
        let kind = kinds.into_iter().find(|kind| kind.as_str() == said("error.validationType"));
        return Some((name.clone(), kind.expect("an error about a field says what is wrong").as_str()));
    }
    let (start, rest) = said("explanation").split_once(" '")?;
    let name = rest.split('\'').next().unwrap_or_default().to_owned();
    match start {
        "Unexpected parameter" => Some((name, "UNSUPPORTED")),
        _ if rest.contains("' is required.") => Some((name, "MISSING")),
        _ => Some((name, "INVALID")),
    }
}

/// Collects what behaves otherwise, and compares it with what is known to.
struct Ledger {
    part: &'static str,
    seen: BTreeMap<String, String>,
}

impl Ledger {
    fn new(part: &'static str) -> Ledger {
        Ledger { part, seen: BTreeMap::new() }
    }

    fn expect(&mut self, case: String, expected: bool, otherwise: String) {
        if !expected {
            self.seen.insert(case, otherwise);
        }
    }

    fn close(self) {
        let known: BTreeSet<&str> = EXCEPTIONS
            .lines()
            .filter_map(|line| line.strip_prefix(self.part)?.strip_prefix(": ")?.split(" # ").next())
            .collect();
        let new: Vec<String> = self
            .seen
            .iter()
            .filter(|(case, _)| !known.contains(case.as_str()))
            .map(|(case, what)| format!("{}: {case} # {what}", self.part))
            .collect();
        assert!(new.is_empty(), "{} cases behave otherwise than the table says:\n{}", new.len(), new.join("\n"));
        let mended: Vec<&&str> = known.iter().filter(|case| !self.seen.contains_key(**case)).collect();
        assert!(mended.is_empty(), "these behave as they should; take them out of the exceptions: {mended:#?}");
    }
}

#[test]
fn a_request_that_breaks_one_row_gets_one_error_that_names_its_field() {
    let mut endpoint = Endpoint::start();
    let mut ledger = Ledger::new("value");
    let mut run = 0;
    for field in FIELDS {
        let name = example(field);
        let cases = cases(field);
        assert!(cases.iter().any(|case| case.reason.is_none()), "{name} has no good value");
        assert!(cases.iter().any(|case| case.reason.is_some()) || may_be_empty(field), "{name} has no bad value");
        for Case { value, reason } in cases {
            run += 1;
            let mut pairs: Pairs =
                [("apiOperation", "RETRIEVE_TRANSACTION"), ("order.id", "none"), ("transaction.id", "1")]
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .into();
            pairs.insert(name.to_string(), value.clone());
            let answer = endpoint.ask(last_of(field.versions), &pairs);
            let found = fault(&answer).filter(|(about, _)| *about == name.text());
            let start: String = value.chars().take(20).collect();
            let case = format!(
                "{name} in version {} = {start:?} of {} characters",
                field.versions.last(),
                value.chars().count()
            );
            let said = answer.get("error.explanation").or(answer.get("explanation")).cloned().unwrap_or_default();
            let as_expected = match &reason {
                None => found.is_none(),
                Some(reason) => found.is_some_and(|(_, what)| what == "INVALID") && said.contains(reason.as_str()),
            };
            ledger.expect(case, as_expected, said);
        }
    }
    println!("{run} values of {} rows", FIELDS.len());
    ledger.close();
}

#[test]
fn a_request_without_a_required_field_gets_one_error_that_names_it() {
    let mut endpoint = Endpoint::start();
    let mut ledger = Ledger::new("missing");
    let (mut run, mut operations) = (0, 0);
    for operation in OPERATIONS.iter().filter(|operation| operation.offered) {
        operations += 1;
        for version in BTreeSet::from([first_of(operation.versions), last_of(operation.versions)]) {
            let whole = whole_request(&mut endpoint, operation, version);
            run += 1;
            let missing = fault(&ask_anew(&mut endpoint, version, &whole, run)).filter(|(_, what)| *what == "MISSING");
            let case = format!("{} in version {version} without nothing", operation.name);
            ledger.expect(case, missing.is_none(), format!("{missing:?}"));
            for (left_out, request) in requests_without(operation, version, &whole) {
                run += 1;
                let expected = errors::name(operation.op, api_version(version), &left_out);
                let found = fault(&ask_anew(&mut endpoint, version, &request, run));
                let case = format!("{} in version {version} without {left_out}", operation.name);
                let as_expected = found == Some((expected.to_owned(), "MISSING"));
                ledger.expect(case, as_expected, format!("{found:?}"));
            }
        }
    }
    println!("{run} requests to {operations} operations, each without one field that it requires");
    ledger.close();
}

fn api_version(number: u8) -> ApiVersion {
    ApiVersion::parse(&number.to_string()).expect("it exists")
}

fn first_of(versions: Versions) -> u8 {
    versions.first().to_string().parse().expect("a version is a number")
}

fn last_of(versions: Versions) -> u8 {
    versions.last().to_string().parse().expect("a version is a number")
}

/// Asks about an order and a transaction that nobody has asked about.
fn ask_anew(endpoint: &mut Endpoint, version: u8, request: &Pairs, run: usize) -> Pairs {
    let mut request = request.clone();
    for name in ["order.id", "transaction.id"] {
        request.entry(name.to_owned()).and_modify(|id| *id = format!("I-{run}"));
    }
    endpoint.ask(version, &request)
}

/// For each thing that the operation requires, what is missing, and the whole request without it. A group that
/// brings requirements is put in first.
fn requests_without(operation: &Operation, version: u8, whole: &Pairs) -> Vec<(String, Pairs)> {
    let without = |request: &Pairs, names: &[&str]| {
        let mut request = request.clone();
        names.iter().for_each(|name| drop(request.remove(*name)));
        (names[0].to_owned(), request)
    };
    let mut requests = vec![without(whole, &["apiOperation"])];
    for required in operation.required {
        match required {
            Required::With { group, names } => {
                let mut request = whole.clone();
                // A group may be a field by itself.
                let itself = FIELDS.iter().find(|row| row.name == *group.as_str()).map(|row| row.name);
                for name in names.iter().copied().chain(itself) {
                    request.entry(name.to_string()).or_insert_with(|| good_value(name.as_str(), version));
                }
                let brought = names.iter().filter(|name| **name != *group.as_str());
                requests.extend(brought.map(|name| without(&request, &[name.as_str()])));
            }
            required if is_asked(required, version) => {
                let names: Vec<&str> = required.names().iter().map(|name| name.as_str()).collect();
                requests.push(without(whole, &names));
            }
            _ => {}
        }
    }
    // What a session is filled with need not be whole before it is used.
    if !operation.session.fills_step_by_step() {
        for condition in CONDITIONS {
            requests.extend(requests_without_part(operation, version, whole, condition));
        }
    }
    requests
}

/// For each field that a group requires, that field, and the whole request with the whole group but for it. There
/// are none where the operation does not have the group, or the group nothing else.
fn requests_without_part(
    operation: &Operation,
    version: u8,
    whole: &Pairs,
    condition: &Condition,
) -> Vec<(String, Pairs)> {
    let required: Vec<String> = condition.required.iter().map(ToString::to_string).collect();
    let rows: Vec<&Field> = FIELDS
        .iter()
        .filter(|row| {
            row.name.as_str().starts_with(&*condition.present())
                && row.versions.contains(api_version(version))
                && row.is_of(operation.op)
        })
        .collect();
    let has_all =
        required.iter().all(|name| FIELDS.iter().any(|row| row.name == name.as_str() && row.is_of(operation.op)));
    let present = rows.iter().map(|row| row.name.to_string()).chain(required.iter().cloned()).collect::<BTreeSet<_>>();
    if !has_all || present.len() < 2 {
        return Vec::new();
    }
    let mut base = whole.clone();
    for brought in operation.required {
        if let Required::With { group, names } = brought
            && condition.present().starts_with(group.as_str())
        {
            base.extend(names.iter().map(|name| (name.to_string(), good_value(name.as_str(), version))));
        }
    }
    let mut request = base.clone();
    for name in present {
        let value = good_value(&name, version);
        request.entry(name.replace("[n]", "[0]")).or_insert(value);
    }
    // What the operation requires by itself has had its turn.
    let required = required.iter().map(|name| name.replace("[n]", "[0]")).filter(|name| !base.contains_key(name));
    let without = |name: String| {
        let mut request = request.clone();
        request.remove(&name);
        (name, request)
    };
    required.map(without).collect()
}

/// Whether the requirement stands in this version, whatever else the request has.
fn is_asked(required: &Required, version: u8) -> bool {
    match required {
        Required::One(_) | Required::Either(_) => true,
        Required::In(versions, _) => versions.contains(api_version(version)),
        Required::With { .. } => false,
    }
}

/// A request with everything that the operation requires, each field with a good value.
fn whole_request(endpoint: &mut Endpoint, operation: &Operation, version: u8) -> Pairs {
    let mut pairs: Pairs = [("apiOperation".to_owned(), operation.name.to_owned())].into();
    for required in operation.required.iter().filter(|required| is_asked(required, version)) {
        let name = required.names()[0];
        pairs.insert(name.to_string(), good_value(name.as_str(), version));
    }
    if pairs.contains_key("session.id") {
        let create = Pairs::from([("apiOperation".to_owned(), "CREATE_SESSION".to_owned())]);
        let session = endpoint.ask(version, &create).remove("session.id").expect("a new session");
        pairs.insert("session.id".to_owned(), session);
    }
    pairs
}

/// The shortest good value, which keeps clear of what is only just of a kind; of cards, currencies and sources,
/// what the simulator knows.
fn good_value(name: &str, version: u8) -> String {
    match name {
        "order.currency" | "transaction.currency" => "USD".to_owned(),
        "sourceOfFunds.provided.card.number" => "5123450000000008".to_owned(),
        "sourceOfFunds.type" => "CARD".to_owned(),
        _ => {
            let row = FIELDS.iter().find(|row| row.name == name && row.versions.contains(api_version(version)));
            let row = row.unwrap_or_else(|| panic!("{name} is no field of version {version}"));
            let good = cases(row).into_iter().filter(|case| case.reason.is_none()).map(|case| case.value);
            good.filter(|value| !value.is_empty()).min_by_key(String::len).expect("each row has a good value")
        }
    }
}

#[test]
fn no_row_takes_a_value_without_end() {
    let policy = Policy { unknown_fields: UnknownFields::Refuse, accept_live_numbers: true, ..Policy::default() };
    // The length of the others is checked against their row.
    for field in FIELDS.iter().filter(|row| !row.kind.is_measured()) {
        let name = example(field);
        let version = field.versions.last();
        for start in ["", "0", "1", "true", "2026-11-23T10:30:00.", "10:30:00"] {
            for fill in ["0", "1", " ", "a", ",", "[", "."] {
                let value = format!("{start}{}", fill.repeat(100));
                let request: Fields = [(name.clone(), value)].into_iter().collect();
                assert!(shape(&request, version, &policy).is_err(), "{name} takes {start}{fill}{fill}…");
            }
        }
    }
}
