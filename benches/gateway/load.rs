//! A load generator that costs little beside the server, with which it shares the machine: one thread,
//! requests patched in place, answers read no further than needed.

use crate::Outcome;
use crate::process::Process;
use crate::requests::{Maker, Requests};
use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Load before a measurement starts, in which connections and caches warm up.
const WARM_UP: Duration = Duration::from_millis(300);

/// How long one answer may take before the run is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// When to stop.
#[derive(Clone, Copy)]
pub enum Until {
    /// After so many seconds, not counting the warm-up.
    Seconds(f64),
    /// After so many requests.
    Count(usize),
}

/// What one run came to.
pub struct Measured {
    /// Requests answered within `elapsed`.
    pub completed: usize,
    pub elapsed: Duration,
    /// How long each of them took, in microseconds, sorted.
    pub latencies_microseconds: Vec<u32>,
    /// CPU the server used meanwhile.
    pub cpu_microseconds: u64,
}

/// What the connections of one run share.
struct Shared {
    /// Requests that may still be sent, where they are counted.
    remaining: Cell<usize>,
    /// Answers before this moment are warm-up.
    from: Instant,
    /// No request is sent after this moment.
    to: Instant,
}

/// Sends the maker's requests over so many connections, each waiting for its answer before the next.
pub fn run(server: &Process, maker: &Maker, connections: usize, until: Until) -> Outcome<Measured> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    runtime.block_on(local.run_until(drive(server, maker, connections, until)))
}

async fn drive(server: &Process, maker: &Maker, connections: usize, until: Until) -> Outcome<Measured> {
    let mut streams = Vec::with_capacity(connections);
    for _ in 0..connections {
        let stream = TcpStream::connect(server.address).await?;
        stream.set_nodelay(true)?;
        streams.push(stream);
    }
    let now = Instant::now();
    let (from, to, remaining) = match until {
        Until::Seconds(seconds) => (now + WARM_UP, now + WARM_UP + Duration::from_secs_f64(seconds), usize::MAX),
        Until::Count(count) => (now, now + Duration::from_secs(3600), count),
    };
    let shared = Rc::new(Shared { remaining: Cell::new(remaining), from, to });
    let mut tasks = JoinSet::new();
    for (at, stream) in streams.into_iter().enumerate() {
        let requests = maker.requests(at, connections);
        tasks.spawn_local(converse(stream, requests, Rc::clone(&shared)));
    }
    tokio::time::sleep_until(from.into()).await;
    let cpu_before = server.cpu_microseconds()?;
    let mut latencies_microseconds = Vec::new();
    // Requests stop at the deadline by themselves; what is still in flight then is not counted.
    while let Some(finished) = tasks.join_next().await {
        latencies_microseconds.extend(finished??);
    }
    let elapsed = to.min(Instant::now()) - from;
    let cpu_microseconds = server.cpu_microseconds()? - cpu_before;
    latencies_microseconds.sort_unstable();
    Ok(Measured { completed: latencies_microseconds.len(), elapsed, latencies_microseconds, cpu_microseconds })
}

/// One connection's requests and answers, in turn; returns the latencies that count, in microseconds.
async fn converse(mut stream: TcpStream, mut requests: Requests, shared: Rc<Shared>) -> Result<Vec<u32>, String> {
    let mut latencies = Vec::with_capacity(16 * 1024);
    let mut buffer = Vec::with_capacity(16 * 1024);
    let mut sent = Instant::now();
    while sent < shared.to && shared.remaining.get() > 0 {
        shared.remaining.set(shared.remaining.get() - 1);
        stream.write_all(requests.next()).await.map_err(|error| format!("a request could not be sent: {error}"))?;
        let body_at = match tokio::time::timeout(PATIENCE, receive(&mut stream, &mut buffer)).await {
            Ok(received) => received?,
            Err(_) => return Err(format!("no answer within {PATIENCE:?}")),
        };
        requests.accept(&buffer[body_at..])?;
        let answered = Instant::now();
        if sent >= shared.from && answered <= shared.to {
            latencies.push(u32::try_from((answered - sent).as_micros()).unwrap_or(u32::MAX));
        }
        sent = answered;
    }
    Ok(latencies)
}

/// Reads one answer into the buffer and says where its body starts.
async fn receive(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<usize, String> {
    buffer.clear();
    let mut whole = None;
    loop {
        let read = stream.read_buf(buffer).await.map_err(|error| format!("an answer could not be read: {error}"))?;
        if read == 0 {
            return Err("the server closed a connection".to_owned());
        }
        if whole.is_none() {
            whole = head(buffer)?;
        }
        if let Some((body_at, length)) = whole
            && buffer.len() >= body_at + length
        {
            return Ok(body_at);
        }
    }
}

/// Where the body starts and how long it is, once the head is there.
fn head(buffer: &[u8]) -> Result<Option<(usize, usize)>, String> {
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let mut response = httparse::Response::new(&mut headers);
    let parsed = response.parse(buffer).map_err(|error| format!("an answer is no HTTP: {error}"))?;
    let httparse::Status::Complete(body_at) = parsed else {
        return Ok(None);
    };
    if response.code != Some(200) {
        return Err(format!("an answer with status {:?}", response.code));
    }
    let length = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length = length.and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok());
    Ok(Some((body_at, length.ok_or("an answer without a length")?)))
}
