//! `cargo bench --bench gateway`: the server of profile `dist` under load, beside a bare actix-web handler that echoes
//! the same bodies in the same run. Absolute figures do not travel between machines; the ratio to the echo does.
//!
//! Each round measures the echo and then the operation, with the same requests over as many connections.
//! Figures are medians of the rounds. Where Redis is installed, its durable writes stand beside the updates. Any answer
//! that is no success ends the run.

mod echo;
mod load;
#[path = "../../tests/postgres.rs"]
mod postgres;
mod process;
mod redis;
mod report;
mod requests;
mod shared;

use clap::Parser;
use load::{Measured, Until};
use process::Process;
use redis::Redis;
use report::{Row, Target};
use requests::{Kind, Maker, SessionId};
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;

/// What goes wrong ends the run, so that any error will do.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// Requests per second, latency, CPU and memory of `nvpgate serve`, and their ratio to a bare echo.
#[derive(Parser)]
struct Options {
    /// Seconds each measurement takes.
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Measurements of each operation, and of the echo before each.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Live sessions in the store.
    #[arg(long, default_value_t = 100_000)]
    sessions: usize,
    /// Updates of those sessions after which the size of the store is taken.
    #[arg(long, default_value_t = 300_000)]
    updates: usize,
    /// Keep-alive connections.
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Measure this operation alone (retrieve, update, pay); may be given more than once.
    #[arg(long)]
    only: Vec<String>,
    /// Where the records are: `embedded`, or `postgres` for a server of its own and pgbench beside it.
    #[arg(long, default_value = "embedded", value_parser = ["embedded", "postgres"])]
    store: String,
    /// What `cargo bench` passes.
    #[arg(long, hide = true)]
    bench: bool,
    /// Serve the echo instead: the bench starts itself as its own baseline.
    #[arg(long, hide = true)]
    serve_echo: bool,
}

impl Options {
    fn measures(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }
}

fn main() -> Outcome<()> {
    let options = Options::parse();
    if options.serve_echo {
        return echo::serve();
    }
    // Below target/ and not in the system's temporary directory, which may be memory: what is measured is
    // a durable store.
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    if options.store == "postgres" {
        return shared::run(&options, directory.path());
    }
    let echo = Process::echo(directory.path())?;
    let gateway = Process::gateway(directory.path())?;
    let run = Run { options, echo, gateway };
    let outcome = run.everything(directory.path());
    if outcome.is_err() {
        write!(std::io::stderr(), "{}", process::last_words(directory.path()))?;
    }
    outcome
}

struct Run {
    options: Options,
    echo: Process,
    gateway: Process,
}

impl Run {
    fn everything(&self, directory: &Path) -> Outcome<()> {
        let mut out = std::io::stdout().lock();
        let Options { sessions, connections, rounds, seconds, .. } = self.options;
        writeln!(out, "{}", report::machine())?;
        writeln!(out, "{connections} connections, {rounds} rounds of {seconds} s\n")?;

        let sessions = self.fill(sessions)?;
        let filled = process::directory_bytes(directory)?;
        writeln!(out, "{} sessions: {}", sessions.len(), report::store(filled))?;
        writeln!(out, "{}\n", report::resident(self.gateway.resident_bytes()?))?;

        let mut rows = Vec::new();
        if self.options.measures("retrieve") {
            rows.push(self.measure(Kind::Retrieve, &sessions, Target { ratio: 0.5, goal: 0.65 })?);
        }
        if self.options.measures("update") {
            let row = self.measure(Kind::Update, &sessions, Target { ratio: 0.2, goal: 0.3 })?;
            let redis = Redis::start(directory)?.map(|redis| redis.measure(&self.options)).transpose()?;
            writeln!(out, "{}\n", report::beside_redis(&row, redis.as_deref()))?;
            rows.push(row);
            let already: usize = rows.last().map_or(0, |row| row.completed);
            let rest = self.options.updates.saturating_sub(already);
            self.load(&Maker::new(Kind::Update, &sessions), Until::Count(rest))?;
            let grown = process::directory_bytes(directory)?;
            writeln!(out, "after {} updates: {}", already + rest, report::store(grown))?;
            writeln!(out, "{}", report::growth(filled, grown))?;
            writeln!(out, "{}\n", report::resident(self.gateway.resident_bytes()?))?;
        }
        if self.options.measures("pay") {
            rows.push(self.measure(Kind::Pay, &sessions, Target { ratio: 0.12, goal: 0.2 })?);
        }
        write!(out, "{}", report::table(&rows))?;
        Ok(())
    }

    /// Creates the sessions and places in each what a payment needs.
    fn fill(&self, count: usize) -> Outcome<Rc<[SessionId]>> {
        let create = Maker::creating();
        self.load(&create, Until::Count(count))?;
        let sessions: Rc<[SessionId]> = create.created().into();
        self.load(&Maker::filling(&sessions), Until::Count(count))?;
        Ok(sessions)
    }

    fn load(&self, maker: &Maker, until: Until) -> Outcome<Measured> {
        load::run(&self.gateway, maker, self.options.connections, until)
    }

    fn measure(&self, kind: Kind, sessions: &Rc<[SessionId]>, target: Target) -> Outcome<Row> {
        let until = Until::Seconds(self.options.seconds);
        let (mut echo, mut gateway) = (Vec::new(), Vec::new());
        let requests = Maker::new(kind, sessions);
        let echoed = Maker::echoed(kind, sessions);
        for _ in 0..self.options.rounds {
            echo.push(load::run(&self.echo, &echoed, self.options.connections, until)?);
            gateway.push(load::run(&self.gateway, &requests, self.options.connections, until)?);
        }
        let peak_bytes = self.gateway.peak_bytes()?;
        Ok(Row::new(kind.operation(), target, &echo, &gateway, peak_bytes))
    }
}
