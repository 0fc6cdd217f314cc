//! PostgreSQL for one run of a test binary: a server made in a temporary directory, stopped and removed when the
//! process ends, however it ends; or the one that `NVPGATE_TEST_POSTGRES_URL` names.
//!
//! The library's own tests, the black-box tests and the benchmark include this file; no one of them uses all
//! of it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "shared by three binaries of tests"
)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, Once, OnceLock};
use std::time::{Duration, Instant};

/// Set to `required`, a test run without PostgreSQL fails rather than leaves half of itself out.
const REQUIRED: &str = "NVPGATE_TEST_POSTGRES";

/// The URL of a database on a server that runs already, of which the tests take schemas.
const GIVEN_URL: &str = "NVPGATE_TEST_POSTGRES_URL";

/// How the names of a given server's schemas begin.
const GIVEN_SCHEMAS: &str = "nvpgate_test_";

/// The lock that a run holds on a given server, so that no other deletes its schemas.
const GIVEN_LOCK: i64 = 1_853_255_784;

/// The one superuser of a started server; it is trusted on the socket.
pub const USER: &str = "postgres";

/// The password of [`USER`] over TCP.
pub const PASSWORD: &str = "a password/with:signs";

/// The password as it stands in a URL.
pub const PASSWORD_IN_URL: &str = "a%20password%2Fwith%3Asigns";

/// Runs the server as its child until its standard input ends, whoever closes it; the directory goes with it
/// unless the last line said `keep`.
const KEEPER: &str = r#"
    directory=$1; shift
    "$@" </dev/null >>"$directory/log" 2>&1 &
    server=$!
    read -r word
    kill -QUIT "$server"
    wait "$server"
    [ "$word" = keep ] || rm -rf "$directory"
"#;

/// A database in which a test gets a schema of its own.
pub struct TestDatabase {
    url: String,
    schemas: &'static str,
    next: AtomicU64,
    /// Held for as long as the process uses a server that it did not start.
    lock: Option<Connection>,
}

/// A connection and what drives it. It lasts until it is dropped.
struct Connection {
    client: tokio_postgres::Client,
    runtime: tokio::runtime::Runtime,
}

/// A server that was started here.
pub struct Server {
    directory: PathBuf,
    port: u16,
    programs: PathBuf,
    keeper: Mutex<Option<Child>>,
    database: TestDatabase,
}

/// The database that the tests of this binary share: that of the URL in `NVPGATE_TEST_POSTGRES_URL`, or of
/// [`started`].
pub fn database() -> Option<&'static TestDatabase> {
    static GIVEN: OnceLock<Option<TestDatabase>> = OnceLock::new();
    GIVEN
        .get_or_init(|| given_url().map(TestDatabase::given))
        .as_ref()
        .or_else(|| started().map(|server| &server.database))
}

fn given_url() -> Option<String> {
    std::env::var(GIVEN_URL).ok().filter(|url| !url.is_empty())
}

/// The server that the tests of this binary share where they must know more of it than a URL, or nothing where
/// PostgreSQL is not installed. The last lines of the run then say so.
pub fn started() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(|| installed().map(Server::start)).as_ref()
}

/// The programs. Where they are missing, the run fails or says in its last lines what did not run.
fn installed() -> Option<PathBuf> {
    let programs = programs();
    if programs.is_none() {
        assert!(
            std::env::var_os(REQUIRED).is_none_or(|value| value != "required"),
            "PostgreSQL is required and not found: no initdb on PATH or in /usr/lib/postgresql/*/bin"
        );
        static SAID: Once = Once::new();
        SAID.call_once(|| {
            let left_out = match given_url() {
                Some(_) => "tests that start a PostgreSQL server of their own",
                None => "the half of these tests that needs PostgreSQL",
            };
            last_words(&format!(
                "NOT RUN: {left_out}. No initdb was found on PATH or in /usr/lib/postgresql/*/bin; \
                 Debian's package postgresql has it."
            ));
        });
    }
    programs
}

/// Has something said after the last line of this test run: what a test prints when it passes, nobody sees.
pub fn last_words(words: &str) {
    static SPEAKER: Mutex<Option<ChildStdin>> = Mutex::new(None);
    let mut speaker = SPEAKER.lock().unwrap();
    let ear = speaker.get_or_insert_with(|| {
        let script = r#"words=$(cat); printf '\n%s\n' "$words" >&2"#;
        let child = Command::new("sh").args(["-c", script]).stdin(Stdio::piped()).process_group(0).spawn();
        child.expect("there is a shell").stdin.take().expect("it was piped")
    });
    writeln!(ear, "{words}").expect("the shell listens");
}

/// The directory of `initdb` and `postgres`; the newest version where there are several.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).collect::<Vec<_>>();
    let mut installed: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    let version = |path: &Path| path.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    installed.sort_by_key(|path| std::cmp::Reverse(version(path)));
    // A link leads to where the other programs are, pgbench among them.
    let places = on_path.into_iter().chain(installed).filter_map(|place| fs::canonicalize(place.join("initdb")).ok());
    places.filter_map(|initdb| initdb.parent().map(Path::to_owned)).find(|place| place.join("postgres").exists())
}

/// The user and group that PostgreSQL runs as where the tests run as root, which it refuses.
fn unprivileged() -> Option<(u32, u32)> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("/etc/passwd can be read");
    let find = |name: &str| {
        let user = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut numbers = user.split(':').skip(2).map(str::parse);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    };
    Some(find("postgres").or_else(|| find("nobody")).expect("there is an unprivileged user"))
}

/// A command as the unprivileged user, in a group of its own: Ctrl-C is for the tests, which end it.
fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    if let Some((user, group)) = unprivileged() {
        command.uid(user).gid(group);
    }
    command.process_group(0).current_dir("/");
    command
}

impl Server {
    /// A server of one's own, which nobody else uses.
    pub fn of_its_own() -> Option<Server> {
        installed().map(Server::start)
    }

    fn start(programs: PathBuf) -> Server {
        let directory = tempfile::Builder::new().prefix("nvpgate-postgres-").tempdir().unwrap().keep();
        let owner = unprivileged().unwrap_or_else(|| {
            let own = fs::metadata(&directory).unwrap();
            (own.uid(), own.gid())
        });
        chown(&directory, Some(owner.0), Some(owner.1)).unwrap();
        let write = |name: &str, text: &str| {
            let path = directory.join(name);
            let mut file =
                fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            chown(&path, Some(owner.0), Some(owner.1)).unwrap();
        };
        write("password", PASSWORD);
        let made = command(programs.join("initdb"))
            .arg("-D")
            .arg(directory.join("data"))
            .args([
                "-U",
                USER,
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync",
                "--auth-local=trust",
                "--auth-host=scram-sha-256",
            ])
            .arg(format!("--pwfile={}", directory.join("password").display()))
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        write("data/server.crt", &key.cert.pem());
        write("data/server.key", &key.signing_key.serialize_pem());
        let port = free_port();
        let url = format!("postgres:///postgres?user={USER}&host={}&port={port}", directory.display());
        let database = TestDatabase { url, schemas: "test_", next: AtomicU64::new(0), lock: None };
        let server = Server { directory, port, programs, keeper: Mutex::new(None), database };
        server.resume();
        server
    }

    /// Starts it again after [`Server::interrupt`].
    pub fn resume(&self) {
        let keeper = command("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(&self.directory)
            .arg(self.programs.join("postgres"))
            .arg("-D")
            .arg(self.directory.join("data"))
            .arg("-k")
            .arg(&self.directory)
            .args(["-p", &self.port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "ssl=on", "-c", "max_connections=300"])
            .args(["-c", "max_wal_size=4GB", "-c", "shared_buffers=128MB"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        *self.keeper.lock().unwrap() = Some(keeper);
        let begin = Instant::now();
        while let Err(error) = self.database.try_run("SELECT 1") {
            let log = fs::read_to_string(self.directory.join("log")).unwrap_or_default();
            assert!(begin.elapsed() < Duration::from_secs(60), "PostgreSQL does not start: {error}\n{log}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Stops it as a crash would: nothing is flushed, and the next start recovers what was durable.
    pub fn interrupt(&self) {
        let mut keeper = self.keeper.lock().unwrap().take().expect("it runs");
        writeln!(keeper.stdin.take().unwrap(), "keep").unwrap();
        assert!(keeper.wait().unwrap().success(), "the server did not stop");
    }

    /// The URL of a fresh schema, for one test.
    pub fn url(&self) -> String {
        self.database.url()
    }

    /// Runs statements as the superuser.
    pub fn run(&self, sql: &str) {
        self.database.run(sql);
    }

    /// Where its socket is.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The server's certificate, which signs itself and names localhost.
    pub fn certificate(&self) -> PathBuf {
        self.directory.join("data/server.crt")
    }

    /// Where its programs are, psql and pgbench among them.
    pub fn programs(&self) -> &Path {
        &self.programs
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut keeper) = self.keeper.lock().unwrap().take() {
            drop(keeper.stdin.take());
            let _stopped = keeper.wait();
        }
    }
}

impl TestDatabase {
    /// The one of a URL. Its schemas go at the next run, because nothing of this process outlives the last test.
    fn given(url: String) -> TestDatabase {
        let mut database = TestDatabase { url, schemas: GIVEN_SCHEMAS, next: AtomicU64::new(0), lock: None };
        let lock = database.connect().and_then(|connection| {
            connection.run(&format!("SELECT pg_advisory_lock({GIVEN_LOCK})"))?;
            connection.run(&format!(
                "DO $$ DECLARE old text; BEGIN
                     FOR old IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, '{GIVEN_SCHEMAS}') LOOP
                         EXECUTE format('DROP SCHEMA %I CASCADE', old);
                     END LOOP;
                 END $$"
            ))?;
            Ok(connection)
        });
        database.lock = Some(lock.unwrap_or_else(|error| panic!("{GIVEN_URL}: {error}")));
        database
    }

    /// The URL of a fresh schema, for one test.
    pub fn url(&self) -> String {
        let schema = format!("{}{}", self.schemas, self.next.fetch_add(1, Ordering::Relaxed));
        self.run(&format!("CREATE SCHEMA {schema}"));
        let before = if self.url.contains('?') { '&' } else { '?' };
        format!("{}{before}options=-csearch_path%3D{schema}", self.url)
    }

    /// Runs statements, as the superuser where the server was started here.
    pub fn run(&self, sql: &str) {
        self.try_run(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    fn try_run(&self, sql: &str) -> Result<(), String> {
        self.connect()?.run(sql)
    }

    fn connect(&self) -> Result<Connection, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&self.url, tokio_postgres::NoTls).await?;
            tokio::spawn(connection);
            Ok(client)
        });
        Ok(Connection { client: client.map_err(|error: tokio_postgres::Error| format!("{error:?}"))?, runtime })
    }
}

impl Connection {
    fn run(&self, sql: &str) -> Result<(), String> {
        self.runtime.block_on(self.client.batch_execute(sql)).map_err(|error| format!("{error:?}"))
    }
}

/// A port on 127.0.0.1 that nothing listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
