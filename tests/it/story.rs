//! The README's story, run as it is written there.

use crate::server::{Child, run};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The shell lines under a heading of README.md.
fn lines_under(heading: &str) -> String {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md is there");
    let section = readme.split_once(&format!("\n## {heading}\n")).expect("the heading is there").1;
    let block = section.split_once("```sh\n").expect("shell lines stand under it").1;
    block.split_once("```").expect("the block ends").0.to_owned()
}

/// Runs the lines in an empty directory against a server of their own, and gives what they print.
fn told(heading: &str) -> String {
    let server = Child::start(&[]);
    let folder = tempfile::tempdir().expect("a directory");
    let output = Command::new("bash")
        .args(["-euc", &lines_under(heading)])
        .current_dir(folder.path())
        .env("GATEWAY", format!("http://{}/api/nvp/version/100", server.address))
        .output()
        .expect("bash runs");
    let (printed, complaints) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "the lines fail:\n{printed}\n{complaints}");
    printed.into_owned()
}

#[test]
fn a_session_from_beginning_to_end() {
    let printed = told("A session from beginning to end");
    for (what, expected) in [
        ("the new session", "session.updateStatus=NO_UPDATE"),
        ("the masked card", "sourceOfFunds.provided.card.number=512345xxxxxx0008"),
        ("the security code", "sourceOfFunds.provided.card.securityCode=xxx"),
        ("the payment", "response.gatewayCode=APPROVED"),
        ("the order", "totalCapturedAmount=50.00"),
    ] {
        assert!(printed.contains(expected), "{what} is missing ({expected}):\n{printed}");
    }
    assert_eq!(
        printed.matches("securityCode=xxx").count(),
        2,
        "shown by the update and the first retrieval only:\n{printed}"
    );
}

#[test]
fn a_day_of_authorizing_capturing_and_refunding() {
    let printed = told("A day of authorizing, capturing and refunding");
    for (what, expected) in [
        ("the hold", "order.status=AUTHORIZED"),
        ("the larger hold", "order.totalAuthorizedAmount=120.00"),
        ("the first parcel", "order.status=PARTIALLY_CAPTURED"),
        ("the second parcel", "order.status=CAPTURED"),
        ("the refused capture", "Requested+capture+amount+exceeds+outstanding+authorized+amount"),
        ("the void", "transaction.type=VOID_CAPTURE"),
        ("the refund", "order.status=PARTIALLY_REFUNDED"),
        ("what was captured", "\ntotalCapturedAmount=90.00"),
        ("what was refunded", "\ntotalRefundedAmount=40.00"),
        ("the last transaction", "transaction%5B5%5D.transaction.type=REFUND"),
    ] {
        assert!(printed.contains(expected), "{what} is missing ({expected}):\n{printed}");
    }
    assert!(!printed.contains("transaction%5B6%5D"), "the repeated refund is no transaction:\n{printed}");
}

#[test]
fn the_list_of_operations_is_what_the_program_prints() {
    let (code, printed, said) = run(&["operations"], &[]);
    assert_eq!(code, Some(0), "{said}");
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md is there");
    assert!(readme.contains(&format!("\n\n{printed}\n")), "README.md has another list than\n{printed}");
}

#[test]
fn a_token_s_life() {
    let printed = told("A token's life");
    for (what, expected) in [
        ("the token", "token=512345"),
        ("the verification of a number", "response.gatewayCode=BASIC_VERIFICATION_SUCCESSFUL"),
        ("the payment", "response.gatewayCode=APPROVED"),
        ("the security code of the payment", "response.cardSecurityCode.gatewayCode=MATCH"),
        ("the verification by the issuer", "response.gatewayCode=EXTERNAL_VERIFICATION_SUCCESSFUL"),
        ("the new expiry", "sourceOfFunds.provided.card.expiry=1239"),
        ("the use", "usage.lastUsedTime="),
        ("what the search finds", "page%5B0%5D.token=512345"),
        ("the end", "error.explanation=Token+not+found"),
    ] {
        assert!(printed.contains(expected), "{what} is missing ({expected}):\n{printed}");
    }
}

#[test]
fn payment_links() {
    let printed = told("Payment links");
    for (what, expected) in [
        ("the link", "checkoutMode=PAYMENT_LINK"),
        ("the page", "<button>Pay USD 50.00</button>"),
        ("the receipt", "Your payment is complete."),
        ("the order", "status=CAPTURED"),
        ("the way it was paid", "gatewayEntryPoint=CHECKOUT_VIA_PAYMENT_LINK"),
    ] {
        assert!(printed.contains(expected), "{what} is missing ({expected}):\n{printed}");
    }
}
