//! Checked values in the protocol's own words.

pub mod acquiring;
pub mod card;
pub mod conversion;
pub mod failure;
pub mod fault;
pub mod ids;
pub mod lines;
pub mod merchant;
pub mod money;
mod network;
pub mod notification;
pub mod order;
pub mod payment_link;
pub mod quote;
pub mod rejection;
pub mod secret;
pub mod session;
pub mod settlement;
pub mod timestamp;
pub mod token;
pub mod token_search;
