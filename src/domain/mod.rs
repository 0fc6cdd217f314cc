//! Checked values in the protocol's own words.

pub mod acquiring;
pub mod card;
pub mod conversion;
pub mod decimal;
pub mod failure;
pub mod fault;
pub mod ids;
pub mod interaction;
pub mod later_outcomes;
pub mod merchant;
pub mod money;
mod network;
pub mod notification;
pub mod order;
pub mod payment_link;
pub mod quote;
pub mod rejection;
pub mod result;
pub mod secret;
pub mod session;
pub mod source_of_funds;
pub mod timestamp;
pub mod token;
pub mod token_search;
