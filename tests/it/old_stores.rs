//! Stores that earlier versions left (`tests/stores/`): each opens, gives the answers it gave then, and is used on.

use crate::listener::{Listener, OK};
use crate::server::{Pairs, Server, merchant_id};
use nvpgate::domain::secret::Secret;
use nvpgate::domain::timestamp::Timestamp;
use nvpgate::environment::Environment;
use nvpgate::store::MasterKey;
use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

const MERCHANT: &str = "TESTSTORE";

/// The master key of every store, 32 bytes in hexadecimal.
const MASTER_KEY: &str = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e";

/// Where the notifications in a store go.
const HOOK: &str = "127.77.8.9:28473";

/// A folder of `tests/stores/`, its store opened by a server of today at the moment the store was made.
struct OldStore {
    folder: PathBuf,
    names: Pairs,
    server: Server,
    _data: tempfile::TempDir,
}

impl OldStore {
    fn open(folder: &Path) -> OldStore {
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let names: Pairs = serde_urlencoded::from_str(&read("names").trim_end().replace('\n', "&")).expect("names");
        let data = tempfile::tempdir().expect("a directory for the copy");
        fs::copy(folder.join("nvpgate.db"), data.path().join("nvpgate.db")).expect("the store can be copied");
        let made = Timestamp::parse(&names["made"]).expect("a moment");
        let (environment, merchant) = (Environment::real(), merchant_id(MERCHANT));
        let now = environment.world(&merchant).now();
        environment.advance(&merchant, made.milliseconds() - now.milliseconds());
        let server = Server::start_by(environment, data.path(), &[], |config| {
            config.master_key = MasterKey::Given(Secret::new(MASTER_KEY));
        });
        OldStore { folder: folder.to_owned(), names, server, _data: data }
    }

    fn ask(&self, version: u8, fields: &[(&str, &str)]) -> Pairs {
        self.server.post_as(MERCHANT, version, fields)
    }

    /// Sends fields in version 100 and looks for some of the answer.
    #[track_caller]
    fn check(&self, fields: &[(&str, &str)], expected: &[(&str, &str)]) {
        let answer = self.ask(100, fields);
        for (name, value) in expected {
            assert_eq!(answer.get(*name).map(String::as_str), Some(*value), "{name} of {answer:?}");
        }
    }

    /// Every request of `answers` again. An answer may have fields that it did not have then.
    fn gives_the_answers_it_gave(&self) {
        let answers = fs::read_to_string(self.folder.join("answers")).expect("answers");
        for block in answers.trim_end().split("\n\n") {
            let lines: Vec<&str> = block.lines().collect();
            let [version, request, answer] = lines[..] else { panic!("not three lines: {block}") };
            let fields: Vec<(String, String)> = serde_urlencoded::from_str(request).expect("a request");
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let expected: Pairs = serde_urlencoded::from_str(answer).expect("an answer");
            let found = self.ask(version.parse().expect("a version"), &fields);
            for (name, value) in &expected {
                assert_eq!(found.get(name), Some(value), "{name} in the answer to {request}: {found:?}");
            }
        }
    }

    fn takes_what_follows_a_payment(&self) {
        let follow = |operation, number, amount| {
            [
                ("apiOperation", operation),
                ("order.id", "held"),
                ("transaction.id", number),
                ("transaction.amount", amount),
                ("transaction.currency", "USD"),
            ]
        };
        self.check(
            &follow("REFUND", "4", "20"),
            &[("result", "SUCCESS"), ("order.status", "PARTIALLY_REFUNDED"), ("order.totalRefundedAmount", "30.00")],
        );
        self.check(&follow("CAPTURE", "5", "40.01"), &[("error.cause", "INVALID_REQUEST")]);
        self.check(&follow("CAPTURE", "5", "40"), &[("result", "SUCCESS"), ("order.totalCapturedAmount", "100.00")]);
    }

    fn pays_by_session_token_and_quote(&self) {
        self.check(
            &[
                ("apiOperation", "PAY"),
                ("order.id", "by-session"),
                ("transaction.id", "1"),
                ("session.id", &self.names["session"]),
            ],
            &[
                ("result", "SUCCESS"),
                ("order.amount", "12.50"),
                ("billing.address.city", "London"),
                ("response.cardSecurityCode.gatewayCode", "MATCH"),
            ],
        );
        self.check(
            &[
                ("apiOperation", "PAY"),
                ("order.id", "by-token"),
                ("transaction.id", "1"),
                ("order.amount", "3"),
                ("order.currency", "USD"),
                ("sourceOfFunds.token", &self.names["token"]),
            ],
            &[("result", "SUCCESS"), ("sourceOfFunds.provided.card.number", "512345xxxxxx0008")],
        );
        self.check(
            &[
                ("apiOperation", "PAY"),
                ("order.id", "by-quote"),
                ("transaction.id", "1"),
                ("order.amount", "20"),
                ("order.currency", "USD"),
                ("currencyConversion.requestId", &self.names["quote"]),
                ("currencyConversion.uptake", "ACCEPTED"),
                ("sourceOfFunds.type", "CARD"),
                ("sourceOfFunds.provided.card.number", "4563769999994205"),
                ("sourceOfFunds.provided.card.expiry.month", "01"),
                ("sourceOfFunds.provided.card.expiry.year", "39"),
            ],
            &[("result", "SUCCESS"), ("currencyConversion.payerAmount", "65.9998")],
        );
    }

    fn shows_its_payment_link(&self) {
        let page = self.server.send("GET", &format!("/pbl/{}", self.names["link"]), &[], b"");
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("Two nights") && page.body.contains("USD 30.00"), "{}", page.body);
    }

    fn settles_what_was_pending(&self) {
        let retrieve = [("apiOperation", "RETRIEVE_ORDER"), ("order.id", "pending")];
        self.check(&retrieve, &[("status", "INITIATED"), ("totalCapturedAmount", "0.00")]);
        self.server.advance(MERCHANT, 31_000);
        self.check(&retrieve, &[("status", "CAPTURED"), ("totalCapturedAmount", "5.00")]);
    }

    /// They were tried before the store was closed, when nobody listened.
    fn delivers_the_notifications_that_wait(&self, listener: &Listener) {
        let mut waiting: BTreeSet<String> = ["1", "2", "3"].map(str::to_owned).into();
        while !waiting.is_empty() {
            let arrival = listener.next_in_time(&self.server.environment, MERCHANT);
            let told = arrival.pairs();
            if waiting.remove(&told["transaction.id"]) {
                assert_eq!(told["order.id"], "held");
                assert!(arrival.attempt() > 1, "{}", arrival.attempt());
            }
        }
    }
}

#[test]
fn what_earlier_versions_stored_is_there_and_is_used_on() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores");
    let entries = fs::read_dir(folder).expect("tests/stores is there").map(|entry| entry.expect("an entry").path());
    let stores: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    assert!(!stores.is_empty());
    for folder in stores {
        println!("{}", folder.display());
        let listener = Listener::on(TcpListener::bind(HOOK).expect("nothing else listens there"), Some(OK));
        let store = OldStore::open(&folder);
        store.gives_the_answers_it_gave();
        store.takes_what_follows_a_payment();
        store.pays_by_session_token_and_quote();
        store.shows_its_payment_link();
        store.settles_what_was_pending();
        store.delivers_the_notifications_that_wait(&listener);
    }
}
