//! SEARCH_TOKENS: the tokens of the merchant's repository that match a query, page by page.
//!
//! Documented: `query` begins a search, and `limit` is the size of a page. `nextPage` continues the search, and
//! `query` is then ignored. The last page has no `nextPage`. Decided: a page's tokens stand under `page[n]`, in the
//! form of RETRIEVE_TOKEN.

use super::answer;
use crate::domain::rejection::Rejection;
use crate::domain::result::ResultCode;
use crate::domain::secret::mask_digit_runs;
use crate::domain::token_search::{Criterion, TokenSearch};
use crate::fields::{Fields, List, names};
use crate::op::{Decision, Plan, SearchContext};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

/// The size of a page without `limit` (documented: "reasonable"; decided).
const DEFAULT_LIMIT: usize = 100;

/// The content of `nextPage`, in Base64: the criterion, and the position after which the next page begins.
#[derive(Serialize, Deserialize)]
struct NextPage(Criterion, [u8; 16]);

/// The search that the request asks for. `hash` makes the keyed hash of a card number.
///
/// # Errors
/// The query, or `nextPage`, cannot be understood.
pub fn read(fields: &Fields, hash: impl Fn(&str) -> String) -> Result<TokenSearch, Rejection> {
    let limit = fields.get(names::LIMIT).and_then(|limit| limit.parse().ok()).unwrap_or(DEFAULT_LIMIT);
    if let Some(text) = fields.get(names::NEXT_PAGE) {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok();
        let next = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let NextPage(criterion, after) = next.ok_or_else(|| {
            Rejection::invalid(names::NEXT_PAGE, shortened(text), "It is not the nextPage of an earlier answer.")
        })?;
        return Ok(TokenSearch { criterion, after: Some(after), limit });
    }
    let query = fields.get(names::QUERY).unwrap_or_default();
    let criterion =
        Criterion::parse(query, hash).map_err(|why| Rejection::invalid(names::QUERY, shortened(query), why))?;
    Ok(TokenSearch { criterion, after: None, limit })
}

/// A query may hold a card number.
fn shortened(text: &str) -> String {
    mask_digit_runs(text).chars().take(100).collect()
}

pub fn decide(context: SearchContext<'_>) -> Result<Plan, Rejection> {
    let SearchContext { asked, page, has_expired } = context;
    let mut found = Fields::new();
    found.set(names::RESULT, ResultCode::Success.as_str());
    found.extend(page.tokens.iter().enumerate().flat_map(|(place, token)| {
        let element = List::Page.element(place);
        let kept = answer::kept(asked.merchant, token, has_expired(token.expiry), asked.version);
        kept.into_iter().map(move |(name, value)| (name.below(element), value))
    }));
    let next = page.next.map(|after| NextPage(page.criterion.clone(), after));
    let next = next.and_then(|next| serde_json::to_vec(&next).ok());
    found.set_some(names::NEXT_PAGE, next.map(|next| BASE64URL_NOPAD.encode(&next)));
    Ok(Decision::answer(found).into())
}
