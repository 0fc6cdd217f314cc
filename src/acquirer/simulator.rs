//! The simulator. It answers from the tables in `triggers`, and gives the same answer to the same question.

use super::triggers::{
    ACQUIRER_ANSWERS, AmountTrigger, Amounts, CENTS, CheckTrigger, DECIDED_BY_CENTS, ExpiryTrigger,
    FAILURE_IN_REFERENCE, LATER_OUTCOMES, OLDER_EXPIRIES, REFERENCES, Region, region,
};
use crate::domain::acquiring::{
    AcquirerReply, Balance, BalanceQuestion, CheckResult, GatewayCode, Later, Question, Simulator, Trigger,
};
use crate::domain::card::{Card, Expiry};
use crate::domain::money::Amount;
use crate::domain::order::TransactionType;
use crate::domain::result::ResultCode;
use crate::domain::timestamp::Timestamp;
use crate::spec::versions::ApiVersion;

/// The simulated outcome of a question, and its later outcomes.
struct Simulated {
    gateway_code: GatewayCode,
    /// The acquirer's code and words, where they differ from the usual ones of this outcome.
    acquirer: Option<(&'static str, &'static str)>,
    later: &'static [(u32, GatewayCode)],
    trigger: Trigger,
}

pub(super) fn reply(
    question: &Question,
    simulator: Simulator,
    version: ApiVersion,
    stan: u32,
) -> (AcquirerReply, Trigger) {
    let region = region(simulator);
    let outcome = simulated(question, region, version);
    let reply_with = |gateway_code, acquirer| reply_with(question, region, gateway_code, acquirer, stan);
    let later = outcome.later.iter();
    let later = later
        .map(|&(after_seconds, gateway_code)| Later { after_seconds, reply: reply_with(gateway_code, None) })
        .collect();
    (AcquirerReply { later, ..reply_with(outcome.gateway_code, outcome.acquirer) }, outcome.trigger)
}

/// The reply with one outcome. Other replies may follow it.
fn reply_with(
    question: &Question,
    region: &Region,
    gateway_code: GatewayCode,
    acquirer: Option<(&'static str, &'static str)>,
    stan: u32,
) -> AcquirerReply {
    let usual = ACQUIRER_ANSWERS.iter().find(|(code, ..)| *code == gateway_code);
    let acquirer = acquirer.or(usual.map(|(_, code, words)| (*code, *words)));
    let security_code = question.card.as_ref().and_then(|card| card.security_code.as_ref()).map(|code| {
        let row = region.security_codes.iter().find(|row| row.value == code.expose());
        row.unwrap_or(region.other_security_code)
    });
    let street = question.street.as_deref().and_then(|street| region.streets.iter().find(|row| row.value == street));
    AcquirerReply {
        gateway_code,
        acquirer_code: acquirer.map(|(code, _)| code.to_owned()),
        acquirer_message: acquirer.map(|(_, words)| words.to_owned()),
        // An acquirer that gave no answer made no check either.
        security_code: security_code.filter(|_| acquirer.is_some()).map(check_result),
        address: street.filter(|_| acquirer.is_some()).map(check_result),
        stan,
        later: Vec::new(),
    }
}

pub(super) fn has_expired(expiry: Expiry, simulator: Simulator, now: Timestamp) -> bool {
    trigger(expiry, region(simulator)).is_none() && expiry.is_past(now)
}

fn simulated(question: &Question, region: &Region, version: ApiVersion) -> Simulated {
    let pays = matches!(question.transaction_type, TransactionType::Authorization | TransactionType::Payment);
    if let Some(outcome) = question.reference.as_deref().filter(|_| pays).and_then(by_reference) {
        return outcome;
    }
    // A transaction that follows an approved one is approved, unless its reference names a failure (decided). No
    // source knows another trigger for it.
    let Some(card) = &question.card else {
        let failure = question.reference.as_deref().and_then(failure_in);
        let trigger = if failure.is_some() { Trigger::Reference } else { Trigger::Nothing };
        let gateway_code = failure.unwrap_or(GatewayCode::Approved);
        return Simulated { gateway_code, acquirer: None, later: &[], trigger };
    };
    let cents = if DECIDED_BY_CENTS.contains(version) { CENTS } else { &[] };
    let amount = cents.iter().chain(region.amounts).find(|row| applies(row, question, card));
    let (gateway_code, acquirer) = match amount {
        Some(row) => (row.gateway_code, row.acquirer),
        None => (by_expiry(card.expiry, region, question.now), None),
    };
    let later = LATER_OUTCOMES.iter().find(|(code, _)| *code == gateway_code).map_or(&[][..], |(_, later)| later);
    let trigger = if amount.is_some() { Trigger::Amount } else { Trigger::Expiry };
    Simulated { gateway_code, acquirer, later, trigger }
}

fn by_reference(reference: &str) -> Option<Simulated> {
    if let Some(row) = REFERENCES.iter().find(|row| row.reference == reference) {
        return Some(Simulated {
            gateway_code: row.gateway_code,
            acquirer: None,
            later: row.later,
            trigger: Trigger::Reference,
        });
    }
    failure_in(reference).map(|gateway_code| Simulated {
        gateway_code,
        acquirer: None,
        later: &[],
        trigger: Trigger::Reference,
    })
}

/// The failure at the end of a reference. UNKNOWN where the name is no failure.
fn failure_in(reference: &str) -> Option<GatewayCode> {
    let (_, code) = reference.rsplit_once(FAILURE_IN_REFERENCE)?;
    let failure = GatewayCode::parse(code).filter(|code| code.result() == ResultCode::Failure);
    Some(failure.unwrap_or(GatewayCode::Unknown))
}

fn applies(row: &AmountTrigger, question: &Question, card: &Card) -> bool {
    let minor = question.amount.minor();
    let is_amount = match row.amounts {
        Amounts::Exactly(amount) => minor == amount,
        Amounts::Cents(last) => minor % 100 == last,
    };
    is_amount && question.currency.decimals() == 2 && row.card.is_none_or(|number| number == card.number.expose())
}

fn by_expiry(expiry: Expiry, region: &Region, now: Timestamp) -> GatewayCode {
    match trigger(expiry, region) {
        Some(row) => row.gateway_code,
        None if expiry.is_past(now) => GatewayCode::ExpiredCard,
        None => GatewayCode::Approved,
    }
}

fn trigger(expiry: Expiry, region: &Region) -> Option<&'static ExpiryTrigger> {
    region.expiries.iter().chain(OLDER_EXPIRIES).find(|row| (row.month, row.year) == (expiry.month, expiry.year))
}

fn check_result<C: Copy>(row: &CheckTrigger<C>) -> CheckResult<C> {
    CheckResult {
        gateway_code: row.gateway_code,
        acquirer_code: Some(row.acquirer_code).filter(|code| !code.is_empty()).map(str::to_owned),
    }
}

/// The balance of a card that would be approved: the last four digits of its number, in whole units of the currency
/// (decided: a test can then tell the balance from the number). A card with INSUFFICIENT_FUNDS has no balance.
pub(super) fn balance(question: &BalanceQuestion, simulator: Simulator) -> Balance {
    let outcome = match question.expiry {
        Some(expiry) => by_expiry(expiry, region(simulator), question.now),
        None => GatewayCode::Approved,
    };
    match outcome {
        GatewayCode::Approved => {
            let number = question.number.expose();
            let last_digits = number.get(number.len().saturating_sub(4)..).unwrap_or_default();
            let amount = Amount::parse(last_digits, question.currency).unwrap_or_default();
            Balance { gateway_code: GatewayCode::BalanceAvailable, amount: Some(amount) }
        }
        GatewayCode::InsufficientFunds => Balance { gateway_code: GatewayCode::NoBalance, amount: Some(Amount::ZERO) },
        GatewayCode::TimedOut => Balance { gateway_code: GatewayCode::TimedOut, amount: None },
        _ => Balance { gateway_code: GatewayCode::BalanceUnknown, amount: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acquirer::triggers::STANDARD;
    use crate::domain::money::Currency;
    use crate::domain::secret::Secret;

    const NOVEMBER_2026: i64 = 1_795_000_000_000;

    fn question(number: &str, amount: &str, currency: &str, reference: Option<&str>) -> Question {
        let currency = Currency::parse(currency).expect("a currency");
        Question {
            transaction_type: TransactionType::Payment,
            amount: Amount::parse(amount, currency).expect("an amount"),
            currency,
            card: Some(Card {
                number: Secret::new(number),
                expiry: Expiry { month: 1, year: 39 },
                security_code: Some(Secret::new("111")),
            }),
            street: None,
            reference: reference.map(str::to_owned),
            now: Timestamp::from_milliseconds(NOVEMBER_2026),
        }
    }

    fn answered(question: &Question, simulator: Simulator, version: &str) -> (&'static str, Vec<(u32, &'static str)>) {
        let (reply, _) = reply(question, simulator, ApiVersion::parse(version).expect("exists"), 1);
        let later = reply.later.iter().map(|later| (later.after_seconds, later.reply.gateway_code.as_str()));
        (reply.gateway_code.as_str(), later.collect())
    }

    #[test]
    fn a_date_that_is_no_trigger_approves_until_it_has_passed() {
        for (month, year, expected) in [
            (1, 39, GatewayCode::Approved),
            (5, 39, GatewayCode::Declined),
            (12, 40, GatewayCode::Approved),
            (11, 26, GatewayCode::Approved),
            (10, 26, GatewayCode::ExpiredCard),
            (4, 27, GatewayCode::ExpiredCard),
            (5, 21, GatewayCode::Approved),
        ] {
            let outcome = by_expiry(Expiry { month, year }, &STANDARD, Timestamp::from_milliseconds(NOVEMBER_2026));
            assert_eq!(outcome, expected, "{month}/{year}");
        }
    }

    #[test]
    fn amounts_decide_only_where_a_table_says_so() {
        const STANDING_INSTRUCTION: &str = "6073849300004958";
        for (number, amount, currency, simulator, version, expected) in [
            ("5123450000000008", "50.05", "USD", Simulator::Standard, "1", "DECLINED"),
            ("5123450000000008", "50.05", "USD", Simulator::Standard, "2", "APPROVED"),
            ("5123450000000008", "505", "JPY", Simulator::Standard, "1", "APPROVED"),
            ("6074849900004936", "1.20", "INR", Simulator::Rupay, "100", "INSUFFICIENT_FUNDS"),
            ("6074849900004936", "2.20", "INR", Simulator::Rupay, "100", "APPROVED"),
            ("6074849900004936", "7.45", "INR", Simulator::Rupay, "100", "EXCEEDED_RETRY_LIMIT"),
            ("6074849900004936", "7.77", "INR", Simulator::Rupay, "100", "APPROVED"),
            (STANDING_INSTRUCTION, "7.77", "INR", Simulator::Rupay, "100", "DECLINED"),
        ] {
            let (code, _) = answered(&question(number, amount, currency, None), simulator, version);
            assert_eq!(code, expected, "{number} {amount} {currency}, {simulator:?}, version {version}");
        }
    }

    #[test]
    fn a_reference_names_a_failure_or_nothing_that_is_known() {
        for (reference, expected) in [
            ("7.FAILBLOCKED", "BLOCKED"),
            (".FAILTIMED_OUT", "TIMED_OUT"),
            ("7.FAIL", "UNKNOWN"),
            ("7.FAILnonsense", "UNKNOWN"),
            ("7.FAILAPPROVED", "UNKNOWN"),
            ("TEST-PENDING", "SUBMITTED"),
            ("test-pending", "APPROVED"),
            ("7", "APPROVED"),
        ] {
            let question = question("5123450000000008", "50.00", "USD", Some(reference));
            assert_eq!(answered(&question, Simulator::Standard, "100"), (expected, vec![]), "{reference}");
        }
        let question = question("5123450000000008", "50.00", "USD", Some("TEST-FAIL-THEN-SUCCESS"));
        let expected = ("SUBMITTED", vec![(30, "DECLINED"), (60, "APPROVED")]);
        assert_eq!(answered(&question, Simulator::Standard, "100"), expected);
    }

    #[test]
    fn a_balance_is_read_off_the_number() {
        let asked = |number: &str, expiry, currency: &str| {
            let currency = Currency::parse(currency).expect("a currency");
            let now = Timestamp::from_milliseconds(NOVEMBER_2026);
            let found =
                balance(&BalanceQuestion { number: Secret::new(number), expiry, currency, now }, Simulator::Mexico);
            (found.gateway_code.as_str(), found.amount.map(|amount| amount.to_protocol(currency)))
        };
        let expiry = |month, year| Some(Expiry { month, year });
        assert_eq!(asked("5424180279791732", expiry(1, 39), "MXN"), ("BALANCE_AVAILABLE", Some("1732.00".to_owned())));
        assert_eq!(asked("6006490000000042", None, "JPY"), ("BALANCE_AVAILABLE", Some("42".to_owned())));
        assert_eq!(asked("5424180279791732", expiry(1, 30), "MXN"), ("NO_BALANCE", Some("0.00".to_owned())));
        assert_eq!(asked("5424180279791732", expiry(4, 28), "MXN"), ("BALANCE_UNKNOWN", None));
    }
}
