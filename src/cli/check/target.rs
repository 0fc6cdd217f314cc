//! Which gateway a run talks to, and as whom.

use super::Verdict;
use super::client::{Speaker, agent};
use super::fixture::Fixture;
use super::own::{OwnGateway, OwnStore};
use crate::domain::secret::Secret;
use crate::environment::Environment;
use std::net::IpAddr;
use std::path::Path;
use ureq::http::Uri;
use ureq::{Agent, Proxy};

/// The gateway of a run.
#[derive(Clone, Debug)]
pub enum Target {
    /// Fresh gateways inside this process: one that the files share, each under a merchant of its own, and
    /// one for each file that sets configuration.
    OwnProcess,
    /// The same with all their records in one PostgreSQL database, given by its URL.
    OwnProcessOnDatabase(Secret),
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
    /// Reads an address such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// The sentence says what was expected.
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

    /// The proxy of the environment, unless the gateway is on this machine: no proxy reaches that.
    fn proxy(&self) -> Option<Proxy> {
        let uri: Uri = self.0.parse().ok()?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let here = host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        if here { None } else { Proxy::try_from_env() }
    }
}

/// Where the fixtures of a run take place.
pub enum Venue {
    /// In this process.
    OwnProcess {
        /// The gateway that files share, once one has needed it.
        shared: Option<OwnGateway>,
        /// Where these gateways keep their records.
        store: OwnStore,
    },
    /// At a gateway that somebody else runs.
    Remote {
        /// The connections to it.
        agent: Agent,
        /// Its address.
        base: Base,
        /// The merchant every fixture speaks as.
        merchant: String,
        /// Its password.
        password: Secret,
    },
}

/// Where one fixture takes place.
pub struct Seat {
    /// Who speaks, and to which gateway.
    pub speaker: Speaker,
    /// The clocks of the gateway's merchants, where they can be turned.
    pub clocks: Option<Environment>,
    // Behind the speaker, so that its connections are closed before the gateway stops.
    _own: Option<OwnGateway>,
}

impl Venue {
    /// Where the target's fixtures take place.
    pub fn new(target: Target) -> Venue {
        match target {
            Target::OwnProcess => Venue::OwnProcess { shared: None, store: OwnStore::Directories },
            Target::OwnProcessOnDatabase(url) => Venue::OwnProcess { shared: None, store: OwnStore::database(url) },
            Target::Remote { base, merchant, password } => {
                Venue::Remote { agent: agent(base.proxy()), base, merchant, password }
            }
        }
    }

    /// A seat for the fixture, or why it gets none.
    ///
    /// # Errors
    /// The verdict on the fixture: it was skipped, or its gateway did not start.
    pub fn seat(&mut self, path: &Path, fixture: &Fixture) -> Result<Seat, Verdict> {
        match self {
            Venue::OwnProcess { store, .. } if fixture.needs_own_gateway() => {
                let gateway = start(&fixture.config, store)?;
                Ok(Seat { speaker: gateway.speaker(path), clocks: Some(gateway.clocks()), _own: Some(gateway) })
            }
            Venue::OwnProcess { shared, store } => {
                let gateway = match shared {
                    Some(gateway) => gateway,
                    None => shared.insert(start(&[], store)?),
                };
                Ok(Seat { speaker: gateway.speaker(path), clocks: Some(gateway.clocks()), _own: None })
            }
            Venue::Remote { .. } if fixture.needs_own_process() => {
                let what = if fixture.turns_clock() { "turns the clock" } else { "sets configuration" };
                let reason = format!("it {what}, which needs a gateway of this process; run it without --target");
                Err(Verdict::Skipped { reason })
            }
            Venue::Remote { agent, base, merchant, password } => {
                let speaker = Speaker::new(agent.clone(), base.0.clone(), merchant.clone(), password.clone());
                Ok(Seat { speaker, clocks: None, _own: None })
            }
        }
    }
}

fn start(config: &[(String, String)], store: &OwnStore) -> Result<OwnGateway, Verdict> {
    OwnGateway::start(config, store).map_err(|error| Verdict::Failed {
        reason: format!("its gateway does not start: {error}"),
        details: String::new(),
    })
}
