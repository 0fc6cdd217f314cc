//! The history of one request. The gateway fills in the history step by step; the log only reads it.

use crate::domain::acquiring::Trigger;
use crate::domain::failure::Failure;
use crate::domain::ids::MerchantId;
use crate::domain::rejection::Rejection;
use crate::fields::FieldName;
use crate::spec::operations::Op;
use std::fmt;

/// The log target of exchanges, so that a filter can name it.
const LOG: &str = "nvpgate::exchange";

/// A step of a request, in the words and the order of ARCHITECTURE.md. An exchange begins when the face has its fields,
/// so that a request which is refused in step 1 or 2 has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// 1: the bytes are read.
    #[default]
    Read,
    /// 2: a face turns them into fields.
    Face,
    /// 3: each field is checked by itself.
    Shape,
    /// 4: the credentials become a caller.
    Caller,
    /// 5: the operation is found and permitted, and the fields get the names of the newest version.
    Operation,
    /// 6: the records are loaded.
    Load,
    /// 7: a transaction that exists is answered again, or refused.
    Replay,
    /// 8: rules over several fields, or over a record, are checked.
    Check,
    /// 9: the operation decides.
    Decide,
    /// 10: the acquirer is asked.
    Acquirer,
    /// 11: all changes are committed.
    Commit,
    /// 12: the answer is worded for the API version and written.
    Answer,
}

/// The origin of an effective field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The request itself.
    Request,
    /// The session that the request names.
    Session,
    /// A token, a quote, or the card of an earlier order.
    Record,
}

/// One request, from its first step to its last.
#[derive(Default)]
pub struct Exchange {
    step: Step,
    merchant: Option<MerchantId>,
    operation: Option<Op>,
    origins: Vec<(FieldName, Origin)>,
    refusal: Option<Rejection>,
    trigger: Option<Trigger>,
    attempts: u32,
}

impl Exchange {
    /// An exchange that has just begun.
    pub fn begin() -> Exchange {
        Exchange::default()
    }

    /// The step that the request has reached. A refused request stays at the step that refused it.
    pub fn step(&self) -> Step {
        self.step
    }

    /// The rule that refused the request: its field and its reason. [`Exchange::step`] is the step of the rule.
    pub fn refusal(&self) -> Option<&Rejection> {
        self.refusal.as_ref()
    }

    /// The merchant, once the credentials name one.
    pub fn merchant(&self) -> Option<&MerchantId> {
        self.merchant.as_ref()
    }

    /// The operation, once it is known.
    pub fn operation(&self) -> Option<Op> {
        self.operation
    }

    /// The origin of each effective field. The list is filled only while [`Exchange::is_traced`].
    pub fn origins(&self) -> &[(FieldName, Origin)] {
        &self.origins
    }

    /// The trigger that decided the acquirer's answer, where the acquirer was asked.
    pub fn trigger(&self) -> Option<Trigger> {
        self.trigger
    }

    /// Whether the log records the origin of each field. Recording costs time in every request.
    pub fn is_traced() -> bool {
        log::log_enabled!(target: LOG, log::Level::Debug)
    }

    /// Writes the exchange to the log at level debug.
    pub fn log(&self) {
        log::debug!(target: LOG, "{self}");
    }

    pub(super) fn set_failure(&mut self, failure: &Failure) {
        if let Failure::Rejection(rejection) = failure {
            self.refusal = Some(rejection.clone());
        }
    }

    pub(super) fn reach(&mut self, step: Step) {
        self.step = step;
    }

    pub(super) fn set_merchant(&mut self, merchant: &MerchantId) {
        self.merchant = Some(merchant.clone());
    }

    pub(super) fn set_operation(&mut self, operation: Op) {
        self.operation = Some(operation);
    }

    pub(super) fn begin_attempt(&mut self) {
        self.attempts += 1;
        self.origins.clear();
    }

    pub(super) fn add_origin(&mut self, name: &FieldName, origin: Origin) {
        self.origins.push((name.clone(), origin));
    }

    pub(super) fn set_trigger(&mut self, trigger: Trigger) {
        self.trigger = Some(trigger);
    }
}

/// The number of fields of each origin, and no value. The merchant's id and the names of fields are left out, because
/// the client chooses them.
impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation.map_or("-", Op::as_str);
        write!(f, "operation={operation} step={:?} attempts={}", self.step, self.attempts)?;
        if let Some(refusal) = &self.refusal {
            write!(f, " refused={refusal:?}")?;
        }
        if let Some(trigger) = self.trigger {
            write!(f, " trigger={}", trigger.as_str())?;
        }
        for origin in [Origin::Request, Origin::Session, Origin::Record] {
            let count = self.origins.iter().filter(|(_, from)| *from == origin).count();
            write!(f, " {origin:?}={count}")?;
        }
        Ok(())
    }
}
