//! The fixtures of the simulators' tables: every row has an exchange, written out of the row itself.
//!
//! `fixtures/simulator/generate` writes them; this test says that they are what it would write.

use nvpgate::acquirer::triggers::{
    ACQUIRER_ANSWERS, AmountTrigger, Amounts, CENTS, CheckTrigger, ExpiryTrigger, OLDER_EXPIRIES, Provenance,
    REFERENCES, REGIONS, Region, STANDARD,
};
use nvpgate::domain::acquiring::{GatewayCode, SecurityCodeResult, Simulator};
use nvpgate::domain::conversion::Rate;
use nvpgate::domain::result::ResultCode;
use nvpgate::spec::currency_conversion::{CARDS, RATES};
use std::fmt::Write;
use std::fs;
use std::path::Path;

const PASSWORD_SHA256: &str = "3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9";

/// What distinguishes one payment from another.
struct Payment<'a> {
    caption: String,
    amount: String,
    number: &'a str,
    expiry: (u8, u8),
    more: Option<(&'a str, &'a str)>,
}

/// The gateway's code and the acquirer's.
type Verdict = (&'static str, &'static str);

/// What must come back, and be absent where it is `None`.
struct Expected {
    gateway_code: GatewayCode,
    acquirer: Option<(&'static str, &'static str)>,
    verdict: Option<(&'static str, Option<Verdict>)>,
}

impl Expected {
    fn of(gateway_code: GatewayCode) -> Expected {
        let answer = ACQUIRER_ANSWERS.iter().find(|(code, ..)| *code == gateway_code);
        Expected { gateway_code, acquirer: answer.map(|(_, code, words)| (*code, *words)), verdict: None }
    }

    fn status(&self) -> &'static str {
        match self.gateway_code.result() {
            ResultCode::Success => "CAPTURED",
            ResultCode::Pending => "INITIATED",
            _ => "FAILED",
        }
    }
}

/// A file as it grows.
struct File {
    text: String,
    exchanges: usize,
}

impl File {
    fn new(says: &str, sources: &[&str], version: u8, simulator: Simulator) -> File {
        let mut text = format!("# {says}\n");
        for source in sources {
            let _ = writeln!(text, "# Source: {source}");
        }
        let _ = writeln!(
            text,
            "#\n# Written by generate; change the tables in src/acquirer/triggers.rs or src/spec and run it.\n"
        );
        let _ = writeln!(text, "@version {version}");
        if version == 1 {
            // A merchant of the file's own would have an id that is too long for this version.
            let _ = writeln!(text, "@merchant TESTMERCHANT");
        }
        if simulator != Simulator::Standard {
            let _ = writeln!(
                text,
                "@config merchant = [{{ id = \"TESTMERCHANT\", password_sha256 = [\"{PASSWORD_SHA256}\"], simulator = \
                 \"{}\" }}]",
                simulator.name()
            );
        }
        File { text, exchanges: 0 }
    }

    fn pay(&mut self, payment: &Payment<'_>, expected: &Expected) {
        self.exchanges += 1;
        let (month, year) = payment.expiry;
        let _ = write!(
            self.text,
            "\n> {}\napiOperation = PAY\norder.id = {}-{{random}}\ntransaction.id = 1\norder.amount = {}\n\
             order.currency = USD\nsourceOfFunds.type = CARD\nsourceOfFunds.provided.card.number = {}\n\
             sourceOfFunds.provided.card.expiry.month = {month:02}\n\
             sourceOfFunds.provided.card.expiry.year = {year:02}\n",
            payment.caption, self.exchanges, payment.amount, payment.number
        );
        if let Some((name, value)) = payment.more {
            let _ = writeln!(self.text, "{name} = {value}");
        }
        let _ = writeln!(self.text, "<\norder.status = {}", expected.status());
        let (code, words) = expected.acquirer.unwrap_or(("!", "!"));
        let _ = writeln!(self.text, "response.acquirerCode = {code}\nresponse.acquirerMessage = {words}");
        if let Some((group, verdict)) = expected.verdict {
            let (code, letter) = verdict.unwrap_or(("!", "!"));
            let letter = if letter.is_empty() { "!" } else { letter };
            let _ = writeln!(self.text, "{group}.acquirerCode = {letter}\n{group}.gatewayCode = {code}");
        }
        let (code, result) = (expected.gateway_code.as_str(), expected.gateway_code.result().as_str());
        let _ = writeln!(self.text, "response.gatewayCode = {code}\nresult = {result}\n...");
    }

    fn retrieve(&mut self, reference: &str, order: usize, expected: &Expected) {
        let captured = if expected.status() == "CAPTURED" { "50.00" } else { "0.00" };
        let (code, result) = (expected.gateway_code.as_str(), expected.gateway_code.result().as_str());
        let _ = write!(
            self.text,
            "\n> {reference}\napiOperation = RETRIEVE_ORDER\norder.id = {order}-{{random}}\n<\nstatus = {}\n\
             totalCapturedAmount = {captured}\ntransaction[0].response.gatewayCode = {code}\n\
             transaction[0].result = {result}\n...\n",
            expected.status()
        );
    }

    fn expiries(&mut self, region: &Region, rows: &[ExpiryTrigger]) {
        for row in rows {
            let payment = Payment {
                caption: format!("expiry {:02}/{:02}{}", row.month, row.year, provenance(row.provenance)),
                amount: "50.00".to_owned(),
                number: region.card,
                expiry: (row.month, row.year),
                more: None,
            };
            self.pay(&payment, &Expected::of(row.gateway_code));
        }
    }

    fn amounts(&mut self, region: &Region, rows: &[AmountTrigger]) {
        for row in rows {
            let minor = match row.amounts {
                Amounts::Exactly(minor) => minor,
                Amounts::Cents(last) => 5000 + last,
            };
            let amount = format!("{}.{:02}", minor / 100, minor % 100);
            let payment = Payment {
                caption: format!("amount {amount}{}", provenance(row.provenance)),
                amount,
                number: row.card.unwrap_or(region.card),
                expiry: good_expiry(region),
                more: None,
            };
            let expected = Expected::of(row.gateway_code);
            self.pay(&payment, &Expected { acquirer: row.acquirer.or(expected.acquirer), ..expected });
        }
    }

    fn verdicts(&mut self, region: &Region, sent: &str, group: &'static str, rows: &[(&str, Option<Verdict>)]) {
        for (value, row) in rows {
            let payment = Payment {
                caption: format!("{} {value}", sent.rsplit('.').next().unwrap_or_default()),
                amount: "50.00".to_owned(),
                // Four digits are for Amex.
                number: if value.len() == 4 { "345678901234564" } else { region.card },
                expiry: good_expiry(region),
                more: Some((sent, value)),
            };
            self.pay(&payment, &Expected { verdict: Some((group, *row)), ..Expected::of(GatewayCode::Approved) });
        }
    }
}

fn provenance(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Documented => "",
        Provenance::Observed => " (observed)",
        Provenance::Decided => " (decided)",
    }
}

fn good_expiry(region: &Region) -> (u8, u8) {
    let row = region.expiries.iter().find(|row| row.gateway_code == GatewayCode::Approved);
    row.map(|row| (row.month, row.year)).expect("every region has an expiry that approves")
}

fn of_region(region: &'static Region) -> String {
    let name = region.simulator.name();
    let mut file = File::new(
        &format!("Every trigger of the simulator {name}."),
        &[
            "the test page of the region, where a row says nothing else (documented)",
            "acquirer codes and messages, and codes and streets that have no row (decided)",
        ],
        100,
        region.simulator,
    );
    file.expiries(region, region.expiries);
    file.amounts(region, region.amounts);
    let of_code = |row: &CheckTrigger<SecurityCodeResult>| Some((row.gateway_code.as_str(), row.acquirer_code));
    let codes = region.security_codes.iter().map(|row| (row.value, of_code(row)));
    let codes: Vec<_> = codes.chain([("987", of_code(region.other_security_code))]).collect();
    file.verdicts(region, "sourceOfFunds.provided.card.securityCode", "response.cardSecurityCode", &codes);
    let streets = region.streets.iter().map(|row| (row.value, Some((row.gateway_code.as_str(), row.acquirer_code))));
    let streets: Vec<_> = streets.chain([("Main Street 1", None)]).collect();
    file.verdicts(region, "billing.address.street", "response.cardholderVerification.avs", &streets);
    file.text
}

fn of_older_expiries() -> String {
    let mut file = File::new(
        "The test cards of 2018 to 2021 and before still work by their expiry, though the dates have passed.",
        &["recorded answers, where a row says nothing else (observed)"],
        100,
        Simulator::Standard,
    );
    file.expiries(&STANDARD, OLDER_EXPIRIES);
    file.text
}

fn of_cents() -> String {
    let mut file = File::new(
        "In API version 1 the cents of the amount decide.",
        &["the live tests of a client of version 1, where a row says nothing else (observed)"],
        1,
        Simulator::Standard,
    );
    file.amounts(&STANDARD, CENTS);
    file.text
}

fn of_references() -> String {
    let mut file = File::new(
        "The references of the browser payment simulator settle over the clock, and a repeated request gets the first \
         answer.",
        &["the test page of browser payments (documented); that PAY on a card takes them, and that all seconds count \
             from the request (decided)"],
        100,
        Simulator::Standard,
    );
    let pay = |file: &mut File| {
        for row in REFERENCES {
            let payment = Payment {
                caption: row.reference.to_owned(),
                amount: "50.00".to_owned(),
                number: STANDARD.card,
                expiry: good_expiry(&STANDARD),
                more: Some(("order.reference", row.reference)),
            };
            file.pay(&payment, &Expected::of(row.gateway_code));
        }
    };
    pay(&mut file);
    for seconds in [31, 61] {
        let _ = write!(
            file.text,
            "\n# {seconds} seconds after the request\n@clock +{}s\n",
            if seconds == 31 { 31 } else { 30 }
        );
        for (index, row) in REFERENCES.iter().enumerate() {
            let due = row.later.iter().rfind(|(after_seconds, _)| *after_seconds < seconds);
            let code = due.map_or(row.gateway_code, |(_, code)| *code);
            file.retrieve(row.reference, index + 1, &Expected::of(code));
        }
    }
    file.exchanges = 0;
    let _ = write!(file.text, "\n# The requests again\n");
    pay(&mut file);
    file.text
}

/// Every card, in the base currency that has a rate for each of their currencies, then every rate that is left.
fn of_currency_conversion() -> String {
    let mut file = File::new(
        "Every card and every rate of dynamic currency conversion.",
        &["the test page's tables, of whose rates test profiles get two digits and nines (documented)"],
        100,
        Simulator::Standard,
    );
    let base = "BHD";
    let of_base = CARDS.iter().map(|(digits, payer)| (*digits, base, *payer));
    let others = RATES.iter().filter(|(from, ..)| *from != base).map(|(from, payer, _)| {
        let (digits, _) = CARDS.iter().find(|(_, currency)| currency == payer).expect("every payer has a card");
        (*digits, *from, *payer)
    });
    for (digits, from, payer) in of_base.chain(others) {
        let (.., real) = RATES.iter().find(|(a, b, _)| (*a, *b) == (from, payer)).expect("the base has every rate");
        let quoted = Rate::quoted(real).expect("a rate").to_protocol();
        let _ = write!(
            file.text,
            "\n> {digits}, {from} to {payer}\napiOperation = PAYMENT_OPTIONS_INQUIRY\norder.amount = 1.00\n\
             order.currency = {from}\nsourceOfFunds.provided.card.prefix = {digits}\n<\n\
             paymentTypes.card.currencyConversion.gatewayCode = QUOTE_PROVIDED\n\
             paymentTypes.card.currencyConversion.payerCurrency = {payer}\n\
             paymentTypes.card.currencyConversion.payerExchangeRate = {quoted}\n...\n"
        );
    }
    file.text
}

#[test]
fn every_row_of_the_simulators_tables_has_its_exchange() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/simulator");
    let mut files: Vec<(String, String)> =
        REGIONS.iter().map(|region| (region.simulator.name().to_owned(), of_region(region))).collect();
    files.push(("older-expiries".to_owned(), of_older_expiries()));
    files.push(("cents-of-version-1".to_owned(), of_cents()));
    files.push(("references".to_owned(), of_references()));
    files.push(("currency-conversion".to_owned(), of_currency_conversion()));
    let writes = std::env::var_os("NVPGATE_TEST_WRITE_SIMULATOR_FIXTURES").is_some();
    for (name, text) in files {
        let path = folder.join(format!("{name}.nvp"));
        if writes {
            fs::write(&path, &text).expect("the fixture can be written");
        }
        let stands = fs::read_to_string(&path).unwrap_or_default();
        assert!(stands == text, "{name}.nvp is not what the tables say; run fixtures/simulator/generate");
    }
}
