//! `result`, which every answer but the gateway check's has.

/// `result` (documented).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultCode {
    /// The operation was carried out.
    Success,
    /// The operation was declined or rejected by the gateway or the acquirer.
    Failure,
    /// The operation is under way.
    Pending,
    /// The outcome of the operation is not known.
    Unknown,
    /// The request was refused, or the gateway failed.
    Error,
}

impl ResultCode {
    const ALL: [ResultCode; 5] =
        [ResultCode::Success, ResultCode::Failure, ResultCode::Pending, ResultCode::Unknown, ResultCode::Error];

    /// The result of that name.
    pub fn parse(name: &str) -> Option<ResultCode> {
        ResultCode::ALL.into_iter().find(|result| result.as_str() == name)
    }

    /// The value of `result`.
    pub fn as_str(self) -> &'static str {
        match self {
            ResultCode::Success => "SUCCESS",
            ResultCode::Failure => "FAILURE",
            ResultCode::Pending => "PENDING",
            ResultCode::Unknown => "UNKNOWN",
            ResultCode::Error => "ERROR",
        }
    }
}
