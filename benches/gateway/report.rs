//! What the bench prints: the table and the figures of the store, each beside what it should be.

use crate::load::Measured;
use std::fs;

/// What an operation's requests per second should reach of the echo's.
pub struct Target {
    /// It must.
    pub ratio: f64,
    /// It could.
    pub goal: f64,
}

/// p99 every operation must stay below, and could, in milliseconds.
const P99_TARGET: (f64, f64) = (30.0, 15.0);

/// Bytes of memory with the sessions in the store.
const RESIDENT_TARGET_MEGABYTES: f64 = 100.0;

/// How much larger updates may make the store.
const GROWTH_TARGET: f64 = 2.0;

/// One operation's figures, medians of all rounds.
pub struct Row {
    operation: &'static str,
    target: Target,
    requests_per_second: f64,
    echo_per_second: f64,
    ratio: f64,
    p50_milliseconds: f64,
    p99_milliseconds: f64,
    cpu_microseconds: f64,
    echo_cpu_microseconds: f64,
    peak_bytes: u64,
    /// Requests answered in all rounds.
    pub completed: usize,
}

impl Row {
    /// `echo` and `gateway` hold the same rounds in the same order; a ratio is that of one round.
    pub fn new(
        operation: &'static str,
        target: Target,
        echo: &[Measured],
        gateway: &[Measured],
        peak_bytes: u64,
    ) -> Row {
        Row {
            operation,
            target,
            requests_per_second: median(gateway.iter().map(rate)),
            echo_per_second: median(echo.iter().map(rate)),
            ratio: median(gateway.iter().zip(echo).map(|(gateway, echo)| rate(gateway) / rate(echo))),
            p50_milliseconds: median(gateway.iter().map(|measured| percentile(measured, 0.50))),
            p99_milliseconds: median(gateway.iter().map(|measured| percentile(measured, 0.99))),
            cpu_microseconds: median(gateway.iter().map(cpu)),
            echo_cpu_microseconds: median(echo.iter().map(cpu)),
            peak_bytes,
            completed: gateway.iter().map(|measured| measured.completed).sum(),
        }
    }
}

fn rate(measured: &Measured) -> f64 {
    measured.completed as f64 / measured.elapsed.as_secs_f64()
}

fn cpu(measured: &Measured) -> f64 {
    measured.cpu_microseconds as f64 / measured.completed as f64
}

fn percentile(measured: &Measured, share: f64) -> f64 {
    let sorted = &measured.latencies_microseconds;
    let at = (sorted.len() as f64 * share) as usize;
    sorted.get(at).map_or(f64::NAN, |microseconds| f64::from(*microseconds) / 1000.0)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => sorted[odd / 2],
        even => (sorted[even / 2 - 1] + sorted[even / 2]) / 2.0,
    }
}

/// The rows as a Markdown table.
pub fn table(rows: &[Row]) -> String {
    let mut table = String::from(
        "| operation | requests/s | echo/s | ratio | should be | p50 ms | p99 ms | should be | server CPU µs | echo CPU µs | peak MB |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        table += &format!(
            "| {} | {:.0} | {:.0} | {:.2} {} | {} ({}) | {:.1} | {:.1} {} | {} ({}) | {:.0} | {:.0} | {:.0} |\n",
            row.operation,
            row.requests_per_second,
            row.echo_per_second,
            row.ratio,
            verdict(row.ratio >= row.target.ratio),
            row.target.ratio,
            row.target.goal,
            row.p50_milliseconds,
            row.p99_milliseconds,
            verdict(row.p99_milliseconds < P99_TARGET.0),
            P99_TARGET.0,
            P99_TARGET.1,
            row.cpu_microseconds,
            row.echo_cpu_microseconds,
            megabytes(row.peak_bytes),
        );
    }
    table
}

/// The head of the table of the shared store.
pub const SHARED_HEAD: &str = "| operation | requests/s | pgbench, read and write/s | ratio | should be | pgbench, write alone/s | ratio \
     | p50 ms | p99 ms | node CPU µs | two nodes/s | of one |\n\
     | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";

/// What an operation should reach of pgbench's transactions.
const SHARED_TARGET: f64 = 1.0;

/// A row of that table: transactions per second of pgbench with both statements and with the second alone, one
/// node's run and two nodes' runs, a round an element.
pub fn shared_row(operation: &str, pgbench: &[[f64; 2]], one: &[Measured], two: &[[Measured; 2]]) -> String {
    let of = |which: usize| median(pgbench.iter().map(|rates| rates[which]));
    let ratio = |which: usize| median(one.iter().zip(pgbench).map(|(one, rates)| rate(one) / rates[which]));
    let together = |both: &[Measured; 2]| both.iter().map(rate).sum::<f64>();
    format!(
        "| {operation} | {:.0} | {:.0} | {:.2} {} | {SHARED_TARGET} | {:.0} | {:.2} | {:.1} | {:.1} | {:.0} | {:.0} | {:.2} |\n",
        median(one.iter().map(rate)),
        of(0),
        ratio(0),
        verdict(ratio(0) >= SHARED_TARGET),
        of(1),
        ratio(1),
        median(one.iter().map(|measured| percentile(measured, 0.50))),
        median(one.iter().map(|measured| percentile(measured, 0.99))),
        median(one.iter().map(cpu)),
        median(two.iter().map(together)),
        median(two.iter().zip(one).map(|(two, one)| together(two) / rate(one))),
    )
}

fn verdict(reached: bool) -> &'static str {
    if reached { "ok" } else { "MISSED" }
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Durable updates a second beside Redis's, of which there are figures where it is installed.
pub fn beside_redis(update: &Row, redis: Option<&[f64]>) -> String {
    let Some(redis) = redis else {
        return "durable updates beside Redis: not measured, redis-server is not installed".to_owned();
    };
    let (ours, theirs) = (update.requests_per_second, median(redis.iter().copied()));
    format!(
        "durable updates: {ours:.0} a second, Redis (appendfsync always, SET of 1 kB) {theirs:.0}, ratio {:.2}",
        ours / theirs
    )
}

/// How large the store is.
pub fn store(bytes: u64) -> String {
    format!("store {:.0} MB", megabytes(bytes))
}

/// What updates have made of the store's size.
pub fn growth(before: u64, after: u64) -> String {
    let factor = after as f64 / before as f64;
    format!("{factor:.2} times its first size, {} (below {GROWTH_TARGET})", verdict(factor < GROWTH_TARGET))
}

/// How much memory the server holds.
pub fn resident(bytes: u64) -> String {
    let reached = verdict(megabytes(bytes) < RESIDENT_TARGET_MEGABYTES);
    format!("resident {:.0} MB, {reached} (below {RESIDENT_TARGET_MEGABYTES})", megabytes(bytes))
}

/// The processor as Linux names it, and how many there are.
pub fn machine() -> String {
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let count = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{count} CPUs, {}", model.map_or("of unknown make", |(_, name)| name))
}
