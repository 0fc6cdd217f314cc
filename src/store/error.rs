//! Why a store cannot be opened, and why an open one does not do what it was asked.

use crate::domain::failure::Failure;
use crate::domain::fault::Fault;
use crate::domain::rejection::Rejection;
use std::path::PathBuf;

/// Why the store did not do what it was asked. Of a commit that failed, the changes may or may not be durable;
/// whoever runs the same operation again finds out.
#[derive(Debug)]
pub enum StoreError {
    /// It cannot now and will later: the database does not answer, or others were faster each time.
    Busy {
        /// What happened, for the log.
        cause: String,
    },
    /// It cannot, and waiting does not help.
    Fault(Fault),
}

impl StoreError {
    /// What happened, for the log only.
    pub fn cause(&self) -> &str {
        match self {
            StoreError::Busy { cause } => cause,
            StoreError::Fault(fault) => fault.cause(),
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> StoreError {
        StoreError::Fault(fault)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        match error {
            StoreError::Busy { .. } => Rejection::busy().into(),
            StoreError::Fault(fault) => fault.into(),
        }
    }
}

/// Why a store cannot be opened: one line that names the place and the configuration key, never key bytes
/// and never a password.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data directory is absent and cannot be made, or cannot be used.
    #[error("data: cannot use the directory {}: {cause}", .path.display())]
    Directory {
        /// The data directory.
        path: PathBuf,
        /// What the operating system says.
        cause: String,
    },
    /// Another process holds the data directory.
    #[error("data: {} is in use by another nvpgate process; stop it or name another directory", .path.display())]
    InUse {
        /// The data directory.
        path: PathBuf,
    },
    /// The file is no store of this program.
    #[error("data: {} is not a store of nvpgate", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The store was written in a format this program does not know.
    #[error("data: {} has format {found}, this nvpgate reads format {known}; use the version that wrote it", .path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// Its format number.
        found: i64,
        /// The format number of this program.
        known: i64,
    },
    /// The engine could not open its files.
    #[error("data: cannot open the store {}: {cause}", .path.display())]
    Engine {
        /// The file.
        path: PathBuf,
        /// What the engine says.
        cause: String,
    },
    /// The database cannot be used: it is not reached, not there, or not allowed.
    #[error("store: {cause}")]
    Database {
        /// What the operating system or the server says, and what helps.
        cause: String,
    },
    /// The tables in the database were made by a later version of this program.
    #[error(
        "store: the tables in {place} have schema {found}, this nvpgate knows schemas up to {known}; use the version \
         that made them"
    )]
    Schema {
        /// The database.
        place: String,
        /// The number in the database.
        found: i64,
        /// The last number of this program.
        known: i64,
    },
    /// The server acknowledges commits that a crash would lose.
    #[error(
        "store_allow_asynchronous_commit: the database server has {setting}, so that a crash loses what was \
         acknowledged; change that, or set this key to true to accept it"
    )]
    AsynchronousCommit {
        /// The server's setting and its value.
        setting: String,
    },
    /// Nodes on one database need one master key, and none was given.
    #[error(
        "master_key_file: with a PostgreSQL store every node needs the same master key; give it in \
         NVPGATE_MASTER_KEY or in a file named here (`openssl rand -hex 32` makes one)"
    )]
    NoSharedMasterKey,
    /// The file of the master key cannot be read, or made.
    #[error("master_key_file: cannot read the master key from {}: {cause}", .path.display())]
    MasterKeyFile {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        cause: String,
    },
    /// The text of the master key is not 32 bytes in hex or Base64.
    #[error("{key}: the master key in {place} is not 32 bytes in hex or Base64")]
    MasterKeyForm {
        /// The configuration key.
        key: &'static str,
        /// The file, or the environment.
        place: String,
    },
    /// The master key is not the one the store was made with.
    #[error(
        "master_key_file or NVPGATE_MASTER_KEY: the master key does not open the store in {place}; give the key it \
         was made with"
    )]
    WrongMasterKey {
        /// The data directory, or the database.
        place: String,
    },
}
