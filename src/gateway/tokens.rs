//! Finding tokens by the card they stand for.

use super::Gateway;
use super::records::Records;
use super::request::Request;
use crate::domain::card::Card;
use crate::domain::failure::Failure;
use crate::domain::fault::Fault;
use crate::domain::order::{Order, SealedNumber};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::{Management, Token};
use crate::domain::token_search::{Criterion, TokenPage, TokenSearch};
use crate::fields::Fields;
use crate::limits;
use crate::op;
use crate::store::{Kind, Listed, Mark, Record};
use data_encoding::BASE64;

impl Gateway {
    /// The keyed hash of a card number. The hash identifies a card without its number.
    pub(super) fn card_hash(&self, number: &str) -> String {
        self.keyed_hash("card", number.as_bytes())
    }

    /// The token of a card, in a repository where a card has at most one token. The record under the card's keyed
    /// hash names a token. The token shows whether it still stands for that card. Deleting a token, or giving it
    /// another card, therefore leaves that record unchanged.
    pub(super) async fn token_of_card(
        &self,
        request: &Request,
        number: Option<&str>,
        records: &mut Records,
        now: Timestamp,
    ) -> Result<Option<Token>, Failure> {
        match number {
            Some(number) => self.token_of_hash(request, &self.card_hash(number), records, now).await,
            None => Ok(None),
        }
    }

    async fn token_of_hash(
        &self,
        request: &Request,
        hash: &str,
        records: &mut Records,
        now: Timestamp,
    ) -> Result<Option<Token>, Failure> {
        if request.merchant().tokens.management != Management::UniqueCard {
            return Ok(None);
        }
        let key = request.key_in_repository(&card_id(hash));
        records.read(&self.store, vec![key.clone()], now).await?;
        let Some(id) = records.opened::<String>(Some(&key))? else {
            return Ok(None);
        };
        let token = self.token(request, &id, records, now).await?;
        Ok(token.filter(|token| self.card_hash(&token.number) == hash))
    }

    async fn token(
        &self,
        request: &Request,
        id: &str,
        records: &mut Records,
        now: Timestamp,
    ) -> Result<Option<Token>, Failure> {
        let key = request.key_in_repository(id);
        records.read(&self.store, vec![key.clone()], now).await?;
        Ok(records.opened::<Option<Token>>(Some(&key))?.flatten())
    }

    /// Stores the number of the card that the order's newest transaction brought. The number is sealed as stored
    /// cards are. TOKENIZE can then make a token of that card.
    pub(super) async fn keep_card(&self, request: &Request, order: &mut Order, card: &Card) -> Result<(), Failure> {
        if order.has_new_card() {
            let sealed = self.store.seal_card(&request.key(Kind::Order, &order.id), &card.number).await?;
            order.card_number = Some(SealedNumber(BASE64.encode(&sealed)));
        }
        Ok(())
    }

    /// The fields of the card that paid or verified an order. `None` where no card did.
    pub(super) async fn card_of_order(
        &self,
        request: &Request,
        order: Option<&Order>,
    ) -> Result<Option<Fields>, Failure> {
        let Some((order, SealedNumber(text))) = order.and_then(|order| Some((order, order.card_number.as_ref()?)))
        else {
            return Ok(None);
        };
        let sealed = BASE64
            .decode(text.as_bytes())
            .map_err(|error| Fault::new(format_args!("an order's card cannot be read: {error}")))?;
        let number = self.store.open_card(&request.key(Kind::Order, &order.id), &sealed).await?;
        Ok(order.card_fields(&number))
    }

    /// The page of tokens that the request asks for. A token's id, or a card that has at most one token, is looked up
    /// directly. Any other search reads the repository, at most [`limits::TOKENS_SEARCHED`] tokens.
    pub(super) async fn search_tokens(
        &self,
        request: &Request,
        records: &mut Records,
        now: Timestamp,
    ) -> Result<TokenPage, Failure> {
        let search = op::token_search(&request.fields, |number| self.card_hash(number))?;
        let has_one_for_a_card = request.merchant().tokens.management == Management::UniqueCard;
        let only = match &search.criterion {
            Criterion::Token(id) => self.token(request, id, records, now).await?,
            Criterion::Card(hash) if has_one_for_a_card => self.token_of_hash(request, hash, records, now).await?,
            Criterion::Nothing => None,
            _ => return self.look_through(request, search, now).await,
        };
        Ok(TokenPage { criterion: search.criterion, tokens: only.into_iter().collect(), next: None })
    }

    async fn look_through(&self, request: &Request, search: TokenSearch, now: Timestamp) -> Result<TokenPage, Failure> {
        let TokenSearch { criterion, after, limit } = search;
        let (mut tokens, mut place, mut seen) = (Vec::new(), after.map(Mark::from_bytes), 0);
        loop {
            let repository = &request.merchant().tokens.id;
            let part = self.store.list(Kind::Token, repository, place, limits::TOKENS_IN_ONE_READ, now).await?;
            seen += part.records.len();
            for Listed { record, mark, .. } in part.records {
                let token = opened(&record)?.filter(|token| criterion.matches(token, |number| self.card_hash(number)));
                match token {
                    // The page is full and a further token matches, so that there is a next page.
                    Some(_) if tokens.len() == limit => {
                        return Ok(TokenPage { criterion, tokens, next: place.map(Mark::to_bytes) });
                    }
                    token => tokens.extend(token),
                }
                place = Some(mark);
            }
            place = part.next;
            if place.is_none() || seen >= limits::TOKENS_SEARCHED {
                return Ok(TokenPage { criterion, tokens, next: place.map(Mark::to_bytes) });
            }
            // Other requests on this thread run between two reads.
            tokio::task::yield_now().await;
        }
    }
}

/// A listed token; `None` for a deleted token.
fn opened(record: &Record) -> Result<Option<Token>, Fault> {
    serde_json::from_slice(&record.bytes)
        .map_err(|error| Fault::new(format_args!("a stored token cannot be read: {error}")))
}

/// The id of the record that names a card's token. The id contains a space, and no token's id does.
pub(super) fn card_id(keyed_hash: &str) -> String {
    format!("card {keyed_hash}")
}
