//! The health checks, for whoever watches the gateway.

use super::{READING, found};
use crate::faces::{Address, Face, Found, Reply, Request};
use crate::gateway::Gateway;
use std::future;
use std::sync::Arc;

/// `/health/live`: whether the process answers.
static LIVE: Address = Address { name: "live", methods: READING };

/// `/health/ready`: whether the store answers, too.
static READY: Address = Address { name: "ready", methods: READING };

/// The face of the health checks.
pub struct Health {
    gateway: Arc<Gateway>,
}

impl Health {
    /// The health checks of a gateway.
    pub fn new(gateway: Arc<Gateway>) -> Health {
        Health { gateway }
    }

    async fn ready(&self) -> Reply {
        match self.gateway.ready().await {
            Ok(()) => healthy("ready"),
            Err(error) => {
                log::error!("the store is not ready: {}", error.cause());
                Reply::text(503, "not ready").with_result("not ready")
            }
        }
    }
}

impl Face for Health {
    fn find<'a>(&'a self, request: &'a Request<'a>) -> Option<Found<'a>> {
        match request.path.as_slice() {
            ["health", "live"] => found(&LIVE, request, future::ready(healthy("live"))),
            ["health", "ready"] => found(&READY, request, self.ready()),
            _ => None,
        }
    }
}

fn healthy(word: &'static str) -> Reply {
    Reply::text(200, word).with_result(word)
}
