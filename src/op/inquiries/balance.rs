//! BALANCE_INQUIRY: the balance of a card or gift card. The inquiry belongs to no order and changes nothing.

use crate::domain::acquiring::{Balance, BalanceQuestion};
use crate::domain::money::Currency;
use crate::domain::rejection::{Reason, Rejection};
use crate::domain::secret::Secret;
use crate::domain::source_of_funds::{CARD, GIFT_CARD, SourceOfFunds};
use crate::fields::names::groups;
use crate::fields::{Fields, names};
use crate::op::{Decision, InquiryContext, Plan, echo};

/// An inquiry that waits for the acquirer's answer.
pub struct PendingBalance {
    currency: Currency,
    answer: Fields,
}

pub fn decide(context: InquiryContext<'_>) -> Result<Plan, Rejection> {
    let asked = context.asked;
    let fields = asked.checked.fields();
    let currency = asked.checked.currency().ok_or_else(|| Rejection::missing(names::ORDER_CURRENCY))?;
    let source = asked.checked.text(names::SOURCE_OF_FUNDS_TYPE);
    let (number, expiry) = match SourceOfFunds::of(fields) {
        Some(SourceOfFunds::Card) => {
            let card = asked.checked.card().ok_or_else(|| Rejection::missing(names::PROVIDED_CARD_NUMBER))?;
            (card.number.clone(), Some(card.expiry))
        }
        Some(SourceOfFunds::GiftCard) => {
            let number = fields
                .get(names::PROVIDED_GIFT_CARD_NUMBER)
                .ok_or_else(|| Rejection::missing(names::PROVIDED_GIFT_CARD_NUMBER))?;
            (Secret::new(number), None)
        }
        // Documented: the two types that this operation takes.
        Some(SourceOfFunds::Other) | None => {
            return Err(Rejection::invalid(names::SOURCE_OF_FUNDS_TYPE, source, Reason::NotOneOf(&[CARD, GIFT_CARD])));
        }
    };
    let mut answer = echo::on_transaction(fields);
    answer.retain(|name, _| name.is_within(groups::SOURCE_OF_FUNDS));
    answer.set(names::MERCHANT, asked.merchant.id.as_str());
    answer.set(names::ORDER_CURRENCY, currency.code());
    answer.set(names::SOURCE_OF_FUNDS_TYPE, source);
    let question = BalanceQuestion { number, expiry, currency, now: asked.now };
    Ok(Plan::Balance(Box::new(question), Box::new(PendingBalance { currency, answer })))
}

impl PendingBalance {
    /// The decision after the acquirer's answer. The fields below `availableBalance` are decided. An unknown balance
    /// has none of them.
    pub fn complete(self, balance: Balance) -> Decision {
        let mut answer = self.answer;
        if let Some(amount) = balance.amount {
            answer.set(names::AVAILABLE_BALANCE_FUNDS_AMOUNT, amount.to_protocol(self.currency));
            answer.set(names::AVAILABLE_BALANCE_FUNDS_CURRENCY, self.currency.code());
        }
        answer.set(names::RESPONSE_GATEWAY_CODE, balance.gateway_code.as_str());
        answer.set(names::RESULT, balance.gateway_code.result().as_str());
        Decision::answer(answer)
    }
}
