//! The tables, and what is checked and made before the first record is read.

use super::batch::{Batch, COMMIT};
use super::lane::Connector;
use super::reader::{self, KEYS};
use super::url::PostgresUrl;
use super::writer::KEEP_KEY;
use super::{Database, Postgres, describe, sweeper};
use crate::store::OpenError;
use crate::store::seal::WrappedKey;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error};
use uuid::Uuid;

/// Each step takes the tables from one schema to the next, in one transaction. A step that has been
/// released is never changed.
///
/// `slot` is the primary key, so a record costs one index. `due` is when a sweep looks at it next; it is no
/// later than `expires`, but moves on only in a sweep: an update that leaves it alone touches no index and
/// finds room in its own page, a quarter of which is kept free for that. `wakes`, `list` and `name` are null in all
/// but the few records that wake or are listed.
const STEPS: [&str; 2] = [
    "CREATE TABLE nvpgate_key (id int8 PRIMARY KEY, wrapped bytea NOT NULL);
    CREATE TABLE nvpgate_record (
        slot uuid PRIMARY KEY,
        version int8 NOT NULL,
        expires int8,
        due int8,
        wakes int8,
        name bytea,
        sealed bytea NOT NULL
    ) WITH (fillfactor = 75);
    CREATE INDEX nvpgate_record_by_due ON nvpgate_record (due) WHERE due IS NOT NULL;
    CREATE INDEX nvpgate_record_by_wakes ON nvpgate_record (wakes) WHERE wakes IS NOT NULL;",
    "ALTER TABLE nvpgate_record ADD COLUMN list uuid;
    CREATE INDEX nvpgate_record_by_list ON nvpgate_record (list, slot) WHERE list IS NOT NULL;",
];

/// `nvpg` in ASCII and a number: the lock that one node at a time holds while it opens the store.
const OPENING_LOCK: i64 = 0x6e76_7067_0000_0001;

/// A database whose tables are ready, and whose opening lock this node holds.
pub(in crate::store) struct Opening {
    runtime: Runtime,
    connector: Connector,
    client: Client,
    place: String,
}

impl Opening {
    /// Connects, takes the lock, checks the server and brings the tables to the present schema.
    pub fn connect(database: &Database) -> Result<Opening, OpenError> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|cause| OpenError::Database { cause: format!("cannot start a runtime: {cause}") })?;
        let connector = Connector::new(&database.url)?;
        let client = runtime.block_on(open(&connector, database))?;
        Ok(Opening { runtime, connector, client, place: database.url.to_string() })
    }

    /// What the database is called in messages.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The keys it keeps.
    pub fn keys(&self) -> Result<Vec<WrappedKey>, OpenError> {
        let rows = self.runtime.block_on(self.client.query("SELECT id, wrapped FROM nvpgate_key", &[]));
        let keys = rows.and_then(|rows| {
            rows.iter().map(|row| Ok(WrappedKey { id: row.try_get(0)?, wrapped: row.try_get(1)? })).collect()
        });
        keys.map_err(|error| refused(&error))
    }

    /// Keeps new keys, durably.
    pub fn keep_keys(&self, keys: &[WrappedKey]) -> Result<(), OpenError> {
        self.runtime
            .block_on(async {
                for key in keys {
                    self.client.execute(KEEP_KEY, &[&key.id, &key.wrapped]).await?;
                }
                Ok(())
            })
            .map_err(|error| refused(&error))
    }

    /// Gives the lock back and starts the thread that the connections live on.
    pub fn start(self) -> Result<Postgres, OpenError> {
        let Opening { runtime, connector, client, .. } = self;
        // The lock goes with the connection, and the connection goes when the runtime next runs.
        drop(client);
        Postgres::start(runtime, connector)
            .map_err(|cause| OpenError::Database { cause: format!("cannot start a thread: {cause}") })
    }
}

async fn open(connector: &Connector, database: &Database) -> Result<Client, OpenError> {
    let client = connector.connect().await.map_err(|error| not_reached(&error, &database.url))?;
    check_server(&client, database).await?;
    prepare(&client, &database.url).await?;
    // A missing right is better met here than by the first request: each statement runs once on nothing.
    try_statements(&client).await.map_err(|error| refused(&error))?;
    Ok(client)
}

/// Refuses a server that acknowledges what it may lose.
async fn check_server(client: &Client, database: &Database) -> Result<(), OpenError> {
    for setting in ["synchronous_commit", "fsync"] {
        let row = client.query_one("SELECT current_setting($1, true)", &[&setting]).await;
        let value: Option<String> = row.and_then(|row| row.try_get(0)).map_err(|error| refused(&error))?;
        if value.as_deref() == Some("off") {
            let setting = format!("{setting} = off");
            if !database.allow_asynchronous_commit {
                return Err(OpenError::AsynchronousCommit { setting });
            }
            log::warn!("the database server has {setting}: a crash of it loses acknowledged commits");
        }
    }
    Ok(())
}

async fn prepare(client: &Client, url: &PostgresUrl) -> Result<(), OpenError> {
    let migrated = async {
        // A node that makes the tables takes longer than a statement of the daily work may.
        client.batch_execute("SET statement_timeout = 120000").await?;
        client.execute("SELECT pg_advisory_lock($1)", &[&OPENING_LOCK]).await?;
        let found = match client.query_one("SELECT to_regclass('nvpgate_schema') IS NULL", &[]).await?.try_get(0)? {
            true => {
                client
                    .batch_execute(
                        "BEGIN; CREATE TABLE nvpgate_schema (version int8 NOT NULL);
                         INSERT INTO nvpgate_schema VALUES (0); COMMIT",
                    )
                    .await?;
                0
            }
            false => client.query_one("SELECT version FROM nvpgate_schema", &[]).await?.try_get(0)?,
        };
        for (number, step) in (1..).zip(STEPS).filter(|(number, _)| *number > found) {
            client
                .batch_execute(&format!("BEGIN; {step} UPDATE nvpgate_schema SET version = {number}; COMMIT"))
                .await?;
        }
        Ok(found)
    };
    let found: i64 = migrated.await.map_err(|error| refused(&error))?;
    let known = STEPS.len() as i64;
    if found > known {
        return Err(OpenError::Schema { place: url.to_string(), found, known });
    }
    Ok(())
}

async fn try_statements(client: &Client) -> Result<(), Error> {
    let nothing = Batch::default();
    client.query(COMMIT, &nothing.parameters()).await?;
    client.query(reader::READ, &[&Vec::<Uuid>::new()]).await?;
    client.query(KEYS, &[&Vec::<i64>::new()]).await?;
    client.query(reader::AWAKE, &[&i64::MIN, &i64::MIN, &Uuid::nil(), &0_i64]).await?;
    client.query(reader::LIST, &[&Uuid::nil(), &Uuid::nil(), &i64::MIN, &0_i64]).await?;
    for statement in sweeper::STATEMENTS {
        client.execute(statement, &[&i64::MIN]).await?;
    }
    Ok(())
}

fn not_reached(error: &Error, url: &PostgresUrl) -> OpenError {
    if error.code().is_some() {
        return refused(error);
    }
    OpenError::Database { cause: format!("cannot connect to the database at {}: {}", url.servers(), describe(error)) }
}

/// What the server says, and what helps where that is known.
fn refused(error: &Error) -> OpenError {
    let hint = match error.code() {
        Some(code) if *code == SqlState::INVALID_CATALOG_NAME => "; make it with createdb, or name another",
        // A schema that a role may not use is for that role none.
        Some(code) if [SqlState::INSUFFICIENT_PRIVILEGE, SqlState::INVALID_SCHEMA_NAME].contains(code) => {
            "; the role must be allowed to USE the schema, to CREATE in it at the first start, and to SELECT, INSERT, \
             UPDATE and DELETE in the nvpgate_ tables"
        }
        _ => "",
    };
    OpenError::Database { cause: format!("the database server says: {}{hint}", describe(error)) }
}
