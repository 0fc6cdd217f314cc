//! The two kinds of failure. The caller can correct a [`Rejection`], and the answer has all of it. The operator must
//! correct a [`Fault`], and the answer has only its support code.

use super::fault::Fault;
use super::rejection::Rejection;

/// The reason why a request was not carried out.
#[derive(Debug)]
pub enum Failure {
    /// The caller can correct the request.
    Rejection(Rejection),
    /// The operator must correct the fault. The log has the cause under the support code.
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
