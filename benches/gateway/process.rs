//! The servers under load, each its own process, and what Linux says about them.

use crate::Outcome;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The store's directory and the server's log below the run's own directory.
const DATA: &str = "data";
const LOG: &str = "gateway.log";

/// `/proc/PID/stat` counts in hundredths of a second on every Linux, whatever the kernel's own clock does.
const MICROSECONDS_PER_TICK: u64 = 10_000;

/// A running server. Dropping it kills it.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
}

impl Process {
    /// This program once more, as the echo.
    pub fn echo(directory: &Path) -> Outcome<Process> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--serve-echo").stderr(File::create(directory.join("echo.log"))?);
        Process::start(command)
    }

    /// The gateway as a user starts it, but for sessions that outlive the run: they are to stay as many.
    pub fn gateway(directory: &Path) -> Outcome<Process> {
        Process::gateway_with(directory, &[])
    }

    /// The same with the store in a database, where several are nodes of one gateway.
    pub fn gateway_on(directory: &Path, url: &str) -> Outcome<Process> {
        let master_key = "00".repeat(32);
        Process::gateway_with(directory, &[("NVPGATE_STORE", url), ("NVPGATE_MASTER_KEY", &master_key)])
    }

    fn gateway_with(directory: &Path, variables: &[(&str, &str)]) -> Outcome<Process> {
        let configuration = directory.join("nvpgate.toml");
        fs::write(&configuration, "[session]\nttl_seconds = 86400\n")?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_nvpgate"));
        command.arg("serve").args(["--listen", "127.0.0.1:0"]);
        command.arg("--data").arg(directory.join(DATA));
        command.arg("--config").arg(configuration);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("NVPGATE_") || name == "RUST_LOG" {
                command.env_remove(name);
            }
        }
        command.envs(variables.iter().copied());
        command.stderr(File::create(directory.join(LOG))?);
        Process::start(command)
    }

    /// Waits for the one line that names the address.
    fn start(mut command: Command) -> Outcome<Process> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take();
        // From here on a failure drops the process, which kills the child.
        let mut process = Process { child, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        let mut line = String::new();
        BufReader::new(stdout.ok_or("no stdout")?).read_line(&mut line)?;
        let address = line.trim_end().split_once("http://").ok_or("the server ended before it was ready")?.1;
        process.address = address.parse()?;
        Ok(process)
    }

    /// Microseconds of CPU the process has used, in user and kernel mode.
    pub fn cpu_microseconds(&self) -> Outcome<u64> {
        let stat = fs::read_to_string(self.proc("stat"))?;
        // The second field is the program's name in brackets and may hold anything; the rest are numbers.
        let (_, rest) = stat.rsplit_once(')').ok_or("unexpected /proc/PID/stat")?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let ticks = |at: usize| -> Outcome<u64> { Ok(fields.get(at).ok_or("short /proc/PID/stat")?.parse()?) };
        // utime and stime are fields 14 and 15, of which 3 is the first after the name.
        Ok((ticks(11)? + ticks(12)?) * MICROSECONDS_PER_TICK)
    }

    /// Bytes of memory the process holds now.
    pub fn resident_bytes(&self) -> Outcome<u64> {
        self.status_bytes("VmRSS:")
    }

    /// The most bytes of memory it has held since it started.
    pub fn peak_bytes(&self) -> Outcome<u64> {
        self.status_bytes("VmHWM:")
    }

    fn status_bytes(&self, name: &str) -> Outcome<u64> {
        let status = fs::read_to_string(self.proc("status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such line in /proc/PID/status")?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes * 1024)
    }

    fn proc(&self, file: &str) -> String {
        format!("/proc/{}/{file}", self.child.id())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail only where the process has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Bytes of the store: everything in its directory, the log of what is not yet in place included.
pub fn directory_bytes(directory: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(directory.join(DATA))? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}

/// The end of the gateway's log, for a run that failed.
pub fn last_words(directory: &Path) -> String {
    let log = fs::read_to_string(directory.join(LOG)).unwrap_or_default();
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(20)..].iter().map(|line| format!("{line}\n")).collect()
}
