//! Faces: the ways in which a client can speak to the gateway, a folder each.
//!
//! A face knows its addresses and its format. It turns a [`Request`] into the gateway's
//! [`Inbound`](crate::gateway::Inbound), and an answer or a failure into a [`Reply`]. A face decides nothing about
//! money, and no face names the HTTP library.
//!
//! A new face is a folder here and a line in [`app`](crate::app):
//!
//! 1. `faces/NAME/mod.rs` has a type that holds the gateway and the face's own settings.
//! 2. The type implements [`Face`]. `find` matches the segments of the path and returns the future that answers.
//! 3. [`failure`] has the parts that a failure has in every format: its status, its `error` fields.
//! 4. A face for browsers takes the escaping, the policy and the frame of its documents from [`page`].
//! 5. `app::faces` puts the type into the table. Nothing else changes.

pub mod failure;
pub mod nvp;
pub mod page;
pub mod payment_link;
mod reply;
mod request;

pub use reply::Reply;
pub use request::{Headers, Method, Request};

use crate::domain::rejection::{Mistake, Rejection};
use futures_util::future::LocalBoxFuture;

/// One way to speak to the gateway.
pub trait Face: Send + Sync {
    /// The address of the request, if it is the face's, and how the request is answered. Nothing is carried out
    /// before the answer is awaited.
    fn find<'a>(&'a self, request: &'a Request<'a>) -> Option<Found<'a>>;
}

/// An address that a request was sent to, and how the request is answered.
pub struct Found<'a> {
    /// The address.
    pub address: &'static Address,
    /// The answer to come; or why there is none, where the face leaves that to [`Faces`] to say.
    pub answer: Result<LocalBoxFuture<'a, Reply>, Rejection>,
}

/// An address, or all addresses of one form.
pub struct Address {
    /// The name in the access log, which shows no path.
    pub name: &'static str,
    /// The methods that the address takes.
    pub methods: &'static [Method],
}

impl Address {
    /// Refuses every method that the address does not take.
    ///
    /// # Errors
    ///
    /// The rejection lists the methods that the address takes.
    pub fn permit(&self, method: Method) -> Result<(), Rejection> {
        if self.methods.contains(&method) {
            return Ok(());
        }
        let explanation = format!("This address takes no such HTTP method. Use {}.", self.allow());
        Err(Rejection::general(Mistake::Method, explanation))
    }

    /// The value of the `Allow` header.
    fn allow(&self) -> String {
        self.methods.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// The table of faces. A request goes to the first face that has its address.
pub struct Faces {
    faces: Vec<Box<dyn Face>>,
    /// The form of a refusal that no face writes.
    format: nvp::Format,
}

impl Faces {
    /// A table of these faces. What none of them answers is refused in the NVP format.
    pub fn new(faces: Vec<Box<dyn Face>>, format: nvp::Format) -> Faces {
        Faces { faces, format }
    }

    /// The name of the request's address for the access log, and the reply.
    pub async fn answer<'a>(&'a self, request: &'a Request<'a>) -> (&'static str, Reply) {
        let Some(Found { address, answer }) = self.faces.iter().find_map(|face| face.find(request)) else {
            return ("unknown", self.format.failed(no_address().into(), None));
        };
        let reply = match answer {
            Ok(answer) => answer.await,
            Err(rejection) => {
                let is_method = rejection.mistake() == Mistake::Method;
                let reply = self.format.failed(rejection.into(), None);
                if is_method { reply.with("allow", address.allow()) } else { reply }
            }
        };
        (address.name, reply)
    }
}

fn no_address() -> Rejection {
    let explanation = "There is nothing at this address. Operations go to POST /api/nvp/version/<API version>.";
    Rejection::general(Mistake::Address, explanation)
}
