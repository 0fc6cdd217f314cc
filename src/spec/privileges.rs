//! What a merchant may be allowed or forbidden.

/// What a merchant may be allowed or forbidden, named after the operations it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Privilege {
    /// AUTHORIZE.
    Authorize,
    /// PAY.
    Pay,
    /// VERIFY.
    Verify,
    /// CREATE_CHECKOUT_SESSION and INITIATE_CHECKOUT.
    HostedCheckout,
    /// CAPTURE.
    Capture,
    /// CAPTURE of more than was authorised.
    ExcessiveCapture,
    /// CAPTURE of what another gateway authorised.
    StandaloneCapture,
    /// REFUND.
    Refund,
    /// REFUND of more than was captured.
    ExcessiveRefund,
    /// REFUND without an order that paid.
    StandaloneRefund,
    /// VOID.
    Void,
    /// UPDATE_AUTHORIZATION.
    UpdateAuthorization,
    /// REFERRAL.
    Referral,
    /// DISBURSEMENT.
    Disbursement,
    /// TOKENIZE, RETRIEVE_TOKEN, DELETE_TOKEN and `sourceOfFunds.token`.
    Tokenization,
}

impl Privilege {
    /// What an error calls it. `Excessive Refund` and `Void` are observed, and the others written like them.
    pub fn title(self) -> &'static str {
        match self {
            Privilege::Authorize => "Authorization",
            Privilege::Pay => "Pay",
            Privilege::Verify => "Verify",
            Privilege::HostedCheckout => "Hosted Checkout",
            Privilege::Capture => "Capture",
            Privilege::ExcessiveCapture => "Excessive Capture",
            Privilege::StandaloneCapture => "Standalone Capture",
            Privilege::Refund => "Refund",
            Privilege::ExcessiveRefund => "Excessive Refund",
            Privilege::StandaloneRefund => "Standalone Refund",
            Privilege::Void => "Void",
            Privilege::UpdateAuthorization => "Update Authorization",
            Privilege::Referral => "Referral",
            Privilege::Disbursement => "Disbursement",
            Privilege::Tokenization => "Tokenization",
        }
    }
}
