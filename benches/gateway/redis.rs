//! Redis as a measure of durable updates: an append-only file that is synced before each answer, as the gateway's
//! store is, and neither HTTP nor rules nor cryptography above it.

use crate::{Options, Outcome, postgres};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Bytes of a value, which is about what an updated session has.
const VALUE_BYTES: usize = 1000;

/// About what Redis does in a second here; redis-benchmark takes a number of requests and no duration.
const REQUESTS_A_SECOND: f64 = 50_000.0;

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running server. Dropping it kills it.
pub struct Redis {
    child: Child,
    port: String,
}

impl Redis {
    /// Starts `redis-server`, or nothing where it is not installed.
    pub fn start(directory: &Path) -> Outcome<Option<Redis>> {
        let own = directory.join("redis");
        fs::create_dir(&own)?;
        let port = postgres::free_port();
        let mut command = Command::new("redis-server");
        command.args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", ""]);
        command.args(["--appendonly", "yes", "--appendfsync", "always", "--dir"]).arg(&own);
        command.stdin(Stdio::null()).stdout(File::create(directory.join("redis.log"))?);
        let child = match command.spawn() {
            Ok(child) => child,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // From here on a failure drops the process, which kills the child.
        let redis = Redis { child, port: port.to_string() };
        let begin = Instant::now();
        while let Err(error) = TcpStream::connect(("127.0.0.1", port)) {
            if begin.elapsed() > PATIENCE {
                return Err(format!("redis-server does not start: {error}").into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(Some(redis))
    }

    /// SETs a second, one figure for each round, over as many connections and as many keys as the gateway's updates.
    pub fn measure(&self, options: &Options) -> Outcome<Vec<f64>> {
        let requests = (options.seconds * REQUESTS_A_SECOND).ceil();
        let mut command = Command::new("redis-benchmark");
        command.args(["-h", "127.0.0.1", "-p", &self.port, "-t", "set", "--csv"]);
        command.args(["-d", &VALUE_BYTES.to_string(), "-n", &requests.to_string()]);
        command.args(["-c", &options.connections.to_string(), "-r", &options.sessions.to_string()]);
        (0..options.rounds)
            .map(|_| {
                let output = command.output()?;
                let said = String::from_utf8_lossy(&output.stdout);
                let rate =
                    said.lines().find_map(|line| line.strip_prefix("\"SET\",\"")?.split('"').next()?.parse().ok());
                rate.ok_or_else(|| format!("redis-benchmark: {said}{}", String::from_utf8_lossy(&output.stderr)).into())
            })
            .collect()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // Both fail only where the process has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
