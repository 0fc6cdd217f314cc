//! Starting and stopping a server.

use super::outbound::Outbound;
use super::{Front, handle};
use crate::auth::Merchants;
use crate::check::shape::Policy;
use crate::config::Config;
use crate::gateway::{self, Gateway};
use crate::limits;
use crate::seams::Seams;
use crate::store::{self, OpenError, Store};
use actix_web::dev::ServerHandle;
use actix_web::rt::{self, System};
use actix_web::{App, HttpServer, web};
use std::io;
use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::MissedTickBehavior;

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
    /// `nvp.content_type` cannot stand in a header.
    #[error("nvp.content_type: expected a media type that can stand in a header")]
    ContentType,
    /// There is no thread, or no runtime, for the server.
    #[error("cannot start the server: {0}")]
    Runtime(String),
}

/// A server that runs on a thread of its own. Dropping it leaves the server running.
pub struct Running {
    /// Where it listens; the port is the real one.
    pub address: SocketAddr,
    handle: ServerHandle,
    thread: JoinHandle<()>,
    ended: oneshot::Receiver<()>,
}

impl Running {
    /// Stops accepting, finishes the requests that were taken (for at most [`limits::SHUTDOWN_TIME`]) and
    /// closes the store. It blocks until that is done.
    pub fn stop(self) {
        // The command is sent here; the future only waits for what joining the thread waits for too.
        drop(self.handle.stop(true));
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

/// Opens the store and serves until [`Running::stop`]. `seams` is the gateway's clock and chance.
pub fn start(config: Config, seams: Seams) -> Result<Running, StartError> {
    let outbound = Outbound::new(config.status, &config.content_type).map_err(|_| StartError::ContentType)?;
    let store = Store::open(&store::Settings { place: config.place.clone(), master_key: config.master_key.clone() })?;
    let settings = gateway::Settings {
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
    let gateway = Gateway::new(settings, Merchants::new(config.merchants.clone()), store.clone(), seams);
    let front = Front { gateway, outbound, body_time: config.body_time };

    let (report, started) = mpsc::channel();
    let (still_running, ended) = oneshot::channel::<()>();
    let thread = thread::Builder::new().name("nvpgate".to_owned()).spawn(move || {
        System::new().block_on(run(config, web::Data::new(front), report));
        store.close();
        drop(still_running);
    });
    let thread = thread.map_err(|error| StartError::Runtime(error.to_string()))?;
    match started.recv() {
        Ok(Ok((address, handle))) => Ok(Running { address, handle, thread, ended }),
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

type Started = Result<(SocketAddr, ServerHandle), StartError>;

async fn run(config: Config, front: web::Data<Front>, report: mpsc::Sender<Started>) {
    let shared = front.clone();
    let server = HttpServer::new(move || App::new().app_data(shared.clone()).default_service(web::to(handle)))
        .workers(config.workers)
        // The limit is for each worker.
        .max_connections(limits::CONNECTIONS.div_ceil(config.workers))
        .client_request_timeout(limits::HEAD_TIME)
        // How long what is left of a refused body is read, so that the client comes to read its answer.
        .client_disconnect_timeout(config.body_time)
        .keep_alive(limits::KEEP_ALIVE)
        .shutdown_timeout(limits::SHUTDOWN_TIME.as_secs())
        .tcp_nodelay(true)
        .disable_signals()
        .bind(config.listen);
    let server = match server {
        Ok(server) => server,
        Err(cause) => return tell(&report, Err(StartError::Listen { address: config.listen, cause })),
    };
    // Exactly one address was bound.
    let address = server.addrs().first().copied().unwrap_or(config.listen);
    let server = server.run();
    let sweeper = rt::spawn(sweep(front.clone(), config.sweep_seconds));
    let (stop, stopped) = oneshot::channel::<()>();
    let deliverer = rt::spawn(async move {
        // The sender is dropped when it is time, and never sends.
        front.gateway.deliver_notifications(async { drop(stopped.await) }).await;
    });
    tell(&report, Ok((address, server.handle())));
    if let Err(error) = server.await {
        log::error!("the server ended: {error}");
    }
    sweeper.abort();
    drop(stop);
    if deliverer.await.is_err() {
        log::error!("the delivery of notifications panicked");
    }
}

fn tell(report: &mpsc::Sender<Started>, started: Started) {
    if report.send(started).is_err() {
        log::error!("nobody waits for the server to start");
    }
}

/// Deletes expired records again and again.
async fn sweep(front: web::Data<Front>, seconds: u32) {
    let mut interval = tokio::time::interval(Duration::from_secs(u64::from(seconds)));
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick comes at once; what expired while no server ran goes then.
    loop {
        interval.tick().await;
        match front.gateway.sweep().await {
            Ok(0) => log::debug!("no record had expired"),
            Ok(deleted) => log::info!("expired records deleted: {deleted}"),
            Err(error) => log::error!("the sweep failed: {}", error.cause()),
        }
    }
}
