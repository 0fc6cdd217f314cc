//! The simulator: the same question gets the same answer, out of the tables in `triggers`.

use super::triggers::{
    ACQUIRER_ANSWERS, EXPIRIES, ExpiryTrigger, OTHER_SECURITY_CODE, SECURITY_CODES, STREETS, VerdictTrigger,
};
use crate::domain::acquiring::{GatewayCode, Question, Reply, Verdict};
use crate::domain::card::Expiry;
use crate::domain::timestamp::Timestamp;

pub(super) fn reply(question: &Question, stan: u32) -> Reply {
    // What follows an approved transaction is approved (decided): no source knows a trigger for it.
    let gateway_code = match &question.card {
        Some(card) => outcome(card.expiry, question.now),
        None => GatewayCode::Approved,
    };
    let answer = ACQUIRER_ANSWERS.iter().find(|(code, _, _)| *code == gateway_code);
    let security_code = question
        .card
        .as_ref()
        .and_then(|card| card.security_code.as_ref())
        .map(|code| SECURITY_CODES.iter().find(|row| row.value == code.expose()).unwrap_or(&OTHER_SECURITY_CODE));
    let street = question.street.as_deref().and_then(|street| STREETS.iter().find(|row| row.value == street));
    Reply {
        gateway_code,
        acquirer_code: answer.map(|(_, code, _)| (*code).to_owned()),
        acquirer_message: answer.map(|(_, _, words)| (*words).to_owned()),
        // Where the acquirer gave no answer it gave no verdict either.
        security_code: security_code.filter(|_| answer.is_some()).map(verdict),
        address: street.filter(|_| answer.is_some()).map(verdict),
        stan,
    }
}

pub(super) fn has_expired(expiry: Expiry, now: Timestamp) -> bool {
    trigger(expiry).is_none() && expiry.is_past(now)
}

fn outcome(expiry: Expiry, now: Timestamp) -> GatewayCode {
    match trigger(expiry) {
        Some(row) => row.gateway_code,
        None if expiry.is_past(now) => GatewayCode::ExpiredCard,
        None => GatewayCode::Approved,
    }
}

fn trigger(expiry: Expiry) -> Option<&'static ExpiryTrigger> {
    EXPIRIES.iter().find(|row| (row.month, row.year) == (expiry.month, expiry.year))
}

fn verdict(row: &VerdictTrigger) -> Verdict {
    Verdict {
        gateway_code: row.gateway_code.to_owned(),
        acquirer_code: Some(row.acquirer_code).filter(|code| !code.is_empty()).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_is_no_trigger_approves_until_it_has_passed() {
        let november_2026 = Timestamp::from_milliseconds(1_795_000_000_000);
        for (month, year, expected) in [
            (1, 39, GatewayCode::Approved),
            (5, 39, GatewayCode::Declined),
            (12, 40, GatewayCode::Approved),
            (11, 26, GatewayCode::Approved),
            (10, 26, GatewayCode::ExpiredCard),
            (4, 27, GatewayCode::ExpiredCard),
            (5, 21, GatewayCode::Approved),
        ] {
            assert_eq!(outcome(Expiry { month, year }, november_2026), expected, "{month}/{year}");
        }
    }
}
