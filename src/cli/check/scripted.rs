//! A gateway for the tests of this module: a real HTTP server on a real socket that answers what it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Request line and headers, one a line.
    pub head: String,
    /// The body.
    pub body: String,
}

/// The server; dropping it stops it.
pub struct Scripted {
    address: SocketAddr,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    thread: Option<JoinHandle<()>>,
}

impl Scripted {
    /// Answers the n-th request with the n-th (status and headers, body); later ones with nothing at all.
    pub fn start(answers: Vec<(&'static str, Vec<u8>)>) -> Scripted {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let log = arrived.clone();
        let thread = std::thread::spawn(move || {
            let mut answers = answers.into_iter();
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                let Some(request) = read(&stream) else { return };
                log.lock().unwrap().push(request);
                if let Some((head, body)) = answers.next() {
                    write(stream, head, &body);
                }
            }
        });
        Scripted { address, arrived, thread: Some(thread) }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What has arrived so far.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }
}

/// `None` for a connection that says nothing, which is how the server is stopped.
fn read(stream: &TcpStream) -> Option<Arrived> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while reader.read_line(&mut head).unwrap() > 2 {}
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    (!head.is_empty()).then(|| Arrived { head, body: String::from_utf8_lossy(&body).into_owned() })
}

fn write(mut stream: TcpStream, head: &str, body: &[u8]) {
    let head = format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
}

impl Drop for Scripted {
    fn drop(&mut self) {
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let _a_panic_there_has_failed_the_test_already = thread.join();
        }
    }
}
