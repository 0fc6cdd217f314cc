//! The requests of each operation, and what makes an answer to one a success.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A `session.id` as it stands in requests and answers.
pub type SessionId = [u8; 31];

/// Stand in a new request for what is patched into it.
const SESSION: &str = "SESSION0002XXXXXXXXXXXXXXXXXXXX";
const NUMBER: &str = "NNNNNNNNNN";

const CALLER: &str =
    "merchant=TESTMERCHANT&apiUsername=merchant.TESTMERCHANT&apiPassword=0123456789abcdef0123456789abcdef";

/// About 1 kB of what a shop places in a session before it pays.
const CONTENTS: &str = "order.amount=1317.50&order.currency=USD&order.reference=BASKET-NNNNNNNNNN\
    &order.description=Two+concert+tickets%2C+row+14%2C+seats+7+and+8&sourceOfFunds.type=CARD\
    &sourceOfFunds.provided.card.number=5123450000000008&sourceOfFunds.provided.card.expiry.month=1\
    &sourceOfFunds.provided.card.expiry.year=39&sourceOfFunds.provided.card.securityCode=100\
    &sourceOfFunds.provided.card.nameOnCard=Wilhelmina+Oosterbeek\
    &billing.address.street=Nieuwezijds+Voorburgwal+147&billing.address.street2=Third+floor\
    &billing.address.city=Amsterdam&billing.address.postcodeZip=1012+RJ&billing.address.country=NLD\
    &shipping.address.street=Nieuwezijds+Voorburgwal+147&shipping.address.street2=Third+floor\
    &shipping.address.city=Amsterdam&shipping.address.postcodeZip=1012+RJ&shipping.address.country=NLD\
    &customer.firstName=Wilhelmina&customer.lastName=Oosterbeek\
    &customer.email=wilhelmina.oosterbeek%40example.com&device.ipAddress=192.0.2.147\
    &device.browser=Mozilla%2F5.0+%28X11%3B+Linux+x86_64%3B+rv%3A140.0%29+Gecko%2F20100101+Firefox%2F140.0";

/// An operation under load.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Create,
    Retrieve,
    Update,
    Pay,
}

impl Kind {
    pub fn operation(self) -> &'static str {
        match self {
            Kind::Create => "CREATE_SESSION",
            Kind::Retrieve => "RETRIEVE_SESSION",
            Kind::Update => "UPDATE_SESSION",
            Kind::Pay => "PAY",
        }
    }

    /// What stands in every answer that is a success, and in no other.
    fn success(self) -> &'static str {
        match self {
            Kind::Create => "session.updateStatus=NO_UPDATE",
            Kind::Retrieve | Kind::Update => "session.updateStatus=SUCCESS",
            Kind::Pay => "response.gatewayCode=APPROVED&result=SUCCESS",
        }
    }

    /// A whole request with its placeholders.
    fn template(self) -> Vec<u8> {
        let own = match self {
            Kind::Create => String::new(),
            Kind::Retrieve => format!("&session.id={SESSION}"),
            Kind::Update => format!("&session.id={SESSION}&{CONTENTS}"),
            Kind::Pay => format!("&session.id={SESSION}&order.id=BENCH-{NUMBER}&transaction.id=1"),
        };
        let body = format!("apiOperation={}&{CALLER}{own}", self.operation());
        format!(
            "POST /api/nvp/version/100 HTTP/1.1\r\nHost: 127.0.0.1\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    }
}

/// Makes the requests of one run, for each connection its own.
pub struct Maker {
    kind: Kind,
    sessions: Rc<[SessionId]>,
    order: Order,
    answers: Answers,
    /// Numbers what must be new: orders, and the contents of updates.
    number: Rc<Cell<usize>>,
    created: Rc<RefCell<Vec<SessionId>>>,
}

/// In which order sessions are asked about.
#[derive(Clone, Copy)]
enum Order {
    /// Each once, by whichever connection comes to it.
    OneByOne,
    /// Each connection keeps to sessions of its own, since one of two updates of the same session at the same
    /// time is run again: conflicts are not what is measured.
    AtRandom,
}

/// What answers are compared with.
#[derive(Clone, Copy)]
enum Answers {
    OfTheGateway,
    /// The length of the request's own body is all that is looked at.
    OfTheEcho,
}

impl Maker {
    /// Requests for the gateway, of sessions at random.
    pub fn new(kind: Kind, sessions: &Rc<[SessionId]>) -> Maker {
        Maker {
            kind,
            sessions: Rc::clone(sessions),
            order: Order::AtRandom,
            answers: Answers::OfTheGateway,
            number: Rc::default(),
            created: Rc::default(),
        }
    }

    /// The same requests for the echo.
    pub fn echoed(kind: Kind, sessions: &Rc<[SessionId]>) -> Maker {
        Maker { answers: Answers::OfTheEcho, ..Maker::new(kind, sessions) }
    }

    /// Requests that create sessions.
    pub fn creating() -> Maker {
        Maker::new(Kind::Create, &Rc::from([]))
    }

    /// One update of each session.
    pub fn filling(sessions: &Rc<[SessionId]>) -> Maker {
        Maker { order: Order::OneByOne, ..Maker::new(Kind::Update, sessions) }
    }

    /// The same with numbers that no other run has.
    pub fn numbered_from(self, first: usize) -> Maker {
        self.number.set(first);
        self
    }

    /// The sessions that answers have named.
    pub fn created(&self) -> Vec<SessionId> {
        self.created.take()
    }

    /// The requests of one of so many connections.
    pub fn requests(&self, connection: usize, connections: usize) -> Requests {
        let template = self.kind.template();
        let body_length = template.len() - position(&template, "\r\n\r\n").map_or(0, |head_end| head_end + 4);
        Requests {
            kind: self.kind,
            session_at: position(&template, SESSION),
            number_at: position(&template, NUMBER),
            expected_length: match self.answers {
                Answers::OfTheGateway => None,
                Answers::OfTheEcho => Some(body_length),
            },
            bytes: template,
            sessions: Rc::clone(&self.sessions),
            order: self.order,
            connection,
            connections,
            chance: StdRng::seed_from_u64(connection as u64),
            number: Rc::clone(&self.number),
            created: Rc::clone(&self.created),
        }
    }
}

/// The requests of one connection, one after the other, each made out of the last.
pub struct Requests {
    kind: Kind,
    bytes: Vec<u8>,
    session_at: Option<usize>,
    number_at: Option<usize>,
    expected_length: Option<usize>,
    sessions: Rc<[SessionId]>,
    order: Order,
    connection: usize,
    connections: usize,
    chance: StdRng,
    number: Rc<Cell<usize>>,
    created: Rc<RefCell<Vec<SessionId>>>,
}

impl Requests {
    /// The next request, head and body.
    pub fn next(&mut self) -> &[u8] {
        let number = self.number.get();
        self.number.set(number + 1);
        if let Some(at) = self.session_at {
            let picked = self.pick(number);
            let session = self.sessions[picked];
            self.bytes[at..at + session.len()].copy_from_slice(&session);
        }
        if let Some(at) = self.number_at {
            let mut rest = number;
            for digit in self.bytes[at..at + NUMBER.len()].iter_mut().rev() {
                *digit = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
        }
        &self.bytes
    }

    /// Which session the request of that number is about.
    fn pick(&mut self, number: usize) -> usize {
        match self.order {
            Order::OneByOne => number % self.sessions.len(),
            Order::AtRandom => {
                let share = (self.sessions.len() / self.connections).max(1);
                (self.connection + self.chance.random_range(0..share) * self.connections) % self.sessions.len()
            }
        }
    }

    /// Looks at an answer's body.
    pub fn accept(&mut self, body: &[u8]) -> Result<(), String> {
        if let Some(expected) = self.expected_length {
            return match body.len() == expected {
                true => Ok(()),
                false => Err(format!("the echo answered {} bytes to {expected}", body.len())),
            };
        }
        if position(body, self.kind.success()).is_none() {
            return Err(format!("{} was not answered with success: {}", self.kind.operation(), refusal(body)));
        }
        if self.kind == Kind::Create {
            let at = position(body, "session.id=").map_or(0, |at| at + "session.id=".len());
            let id = body.get(at..at + SESSION.len()).and_then(|id| SessionId::try_from(id).ok());
            self.created.borrow_mut().push(id.ok_or("CREATE_SESSION answered without a session.id")?);
        }
        Ok(())
    }
}

fn position(bytes: &[u8], text: &str) -> Option<usize> {
    std::str::from_utf8(bytes).ok()?.find(text)
}

/// What an answer says of itself, without anything it repeats of the request.
fn refusal(body: &[u8]) -> String {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap_or_default();
    let telling = |name: &str| name.starts_with("error.") || name.starts_with("response.") || name == "result";
    pairs.iter().filter(|(name, _)| telling(name)).map(|(name, value)| format!("{name}={value} ")).collect()
}
