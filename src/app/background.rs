//! The work beside the requests: the sweep of expired records, and the delivery of notifications.

use crate::gateway::Gateway;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, spawn_local};
use tokio::time::MissedTickBehavior;

/// The tasks of a server that runs.
pub(super) struct Background {
    sweeper: JoinHandle<()>,
    deliverer: JoinHandle<()>,
    stop: oneshot::Sender<()>,
}

impl Background {
    /// Starts the tasks.
    pub fn start(gateway: &Arc<Gateway>, sweep_seconds: u32) -> Background {
        let sweeper = spawn_local(sweep(Arc::clone(gateway), sweep_seconds));
        let (stop, stopped) = oneshot::channel::<()>();
        let gateway = Arc::clone(gateway);
        let deliverer = spawn_local(async move {
            // The sender is dropped when it is time, and never sends.
            gateway.deliver_notifications(async { drop(stopped.await) }).await;
        });
        Background { sweeper, deliverer, stop }
    }

    /// Ends the sweep at once, and the delivery when the notifications under way have been delivered.
    pub async fn stop(self) {
        self.sweeper.abort();
        drop(self.stop);
        if self.deliverer.await.is_err() {
            log::error!("the delivery of notifications panicked");
        }
    }
}

/// Deletes expired records again and again.
async fn sweep(gateway: Arc<Gateway>, seconds: u32) {
    let mut interval = tokio::time::interval(Duration::from_secs(u64::from(seconds)));
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick comes at once; what expired while no server ran goes then.
    loop {
        interval.tick().await;
        match gateway.sweep().await {
            Ok(0) => log::debug!("no record had expired"),
            Ok(deleted) => log::info!("expired records deleted: {deleted}"),
            Err(error) => log::error!("the sweep failed: {}", error.cause()),
        }
    }
}
