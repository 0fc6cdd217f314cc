//! Forms that are sent at the same time, to one node and to two.

use super::{APPROVED, DECLINED, assert_page, form, link, order, send, transactions};
use crate::postgres;
use crate::server::{Answer, Server};
use nvpgate::domain::secret::Secret;
use nvpgate::store::MasterKey;
use std::sync::Barrier;
use std::thread;

/// Sends forms at once, to one server each, and gives the answers in their order.
fn at_once(sent: &[(&Server, String)], path: &str) -> Vec<Answer> {
    let barrier = Barrier::new(sent.len());
    let send_one = |server: &Server, body: &str| {
        barrier.wait();
        send(server, "POST", path, body)
    };
    thread::scope(|scope| {
        let all: Vec<_> = sent.iter().map(|(server, body)| scope.spawn(|| send_one(server, body))).collect();
        all.into_iter().map(|one| one.join().expect("an answer")).collect()
    })
}

/// Eight payers who press at the same time: with one form they all see it paid, with eight different cards one of them
/// pays and the others hear that it is paid; and no link allows more attempts than it says.
fn charges_once(servers: &[Server]) {
    let server = &servers[0];
    for round in 0..5 {
        let (same, other, declined) = (format!("s{round}"), format!("o{round}"), format!("d{round}"));
        let forms = |month: &str, differ: bool| -> Vec<(&Server, String)> {
            let one = |at: usize| {
                let name = format!("Payer {at}");
                let more = [("sourceOfFunds.provided.card.nameOnCard", name.as_str())];
                (&servers[at % servers.len()], form("1", month, if differ { &more } else { &[] }))
            };
            (0..8).map(one).collect()
        };
        let (_, path) = link(server, &same, &[]);
        for answer in at_once(&forms(APPROVED, false), &path) {
            assert_page(&answer, 200, &["complete"]);
        }
        let (_, path) = link(server, &other, &[]);
        let answers = at_once(&forms(APPROVED, true), &path);
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 410, 410, 410, 410, 410, 410, 410]);
        let (_, path) = link(server, &declined, &[("paymentLink.numberOfAllowedAttempts", "3")]);
        at_once(&forms(DECLINED, true), &path);
        for (id, captured, count) in [(&same, "50.00", 1), (&other, "50.00", 1), (&declined, "0.00", 3)] {
            let order = order(server, id);
            assert_eq!((order["totalCapturedAmount"].as_str(), transactions(&order)), (captured, count), "{order:?}");
        }
    }
}

#[test]
fn forms_that_are_sent_at_once_charge_once() {
    charges_once(&[Server::start_with(&[("server.workers", "4")])]);
}

#[test]
fn forms_that_are_sent_at_once_to_two_nodes_charge_once() {
    let Some(database) = postgres::database() else { return };
    let store = toml::Value::from(database.url()).to_string();
    let node = || {
        Server::start_changed(&[("store", &store), ("server.workers", "2")], |config| {
            config.master_key = MasterKey::Given(Secret::new("ab".repeat(32)));
        })
    };
    charges_once(&[node(), node()]);
}
