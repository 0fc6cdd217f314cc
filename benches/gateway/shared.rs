//! `cargo bench --bench gateway -- --store postgres`: the gateway on PostgreSQL, beside pgbench on the same
//! server. pgbench sends what a gateway without batches would send for an operation: the statement that reads
//! and the one that writes, each a round trip; and, for comparison, the one that writes alone. The gateway has
//! HTTP, cryptography and its rules besides, on the same processors.

use crate::load::{self, Measured, Until};
use crate::postgres::{self, USER};
use crate::process::Process;
use crate::report;
use crate::requests::{Kind, Maker, SessionId};
use crate::{Options, Outcome};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;

/// Sessions in the store, and rows in pgbench's table.
const ROWS: usize = 20_000;

/// Bytes of pgbench's records, which is what a session of the bench has sealed.
const SEALED_BYTES: usize = 1_400;

/// The same columns and indexes as the gateway's own table.
const TABLE: &str = "
    CREATE TABLE bench_record (slot uuid PRIMARY KEY, version int8 NOT NULL, expires int8, due int8, sealed bytea NOT NULL)
        WITH (fillfactor = 75);
    CREATE INDEX ON bench_record (due) WHERE due IS NOT NULL;";

/// Reads the record that is to be replaced.
const READ: &str = r"\set id random(1, 20000)
SELECT slot, version, expires, sealed FROM bench_record WHERE slot = md5(:id::text)::uuid;
";

/// Reads the session, and the order that is not there yet.
const READ_TWO: &str = r"\set id random(1, 20000)
SELECT slot, version, expires, sealed FROM bench_record WHERE slot IN (md5(:id::text)::uuid, md5((:id + 20000)::text)::uuid);
";

/// Replaces a record. The new bytes begin and end with a number: what stays the same at the edges of a row,
/// the server's log leaves out.
const UPDATE: &str = r"\set n random(1, 2000000000)
UPDATE bench_record SET version = version + 1, expires = :n, sealed = int4send(:n) || :sealed::bytea || int4send(:n)
WHERE slot = md5(:id::text)::uuid AND version >= 1;
";

/// Replaces a record and makes another.
const PAY: &str = r"\set n random(1, 2000000000)
WITH used AS (
    UPDATE bench_record SET version = version + 1, expires = :n, sealed = int4send(:n) || :sealed::bytea || int4send(:n)
    WHERE slot = md5(:id::text)::uuid AND version >= 1
) INSERT INTO bench_record (slot, version, sealed) VALUES (gen_random_uuid(), 1, int4send(:n) || :sealed::bytea);
";

/// What keeps the orders of one run apart from those of the next.
const BETWEEN_NUMBERS: usize = 100_000_000;

/// Measures updates and payments on one node and on two.
pub fn run(options: &Options, directory: &Path) -> Outcome<()> {
    let server = postgres::started().ok_or("there is no PostgreSQL on this machine")?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", report::machine())?;
    writeln!(
        out,
        "PostgreSQL, {} connections, {} rounds of {} s",
        options.connections, options.rounds, options.seconds
    )?;
    let url = server.url();
    let start = |name: &str| -> Outcome<Process> {
        let own = directory.join(name);
        fs::create_dir(&own)?;
        Process::gateway_on(&own, &url)
    };
    let nodes = [start("one")?, start("two")?];
    let create = Maker::creating();
    load::run(&nodes[0], &create, options.connections, Until::Count(ROWS))?;
    let sessions: Rc<[SessionId]> = create.created().into();
    load::run(&nodes[0], &Maker::filling(&sessions), options.connections, Until::Count(ROWS))?;
    server.run(TABLE);
    let random = "SELECT decode(string_agg(md5(random()::text || number || part), ''), 'hex') FROM generate_series";
    server.run(&format!(
        "INSERT INTO bench_record SELECT md5(number::text)::uuid, 1, 1, 1, ({random}(1, {}) AS part) \
         FROM generate_series(1, {ROWS}) AS number",
        SEALED_BYTES / 16
    ));

    let pgbench = |before: &str, script: &str| -> Outcome<f64> {
        let file = directory.join("script.sql");
        fs::write(&file, format!("{before}{script}"))?;
        let clients = options.connections.to_string();
        let sealed = format!("sealed=\\x{}", "a7".repeat(SEALED_BYTES));
        let mut command = Command::new(server.programs().join("pgbench"));
        command.args(["-n", "-M", "prepared", "-j", "2", "-c", &clients, "-D", &sealed, "-U", USER]);
        command.args(["-h", &server.directory().display().to_string(), "-p", &server.port().to_string()]);
        command.args(["-T", &options.seconds.ceil().to_string()]).arg("-f").arg(&file).arg("postgres");
        let output = command.output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        rate.ok_or_else(|| format!("pgbench: {said}{}", String::from_utf8_lossy(&output.stderr)).into())
    };
    let mut rows = String::new();
    let mut first_number = 0;
    for (kind, name, read, write) in [(Kind::Update, "update", READ, UPDATE), (Kind::Pay, "pay", READ_TWO, PAY)] {
        if !options.measures(name) {
            continue;
        }
        let requests = Maker::new(kind, &sessions);
        let (mut statements, mut one, mut two) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..options.rounds {
            statements.push([pgbench(read, write)?, pgbench("\\set id random(1, 20000)\n", write)?]);
            one.push(load::run(&nodes[0], &requests, options.connections, Until::Seconds(options.seconds))?);
            first_number += BETWEEN_NUMBERS;
            two.push(on_both(&nodes, kind, &sessions, first_number, options)?);
        }
        rows += &report::shared_row(kind.operation(), &statements, &one, &two);
    }
    write!(out, "{}{rows}", report::SHARED_HEAD)?;
    Ok(())
}

/// Half of the connections and sessions for each node, at the same time.
fn on_both(
    nodes: &[Process; 2],
    kind: Kind,
    sessions: &[SessionId],
    first_number: usize,
    options: &Options,
) -> Outcome<[Measured; 2]> {
    let connections = options.connections / 2;
    let until = Until::Seconds(options.seconds);
    let halves = sessions.split_at(sessions.len() / 2);
    let drive = |node: &Process, half: &[SessionId], first: usize| {
        let requests = Maker::new(kind, &half.into()).numbered_from(first);
        load::run(node, &requests, connections, until).map_err(|error| error.to_string())
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| drive(&nodes[1], halves.1, first_number + BETWEEN_NUMBERS / 2));
        let one = drive(&nodes[0], halves.0, first_number)?;
        Ok([one, other.join().map_err(|_| "the second load ended")??])
    })
}
