//! The names of the known fields, each a constant.

/// `3DSecure.acsEci`
pub const THREE_D_SECURE_ACS_ECI: &str = "3DSecure.acsEci";
/// `3DSecure.authenticationRedirect.pageGenerationMode`
pub const THREE_D_SECURE_AUTHENTICATION_REDIRECT_PAGE_GENERATION_MODE: &str =
    "3DSecure.authenticationRedirect.pageGenerationMode";
/// `3DSecure.authenticationRedirect.responseUrl`
pub const THREE_D_SECURE_AUTHENTICATION_REDIRECT_RESPONSE_URL: &str = "3DSecure.authenticationRedirect.responseUrl";
/// `3DSecure.authenticationStatus`
pub const THREE_D_SECURE_AUTHENTICATION_STATUS: &str = "3DSecure.authenticationStatus";
/// `3DSecure.authenticationToken`
pub const THREE_D_SECURE_AUTHENTICATION_TOKEN: &str = "3DSecure.authenticationToken";
/// `3DSecure.enrollmentStatus`
pub const THREE_D_SECURE_ENROLLMENT_STATUS: &str = "3DSecure.enrollmentStatus";
/// `3DSecure.paRes`
pub const THREE_D_SECURE_PA_RES: &str = "3DSecure.paRes";
/// `3DSecure.paResStatus`
pub const THREE_D_SECURE_PA_RES_STATUS: &str = "3DSecure.paResStatus";
/// `3DSecure.veResEnrolled`
pub const THREE_D_SECURE_VE_RES_ENROLLED: &str = "3DSecure.veResEnrolled";
/// `3DSecure.xid`
pub const THREE_D_SECURE_XID: &str = "3DSecure.xid";
/// `3DSecureId`
pub const THREE_D_SECURE_ID: &str = "3DSecureId";
/// `accountFunding.purpose`
pub const ACCOUNT_FUNDING_PURPOSE: &str = "accountFunding.purpose";
/// `accountFunding.recipient.account.fundingMethod`
pub const ACCOUNT_FUNDING_RECIPIENT_ACCOUNT_FUNDING_METHOD: &str = "accountFunding.recipient.account.fundingMethod";
/// `accountFunding.recipient.account.identifier`
pub const ACCOUNT_FUNDING_RECIPIENT_ACCOUNT_IDENTIFIER: &str = "accountFunding.recipient.account.identifier";
/// `accountFunding.recipient.account.identifierType`
pub const ACCOUNT_FUNDING_RECIPIENT_ACCOUNT_IDENTIFIER_TYPE: &str = "accountFunding.recipient.account.identifierType";
/// `accountFunding.recipient.address.city`
pub const ACCOUNT_FUNDING_RECIPIENT_ADDRESS_CITY: &str = "accountFunding.recipient.address.city";
/// `accountFunding.recipient.address.country`
pub const ACCOUNT_FUNDING_RECIPIENT_ADDRESS_COUNTRY: &str = "accountFunding.recipient.address.country";
/// `accountFunding.recipient.address.postCodeZip`
pub const ACCOUNT_FUNDING_RECIPIENT_ADDRESS_POST_CODE_ZIP: &str = "accountFunding.recipient.address.postCodeZip";
/// `accountFunding.recipient.address.stateProvinceCode`
pub const ACCOUNT_FUNDING_RECIPIENT_ADDRESS_STATE_PROVINCE_CODE: &str =
    "accountFunding.recipient.address.stateProvinceCode";
/// `accountFunding.recipient.address.street`
pub const ACCOUNT_FUNDING_RECIPIENT_ADDRESS_STREET: &str = "accountFunding.recipient.address.street";
/// `accountFunding.recipient.address.street2`
pub const ACCOUNT_FUNDING_RECIPIENT_ADDRESS_STREET2: &str = "accountFunding.recipient.address.street2";
/// `accountFunding.recipient.firstName`
pub const ACCOUNT_FUNDING_RECIPIENT_FIRST_NAME: &str = "accountFunding.recipient.firstName";
/// `accountFunding.recipient.identification.country`
pub const ACCOUNT_FUNDING_RECIPIENT_IDENTIFICATION_COUNTRY: &str = "accountFunding.recipient.identification.country";
/// `accountFunding.recipient.identification.type`
pub const ACCOUNT_FUNDING_RECIPIENT_IDENTIFICATION_TYPE: &str = "accountFunding.recipient.identification.type";
/// `accountFunding.recipient.identification.value`
pub const ACCOUNT_FUNDING_RECIPIENT_IDENTIFICATION_VALUE: &str = "accountFunding.recipient.identification.value";
/// `accountFunding.recipient.lastName`
pub const ACCOUNT_FUNDING_RECIPIENT_LAST_NAME: &str = "accountFunding.recipient.lastName";
/// `accountFunding.recipient.middleName`
pub const ACCOUNT_FUNDING_RECIPIENT_MIDDLE_NAME: &str = "accountFunding.recipient.middleName";
/// `accountFunding.senderIsRecipient`
pub const ACCOUNT_FUNDING_SENDER_IS_RECIPIENT: &str = "accountFunding.senderIsRecipient";
/// `accountFunding.senderType`
pub const ACCOUNT_FUNDING_SENDER_TYPE: &str = "accountFunding.senderType";
/// `acquirer.id`
pub const ACQUIRER_ID: &str = "acquirer.id";
/// `action.bypassMerchantRiskRules`
pub const ACTION_BYPASS_MERCHANT_RISK_RULES: &str = "action.bypassMerchantRiskRules";
/// `action.refundAuthorization`
pub const ACTION_REFUND_AUTHORIZATION: &str = "action.refundAuthorization";
/// `action.tokenOperation`
pub const ACTION_TOKEN_OPERATION: &str = "action.tokenOperation";
/// `agreement.amountVariability`
pub const AGREEMENT_AMOUNT_VARIABILITY: &str = "agreement.amountVariability";
/// `agreement.customData`
pub const AGREEMENT_CUSTOM_DATA: &str = "agreement.customData";
/// `agreement.expiryDate`
pub const AGREEMENT_EXPIRY_DATE: &str = "agreement.expiryDate";
/// `agreement.id`
pub const AGREEMENT_ID: &str = "agreement.id";
/// `agreement.maximumAmountPerPayment`
pub const AGREEMENT_MAXIMUM_AMOUNT_PER_PAYMENT: &str = "agreement.maximumAmountPerPayment";
/// `agreement.minimumAmountPerPayment`
pub const AGREEMENT_MINIMUM_AMOUNT_PER_PAYMENT: &str = "agreement.minimumAmountPerPayment";
/// `agreement.minimumDaysBetweenPayments`
pub const AGREEMENT_MINIMUM_DAYS_BETWEEN_PAYMENTS: &str = "agreement.minimumDaysBetweenPayments";
/// `agreement.numberOfPayments`
pub const AGREEMENT_NUMBER_OF_PAYMENTS: &str = "agreement.numberOfPayments";
/// `agreement.paymentFrequency`
pub const AGREEMENT_PAYMENT_FREQUENCY: &str = "agreement.paymentFrequency";
/// `agreement.retailer.abbreviatedTradingName`
pub const AGREEMENT_RETAILER_ABBREVIATED_TRADING_NAME: &str = "agreement.retailer.abbreviatedTradingName";
/// `agreement.retailer.merchantCategoryCode`
pub const AGREEMENT_RETAILER_MERCHANT_CATEGORY_CODE: &str = "agreement.retailer.merchantCategoryCode";
/// `agreement.retailer.tradingName`
pub const AGREEMENT_RETAILER_TRADING_NAME: &str = "agreement.retailer.tradingName";
/// `agreement.startDate`
pub const AGREEMENT_START_DATE: &str = "agreement.startDate";
/// `agreement.type`
pub const AGREEMENT_TYPE: &str = "agreement.type";
/// `airline.bookingReference`
pub const AIRLINE_BOOKING_REFERENCE: &str = "airline.bookingReference";
/// `airline.documentType`
pub const AIRLINE_DOCUMENT_TYPE: &str = "airline.documentType";
/// `airline.itinerary.leg[n].carrierCode`
pub const AIRLINE_ITINERARY_LEG_N_CARRIER_CODE: &str = "airline.itinerary.leg[n].carrierCode";
/// `airline.itinerary.leg[n].conjunctionTicketNumber`
pub const AIRLINE_ITINERARY_LEG_N_CONJUNCTION_TICKET_NUMBER: &str = "airline.itinerary.leg[n].conjunctionTicketNumber";
/// `airline.itinerary.leg[n].couponNumber`
pub const AIRLINE_ITINERARY_LEG_N_COUPON_NUMBER: &str = "airline.itinerary.leg[n].couponNumber";
/// `airline.itinerary.leg[n].departureAirport`
pub const AIRLINE_ITINERARY_LEG_N_DEPARTURE_AIRPORT: &str = "airline.itinerary.leg[n].departureAirport";
/// `airline.itinerary.leg[n].departureDate`
pub const AIRLINE_ITINERARY_LEG_N_DEPARTURE_DATE: &str = "airline.itinerary.leg[n].departureDate";
/// `airline.itinerary.leg[n].departureTax`
pub const AIRLINE_ITINERARY_LEG_N_DEPARTURE_TAX: &str = "airline.itinerary.leg[n].departureTax";
/// `airline.itinerary.leg[n].departureTime`
pub const AIRLINE_ITINERARY_LEG_N_DEPARTURE_TIME: &str = "airline.itinerary.leg[n].departureTime";
/// `airline.itinerary.leg[n].destinationAirport`
pub const AIRLINE_ITINERARY_LEG_N_DESTINATION_AIRPORT: &str = "airline.itinerary.leg[n].destinationAirport";
/// `airline.itinerary.leg[n].destinationArrivalDate`
pub const AIRLINE_ITINERARY_LEG_N_DESTINATION_ARRIVAL_DATE: &str = "airline.itinerary.leg[n].destinationArrivalDate";
/// `airline.itinerary.leg[n].destinationArrivalTime`
pub const AIRLINE_ITINERARY_LEG_N_DESTINATION_ARRIVAL_TIME: &str = "airline.itinerary.leg[n].destinationArrivalTime";
/// `airline.itinerary.leg[n].endorsementsRestrictions`
pub const AIRLINE_ITINERARY_LEG_N_ENDORSEMENTS_RESTRICTIONS: &str = "airline.itinerary.leg[n].endorsementsRestrictions";
/// `airline.itinerary.leg[n].exchangeTicketNumber`
pub const AIRLINE_ITINERARY_LEG_N_EXCHANGE_TICKET_NUMBER: &str = "airline.itinerary.leg[n].exchangeTicketNumber";
/// `airline.itinerary.leg[n].fare`
pub const AIRLINE_ITINERARY_LEG_N_FARE: &str = "airline.itinerary.leg[n].fare";
/// `airline.itinerary.leg[n].fareBasis`
pub const AIRLINE_ITINERARY_LEG_N_FARE_BASIS: &str = "airline.itinerary.leg[n].fareBasis";
/// `airline.itinerary.leg[n].fees`
pub const AIRLINE_ITINERARY_LEG_N_FEES: &str = "airline.itinerary.leg[n].fees";
/// `airline.itinerary.leg[n].flightNumber`
pub const AIRLINE_ITINERARY_LEG_N_FLIGHT_NUMBER: &str = "airline.itinerary.leg[n].flightNumber";
/// `airline.itinerary.leg[n].stopoverPermitted`
pub const AIRLINE_ITINERARY_LEG_N_STOPOVER_PERMITTED: &str = "airline.itinerary.leg[n].stopoverPermitted";
/// `airline.itinerary.leg[n].taxes`
pub const AIRLINE_ITINERARY_LEG_N_TAXES: &str = "airline.itinerary.leg[n].taxes";
/// `airline.itinerary.leg[n].travelClass`
pub const AIRLINE_ITINERARY_LEG_N_TRAVEL_CLASS: &str = "airline.itinerary.leg[n].travelClass";
/// `airline.itinerary.numberInParty`
pub const AIRLINE_ITINERARY_NUMBER_IN_PARTY: &str = "airline.itinerary.numberInParty";
/// `airline.itinerary.originCountry`
pub const AIRLINE_ITINERARY_ORIGIN_COUNTRY: &str = "airline.itinerary.originCountry";
/// `airline.passenger[n].firstName`
pub const AIRLINE_PASSENGER_N_FIRST_NAME: &str = "airline.passenger[n].firstName";
/// `airline.passenger[n].frequentFlyerNumber`
pub const AIRLINE_PASSENGER_N_FREQUENT_FLYER_NUMBER: &str = "airline.passenger[n].frequentFlyerNumber";
/// `airline.passenger[n].lastName`
pub const AIRLINE_PASSENGER_N_LAST_NAME: &str = "airline.passenger[n].lastName";
/// `airline.passenger[n].middleName`
pub const AIRLINE_PASSENGER_N_MIDDLE_NAME: &str = "airline.passenger[n].middleName";
/// `airline.passenger[n].specificInformation`
pub const AIRLINE_PASSENGER_N_SPECIFIC_INFORMATION: &str = "airline.passenger[n].specificInformation";
/// `airline.passenger[n].title`
pub const AIRLINE_PASSENGER_N_TITLE: &str = "airline.passenger[n].title";
/// `airline.planNumber`
pub const AIRLINE_PLAN_NUMBER: &str = "airline.planNumber";
/// `airline.ticket.conjunctionTicketIndicator`
pub const AIRLINE_TICKET_CONJUNCTION_TICKET_INDICATOR: &str = "airline.ticket.conjunctionTicketIndicator";
/// `airline.ticket.customerReference`
pub const AIRLINE_TICKET_CUSTOMER_REFERENCE: &str = "airline.ticket.customerReference";
/// `airline.ticket.eTicket`
pub const AIRLINE_TICKET_E_TICKET: &str = "airline.ticket.eTicket";
/// `airline.ticket.exchangedTicketNumber`
pub const AIRLINE_TICKET_EXCHANGED_TICKET_NUMBER: &str = "airline.ticket.exchangedTicketNumber";
/// `airline.ticket.issue.address`
pub const AIRLINE_TICKET_ISSUE_ADDRESS: &str = "airline.ticket.issue.address";
/// `airline.ticket.issue.carrierCode`
pub const AIRLINE_TICKET_ISSUE_CARRIER_CODE: &str = "airline.ticket.issue.carrierCode";
/// `airline.ticket.issue.carrierName`
pub const AIRLINE_TICKET_ISSUE_CARRIER_NAME: &str = "airline.ticket.issue.carrierName";
/// `airline.ticket.issue.city`
pub const AIRLINE_TICKET_ISSUE_CITY: &str = "airline.ticket.issue.city";
/// `airline.ticket.issue.country`
pub const AIRLINE_TICKET_ISSUE_COUNTRY: &str = "airline.ticket.issue.country";
/// `airline.ticket.issue.date`
pub const AIRLINE_TICKET_ISSUE_DATE: &str = "airline.ticket.issue.date";
/// `airline.ticket.issue.travelAgentCode`
pub const AIRLINE_TICKET_ISSUE_TRAVEL_AGENT_CODE: &str = "airline.ticket.issue.travelAgentCode";
/// `airline.ticket.issue.travelAgentName`
pub const AIRLINE_TICKET_ISSUE_TRAVEL_AGENT_NAME: &str = "airline.ticket.issue.travelAgentName";
/// `airline.ticket.restricted`
pub const AIRLINE_TICKET_RESTRICTED: &str = "airline.ticket.restricted";
/// `airline.ticket.taxOrFee[n].amount`
pub const AIRLINE_TICKET_TAX_OR_FEE_N_AMOUNT: &str = "airline.ticket.taxOrFee[n].amount";
/// `airline.ticket.taxOrFee[n].type`
pub const AIRLINE_TICKET_TAX_OR_FEE_N_TYPE: &str = "airline.ticket.taxOrFee[n].type";
/// `airline.ticket.ticketNumber`
pub const AIRLINE_TICKET_TICKET_NUMBER: &str = "airline.ticket.ticketNumber";
/// `airline.ticket.totalFare`
pub const AIRLINE_TICKET_TOTAL_FARE: &str = "airline.ticket.totalFare";
/// `airline.ticket.totalFees`
pub const AIRLINE_TICKET_TOTAL_FEES: &str = "airline.ticket.totalFees";
/// `airline.ticket.totalTaxes`
pub const AIRLINE_TICKET_TOTAL_TAXES: &str = "airline.ticket.totalTaxes";
/// `airline.transactionType`
pub const AIRLINE_TRANSACTION_TYPE: &str = "airline.transactionType";
/// `apiOperation`
pub const API_OPERATION: &str = "apiOperation";
/// `apiPassword`
pub const API_PASSWORD: &str = "apiPassword";
/// `apiUsername`
pub const API_USERNAME: &str = "apiUsername";
/// `authentication.3ds.acsEci`
pub const AUTHENTICATION_3DS_ACS_ECI: &str = "authentication.3ds.acsEci";
/// `authentication.3ds.authenticationToken`
pub const AUTHENTICATION_3DS_AUTHENTICATION_TOKEN: &str = "authentication.3ds.authenticationToken";
/// `authentication.3ds.transactionId`
pub const AUTHENTICATION_3DS_TRANSACTION_ID: &str = "authentication.3ds.transactionId";
/// `authentication.3ds1.veResEnrolled`
pub const AUTHENTICATION_3DS1_VE_RES_ENROLLED: &str = "authentication.3ds1.veResEnrolled";
/// `authentication.3ds2.dsTransactionId`
pub const AUTHENTICATION_3DS2_DS_TRANSACTION_ID: &str = "authentication.3ds2.dsTransactionId";
/// `authentication.3ds2.protocolVersion`
pub const AUTHENTICATION_3DS2_PROTOCOL_VERSION: &str = "authentication.3ds2.protocolVersion";
/// `authentication.3ds2.sdk.appId`
pub const AUTHENTICATION_3DS2_SDK_APP_ID: &str = "authentication.3ds2.sdk.appId";
/// `authentication.3ds2.sdk.encryptedData`
pub const AUTHENTICATION_3DS2_SDK_ENCRYPTED_DATA: &str = "authentication.3ds2.sdk.encryptedData";
/// `authentication.3ds2.sdk.ephemeralPublicKey`
pub const AUTHENTICATION_3DS2_SDK_EPHEMERAL_PUBLIC_KEY: &str = "authentication.3ds2.sdk.ephemeralPublicKey";
/// `authentication.3ds2.sdk.interface`
pub const AUTHENTICATION_3DS2_SDK_INTERFACE: &str = "authentication.3ds2.sdk.interface";
/// `authentication.3ds2.sdk.referenceNumber`
pub const AUTHENTICATION_3DS2_SDK_REFERENCE_NUMBER: &str = "authentication.3ds2.sdk.referenceNumber";
/// `authentication.3ds2.sdk.timeout`
pub const AUTHENTICATION_3DS2_SDK_TIMEOUT: &str = "authentication.3ds2.sdk.timeout";
/// `authentication.3ds2.sdk.transactionId`
pub const AUTHENTICATION_3DS2_SDK_TRANSACTION_ID: &str = "authentication.3ds2.sdk.transactionId";
/// `authentication.3ds2.sdk.uiType`
pub const AUTHENTICATION_3DS2_SDK_UI_TYPE: &str = "authentication.3ds2.sdk.uiType";
/// `authentication.3ds2.transactionStatus`
pub const AUTHENTICATION_3DS2_TRANSACTION_STATUS: &str = "authentication.3ds2.transactionStatus";
/// `authentication.acceptVersions`
pub const AUTHENTICATION_ACCEPT_VERSIONS: &str = "authentication.acceptVersions";
/// `authentication.challengePreference`
pub const AUTHENTICATION_CHALLENGE_PREFERENCE: &str = "authentication.challengePreference";
/// `authentication.channel`
pub const AUTHENTICATION_CHANNEL: &str = "authentication.channel";
/// `authentication.methodNotificationUrl`
pub const AUTHENTICATION_METHOD_NOTIFICATION_URL: &str = "authentication.methodNotificationUrl";
/// `authentication.psd2.exemption`
pub const AUTHENTICATION_PSD2_EXEMPTION: &str = "authentication.psd2.exemption";
/// `authentication.purpose`
pub const AUTHENTICATION_PURPOSE: &str = "authentication.purpose";
/// `authentication.redirectResponseUrl`
pub const AUTHENTICATION_REDIRECT_RESPONSE_URL: &str = "authentication.redirectResponseUrl";
/// `authentication.transactionId`
pub const AUTHENTICATION_TRANSACTION_ID: &str = "authentication.transactionId";
/// `authorizationResponse.cardSecurityCodeError`
pub const AUTHORIZATION_RESPONSE_CARD_SECURITY_CODE_ERROR: &str = "authorizationResponse.cardSecurityCodeError";
/// `authorizationResponse.commercialCard`
pub const AUTHORIZATION_RESPONSE_COMMERCIAL_CARD: &str = "authorizationResponse.commercialCard";
/// `authorizationResponse.commercialCardIndicator`
pub const AUTHORIZATION_RESPONSE_COMMERCIAL_CARD_INDICATOR: &str = "authorizationResponse.commercialCardIndicator";
/// `authorizationResponse.financialNetworkCode`
pub const AUTHORIZATION_RESPONSE_FINANCIAL_NETWORK_CODE: &str = "authorizationResponse.financialNetworkCode";
/// `authorizationResponse.posData`
pub const AUTHORIZATION_RESPONSE_POS_DATA: &str = "authorizationResponse.posData";
/// `authorizationResponse.posEntryMode`
pub const AUTHORIZATION_RESPONSE_POS_ENTRY_MODE: &str = "authorizationResponse.posEntryMode";
/// `authorizationResponse.processingCode`
pub const AUTHORIZATION_RESPONSE_PROCESSING_CODE: &str = "authorizationResponse.processingCode";
/// `authorizationResponse.responseCode`
pub const AUTHORIZATION_RESPONSE_RESPONSE_CODE: &str = "authorizationResponse.responseCode";
/// `authorizationResponse.stan`
pub const AUTHORIZATION_RESPONSE_STAN: &str = "authorizationResponse.stan";
/// `authorizationResponse.transactionIdentifier`
pub const AUTHORIZATION_RESPONSE_TRANSACTION_IDENTIFIER: &str = "authorizationResponse.transactionIdentifier";
/// `availableBalance.funds.amount`
pub const AVAILABLE_BALANCE_FUNDS_AMOUNT: &str = "availableBalance.funds.amount";
/// `availableBalance.funds.currency`
pub const AVAILABLE_BALANCE_FUNDS_CURRENCY: &str = "availableBalance.funds.currency";
/// `billing.address.city`
pub const BILLING_ADDRESS_CITY: &str = "billing.address.city";
/// `billing.address.company`
pub const BILLING_ADDRESS_COMPANY: &str = "billing.address.company";
/// `billing.address.country`
pub const BILLING_ADDRESS_COUNTRY: &str = "billing.address.country";
/// `billing.address.postcodeZip`
pub const BILLING_ADDRESS_POSTCODE_ZIP: &str = "billing.address.postcodeZip";
/// `billing.address.stateProvince`
pub const BILLING_ADDRESS_STATE_PROVINCE: &str = "billing.address.stateProvince";
/// `billing.address.stateProvinceCode`
pub const BILLING_ADDRESS_STATE_PROVINCE_CODE: &str = "billing.address.stateProvinceCode";
/// `billing.address.street`
pub const BILLING_ADDRESS_STREET: &str = "billing.address.street";
/// `billing.address.street2`
pub const BILLING_ADDRESS_STREET2: &str = "billing.address.street2";
/// `billing.phone`
pub const BILLING_PHONE: &str = "billing.phone";
/// `browserPayment.operation`
pub const BROWSER_PAYMENT_OPERATION: &str = "browserPayment.operation";
/// `browserPayment.returnUrl`
pub const BROWSER_PAYMENT_RETURN_URL: &str = "browserPayment.returnUrl";
/// `card.expiry.month`
pub const CARD_EXPIRY_MONTH: &str = "card.expiry.month";
/// `card.expiry.year`
pub const CARD_EXPIRY_YEAR: &str = "card.expiry.year";
/// `card.holder.fullName`
pub const CARD_HOLDER_FULL_NAME: &str = "card.holder.fullName";
/// `card.number`
pub const CARD_NUMBER: &str = "card.number";
/// `card.securityCode`
pub const CARD_SECURITY_CODE: &str = "card.securityCode";
/// `card.token`
pub const CARD_TOKEN: &str = "card.token";
/// `checkoutMode`
pub const CHECKOUT_MODE: &str = "checkoutMode";
/// `constraints.paymentPlans.numberOfDeferrals`
pub const CONSTRAINTS_PAYMENT_PLANS_NUMBER_OF_DEFERRALS: &str = "constraints.paymentPlans.numberOfDeferrals";
/// `constraints.paymentPlans.numberOfPayments`
pub const CONSTRAINTS_PAYMENT_PLANS_NUMBER_OF_PAYMENTS: &str = "constraints.paymentPlans.numberOfPayments";
/// `constraints.paymentPlans.supported`
pub const CONSTRAINTS_PAYMENT_PLANS_SUPPORTED: &str = "constraints.paymentPlans.supported";
/// `correlationId`
pub const CORRELATION_ID: &str = "correlationId";
/// `cruise.bookingReference`
pub const CRUISE_BOOKING_REFERENCE: &str = "cruise.bookingReference";
/// `cruise.company.contact.companyPhone`
pub const CRUISE_COMPANY_CONTACT_COMPANY_PHONE: &str = "cruise.company.contact.companyPhone";
/// `cruise.company.contact.customerServicePhone`
pub const CRUISE_COMPANY_CONTACT_CUSTOMER_SERVICE_PHONE: &str = "cruise.company.contact.customerServicePhone";
/// `cruise.departureDate`
pub const CRUISE_DEPARTURE_DATE: &str = "cruise.departureDate";
/// `cruise.departurePort.address.city`
pub const CRUISE_DEPARTURE_PORT_ADDRESS_CITY: &str = "cruise.departurePort.address.city";
/// `cruise.departurePort.address.country`
pub const CRUISE_DEPARTURE_PORT_ADDRESS_COUNTRY: &str = "cruise.departurePort.address.country";
/// `cruise.departurePort.address.postCodeZip`
pub const CRUISE_DEPARTURE_PORT_ADDRESS_POST_CODE_ZIP: &str = "cruise.departurePort.address.postCodeZip";
/// `cruise.departurePort.address.stateProvinceCode`
pub const CRUISE_DEPARTURE_PORT_ADDRESS_STATE_PROVINCE_CODE: &str = "cruise.departurePort.address.stateProvinceCode";
/// `cruise.departurePort.address.street`
pub const CRUISE_DEPARTURE_PORT_ADDRESS_STREET: &str = "cruise.departurePort.address.street";
/// `cruise.departurePort.address.street2`
pub const CRUISE_DEPARTURE_PORT_ADDRESS_STREET2: &str = "cruise.departurePort.address.street2";
/// `cruise.passenger[n].firstName`
pub const CRUISE_PASSENGER_N_FIRST_NAME: &str = "cruise.passenger[n].firstName";
/// `cruise.passenger[n].folioNumber`
pub const CRUISE_PASSENGER_N_FOLIO_NUMBER: &str = "cruise.passenger[n].folioNumber";
/// `cruise.passenger[n].lastName`
pub const CRUISE_PASSENGER_N_LAST_NAME: &str = "cruise.passenger[n].lastName";
/// `cruise.passenger[n].middleName`
pub const CRUISE_PASSENGER_N_MIDDLE_NAME: &str = "cruise.passenger[n].middleName";
/// `cruise.passenger[n].title`
pub const CRUISE_PASSENGER_N_TITLE: &str = "cruise.passenger[n].title";
/// `cruise.returnDate`
pub const CRUISE_RETURN_DATE: &str = "cruise.returnDate";
/// `cruise.shipName`
pub const CRUISE_SHIP_NAME: &str = "cruise.shipName";
/// `cruise.travelAgentCode`
pub const CRUISE_TRAVEL_AGENT_CODE: &str = "cruise.travelAgentCode";
/// `cruise.travelAgentName`
pub const CRUISE_TRAVEL_AGENT_NAME: &str = "cruise.travelAgentName";
/// `cruise.travelPackageItems`
pub const CRUISE_TRAVEL_PACKAGE_ITEMS: &str = "cruise.travelPackageItems";
/// `currencyConversion.exchangeRateTime`
pub const CURRENCY_CONVERSION_EXCHANGE_RATE_TIME: &str = "currencyConversion.exchangeRateTime";
/// `currencyConversion.marginPercentage`
pub const CURRENCY_CONVERSION_MARGIN_PERCENTAGE: &str = "currencyConversion.marginPercentage";
/// `currencyConversion.payerAcceptance`
pub const CURRENCY_CONVERSION_PAYER_ACCEPTANCE: &str = "currencyConversion.payerAcceptance";
/// `currencyConversion.payerAmount`
pub const CURRENCY_CONVERSION_PAYER_AMOUNT: &str = "currencyConversion.payerAmount";
/// `currencyConversion.payerCurrency`
pub const CURRENCY_CONVERSION_PAYER_CURRENCY: &str = "currencyConversion.payerCurrency";
/// `currencyConversion.payerExchangeRate`
pub const CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE: &str = "currencyConversion.payerExchangeRate";
/// `currencyConversion.provider`
pub const CURRENCY_CONVERSION_PROVIDER: &str = "currencyConversion.provider";
/// `currencyConversion.providerReceipt`
pub const CURRENCY_CONVERSION_PROVIDER_RECEIPT: &str = "currencyConversion.providerReceipt";
/// `currencyConversion.requestId`
pub const CURRENCY_CONVERSION_REQUEST_ID: &str = "currencyConversion.requestId";
/// `currencyConversion.uptake`
pub const CURRENCY_CONVERSION_UPTAKE: &str = "currencyConversion.uptake";
/// `customer.ani`
pub const CUSTOMER_ANI: &str = "customer.ani";
/// `customer.aniCallType`
pub const CUSTOMER_ANI_CALL_TYPE: &str = "customer.aniCallType";
/// `customer.browser`
pub const CUSTOMER_BROWSER: &str = "customer.browser";
/// `customer.email`
pub const CUSTOMER_EMAIL: &str = "customer.email";
/// `customer.firstName`
pub const CUSTOMER_FIRST_NAME: &str = "customer.firstName";
/// `customer.hostname`
pub const CUSTOMER_HOSTNAME: &str = "customer.hostname";
/// `customer.identification.country`
pub const CUSTOMER_IDENTIFICATION_COUNTRY: &str = "customer.identification.country";
/// `customer.identification.type`
pub const CUSTOMER_IDENTIFICATION_TYPE: &str = "customer.identification.type";
/// `customer.identification.value`
pub const CUSTOMER_IDENTIFICATION_VALUE: &str = "customer.identification.value";
/// `customer.ipAddress`
pub const CUSTOMER_IP_ADDRESS: &str = "customer.ipAddress";
/// `customer.lastName`
pub const CUSTOMER_LAST_NAME: &str = "customer.lastName";
/// `customer.middleName`
pub const CUSTOMER_MIDDLE_NAME: &str = "customer.middleName";
/// `customer.mobilePhone`
pub const CUSTOMER_MOBILE_PHONE: &str = "customer.mobilePhone";
/// `customer.phone`
pub const CUSTOMER_PHONE: &str = "customer.phone";
/// `customer.taxRegistrationId`
pub const CUSTOMER_TAX_REGISTRATION_ID: &str = "customer.taxRegistrationId";
/// `device.ani`
pub const DEVICE_ANI: &str = "device.ani";
/// `device.aniCallType`
pub const DEVICE_ANI_CALL_TYPE: &str = "device.aniCallType";
/// `device.browser`
pub const DEVICE_BROWSER: &str = "device.browser";
/// `device.browserDetails.3DSecureChallengeWindowSize`
pub const DEVICE_BROWSER_DETAILS_THREE_D_SECURE_CHALLENGE_WINDOW_SIZE: &str =
    "device.browserDetails.3DSecureChallengeWindowSize";
/// `device.browserDetails.acceptHeaders`
pub const DEVICE_BROWSER_DETAILS_ACCEPT_HEADERS: &str = "device.browserDetails.acceptHeaders";
/// `device.browserDetails.colorDepth`
pub const DEVICE_BROWSER_DETAILS_COLOR_DEPTH: &str = "device.browserDetails.colorDepth";
/// `device.browserDetails.javaEnabled`
pub const DEVICE_BROWSER_DETAILS_JAVA_ENABLED: &str = "device.browserDetails.javaEnabled";
/// `device.browserDetails.javaScriptEnabled`
pub const DEVICE_BROWSER_DETAILS_JAVA_SCRIPT_ENABLED: &str = "device.browserDetails.javaScriptEnabled";
/// `device.browserDetails.language`
pub const DEVICE_BROWSER_DETAILS_LANGUAGE: &str = "device.browserDetails.language";
/// `device.browserDetails.screenHeight`
pub const DEVICE_BROWSER_DETAILS_SCREEN_HEIGHT: &str = "device.browserDetails.screenHeight";
/// `device.browserDetails.screenWidth`
pub const DEVICE_BROWSER_DETAILS_SCREEN_WIDTH: &str = "device.browserDetails.screenWidth";
/// `device.browserDetails.timeZone`
pub const DEVICE_BROWSER_DETAILS_TIME_ZONE: &str = "device.browserDetails.timeZone";
/// `device.fingerprint`
pub const DEVICE_FINGERPRINT: &str = "device.fingerprint";
/// `device.hostname`
pub const DEVICE_HOSTNAME: &str = "device.hostname";
/// `device.ipAddress`
pub const DEVICE_IP_ADDRESS: &str = "device.ipAddress";
/// `disbursementType`
pub const DISBURSEMENT_TYPE: &str = "disbursementType";
/// `error.cause`
pub const ERROR_CAUSE: &str = "error.cause";
/// `error.explanation`
pub const ERROR_EXPLANATION: &str = "error.explanation";
/// `error.field`
pub const ERROR_FIELD: &str = "error.field";
/// `error.supportCode`
pub const ERROR_SUPPORT_CODE: &str = "error.supportCode";
/// `error.validationType`
pub const ERROR_VALIDATION_TYPE: &str = "error.validationType";
/// `gatewayEntryPoint`
pub const GATEWAY_ENTRY_POINT: &str = "gatewayEntryPoint";
/// `gatewayVersion`
pub const GATEWAY_VERSION: &str = "gatewayVersion";
/// `id`
pub const ID: &str = "id";
/// `initiator.userId`
pub const INITIATOR_USER_ID: &str = "initiator.userId";
/// `interaction.action.3DSecure`
pub const INTERACTION_ACTION_THREE_D_SECURE: &str = "interaction.action.3DSecure";
/// `interaction.action.bypass3DSecure`
pub const INTERACTION_ACTION_BYPASS3_D_SECURE: &str = "interaction.action.bypass3DSecure";
/// `interaction.cancelUrl`
pub const INTERACTION_CANCEL_URL: &str = "interaction.cancelUrl";
/// `interaction.country`
pub const INTERACTION_COUNTRY: &str = "interaction.country";
/// `interaction.displayControl.billingAddress`
pub const INTERACTION_DISPLAY_CONTROL_BILLING_ADDRESS: &str = "interaction.displayControl.billingAddress";
/// `interaction.displayControl.cardSecurityCode`
pub const INTERACTION_DISPLAY_CONTROL_CARD_SECURITY_CODE: &str = "interaction.displayControl.cardSecurityCode";
/// `interaction.displayControl.customerEmail`
pub const INTERACTION_DISPLAY_CONTROL_CUSTOMER_EMAIL: &str = "interaction.displayControl.customerEmail";
/// `interaction.displayControl.orderSummary`
pub const INTERACTION_DISPLAY_CONTROL_ORDER_SUMMARY: &str = "interaction.displayControl.orderSummary";
/// `interaction.displayControl.paymentConfirmation`
pub const INTERACTION_DISPLAY_CONTROL_PAYMENT_CONFIRMATION: &str = "interaction.displayControl.paymentConfirmation";
/// `interaction.displayControl.paymentTerms`
pub const INTERACTION_DISPLAY_CONTROL_PAYMENT_TERMS: &str = "interaction.displayControl.paymentTerms";
/// `interaction.displayControl.shipping`
pub const INTERACTION_DISPLAY_CONTROL_SHIPPING: &str = "interaction.displayControl.shipping";
/// `interaction.locale`
pub const INTERACTION_LOCALE: &str = "interaction.locale";
/// `interaction.merchant.address.line1`
pub const INTERACTION_MERCHANT_ADDRESS_LINE1: &str = "interaction.merchant.address.line1";
/// `interaction.merchant.address.line2`
pub const INTERACTION_MERCHANT_ADDRESS_LINE2: &str = "interaction.merchant.address.line2";
/// `interaction.merchant.address.line3`
pub const INTERACTION_MERCHANT_ADDRESS_LINE3: &str = "interaction.merchant.address.line3";
/// `interaction.merchant.address.line4`
pub const INTERACTION_MERCHANT_ADDRESS_LINE4: &str = "interaction.merchant.address.line4";
/// `interaction.merchant.email`
pub const INTERACTION_MERCHANT_EMAIL: &str = "interaction.merchant.email";
/// `interaction.merchant.logo`
pub const INTERACTION_MERCHANT_LOGO: &str = "interaction.merchant.logo";
/// `interaction.merchant.name`
pub const INTERACTION_MERCHANT_NAME: &str = "interaction.merchant.name";
/// `interaction.merchant.phone`
pub const INTERACTION_MERCHANT_PHONE: &str = "interaction.merchant.phone";
/// `interaction.merchant.url`
pub const INTERACTION_MERCHANT_URL: &str = "interaction.merchant.url";
/// `interaction.operation`
pub const INTERACTION_OPERATION: &str = "interaction.operation";
/// `interaction.redirectMerchantUrl`
pub const INTERACTION_REDIRECT_MERCHANT_URL: &str = "interaction.redirectMerchantUrl";
/// `interaction.retryAttemptCount`
pub const INTERACTION_RETRY_ATTEMPT_COUNT: &str = "interaction.retryAttemptCount";
/// `interaction.returnUrl`
pub const INTERACTION_RETURN_URL: &str = "interaction.returnUrl";
/// `interaction.style.accentColor`
pub const INTERACTION_STYLE_ACCENT_COLOR: &str = "interaction.style.accentColor";
/// `interaction.style.theme`
pub const INTERACTION_STYLE_THEME: &str = "interaction.style.theme";
/// `interaction.theme`
pub const INTERACTION_THEME: &str = "interaction.theme";
/// `interaction.timeout`
pub const INTERACTION_TIMEOUT: &str = "interaction.timeout";
/// `interaction.timeoutUrl`
pub const INTERACTION_TIMEOUT_URL: &str = "interaction.timeoutUrl";
/// `limit`
pub const LIMIT: &str = "limit";
/// `lineOfBusiness`
pub const LINE_OF_BUSINESS: &str = "lineOfBusiness";
/// `merchant`
pub const MERCHANT: &str = "merchant";
/// `nextPage`
pub const NEXT_PAGE: &str = "nextPage";
/// `order.acceptPartialAmount`
pub const ORDER_ACCEPT_PARTIAL_AMOUNT: &str = "order.acceptPartialAmount";
/// `order.amount`
pub const ORDER_AMOUNT: &str = "order.amount";
/// `order.authenticationStatus`
pub const ORDER_AUTHENTICATION_STATUS: &str = "order.authenticationStatus";
/// `order.cashbackAmount`
pub const ORDER_CASHBACK_AMOUNT: &str = "order.cashbackAmount";
/// `order.certainty`
pub const ORDER_CERTAINTY: &str = "order.certainty";
/// `order.chargeback.amount`
pub const ORDER_CHARGEBACK_AMOUNT: &str = "order.chargeback.amount";
/// `order.chargeback.currency`
pub const ORDER_CHARGEBACK_CURRENCY: &str = "order.chargeback.currency";
/// `order.creationTime`
pub const ORDER_CREATION_TIME: &str = "order.creationTime";
/// `order.currency`
pub const ORDER_CURRENCY: &str = "order.currency";
/// `order.custom.*`
pub const ORDER_CUSTOM_ANY: &str = "order.custom.*";
/// `order.customerNote`
pub const ORDER_CUSTOMER_NOTE: &str = "order.customerNote";
/// `order.customerOrderDate`
pub const ORDER_CUSTOMER_ORDER_DATE: &str = "order.customerOrderDate";
/// `order.customerReference`
pub const ORDER_CUSTOMER_REFERENCE: &str = "order.customerReference";
/// `order.description`
pub const ORDER_DESCRIPTION: &str = "order.description";
/// `order.discount.amount`
pub const ORDER_DISCOUNT_AMOUNT: &str = "order.discount.amount";
/// `order.discount.code`
pub const ORDER_DISCOUNT_CODE: &str = "order.discount.code";
/// `order.discount.description`
pub const ORDER_DISCOUNT_DESCRIPTION: &str = "order.discount.description";
/// `order.discountAmount`
pub const ORDER_DISCOUNTAMOUNT: &str = "order.discountAmount";
/// `order.dutyAmount`
pub const ORDER_DUTY_AMOUNT: &str = "order.dutyAmount";
/// `order.gratuityAmount`
pub const ORDER_GRATUITY_AMOUNT: &str = "order.gratuityAmount";
/// `order.id`
pub const ORDER_ID: &str = "order.id";
/// `order.industryPracticePaymentReason`
pub const ORDER_INDUSTRY_PRACTICE_PAYMENT_REASON: &str = "order.industryPracticePaymentReason";
/// `order.invoiceNumber`
pub const ORDER_INVOICE_NUMBER: &str = "order.invoiceNumber";
/// `order.itemAmount`
pub const ORDER_ITEM_AMOUNT: &str = "order.itemAmount";
/// `order.item[n].brand`
pub const ORDER_ITEM_N_BRAND: &str = "order.item[n].brand";
/// `order.item[n].category`
pub const ORDER_ITEM_N_CATEGORY: &str = "order.item[n].category";
/// `order.item[n].description`
pub const ORDER_ITEM_N_DESCRIPTION: &str = "order.item[n].description";
/// `order.item[n].detail.acquirerCustom`
pub const ORDER_ITEM_N_DETAIL_ACQUIRER_CUSTOM: &str = "order.item[n].detail.acquirerCustom";
/// `order.item[n].detail.commodityCode`
pub const ORDER_ITEM_N_DETAIL_COMMODITY_CODE: &str = "order.item[n].detail.commodityCode";
/// `order.item[n].detail.tax[n].amount`
pub const ORDER_ITEM_N_DETAIL_TAX_N_AMOUNT: &str = "order.item[n].detail.tax[n].amount";
/// `order.item[n].detail.tax[n].rate`
pub const ORDER_ITEM_N_DETAIL_TAX_N_RATE: &str = "order.item[n].detail.tax[n].rate";
/// `order.item[n].detail.tax[n].type`
pub const ORDER_ITEM_N_DETAIL_TAX_N_TYPE: &str = "order.item[n].detail.tax[n].type";
/// `order.item[n].detail.unitDiscountRate`
pub const ORDER_ITEM_N_DETAIL_UNIT_DISCOUNT_RATE: &str = "order.item[n].detail.unitDiscountRate";
/// `order.item[n].detail.unitTaxRate`
pub const ORDER_ITEM_N_DETAIL_UNIT_TAX_RATE: &str = "order.item[n].detail.unitTaxRate";
/// `order.item[n].detail.unitTaxType`
pub const ORDER_ITEM_N_DETAIL_UNIT_TAX_TYPE: &str = "order.item[n].detail.unitTaxType";
/// `order.item[n].detail.unspsc`
pub const ORDER_ITEM_N_DETAIL_UNSPSC: &str = "order.item[n].detail.unspsc";
/// `order.item[n].detail.upc`
pub const ORDER_ITEM_N_DETAIL_UPC: &str = "order.item[n].detail.upc";
/// `order.item[n].industryCategory`
pub const ORDER_ITEM_N_INDUSTRY_CATEGORY: &str = "order.item[n].industryCategory";
/// `order.item[n].name`
pub const ORDER_ITEM_N_NAME: &str = "order.item[n].name";
/// `order.item[n].quantity`
pub const ORDER_ITEM_N_QUANTITY: &str = "order.item[n].quantity";
/// `order.item[n].sku`
pub const ORDER_ITEM_N_SKU: &str = "order.item[n].sku";
/// `order.item[n].unitDiscountAmount`
pub const ORDER_ITEM_N_UNIT_DISCOUNT_AMOUNT: &str = "order.item[n].unitDiscountAmount";
/// `order.item[n].unitOfMeasure`
pub const ORDER_ITEM_N_UNIT_OF_MEASURE: &str = "order.item[n].unitOfMeasure";
/// `order.item[n].unitPrice`
pub const ORDER_ITEM_N_UNIT_PRICE: &str = "order.item[n].unitPrice";
/// `order.item[n].unitTaxAmount`
pub const ORDER_ITEM_N_UNIT_TAX_AMOUNT: &str = "order.item[n].unitTaxAmount";
/// `order.lastUpdatedTime`
pub const ORDER_LAST_UPDATED_TIME: &str = "order.lastUpdatedTime";
/// `order.marketplace.retailerLocation`
pub const ORDER_MARKETPLACE_RETAILER_LOCATION: &str = "order.marketplace.retailerLocation";
/// `order.merchantAmount`
pub const ORDER_MERCHANT_AMOUNT: &str = "order.merchantAmount";
/// `order.merchantCategoryCode`
pub const ORDER_MERCHANT_CATEGORY_CODE: &str = "order.merchantCategoryCode";
/// `order.merchantCharge.amount`
pub const ORDER_MERCHANT_CHARGE_AMOUNT: &str = "order.merchantCharge.amount";
/// `order.merchantCharge.type`
pub const ORDER_MERCHANT_CHARGE_TYPE: &str = "order.merchantCharge.type";
/// `order.merchantCurrency`
pub const ORDER_MERCHANT_CURRENCY: &str = "order.merchantCurrency";
/// `order.merchantPartnerIdCode`
pub const ORDER_MERCHANT_PARTNER_ID_CODE: &str = "order.merchantPartnerIdCode";
/// `order.netAmount`
pub const ORDER_NET_AMOUNT: &str = "order.netAmount";
/// `order.notificationUrl`
pub const ORDER_NOTIFICATION_URL: &str = "order.notificationUrl";
/// `order.owningEntity`
pub const ORDER_OWNING_ENTITY: &str = "order.owningEntity";
/// `order.productSKU`
pub const ORDER_PRODUCT_SKU: &str = "order.productSKU";
/// `order.purchaseType`
pub const ORDER_PURCHASE_TYPE: &str = "order.purchaseType";
/// `order.reference`
pub const ORDER_REFERENCE: &str = "order.reference";
/// `order.requestorName`
pub const ORDER_REQUESTOR_NAME: &str = "order.requestorName";
/// `order.shippingAndHandlingAmount`
pub const ORDER_SHIPPING_AND_HANDLING_AMOUNT: &str = "order.shippingAndHandlingAmount";
/// `order.shippingAndHandlingTaxAmount`
pub const ORDER_SHIPPING_AND_HANDLING_TAX_AMOUNT: &str = "order.shippingAndHandlingTaxAmount";
/// `order.shippingAndHandlingTaxRate`
pub const ORDER_SHIPPING_AND_HANDLING_TAX_RATE: &str = "order.shippingAndHandlingTaxRate";
/// `order.statementDescriptor.address.city`
pub const ORDER_STATEMENT_DESCRIPTOR_ADDRESS_CITY: &str = "order.statementDescriptor.address.city";
/// `order.statementDescriptor.address.company`
pub const ORDER_STATEMENT_DESCRIPTOR_ADDRESS_COMPANY: &str = "order.statementDescriptor.address.company";
/// `order.statementDescriptor.address.country`
pub const ORDER_STATEMENT_DESCRIPTOR_ADDRESS_COUNTRY: &str = "order.statementDescriptor.address.country";
/// `order.statementDescriptor.address.postcodeZip`
pub const ORDER_STATEMENT_DESCRIPTOR_ADDRESS_POSTCODE_ZIP: &str = "order.statementDescriptor.address.postcodeZip";
/// `order.statementDescriptor.address.stateProvince`
pub const ORDER_STATEMENT_DESCRIPTOR_ADDRESS_STATE_PROVINCE: &str = "order.statementDescriptor.address.stateProvince";
/// `order.statementDescriptor.address.street`
pub const ORDER_STATEMENT_DESCRIPTOR_ADDRESS_STREET: &str = "order.statementDescriptor.address.street";
/// `order.statementDescriptor.address.street2`
pub const ORDER_STATEMENT_DESCRIPTOR_ADDRESS_STREET2: &str = "order.statementDescriptor.address.street2";
/// `order.statementDescriptor.name`
pub const ORDER_STATEMENT_DESCRIPTOR_NAME: &str = "order.statementDescriptor.name";
/// `order.statementDescriptor.phone`
pub const ORDER_STATEMENT_DESCRIPTOR_PHONE: &str = "order.statementDescriptor.phone";
/// `order.statementDescriptor.websiteUrl`
pub const ORDER_STATEMENT_DESCRIPTOR_WEBSITE_URL: &str = "order.statementDescriptor.websiteUrl";
/// `order.status`
pub const ORDER_STATUS: &str = "order.status";
/// `order.subMerchant.address.city`
pub const ORDER_SUB_MERCHANT_ADDRESS_CITY: &str = "order.subMerchant.address.city";
/// `order.subMerchant.address.company`
pub const ORDER_SUB_MERCHANT_ADDRESS_COMPANY: &str = "order.subMerchant.address.company";
/// `order.subMerchant.address.country`
pub const ORDER_SUB_MERCHANT_ADDRESS_COUNTRY: &str = "order.subMerchant.address.country";
/// `order.subMerchant.address.postcodeZip`
pub const ORDER_SUB_MERCHANT_ADDRESS_POSTCODE_ZIP: &str = "order.subMerchant.address.postcodeZip";
/// `order.subMerchant.address.stateProvince`
pub const ORDER_SUB_MERCHANT_ADDRESS_STATE_PROVINCE: &str = "order.subMerchant.address.stateProvince";
/// `order.subMerchant.address.street`
pub const ORDER_SUB_MERCHANT_ADDRESS_STREET: &str = "order.subMerchant.address.street";
/// `order.subMerchant.address.street2`
pub const ORDER_SUB_MERCHANT_ADDRESS_STREET2: &str = "order.subMerchant.address.street2";
/// `order.subMerchant.bankIndustryCode`
pub const ORDER_SUB_MERCHANT_BANK_INDUSTRY_CODE: &str = "order.subMerchant.bankIndustryCode";
/// `order.subMerchant.disputeContactPhone`
pub const ORDER_SUB_MERCHANT_DISPUTE_CONTACT_PHONE: &str = "order.subMerchant.disputeContactPhone";
/// `order.subMerchant.email`
pub const ORDER_SUB_MERCHANT_EMAIL: &str = "order.subMerchant.email";
/// `order.subMerchant.governmentCountryCode`
pub const ORDER_SUB_MERCHANT_GOVERNMENT_COUNTRY_CODE: &str = "order.subMerchant.governmentCountryCode";
/// `order.subMerchant.identifier`
pub const ORDER_SUB_MERCHANT_IDENTIFIER: &str = "order.subMerchant.identifier";
/// `order.subMerchant.marketplaceId`
pub const ORDER_SUB_MERCHANT_MARKETPLACE_ID: &str = "order.subMerchant.marketplaceId";
/// `order.subMerchant.phone`
pub const ORDER_SUB_MERCHANT_PHONE: &str = "order.subMerchant.phone";
/// `order.subMerchant.registeredName`
pub const ORDER_SUB_MERCHANT_REGISTERED_NAME: &str = "order.subMerchant.registeredName";
/// `order.subMerchant.tradingName`
pub const ORDER_SUB_MERCHANT_TRADING_NAME: &str = "order.subMerchant.tradingName";
/// `order.subMerchant.websiteUrl`
pub const ORDER_SUB_MERCHANT_WEBSITE_URL: &str = "order.subMerchant.websiteUrl";
/// `order.surchargeAmount`
pub const ORDER_SURCHARGE_AMOUNT: &str = "order.surchargeAmount";
/// `order.taxAmount`
pub const ORDER_TAX_AMOUNT: &str = "order.taxAmount";
/// `order.taxRegistrationId`
pub const ORDER_TAX_REGISTRATION_ID: &str = "order.taxRegistrationId";
/// `order.tax[n].amount`
pub const ORDER_TAX_N_AMOUNT: &str = "order.tax[n].amount";
/// `order.tax[n].rate`
pub const ORDER_TAX_N_RATE: &str = "order.tax[n].rate";
/// `order.tax[n].type`
pub const ORDER_TAX_N_TYPE: &str = "order.tax[n].type";
/// `order.totalAuthorizedAmount`
pub const ORDER_TOTAL_AUTHORIZED_AMOUNT: &str = "order.totalAuthorizedAmount";
/// `order.totalCapturedAmount`
pub const ORDER_TOTAL_CAPTURED_AMOUNT: &str = "order.totalCapturedAmount";
/// `order.totalDisbursedAmount`
pub const ORDER_TOTAL_DISBURSED_AMOUNT: &str = "order.totalDisbursedAmount";
/// `order.totalRefundedAmount`
pub const ORDER_TOTAL_REFUNDED_AMOUNT: &str = "order.totalRefundedAmount";
/// `order.transactionFiltering.avsResponseCodeRules[n].action`
pub const ORDER_TRANSACTION_FILTERING_AVS_RESPONSE_CODE_RULES_N_ACTION: &str =
    "order.transactionFiltering.avsResponseCodeRules[n].action";
/// `order.transactionFiltering.avsResponseCodeRules[n].avsResponseCode`
pub const ORDER_TRANSACTION_FILTERING_AVS_RESPONSE_CODE_RULES_N_AVS_RESPONSE_CODE: &str =
    "order.transactionFiltering.avsResponseCodeRules[n].avsResponseCode";
/// `order.valueTransfer.accountType`
pub const ORDER_VALUE_TRANSFER_ACCOUNT_TYPE: &str = "order.valueTransfer.accountType";
/// `order.walletIndicator`
pub const ORDER_WALLET_INDICATOR: &str = "order.walletIndicator";
/// `order.walletProvider`
pub const ORDER_WALLET_PROVIDER: &str = "order.walletProvider";
/// `partnerSolutionId`
pub const PARTNER_SOLUTION_ID: &str = "partnerSolutionId";
/// `paymentLink.errorUrl`
pub const PAYMENT_LINK_ERROR_URL: &str = "paymentLink.errorUrl";
/// `paymentLink.expiryDateTime`
pub const PAYMENT_LINK_EXPIRY_DATE_TIME: &str = "paymentLink.expiryDateTime";
/// `paymentLink.id`
pub const PAYMENT_LINK_ID: &str = "paymentLink.id";
/// `paymentLink.numberOfAllowedAttempts`
pub const PAYMENT_LINK_NUMBER_OF_ALLOWED_ATTEMPTS: &str = "paymentLink.numberOfAllowedAttempts";
/// `paymentLink.url`
pub const PAYMENT_LINK_URL: &str = "paymentLink.url";
/// `paymentPlan.externalPlanId`
pub const PAYMENT_PLAN_EXTERNAL_PLAN_ID: &str = "paymentPlan.externalPlanId";
/// `paymentPlan.numberOfDeferrals`
pub const PAYMENT_PLAN_NUMBER_OF_DEFERRALS: &str = "paymentPlan.numberOfDeferrals";
/// `paymentPlan.numberOfPayments`
pub const PAYMENT_PLAN_NUMBER_OF_PAYMENTS: &str = "paymentPlan.numberOfPayments";
/// `paymentPlan.planId`
pub const PAYMENT_PLAN_PLAN_ID: &str = "paymentPlan.planId";
/// `paymentRecipient.address.city`
pub const PAYMENT_RECIPIENT_ADDRESS_CITY: &str = "paymentRecipient.address.city";
/// `paymentRecipient.address.country`
pub const PAYMENT_RECIPIENT_ADDRESS_COUNTRY: &str = "paymentRecipient.address.country";
/// `paymentRecipient.address.street`
pub const PAYMENT_RECIPIENT_ADDRESS_STREET: &str = "paymentRecipient.address.street";
/// `paymentRecipient.firstName`
pub const PAYMENT_RECIPIENT_FIRST_NAME: &str = "paymentRecipient.firstName";
/// `paymentRecipient.lastName`
pub const PAYMENT_RECIPIENT_LAST_NAME: &str = "paymentRecipient.lastName";
/// `paymentTypes.card.currencyConversion.gatewayCode`
pub const PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_GATEWAY_CODE: &str =
    "paymentTypes.card.currencyConversion.gatewayCode";
/// `paymentTypes.card.currencyConversion.payerAmount`
pub const PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_PAYER_AMOUNT: &str =
    "paymentTypes.card.currencyConversion.payerAmount";
/// `paymentTypes.card.currencyConversion.payerCurrency`
pub const PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_PAYER_CURRENCY: &str =
    "paymentTypes.card.currencyConversion.payerCurrency";
/// `paymentTypes.card.currencyConversion.payerExchangeRate`
pub const PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE: &str =
    "paymentTypes.card.currencyConversion.payerExchangeRate";
/// `paymentTypes.card.currencyConversion.requestId`
pub const PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_REQUEST_ID: &str = "paymentTypes.card.currencyConversion.requestId";
/// `posTerminal.address.city`
pub const POS_TERMINAL_ADDRESS_CITY: &str = "posTerminal.address.city";
/// `posTerminal.address.company`
pub const POS_TERMINAL_ADDRESS_COMPANY: &str = "posTerminal.address.company";
/// `posTerminal.address.country`
pub const POS_TERMINAL_ADDRESS_COUNTRY: &str = "posTerminal.address.country";
/// `posTerminal.address.postcodeZip`
pub const POS_TERMINAL_ADDRESS_POSTCODE_ZIP: &str = "posTerminal.address.postcodeZip";
/// `posTerminal.address.stateProvince`
pub const POS_TERMINAL_ADDRESS_STATE_PROVINCE: &str = "posTerminal.address.stateProvince";
/// `posTerminal.address.street`
pub const POS_TERMINAL_ADDRESS_STREET: &str = "posTerminal.address.street";
/// `posTerminal.address.street2`
pub const POS_TERMINAL_ADDRESS_STREET2: &str = "posTerminal.address.street2";
/// `posTerminal.attended`
pub const POS_TERMINAL_ATTENDED: &str = "posTerminal.attended";
/// `posTerminal.cardPresenceCapability`
pub const POS_TERMINAL_CARD_PRESENCE_CAPABILITY: &str = "posTerminal.cardPresenceCapability";
/// `posTerminal.cardholderActivated`
pub const POS_TERMINAL_CARDHOLDER_ACTIVATED: &str = "posTerminal.cardholderActivated";
/// `posTerminal.entryMode`
pub const POS_TERMINAL_ENTRY_MODE: &str = "posTerminal.entryMode";
/// `posTerminal.inputCapability`
pub const POS_TERMINAL_INPUT_CAPABILITY: &str = "posTerminal.inputCapability";
/// `posTerminal.lane`
pub const POS_TERMINAL_LANE: &str = "posTerminal.lane";
/// `posTerminal.location`
pub const POS_TERMINAL_LOCATION: &str = "posTerminal.location";
/// `posTerminal.mobile.cardInputDevice`
pub const POS_TERMINAL_MOBILE_CARD_INPUT_DEVICE: &str = "posTerminal.mobile.cardInputDevice";
/// `posTerminal.name`
pub const POS_TERMINAL_NAME: &str = "posTerminal.name";
/// `posTerminal.onlineReasonCode`
pub const POS_TERMINAL_ONLINE_REASON_CODE: &str = "posTerminal.onlineReasonCode";
/// `posTerminal.panEntryMode`
pub const POS_TERMINAL_PAN_ENTRY_MODE: &str = "posTerminal.panEntryMode";
/// `posTerminal.pinEntryCapability`
pub const POS_TERMINAL_PIN_ENTRY_CAPABILITY: &str = "posTerminal.pinEntryCapability";
/// `posTerminal.pinLengthCapability`
pub const POS_TERMINAL_PIN_LENGTH_CAPABILITY: &str = "posTerminal.pinLengthCapability";
/// `posTerminal.serialNumber`
pub const POS_TERMINAL_SERIAL_NUMBER: &str = "posTerminal.serialNumber";
/// `posTerminal.store.id`
pub const POS_TERMINAL_STORE_ID: &str = "posTerminal.store.id";
/// `posTerminal.store.name`
pub const POS_TERMINAL_STORE_NAME: &str = "posTerminal.store.name";
/// `query`
pub const QUERY: &str = "query";
/// `referenceOrderId`
pub const REFERENCE_ORDER_ID: &str = "referenceOrderId";
/// `repositoryId`
pub const REPOSITORY_ID: &str = "repositoryId";
/// `requestAction`
pub const REQUEST_ACTION: &str = "requestAction";
/// `response.acquirerCode`
pub const RESPONSE_ACQUIRER_CODE: &str = "response.acquirerCode";
/// `response.acquirerMessage`
pub const RESPONSE_ACQUIRER_MESSAGE: &str = "response.acquirerMessage";
/// `response.cardSecurityCode.acquirerCode`
pub const RESPONSE_CARD_SECURITY_CODE_ACQUIRER_CODE: &str = "response.cardSecurityCode.acquirerCode";
/// `response.cardSecurityCode.gatewayCode`
pub const RESPONSE_CARD_SECURITY_CODE_GATEWAY_CODE: &str = "response.cardSecurityCode.gatewayCode";
/// `response.cardholderVerification.avs.acquirerCode`
pub const RESPONSE_CARDHOLDER_VERIFICATION_AVS_ACQUIRER_CODE: &str = "response.cardholderVerification.avs.acquirerCode";
/// `response.cardholderVerification.avs.gatewayCode`
pub const RESPONSE_CARDHOLDER_VERIFICATION_AVS_GATEWAY_CODE: &str = "response.cardholderVerification.avs.gatewayCode";
/// `response.gatewayCode`
pub const RESPONSE_GATEWAY_CODE: &str = "response.gatewayCode";
/// `responseControls.sensitiveData`
pub const RESPONSE_CONTROLS_SENSITIVE_DATA: &str = "responseControls.sensitiveData";
/// `result`
pub const RESULT: &str = "result";
/// `risk.bypassMerchantRiskRules`
pub const RISK_BYPASS_MERCHANT_RISK_RULES: &str = "risk.bypassMerchantRiskRules";
/// `risk.custom.*`
pub const RISK_CUSTOM_ANY: &str = "risk.custom.*";
/// `schemeToken.preferredCryptogramType`
pub const SCHEME_TOKEN_PREFERRED_CRYPTOGRAM_TYPE: &str = "schemeToken.preferredCryptogramType";
/// `session`
pub const SESSION: &str = "session";
/// `session.aes256Key`
pub const SESSION_AES256_KEY: &str = "session.aes256Key";
/// `session.authenticationLimit`
pub const SESSION_AUTHENTICATION_LIMIT: &str = "session.authenticationLimit";
/// `session.id`
pub const SESSION_ID: &str = "session.id";
/// `session.updateStatus`
pub const SESSION_UPDATE_STATUS: &str = "session.updateStatus";
/// `session.version`
pub const SESSION_VERSION: &str = "session.version";
/// `shipping.address.city`
pub const SHIPPING_ADDRESS_CITY: &str = "shipping.address.city";
/// `shipping.address.company`
pub const SHIPPING_ADDRESS_COMPANY: &str = "shipping.address.company";
/// `shipping.address.country`
pub const SHIPPING_ADDRESS_COUNTRY: &str = "shipping.address.country";
/// `shipping.address.postcodeZip`
pub const SHIPPING_ADDRESS_POSTCODE_ZIP: &str = "shipping.address.postcodeZip";
/// `shipping.address.sameAsBilling`
pub const SHIPPING_ADDRESS_SAME_AS_BILLING: &str = "shipping.address.sameAsBilling";
/// `shipping.address.source`
pub const SHIPPING_ADDRESS_SOURCE: &str = "shipping.address.source";
/// `shipping.address.stateProvince`
pub const SHIPPING_ADDRESS_STATE_PROVINCE: &str = "shipping.address.stateProvince";
/// `shipping.address.stateProvinceCode`
pub const SHIPPING_ADDRESS_STATE_PROVINCE_CODE: &str = "shipping.address.stateProvinceCode";
/// `shipping.address.street`
pub const SHIPPING_ADDRESS_STREET: &str = "shipping.address.street";
/// `shipping.address.street2`
pub const SHIPPING_ADDRESS_STREET2: &str = "shipping.address.street2";
/// `shipping.contact.email`
pub const SHIPPING_CONTACT_EMAIL: &str = "shipping.contact.email";
/// `shipping.contact.firstName`
pub const SHIPPING_CONTACT_FIRST_NAME: &str = "shipping.contact.firstName";
/// `shipping.contact.lastName`
pub const SHIPPING_CONTACT_LAST_NAME: &str = "shipping.contact.lastName";
/// `shipping.contact.mobilePhone`
pub const SHIPPING_CONTACT_MOBILE_PHONE: &str = "shipping.contact.mobilePhone";
/// `shipping.contact.phone`
pub const SHIPPING_CONTACT_PHONE: &str = "shipping.contact.phone";
/// `shipping.firstName`
pub const SHIPPING_FIRST_NAME: &str = "shipping.firstName";
/// `shipping.lastName`
pub const SHIPPING_LAST_NAME: &str = "shipping.lastName";
/// `shipping.method`
pub const SHIPPING_METHOD: &str = "shipping.method";
/// `shipping.origin.postcodeZip`
pub const SHIPPING_ORIGIN_POSTCODE_ZIP: &str = "shipping.origin.postcodeZip";
/// `shipping.phone`
pub const SHIPPING_PHONE: &str = "shipping.phone";
/// `sourceOfFunds.provided.ach.accountIdentifier`
pub const PROVIDED_ACH_ACCOUNT_IDENTIFIER: &str = "sourceOfFunds.provided.ach.accountIdentifier";
/// `sourceOfFunds.provided.ach.accountType`
pub const PROVIDED_ACH_ACCOUNT_TYPE: &str = "sourceOfFunds.provided.ach.accountType";
/// `sourceOfFunds.provided.ach.bankAccountHolder`
pub const PROVIDED_ACH_BANK_ACCOUNT_HOLDER: &str = "sourceOfFunds.provided.ach.bankAccountHolder";
/// `sourceOfFunds.provided.ach.bankAccountNumber`
pub const PROVIDED_ACH_BANK_ACCOUNT_NUMBER: &str = "sourceOfFunds.provided.ach.bankAccountNumber";
/// `sourceOfFunds.provided.ach.routingNumber`
pub const PROVIDED_ACH_ROUTING_NUMBER: &str = "sourceOfFunds.provided.ach.routingNumber";
/// `sourceOfFunds.provided.ach.secCode`
pub const PROVIDED_ACH_SEC_CODE: &str = "sourceOfFunds.provided.ach.secCode";
/// `sourceOfFunds.provided.card.accountType`
pub const PROVIDED_CARD_ACCOUNT_TYPE: &str = "sourceOfFunds.provided.card.accountType";
/// `sourceOfFunds.provided.card.brand`
pub const PROVIDED_CARD_BRAND: &str = "sourceOfFunds.provided.card.brand";
/// `sourceOfFunds.provided.card.devicePayment.cryptogramFormat`
pub const PROVIDED_CARD_DEVICE_PAYMENT_CRYPTOGRAM_FORMAT: &str =
    "sourceOfFunds.provided.card.devicePayment.cryptogramFormat";
/// `sourceOfFunds.provided.card.devicePayment.eciIndicator`
pub const PROVIDED_CARD_DEVICE_PAYMENT_ECI_INDICATOR: &str = "sourceOfFunds.provided.card.devicePayment.eciIndicator";
/// `sourceOfFunds.provided.card.devicePayment.onlinePaymentCryptogram`
pub const PROVIDED_CARD_DEVICE_PAYMENT_ONLINE_PAYMENT_CRYPTOGRAM: &str =
    "sourceOfFunds.provided.card.devicePayment.onlinePaymentCryptogram";
/// `sourceOfFunds.provided.card.devicePayment.paymentToken`
pub const PROVIDED_CARD_DEVICE_PAYMENT_PAYMENT_TOKEN: &str = "sourceOfFunds.provided.card.devicePayment.paymentToken";
/// `sourceOfFunds.provided.card.emvRequest`
pub const PROVIDED_CARD_EMV_REQUEST: &str = "sourceOfFunds.provided.card.emvRequest";
/// `sourceOfFunds.provided.card.expiry`
pub const PROVIDED_CARD_EXPIRY: &str = "sourceOfFunds.provided.card.expiry";
/// `sourceOfFunds.provided.card.expiry.month`
pub const PROVIDED_CARD_EXPIRY_MONTH: &str = "sourceOfFunds.provided.card.expiry.month";
/// `sourceOfFunds.provided.card.expiry.year`
pub const PROVIDED_CARD_EXPIRY_YEAR: &str = "sourceOfFunds.provided.card.expiry.year";
/// `sourceOfFunds.provided.card.fundingMethod`
pub const PROVIDED_CARD_FUNDING_METHOD: &str = "sourceOfFunds.provided.card.fundingMethod";
/// `sourceOfFunds.provided.card.holder.firstName`
pub const PROVIDED_CARD_HOLDER_FIRST_NAME: &str = "sourceOfFunds.provided.card.holder.firstName";
/// `sourceOfFunds.provided.card.holder.lastName`
pub const PROVIDED_CARD_HOLDER_LAST_NAME: &str = "sourceOfFunds.provided.card.holder.lastName";
/// `sourceOfFunds.provided.card.issuer`
pub const PROVIDED_CARD_ISSUER: &str = "sourceOfFunds.provided.card.issuer";
/// `sourceOfFunds.provided.card.localBrand`
pub const PROVIDED_CARD_LOCAL_BRAND: &str = "sourceOfFunds.provided.card.localBrand";
/// `sourceOfFunds.provided.card.maskedFpan`
pub const PROVIDED_CARD_MASKED_FPAN: &str = "sourceOfFunds.provided.card.maskedFpan";
/// `sourceOfFunds.provided.card.maskedFpanExpiry.month`
pub const PROVIDED_CARD_MASKED_FPAN_EXPIRY_MONTH: &str = "sourceOfFunds.provided.card.maskedFpanExpiry.month";
/// `sourceOfFunds.provided.card.maskedFpanExpiry.year`
pub const PROVIDED_CARD_MASKED_FPAN_EXPIRY_YEAR: &str = "sourceOfFunds.provided.card.maskedFpanExpiry.year";
/// `sourceOfFunds.provided.card.nameOnCard`
pub const PROVIDED_CARD_NAME_ON_CARD: &str = "sourceOfFunds.provided.card.nameOnCard";
/// `sourceOfFunds.provided.card.number`
pub const PROVIDED_CARD_NUMBER: &str = "sourceOfFunds.provided.card.number";
/// `sourceOfFunds.provided.card.p2pe.cardBin`
pub const PROVIDED_CARD_P2PE_CARD_BIN: &str = "sourceOfFunds.provided.card.p2pe.cardBin";
/// `sourceOfFunds.provided.card.p2pe.encryptionState`
pub const PROVIDED_CARD_P2PE_ENCRYPTION_STATE: &str = "sourceOfFunds.provided.card.p2pe.encryptionState";
/// `sourceOfFunds.provided.card.p2pe.initializationVector`
pub const PROVIDED_CARD_P2PE_INITIALIZATION_VECTOR: &str = "sourceOfFunds.provided.card.p2pe.initializationVector";
/// `sourceOfFunds.provided.card.p2pe.keySerialNumber`
pub const PROVIDED_CARD_P2PE_KEY_SERIAL_NUMBER: &str = "sourceOfFunds.provided.card.p2pe.keySerialNumber";
/// `sourceOfFunds.provided.card.p2pe.payload`
pub const PROVIDED_CARD_P2PE_PAYLOAD: &str = "sourceOfFunds.provided.card.p2pe.payload";
/// `sourceOfFunds.provided.card.pin.encryptionState`
pub const PROVIDED_CARD_PIN_ENCRYPTION_STATE: &str = "sourceOfFunds.provided.card.pin.encryptionState";
/// `sourceOfFunds.provided.card.pin.keySerialNumber`
pub const PROVIDED_CARD_PIN_KEY_SERIAL_NUMBER: &str = "sourceOfFunds.provided.card.pin.keySerialNumber";
/// `sourceOfFunds.provided.card.pin.keySetId`
pub const PROVIDED_CARD_PIN_KEY_SET_ID: &str = "sourceOfFunds.provided.card.pin.keySetId";
/// `sourceOfFunds.provided.card.pin.payload`
pub const PROVIDED_CARD_PIN_PAYLOAD: &str = "sourceOfFunds.provided.card.pin.payload";
/// `sourceOfFunds.provided.card.prefix`
pub const PROVIDED_CARD_PREFIX: &str = "sourceOfFunds.provided.card.prefix";
/// `sourceOfFunds.provided.card.scheme`
pub const PROVIDED_CARD_SCHEME: &str = "sourceOfFunds.provided.card.scheme";
/// `sourceOfFunds.provided.card.securityCode`
pub const PROVIDED_CARD_SECURITY_CODE: &str = "sourceOfFunds.provided.card.securityCode";
/// `sourceOfFunds.provided.card.sequenceNumber`
pub const PROVIDED_CARD_SEQUENCE_NUMBER: &str = "sourceOfFunds.provided.card.sequenceNumber";
/// `sourceOfFunds.provided.card.storedOnFile`
pub const PROVIDED_CARD_STORED_ON_FILE: &str = "sourceOfFunds.provided.card.storedOnFile";
/// `sourceOfFunds.provided.card.track1`
pub const PROVIDED_CARD_TRACK1: &str = "sourceOfFunds.provided.card.track1";
/// `sourceOfFunds.provided.card.track2`
pub const PROVIDED_CARD_TRACK2: &str = "sourceOfFunds.provided.card.track2";
/// `sourceOfFunds.provided.directDebitCanada.accountType`
pub const PROVIDED_DIRECT_DEBIT_CANADA_ACCOUNT_TYPE: &str = "sourceOfFunds.provided.directDebitCanada.accountType";
/// `sourceOfFunds.provided.directDebitCanada.bankAccountHolder`
pub const PROVIDED_DIRECT_DEBIT_CANADA_BANK_ACCOUNT_HOLDER: &str =
    "sourceOfFunds.provided.directDebitCanada.bankAccountHolder";
/// `sourceOfFunds.provided.directDebitCanada.bankAccountNumber`
pub const PROVIDED_DIRECT_DEBIT_CANADA_BANK_ACCOUNT_NUMBER: &str =
    "sourceOfFunds.provided.directDebitCanada.bankAccountNumber";
/// `sourceOfFunds.provided.directDebitCanada.financialInstitutionNumber`
pub const PROVIDED_DIRECT_DEBIT_CANADA_FINANCIAL_INSTITUTION_NUMBER: &str =
    "sourceOfFunds.provided.directDebitCanada.financialInstitutionNumber";
/// `sourceOfFunds.provided.directDebitCanada.transitNumber`
pub const PROVIDED_DIRECT_DEBIT_CANADA_TRANSIT_NUMBER: &str = "sourceOfFunds.provided.directDebitCanada.transitNumber";
/// `sourceOfFunds.provided.ebt.accountType`
pub const PROVIDED_EBT_ACCOUNT_TYPE: &str = "sourceOfFunds.provided.ebt.accountType";
/// `sourceOfFunds.provided.ebt.manualAuthorizationCode`
pub const PROVIDED_EBT_MANUAL_AUTHORIZATION_CODE: &str = "sourceOfFunds.provided.ebt.manualAuthorizationCode";
/// `sourceOfFunds.provided.ebt.merchantFns`
pub const PROVIDED_EBT_MERCHANT_FNS: &str = "sourceOfFunds.provided.ebt.merchantFns";
/// `sourceOfFunds.provided.ebt.voucherNumber`
pub const PROVIDED_EBT_VOUCHER_NUMBER: &str = "sourceOfFunds.provided.ebt.voucherNumber";
/// `sourceOfFunds.provided.giftCard.expectedLocalBrand`
pub const PROVIDED_GIFT_CARD_EXPECTED_LOCAL_BRAND: &str = "sourceOfFunds.provided.giftCard.expectedLocalBrand";
/// `sourceOfFunds.provided.giftCard.number`
pub const PROVIDED_GIFT_CARD_NUMBER: &str = "sourceOfFunds.provided.giftCard.number";
/// `sourceOfFunds.provided.giftCard.pin`
pub const PROVIDED_GIFT_CARD_PIN: &str = "sourceOfFunds.provided.giftCard.pin";
/// `sourceOfFunds.provided.paysafecard.accountEmail`
pub const PROVIDED_PAYSAFECARD_ACCOUNT_EMAIL: &str = "sourceOfFunds.provided.paysafecard.accountEmail";
/// `sourceOfFunds.provided.sepa.bankAccountHolder`
pub const PROVIDED_SEPA_BANK_ACCOUNT_HOLDER: &str = "sourceOfFunds.provided.sepa.bankAccountHolder";
/// `sourceOfFunds.provided.sepa.bic`
pub const PROVIDED_SEPA_BIC: &str = "sourceOfFunds.provided.sepa.bic";
/// `sourceOfFunds.provided.sepa.iban`
pub const PROVIDED_SEPA_IBAN: &str = "sourceOfFunds.provided.sepa.iban";
/// `sourceOfFunds.session`
pub const SOURCE_OF_FUNDS_SESSION: &str = "sourceOfFunds.session";
/// `sourceOfFunds.token`
pub const SOURCE_OF_FUNDS_TOKEN: &str = "sourceOfFunds.token";
/// `sourceOfFunds.tokenRequestorID`
pub const SOURCE_OF_FUNDS_TOKEN_REQUESTOR_ID: &str = "sourceOfFunds.tokenRequestorID";
/// `sourceOfFunds.type`
pub const SOURCE_OF_FUNDS_TYPE: &str = "sourceOfFunds.type";
/// `status`
pub const STATUS: &str = "status";
/// `successIndicator`
pub const SUCCESS_INDICATOR: &str = "successIndicator";
/// `timeOfLastUpdate`
pub const TIME_OF_LAST_UPDATE: &str = "timeOfLastUpdate";
/// `timeOfRecord`
pub const TIME_OF_RECORD: &str = "timeOfRecord";
/// `token`
pub const TOKEN: &str = "token";
/// `transaction.acquirer.batch`
pub const TRANSACTION_ACQUIRER_BATCH: &str = "transaction.acquirer.batch";
/// `transaction.acquirer.customData`
pub const TRANSACTION_ACQUIRER_CUSTOM_DATA: &str = "transaction.acquirer.customData";
/// `transaction.acquirer.date`
pub const TRANSACTION_ACQUIRER_DATE: &str = "transaction.acquirer.date";
/// `transaction.acquirer.id`
pub const TRANSACTION_ACQUIRER_ID: &str = "transaction.acquirer.id";
/// `transaction.acquirer.merchantId`
pub const TRANSACTION_ACQUIRER_MERCHANT_ID: &str = "transaction.acquirer.merchantId";
/// `transaction.acquirer.settlementDate`
pub const TRANSACTION_ACQUIRER_SETTLEMENT_DATE: &str = "transaction.acquirer.settlementDate";
/// `transaction.acquirer.timeZone`
pub const TRANSACTION_ACQUIRER_TIME_ZONE: &str = "transaction.acquirer.timeZone";
/// `transaction.acquirer.traceId`
pub const TRANSACTION_ACQUIRER_TRACE_ID: &str = "transaction.acquirer.traceId";
/// `transaction.acquirer.transactionId`
pub const TRANSACTION_ACQUIRER_TRANSACTION_ID: &str = "transaction.acquirer.transactionId";
/// `transaction.amount`
pub const TRANSACTION_AMOUNT: &str = "transaction.amount";
/// `transaction.authenticationStatus`
pub const TRANSACTION_AUTHENTICATION_STATUS: &str = "transaction.authenticationStatus";
/// `transaction.authorizationAdjustmentActions`
pub const TRANSACTION_AUTHORIZATION_ADJUSTMENT_ACTIONS: &str = "transaction.authorizationAdjustmentActions";
/// `transaction.authorizationCode`
pub const TRANSACTION_AUTHORIZATION_CODE: &str = "transaction.authorizationCode";
/// `transaction.bancanet.merchantPaymentReference`
pub const TRANSACTION_BANCANET_MERCHANT_PAYMENT_REFERENCE: &str = "transaction.bancanet.merchantPaymentReference";
/// `transaction.bancanet.paymentDueDate`
pub const TRANSACTION_BANCANET_PAYMENT_DUE_DATE: &str = "transaction.bancanet.paymentDueDate";
/// `transaction.bancanet.paymentReason`
pub const TRANSACTION_BANCANET_PAYMENT_REASON: &str = "transaction.bancanet.paymentReason";
/// `transaction.cashAdvance`
pub const TRANSACTION_CASH_ADVANCE: &str = "transaction.cashAdvance";
/// `transaction.creationDate`
pub const TRANSACTION_CREATION_DATE: &str = "transaction.creationDate";
/// `transaction.currency`
pub const TRANSACTION_CURRENCY: &str = "transaction.currency";
/// `transaction.discountAmount`
pub const TRANSACTION_DISCOUNT_AMOUNT: &str = "transaction.discountAmount";
/// `transaction.dutyAmount`
pub const TRANSACTION_DUTY_AMOUNT: &str = "transaction.dutyAmount";
/// `transaction.frequency`
pub const TRANSACTION_FREQUENCY: &str = "transaction.frequency";
/// `transaction.id`
pub const TRANSACTION_ID: &str = "transaction.id";
/// `transaction.itemAmount`
pub const TRANSACTION_ITEM_AMOUNT: &str = "transaction.itemAmount";
/// `transaction.item[n].brand`
pub const TRANSACTION_ITEM_N_BRAND: &str = "transaction.item[n].brand";
/// `transaction.item[n].category`
pub const TRANSACTION_ITEM_N_CATEGORY: &str = "transaction.item[n].category";
/// `transaction.item[n].description`
pub const TRANSACTION_ITEM_N_DESCRIPTION: &str = "transaction.item[n].description";
/// `transaction.item[n].detail.acquirerCustom`
pub const TRANSACTION_ITEM_N_DETAIL_ACQUIRER_CUSTOM: &str = "transaction.item[n].detail.acquirerCustom";
/// `transaction.item[n].detail.commodityCode`
pub const TRANSACTION_ITEM_N_DETAIL_COMMODITY_CODE: &str = "transaction.item[n].detail.commodityCode";
/// `transaction.item[n].detail.tax[n].amount`
pub const TRANSACTION_ITEM_N_DETAIL_TAX_N_AMOUNT: &str = "transaction.item[n].detail.tax[n].amount";
/// `transaction.item[n].detail.tax[n].rate`
pub const TRANSACTION_ITEM_N_DETAIL_TAX_N_RATE: &str = "transaction.item[n].detail.tax[n].rate";
/// `transaction.item[n].detail.tax[n].type`
pub const TRANSACTION_ITEM_N_DETAIL_TAX_N_TYPE: &str = "transaction.item[n].detail.tax[n].type";
/// `transaction.item[n].detail.unitDiscountRate`
pub const TRANSACTION_ITEM_N_DETAIL_UNIT_DISCOUNT_RATE: &str = "transaction.item[n].detail.unitDiscountRate";
/// `transaction.item[n].detail.unitTaxRate`
pub const TRANSACTION_ITEM_N_DETAIL_UNIT_TAX_RATE: &str = "transaction.item[n].detail.unitTaxRate";
/// `transaction.item[n].detail.unitTaxType`
pub const TRANSACTION_ITEM_N_DETAIL_UNIT_TAX_TYPE: &str = "transaction.item[n].detail.unitTaxType";
/// `transaction.item[n].detail.unspsc`
pub const TRANSACTION_ITEM_N_DETAIL_UNSPSC: &str = "transaction.item[n].detail.unspsc";
/// `transaction.item[n].detail.upc`
pub const TRANSACTION_ITEM_N_DETAIL_UPC: &str = "transaction.item[n].detail.upc";
/// `transaction.item[n].industryCategory`
pub const TRANSACTION_ITEM_N_INDUSTRY_CATEGORY: &str = "transaction.item[n].industryCategory";
/// `transaction.item[n].name`
pub const TRANSACTION_ITEM_N_NAME: &str = "transaction.item[n].name";
/// `transaction.item[n].quantity`
pub const TRANSACTION_ITEM_N_QUANTITY: &str = "transaction.item[n].quantity";
/// `transaction.item[n].sku`
pub const TRANSACTION_ITEM_N_SKU: &str = "transaction.item[n].sku";
/// `transaction.item[n].unitDiscountAmount`
pub const TRANSACTION_ITEM_N_UNIT_DISCOUNT_AMOUNT: &str = "transaction.item[n].unitDiscountAmount";
/// `transaction.item[n].unitOfMeasure`
pub const TRANSACTION_ITEM_N_UNIT_OF_MEASURE: &str = "transaction.item[n].unitOfMeasure";
/// `transaction.item[n].unitPrice`
pub const TRANSACTION_ITEM_N_UNIT_PRICE: &str = "transaction.item[n].unitPrice";
/// `transaction.item[n].unitTaxAmount`
pub const TRANSACTION_ITEM_N_UNIT_TAX_AMOUNT: &str = "transaction.item[n].unitTaxAmount";
/// `transaction.merchantNote`
pub const TRANSACTION_MERCHANT_NOTE: &str = "transaction.merchantNote";
/// `transaction.priorApproval`
pub const TRANSACTION_PRIOR_APPROVAL: &str = "transaction.priorApproval";
/// `transaction.receipt`
pub const TRANSACTION_RECEIPT: &str = "transaction.receipt";
/// `transaction.reference`
pub const TRANSACTION_REFERENCE: &str = "transaction.reference";
/// `transaction.resubmission`
pub const TRANSACTION_RESUBMISSION: &str = "transaction.resubmission";
/// `transaction.serviceLocation.city`
pub const TRANSACTION_SERVICE_LOCATION_CITY: &str = "transaction.serviceLocation.city";
/// `transaction.serviceLocation.country`
pub const TRANSACTION_SERVICE_LOCATION_COUNTRY: &str = "transaction.serviceLocation.country";
/// `transaction.serviceLocation.postCodeZip`
pub const TRANSACTION_SERVICE_LOCATION_POST_CODE_ZIP: &str = "transaction.serviceLocation.postCodeZip";
/// `transaction.serviceLocation.stateProvinceCode`
pub const TRANSACTION_SERVICE_LOCATION_STATE_PROVINCE_CODE: &str = "transaction.serviceLocation.stateProvinceCode";
/// `transaction.shippingAndHandlingAmount`
pub const TRANSACTION_SHIPPING_AND_HANDLING_AMOUNT: &str = "transaction.shippingAndHandlingAmount";
/// `transaction.shippingAndHandlingTaxAmount`
pub const TRANSACTION_SHIPPING_AND_HANDLING_TAX_AMOUNT: &str = "transaction.shippingAndHandlingTaxAmount";
/// `transaction.shippingAndHandlingTaxRate`
pub const TRANSACTION_SHIPPING_AND_HANDLING_TAX_RATE: &str = "transaction.shippingAndHandlingTaxRate";
/// `transaction.source`
pub const TRANSACTION_SOURCE: &str = "transaction.source";
/// `transaction.stan`
pub const TRANSACTION_STAN: &str = "transaction.stan";
/// `transaction.targetTransactionId`
pub const TRANSACTION_TARGET_TRANSACTION_ID: &str = "transaction.targetTransactionId";
/// `transaction.taxAmount`
pub const TRANSACTION_TAX_AMOUNT: &str = "transaction.taxAmount";
/// `transaction.taxStatus`
pub const TRANSACTION_TAX_STATUS: &str = "transaction.taxStatus";
/// `transaction.tax[n].amount`
pub const TRANSACTION_TAX_N_AMOUNT: &str = "transaction.tax[n].amount";
/// `transaction.tax[n].rate`
pub const TRANSACTION_TAX_N_RATE: &str = "transaction.tax[n].rate";
/// `transaction.tax[n].type`
pub const TRANSACTION_TAX_N_TYPE: &str = "transaction.tax[n].type";
/// `transaction.terminal`
pub const TRANSACTION_TERMINAL: &str = "transaction.terminal";
/// `transaction.type`
pub const TRANSACTION_TYPE: &str = "transaction.type";
/// `transactionMode`
pub const TRANSACTION_MODE: &str = "transactionMode";
/// `usage.lastUpdated`
pub const USAGE_LAST_UPDATED: &str = "usage.lastUpdated";
/// `usage.lastUpdated.merchantId`
pub const USAGE_LAST_UPDATED_MERCHANT_ID: &str = "usage.lastUpdated.merchantId";
/// `usage.lastUpdated.source`
pub const USAGE_LAST_UPDATED_SOURCE: &str = "usage.lastUpdated.source";
/// `usage.lastUpdated.time`
pub const USAGE_LAST_UPDATED_TIME: &str = "usage.lastUpdated.time";
/// `usage.lastUpdatedBy`
pub const USAGE_LAST_UPDATED_BY: &str = "usage.lastUpdatedBy";
/// `usage.lastUsed`
pub const USAGE_LAST_USED: &str = "usage.lastUsed";
/// `usage.lastUsedTime`
pub const USAGE_LAST_USED_TIME: &str = "usage.lastUsedTime";
/// `userId`
pub const USER_ID: &str = "userId";
/// `verificationStrategy`
pub const VERIFICATION_STRATEGY: &str = "verificationStrategy";
/// `version`
pub const VERSION: &str = "version";
/// `wallet.cancelURL`
pub const WALLET_CANCEL_URL: &str = "wallet.cancelURL";
/// `wallet.masterpass.checkoutUrl`
pub const WALLET_MASTERPASS_CHECKOUT_URL: &str = "wallet.masterpass.checkoutUrl";
/// `wallet.masterpass.longAccessToken`
pub const WALLET_MASTERPASS_LONG_ACCESS_TOKEN: &str = "wallet.masterpass.longAccessToken";
/// `wallet.masterpass.oauthToken`
pub const WALLET_MASTERPASS_OAUTH_TOKEN: &str = "wallet.masterpass.oauthToken";
/// `wallet.masterpass.oauthVerifier`
pub const WALLET_MASTERPASS_OAUTH_VERIFIER: &str = "wallet.masterpass.oauthVerifier";
/// `wallet.masterpass.originUrl`
pub const WALLET_MASTERPASS_ORIGIN_URL: &str = "wallet.masterpass.originUrl";
/// `wallet.masterpass.secondaryOriginUrl`
pub const WALLET_MASTERPASS_SECONDARY_ORIGIN_URL: &str = "wallet.masterpass.secondaryOriginUrl";
/// `wallet.returnURL`
pub const WALLET_RETURN_URL: &str = "wallet.returnURL";
/// `wallet.secureRemoteCommerce.scheme`
pub const WALLET_SECURE_REMOTE_COMMERCE_SCHEME: &str = "wallet.secureRemoteCommerce.scheme";
/// `wallet.secureRemoteCommerce.srcCorrelationId`
pub const WALLET_SECURE_REMOTE_COMMERCE_SRC_CORRELATION_ID: &str = "wallet.secureRemoteCommerce.srcCorrelationId";
/// `wallet.visaCheckout.callId`
pub const WALLET_VISA_CHECKOUT_CALL_ID: &str = "wallet.visaCheckout.callId";
