"""Writes fields/table.rs and groups/table.rs from a directory with the field catalogue of API version 100.

    python3 src/spec/import.py CATALOGUE_DIRECTORY

It reads fields.tsv, optional_fields.tsv, operations.tsv, payer_fields.tsv and groups.tsv there. What the
catalogue leaves open, has in another form or does not have at all is corrected by the tables below.
"""

import csv
import pathlib
import re
import sys

NEWEST = 100
UNSTATED = 16384  # limits::VALUE_BYTES: no row may allow more

EVERY = "*"  # stands for every operation

# Operations the catalogue knows by the title of a page, and rows that are about no NVP operation.
OPERATION_NAMES = {
    "CREATE_OR_UPDATE_TOKEN": "TOKENIZE",
    "CREATE_OR_UPDATE_TOKEN_WITH_SYSTEM_GENERATED_TOKEN": "TOKENIZE",
}
NO_OPERATION = {"*", "CHECK_GATEWAY"}

PAYMENTS = ["AUTHORIZE", "PAY", "VERIFY"]
BRING_A_CARD = PAYMENTS + ["BALANCE_INQUIRY", "DISBURSEMENT"]
THREE_DS_1 = ["CHECK_3DS_ENROLLMENT", "PROCESS_ACS_RESULT"]

# Rows the catalogue has in another form or not at all:
# name, kind, min, max, since, until, operations (None: as catalogued), evidence.
CORRECTIONS = [
    ("apiOperation", "Text", 1, 100, 1, NEWEST, EVERY, "Documented"),
    # Literal brackets and a capital M are seen in it, so that its characters are left to authentication.
    ("apiUsername", "Text", 1, 100, 1, NEWEST, EVERY, "Documented"),
    ("apiPassword", "Ascii", 32, 255, 1, NEWEST, EVERY, "Documented"),
    ("correlationId", "Text", 1, 100, 1, NEWEST, EVERY, "Documented"),
    ("merchant", 'AlphanumericPlus("-_")', 1, 16, 1, 1, EVERY, "Client"),
    ("merchant", 'AlphanumericPlus("-_")', 1, 40, 2, NEWEST, EVERY, "Documented"),
    # Documented as 31 to 35 and exactly 10 characters; a wrong one is answered as an unknown session or as a
    # changed one, so that its length is not checked.
    ("session.id", "Text", 1, UNSTATED, 18, NEWEST, None, "Documented"),
    ("session.version", "Text", 1, UNSTATED, 18, NEWEST, None, "Documented"),
    ("session", "Text", 1, UNSTATED, 3, 29, ["RETRIEVE_SESSION"], "Documented"),
    ("sourceOfFunds.session", "Text", 1, UNSTATED, 3, 29, None, "Client"),
    # The card of the first versions, under the names of the one client recorded at version 1. sourceOfFunds.*
    # is first seen at version 17.
    ("card.number", "CardNumber", 9, 19, 1, 16, PAYMENTS + ["MANAGE_CARD"], "Client"),
    ("card.expiry.month", "ExpiryMonth", 1, 2, 1, 16, PAYMENTS + ["MANAGE_CARD"], "Client"),
    ("card.expiry.year", "ExpiryYear", 2, 2, 1, 16, PAYMENTS + ["MANAGE_CARD"], "Client"),
    ("card.securityCode", "SecurityCode", 3, 4, 1, 16, PAYMENTS, "Client"),
    ("card.holder.fullName", "Text", 1, 256, 1, 16, PAYMENTS + ["MANAGE_CARD"], "Client"),
    ("card.token", "Alphanumeric", 1, 40, 1, 16, PAYMENTS + ["MANAGE_CARD"], "Client"),
    ("action.tokenOperation", "Text", 1, 50, 1, 16, ["MANAGE_CARD"], "Client"),
    ("acquirer.id", "Ascii", 1, 40, 1, NEWEST, ["CLOSE_BATCH"], "Documented"),
    ("order.custom.*", "Text", 1, 250, 1, NEWEST, None, "Documented"),
    ("risk.custom.*", "Text", 1, 250, 1, NEWEST, None, "Documented"),
    # One page recommends https, another demands it; http lets a test receive notifications on its own machine.
    ("order.notificationUrl", "NotificationUrl", 1, UNSTATED, 1, NEWEST, None, "Documented"),
    # Documented without limits. A link that may be tried no time would be none, so that there is one attempt at least.
    ("paymentLink.errorUrl", "Url", 1, UNSTATED, 1, NEWEST, ["INITIATE_CHECKOUT"], "Documented"),
    ("paymentLink.expiryDateTime", "DateTime", 17, 35, 1, NEWEST, None, "Documented"),
    ("paymentLink.numberOfAllowedAttempts", "Number(1, 999999)", 1, 6, 1, NEWEST, None, "Documented"),
    ("wallet.masterpass.oauthToken", "Text", 1, 255, 1, NEWEST, ["UPDATE_SESSION_FROM_WALLET"], "Documented"),
    ("wallet.masterpass.oauthVerifier", "Text", 1, 255, 1, NEWEST, ["UPDATE_SESSION_FROM_WALLET"], "Documented"),
    ("wallet.masterpass.checkoutUrl", "Url", 1, UNSTATED, 1, NEWEST, ["UPDATE_SESSION_FROM_WALLET"], "Documented"),
    ("wallet.visaCheckout.callId", "Text", 1, 255, 1, NEWEST, ["UPDATE_SESSION_FROM_WALLET"], "Documented"),
    ("wallet.secureRemoteCommerce.srcCorrelationId", "Text", 1, 255, 1, NEWEST, ["UPDATE_SESSION_FROM_WALLET"], "Sdk"),
    ("wallet.secureRemoteCommerce.scheme", "Text", 1, 50, 1, NEWEST, ["UPDATE_SESSION_FROM_WALLET"], "Sdk"),
    # The page of SEARCH_TOKENS. A query is read, and told what is wrong with it, by the operation.
    ("limit", "Number(1, 1000)", 1, 4, 1, NEWEST, ["SEARCH_TOKENS"], "Documented"),
    ("nextPage", "Text", 1, UNSTATED, 1, NEWEST, ["SEARCH_TOKENS"], "Documented"),
    ("query", "Text", 1, UNSTATED, 1, NEWEST, ["SEARCH_TOKENS"], "Documented"),
    ("wallet.cancelURL", "Url", 1, UNSTATED, 19, NEWEST, ["OPEN_WALLET"], "Documented"),
    ("wallet.returnURL", "Url", 1, UNSTATED, 19, NEWEST, ["OPEN_WALLET"], "Documented"),
]

# Kinds and limits the catalogue leaves open.
KINDS = {
    "sourceOfFunds.provided.card.number": ("CardNumber", 9, 19),
    "sourceOfFunds.provided.card.securityCode": ("SecurityCode", 3, 4),
    "sourceOfFunds.provided.card.expiry.month": ("ExpiryMonth", 1, 2),
    "sourceOfFunds.provided.card.expiry.year": ("ExpiryYear", 2, 2),
    "sourceOfFunds.provided.card.maskedFpanExpiry.month": ("ExpiryMonth", 1, 2),
    "sourceOfFunds.provided.card.maskedFpanExpiry.year": ("ExpiryYear", 2, 2),
    "sourceOfFunds.provided.card.p2pe.encryptionState": ('Enum(&["INVALID", "VALID"])', 5, 7),
    "sourceOfFunds.provided.card.prefix": ("Digits", 1, 19),
    "device.browserDetails.timeZone": ("Number(-1440, 1440)", 1, 5),
    "interaction.retryAttemptCount": ("Number(0, 3)", 1, 1),
    "interaction.action.bypass3DSecure": ("Boolean", 4, 5),
    # A carrier is two letters or digits, three digits, or both.
    "airline.itinerary.leg[n].carrierCode": ('Pattern("[0-9A-Za-z_]{2}|[0-9]{3}|[0-9A-Za-z_]{2}/[0-9]{3}")', 2, 6),
    "airline.ticket.issue.carrierCode": ('Pattern("[0-9A-Za-z_]{2}|[0-9]{3}|[0-9A-Za-z_]{2}/[0-9]{3}")', 2, 6),
    # The catalogue's limits are those of the value, written out.
    "order.item[n].quantity": ("Decimal", 1, 30),
    "transaction.item[n].quantity": ("Decimal", 1, 30),
}

# From which and to which API version, where a source says so: the first pattern that fits a name wins. A
# version at which a client happens to be seen is no limit.
VERSIONS = [
    (r"3DSecure(Id$|\.)", 1, 79),  # documented up to 78, gone in 100
    (r"authentication\.", 45, NEWEST),  # first sent by a client of version 45
    (r"session\.authenticationLimit$", 47, NEWEST),  # absent from 46, documented from 54
    # The only operation that takes them, DISBURSEMENT, came with 62, and the risk assessment after it.
    (r"disbursementType$|paymentRecipient\.", 62, NEWEST),
    (r"(id|requestAction|transaction\.creationDate|transaction\.type)$", NEWEST, NEWEST),
    (r"interaction\.", 27, NEWEST),  # its name was paymentPage before 27
    # Names that version 100 has replaced: device.*, shipping.contact.*, customer.phone, panEntryMode, uptake.
    (r"customer\.(ani|aniCallType|browser|hostname|ipAddress)$", 1, 79),
    (r"(billing\.phone|shipping\.(firstName|lastName|phone)|userId)$", 1, 79),
    (r"(posTerminal\.entryMode|posTerminal\.name|currencyConversion\.payerAcceptance)$", 1, 79),
    (r"sourceOfFunds\.provided\.card\.holder\.", 1, 79),
]

# Operations that take a field although the catalogue does not say so there: pages of other versions, and the
# rule that a session stands for its fields wherever it is referenced.
REFERENCE_A_SESSION = [
    "AUTHENTICATE_PAYER", "AUTHORIZE", "BALANCE_INQUIRY", "CAPTURE", "CHECK_3DS_ENROLLMENT", "DISBURSEMENT",
    "INITIATE_AUTHENTICATION",
    "INITIATE_BROWSER_PAYMENT", "OPEN_WALLET", "PAY", "PAYMENT_OPTIONS_INQUIRY", "PLAN_OFFERS_INQUIRY", "REFUND",
    "RETRIEVE_SESSION", "TOKENIZE", "TOKENIZE_BROWSER_PAYMENT", "UPDATE_BROWSER_PAYMENT", "UPDATE_PAYER_DATA",
    "UPDATE_SESSION", "UPDATE_SESSION_FROM_WALLET", "VERIFY",
]
ALSO_OF = {
    "agreement.id": ["RETRIEVE_AGREEMENT"],
    "order.amount": ["PAYMENT_OPTIONS_INQUIRY"],
    "order.currency": ["PAYMENT_OPTIONS_INQUIRY"],
    "order.id": ["RETRIEVE"],
    "responseControls.sensitiveData": ["RETRIEVE_ORDER", "RETRIEVE_SESSION", "RETRIEVE_TRANSACTION"],
    "session.id": REFERENCE_A_SESSION,
    "session.version": [name for name in REFERENCE_A_SESSION if name != "RETRIEVE_SESSION"],
    "transaction.amount": ["UPDATE_AUTHORIZATION"],
    "transaction.currency": ["UPDATE_AUTHORIZATION"],
    "transaction.id": ["RETRIEVE"],
    "sourceOfFunds.type": ["DISBURSEMENT"],
    "sourceOfFunds.provided.card.number": BRING_A_CARD + ["PAYMENT_OPTIONS_INQUIRY"],
    "sourceOfFunds.provided.card.expiry.month": BRING_A_CARD,
    "sourceOfFunds.provided.card.expiry.year": BRING_A_CARD,
    "sourceOfFunds.provided.card.securityCode": BRING_A_CARD,
    "sourceOfFunds.provided.giftCard.number": ["BALANCE_INQUIRY"],
    "sourceOfFunds.provided.giftCard.pin": ["BALANCE_INQUIRY"],
}

# Shown with the first six and last four characters.
MASKED = {
    "accountFunding.recipient.account.identifier",
    "card.number",
    "sourceOfFunds.provided.ach.bankAccountNumber",
    "sourceOfFunds.provided.card.maskedFpan",
    "sourceOfFunds.provided.card.number",
    "sourceOfFunds.provided.directDebitCanada.bankAccountNumber",
    "sourceOfFunds.provided.giftCard.number",
    "sourceOfFunds.provided.sepa.iban",
}
# Shown as one x a character.
HIDDEN = {"card.securityCode", "sourceOfFunds.provided.card.securityCode", "sourceOfFunds.provided.giftCard.pin"}
# Never shown.
SECRET = {
    "3DSecure.paRes",
    "apiPassword",
    "authentication.3ds2.sdk.encryptedData",
    "session",
    "session.id",
    "sourceOfFunds.provided.card.devicePayment.onlinePaymentCryptogram",
    "sourceOfFunds.provided.card.devicePayment.paymentToken",
    "sourceOfFunds.provided.card.emvRequest",
    "sourceOfFunds.provided.card.p2pe.payload",
    "sourceOfFunds.provided.card.pin.payload",
    "sourceOfFunds.provided.card.track1",
    "sourceOfFunds.provided.card.track2",
    "sourceOfFunds.session",
    "wallet.masterpass.longAccessToken",
    "wallet.masterpass.oauthToken",
    "wallet.masterpass.oauthVerifier",
}

# What a session never holds.
NOT_STORED = r"(api(Operation|Username|Password)|merchant|correlationId|limit|nextPage|query|session|sourceOfFunds\.session)$|session\.|responseControls\."


def rows(directory, file):
    with open(directory / file, newline="", encoding="utf-8") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def operation_name(name):
    name = name.strip().rstrip("?")
    return OPERATION_NAMES.get(name, name)


def rust_strings(values):
    return "&[" + ", ".join(f'"{value}"' for value in values) + "]"


def number(least, most):
    longest = max(len(str(least)), len(str(most)))
    return f"Number({least}, {most})", 1, longest


def kind(name, catalogued, least, most, form, values):
    """The Rust kind of a field and its limits in characters."""
    if name in KINDS:
        return KINDS[name]
    last = name.rsplit(".", 1)[-1]
    values = sorted(value for value in values.split("|") if value)
    incomplete = re.search(r"not seen|incomplete|seen only|type inferred", form)
    low, high = int(least or 1), int(most or UNSTATED)
    if catalogued in ("Enum", "EnumList") and (incomplete or not values):
        return 'AlphanumericPlus("_")', 1, 60
    if catalogued == "Enum":
        return f"Enum({rust_strings(values)})", min(map(len, values)), max(map(len, values))
    if catalogued == "EnumList":
        # Each value once, with a comma and a space between them.
        return f"EnumList({rust_strings(values)})", min(map(len, values)), sum(len(value) + 2 for value in values)
    if catalogued == "Integer" or "min/max are values" in form:
        return number(int(least or 0), int(most or 999999))
    if catalogued == "Decimal":
        if last.lower().endswith(("rate", "percentage", "quantity")):
            return "Decimal", 1, 24 if "number" in form else high
        if "number" in form:
            return "Amount", 1, 17
        return ("SignedAmount" if " - " in form else "Amount"), max(low, 1), 14 if not most else high
    if catalogued == "UpperAlpha" and last.lower().endswith("currency"):
        return "Currency", 3, 3
    if catalogued == "UpperAlpha" and last.lower().endswith(("country", "countrycode")):
        return "Country", 3, 3
    if catalogued == "AlphanumericPlus":
        more = form.split(";")[0].replace("chars:", "").replace("0-9", "").replace("a-z", "").replace("A-Z", "")
        more = "".join(" " if word == "space" else word for word in more.split())
        return 'AlphanumericPlus("' + more.replace("\\", "\\\\") + '")', low, high
    if catalogued == "Url":
        return ("SecureUrl" if "https" in form else "Url"), low, high
    fixed = {
        "": ("Text", low, high),
        "Alphanumeric": ("Alphanumeric", low, high),
        "Ascii": ("Ascii", low, high),
        "Base64": ("Base64", low, high),
        "Boolean": ("Boolean", 4, 5),
        "Date": ("Date", 10, 10),
        "DateTime": ("DateTime", 17, 35),
        "Digits": ("Digits", low, high),
        "Email": ("Email", max(low, 3), high),
        "Hex": ("Hex", low, high),
        "Json": ("Json", low, high),
        "MaskedDigits": ("MaskedNumber", low, high),
        "Phone": ("Phone", 4, 24),
        "String": ("Text", low, high),
        "Time": ("Time", 6, 14),
        "Track1": ("Track1", low, high),
        "Track2": ("Track2", low, high),
        "UpperAlpha": ("UpperAlpha", low, high),
    }
    return fixed[catalogued]


def versions(name):
    for pattern, since, until in VERSIONS:
        if re.match(pattern, name):
            return since, until
    return 1, NEWEST


def sensitivity(name):
    return "Masked" if name in MASKED else "Hidden" if name in HIDDEN else "Secret" if name in SECRET else "Plain"


def matches(pattern, name):
    """Whether a name is the pattern, or below it where the pattern ends in `.*`."""
    return name.startswith(pattern[:-1]) if pattern.endswith(".*") else name == pattern


def payer_patterns(directory):
    return {row[2] for row in rows(directory, "payer_fields.tsv") if row[1] == "input"}


def catalogue(directory):
    """name -> (kind, min, max, operations, evidence), of request fields alone."""
    groups = {row[0] for file in ("fields.tsv", "optional_fields.tsv") for row in rows(directory, file) if row[1] == "Group"}
    definitions, operations = {}, {}
    for row in rows(directory, "fields.tsv"):
        definitions[row[0]] = kind(row[0], *row[1:6]) if row[0] not in groups else None
        operations.setdefault(row[0], set())
    evidence = {name: "Documented" for name in definitions}
    for row in rows(directory, "operations.tsv"):
        name = operation_name(row[0])
        if row[1] == "request" and row[2] in definitions and name not in NO_OPERATION:
            operations[row[2]].add(name)
    for row in rows(directory, "optional_fields.tsv"):
        if row[0] in groups:
            continue
        # Where both list the values of an enumeration, the optional fields' list is the wider one.
        if row[1] == "Enum" or row[0] not in definitions:
            definitions[row[0]] = kind(row[0], *row[1:6])
        evidence.setdefault(row[0], "Inferred" if "inferred" in row[4] else row[8].capitalize())
        operations.setdefault(row[0], set()).update(operation_name(name) for name in row[6].split(","))
    for operation, direction, pattern, *_ in rows(directory, "payer_fields.tsv"):
        for name in operations if direction == "input" else ():
            if definitions[name] and matches(pattern, name):
                operations[name].add(operation)
    for name, names in ALSO_OF.items():
        operations[name].update(names)
    for map_name in ("order.custom", "risk.custom"):
        operations[map_name + ".*"] = operations.pop(map_name)
        definitions.pop(map_name)
    return {
        name: (*definitions[name], operations[name], evidence[name])
        for name in definitions
        if definitions[name] and operations[name]
    }, operations


def field_rows(directory):
    fields, operations = catalogue(directory)
    known = []
    for name, (form, least, most, names, evidence) in fields.items():
        known.append((name, form, least, most, *versions(name), sorted(names), evidence))
    corrected = {row[0] for row in CORRECTIONS}
    known = [row for row in known if row[0] not in corrected]
    for name, form, least, most, since, until, names, evidence in CORRECTIONS:
        known.append((name, form, least, most, since, until, sorted(operations[name]) if names is None else names, evidence))
    known.sort(key=lambda row: (row[0].encode(), row[4]))
    return known


def write_fields(directory, target):
    payer = payer_patterns(directory)
    lines = [
        "//! Written by import.py; change it there.",
        "",
        "use super::{EVERY_OPERATION, Evidence::*, Field, Sensitivity::*};",
        "use crate::spec::kinds::Kind::*;",
        "",
        "/// Every known request field, sorted by name in byte order and, where the versions of one differ, by version.",
        "#[rustfmt::skip]",
        "pub static FIELDS: &[Field] = &[",
    ]
    for name, form, least, most, since, until, operations, evidence in field_rows(directory):
        stored = str(not re.match(NOT_STORED, name)).lower()
        may_pay = str(any(matches(pattern, name) for pattern in payer)).lower()
        taken_by = "EVERY_OPERATION" if operations == EVERY else rust_strings(sorted(operations))
        lines.append(
            f'    Field {{ name: "{name}", kind: {form}, min: {least}, max: {most}, since: {since}, until: {until}, '
            f"sensitivity: {sensitivity(name)}, stored: {stored}, payer: {may_pay}, "
            f"operations: {taken_by}, evidence: {evidence} }},"
        )
    lines += ["];", ""]
    target.write_text("\n".join(lines), encoding="utf-8")


def write_groups(directory, target):
    lines = [
        "//! Written by import.py; change it there.",
        "",
        "use super::Group;",
        "",
        "/// Every group whose list of fields is known to be complete or open, sorted by name in byte order.",
        "#[rustfmt::skip]",
        "pub static GROUPS: &[Group] = &[",
    ]
    # `*` says that version 100 may have groups nobody has seen; a name in one of those is refused all the same.
    for row in sorted(rows(directory, "groups.tsv"), key=lambda row: row[0].encode()):
        if row[0] != "*":
            lines.append(f'    Group {{ name: "{row[0]}", complete: {str(row[1] == "complete").lower()} }},')
    lines += ["];", ""]
    target.write_text("\n".join(lines), encoding="utf-8")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    directory, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
    write_fields(directory, here / "fields" / "table.rs")
    write_groups(directory, here / "groups" / "table.rs")


main()
