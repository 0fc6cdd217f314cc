//! BALANCE_INQUIRY: how much is on a card or gift card. It belongs to no order and changes nothing.

use super::{Input, Plan, Settled, repeat};
use crate::domain::acquiring::{Balance, BalanceQuestion};
use crate::domain::failure::Rejection;
use crate::domain::money::Currency;
use crate::domain::secret::Secret;
use crate::fields::Fields;

const NUMBER: &str = "sourceOfFunds.provided.card.number";
const GIFT_CARD_NUMBER: &str = "sourceOfFunds.provided.giftCard.number";

/// An inquiry that waits for the acquirer's answer.
pub struct Inquiry {
    currency: Currency,
    answer: Fields,
}

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let fields = input.checked.fields();
    let currency = input.checked.currency().ok_or_else(|| Rejection::missing("order.currency"))?;
    let source = input.checked.text("sourceOfFunds.type");
    let (number, expiry) = match source {
        "CARD" => {
            let card = input.checked.card().ok_or_else(|| Rejection::missing(NUMBER))?;
            (card.number.clone(), Some(card.expiry))
        }
        "GIFT_CARD" => {
            let number = fields.get(GIFT_CARD_NUMBER).ok_or_else(|| Rejection::missing(GIFT_CARD_NUMBER))?;
            (Secret::new(number), None)
        }
        // Documented: the two that this operation takes.
        _ => return Err(Rejection::invalid("sourceOfFunds.type", source, "Value must be one of CARD, GIFT_CARD.")),
    };
    let mut answer = repeat::on_transaction(fields);
    answer.retain(|name, _| name.is_within("sourceOfFunds"));
    answer.set("merchant", input.merchant.id.as_str());
    answer.set("order.currency", currency.code());
    answer.set("sourceOfFunds.type", source);
    let question = BalanceQuestion { number, expiry, currency, now: input.now };
    Ok(Plan::AskBalance { question: Box::new(question), inquiry: Box::new(Inquiry { currency, answer }) })
}

impl Inquiry {
    /// What the acquirer's answer makes of it. The fields below `availableBalance` are decided, and absent where
    /// nobody knows the balance.
    pub fn settle(self, balance: Balance) -> Settled {
        let mut answer = self.answer;
        if let Some(amount) = balance.amount {
            answer.set("availableBalance.funds.amount", amount.to_protocol(self.currency));
            answer.set("availableBalance.funds.currency", self.currency.code());
        }
        answer.set("response.gatewayCode", balance.gateway_code.as_str());
        answer.set("result", balance.gateway_code.result());
        Settled { answer, ..Settled::default() }
    }
}
