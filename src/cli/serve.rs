//! `nvpgate serve`: serves until a signal says to stop.

use super::Settings;
use crate::app;
use crate::environment::Environment;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use tokio::signal::unix::{Signal, SignalKind, signal};

pub(super) fn run(settings: &Settings) -> Result<ExitCode, Box<dyn Error>> {
    let config = settings.load()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // Signals are listened for before anybody is told that the server is there.
    let mut signals = {
        let _entered = runtime.enter();
        Signals { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? }
    };
    let mut running = app::start(config, Environment::real())?;
    announce(&running)?;
    let told_to_stop = runtime.block_on(async {
        tokio::select! {
            () = signals.next() => true,
            () = running.ended() => false,
        }
    });
    if !told_to_stop {
        return Err("the server ended by itself; the log says why".into());
    }
    log::info!("stopping; a second signal stops at once");
    let finished = runtime.block_on(async {
        tokio::select! {
            done = tokio::task::spawn_blocking(move || running.stop()) => done.is_ok(),
            () = signals.next() => false,
        }
    });
    // Without this the runtime would wait for the stop that was not waited for.
    runtime.shutdown_background();
    if finished {
        log::info!("stopped");
        Ok(ExitCode::SUCCESS)
    } else {
        log::warn!("stopped before every request was finished");
        Ok(ExitCode::FAILURE)
    }
}

/// The one line on standard output, by which a script learns the port and that it may go on.
fn announce(running: &app::Running) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "nvpgate listening on http://{}", running.address)?;
    out.flush()
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
