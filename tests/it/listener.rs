//! A merchant's server, to which notifications are posted.

use crate::server::{PATIENCE, Pairs, merchant_id};
use nvpgate::environment::Environment;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// An answer that takes a notification.
pub const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// A merchant's server: takes requests and answers each in the same way.
pub struct Listener {
    /// Where it listens.
    pub address: SocketAddr,
    /// Requests in the order in which they arrived.
    pub arrived: mpsc::Receiver<Arrival>,
    /// Told when the other side goes away without having been answered.
    pub hung_up: mpsc::Receiver<()>,
    /// The bytes of an answer; `None` to keep silent until the other side goes away.
    answer: Arc<Mutex<Option<String>>>,
    is_stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// A request as it arrived.
pub struct Arrival {
    /// The request line.
    pub line: String,
    /// The headers by their lower-case names.
    pub headers: BTreeMap<String, String>,
    /// The body as it was sent.
    pub body: String,
}

impl Arrival {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub fn id(&self) -> String {
        self.header("x-notification-id").expect("each notification has an id").to_owned()
    }

    pub fn attempt(&self) -> u32 {
        self.header("x-notification-attempt").and_then(|attempt| attempt.parse().ok()).expect("a number")
    }

    pub fn pairs(&self) -> Pairs {
        serde_urlencoded::from_str(&self.body).expect("an encoded body")
    }
}

impl Listener {
    /// On a free port.
    pub fn start(answer: Option<&str>) -> Listener {
        Listener::on(TcpListener::bind("127.0.0.1:0").expect("a free port"), answer)
    }

    /// On a socket that listens already.
    pub fn on(socket: TcpListener, answer: Option<&str>) -> Listener {
        let address = socket.local_addr().expect("an address");
        let answer = Arc::new(Mutex::new(answer.map(str::to_owned)));
        let is_stopping = Arc::new(AtomicBool::new(false));
        let (sender, arrived) = mpsc::channel();
        let (hang_up, hung_up) = mpsc::channel();
        let (shared_answer, shared_stop) = (Arc::clone(&answer), Arc::clone(&is_stopping));
        let thread = std::thread::spawn(move || {
            for stream in socket.incoming().map_while(Result::ok) {
                if shared_stop.load(Ordering::SeqCst) {
                    break;
                }
                let (sender, answer) = (sender.clone(), shared_answer.lock().expect("no test fails in it").clone());
                let hang_up = hang_up.clone();
                std::thread::spawn(move || take(stream, answer, &sender, &hang_up));
            }
        });
        Listener { address, arrived, hung_up, answer, is_stopping, thread: Some(thread) }
    }

    pub fn answer_from_now_on(&self, answer: &str) {
        *self.answer.lock().expect("no test fails in it") = Some(answer.to_owned());
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The next request.
    pub fn next(&self) -> Arrival {
        self.arrived.recv_timeout(PATIENCE).expect("a notification arrives")
    }

    /// The next one, for which a merchant's clock is turned on until it comes.
    pub fn next_in_time(&self, environment: &Environment, merchant: &str) -> Arrival {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.arrived.recv_timeout(Duration::from_millis(100)) {
                Ok(arrival) => return arrival,
                Err(RecvTimeoutError::Timeout) if Instant::now() < deadline => {
                    environment.advance(&merchant_id(merchant), 60_000)
                }
                Err(error) => panic!("no notification arrives: {error}"),
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.is_stopping.store(true, Ordering::SeqCst);
        // So that the thread looks.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the listener's thread ends");
        }
    }
}

fn take(stream: TcpStream, answer: Option<String>, sender: &mpsc::Sender<Arrival>, hang_up: &mpsc::Sender<()>) {
    let mut stream = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        match stream.read_line(&mut line) {
            Ok(length) if length > 2 => lines.push(line.trim_end().to_owned()),
            Ok(2) => break,
            // Nobody asks anything.
            _ => return,
        }
    }
    let headers: BTreeMap<String, String> = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).expect("a length");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("the whole body");
    let body = String::from_utf8(body).expect("UTF-8");
    // A test that has seen enough no longer takes arrivals.
    let _ = sender.send(Arrival { line: lines[0].clone(), headers, body });
    match answer {
        Some(answer) => {
            let _ = stream.get_mut().write_all(answer.as_bytes());
        }
        None => {
            let _ = stream.read(&mut [0]);
            let _ = hang_up.send(());
        }
    }
}
