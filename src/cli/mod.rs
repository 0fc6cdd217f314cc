//! The command line: one file for each subcommand.

pub mod check;
mod config;
mod diff_versions;
mod fields;
mod operations;
mod serve;

use crate::config::{Config, ConfigError};
use crate::spec::versions::ApiVersion;
use clap::{Args, Parser, Subcommand};
use env_logger::fmt::ConfigurableFormat;
use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A payment-session gateway that you run yourself. It speaks the NVP interface of the Mastercard Payment
/// Gateway, keeps sessions and orders in a store on this machine, and answers from a simulated acquirer.
///
/// Start it and send it a request:
///
///   nvpgate serve
///   curl -d 'apiOperation=CREATE_SESSION&merchant=TESTMERCHANT' \
///        -d 'apiUsername=merchant.TESTMERCHANT' \
///        -d 'apiPassword=0123456789abcdef0123456789abcdef' \
///        http://127.0.0.1:8080/api/nvp/version/100
///
/// Without a subcommand it serves with its defaults.
#[derive(Parser)]
#[command(name = "nvpgate", version, verbatim_doc_comment, after_long_help = ENVIRONMENT)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
}

const ENVIRONMENT: &str = "\
Environment:
  NVPGATE_<KEY>            a key of the configuration: NVPGATE_SESSION_TTL_SECONDS=60 sets session.ttl_seconds
  NVPGATE_MASTER_KEY       the key that the store is encrypted under, instead of a file
  NVPGATE_LOG, RUST_LOG    what is logged to standard error: NVPGATE_LOG=warn, or NVPGATE_LOG=warn,nvpgate=info,nvpgate::access=off
                           for everything but a line for each request

Exit code: 0 when it did what it was asked, 1 when not, 2 when it was not understood.";

#[derive(Subcommand)]
enum Command {
    /// Serve the gateway until SIGINT or SIGTERM
    ///
    /// When it is ready it prints one line to standard output, `nvpgate listening on http://HOST:PORT`; the
    /// log goes to standard error. On SIGINT or SIGTERM it finishes the requests it has taken.
    ///
    /// Example: a gateway on a free port, with a store of its own
    ///
    ///   nvpgate serve --listen 127.0.0.1:0 --data /tmp/nvpgate-test
    #[command(verbatim_doc_comment)]
    Serve(Settings),

    /// Print the configuration that is in effect
    ///
    /// It is printed as TOML, each value that is not the default with the place it comes from, and secrets
    /// hidden.
    ///
    /// Examples: every key, explained; what a file and the environment come to
    ///
    ///   nvpgate config --defaults
    ///   NVPGATE_SESSION_TTL_SECONDS=60 nvpgate config --config nvpgate.toml
    #[command(verbatim_doc_comment)]
    Config {
        /// Print every key with its default and what it does instead
        #[arg(long, conflicts_with_all = ["listen", "data", "config"])]
        defaults: bool,

        #[command(flatten)]
        settings: Settings,
    },

    /// Print the operations that are offered
    ///
    /// Each with the API versions that have it and what it does with a session, as a Markdown table.
    ///
    /// Example: what an integration of version 61 can use
    ///
    ///   nvpgate operations --version 61
    #[command(verbatim_doc_comment)]
    Operations {
        /// Print only those of this API version
        #[arg(long, value_name = "N", value_parser = api_version)]
        version: Option<ApiVersion>,
    },

    /// Run fixtures against a gateway and compare every answer
    ///
    /// A fixture is a file *.nvp: one conversation of requests and the answers they must get. Without --target
    /// it runs against a fresh gateway inside this process, which is gone afterwards. The exit code is 0 when
    /// every conversation went as expected, 1 when one did not, 2 when nothing could be checked.
    ///
    /// Examples: every fixture of a directory; one against a gateway that is running
    ///
    ///   nvpgate check fixtures/
    ///   nvpgate check fixtures/payment/pay.nvp --target http://127.0.0.1:8080 --merchant TESTMINE
    #[command(verbatim_doc_comment)]
    Check(check::command::CheckArguments),

    /// Print the request fields of an API version
    ///
    /// It is the table that requests are checked by; a running gateway shows the same at /reference/. A field is
    /// required by an operation (yes), in place of another (or …) or once there is another of its group (with …).
    ///
    /// Examples: the newest version; what PAY takes in version 61; for another program
    ///
    ///   nvpgate fields
    ///   nvpgate fields --version 61 --operation PAY
    ///   nvpgate fields --format json
    #[command(verbatim_doc_comment)]
    Fields(fields::FieldsArguments),

    /// Print what the upgrade from one API version to another would meet
    ///
    /// That is: operations, request fields and answer fields that are gone, added or changed.
    ///
    /// Example: from the last version of CREATE_CHECKOUT_SESSION to the newest
    ///
    ///   nvpgate diff-versions 62 100
    #[command(verbatim_doc_comment)]
    DiffVersions(diff_versions::DiffVersionsArguments),
}

/// Arguments that settle the configuration.
#[derive(Args, Default)]
struct Settings {
    /// The address and port to listen on, 0 for a free port [default: 127.0.0.1:8080]
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,

    /// The directory of the store, made at the first start [default: nvpgate-data]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,

    /// A PostgreSQL database to keep the store in, as postgres://USER@HOST/DATABASE. Other users of the machine
    /// see arguments: a password belongs in NVPGATE_STORE or in the file
    #[arg(long, value_name = "URL")]
    store: Option<String>,

    /// A file whose keys overlay the default configuration
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Settings {
    fn load(&self) -> Result<Config, ConfigError> {
        let given =
            [("listen", "--listen", &self.listen), ("data", "--data", &self.data), ("store", "--store", &self.store)];
        let arguments: Vec<(&str, &str, &str)> =
            given.into_iter().filter_map(|(key, argument, value)| Some((key, argument, value.as_deref()?))).collect();
        Config::load(self.config.as_deref(), std::env::vars_os(), &arguments)
    }
}

/// Runs the program with the arguments and the environment of this process.
pub fn run() -> ExitCode {
    let command = CommandLine::parse().command.unwrap_or(Command::Serve(Settings::default()));
    // A server tells what it does; a command tells only what went wrong.
    log_to_stderr(if matches!(command, Command::Serve(_)) { "warn,nvpgate=info" } else { "warn" });
    let done = match command {
        Command::Serve(settings) => serve::run(&settings),
        Command::Config { defaults: true, .. } => config::run_defaults(),
        Command::Config { settings, .. } => config::run(&settings),
        Command::Operations { version } => operations::run(version),
        Command::Check(arguments) => Ok(check::command::execute(arguments)),
        Command::Fields(arguments) => fields::run(&arguments),
        Command::DiffVersions(arguments) => diff_versions::run(&arguments),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            // Where standard error is gone too, the exit code still tells.
            let _unheard = writeln!(std::io::stderr().lock(), "nvpgate: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints to standard output. That a reader such as `head` has seen enough is no error.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<ExitCode, Box<dyn Error>> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Reads an API version from the command line.
fn api_version(text: &str) -> Result<ApiVersion, String> {
    ApiVersion::parse(text).ok_or_else(|| format!("API versions are {}", ApiVersion::existing()))
}

fn log_to_stderr(default_filter: &str) {
    let filter = std::env::var("NVPGATE_LOG").or_else(|_| std::env::var("RUST_LOG"));
    let mut builder = env_logger::Builder::new();
    builder.parse_filters(filter.as_deref().unwrap_or(default_filter));
    // Told to trace, the HTTP client prints whole URLs, and a merchant's may hold a secret.
    builder.filter_module("ureq", log::LevelFilter::Info).filter_module("ureq_proto", log::LevelFilter::Info);
    // env_logger's own time would bring another library for dates.
    let line = ConfigurableFormat::default();
    builder.format(move |to, record| {
        let now = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        write!(to, "{} ", now.format(&Rfc3339).unwrap_or_default())?;
        line.format(to, record)
    });
    builder.init();
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        CommandLine::command().debug_assert();
    }
}
