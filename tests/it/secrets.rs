//! No card number, security code, password or session id is written anywhere in the clear: not in the log at
//! its most talkative, not in the store's files.

use crate::server::{Child, PASSWORD};
use std::fs;
use std::path::Path;

const NUMBER: &str = "5123450000000008";
const CODE: &str = "739";

#[test]
fn neither_log_nor_files_hold_a_secret() {
    let data = tempfile::tempdir().expect("a directory for the store");
    let server = Child::start_on(data.path(), &[("NVPGATE_LOG", "trace")]);
    let who = format!("merchant=TESTSECRET&apiUsername=merchant.TESTSECRET&apiPassword={PASSWORD}");
    let card = format!(
        "order.amount=5.00&order.currency=USD&sourceOfFunds.type=CARD&sourceOfFunds.provided.card.number={NUMBER}\
         &sourceOfFunds.provided.card.expiry.month=1&sourceOfFunds.provided.card.expiry.year=39\
         &sourceOfFunds.provided.card.securityCode={CODE}&customer.firstName=Secretname"
    );
    let ask = |fields: String| {
        let body = format!("{fields}&{who}");
        server.send("POST", "/api/nvp/version/100", &[], body.as_bytes()).pairs()
    };
    let session = ask("apiOperation=CREATE_SESSION".to_owned())["session.id"].clone();
    ask(format!("apiOperation=UPDATE_SESSION&session.id={session}&{card}"));
    let paid = ask(format!("apiOperation=PAY&session.id={session}&order.id=order-in-the-clear&transaction.id=1"));
    assert_eq!(paid["result"], "SUCCESS", "{paid:?}");
    let stored =
        ask(format!("apiOperation=TOKENIZE&session.id={session}&sourceOfFunds.provided.card.securityCode={CODE}"));
    let token = stored["token"].clone();
    let paid = ask(format!(
        "apiOperation=PAY&order.id=order-2&transaction.id=1&order.amount=5.00&order.currency=USD\
         &sourceOfFunds.token={token}&sourceOfFunds.provided.card.securityCode={CODE}"
    ));
    assert_eq!(paid["result"], "SUCCESS", "{paid:?}");
    let link =
        ask("apiOperation=INITIATE_CHECKOUT&checkoutMode=PAYMENT_LINK&interaction.operation=PURCHASE&order.id=order-3\
         &order.amount=5.00&order.currency=USD"
            .to_owned())["paymentLink.id"]
            .clone();
    let typed = format!(
        "{}&sourceOfFunds.provided.card.nameOnCard=Secretname",
        &card[card.find("sourceOfFunds").unwrap_or(0)..]
    );
    for body in ["a=1", &typed, &typed] {
        server.send("POST", &format!("/pbl/{link}"), &[], body.as_bytes());
    }
    assert_eq!(server.send("GET", &format!("/pbl/{link}"), &[], b"").status, 410, "it is paid");
    // Mistakes, which quote what was sent.
    for mistake in [
        format!("apiOperation=PAY&sourceOfFunds.provided.card.{NUMBER}=1"),
        format!("apiOperation=PAY&{NUMBER}=1"),
        format!("apiOperation={NUMBER}"),
        format!("apiOperation=PAY&sourceOfFunds.provided.card.number={NUMBER}1"),
        format!("apiOperation=UPDATE_SESSION&session.id={session}&session.version={CODE}"),
        format!("apiOperation=RETRIEVE_TOKEN&token={NUMBER}"),
        format!("apiOperation=VERIFY&order.id=1&transaction.id=1&order.currency=USD&sourceOfFunds.token={NUMBER}"),
    ] {
        let answer = ask(mistake.clone());
        assert_eq!(answer["result"], "ERROR", "{mistake}: {answer:?}");
    }
    server.send("GET", &format!("/api/nvp/version/100?apiPassword={PASSWORD}&number={NUMBER}"), &[], b"");
    server.send("POST", &format!("/api/{session}"), &[], b"");
    server.signal(rustix::process::Signal::TERM);
    let (status, printed, log) = server.wait();
    assert!(status.success(), "the server stops cleanly: {log}");
    assert!(log.contains("nvpgate::access"), "the log is there: {log}");
    let written = files(data.path());
    assert!(written.len() > 10_000, "the store is there");
    for secret in [NUMBER, PASSWORD, session.as_str(), token.as_str(), link.as_str(), "Secretname"] {
        assert!(!printed.contains(secret) && !log.contains(secret), "the log shows {secret}:\n{log}");
        assert!(!contains(&written, secret.as_bytes()), "a file of the store shows {secret}");
    }
    assert!(!contains(&written, b"order-in-the-clear"), "a file of the store shows an order.id");
}

fn files(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(folder).expect("the store's directory") {
        let path = entry.expect("the store's directory").path();
        bytes.extend(fs::read(&path).expect("a file of the store"));
    }
    bytes
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}
