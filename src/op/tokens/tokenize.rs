//! TOKENIZE: stores a card under a new token, or another card under an existing token. The first versions called the
//! operation MANAGE_CARD.

use super::answer;
use crate::domain::acquiring::{AcquirerReply, GatewayCode, Question, SecurityCodeResult};
use crate::domain::card::Card;
use crate::domain::merchant::Merchant;
use crate::domain::money::Amount;
use crate::domain::order::TransactionType;
use crate::domain::rejection::Rejection;
use crate::domain::secret::mask_number;
use crate::domain::token::{Generation, Management, Token, Verification};
use crate::fields::{Fields, names};
use crate::op::{Asked, Decision, Plan, RecordChange, TokenChange, TokenContext, acquirer_of};
use crate::spec::cards;
use crate::spec::versions::ApiVersion;
use std::sync::Arc;

/// The only token operation of MANAGE_CARD that a source shows (observed in a client of version 1).
const SAVE: &str = "SAVE";

/// Digits of a token that the gateway makes (observed). A longer card number has a token of its own length (decided).
const TOKEN_DIGITS: usize = 16;

/// A card that waits for its verification.
pub struct PendingToken {
    merchant: Arc<Merchant>,
    version: ApiVersion,
    offered: Token,
    has_expired: bool,
    /// The token before the request, if the token exists.
    existing: Option<Token>,
    existing_is_valid: bool,
    /// The card's keyed hash, where the hash is to find the token.
    card_hash: Option<String>,
}

pub fn decide(context: TokenContext<'_>) -> Result<Plan, Rejection> {
    let TokenContext { asked, token_of_card, has_expired, .. } = context;
    let fields = asked.checked.fields();
    let Some(card) = asked.checked.card() else {
        // The operation's row requires a card, so that `Checked` has the card.
        return Err(Rejection::missing(names::PROVIDED_CARD_NUMBER));
    };
    if let Some(other) = fields.get(names::ACTION_TOKEN_OPERATION).filter(|operation| *operation != SAVE) {
        let reason = "MANAGE_CARD has no operation but SAVE.";
        return Err(Rejection::invalid(names::ACTION_TOKEN_OPERATION, other, reason));
    }
    let verification = verification(&asked)?;
    let question = match verification {
        Verification::Acquirer => Some(question(&asked, card)?),
        Verification::None | Verification::Basic => None,
    };
    let (id, existing) = target(&context, card.number.expose())?;
    let is_found_by_card = token_of_card.is_some_and(|token| token.id == id);
    let is_unique = asked.merchant.tokens.management == Management::UniqueCard;
    let pending = PendingToken {
        merchant: Arc::clone(asked.merchant),
        version: asked.version,
        offered: Token {
            id,
            number: card.number.expose().to_owned(),
            expiry: card.expiry,
            name_on_card: fields.get(names::PROVIDED_CARD_NAME_ON_CARD).map(str::to_owned),
            verification,
            last_updated: asked.now,
            last_updated_by: asked.merchant.id.to_string(),
            last_used: existing.and_then(|token| token.last_used),
        },
        has_expired: has_expired(card.expiry),
        existing: existing.cloned(),
        existing_is_valid: existing.is_some_and(|token| !has_expired(token.expiry)),
        card_hash: (is_unique && !is_found_by_card).then(|| (context.hash)(card.number.expose())),
    };
    Ok(match (question, verification) {
        (Some(question), _) => Plan::Token(question, Box::new(pending)),
        (None, Verification::None) => pending.store("NO_VERIFICATION_PERFORMED").into(),
        // BASIC verifies number and brand. The shape of the request was checked before.
        (None, _) => pending.store("BASIC_VERIFICATION_SUCCESSFUL").into(),
    })
}

/// The verification of the card: as the request says, or else as the repository does.
fn verification(asked: &Asked<'_>) -> Result<Verification, Rejection> {
    match asked.checked.fields().get(names::VERIFICATION_STRATEGY) {
        None => Ok(asked.merchant.tokens.verification),
        Some(strategy) => Verification::parse(strategy).ok_or_else(|| {
            let reason = "This gateway has no account updater. It verifies by ACQUIRER, BASIC and NONE.";
            Rejection::invalid(names::VERIFICATION_STRATEGY, strategy, reason)
        }),
    }
}

/// The question that VERIFY would ask the acquirer. The currency chooses the acquirer link.
fn question(asked: &Asked<'_>, card: &Card) -> Result<Box<Question>, Rejection> {
    acquirer_of(asked.merchant)?;
    let fields = asked.checked.fields();
    Ok(Box::new(Question {
        transaction_type: TransactionType::Verification,
        amount: Amount::ZERO,
        currency: asked.checked.named_currency(asked.merchant)?,
        card: Some(card.clone()),
        street: fields.get(names::BILLING_ADDRESS_STREET).map(str::to_owned),
        reference: None,
        now: asked.now,
    }))
}

/// The token under which the card is stored, and the token's present record.
fn target<'a>(context: &TokenContext<'a>, number: &str) -> Result<(String, Option<&'a Token>), Rejection> {
    let generation = context.asked.merchant.tokens.generation;
    let Some(named) = context.asked.checked.fields().get(names::TOKEN) else {
        return match (generation, context.token_of_card) {
            // Documented: in such a repository the merchant names every token.
            (Generation::MerchantSupplied, _) => Err(Rejection::missing(names::TOKEN)),
            (_, Some(token)) => Ok((token.id.clone(), Some(token))),
            (Generation::Random, None) => Ok((random(&context.random.token_digits()), None)),
            (Generation::Preserve64, None) => Ok((preserving(number, &context.random.token_digits()), None)),
        };
    };
    let refused = |reason| Err(Rejection::invalid(names::TOKEN, mask_number(named), reason));
    if context.token_of_card.is_some_and(|token| token.id != named) {
        return refused("The card is stored under another token, and the repository gives a card one token only.");
    }
    let existing = context.token.filter(|token| token.id == named);
    if generation == Generation::Preserve64 && existing.is_some_and(|token| token.number != number) {
        return refused("It has digits of its card number, which therefore cannot be changed.");
    }
    Ok((named.to_owned(), existing))
}

/// A random token: sixteen digits that begin with 9 and pass the Luhn check (documented).
fn random(digits: &str) -> String {
    let start: String = "9".chars().chain(digits.chars()).take(TOKEN_DIGITS - 1).collect();
    let digits = ('0'..='9').map(|digit| format!("{start}{digit}"));
    digits.into_iter().find(|token| cards::luhn(token)).unwrap_or(start)
}

/// A token with the card's first six and last four digits (documented). Both recorded tokens fail the Luhn check, so
/// that a token never equals a card number.
fn preserving(number: &str, digits: &str) -> String {
    let (start, end) = (&number[..6], &number[number.len() - 4..]);
    let length = number.len().max(TOKEN_DIGITS);
    let middle: String = digits.chars().take(length - start.len() - end.len()).collect();
    let token = format!("{start}{middle}{end}");
    if !cards::luhn(&token) {
        return token;
    }
    // Changing one digit makes the Luhn check fail.
    let (kept, last) = middle.split_at(middle.len() - 1);
    format!("{start}{kept}{}{end}", if last == "0" { "1" } else { "0" })
}

impl PendingToken {
    /// The decision after the acquirer's answer. Only a card that the acquirer approves is stored (decided).
    pub fn complete(self, reply: &AcquirerReply) -> Decision {
        if reply.gateway_code == GatewayCode::Approved {
            return self.store("EXTERNAL_VERIFICATION_SUCCESSFUL");
        }
        let existing = self.existing.as_ref().map(|token| token.id.as_str());
        let mut answer = answer::not_stored(&self.merchant, &self.offered, existing, self.existing_is_valid);
        answer.set(names::RESPONSE_GATEWAY_CODE, failure(reply));
        Decision::answer(answer)
    }

    fn store(self, gateway_code: &str) -> Decision {
        let is_known = |existing: &Token| self.card_hash.is_none() && existing.says_all_of(&self.offered);
        let (token, change) = match self.existing.filter(is_known) {
            Some(existing) => (existing, None),
            None => {
                let change = TokenChange {
                    id: self.offered.id.clone(),
                    token: Some(self.offered.clone()),
                    card_hash: self.card_hash,
                };
                (self.offered, Some(change))
            }
        };
        let mut answer: Fields = answer::stored(&self.merchant, &token, self.has_expired, self.version);
        answer.set(names::RESPONSE_GATEWAY_CODE, gateway_code);
        Decision { changes: change.map(RecordChange::Token).into_iter().collect(), answer: Ok(answer) }
    }
}

/// The documented codes. Which outcome of the acquirer each code stands for is decided.
fn failure(reply: &AcquirerReply) -> &'static str {
    let is_wrong_code =
        reply.security_code.as_ref().is_some_and(|result| result.gateway_code == SecurityCodeResult::NoMatch);
    match reply.gateway_code {
        GatewayCode::Declined if is_wrong_code => "EXTERNAL_VERIFICATION_DECLINED_INVALID_CSC",
        GatewayCode::Declined => "EXTERNAL_VERIFICATION_DECLINED",
        GatewayCode::ExpiredCard => "EXTERNAL_VERIFICATION_DECLINED_EXPIRED_CARD",
        _ => "EXTERNAL_VERIFICATION_PROCESSING_ERROR",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_random_token_begins_with_9_and_passes_the_luhn_check(digits in "[0-9]{15}") {
            let token = random(&digits);
            prop_assert!(token.len() == 16 && token.starts_with('9') && cards::luhn(&token), "{}", token);
        }

        #[test]
        fn a_preserving_token_keeps_ten_digits_and_is_no_card_number(number in "[0-9]{9,19}", digits in "[0-9]{15}") {
            let token = preserving(&number, &digits);
            prop_assert_eq!(token.len(), number.len().max(16));
            prop_assert_eq!(&token[..6], &number[..6]);
            prop_assert_eq!(&token[token.len() - 4..], &number[number.len() - 4..]);
            prop_assert!(!cards::luhn(&token), "{}", token);
        }
    }
}
