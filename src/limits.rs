//! Every limit on the resources that a caller can use, with its reason.

use std::time::Duration;

/// Bytes of a request body. The largest documented request (56 airline, 22 shipping and 100 line-item
/// fields at full length) stays below 100 kB; percent-encoding can triple it.
pub const BODY_BYTES: usize = 512 * 1024;

/// Name-value pairs of a body, and so fields of a request. Twenty line items of 23 fields and everything
/// else in the catalogue come to about 900.
pub const PAIRS: usize = 1000;

/// Bytes of a field name. The longest name of the catalogue has 73.
pub const NAME_BYTES: usize = 128;

/// The highest array index. No documented array holds more than 999 elements.
pub const ARRAY_INDEX: u32 = 999;

/// The most names of unknown fields that a gateway remembers, so that the log shows each name once. Real clients send
/// a few such names. Invented names must not fill the memory.
pub const UNKNOWN_NAMES: usize = 1000;

/// Bytes of a value that no row of the catalogue limits further. device.fingerprint has 4,000 characters; a PaRes or
/// a DC-signed wallet payload has a little more.
pub const VALUE_BYTES: usize = 16 * 1024;

/// Bytes of all names and values of a session. A session is one sealed record of the store. A session that grew
/// without limit would slow down every read of it.
pub const SESSION_BYTES: usize = 256 * 1024;

/// Transactions of one order, failed attempts included. An order is one record; retries and partial
/// captures of real orders stay far below.
pub const TRANSACTIONS_PER_ORDER: usize = 200;

/// Seconds for which the gateway remembers an expired payment link. Its payer then learns that the link has expired,
/// and not that no such link exists. The time is longer than a letter or mail with a link is usually kept.
pub const PAYMENT_LINK_AFTERLIFE_SECONDS: i64 = 90 * 86_400;

/// Characters of `error.explanation` (documented: 1 to 1000).
pub const EXPLANATION_CHARACTERS: usize = 1000;

/// Characters of `error.field` (documented: 1 to 100).
pub const ERROR_FIELD_CHARACTERS: usize = 100;

/// The most attempts to carry out one request, where other requests change its records.
pub const COMMIT_ATTEMPTS: usize = 20;

/// Seconds for which a payer may accept a quoted amount. An unused session has the same lifetime by default, so that
/// a payer can pay while the page is open.
pub const QUOTE_SECONDS: i64 = 15 * 60;

/// Notifications that are delivered at a time. Each holds a thread for up to [`NOTIFICATION_TIME`].
pub const NOTIFICATIONS_AT_ONCE: usize = 16;

/// Due notifications that a node reads at a time, to choose among their merchants. A record is as large as an answer.
pub const NOTIFICATIONS_IN_VIEW: usize = 128;

/// Pages of [`NOTIFICATIONS_IN_VIEW`] notifications that a node reads at a time where the merchants' clocks differ.
/// Some of these notifications are not due yet. The next read continues after them, so that each read stays short.
pub const NOTIFICATION_PAGES: usize = 8;

/// The time for which a node uses the notifications it has read, before it reads again.
pub const NOTIFICATION_VIEW: Duration = Duration::from_millis(100);

/// The most full views whose excess a node puts off within one [`NOTIFICATION_POLL`]. Each takes one commit.
pub const NOTIFICATION_VIEWS: usize = 8;

/// Seconds for which a node puts off a notification that would hide those of other merchants. The delay equals that
/// after a first failure.
pub const NOTIFICATION_PUT_OFF_SECONDS: i64 = 10;

/// Time for a receiver to accept a notification, from resolving its name to the head of its answer (documented).
pub const NOTIFICATION_TIME: Duration = Duration::from_secs(2);

/// Seconds for which a claim keeps other nodes from a notification: [`NOTIFICATION_TIME`], and enough time for a slow
/// store.
pub const NOTIFICATION_CLAIM_SECONDS: i64 = 30;

/// The most tokens that one SEARCH_TOKENS reads. The client continues with `nextPage`, even if the page is not full.
/// Reading, opening and comparing 30,000 tokens was measured at 0.14 s, so that this many take about half a second.
pub const TOKENS_SEARCHED: usize = 100_000;

/// Tokens that SEARCH_TOKENS reads at a time. Other requests on the same thread run between two reads.
pub const TOKENS_IN_ONE_READ: usize = 256;

/// Time between two reads of due notifications. New notifications do not wait for it.
pub const NOTIFICATION_POLL: Duration = Duration::from_secs(1);

/// Bytes of the head of a receiver's answer (documented: less than 32 KB).
pub const NOTIFICATION_ANSWER_HEAD_BYTES: usize = 32 * 1024;

/// The time a request waits for a database that does not answer. The client then gets SERVER_BUSY. A database that
/// restarts, or fails over to another machine of its cluster, is back sooner.
pub const STORE_TIME: Duration = Duration::from_secs(5);

/// Open connections at a time. Each costs a socket and about 10 kB of buffers.
pub const CONNECTIONS: usize = 4096;

/// Time for the head of a request, which actix-web enforces.
pub const HEAD_TIME: Duration = Duration::from_secs(5);

/// Time for the whole body of a request. actix-web does not limit this time, and a client that sends a byte a second
/// would hold a connection for ever.
pub const BODY_TIME: Duration = Duration::from_secs(10);

/// The time a connection may be idle between requests.
pub const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// The time a shutdown waits for requests that have begun.
pub const SHUTDOWN_TIME: Duration = Duration::from_secs(30);
