//! A payment-session gateway that you run yourself.
//!
//! The gateway speaks the NVP protocol of the Mastercard Payment Gateway. A merchant fills payment sessions and pays with
//! them. A deterministic simulator takes the place of the acquirer.
//!
//! The modules stand in the order of their layers: a module imports only modules above it. The file `ARCHITECTURE.md`
//! follows one payment through them.
//!
//! | module | what it has |
//! | --- | --- |
//! | [`limits`] | every limit, with its reason |
//! | [`fields`] | fields and their names |
//! | [`spec`] | tables of the protocol: API versions, operations, fields, answers, cards |
//! | [`domain`] | checked values: money, cards, sessions, orders, tokens, refusals and faults |
//! | [`environment`] | the clock and the randomness of each merchant |
//! | [`dialect`] | answers and errors, as an API version names and words them |
//! | [`wire`] | codecs, which know no field |
//! | [`merchants`] | the directory of merchants |
//! | [`auth`] | who speaks, and whether that is so |
//! | [`check`] | what a request must fulfil, in order |
//! | [`op`] | the operations, pure functions by family |
//! | [`acquirer`] | the simulator and its triggers |
//! | [`store`] | sealed records, in SQLite or PostgreSQL |
//! | [`webhooks`] | notifications, until a merchant's server takes them |
//! | [`gateway`] | the path of a request from its fields to its answer |
//! | [`faces`] | the ways to speak to the gateway: NVP, and the page of a payment link |
//! | [`admin`] | what an operator loads: the reference and health checks |
//! | [`http`] | the HTTP server |
//! | [`config`] | settings, and where each comes from |
//! | [`app`] | the running program: opens the store, listens, works in the background, stops |
//! | [`cli`] | the commands, and the tool that replays fixtures |

pub mod limits;

pub mod fields;

pub mod spec;

pub mod domain;

pub mod environment;

pub mod dialect;

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
