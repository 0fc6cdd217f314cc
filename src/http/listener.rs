//! The listener: an address, its limits, and the workers that serve it.

use super::{Front, handle};
use crate::faces::Faces;
use crate::limits;
use actix_web::dev::{Server, ServerHandle};
use actix_web::rt::System;
use actix_web::{App, HttpServer, web};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// Where and how a listener serves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address; port 0 stands for any free port.
    pub address: SocketAddr,
    /// Threads that serve.
    pub workers: usize,
    /// Time for the whole body of a request.
    pub body_time: Duration,
}

/// A listener that is bound to its address.
pub struct Listener {
    address: SocketAddr,
    server: Server,
}

/// Stops a listener.
pub struct Stopper(ServerHandle);

/// Runs a future, and what it spawns, where a listener can serve.
pub fn block_on<F: Future>(future: F) -> F::Output {
    System::new().block_on(future)
}

/// Binds the address and starts to serve the faces. It must be called inside [`block_on`].
///
/// # Errors
///
/// The address cannot be listened on.
pub fn listen(settings: &Settings, faces: Faces) -> io::Result<Listener> {
    let front = web::Data::new(Front { faces, body_time: settings.body_time });
    let server = HttpServer::new(move || App::new().app_data(front.clone()).default_service(web::to(handle)))
        .workers(settings.workers)
        // The limit is for each worker.
        .max_connections(limits::CONNECTIONS.div_ceil(settings.workers))
        .client_request_timeout(limits::HEAD_TIME)
        // How long what is left of a refused body is read, so that the client comes to read its answer.
        .client_disconnect_timeout(settings.body_time)
        .keep_alive(limits::KEEP_ALIVE)
        .shutdown_timeout(limits::SHUTDOWN_TIME.as_secs())
        .tcp_nodelay(true)
        .disable_signals()
        .bind(settings.address)?;
    // Exactly one address was bound.
    let address = server.addrs().first().copied().unwrap_or(settings.address);
    Ok(Listener { address, server: server.run() })
}

impl Listener {
    /// The address; the port is the real one.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The means to stop the listener from elsewhere.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.server.handle())
    }

    /// Serves until the listener is stopped.
    ///
    /// # Errors
    ///
    /// The listener broke.
    pub async fn serve(self) -> io::Result<()> {
        self.server.await
    }
}

impl Stopper {
    /// Tells the listener to accept no more connections, and to finish the requests that it has taken, for at most
    /// [`limits::SHUTDOWN_TIME`]. It does not wait for that.
    pub fn stop(self) {
        // The command is sent here; the future only waits for the end.
        drop(self.0.stop(true));
    }
}
