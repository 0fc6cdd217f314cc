//! Whole runs against a real socket: what is sent, what is compared, what is reported.

use super::scripted::{Arrived, Scripted};
use super::target::{Base, Target};
use super::*;
use crate::domain::secret::Secret;
use std::fs;

const PASSWORD: &str = "pass word&1";
const HEADER: &str = "# T.\n# Source: a test (decided)\n@version 100\n";
const OK: &str = "200 OK\r\nContent-Type: text/plain;charset=UTF-8";

struct Ran {
    outcome: Outcome,
    printed: String,
    arrived: Vec<Arrived>,
}

/// Runs the files, by name, against a server that gives these answers.
fn ran(files: &[(&str, &str)], answers: &[&str]) -> Ran {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(directory.path().join(name), text).unwrap();
    }
    let server = Scripted::start(answers.iter().map(|body| (OK, body.as_bytes().to_vec())).collect());
    let target = Target::Remote {
        base: Base::parse(&server.url()).unwrap(),
        merchant: "TESTM".to_owned(),
        password: Secret::new(PASSWORD),
    };
    let mut printed = Vec::new();
    let outcome = check(&[directory.path().to_owned()], target, Progress::Hidden, &mut printed).unwrap();
    let printed = String::from_utf8(printed).unwrap().replace(&format!("{}/", directory.path().display()), "");
    // How long it took is no matter of these tests.
    let printed = printed.split(" skipped (").next().unwrap_or_default().to_owned();
    Ran { outcome, printed, arrived: server.arrived() }
}

fn one(request: &str, answer: &str, body: &str) -> Ran {
    ran(&[("a.nvp", &format!("{HEADER}>\n{request}\n<\n{answer}\n"))], &[body])
}

#[test]
fn a_request_arrives_as_the_fixture_writes_it() {
    let credentials = "merchant=TESTM&apiUsername=merchant.TESTM&apiPassword=pass+word%261";
    for (request, line, body) in [
        (
            "a = x y\norder.item[0].name = ü",
            "POST /api/nvp/version/100 HTTP/1.1",
            "a=x+y&order.item%5B0%5D.name=%C3%BC&",
        ),
        ("@path /api/nvp//version/100/\na =", "POST /api/nvp//version/100/ HTTP/1.1", "a=&"),
        ("@raw\n&&a=%zz b&{credentials}", "POST /api/nvp/version/100 HTTP/1.1", "&&a=%zz b&"),
    ] {
        let ran = one(request, "b = 1", "b=1");
        assert_eq!(ran.outcome.passed(), 1, "{}", ran.printed);
        assert!(ran.arrived[0].head.starts_with(line), "{request:?} arrived as {:?}", ran.arrived[0]);
        assert_eq!(ran.arrived[0].body, format!("{body}{credentials}"), "{request:?}");
    }
}

#[test]
fn credentials_are_the_fixtures_to_change_or_leave_out() {
    let ran = one("apiPassword = !\napiUsername = Merchant.{merchant}", "b = 1", "b=1");
    assert_eq!(ran.arrived[0].body, "apiUsername=Merchant.TESTM&merchant=TESTM");
    let other = format!("{HEADER}@merchant {{merchant}}-B\n>\n<\nb = 1\n");
    let ran = self::ran(&[("a.nvp", &other)], &["b=1"]);
    assert_eq!(ran.arrived[0].body, "merchant=TESTM-B&apiUsername=merchant.TESTM-B&apiPassword=pass+word%261");
    let ran = one("@raw\napiPassword={password}", "b = 1", "b=1");
    assert_eq!(ran.arrived[0].body, "apiPassword=pass+word%261");
}

#[test]
fn methods_and_headers_arrive() {
    let ran = one("@method GET\n@path /x?y=1\n@header X-A: {random}", "b = 1", "b=1");
    let head = &ran.arrived[0].head;
    assert!(head.starts_with("GET /x?y=1 HTTP/1.1") && !head.contains("content-type"), "{head}");
    assert!(head.lines().any(|line| line.starts_with("x-a: ") && line.len() == 5 + 12), "{head}");
    for (header, arrives) in [
        ("", Some("content-type: application/x-www-form-urlencoded; charset=UTF-8")),
        ("@header Content-Type: application/json\n", Some("content-type: application/json")),
        ("@header Content-Type: !\n", None),
    ] {
        let ran = one(&format!("{header}a = 1"), "b = 1", "b=1");
        let arrived = ran.arrived[0].head.lines().find(|line| line.starts_with("content-type")).map(str::to_owned);
        assert_eq!(arrived.as_deref(), arrives, "{header:?}");
    }
}

#[test]
fn values_are_taken_from_answers_and_sent_again() {
    let text = format!(
        "{HEADER}>\n<\nsession.id = {{session}}\nversion = v{{number}}\n>\nid = {{session}}\n<\n\
         text = {{session}} at {{number}}\n"
    );
    let ran = ran(&[("a.nvp", &text)], &["session.id=S+1&version=v7", "text=S+1+at+7"]);
    assert_eq!(ran.printed, "ok a.nvp (2 exchanges)\n1 conversation: 1 ok, 0 failed, 0");
    assert!(ran.arrived[1].body.starts_with("id=S+1&"), "{:?}", ran.arrived[1]);
}

#[test]
fn a_whole_answer_is_compared_with_an_earlier_one_byte_for_byte() {
    let text = format!("{HEADER}>\n<\n@raw\n{{answer}}\n>\n<\n@raw\n{{answer}}\n");
    for (second, met) in [("a=1%2B&b=2", true), ("a=1%2b&b=2", false), ("a=1%2B&b=2\n", false)] {
        let ran = ran(&[("a.nvp", &text)], &["a=1%2B&b=2", second]);
        assert_eq!(ran.outcome.passed() == 1, met, "{second:?}: {}", ran.printed);
    }
}

#[test]
fn expectations_are_met_or_not() {
    for (answer, body, met) in [
        ("a = 1", "a=1", true),
        ("a = 1", "a=2", false),
        ("a = 1", "b=1", false),
        ("a = 1", "a=1&b=2", false),
        ("a = 1\n...", "a=1&b=2", true),
        ("...", "a=1&b=2", true),
        ("b = 2\na = 1", "a=1&b=2", true),
        ("a = *", "a=x", true),
        ("a = *\nb = *", "a=x", false),
        ("a = \\*", "a=*", true),
        ("a = \\*", "a=x", false),
        ("a = !\n...", "b=1", true),
        ("a = !\n...", "a=1", false),
        ("a = ~[0-9]+", "a=12", true),
        ("a = ~[0-9]+", "a=12x", false),
        ("a = ~1|2", "a=12", false),
        ("a = ~(?<n>[0-9])\nb = {n}", "a=1&b=1", true),
        ("a = ~(?<n>[0-9])\nb = {n}", "a=1&b=2", false),
        ("a = {n}\nb = ~(?<n>[0-9])", "a=1&b=2", false),
        ("a = ~(?<n>[0-9])?x", "a=x", false),
        ("a = {n}\nb = {n}", "a=1&b=1", true),
        ("a = {n}\nb = {n}", "a=1&b=2", false),
        ("a = {n}-{n}", "a=x-x", true),
        ("a = {n}-{n}", "a=x-y", false),
        ("a = {merchant}", "a=TESTM", true),
        ("a = {merchant}", "a=TESTN", false),
        ("a = x.{n}", "a=xy1", false),
        ("@raw\na=1&b={n}&c=3", "a=1&b=2%2B&c=3", true),
        ("@raw\na=1&b={n}", "a=1&b=2&c=3", false),
        ("@raw\na={n}&b={n}", "a=%2B&b=%2B", true),
        ("@raw\na={n}&b={n}", "a=%2B&b=+", false),
        ("@raw\na=1", "a=1\n", false),
        ("@raw\na=1\\n", "a=1\n", true),
        ("@raw", "", true),
        ("...", "", false),
        ("...", "b=1&a=1", false),
        ("@status 200\n...", "a=1", true),
        ("@status 400\n...", "a=1", false),
        ("@content-type text/plain;charset=UTF-8\n...", "a=1", true),
        ("@content-type text/plain\n...", "a=1", false),
    ] {
        let ran = one("x = 1", answer, body);
        assert_eq!(ran.outcome.passed() == 1, met, "{answer:?} with {body:?}: {}", ran.printed);
        assert_eq!(ran.outcome.failed() == 0, met, "{answer:?} with {body:?}: {}", ran.printed);
    }
}

#[test]
fn a_difference_names_its_line_field_and_both_values() {
    let ran = one(
        "x = 1",
        "@status 400\nerror.cause = INVALID_REQUEST\nerror.field = *\nerror.explanation = No {what} for {merchant}\nresult = !",
        "error.cause=SERVER+FAILED&error.explanation=No%0A&order.id=+1&result=SUCCESS",
    );
    let expected = "\
FAILED a.nvp: exchange 1 of 1 (line 4): HTTP 200 with another answer
  a.nvp:7: HTTP status
      expected  400
      got       200
  a.nvp:8: error.cause
      expected  INVALID_REQUEST
      got       SERVER FAILED
  a.nvp:9: error.field
      expected  *
      missing
  a.nvp:10: error.explanation
      expected  No {what} for TESTM
      got       No\\n
  a.nvp:11: result
      expected  !
      got       SUCCESS
  a.nvp:6: order.id
      extra     \\s1
1 conversation: 0 ok, 1 failed, 0";
    assert_eq!(ran.printed, expected);
}

#[test]
fn an_error_that_came_instead_is_shown_though_other_fields_are_allowed() {
    let ran = one("x = 1", "result = SUCCESS\n...", "error.explanation=Invalid+credentials.&result=ERROR&version=1");
    let expected = "\
FAILED a.nvp: exchange 1 of 1 (line 4): HTTP 200 with another answer
  a.nvp:6: error.explanation
      beside    Invalid credentials.
  a.nvp:7: result
      expected  SUCCESS
      got       ERROR
1 conversation: 0 ok, 1 failed, 0";
    assert_eq!(ran.printed, expected);
}

#[test]
fn a_breach_of_the_encoding_is_told_in_words_with_the_bytes() {
    let ran = one("x = 1", "...", "b=&a=1\n");
    let expected = "\
FAILED a.nvp: exchange 1 of 1 (line 4): HTTP 200 with another answer
  a.nvp:6: a newline stands behind the last pair
  a.nvp:6: b has an empty value
  a.nvp:6: a stands behind b: names are not in byte order
  a.nvp:6: these are the bytes
      b=&a=1\\n
1 conversation: 0 ok, 1 failed, 0";
    assert_eq!(ran.printed, expected);
}

#[test]
fn no_difference_shows_the_password() {
    for body in ["a=x+pass+word%261", "pass+word%261=1", "a=pass word&1"] {
        let ran = one("x = 1", "a = 1", body);
        assert_eq!(ran.outcome.failed(), 1, "{}", ran.printed);
        assert!(ran.printed.contains(".."), "{}", ran.printed);
        assert!(!ran.printed.contains("pass"), "{}", ran.printed);
    }
}

#[test]
fn a_conversation_stops_at_the_first_difference() {
    let text = format!("{HEADER}> first\n<\na = 1\n> second\n<\na = 2\n> third\n<\na = 3\n");
    let ran = ran(&[("a.nvp", &text)], &["a=1", "a=x", "a=3"]);
    assert!(ran.printed.starts_with("FAILED a.nvp: exchange 2 of 3 (line 7, second): "), "{}", ran.printed);
    assert_eq!(ran.arrived.len(), 2, "the third request is not sent");
}

#[test]
fn a_gateway_that_does_not_answer_is_a_failure() {
    let text = format!("{HEADER}>\n<\na = 1\n");
    let ran = ran(&[("a.nvp", &text)], &[]);
    assert!(ran.printed.starts_with("FAILED a.nvp: exchange 1 of 1 (line 4): no answer: "), "{}", ran.printed);
}

#[test]
fn files_are_run_in_order_and_what_cannot_be_read_fails_by_itself() {
    let good = format!("{HEADER}>\n<\na = 1\n");
    let clock = format!("{HEADER}@clock +1m\n>\n<\na = 1\n");
    let config = format!("{HEADER}@config a.b = 1\n>\n<\na = 1\n");
    let files = [
        ("e.nvp", good.as_str()),
        ("a.nvp", &good),
        ("b.nvp", "# T.\n# Source: a test (decided)\nnonsense"),
        ("c.nvp", &clock),
        ("d.nvp", &config),
        ("notes.txt", "no fixture"),
    ];
    let ran = ran(&files, &["a=1", "a=1"]);
    let expected = "\
ok a.nvp (1 exchange)
FAILED b.nvp: cannot be read as a fixture
  b.nvp:3: expected a setting (@version, @merchant, @clock, @config) or a request, which begins with `>`
skipped c.nvp: it turns the clock, which needs a gateway of this process; run it without --target
skipped d.nvp: it sets configuration, which needs a gateway of this process; run it without --target
ok e.nvp (1 exchange)
5 conversations: 2 ok, 1 failed, 2";
    assert_eq!(ran.printed, expected);
    let mut xml = Vec::new();
    junit::write(&ran.outcome, &mut xml).unwrap();
    let xml = String::from_utf8(xml).unwrap();
    assert!(xml.contains(r#"tests="5""#) && xml.contains(r#"failures="1""#) && xml.contains(r#"skipped="2""#), "{xml}");
    assert!(xml.contains("b.nvp:3: expected a setting"), "{xml}");
    assert_eq!(xml.matches(r#"<testcase name="T." classname=""#).count(), 4, "{xml}");
}

#[test]
fn files_that_are_no_text_fail() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("a.nvp");
    fs::write(&file, b"# \xff").unwrap();
    let base = Base::parse("http://127.0.0.1:1").unwrap();
    let target = Target::Remote { base, merchant: "TESTM".to_owned(), password: Secret::new("p") };
    let outcome = check(&[file], target, Progress::Hidden, &mut Vec::new()).unwrap();
    let reason = "the file is not UTF-8".to_owned();
    assert_eq!(outcome.files[0].verdict, Verdict::Failed { reason, details: String::new() });
}

#[test]
fn nothing_to_check_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    for (path, words) in
        [(directory.path().to_owned(), "no fixture"), (directory.path().join("absent"), "No such file")]
    {
        let base = Base::parse("http://127.0.0.1:1").unwrap();
        let target = Target::Remote { base, merchant: "TESTM".to_owned(), password: Secret::new("p") };
        let error = check(&[path], target, Progress::Hidden, &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains(words) && error.contains(&directory.path().display().to_string()), "{error}");
    }
}

#[test]
fn addresses_are_read_strictly() {
    for text in ["http://127.0.0.1:8080", "https://gateway.example/", "http://[::1]:1/base"] {
        assert!(Base::parse(text).is_ok(), "{text}");
    }
    for text in ["", "127.0.0.1:8080", "ftp://a", "http://", "/x", "http://a/?b", "http://u:p@a"] {
        assert!(Base::parse(text).is_err(), "{text}");
    }
}

/// Runs fixtures, by name, against gateways of this process.
fn ran_here(files: &[(&str, &str)]) -> (Outcome, String) {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(directory.path().join(name), text).unwrap();
    }
    let mut printed = Vec::new();
    let outcome = check(&[directory.path().to_owned()], Target::OwnProcess, Progress::Hidden, &mut printed).unwrap();
    (outcome, String::from_utf8(printed).unwrap())
}

const CREATE: &str = ">\napiOperation = CREATE_SESSION\n<\nmerchant = {merchant}\nsession.id = {session}\n...\n";
const RETRIEVE: &str = ">\napiOperation = RETRIEVE_SESSION\nsession.id = {session}\n<\n";

#[test]
fn a_gateway_in_this_process_answers_keeps_time_and_takes_settings() {
    let gone = "error.explanation = Form Session not found or expired.\n...\n";
    let there = "session.id = {session}\n...\n";
    let lasting = format!("{HEADER}{CREATE}{RETRIEVE}{there}");
    let late = format!("{HEADER}{CREATE}@clock +16m\n{RETRIEVE}{gone}");
    let short = format!(
        "{HEADER}@config session.ttl_seconds = 60\n{CREATE}@clock +59s\n{RETRIEVE}{there}@clock +61s\n{RETRIEVE}{gone}"
    );
    let other = format!("{HEADER}{CREATE}@merchant {{merchant}}-OTHER\n{RETRIEVE}{gone}");
    let files = [("a.nvp", &lasting), ("b.nvp", &late), ("c.nvp", &lasting), ("d.nvp", &short), ("e.nvp", &other)];
    let (outcome, printed) = ran_here(&files.map(|(name, text)| (name, text.as_str())));
    assert_eq!(outcome.passed(), 5, "{printed}");
}

#[test]
fn a_gateway_that_does_not_start_fails_its_file_and_says_why() {
    let text = format!("{HEADER}@config session.ttl_secs = 60\n{CREATE}");
    let (outcome, printed) = ran_here(&[("a.nvp", &text)]);
    assert_eq!(outcome.failed(), 1, "{printed}");
    assert!(printed.contains("its gateway does not start: session.ttl_secs: no such key"), "{printed}");
}

#[test]
fn a_fixture_cannot_move_its_gateway() {
    let elsewhere = tempfile::tempdir().unwrap();
    let data = elsewhere.path().join("data");
    let text = format!("{HEADER}@config data = \"{}\"\n@config listen = \"0.0.0.0:1\"\n{CREATE}", data.display());
    let (outcome, printed) = ran_here(&[("a.nvp", &text)]);
    assert_eq!(outcome.passed(), 1, "{printed}");
    assert!(!data.exists(), "the store is in the run's own directory");
}
