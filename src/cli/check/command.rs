//! The command line of `nvpgate check`.

use super::own::TEST_PASSWORD;
use super::report::Progress;
use super::target::{Base, Target};
use super::{CheckError, check, junit};
use crate::domain::secret::Secret;
use clap::Args;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Run fixtures against a gateway and compare every answer.
///
/// A fixture is a file *.nvp: one conversation of requests and the answers they must get. Without --target
/// it runs against a fresh gateway inside this process, which is gone afterwards. The exit code is 0 when
/// every conversation went as expected, 1 when one did not, 2 when nothing could be checked.
#[derive(Args, Debug)]
pub struct CheckArguments {
    /// Fixtures, or directories that have fixtures (*.nvp) in them
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// A running gateway to talk to, such as http://127.0.0.1:8080
    #[arg(long, value_name = "URL", value_parser = Base::parse)]
    pub target: Option<Base>,

    /// The merchant to speak as
    #[arg(long, value_name = "ID", requires = "target", default_value = "TESTMERCHANT")]
    pub merchant: String,

    /// Its password
    #[arg(
        long,
        value_name = "P",
        requires = "target",
        default_value = TEST_PASSWORD,
        value_parser = read_password
    )]
    pub password: Secret,

    /// A file to write the results to as JUnit XML
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
}

fn read_password(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::new(text))
}

/// Runs the command: results go to standard output, what went wrong with the run itself to standard error.
pub fn execute(arguments: CheckArguments) -> ExitCode {
    match check_and_report(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            // Where standard error is gone too, the exit code still tells.
            let _unheard = writeln!(io::stderr().lock(), "nvpgate check: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether no conversation failed.
fn check_and_report(arguments: CheckArguments) -> Result<bool, CheckError> {
    let CheckArguments { paths, target, merchant, password, junit } = arguments;
    let target = match target {
        Some(base) => Target::Remote { base, merchant, password },
        None => Target::OwnProcess,
    };
    // Opened before the run, so that a run is not lost for a directory that is not there.
    let report_file =
        junit.map(|path| File::create(&path).map_err(|error| CheckError::Junit(path, error))).transpose()?;
    let outcome = check(&paths, target, Progress::Bar, &mut io::stdout().lock())?;
    if let Some(file) = report_file {
        junit::write(&outcome, BufWriter::new(file))?;
    }
    Ok(outcome.failed() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser, Debug)]
    struct Line {
        #[command(flatten)]
        check: CheckArguments,
    }

    fn read(line: &[&str]) -> Result<CheckArguments, String> {
        let parsed = Line::try_parse_from([&["check"], line].concat());
        parsed.map(|line| line.check).map_err(|error| error.to_string())
    }

    #[test]
    fn a_line_says_what_to_check_where_and_as_whom() {
        let own = read(&["fixtures", "a.nvp"]).unwrap();
        assert_eq!((own.paths.len(), own.target.is_none(), own.junit.is_none()), (2, true, true));
        let remote = read(&["a", "--target", "http://h:1/", "--merchant", "M", "--password", "P"]).unwrap();
        assert_eq!(remote.target, Base::parse("http://h:1").ok());
        assert_eq!((remote.merchant.as_str(), remote.password.expose()), ("M", "P"));
        assert!(!format!("{remote:?}").contains("\"P\""), "the password is not printed");
    }

    #[test]
    fn a_line_that_makes_no_sense_is_refused() {
        for (line, words) in [
            (&[][..], "<PATH>"),
            (&["a", "--merchant", "M"], "--target <URL>"),
            (&["a", "--password", "P"], "--target <URL>"),
            (&["a", "--target", "h:1"], "expected an address such as http://127.0.0.1:8080"),
        ] {
            let error = read(line).unwrap_err();
            assert!(error.contains(words), "{line:?}: {error}");
        }
    }
}
