//! The questions of operations to an acquirer, and the acquirer's replies. The module `acquirer` has the acquirers.

mod check_result;
mod gateway_code;

pub use check_result::{AddressResult, CheckResult, SecurityCodeResult};
pub use gateway_code::GatewayCode;

use super::card::{Card, Expiry};
use super::money::{Amount, Currency};
use super::order::TransactionType;
use super::secret::Secret;
use super::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// A question to the acquirer: one transaction on one card.
#[derive(Clone, Debug)]
pub struct Question {
    /// The type of the transaction.
    pub transaction_type: TransactionType,
    /// The amount; zero for a verification.
    pub amount: Amount,
    /// The currency of the amount.
    pub currency: Currency,
    /// The card. `None` where the acquirer knows the card from the transaction that this one follows.
    pub card: Option<Card>,
    /// `billing.address.street`, for address verification.
    pub street: Option<String>,
    /// `order.reference` of a transaction that opens an order; `transaction.reference` of a transaction that follows
    /// another. The simulator has triggers for both.
    pub reference: Option<String>,
    /// The time of the question.
    pub now: Timestamp,
}

/// The part of a question that decided the simulator's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// `order.reference` or `transaction.reference`.
    Reference,
    /// The amount.
    Amount,
    /// The expiry of the card.
    Expiry,
    /// No trigger: a transaction that follows an approved one is approved.
    Nothing,
}

impl Trigger {
    /// A word for the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Trigger::Reference => "reference",
            Trigger::Amount => "amount",
            Trigger::Expiry => "expiry",
            Trigger::Nothing => "nothing",
        }
    }
}

/// The simulator that answers for a merchant. Each simulator stands for the acquirers of a region, whose test pages
/// name their own expiries, security codes and streets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Simulator {
    /// The simulator of every region without its own.
    #[default]
    Standard,
    /// First Data in the United States.
    FirstDataUs,
    /// First Data in Australia.
    FirstDataAustralia,
    /// The other acquirers of the United States.
    OtherUs,
    /// The United Kingdom.
    Uk,
    /// Mexico.
    Mexico,
    /// France and Germany.
    FranceGermany,
    /// Cielo in Brazil.
    CieloBrazil,
    /// EFTPOS in Australia.
    EftposAustralia,
    /// Verve in Nigeria.
    VerveNigeria,
    /// Jaywan in the United Arab Emirates.
    JaywanUae,
    /// RuPay in India.
    Rupay,
}

impl Simulator {
    /// Every simulator with its name in the configuration.
    pub const ALL: [(&'static str, Simulator); 12] = [
        ("standard", Simulator::Standard),
        ("first-data-us", Simulator::FirstDataUs),
        ("first-data-australia", Simulator::FirstDataAustralia),
        ("other-us", Simulator::OtherUs),
        ("uk", Simulator::Uk),
        ("mexico", Simulator::Mexico),
        ("france-germany", Simulator::FranceGermany),
        ("cielo-brazil", Simulator::CieloBrazil),
        ("eftpos-australia", Simulator::EftposAustralia),
        ("verve-nigeria", Simulator::VerveNigeria),
        ("jaywan-uae", Simulator::JaywanUae),
        ("rupay", Simulator::Rupay),
    ];

    /// The simulator's name in the configuration.
    pub fn name(self) -> &'static str {
        Simulator::ALL.iter().find(|(_, simulator)| *simulator == self).map_or("", |(name, _)| *name)
    }
}

/// The acquirer's reply to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcquirerReply {
    /// The outcome in the gateway's words.
    pub gateway_code: GatewayCode,
    /// The acquirer's own code; absent where the acquirer gave no answer.
    pub acquirer_code: Option<String>,
    /// The acquirer's own words.
    pub acquirer_message: Option<String>,
    /// The result of the security code check, where the request has a code.
    pub security_code: Option<CheckResult<SecurityCodeResult>>,
    /// The result of address verification, where the acquirer verified the address.
    pub address: Option<CheckResult<AddressResult>>,
    /// System trace audit number, 0 to 999,999.
    pub stan: u32,
    /// Later replies to the same question, in the order of time. A later reply has none of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Later>,
}

/// A reply that the acquirer sends later without a new question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Later {
    /// Seconds after the question.
    pub after_seconds: u32,
    /// The reply.
    pub reply: AcquirerReply,
}

/// A question about the balance of a card.
#[derive(Clone, Debug)]
pub struct BalanceQuestion {
    /// The number of the card or gift card.
    pub number: Secret,
    /// The card's expiry; gift cards have no expiry.
    pub expiry: Option<Expiry>,
    /// The currency of the answer.
    pub currency: Currency,
    /// The time of the question.
    pub now: Timestamp,
}

/// The acquirer's answer to a question about a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// BALANCE_AVAILABLE, BALANCE_UNKNOWN, NO_BALANCE or TIMED_OUT (documented).
    pub gateway_code: GatewayCode,
    /// The balance, where the acquirer knows it.
    pub amount: Option<Amount>,
}

impl AcquirerReply {
    /// Whether the acquirer moved money or verified the card.
    pub fn is_success(&self) -> bool {
        self.gateway_code == GatewayCode::Approved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_simulator_has_a_name_of_its_own() {
        for (name, simulator) in Simulator::ALL {
            assert_eq!(simulator.name(), name);
        }
    }
}
