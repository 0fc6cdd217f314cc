//! Black-box tests: the library and the binary through their own doors.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy.toml allows them in test functions, but not in what test functions share"
)]

mod arbitrary;
mod catalogue;
mod clients;
mod clocks;
mod concurrency;
mod config;
mod coverage;
mod crash;
mod exchanges;
mod fixtures;
mod house;
mod http;
mod listener;
mod nodes;
mod old_stores;
mod orders;
mod outbox;
mod payment_links;
#[path = "../postgres.rs"]
mod postgres;
mod replay;
mod secrets;
mod server;
mod sessions;
mod simulator;
mod stores;
mod story;
mod webhooks;
