//! The part of an answer that shows a token. The answer has no merchant, version or entry point, and the expiry is
//! one field (observed in recorded answers of v30, v46 and v57).

use crate::dialect::answers;
use crate::domain::merchant::Merchant;
use crate::domain::result::ResultCode;
use crate::domain::secret::mask_number;
use crate::domain::source_of_funds;
use crate::domain::token::Token;
use crate::fields::{Fields, names};
use crate::op::echo;
use crate::spec::cards;
use crate::spec::versions::ApiVersion;

/// The answer that shows a stored token.
pub fn stored(merchant: &Merchant, token: &Token, has_expired: bool, version: ApiVersion) -> Fields {
    let mut answer = kept(merchant, token, has_expired, version);
    answer.set(names::RESULT, ResultCode::Success.as_str());
    answer
}

/// All fields of a stored token, in the form of one API version.
pub fn kept(merchant: &Merchant, token: &Token, has_expired: bool, version: ApiVersion) -> Fields {
    let mut answer = card(merchant, token, has_expired);
    answer.set(names::TOKEN, token.id.as_str());
    answer.set(names::USAGE_LAST_UPDATED, token.last_updated.to_protocol());
    answer.set(names::USAGE_LAST_UPDATED_MERCHANT_ID, token.last_updated_by.as_str());
    answer.set(names::USAGE_LAST_UPDATED_SOURCE, "CLIENT");
    answer.set(names::USAGE_LAST_UPDATED_TIME, token.last_updated.to_protocol());
    answer.set(names::USAGE_LAST_UPDATED_BY, token.last_updated_by.as_str());
    answer.set_some(names::USAGE_LAST_USED, token.last_used.map(|used| used.to_protocol()));
    answer.set_some(names::USAGE_LAST_USED_TIME, token.last_used.map(|used| used.to_protocol()));
    answers::keep_version(&mut answer, version);
    answer
}

/// The answer for a card that was not stored because its verification failed. Every answer of TOKENIZE has a status.
/// Here the status is that of the existing token, or INVALID where there is none (decided).
pub fn not_stored(merchant: &Merchant, offered: &Token, existing: Option<&str>, is_valid: bool) -> Fields {
    let mut answer = card(merchant, offered, !is_valid);
    answer.set(names::RESULT, ResultCode::Failure.as_str());
    answer.set_some(names::TOKEN, existing);
    answer
}

fn card(merchant: &Merchant, token: &Token, is_invalid: bool) -> Fields {
    let mut answer = Fields::new();
    answer.set(names::REPOSITORY_ID, merchant.tokens.id.as_str());
    let expiry = token.expiry;
    answer.set(names::PROVIDED_CARD_EXPIRY, format!("{:02}{:02}", expiry.month, expiry.year));
    answer.set_some(names::PROVIDED_CARD_NAME_ON_CARD, token.name_on_card.as_deref());
    answer.set(names::PROVIDED_CARD_NUMBER, mask_number(&token.number));
    if let Some(brand) = cards::brand(&token.number) {
        echo::set_brand(&mut answer, brand);
        answer.set_some(names::PROVIDED_CARD_ISSUER, brand.issuer);
    }
    answer.set(names::SOURCE_OF_FUNDS_TYPE, source_of_funds::CARD);
    answer.set(names::STATUS, if is_invalid { "INVALID" } else { "VALID" });
    answer.set(names::VERIFICATION_STRATEGY, token.verification.as_str());
    answer
}
