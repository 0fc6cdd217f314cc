//! The two kinds of failure. The caller can mend a [`Rejection`], which is answered whole. The operator must mend a
//! [`Fault`], of which only the support code is answered.

use super::fault::Fault;
use super::rejection::Rejection;

/// Why a request was not carried out.
#[derive(Debug)]
pub enum Failure {
    /// The caller can mend it.
    Rejection(Rejection),
    /// The operator must mend it; the log has the cause under the support code.
    Fault(Fault),
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Failure {
        Failure::Rejection(rejection)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::Fault(fault)
    }
}
