//! The result of a run as JUnit XML, which continuous-integration servers read.

use super::{Outcome, Verdict};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::io::{self, Write};

/// Writes one test case a file: its path as the class, its title as the name.
///
/// # Errors
/// The report cannot be written.
pub fn write(outcome: &Outcome, mut to: impl Write) -> io::Result<()> {
    let mut suite = TestSuite::new("fixtures");
    for file in &outcome.files {
        let status = match &file.verdict {
            Verdict::Passed { .. } => TestCaseStatus::success(),
            Verdict::Skipped { reason } => {
                let mut status = TestCaseStatus::skipped();
                status.set_message(reason.as_str());
                status
            }
            Verdict::Failed { reason, details } => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_message(reason.as_str()).set_description(details.as_str());
                status
            }
        };
        let mut case = TestCase::new(file.title.as_str(), status);
        case.set_classname(file.path.display().to_string()).set_time(file.elapsed);
        suite.add_test_case(case);
    }
    let mut report = Report::new("nvpgate check");
    report.add_test_suite(suite);
    report.serialize(&mut to).map_err(io::Error::other)?;
    to.flush()
}
