//! The configuration and the command line, as somebody who starts the binary meets them.

use crate::server::{Child, run};
use std::net::TcpListener;

/// A configuration file with this text.
fn file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("it can be written");
    file
}

fn path(file: &tempfile::NamedTempFile) -> &str {
    file.path().to_str().expect("a path in UTF-8")
}

#[test]
fn the_effective_configuration_says_where_each_value_comes_from() {
    let digest = "ab".repeat(32);
    let text =
        format!("[session]\nttl_seconds = 60\n\n[[merchant]]\nid = \"SHOP\"\npassword_sha256 = [\"{digest}\"]\n");
    let file = file(&text);
    let arguments = ["config", "--config", path(&file), "--listen", "127.0.0.1:9000"];
    let (code, printed, said) =
        run(&arguments, &[("NVPGATE_NVP_STATUS", "rest"), ("NVPGATE_MASTER_KEY", "hidden-key")]);
    assert_eq!(code, Some(0), "{said}");
    for line in [
        "listen = \"127.0.0.1:9000\" # --listen".to_owned(),
        "status = \"rest\" # NVPGATE_NVP_STATUS".to_owned(),
        format!("ttl_seconds = 60 # {}", path(&file)),
        "sweep_seconds = 60".to_owned(),
        "password_sha256 = [\"..\"]".to_owned(),
    ] {
        assert!(printed.lines().any(|printed| printed == line), "{line} is missing:\n{printed}");
    }
    assert!(!printed.contains(&digest) && !printed.contains("hidden-key"), "a secret is shown:\n{printed}");
    assert!(!printed.contains("TESTMERCHANT"), "the file's list replaces the default one:\n{printed}");
    printed.parse::<toml::Table>().expect("it is TOML");
}

/// 32 bytes in hexadecimal.
const MASTER_KEY: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Arguments, variables, and what the line must contain.
type FailedStart<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn a_start_that_fails_says_why_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken = taken.local_addr().expect("its address").to_string();
    let unknown = file("[session]\nttl_second = 60\n");
    let no_toml = file("listen = \n");
    let no_directory = file("");
    let cases: &[FailedStart] = &[
        (&["serve", "--listen", &taken], &[], &["listen: cannot listen on", &taken]),
        (&["serve", "--listen", "8080"], &[], &["listen: expected HOST:PORT", "(--listen)"]),
        (&["serve", "--listen", "0.0.0.0:0"], &[], &["listen", "password_sha256", "openssl rand -hex 16", "sha256sum"]),
        (&["serve", "--listen", "[::]:0"], &[], &["listen", "built-in test password"]),
        (
            &["serve", "--config", path(&unknown)],
            &[],
            &["session.ttl_second: no such key", "did you mean session.ttl_seconds?"],
        ),
        (&["serve", "--config", path(&no_toml)], &[], &[path(&no_toml), "line 1"]),
        (&["serve", "--config", "/nonexistent/a.toml"], &[], &["/nonexistent/a.toml"]),
        (&["serve", "--data", path(&no_directory)], &[], &["data: ", path(&no_directory)]),
        (&["serve"], &[("NVPGATE_SESSION_TTL", "5")], &["NVPGATE_SESSION_TTL: no such variable"]),
        (&["serve"], &[("NVPGATE_SESSION_TTL_SECONDS", "x")], &["session.ttl_seconds", "NVPGATE_SESSION_TTL_SECONDS"]),
        (&["serve"], &[("NVPGATE_MASTER_KEY", "short")], &["NVPGATE_MASTER_KEY"]),
        (&["serve"], &[("NVPGATE_MASTER_KEY_FILE", "/nonexistent/key")], &["master_key_file", "/nonexistent/key"]),
        (&["serve", "--store", "postgres://u:secret@127.0.0.1"], &[], &["master_key_file: ", "NVPGATE_MASTER_KEY"]),
        (
            &["serve", "--store", "postgres://u:secret@127.0.0.1:1/d"],
            &[("NVPGATE_MASTER_KEY", MASTER_KEY)],
            &["store: cannot connect to the database at 127.0.0.1:1: "],
        ),
        (&["serve", "--store", "mysql://u:secret@h/d"], &[], &["store: expected empty, or postgres://", "(--store)"]),
        (&[], &[("NVPGATE_SERVER_WORKERS", "1000")], &["server.workers: expected a whole number from 0 to 512"]),
        (&["config"], &[("NVPGATE_DATA", "")], &["data: expected the path of a directory (NVPGATE_DATA)"]),
    ];
    for (arguments, variables, expected) in cases {
        let (code, printed, said) = run(arguments, variables);
        let what = format!("{arguments:?} {variables:?} said {said}");
        assert_eq!(code, Some(1), "{what}");
        assert_eq!(printed, "", "{what}");
        let lines: Vec<&str> = said.lines().filter(|line| line.starts_with("nvpgate: ")).collect();
        assert_eq!(lines.len(), 1, "{what}");
        assert!(!said.contains("secret"), "a password is shown: {what}");
        for part in *expected {
            assert!(lines[0].contains(part), "{part} is missing: {what}");
        }
    }
}

#[test]
fn the_documented_defaults_can_be_printed_and_are_a_configuration_file() {
    let (code, printed, said) = run(&["config", "--defaults"], &[]);
    assert_eq!(code, Some(0), "{said}");
    let file = file(&printed);
    let (_, without, _) = run(&["config"], &[]);
    let (code, with, said) = run(&["config", "--config", path(&file)], &[]);
    assert_eq!(code, Some(0), "{said}");
    let values = |text: &str| text.parse::<toml::Table>().expect("it is TOML");
    assert_eq!(values(&with), values(&without), "the defaults over the defaults change nothing");
}

#[test]
fn a_second_process_on_the_same_store_is_refused() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = directory.path().display().to_string();
    let first = Child::start_on(directory.path(), &[]);
    let (code, _, said) = run(&["serve", "--listen", "127.0.0.1:0", "--data", &store], &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("data: ") && said.contains("in use"), "{said}");
    assert_eq!(first.send("GET", "/health/ready", &[], b"").body, "ready", "the first goes on");
}

#[test]
fn help_teaches_the_program() {
    for (arguments, expected) in [
        (&["--help"][..], &["nvpgate serve", "curl -d", "NVPGATE_LOG", "serve", "config", "check", "Exit code"][..]),
        (&["serve", "--help"], &["--listen", "--data", "--config", "Example", "nvpgate listening on"]),
        (&["config", "--help"], &["Example", "nvpgate config --config"]),
        (&["check", "--help"], &["Example", "--target", "--junit"]),
    ] {
        let (code, printed, _) = run(arguments, &[]);
        assert_eq!(code, Some(0), "{arguments:?}");
        for part in expected {
            assert!(printed.contains(part), "{part} is missing in {arguments:?}:\n{printed}");
        }
    }
    let (code, _, said) = run(&["sevre"], &[]);
    assert_eq!(code, Some(2), "what is not understood has an exit code of its own");
    assert!(said.contains("serve"), "it says what was meant: {said}");
}
