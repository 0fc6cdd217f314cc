//! The server as a whole: it opens the store, builds the gateway and its faces, listens, works in the background,
//! and stops.

mod background;
mod table;

use crate::check::shape::Policy;
use crate::config::Config;
use crate::environment::Environment;
use crate::gateway::{self, Gateway};
use crate::http::{self, Stopper};
use crate::merchants::Merchants;
use crate::store::{self, OpenError, Store};
use background::Background;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;

/// Why a server does not start. Each message names the key of the configuration it is about.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The address cannot be listened on.
    #[error("listen: cannot listen on {address}: {cause}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system says.
        cause: io::Error,
    },
    /// There is no thread, or no runtime, for the server.
    #[error("cannot start the server: {0}")]
    Runtime(String),
}

/// A server that runs on a thread of its own. Dropping it leaves the server running.
pub struct Running {
    /// The address it listens on; the port is the real one.
    pub address: SocketAddr,
    stopper: Stopper,
    thread: JoinHandle<()>,
    ended: oneshot::Receiver<()>,
}

impl Running {
    /// Stops accepting, finishes the requests that were taken (for at most
    /// [`limits::SHUTDOWN_TIME`](crate::limits::SHUTDOWN_TIME)) and closes the store. It blocks until that is done.
    pub fn stop(self) {
        self.stopper.stop();
        if self.thread.join().is_err() {
            log::error!("the server's thread panicked");
        }
    }

    /// Waits until the server ends by itself, which it only does when something is broken.
    pub async fn ended(&mut self) {
        // The sender is dropped with the server's thread, and never sends.
        let _ended = (&mut self.ended).await;
    }
}

/// Opens the store and serves until [`Running::stop`]. `environment` has the clocks and seeds of the
/// merchants.
///
/// # Errors
///
/// The store cannot be opened, the address cannot be listened on, or the machine gives no thread.
pub fn start(config: Config, environment: Environment) -> Result<Running, StartError> {
    let store = Store::open(&store::Settings { place: config.place.clone(), master_key: config.master_key.clone() })?;
    let gateway = Arc::new(gateway(&config, store.clone(), environment));
    let (report, started) = mpsc::channel();
    let (still_running, ended) = oneshot::channel::<()>();
    let thread = thread::Builder::new().name("nvpgate".to_owned()).spawn(move || {
        http::block_on(run(config, gateway, report));
        store.close();
        drop(still_running);
    });
    let thread = thread.map_err(|error| StartError::Runtime(error.to_string()))?;
    match started.recv() {
        Ok(Ok((address, stopper))) => Ok(Running { address, stopper, thread, ended }),
        not_started => {
            // The thread closes the store, so that the next start finds it free.
            let _panicked = thread.join();
            match not_started {
                Ok(Err(error)) => Err(error),
                _ => Err(StartError::Runtime("its thread ended before it listened".to_owned())),
            }
        }
    }
}

fn gateway(config: &Config, store: Store, environment: Environment) -> Gateway {
    let settings = gateway::GatewaySettings {
        session_ttl_seconds: config.session_ttl_seconds,
        security_code_ttl_seconds: config.security_code_ttl_seconds,
        retired: config.retired,
        public_url: config.public_url.clone(),
        policy: Policy {
            unknown_fields: config.unknown_fields,
            accept_live_numbers: config.accept_live_numbers,
            targets: config.notification_targets,
        },
    };
    Gateway::new(settings, Merchants::new(config.merchants.clone()), store, environment)
}

type Started = Result<(SocketAddr, Stopper), StartError>;

async fn run(config: Config, gateway: Arc<Gateway>, report: mpsc::Sender<Started>) {
    let settings = http::Settings { address: config.listen, workers: config.workers, body_time: config.body_time };
    let listener = match http::listen(&settings, table::faces(&config, &gateway)) {
        Ok(listener) => listener,
        Err(cause) => return tell(&report, Err(StartError::Listen { address: config.listen, cause })),
    };
    let background = Background::start(&gateway, config.sweep_seconds);
    tell(&report, Ok((listener.address(), listener.stopper())));
    if let Err(error) = listener.serve().await {
        log::error!("the server ended: {error}");
    }
    background.stop().await;
}

fn tell(report: &mpsc::Sender<Started>, started: Started) {
    if report.send(started).is_err() {
        log::error!("nobody waits for the server to start");
    }
}
