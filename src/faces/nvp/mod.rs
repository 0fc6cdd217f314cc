//! The NVP face: operations as name-value pairs below `/api/nvp/version/{n}`.

mod credentials;
mod format;

pub use format::{Format, Status};

use super::{Address, Face, Found, Method, Reply, Request};
use crate::domain::failure::Failure;
use crate::domain::rejection::Rejection;
use crate::fields::Fields;
use crate::gateway::{Exchange, Gateway, Inbound};
use crate::spec::versions::ApiVersion;
use crate::wire::nvp;
use futures_util::FutureExt;
use std::sync::Arc;

/// `/api/nvp/version/{n}`
static OPERATION: Address = Address { name: "operation", methods: &[Method::Post] };

/// `/api/nvp/version/{n}/information`, the gateway check (documented: no credentials, no fields)
static INFORMATION: Address = Address { name: "information", methods: &[Method::Get, Method::Head, Method::Post] };

/// The face.
pub struct Nvp {
    gateway: Arc<Gateway>,
    format: Format,
}

impl Nvp {
    /// The face of a gateway.
    pub fn new(gateway: Arc<Gateway>, format: Format) -> Nvp {
        Nvp { gateway, format }
    }

    async fn operation(&self, version: ApiVersion, request: &Request<'_>) -> Reply {
        self.written(version, self.operate(version, request).await)
    }

    async fn information(&self, version: ApiVersion, request: &Request<'_>) -> Reply {
        self.written(version, self.admit(version, request).map(|_| self.gateway.information()))
    }

    async fn operate(&self, version: ApiVersion, request: &Request<'_>) -> Result<Fields, Failure> {
        let body = self.admit(version, request)?;
        let fields = nvp::decode(request.header("content-type"), body)?;
        let host = request.header("host").map(str::to_owned);
        let offered = credentials::offered(&fields, version);
        let mut exchange = Exchange::begin();
        let answer = self.gateway.answer(Inbound { version, fields, offered, host }, &mut exchange).await;
        exchange.log();
        answer
    }

    /// The body. A version that is not answered is named before what is wrong with the body.
    fn admit<'a>(&self, version: ApiVersion, request: &Request<'a>) -> Result<&'a [u8], Failure> {
        self.gateway.admit(version)?;
        Ok(request.body()?)
    }

    fn written(&self, version: ApiVersion, answered: Result<Fields, Failure>) -> Reply {
        match answered {
            Ok(fields) => self.format.answer(&fields),
            Err(failure) => self.format.failed(failure, Some(version)),
        }
    }
}

impl Face for Nvp {
    fn find<'a>(&'a self, request: &'a Request<'a>) -> Option<Found<'a>> {
        let (address, answer) = match request.path.as_slice() {
            ["api", "nvp", "version", version] => (
                &OPERATION,
                permitted(&OPERATION, version, request).map(|version| self.operation(version, request).boxed_local()),
            ),
            ["api", "nvp", "version", version, "information"] => (
                &INFORMATION,
                permitted(&INFORMATION, version, request)
                    .map(|version| self.information(version, request).boxed_local()),
            ),
            _ => return None,
        };
        Some(Found { address, answer })
    }
}

/// The version in the address. A version that does not exist is named before a method that the address does not take.
fn permitted(address: &Address, version: &str, request: &Request<'_>) -> Result<ApiVersion, Rejection> {
    let version = ApiVersion::parse(version).ok_or_else(|| Rejection::unknown_version(version))?;
    address.permit(request.method)?;
    Ok(version)
}
