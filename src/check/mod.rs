//! The order of checks. A request that breaks two rules gets the error of the earlier rule. The steps are those of
//! ARCHITECTURE.md (`gateway::exchange::Step`); a step without a check is left out.
//!
//! Face:
//! - the API version exists (`spec::versions`), and is not refused because it was switched off ([`in_service`])
//! - the body is a list of pairs (`wire`)
//!
//! Shape:
//! - names, lengths and characters ([`shape`])
//!
//! Caller:
//! - credentials (`auth`)
//!
//! Operation:
//! - the operation is known, of this version and not switched off in it, offered and permitted (`op`)
//!
//! Replay:
//! - the same request was not carried out before (`op::replayed`)
//!
//! Check:
//! - a payment link can still be used (`domain::payment_link`)
//! - the session is found, unexpired and this merchant's ([`session`])
//! - `session.version` is the current one
//! - the session's fields were stored with this API version
//! - `session.updateStatus` is SUCCESS
//! - the request has no field that an existing order refuses (`op::refuse_unexpected`)
//! - the token is found and may be used ([`token`]), the quote is found ([`quote`]), and an order whose card is to be
//!   stored has a card ([`card_of_order`])
//! - the source of funds fits the card, where the operation takes a card ([`Checked::new`])
//! - required fields are there after merging
//! - each group that is begun has the fields that it requires (`spec::conditions`), unless the operation fills a session
//! - fields agree with each other: money, conversions, then the table of `spec::cross_field_rules`, the card last
//!
//! Decide:
//! - the query of a search can be read (`op::token_search`)
//! - the state of the order, or of the token repository, allows the operation (the operation's `decide`)

mod conditions;
mod conversion;
mod cross_field;
mod money;
pub mod shape;

pub use conversion::quote;

use crate::domain::card::{Card, Expiry};
use crate::domain::merchant::Merchant;
use crate::domain::money::{Amount, Currency};
use crate::domain::order::Order;
use crate::domain::rejection::{Mistake, Reason, Rejection};
use crate::domain::secret::{Secret, mask_number, mask_whole};
use crate::domain::session::{Session, UpdateStatus};
use crate::domain::source_of_funds::SourceOfFunds;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::{Generation, Token};
use crate::fields::{Fields, Name, names};
use crate::spec::cards;
use crate::spec::operations::{Op, Operation, Required, SessionUse, TokenUse};
use crate::spec::privileges::Privilege;
use crate::spec::retirement::{self, Retired};
use crate::spec::versions::ApiVersion;

/// Steps 2 and 5: refuses an API version, or an operation in a version, that the real gateway has switched off, where
/// the operator asks for that. The wording is that of a version that does not exist, followed by the day (decided).
///
/// # Errors
/// The operator refuses what is switched off, and this is.
pub fn in_service(
    policy: Retired,
    version: ApiVersion,
    operation: Option<Op>,
    now: Timestamp,
) -> Result<(), Rejection> {
    match retirement::retirement(version, operation) {
        Some(date) if policy == Retired::Refuse && retirement::is_retired(version, operation, &now.to_date()) => {
            let what = operation.map_or("The version".to_owned(), |op| format!("{} in this version", op.as_str()));
            let text = format!("Unsupported value for 'version = {version}'. {what} was switched off on {date}.");
            Err(Rejection::general(Mistake::Address, text))
        }
        _ => Ok(()),
    }
}

/// Step 8: whether the operation may use the session that the request names. `found` is the session, if the merchant
/// has it and it has not expired.
///
/// # Errors
/// The request names no session, or one that the operation cannot use.
pub fn session(
    operation: &Operation,
    request: &Fields,
    version: ApiVersion,
    found: Option<&Session>,
) -> Result<(), Rejection> {
    if !request.contains(names::SESSION_ID) {
        return Err(Rejection::missing(names::SESSION_ID));
    }
    let Some(found) = found else {
        // Observed: unknown sessions, expired sessions and other merchants' sessions get one answer.
        return Err(Rejection::general(Mistake::Request, "Form Session not found or expired."));
    };
    if let Some(expected) = request.get(names::SESSION_VERSION).filter(|expected| *expected != found.version) {
        let shown: String = expected.chars().take(35).collect();
        return Err(Rejection::invalid(
            names::SESSION_VERSION,
            shown,
            "The session has been changed since this version of it was read. Retrieve the session again.",
        ));
    }
    let reads_only = operation.session == SessionUse::Reads;
    if let Some(stored) = found.api_version.filter(|stored| !reads_only && *stored != version) {
        return Err(Rejection::general(
            Mistake::Request,
            format!(
                "The session was updated with API version {stored} and cannot be used with API version {version}. \
                 An operation must use the version its session was updated with."
            ),
        ));
    }
    if operation.session == SessionUse::References && found.update_status != UpdateStatus::Success {
        return Err(Rejection::general(
            Mistake::Request,
            format!(
                "The session cannot be used: its session.updateStatus is {}, not SUCCESS.",
                found.update_status.as_str()
            ),
        ));
    }
    Ok(())
}

/// Step 8: whether the operation may use the token that `fields` names. `fields` has the request's fields over the
/// session's. `found` is the token, if the merchant's repository has it. `has_expired` says whether its card has
/// expired.
///
/// # Errors
/// The token does not exist, has expired, or the merchant must not use tokens.
pub fn token(
    operation: &Operation,
    fields: &Fields,
    merchant: &Merchant,
    found: Option<&Token>,
    has_expired: bool,
) -> Result<(), Rejection> {
    let (stores, pays) = (operation.token == TokenUse::Stores, operation.token == TokenUse::Pays);
    if pays && !merchant.may(Privilege::Tokenization) {
        // The wording is observed; its meaning is inferred.
        return Err(refused_token(fields, "Card token must not be provided"));
    }
    let names_new_one =
        stores && fields.contains(names::TOKEN) && merchant.tokens.generation == Generation::MerchantSupplied;
    if found.is_none() && !names_new_one {
        // Observed: unknown tokens get this answer. Deleted tokens and tokens of other repositories are unknown too.
        return Err(Rejection::general(Mistake::Request, "Token not found"));
    }
    if pays && has_expired {
        // Documented: a payment with a token whose status is INVALID is rejected.
        return Err(refused_token(fields, "The status of the token is INVALID: its card has expired."));
    }
    Ok(())
}

/// Step 8: the fields of the card that TOKENIZE takes from an order (documented: `referenceOrderId` is that of an
/// earlier successful card order). `card` has the fields, if the order has such a card.
///
/// # Errors
/// The merchant has no such order, or the order keeps no card.
pub fn card_of_order(
    id: &str,
    order: Option<&Order>,
    card: Option<Fields>,
    merchant: &Merchant,
) -> Result<Fields, Rejection> {
    match (order, card) {
        (None, _) => Err(unknown_order(id, merchant)),
        (Some(_), Some(card)) => Ok(card),
        (Some(_), None) => {
            let reason = "The order has no card that was paid with or verified.";
            Err(Rejection::invalid(names::REFERENCE_ORDER_ID, id, reason))
        }
    }
}

/// The rejection of an order that the merchant does not have. The wording is observed.
pub fn unknown_order(id: &str, merchant: &Merchant) -> Rejection {
    Rejection::general(Mistake::Request, format!("Unable to find order {id} for merchant {}", merchant.id))
}

fn refused_token(fields: &Fields, reason: &'static str) -> Rejection {
    // A token can look like a card number, and a caller may have sent a card number in its place.
    let shown = mask_number(fields.get(names::SOURCE_OF_FUNDS_TOKEN).unwrap_or_default());
    Rejection::invalid(names::SOURCE_OF_FUNDS_TOKEN, shown, reason)
}

/// The effective fields of an operation: request over session over token. They have every field that the operation
/// requires, and the fields agree with each other. Only [`Checked::new`] makes a value of this type, so that no
/// operation gets unchecked fields.
pub struct Checked {
    fields: Fields,
    currency: Option<Currency>,
    amount: Option<Amount>,
    card: Option<Card>,
}

impl Checked {
    /// Step 8: the required fields, and the rules between fields. `now` is the time where a date in the fields must
    /// not have passed.
    ///
    /// # Errors
    /// A rejection names the first field that is missing or breaks a rule.
    pub fn new(
        operation: &Operation,
        version: ApiVersion,
        fields: Fields,
        merchant: &Merchant,
        now: Option<Timestamp>,
    ) -> Result<Checked, Rejection> {
        let takes = |name: Name| takes(operation, &fields, name);
        let has_card = takes(names::PROVIDED_CARD_NUMBER);
        if has_card {
            source_of_funds(&fields)?;
        }
        for required in operation.required {
            require(required, version, &fields)?;
        }
        // A session may be filled group by group. An operation that uses the session needs complete groups.
        let fills_a_session = operation.session.fills_step_by_step();
        if !fills_a_session && let Some(missing) = conditions::first_missing(&fields) {
            return Err(Rejection::missing(missing.to_string()));
        }
        let money = money::FIELDS.iter().find(|money| takes(money.currency));
        let currency = money.map(|money| money::currency(money, &fields, merchant)).transpose()?;
        let mut amount = None;
        if let (Some(money), Some(currency)) = (money, currency) {
            // VERIFY moves no money. Clients send it with an amount of 0.00, or without an amount.
            if money.amounts.iter().any(|name| takes(*name)) || operation.session == SessionUse::CreatesFilled {
                amount = money::amount(money, &fields, currency)?;
                money::sub_amounts(money, &fields, currency)?;
            }
        }
        if !fills_a_session {
            conversion::agrees(&fields, currency)?;
        }
        cross_field::check(&cross_field::Asked { operation, fields: &fields, merchant, now })?;
        let card = if has_card { Some(card(&fields)?) } else { None };
        Ok(Checked { fields, currency, amount, card })
    }

    /// The effective fields.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The value of a field that the operation requires; empty for any other absent field.
    pub fn text(&self, name: Name) -> &str {
        self.fields.get(name).unwrap_or_default()
    }

    /// `order.currency`, or `transaction.currency` for an operation whose amount is the transaction's own.
    pub fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// The amount: `order.amount`, else `order.netAmount`; or `transaction.amount`.
    pub fn amount(&self) -> Option<Amount> {
        self.amount
    }

    /// The currency of an operation that moves no money and requires no currency: that of the transaction, else that
    /// of the order.
    ///
    /// # Errors
    /// No currency is named, or the merchant cannot use the named one.
    pub fn named_currency(&self, merchant: &Merchant) -> Result<Currency, Rejection> {
        match money::FIELDS.iter().rev().find(|money| self.fields.contains(money.currency)) {
            Some(money) => money::currency(money, &self.fields, merchant),
            None => Err(Rejection::missing(names::TRANSACTION_CURRENCY)),
        }
    }

    /// The card, where the operation requires a card, or accepts one and the request has one.
    pub fn card(&self) -> Option<&Card> {
        self.card.as_ref()
    }
}

fn require(required: &Required, version: ApiVersion, fields: &Fields) -> Result<(), Rejection> {
    let missing = match required {
        Required::One(name) => (!fields.contains(*name)).then_some(*name),
        Required::In(versions, name) => (versions.contains(version) && !fields.contains(*name)).then_some(*name),
        Required::Either(names) => match names.iter().any(|name| fields.contains(*name)) {
            true => None,
            false => names.first().copied(),
        },
        Required::With { group, names } => match fields.contains_group(*group) {
            true => names.iter().find(|name| !fields.contains(**name)).copied(),
            false => None,
        },
    };
    missing.map_or(Ok(()), |name| Err(Rejection::missing(name)))
}

/// Whether the operation uses the field: it requires the field, or the request has the group of the field.
fn takes(operation: &Operation, fields: &Fields, name: Name) -> bool {
    operation.required.iter().any(|required| match required {
        Required::With { group, names } => names.contains(&name) && fields.contains_group(*group),
        others => others.names().contains(&name),
    })
}

/// Refuses other sources of funds. This check comes before the card's fields, because another source has none of
/// them.
fn source_of_funds(fields: &Fields) -> Result<(), Rejection> {
    match SourceOfFunds::of(fields) {
        Some(SourceOfFunds::GiftCard | SourceOfFunds::Other) => {
            let shown = fields.get(names::SOURCE_OF_FUNDS_TYPE).unwrap_or_default();
            let reason = "This gateway offers no source of funds but CARD yet.";
            Err(Rejection::invalid(names::SOURCE_OF_FUNDS_TYPE, shown, reason))
        }
        Some(SourceOfFunds::Card) | None => Ok(()),
    }
}

/// Builds the card from fields whose shape was checked before.
fn card(fields: &Fields) -> Result<Card, Rejection> {
    let number = fields.get(names::PROVIDED_CARD_NUMBER).unwrap_or_default();
    let (month, year) = (
        fields.get(names::PROVIDED_CARD_EXPIRY_MONTH).unwrap_or_default(),
        fields.get(names::PROVIDED_CARD_EXPIRY_YEAR).unwrap_or_default(),
    );
    let Some(expiry) = Expiry::parse(month, year) else {
        return Err(Rejection::invalid(names::PROVIDED_CARD_EXPIRY_MONTH, month, Reason::NotMonth));
    };
    let security_code = fields.get(names::PROVIDED_CARD_SECURITY_CODE);
    if let (Some(code), Some(brand)) = (security_code, cards::brand(number))
        && brand.security_code_length > 0
        && code.len() != brand.security_code_length
    {
        let shown = mask_whole(code);
        return Err(Rejection::invalid(names::PROVIDED_CARD_SECURITY_CODE, shown, Reason::SecurityCodeLength));
    }
    Ok(Card { number: Secret::new(number), expiry, security_code: security_code.map(Secret::new) })
}
