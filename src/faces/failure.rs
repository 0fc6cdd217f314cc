//! The parts of a failure that are the same in every format: its status in REST, its `error` fields, its word for
//! the access log.

use crate::domain::failure::{Failure, Fault, Mistake, Rejection};
use crate::fields::{Fields, names};

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

/// The failure's fields (documented and observed).
pub fn fields(failure: &Failure) -> Fields {
    match failure {
        Failure::Rejection(rejection) => rejected(rejection),
        Failure::Fault(fault) => failed(fault),
    }
}

/// The access log's word for the failure.
pub fn result(failure: &Failure) -> &'static str {
    match failure {
        Failure::Rejection(_) => "REJECTED",
        Failure::Fault(_) => "FAILED",
    }
}

fn rejected(rejection: &Rejection) -> Fields {
    let mut fields = Fields::new();
    fields.set(names::ERROR_CAUSE, rejection.mistake().cause());
    fields.set(names::ERROR_EXPLANATION, rejection.explanation());
    if let Some((name, what)) = rejection.about() {
        fields.set(names::ERROR_FIELD, name);
        fields.set(names::ERROR_VALIDATION_TYPE, what.as_str());
    }
    fields.set(names::RESULT, "ERROR");
    fields
}

/// The cause of a fault stays here; the support code finds it in the log.
fn failed(fault: &Fault) -> Fields {
    let mut fields = Fields::new();
    fields.set(names::ERROR_CAUSE, "SERVER_FAILED");
    fields.set(names::ERROR_EXPLANATION, "Please contact customer support quoting the support code.");
    fields.set(names::ERROR_SUPPORT_CODE, fault.support_code());
    fields.set(names::RESULT, "ERROR");
    fields
}
