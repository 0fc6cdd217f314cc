//! Rules for money in a request: its currency, its amount, and sub-amounts whose sum is the amount.

use crate::domain::decimal;
use crate::domain::merchant::Merchant;
use crate::domain::money::{Amount, Currency};
use crate::domain::rejection::{Reason, Rejection};
use crate::fields::{Fields, Name, names};
use crate::spec::sums::{Derived, SUMS};

/// The fields with an operation's amount and currency.
pub(super) struct Money {
    /// The field of the currency.
    pub(super) currency: Name,
    /// The field of the amount, and the fields that can replace it.
    pub(super) amounts: &'static [Name],
}

/// The fields of each kind of operation. Operations that open an order name the order's amount; operations on an
/// existing order name their own.
pub(super) static FIELDS: &[Money] = &[
    Money { currency: names::ORDER_CURRENCY, amounts: &[names::ORDER_AMOUNT, names::ORDER_NET_AMOUNT] },
    Money { currency: names::TRANSACTION_CURRENCY, amounts: &[names::TRANSACTION_AMOUNT] },
];

pub(super) fn currency(money: &Money, fields: &Fields, merchant: &Merchant) -> Result<Currency, Rejection> {
    let code = fields.get(money.currency).unwrap_or_default();
    let Some(currency) = Currency::parse(code) else {
        return Err(Rejection::invalid(money.currency, code, Reason::NotCurrency));
    };
    if !merchant.takes(currency) {
        return Err(Rejection::invalid(
            money.currency,
            code,
            "No valid Merchant Acquirer Relationship available for this currency.",
        ));
    }
    Ok(currency)
}

/// The first amount that the request has.
pub(super) fn amount(money: &Money, fields: &Fields, currency: Currency) -> Result<Option<Amount>, Rejection> {
    let Some((name, text)) = money.amounts.iter().find_map(|name| Some((*name, fields.get(*name)?))) else {
        return Ok(None);
    };
    match parse(name, text, currency)? {
        Amount::ZERO => Err(Rejection::invalid(name, text, Reason::ZeroAmount)),
        amount => Ok(Some(amount)),
    }
}

/// Requires that the sub-amounts, if the request has any, add up to the amount.
pub(super) fn sub_amounts(money: &Money, fields: &Fields, currency: Currency) -> Result<(), Rejection> {
    for sum in SUMS.iter().filter(|sum| sum.total.iter().all(|name| money.amounts.contains(name))) {
        let applies = sum.applies_with.iter().copied().flatten().any(|name| fields.contains(*name));
        let Some((name, text)) = sum.total.iter().find_map(|name| Some((*name, fields.get(*name)?))) else {
            continue;
        };
        if !applies {
            continue;
        }
        let mut parts = Amount::ZERO;
        for part in sum.adds {
            let derived = sum.derived.as_ref().filter(|derived| derived.part == *part);
            parts = parts.plus(match derived {
                Some(derived) => derived_amount(derived, fields, currency)?,
                None => part_amount(*part, fields, currency)?,
            });
        }
        for part in sum.takes_off {
            parts = parts.minus(part_amount(*part, fields, currency)?);
        }
        if parts != parse(name, text, currency)? {
            return Err(Rejection::invalid(
                name,
                text,
                format!("The sub-amounts add up to {}.", parts.to_protocol(currency)),
            ));
        }
    }
    Ok(())
}

fn part_amount(name: Name, fields: &Fields, currency: Currency) -> Result<Amount, Rejection> {
    fields.get(name).map_or(Ok(Amount::ZERO), |text| parse(name, text, currency))
}

/// The sub-amount in the request. Where the items have amounts, their sum must equal it; where the request has no
/// sub-amount, their sum replaces it.
fn derived_amount(derived: &Derived, fields: &Fields, currency: Currency) -> Result<Amount, Rejection> {
    let sent = part_amount(derived.part, fields, currency)?;
    let mut lines = Vec::new();
    for (name, unit) in fields.below(derived.array).filter(|(name, _)| name.known() == Some(derived.unit)) {
        let index = derived.array.index_of(name);
        // An earlier rule requires a quantity for every item.
        let quantity = index.and_then(|index| fields.get_indexed(derived.quantity, index)).unwrap_or("1");
        lines.push((quantity, unit));
    }
    if lines.is_empty() {
        return Ok(sent);
    }
    let Ok(total) = decimal::total(lines.into_iter(), currency) else {
        return Err(Rejection::invalid(
            derived.part,
            fields.get(derived.part).unwrap_or_default(),
            "Amount is too large.",
        ));
    };
    match fields.get(derived.part) {
        Some(text) if sent != total => {
            let reason = format!("The items come to {}.", total.to_protocol(currency));
            Err(Rejection::invalid(derived.part, text, reason))
        }
        _ => Ok(total),
    }
}

fn parse(name: Name, text: &str, currency: Currency) -> Result<Amount, Rejection> {
    Amount::parse(text, currency).map_err(|error| Rejection::invalid(name, text, error))
}
