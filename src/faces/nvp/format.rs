//! How the NVP face writes answers and failures.

use crate::dialect::errors;
use crate::domain::failure::Failure;
use crate::domain::result::ResultCode;
use crate::faces::{Reply, failure};
use crate::fields::{Fields, names};
use crate::spec::versions::ApiVersion;
use crate::wire::nvp;

/// `nvp.status`: the HTTP status of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 200, as every answer has.
    Ok,
    /// The status that the REST interface gives the failure.
    Rest,
}

/// The form of NVP answers, as the configuration has it.
#[derive(Clone, Debug)]
pub struct Format {
    /// `nvp.status`.
    pub status: Status,
    /// `nvp.content_type`: printable ASCII.
    pub content_type: String,
}

impl Format {
    /// An operation's answer.
    pub fn answer(&self, fields: &Fields) -> Reply {
        Reply::new(200, self.content_type.clone(), nvp::encode(fields)).with_result(result(fields))
    }

    /// A failure, in the words of the API version where the address names one.
    pub fn failed(&self, failure: Failure, version: Option<ApiVersion>) -> Reply {
        let fields = errors::answer(version.unwrap_or(ApiVersion::NEWEST), &failure);
        let status = match self.status {
            Status::Ok => 200,
            Status::Rest => failure::status(&failure),
        };
        Reply::new(status, self.content_type.clone(), nvp::encode(&fields)).of_failure(failure)
    }
}

/// The answer's `result` for the access log: one of few words of our own.
fn result(fields: &Fields) -> &'static str {
    match fields.get(names::RESULT) {
        Some(text) => ResultCode::parse(text).map_or("OTHER", ResultCode::as_str),
        None => "-",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fault::Fault;
    use crate::domain::rejection::{Mistake, Rejection};

    fn sent(status: Status, failure: impl Into<Failure>, version: Option<ApiVersion>) -> (u16, String) {
        let format = Format { status, content_type: "text/plain;charset=UTF-8".to_owned() };
        let reply = format.failed(failure.into(), version);
        (reply.status, String::from_utf8(reply.body.into_owned()).unwrap())
    }

    #[test]
    fn every_mistake_has_a_rest_status_and_is_200_otherwise() {
        for (mistake, expected, cause) in [
            (Mistake::Request, 400, "INVALID_REQUEST"),
            (Mistake::Credentials, 401, "INVALID_REQUEST"),
            (Mistake::Address, 404, "INVALID_REQUEST"),
            (Mistake::Method, 405, "INVALID_REQUEST"),
            (Mistake::Slow, 408, "INVALID_REQUEST"),
            (Mistake::TooLarge, 413, "INVALID_REQUEST"),
            (Mistake::Busy, 429, "SERVER_BUSY"),
        ] {
            let body = format!("error.cause={cause}&error.explanation=No.&result=ERROR");
            let rejection = || Rejection::general(mistake, "No.");
            assert_eq!(sent(Status::Rest, rejection(), None), (expected, body.clone()), "{mistake:?}");
            assert_eq!(sent(Status::Ok, rejection(), None), (200, body), "{mistake:?}");
        }
    }

    #[test]
    fn a_failure_has_the_form_of_the_api_version() {
        let fault = Fault::new("the disk is full");
        let code = fault.support_code();
        let (status, body) = sent(Status::Rest, fault, Some(ApiVersion::parse("1").unwrap()));
        assert_eq!((status, body), (500, format!("gatewayCode=SERVER_FAILED&result=ERROR&supportCode={code}")));
    }
}
