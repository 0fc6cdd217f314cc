//! A payment-session gateway that you run yourself.
//!
//! The road a request takes, which is also the order of the modules: [`http`] reads bytes, one of
//! [`faces`] turns them into [`fields`], [`auth`] says who speaks, [`op`] finds the operation, [`gateway`] loads and merges,
//! [`check`] validates against the tables in [`spec`], the operation plans, the [`acquirer`] answers, the
//! [`store`] commits, and the answer goes back the same way.

pub mod limits;

pub mod fields;

pub mod spec;

pub mod domain;

pub mod environment;

pub mod dialect;

pub mod listing;

pub mod wire;

pub mod merchants;

pub mod auth;
pub mod check;
pub mod op;

pub mod acquirer;

pub mod store;

pub mod webhooks;

pub mod gateway;

pub mod faces;

pub mod admin;

pub mod http;

pub mod config;

pub mod app;

pub mod cli;
