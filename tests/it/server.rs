//! Servers to test against, and clients to test them with.

use nvpgate::app::{self, Running};
use nvpgate::config::Config;
use nvpgate::domain::ids::MerchantId;
use nvpgate::domain::timestamp::Timestamp;
use nvpgate::environment::Environment;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;
use tempfile::TempDir;
use ureq::Agent;

/// The password of every TEST… merchant while the built-in one is in force.
pub const PASSWORD: &str = "0123456789abcdef0123456789abcdef";

/// How long a test waits for anything before it fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A body's names and values.
pub type Pairs = BTreeMap<String, String>;

/// A server in this process, on a free port, with a store that goes with it.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// The clocks and seeds of its merchants.
    pub environment: Environment,
    running: Option<Running>,
    agent: Agent,
    _data: Option<TempDir>,
}

impl Server {
    /// With the default configuration.
    pub fn start() -> Server {
        Server::start_with(&[])
    }

    /// With some keys of the configuration set: the dotted key and its value as TOML.
    pub fn start_with(keys: &[(&str, &str)]) -> Server {
        Server::start_changed(keys, |_| {})
    }

    /// With keys set and the configuration changed where it has no key.
    pub fn start_changed(keys: &[(&str, &str)], change: impl FnOnce(&mut Config)) -> Server {
        let data = tempfile::tempdir().expect("a directory for the store");
        let mut server = Server::start_on(data.path(), keys, change);
        server._data = Some(data);
        server
    }

    /// With the store in a directory that outlives it.
    pub fn start_on(data: &Path, keys: &[(&str, &str)], change: impl FnOnce(&mut Config)) -> Server {
        Server::start_by(Environment::real(), data, keys, change)
    }

    /// The same, by clocks that may have been turned already.
    pub fn start_by(
        environment: Environment,
        data: &Path,
        keys: &[(&str, &str)],
        change: impl FnOnce(&mut Config),
    ) -> Server {
        let directory = toml::Value::from(data.to_str().expect("a path in UTF-8")).to_string();
        let mut all = vec![("listen", "\"127.0.0.1:0\""), ("data", &directory), ("server.workers", "1")];
        all.extend(keys);
        let mut config = Config::default_with(&all).expect("a good configuration");
        change(&mut config);
        let running = app::start(config, environment.clone()).expect("the server starts");
        Server { address: running.address, environment, running: Some(running), agent: agent(), _data: None }
    }

    /// Turns a merchant's clock on, or back.
    pub fn advance(&self, merchant: &str, milliseconds: i64) {
        self.environment.advance(&merchant_id(merchant), milliseconds);
    }

    /// The time by a merchant's clock.
    pub fn now(&self, merchant: &str) -> Timestamp {
        self.environment.world(&merchant_id(merchant)).now()
    }

    /// Sends exactly these pairs and decodes the answer, which must come with status 200.
    pub fn post(&self, version: u8, pairs: &[(&str, &str)]) -> Pairs {
        let body = serde_urlencoded::to_string(pairs).expect("pairs can be encoded");
        let answer = self.send("POST", &format!("/api/nvp/version/{version}"), &[], body.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.pairs()
    }

    /// Sends the pairs with a TEST… merchant's credentials.
    pub fn post_as(&self, merchant: &str, version: u8, pairs: &[(&str, &str)]) -> Pairs {
        let username = format!("merchant.{merchant}");
        let mut all = vec![("merchant", merchant), ("apiUsername", username.as_str()), ("apiPassword", PASSWORD)];
        all.extend(pairs);
        self.post(version, &all)
    }

    /// Sends any request.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        send(&self.agent, self.address, method, path, headers, body)
    }

    /// A connection of its own, for bytes that no client library would send.
    pub fn connect(&self) -> TcpStream {
        connect(self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop();
        }
    }
}

/// The id of a merchant.
pub fn merchant_id(id: &str) -> MerchantId {
    MerchantId::parse(id).expect("a merchant's id")
}

/// An answer as it came.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers by their lower-case names.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The body's pairs; a name that comes twice fails the test.
    pub fn pairs(&self) -> Pairs {
        let list: Vec<(String, String)> = serde_urlencoded::from_str(&self.body).expect("an encoded body");
        let count = list.len();
        let pairs: Pairs = list.into_iter().collect();
        assert_eq!(pairs.len(), count, "a name comes twice in {}", self.body);
        pairs
    }
}

/// The binary as a process of its own; it is killed when it is dropped.
pub struct Child {
    /// Where it listens.
    pub address: SocketAddr,
    process: std::process::Child,
    printed: Receiver<String>,
    log: Receiver<String>,
    agent: Agent,
    data: Option<TempDir>,
}

impl Child {
    /// `nvpgate serve` on a free port with a store that goes with it.
    pub fn start(variables: &[(&str, &str)]) -> Child {
        let data = tempfile::tempdir().expect("a directory for the store");
        let mut child = Child::start_on(data.path(), variables);
        child.data = Some(data);
        child
    }

    /// `nvpgate serve` on a free port with the store in a directory that outlives it.
    pub fn start_on(data: &Path, variables: &[(&str, &str)]) -> Child {
        let mut process = command(data)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .envs(variables.iter().copied())
            .spawn()
            .expect("the binary starts");
        let printed = lines(process.stdout.take().expect("a pipe"));
        let log = lines(process.stderr.take().expect("a pipe"));
        let line = printed.recv_timeout(PATIENCE).unwrap_or_default();
        let address = line.strip_prefix("nvpgate listening on http://").and_then(|address| address.parse().ok());
        match address {
            Some(address) => Child { address, process, printed, log, agent: agent(), data: None },
            None => {
                // Should it be alive, its log would not end.
                let _killed = process.kill();
                let _ended = process.wait();
                panic!("it printed {line:?} and said {}", rest(&log));
            }
        }
    }

    /// Sends any request.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        send(&self.agent, self.address, method, path, headers, body)
    }

    /// Sends a signal.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = i32::try_from(self.process.id()).ok().and_then(rustix::process::Pid::from_raw).expect("a process id");
        rustix::process::kill_process(id, signal).expect("the process is there");
    }

    /// Waits for a line of its log that contains `text`.
    pub fn log_until(&self, text: &str) -> String {
        let mut before = String::new();
        loop {
            match self.log.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(text) => return line,
                Ok(line) => before = before + &line + "\n",
                Err(_) => panic!("it did not say {text:?}, but {before}"),
            }
        }
    }

    /// Waits until it ends: how, and the lines of standard output and of its log that were not read yet.
    pub fn wait(mut self) -> (ExitStatus, String, String) {
        let (log, printed) = (rest(&self.log), rest(&self.printed));
        let status = self.process.wait().expect("it ends");
        (status, printed, log)
    }
}

/// Reads a pipe as long as the process is there, so that it never waits for a reader.
fn lines(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// The lines up to the end of the pipe.
fn rest(lines: &Receiver<String>) -> String {
    let mut all = String::new();
    loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(line) => all = all + &line + "\n",
            Err(RecvTimeoutError::Disconnected) => return all,
            Err(RecvTimeoutError::Timeout) => panic!("it does not end; it said {all}"),
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It has ended already where a test waited for it.
        let _killed = self.process.kill();
        let _ended = self.process.wait();
    }
}

/// Runs the binary to its end: the exit code, standard output and standard error.
pub fn run(arguments: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let directory = tempfile::tempdir().expect("a directory to run in");
    let output =
        command(directory.path()).args(arguments).envs(variables.iter().copied()).output().expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The binary, in a directory, with none of this process's settings.
fn command(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nvpgate"));
    command.current_dir(directory).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("NVPGATE_") || name == "RUST_LOG") {
            command.env_remove(name);
        }
    }
    command
}

/// A connection on which nothing is waited for without end.
pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
    stream.set_write_timeout(Some(PATIENCE)).expect("a time limit");
    stream
}

/// Reads one response off a connection: its head, and as much body as Content-Length says.
pub fn read_response(stream: &mut BufReader<TcpStream>) -> Answer {
    let mut line = String::new();
    stream.read_line(&mut line).expect("a status line");
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.unwrap_or_else(|| panic!("{line:?} is no status line"));
    let mut headers = BTreeMap::new();
    loop {
        line.clear();
        stream.read_line(&mut line).expect("a header line");
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.to_owned()),
            None => break,
        };
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("the whole body");
    Answer { status, headers, body: String::from_utf8(body).expect("a body in UTF-8") }
}

/// Writes bytes and reads one response.
pub fn exchange(stream: &mut BufReader<TcpStream>, bytes: &[u8]) -> Answer {
    stream.get_mut().write_all(bytes).expect("the server reads");
    read_response(stream)
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None)
        .allow_non_standard_methods(true)
        .timeout_global(Some(PATIENCE))
        // An idle connection would only make the server's stop wait for it.
        .max_idle_connections(0)
        .build()
        .into()
}

fn send(agent: &Agent, address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut request = ureq::http::Request::builder().method(method).uri(format!("http://{address}{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body).expect("a request that HTTP allows");
    let mut response = agent.run(request).unwrap_or_else(|error| panic!("{method} {path}: {error}"));
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().expect("headers in ASCII").to_owned()))
        .collect();
    let body = response.body_mut().read_to_string().expect("a whole body");
    Answer { status: response.status().as_u16(), headers, body }
}
