//! What the HTTP side does with requests of every kind.

use crate::server::{Child, PASSWORD, PATIENCE, Server, exchange, read_response};
use nvpgate::limits;
use rustix::process::Signal;
use std::io::{BufReader, Write};
use std::time::{Duration, Instant};

const NVP: &str = "/api/nvp/version/100";

fn create_session(merchant: &str) -> String {
    format!("apiOperation=CREATE_SESSION&merchant={merchant}&apiUsername=merchant.{merchant}&apiPassword={PASSWORD}")
}

fn head(method: &str, path: &str, headers: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n")
}

/// Method, path, content type, body; the REST status and a part of the explanation.
const MISTAKES: &[(&str, &str, &str, &str, u16, &str)] = &[
    ("GET", "/", "", "", 404, "There is nothing at this address."),
    ("POST", "/api/nvp/version", "", "a=b", 404, "There is nothing at this address."),
    ("POST", "/api/nvp/100", "", "a=b", 404, "There is nothing at this address."),
    ("POST", "/api/rest/version/100/merchant/M/session", "application/json", "{}", 404, "There is nothing"),
    ("GET", "/favicon.ico", "", "", 404, "There is nothing at this address."),
    ("GET", NVP, "", "", 405, "This address takes no such HTTP method. Use POST."),
    ("PUT", NVP, "", "a=b", 405, "This address takes no such HTTP method. Use POST."),
    ("DELETE", NVP, "", "", 405, "This address takes no such HTTP method. Use POST."),
    ("OPTIONS", NVP, "", "", 405, "This address takes no such HTTP method. Use POST."),
    ("PATCH", NVP, "", "a=b", 405, "This address takes no such HTTP method. Use POST."),
    ("DELETE", "/api/nvp/version/100/information", "", "", 405, "Use GET, HEAD, POST."),
    ("POST", "/health/live", "", "", 405, "Use GET, HEAD."),
    ("POST", "/api/nvp/version/0", "", "a=b", 404, "Unsupported value for 'version = 0'"),
    ("POST", "/api/nvp/version/101", "", "a=b", 404, "Unsupported value for 'version = 101'"),
    ("POST", "/api/nvp/version/abc", "", "a=b", 404, "Unsupported value for 'version = abc'"),
    ("POST", "/api/nvp/version/latest", "", "a=b", 404, "Unsupported value for 'version = latest'"),
    ("GET", "/api/nvp/version/85/information", "", "", 404, "Unsupported value for 'version = 85'"),
    ("POST", NVP, "application/json", "{\"apiOperation\":\"PAY\"}", 400, "JSON"),
    ("POST", NVP, "", "{\"apiOperation\":\"PAY\"}", 400, "JSON"),
    // Two mistakes at once: the version is named before what is wrong with the body.
    ("POST", "/api/nvp/version/101", "", "{\"apiOperation\":\"PAY\"}", 404, "Unsupported value for 'version = 101'"),
    (
        "POST",
        NVP,
        "",
        "apiOperation=CREATE_SESSION&merchant=TESTA&apiUsername=merchant.TESTA&apiPassword=0123456789abcdef0123456789abcdeX",
        401,
        "",
    ),
];

#[test]
fn mistakes_are_answered_in_the_gateway_s_own_form() {
    for style in ["ok", "rest"] {
        let server = Server::start_with(&[("nvp.status", &format!("\"{style}\""))]);
        for (method, path, content_type, body, rest_status, explanation) in MISTAKES {
            let headers = [("Content-Type", *content_type)];
            let headers = if content_type.is_empty() { &headers[..0] } else { &headers[..] };
            let answer = server.send(method, path, headers, body.as_bytes());
            let what = format!("{method} {path} {body} with nvp.status = {style}: {}", answer.body);
            let pairs = answer.pairs();
            assert_eq!(pairs.get("result").map(String::as_str), Some("ERROR"), "{what}");
            assert_eq!(pairs.get("error.cause").map(String::as_str), Some("INVALID_REQUEST"), "{what}");
            assert!(pairs.get("error.explanation").is_some_and(|text| text.contains(explanation)), "{what}");
            assert_eq!(answer.status, if style == "rest" { *rest_status } else { 200 }, "{what}");
            assert_eq!(answer.headers["content-type"], "text/plain;charset=UTF-8", "{what}");
        }
    }
}

#[test]
fn a_wrong_method_is_told_the_right_ones() {
    let server = Server::start_with(&[("nvp.status", "\"rest\"")]);
    for (path, allow) in
        [(NVP, "POST"), ("/api/nvp/version/100/information", "GET, HEAD, POST"), ("/health/live", "GET, HEAD")]
    {
        let answer = server.send("DELETE", path, &[], b"");
        assert_eq!(answer.headers.get("allow").map(String::as_str), Some(allow), "{path}");
    }
}

/// What clients were seen to send in paths, headers and credentials, and must get through with.
#[test]
fn real_clients_get_through() {
    let server = Server::start();
    let form = "application/x-www-form-urlencoded";
    let utf8 = "application/x-www-form-urlencoded; charset=UTF-8";
    let latin1 = "application/x-www-form-urlencoded; charset=iso-8859-1";
    let own = create_session("TESTOWN");
    let capital = own.replace("apiUsername=merchant.", "apiUsername=Merchant.");
    let no_merchant = own.replace("&merchant=TESTOWN", "");
    let equal = "Basic bWVyY2hhbnQuVEVTVE9XTjowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==";
    let without_prefix = "Basic VEVTVE9XTjowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==";
    let of_another = "Basic bWVyY2hhbnQuVEVTVE9USEVSOjEyMw==";
    for (path, headers, body) in [
        (NVP, vec![("Content-Type", form)], &own),
        ("/api/nvp//version/100", vec![("Content-Type", form)], &own),
        ("/api/nvp/version/100/", vec![("Content-Type", form)], &own),
        ("//api/nvp/version/100//", vec![("Content-Type", form)], &own),
        ("/api/nvp/version/100?debug=1", vec![("Content-Type", form)], &own),
        (NVP, vec![], &own),
        (NVP, vec![("Content-Type", utf8)], &own),
        (NVP, vec![("Content-Type", latin1)], &own),
        (NVP, vec![("Content-Type", "text/plain")], &own),
        (NVP, vec![("Content-Type", "nonsense")], &own),
        (NVP, vec![("Accept", "application/json")], &own),
        (NVP, vec![("Expect", "100-continue")], &own),
        (NVP, vec![], &capital),
        (NVP, vec![], &no_merchant),
        (NVP, vec![("Authorization", equal)], &own),
        (NVP, vec![("Authorization", without_prefix)], &own),
        (NVP, vec![("Authorization", of_another)], &own),
        (NVP, vec![("Authorization", "Basic YQ==, Basic Yg==")], &own),
        (NVP, vec![("Authorization", "bWVyY2hhbnQ6eA==")], &own),
    ] {
        let answer = server.send("POST", path, &headers, body.as_bytes());
        let what = format!("{path} {headers:?} {body}: {}", answer.body);
        assert_eq!(answer.status, 200, "{what}");
        let pairs = answer.pairs();
        assert_eq!(pairs.get("result").map(String::as_str), Some("SUCCESS"), "{what}");
        assert_eq!(pairs.get("merchant").map(String::as_str), Some("TESTOWN"), "{what}");
    }
}

#[test]
fn credentials_in_a_header_alone_are_none() {
    let server = Server::start();
    let basic = "Basic bWVyY2hhbnQuVEVTVE9XTjowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==";
    let body = b"apiOperation=CREATE_SESSION&merchant=TESTOWN";
    let answer = server.send("POST", NVP, &[("Authorization", basic)], body);
    assert_eq!(answer.pairs()["error.explanation"], "Invalid credentials.");
}

#[test]
fn a_body_over_the_limit_is_refused_with_and_without_its_length() {
    let server = Server::start_with(&[("nvp.status", "\"rest\"")]);
    let body = vec![b'a'; 10_000_000];
    let refused = format!("The body is longer than {} bytes.", limits::BODY_BYTES);
    let with_length = server.send("POST", NVP, &[], &body);
    assert_eq!((with_length.status, with_length.pairs()["error.explanation"].as_str()), (413, refused.as_str()));
    let chunked = server.send("POST", NVP, &[("Transfer-Encoding", "chunked")], &body);
    assert_eq!((chunked.status, chunked.pairs()["error.explanation"].as_str()), (413, refused.as_str()));
    let next = server.post_as("TESTA", 100, &[("apiOperation", "CREATE_SESSION")]);
    assert_eq!(next["result"], "SUCCESS", "the server goes on");
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Server::start_changed(&[("nvp.status", "\"rest\"")], |config| {
        config.body_time = Duration::from_millis(200);
    });
    for (what, bytes) in [
        ("no byte of the body", head("POST", NVP, "Content-Length: 5\r\n")),
        ("a part of the body", head("POST", NVP, "Content-Length: 5\r\n") + "a=b"),
        ("a chunk that never ends", head("POST", NVP, "Transfer-Encoding: chunked\r\n") + "5\r\na"),
        ("a body that another address would not take", head("POST", "/nothing", "Content-Length: 5\r\n")),
    ] {
        let answer = exchange(&mut BufReader::new(server.connect()), bytes.as_bytes());
        let expected = if bytes.contains("/nothing") { 404 } else { 408 };
        assert_eq!(answer.status, expected, "{what}: {}", answer.body);
        assert_eq!(answer.pairs()["result"], "ERROR", "{what}");
    }
}

#[test]
fn a_refused_body_is_not_read_for_ever() {
    let server = Server::start_changed(&[], |config| config.body_time = Duration::from_millis(200));
    let mut stream = BufReader::new(server.connect());
    let answer =
        exchange(&mut stream, (head("POST", NVP, "Transfer-Encoding: chunked\r\n") + "FFFFFFF\r\na").as_bytes());
    assert_eq!(answer.pairs()["result"], "ERROR");
    assert_eq!(answer.headers.get("connection").map(String::as_str), Some("close"));
    let begin = Instant::now();
    while stream.get_mut().write_all(b"a").is_ok() {
        assert!(begin.elapsed() < PATIENCE, "the connection is still open");
        std::thread::yield_now();
    }
}

#[test]
fn a_request_to_upgrade_the_connection_is_an_ordinary_one() {
    let server = Server::start();
    let upgrade = "Connection: upgrade\r\nUpgrade: websocket\r\n";
    let body = create_session("TESTA");
    for (bytes, expected) in [
        (head("GET", "/health/live", upgrade), "live"),
        (head("POST", NVP, &format!("{upgrade}Content-Length: {}\r\n", body.len())) + &body, "result=SUCCESS"),
        (head("CONNECT", "example.com:443", ""), "result=ERROR"),
    ] {
        let answer = exchange(&mut BufReader::new(server.connect()), bytes.as_bytes());
        assert!(answer.body.contains(expected), "{bytes}: {}", answer.body);
    }
}

#[test]
fn one_connection_carries_many_requests_mistakes_among_them() {
    let server = Server::start();
    let body = create_session("TESTA");
    let good = head("POST", NVP, &format!("Content-Length: {}\r\n", body.len())) + &body;
    let mut stream = BufReader::new(server.connect());
    for (bytes, result) in [
        (good.clone(), "SUCCESS"),
        (head("GET", "/nothing", ""), "ERROR"),
        (head("POST", "/nothing", "Content-Length: 3\r\n") + "a=b", "ERROR"),
        (head("POST", NVP, "Transfer-Encoding: chunked\r\n") + "3\r\na=b\r\n0\r\n\r\n", "ERROR"),
        (head("BREW", NVP, ""), "ERROR"),
        (good.clone(), "SUCCESS"),
    ] {
        let answer = exchange(&mut stream, bytes.as_bytes());
        assert_eq!(answer.pairs()["result"], result, "{bytes}");
    }
    // Two requests sent at once are answered in their order.
    let first = exchange(&mut stream, (good.clone() + &head("GET", "/health/live", "")).as_bytes());
    assert_eq!(first.pairs()["result"], "SUCCESS");
    assert_eq!(read_response(&mut stream).body, "live");
}

#[test]
fn the_gateway_check_and_the_health_checks_need_no_credentials() {
    let server = Server::start();
    for method in ["GET", "POST"] {
        for path in ["/api/nvp/version/79/information", "/api/nvp//version/1/information/"] {
            let answer = server.send(method, path, &[], b"");
            assert_eq!(answer.status, 200, "{method} {path}");
            assert_eq!(answer.pairs()["status"], "OPERATING", "{method} {path}");
            assert!(answer.pairs()["gatewayVersion"].len() >= 5, "documented: 5 to 32 characters");
        }
    }
    for (path, word) in [("/health/live", "live"), ("/health/ready", "ready")] {
        let answer = server.send("GET", path, &[], b"");
        assert_eq!((answer.status, answer.body.as_str()), (200, word), "{path}");
        assert_eq!(server.send("HEAD", path, &[], b"").status, 200, "{path}");
    }
}

#[test]
fn answers_are_kept_by_no_cache_and_have_an_id_each() {
    let server = Server::start_with(&[("nvp.content_type", "\"application/x-www-form-urlencoded\"")]);
    let first = server.send("POST", NVP, &[], create_session("TESTA").as_bytes());
    let second = server.send("GET", "/nothing", &[], b"");
    for answer in [&first, &second] {
        assert_eq!(answer.headers["content-type"], "application/x-www-form-urlencoded");
        assert_eq!(answer.headers["cache-control"], "no-cache, no-store, must-revalidate");
        assert_eq!(answer.headers["pragma"], "no-cache");
        assert_eq!(answer.headers["expires"], "0");
        assert_eq!(answer.headers["x-request-id"].len(), 32);
    }
    assert_ne!(first.headers["x-request-id"], second.headers["x-request-id"]);
}

#[test]
fn a_session_expires_by_the_server_s_clock() {
    let server = Server::start();
    let session = server.post_as("TESTA", 100, &[("apiOperation", "CREATE_SESSION")])["session.id"].clone();
    let retrieve = [("apiOperation", "RETRIEVE_SESSION"), ("session.id", session.as_str())];
    assert_eq!(server.post_as("TESTA", 100, &retrieve)["session.id"], session);
    server.advance("TESTA", 16 * 60 * 1000);
    let expired = server.post_as("TESTA", 100, &retrieve);
    assert_eq!(expired["error.explanation"], "Form Session not found or expired.");
}

#[test]
fn what_has_expired_is_swept_without_being_asked_for() {
    let child = Child::start(&[("NVPGATE_SESSION_TTL_SECONDS", "1"), ("NVPGATE_SESSION_SWEEP_SECONDS", "1")]);
    let answer = child.send("POST", NVP, &[], create_session("TESTA").as_bytes());
    assert_eq!(answer.pairs()["result"], "SUCCESS");
    let line = child.log_until("expired records deleted");
    assert!(line.ends_with("expired records deleted: 1"), "{line}");
}

#[test]
fn the_log_has_a_line_for_each_request_and_no_value_of_any() {
    let child = Child::start(&[("NVPGATE_LOG", "trace")]);
    let secrets =
        ["5123450000000008", "SECRETPATH", "SECRETQUERY", "SECRETHEADER", "SECRETMETHOD", PASSWORD, "TESTSECRET"];
    let body = create_session("TESTSECRET") + "&sourceOfFunds.provided.card.number=5123450000000008";
    let mut ids = Vec::new();
    for (method, path, body) in [
        ("POST", NVP, body.as_str()),
        ("POST", NVP, &create_session("TESTSECRET")),
        ("POST", "/SECRETPATH/5123450000000008?SECRETQUERY=5123450000000008", "a=5123450000000008"),
        ("SECRETMETHOD", NVP, ""),
        ("POST", "/api/nvp/version/5123450000000008", "a=b"),
        ("GET", "/api/nvp/version/100?SECRETQUERY", ""),
    ] {
        let answer =
            child.send(method, path, &[("X-Request-Id", "SECRETHEADER"), ("Cookie", "SECRETHEADER")], body.as_bytes());
        ids.push(answer.headers["x-request-id"].clone());
    }
    child.signal(Signal::TERM);
    let (status, printed, log) = child.wait();
    assert!(status.success(), "{status}: {log}");
    assert_eq!(printed, "", "nothing but the first line goes to standard output");
    for id in ids {
        let lines = log.lines().filter(|line| line.contains("nvpgate::access") && line.contains(&id)).count();
        assert_eq!(lines, 1, "one line for request {id}: {log}");
    }
    for line in log.lines() {
        for secret in secrets {
            assert!(!line.contains(secret), "{secret} is in the log: {line}");
        }
    }
}

#[test]
fn a_stop_finishes_what_it_took() {
    for signal in [Signal::TERM, Signal::INT] {
        let child = Child::start(&[]);
        let body = create_session("TESTA");
        let headers = format!("Content-Length: {}\r\nExpect: 100-continue\r\n", body.len());
        let mut stream = BufReader::new(crate::server::connect(child.address));
        let proceed = exchange(&mut stream, head("POST", NVP, &headers).as_bytes());
        assert_eq!(proceed.status, 100, "the request was taken");
        child.signal(signal);
        child.log_until("stopping");
        stream.get_mut().write_all(body.as_bytes()).expect("the connection is open");
        assert_eq!(read_response(&mut stream).pairs()["result"], "SUCCESS", "{signal:?}");
        let (status, _, log) = child.wait();
        assert!(status.success(), "{signal:?}: {status}: {log}");
    }
}

#[test]
fn a_second_signal_stops_at_once() {
    let child = Child::start(&[]);
    let mut stream = BufReader::new(crate::server::connect(child.address));
    let headers = "Content-Length: 5\r\nExpect: 100-continue\r\n";
    let proceed = exchange(&mut stream, head("POST", NVP, headers).as_bytes());
    assert_eq!(proceed.status, 100, "the request was taken, and its body will not come");
    child.signal(Signal::TERM);
    child.log_until("stopping");
    child.signal(Signal::TERM);
    let (status, _, log) = child.wait();
    assert_eq!(status.code(), Some(1), "{log}");
    assert!(log.contains("stopped before every request was finished"), "{log}");
}
