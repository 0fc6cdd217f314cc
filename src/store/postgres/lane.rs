//! A connection that does one thing after the other, is replaced when it is lost, and tries again what is
//! worth trying again.
//!
//! There is no pool: reads and sweeps have a connection each, commits two. What waits for one of them goes
//! together in the next statement, so that more connections would only make smaller batches.

use super::url::PostgresUrl;
use super::{describe, tls};
use crate::domain::fault::Fault;
use crate::limits;
use crate::store::{OpenError, StoreError};
use rand::RngExt;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, Error, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How often a statement is sent again because of what another node did at the same moment.
const ATTEMPTS_AGAINST_OTHERS: u32 = 12;

/// The longest pause before a lost connection is tried again.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// Settings of a session. The first protects others: a node that is cut off holds no lock for longer. The
/// rest is for PostgreSQL's planner, and a server that does not know one may go without it: every statement
/// finds its rows by an index, whatever the statistics of a young table say, and is planned once.
const SESSION: [&str; 4] = [
    "SET statement_timeout = 10000",
    "SET plan_cache_mode = force_generic_plan",
    "SET enable_seqscan = off",
    "SET jit = off",
];

/// How to connect.
#[derive(Clone)]
pub(super) struct Connector {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Connector {
    /// A connector for a URL.
    pub fn new(url: &PostgresUrl) -> Result<Connector, OpenError> {
        let mut config = url.config.as_ref().clone();
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(limits::STORE_TIME);
        }
        if config.get_application_name().is_none() {
            config.application_name("nvpgate");
        }
        let tls = tls::connector(&url.trust).map_err(|cause| OpenError::Database { cause })?;
        Ok(Connector { config, tls })
    }

    /// A new connection, which a task of the running runtime keeps going.
    pub async fn connect(&self) -> Result<Client, Error> {
        let (client, connection) = self.config.connect(self.tls.clone()).await?;
        tokio::spawn(async move {
            // Whoever uses the client is told that it is closed; here it is only said why.
            if let Err(error) = connection.await {
                log::debug!("a connection to the database ended: {}", describe(&error));
            }
        });
        for (place, setting) in SESSION.iter().enumerate() {
            match client.batch_execute(setting).await {
                Err(error) if place == 0 || client.is_closed() => return Err(error),
                _ => {}
            }
        }
        Ok(client)
    }
}

/// A connection with its prepared statements, in the order in which the lane has their text.
pub(super) struct Link {
    pub client: Client,
    pub statements: Vec<Statement>,
}

/// A connection that is made when it is needed.
pub(super) struct Lane {
    connector: Connector,
    sql: &'static [&'static str],
    link: Option<Link>,
    is_away: bool,
}

/// What an error says about trying again.
enum Verdict {
    /// Another transaction was in the way; the connection is good.
    Raced,
    /// The server, or the way to it, is gone for now.
    Away,
    /// It would go wrong again.
    Broken,
}

impl Lane {
    /// A lane for some statements, not connected yet.
    pub fn new(connector: Connector, sql: &'static [&'static str]) -> Lane {
        Lane { connector, sql, link: None, is_away: false }
    }

    /// Does `ask` on a live connection, again where that makes sense, until `deadline`. `ask` may be done
    /// twice, the first time without its outcome having been heard.
    pub async fn attempt<R>(
        &mut self,
        deadline: Instant,
        ask: impl AsyncFn(&Link) -> Result<R, Error>,
    ) -> Result<R, StoreError> {
        let mut raced = 0;
        let mut lost = 0;
        loop {
            let error = match timeout_at(deadline, self.try_once(&ask)).await {
                Ok(Ok(answer)) => {
                    self.is_back();
                    return Ok(answer);
                }
                Ok(Err(error)) => error,
                Err(_) => {
                    // Whatever comes back over this connection is the answer to something given up.
                    self.link = None;
                    self.is_gone("no answer in time");
                    return Err(super::late());
                }
            };
            let pause = match verdict(&error) {
                Verdict::Raced if raced < ATTEMPTS_AGAINST_OTHERS => {
                    raced += 1;
                    Duration::from_millis(1 << raced.min(6))
                }
                Verdict::Raced => return Err(busy("other nodes changed the same records each time")),
                Verdict::Away => {
                    self.link = None;
                    self.is_gone(&describe(&error));
                    lost += 1;
                    // A connection that broke while it idled is replaced at once.
                    if lost == 1 { Duration::ZERO } else { Duration::from_millis(25 << lost.min(6)).min(LONGEST_PAUSE) }
                }
                Verdict::Broken => {
                    return Err(Fault::new(format_args!("the database refuses: {}", describe(&error))).into());
                }
            };
            // Nodes that were in each other's way must not be so again in the same rhythm.
            let pause = pause.mul_f64(rand::rng().random_range(0.5..1.0));
            if Instant::now() + pause >= deadline {
                return Err(busy(&describe(&error)));
            }
            sleep(pause).await;
        }
    }

    async fn try_once<R>(&mut self, ask: &impl AsyncFn(&Link) -> Result<R, Error>) -> Result<R, Error> {
        let link = match self.link.take().filter(|link| !link.client.is_closed()) {
            Some(link) => link,
            None => {
                let client = self.connector.connect().await?;
                let mut statements = Vec::with_capacity(self.sql.len());
                for sql in self.sql {
                    statements.push(client.prepare(sql).await?);
                }
                Link { client, statements }
            }
        };
        ask(self.link.insert(link)).await
    }

    /// Says once that the database went away, and once that it is back.
    fn is_gone(&mut self, cause: &str) {
        if !std::mem::replace(&mut self.is_away, true) {
            log::warn!("the database does not answer, trying again: {cause}");
        }
    }

    fn is_back(&mut self) {
        if std::mem::take(&mut self.is_away) {
            log::info!("the database answers again");
        }
    }
}

fn busy(cause: &str) -> StoreError {
    StoreError::Busy { cause: cause.to_owned() }
}

fn verdict(error: &Error) -> Verdict {
    let Some(code) = error.code() else {
        // No word of the server: the connection broke, or the server is not one that we understand.
        return Verdict::Away;
    };
    let raced = [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::UNIQUE_VIOLATION,
        // The commit statement makes a version null where it met a record that was not there before.
        SqlState::NOT_NULL_VIOLATION,
    ];
    // A standby, after a failover; a statement that took too long; one that a proxy or a change of the tables
    // made us lose; and what every connection is told while the role is denied it.
    let away = [
        SqlState::READ_ONLY_SQL_TRANSACTION,
        SqlState::QUERY_CANCELED,
        SqlState::LOCK_NOT_AVAILABLE,
        SqlState::INVALID_SQL_STATEMENT_NAME,
        SqlState::FEATURE_NOT_SUPPORTED,
        SqlState::INVALID_PASSWORD,
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
        SqlState::INVALID_CATALOG_NAME,
    ];
    // Connections (08), resources (53), the operator (57) and the system (58).
    let away_classes = ["08", "53", "57", "58"];
    if raced.contains(code) {
        Verdict::Raced
    } else if away.contains(code) || away_classes.iter().any(|class| code.code().starts_with(class)) {
        Verdict::Away
    } else {
        Verdict::Broken
    }
}
