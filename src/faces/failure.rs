//! The parts of a failure that are the same in every format: its status in REST and its word for the access log.

use crate::domain::failure::Failure;
use crate::domain::rejection::Mistake;

/// The HTTP status that the REST interface gives the failure (documented).
pub fn status(failure: &Failure) -> u16 {
    match failure {
        Failure::Rejection(rejection) => match rejection.mistake() {
            Mistake::Request => 400,
            Mistake::Credentials => 401,
            Mistake::Address => 404,
            Mistake::Method => 405,
            Mistake::Slow => 408,
            Mistake::TooLarge => 413,
            Mistake::Busy => 429,
        },
        Failure::Fault(_) => 500,
    }
}

/// The access log's word for the failure.
pub fn result(failure: &Failure) -> &'static str {
    match failure {
        Failure::Rejection(_) => "REJECTED",
        Failure::Fault(_) => "FAILED",
    }
}
