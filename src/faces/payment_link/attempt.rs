//! What a payer does with a payment link: opens its page, and sends the page's form.

use crate::domain::acquiring::GatewayCode;
use crate::domain::failure::Failure;
use crate::domain::order::{Order, Transaction};
use crate::domain::payment_link::{Availability, Closed, PaymentLink};
use crate::domain::rejection::{Mistake, Rejection};
use crate::fields::{Fields, Name, names};
use crate::gateway::{Exchange, Gateway, OpenedLink};
use crate::spec::cards;

/// A payment link as a payer finds it.
pub struct Visit {
    /// The link.
    pub link: PaymentLink,
    /// The name of its merchant.
    pub merchant_name: String,
    /// What the page shows.
    pub state: State,
}

/// What the page of a payment link shows.
pub enum State {
    /// The form, to pay with.
    Open(Form),
    /// The last attempt that was allowed has failed.
    LastFailed(GatewayCode),
    /// The outcome of the last attempt is not known yet.
    Pending,
    /// The payer has just paid.
    Paid(Box<Transaction>),
    /// The link cannot be used any more.
    Closed(Closed),
}

/// A form to pay with.
pub struct Form {
    /// How many attempts are left.
    pub attempts_left: usize,
    /// The id that the form sends along, so that each attempt is another one.
    pub attempt: String,
    /// What the payer has typed before. It holds a card.
    pub typed: Fields,
    /// What was wrong with it.
    pub mistakes: Vec<Rejection>,
    /// What the acquirer said to the attempt before.
    pub failed: Option<GatewayCode>,
}

/// All that a payer's form may say: the amount, for one, is the merchant's.
const TYPED: [Name; 6] = [
    names::PROVIDED_CARD_NUMBER,
    names::PROVIDED_CARD_EXPIRY_MONTH,
    names::PROVIDED_CARD_EXPIRY_YEAR,
    names::PROVIDED_CARD_SECURITY_CODE,
    names::PROVIDED_CARD_NAME_ON_CARD,
    names::TRANSACTION_ID,
];

/// What a payer has typed into the form, without the spaces that people write between groups of digits, and with the
/// year in its last two digits. Anything else that was sent is left alone.
fn typed_card(form: &Fields) -> Fields {
    let mut typed = Fields::new();
    for name in TYPED {
        let text = form.get(name).unwrap_or_default().trim();
        let text = match name {
            names::PROVIDED_CARD_NUMBER => text.replace([' ', '-'], ""),
            names::PROVIDED_CARD_EXPIRY_YEAR if text.len() == 4 => text.strip_prefix("20").unwrap_or(text).to_owned(),
            _ => text.to_owned(),
        };
        if !text.is_empty() {
            typed.set(name, text);
        }
    }
    typed
}

/// What the form cannot do without. A security code is asked for unless the card's brand has none or the merchant
/// says that it is optional (decided; `displayControl.cardSecurityCode` is documented).
fn missing(link: &PaymentLink, typed: &Fields) -> Vec<Rejection> {
    let brand = typed.get(names::PROVIDED_CARD_NUMBER).and_then(cards::brand);
    let is_optional = link.fields.get(names::INTERACTION_DISPLAY_CONTROL_CARD_SECURITY_CODE) == Some("OPTIONAL");
    let needs_code = !is_optional && brand.is_none_or(|brand| brand.security_code_length > 0);
    let required = [names::PROVIDED_CARD_NUMBER, names::PROVIDED_CARD_EXPIRY_MONTH, names::PROVIDED_CARD_EXPIRY_YEAR]
        .into_iter()
        .chain(needs_code.then_some(names::PROVIDED_CARD_SECURITY_CODE));
    required.filter(|name| !typed.contains(*name)).map(Rejection::missing).collect()
}

/// The page of the link of that id; `None` where there is none.
///
/// # Errors
/// A fault: the store failed.
pub async fn open(gateway: &Gateway, id: &str) -> Result<Option<Visit>, Failure> {
    let opened = gateway.open_link(id, &Fields::new()).await?;
    Ok(opened.map(|opened| before_an_attempt(opened, Fields::new(), Vec::new())))
}

/// Pays by the link of that id with what a form says; `None` where there is no such link.
///
/// # Errors
/// A failure that is no mistake of the payer.
pub async fn pay(
    gateway: &Gateway,
    id: &str,
    form: &Fields,
    exchange: &mut Exchange,
) -> Result<Option<Visit>, Failure> {
    let typed = typed_card(form);
    let Some(opened) = gateway.open_link(id, &typed).await? else {
        return Ok(None);
    };
    if opened.made().is_some() {
        return Ok(Some(after_the_attempt(opened, typed)));
    }
    if !matches!(opened.availability, Availability::Open { .. }) {
        return Ok(Some(before_an_attempt(opened, Fields::new(), Vec::new())));
    }
    let mut mistakes = missing(&opened.link, &typed);
    mistakes.extend(gateway.mistakes(&opened.link, &typed));
    if !mistakes.is_empty() {
        return Ok(Some(before_an_attempt(opened, typed, mistakes)));
    }
    let mistakes = match gateway.pay_by_link(&opened, &typed, exchange).await {
        Ok(()) => Vec::new(),
        Err(Failure::Rejection(rejection)) if rejection.mistake() == Mistake::Request => vec![rejection],
        Err(failure) => return Err(failure),
    };
    let before = opened.transactions();
    let Some(now) = gateway.open_link(id, &typed).await? else {
        return Ok(None);
    };
    Ok(Some(if now.made().is_some() {
        after_the_attempt(now, typed)
    } else if now.transactions() == before {
        // The order is as it was, so that the form was at fault.
        before_an_attempt(now, typed, mistakes)
    } else {
        before_an_attempt(now, Fields::new(), Vec::new())
    }))
}

/// The page where the form has made no attempt.
fn before_an_attempt(opened: OpenedLink, typed: Fields, mistakes: Vec<Rejection>) -> Visit {
    let state = match opened.availability {
        Availability::Open { attempts_left } => form(&opened, attempts_left, typed, mistakes, None),
        Availability::Pending => State::Pending,
        Availability::Closed(why) => State::Closed(why),
    };
    visit(opened, state)
}

/// The page where the form has made an attempt, the first time and each time the form is sent again.
fn after_the_attempt(opened: OpenedLink, typed: Fields) -> Visit {
    let Some(made) = opened.made() else {
        return before_an_attempt(opened, typed, Vec::new());
    };
    let code = made.reply.gateway_code;
    let newest = opened.order.as_ref().and_then(|order| order.transactions.last());
    let is_newest = newest.is_some_and(|newest| newest.id == made.id);
    let state = match opened.availability {
        _ if made.reply.is_success() => State::Paid(Box::new(made.clone())),
        Availability::Open { attempts_left } => form(&opened, attempts_left, typed, Vec::new(), Some(code)),
        Availability::Pending => State::Pending,
        Availability::Closed(Closed::UsedUp) if is_newest => State::LastFailed(code),
        Availability::Closed(why) => State::Closed(why),
    };
    visit(opened, state)
}

fn form(
    opened: &OpenedLink,
    attempts_left: usize,
    typed: Fields,
    mistakes: Vec<Rejection>,
    failed: Option<GatewayCode>,
) -> State {
    let attempt = opened.order.as_ref().map_or_else(|| "1".to_owned(), Order::next_transaction_id);
    State::Open(Form { attempts_left, attempt, typed, mistakes, failed })
}

fn visit(opened: OpenedLink, state: State) -> Visit {
    let own_name = opened.merchant.as_ref().map_or(&opened.link.merchant, |merchant| &merchant.name);
    let merchant_name = opened.link.fields.get(names::INTERACTION_MERCHANT_NAME).unwrap_or(own_name).to_owned();
    Visit { link: opened.link, merchant_name, state }
}
