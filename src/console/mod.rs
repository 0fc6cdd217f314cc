//! What an operator's browser loads: pages in one piece, made from the tables, that name no other host.

pub mod reference;
