//! Which gateway a run talks to, and as whom.

use super::Verdict;
use super::client::{Speaker, agent};
use super::fixture::Fixture;
use crate::domain::secret::Secret;
use crate::seams::Seams;
use std::path::Path;
use ureq::http::Uri;
use ureq::{Agent, Proxy};

/// The gateway of a run.
#[derive(Clone, Debug)]
pub enum Target {
    /// Any gateway over the network.
    Remote {
        /// Its address.
        base: Base,
        /// The merchant every fixture speaks as.
        merchant: String,
        /// Its password.
        password: Secret,
    },
}

/// The address of a gateway: `http` or `https`, a host, possibly a port and a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// Reads an address such as `http://127.0.0.1:8080`. The error says what was expected.
    pub fn parse(text: &str) -> Result<Base, String> {
        let form = "expected an address such as http://127.0.0.1:8080";
        let uri: Uri = text.parse().map_err(|_| form)?;
        let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme));
        let (Some(_), Some(authority), None) = (scheme, uri.authority(), uri.query()) else {
            return Err(form.to_owned());
        };
        if authority.as_str().contains('@') {
            return Err("an address holds no password; --merchant and --password say who speaks".to_owned());
        }
        Ok(Base(text.trim_end_matches('/').to_owned()))
    }
}

/// Where the fixtures of a run take place.
pub struct Venue {
    target: Target,
    agent: Agent,
}

/// Where one fixture takes place.
pub struct Seat {
    /// Who speaks, and to which gateway.
    pub speaker: Speaker,
    /// The gateway's clock, where it can be turned.
    pub clock: Option<Seams>,
}

impl Venue {
    /// Where the target's fixtures take place.
    pub fn new(target: Target) -> Venue {
        let proxy = match &target {
            Target::Remote { .. } => Proxy::try_from_env(),
        };
        Venue { target, agent: agent(proxy) }
    }

    /// A seat for the fixture, or why it gets none.
    pub fn seat(&mut self, _path: &Path, fixture: &Fixture) -> Result<Seat, Verdict> {
        match &self.target {
            Target::Remote { base, merchant, password } => {
                if fixture.needs_own_gateway() {
                    let what = if fixture.turns_clock() { "turns the clock" } else { "sets configuration" };
                    return Err(Verdict::Skipped {
                        reason: format!("it {what}, which needs a gateway of its own; run it without --target"),
                    });
                }
                let speaker = Speaker::new(self.agent.clone(), base.0.clone(), merchant.clone(), password.clone());
                Ok(Seat { speaker, clock: None })
            }
        }
    }
}
