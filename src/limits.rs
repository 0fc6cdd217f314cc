//! Every limit on what a caller may make this process hold or do, with its reason.

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

/// Names of accepted fields in no table that a gateway remembers, so that the log has each of them once. Real clients
/// send a few; names that somebody invents must not fill the memory.
pub const UNKNOWN_NAMES: usize = 1000;

/// Bytes of a value that no row of the catalogue limits more tightly; device.fingerprint has 4,000
/// characters, a PaRes or a DC-signed wallet payload a little more.
pub const VALUE_BYTES: usize = 16 * 1024;

/// Bytes of all names and values a session may hold. Sealed, it is one record of the store; a session
/// that grew without end would make every read of it slow.
pub const SESSION_BYTES: usize = 256 * 1024;

/// Transactions of one order, failed attempts included. An order is one record; retries and partial
/// captures of real orders stay far below.
pub const TRANSACTIONS_PER_ORDER: usize = 200;

/// Seconds for which an expired payment link is still known, so that its payer is told that it has expired, and not
/// that there is none: longer than a letter or a mail with a link in it lies about.
pub const PAYMENT_LINK_AFTERLIFE_SECONDS: i64 = 90 * 86_400;

/// Characters of `error.explanation` (documented: 1 to 1000).
pub const EXPLANATION_CHARACTERS: usize = 1000;

/// Characters of `error.field` (documented: 1 to 100).
pub const ERROR_FIELD_CHARACTERS: usize = 100;

/// How often one request is run again because another changed a record it had read.
pub const COMMIT_ATTEMPTS: usize = 20;

/// Seconds for which a payer may take up an amount that was quoted in the currency of the card. It is as long as an
/// unattended session lives by default: whoever still has the page on which it stands can pay by it.
pub const QUOTE_SECONDS: i64 = 15 * 60;

/// Notifications that are delivered at a time. Each holds a thread for up to [`NOTIFICATION_TIME`].
pub const NOTIFICATIONS_AT_ONCE: usize = 16;

/// Due notifications that a node has in view, to choose among their merchants. A record is the size of an answer.
pub const NOTIFICATIONS_IN_VIEW: usize = 128;

/// Pages of [`NOTIFICATIONS_IN_VIEW`] notifications that one look reads where the merchants' clocks differ and some of
/// the notifications are not due yet. The next look goes on behind them, so that each look stays short.
pub const NOTIFICATION_PAGES: usize = 8;

/// For how long what is in view may be chosen from before it is looked at anew.
pub const NOTIFICATION_VIEW: Duration = Duration::from_millis(100);

/// Full views of which a node puts the excess off, one after the other, within [`NOTIFICATION_POLL`]: one commit each.
pub const NOTIFICATION_VIEWS: usize = 8;

/// Seconds for which a notification is put off that would hide those of other merchants; as after a first failure.
pub const NOTIFICATION_PUT_OFF_SECONDS: i64 = 10;

/// Time for a receiver to take a notification, from resolving its name to the head of its answer (documented).
pub const NOTIFICATION_TIME: Duration = Duration::from_secs(2);

/// Seconds for which a node that delivers a notification keeps others from it; [`NOTIFICATION_TIME`] and time
/// enough for the store on a bad day.
pub const NOTIFICATION_CLAIM_SECONDS: i64 = 30;

/// Tokens that one SEARCH_TOKENS looks at; what is left comes with `nextPage`, even where the page has room.
/// Reading, opening and comparing 30,000 tokens was measured at 0.14 s, so that this many take about half a second.
pub const TOKENS_SEARCHED: usize = 100_000;

/// Tokens of it that are read at a time, while others on the same thread wait.
pub const TOKENS_IN_ONE_READ: usize = 256;

/// Time between two looks for notifications that are due. New ones are not waited for.
pub const NOTIFICATION_POLL: Duration = Duration::from_secs(1);

/// Bytes of the head of a receiver's answer (documented: less than 32 KB).
pub const NOTIFICATION_ANSWER_HEAD_BYTES: usize = 32 * 1024;

/// How long a request waits for a database that does not answer; then it is told to come again. A database
/// that is restarted, or fails over to another machine of its own cluster, is back in less.
pub const STORE_TIME: Duration = Duration::from_secs(5);

/// Open connections at a time. Each costs a socket and about 10 kB of buffers.
pub const CONNECTIONS: usize = 4096;

/// Time for the head of a request, which actix-web enforces.
pub const HEAD_TIME: Duration = Duration::from_secs(5);

/// Time for the whole body of a request, which actix-web does not limit: a client that sends a byte a
/// second would otherwise hold a connection for ever.
pub const BODY_TIME: Duration = Duration::from_secs(10);

/// How long a connection may idle between requests.
pub const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long a shutdown waits for requests it has taken.
pub const SHUTDOWN_TIME: Duration = Duration::from_secs(30);
