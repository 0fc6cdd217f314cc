//! The `[[merchant]]` entries of the configuration.

use super::layers::{ConfigError, Entry, Source, most_alike};
use super::tokens;
use crate::domain::acquiring::Simulator;
use crate::domain::ids::MerchantId;
use crate::domain::merchant::Merchant;
use crate::domain::money::Currency;
use crate::domain::notification::{NotificationUrl, Targets};
use crate::domain::secret::Secret;
use crate::spec::privileges::Privilege;
use data_encoding::HEXLOWER_PERMISSIVE;
use std::fmt::Write;
use toml::{Table, Value};

/// Passwords that may be active at a time (documented: two, for rotation).
const PASSWORDS: usize = 2;

const KEYS: [&str; 13] = [
    "id",
    "name",
    "category_code",
    "password_sha256",
    "privileges",
    "currencies",
    "simulator",
    "notification_url",
    "notification_secret",
    tokens::REPOSITORY,
    tokens::GENERATION,
    tokens::MANAGEMENT,
    tokens::VERIFICATION,
];

/// A privilege, its name in the configuration, and whether a merchant has it that names none.
const PRIVILEGES: [(&str, Privilege, bool); 15] = [
    ("AUTHORIZE", Privilege::Authorize, true),
    ("PAY", Privilege::Pay, true),
    ("VERIFY", Privilege::Verify, true),
    ("HOSTED_CHECKOUT", Privilege::HostedCheckout, true),
    ("CAPTURE", Privilege::Capture, true),
    ("REFUND", Privilege::Refund, true),
    ("VOID", Privilege::Void, true),
    ("UPDATE_AUTHORIZATION", Privilege::UpdateAuthorization, true),
    ("REFERRAL", Privilege::Referral, true),
    ("DISBURSEMENT", Privilege::Disbursement, true),
    ("STANDALONE_CAPTURE", Privilege::StandaloneCapture, true),
    ("STANDALONE_REFUND", Privilege::StandaloneRefund, true),
    ("TOKENIZATION", Privilege::Tokenization, true),
    // A mistake of an integration that these would let through costs money, so that they are asked for by name.
    ("EXCESSIVE_CAPTURE", Privilege::ExcessiveCapture, false),
    ("EXCESSIVE_REFUND", Privilege::ExcessiveRefund, false),
];

/// Reads the whole list; ids are unique in it, and whoever shares a token repository agrees on it. `targets`
/// says where notifications may go.
pub(super) fn read(entry: &Entry, targets: Targets) -> Result<Vec<Merchant>, ConfigError> {
    let expected = "a list, each entry under its own [[merchant]]";
    let list = entry.value.as_array().ok_or_else(|| Place::list(&entry.source).invalid("", expected))?;
    let mut merchants: Vec<Merchant> = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        let place = Place { index: Some(index), source: &entry.source };
        let table = value.as_table().ok_or_else(|| place.invalid("", "a table"))?;
        let merchant = read_one(table, targets, &place)?;
        if merchants.iter().any(|other| other.id == merchant.id) {
            return Err(place.invalid("id", "an id that no other merchant has"));
        }
        let shared = merchants.iter().find(|other| other.tokens.id == merchant.tokens.id);
        if let Some(other) = shared.filter(|other| other.tokens != merchant.tokens) {
            let expected = format!("a repository with the strategies that {} gives it", other.id);
            return Err(place.invalid(tokens::REPOSITORY, &expected));
        }
        merchants.push(merchant);
    }
    Ok(merchants)
}

/// The entry as TOML, its digests hidden.
pub(super) fn effective(merchant: &Merchant) -> String {
    let texts = |texts: Vec<&str>| Value::Array(texts.into_iter().map(Value::from).collect());
    let privileges =
        PRIVILEGES.iter().filter(|(_, privilege, _)| merchant.may(*privilege)).map(|(name, ..)| *name).collect();
    let currencies = merchant.currencies.iter().map(|currency| currency.code()).collect();
    let mut text = String::new();
    let own = [
        Value::from(merchant.id.as_str()),
        Value::from(merchant.name.as_str()),
        Value::from(merchant.category_code.as_str()),
        texts(vec![".."; merchant.password_digests.len()]),
        texts(privileges),
        texts(currencies),
        Value::from(merchant.simulator.name()),
        Value::from(merchant.notification_url.as_deref().unwrap_or_default()),
        Value::from(if merchant.notification_secret.is_some() { ".." } else { "" }),
    ];
    for (key, value) in KEYS.into_iter().zip(own.into_iter().chain(tokens::effective(&merchant.tokens))) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{key} = {value}");
    }
    text
}

fn read_one(table: &Table, targets: Targets, place: &Place) -> Result<Merchant, ConfigError> {
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(ConfigError::UnknownKey {
            key: place.key(key),
            place: place.source.clone(),
            nearest: most_alike(key, KEYS.into_iter()),
        });
    }
    let id = table.get("id").and_then(Value::as_str).and_then(MerchantId::parse);
    let id = id.ok_or_else(|| place.invalid("id", "1 to 40 letters, digits, - and _"))?;
    let name = match table.get("name") {
        None => id.to_string(),
        Some(name) => name
            .as_str()
            .filter(|name| !name.is_empty())
            .ok_or_else(|| place.invalid("name", "a text that is not empty"))?
            .to_owned(),
    };
    let category_code = match table.get("category_code") {
        None => "1234",
        Some(code) => code
            .as_str()
            .filter(|code| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()))
            .ok_or_else(|| place.invalid("category_code", "a text of four digits"))?,
    };
    let privileges = match table.get("privileges") {
        None => PRIVILEGES.iter().filter(|(.., usual)| *usual).map(|(_, privilege, _)| *privilege).collect(),
        Some(list) => {
            let expected = format!("a list of {}", PRIVILEGES.map(|(name, ..)| name).join(", "));
            place.list_of("privileges", list, &expected, |name| {
                PRIVILEGES.iter().find(|(known, ..)| *known == name).map(|(_, privilege, _)| *privilege)
            })?
        }
    };
    let currencies = match table.get("currencies") {
        None => Vec::new(),
        Some(list) => place.list_of("currencies", list, "a list of ISO 4217 codes", Currency::parse)?,
    };
    let simulator = match table.get("simulator") {
        None => Simulator::Standard,
        Some(name) => {
            let known = Simulator::ALL.iter().find(|(known, _)| name.as_str() == Some(known));
            known.map(|(_, simulator)| *simulator).ok_or_else(|| {
                place.invalid("simulator", &format!("one of {}", Simulator::ALL.map(|(name, _)| name).join(", ")))
            })?
        }
    };
    let expected = "a list of one or two SHA-256 digests, each 64 hexadecimal digits";
    let digests = table.get("password_sha256").ok_or_else(|| place.invalid("password_sha256", expected))?;
    let password_digests = place.list_of("password_sha256", digests, expected, digest)?;
    if !(1..=PASSWORDS).contains(&password_digests.len()) {
        return Err(place.invalid("password_sha256", expected));
    }
    let expected = "a URL that notifications may go to";
    let notification_url = place
        .text_unless_empty("notification_url", table, expected, |url| NotificationUrl::parse(url, targets).is_ok())?;
    let expected = "32 characters of 0-9 and A-F";
    let notification_secret = place.text_unless_empty("notification_secret", table, expected, |secret| {
        secret.len() == 32 && secret.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'))
    })?;
    let tokens = tokens::read(table, place, &id)?;
    Ok(Merchant {
        id,
        name,
        category_code: category_code.to_owned(),
        password_digests,
        privileges,
        currencies,
        simulator,
        notification_url: notification_url.map(str::to_owned),
        notification_secret: notification_secret.map(Secret::new),
        tokens,
    })
}

fn digest(text: &str) -> Option<[u8; 32]> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// Where in the list something stands, for messages.
pub(super) struct Place<'a> {
    index: Option<usize>,
    source: &'a Source,
}

impl<'a> Place<'a> {
    fn list(source: &'a Source) -> Place<'a> {
        Place { index: None, source }
    }

    fn key(&self, key: &str) -> String {
        match self.index {
            None => "merchant".to_owned(),
            Some(index) if key.is_empty() => format!("merchant[{index}]"),
            Some(index) => format!("merchant[{index}].{key}"),
        }
    }

    pub(super) fn invalid(&self, key: &str, expected: &str) -> ConfigError {
        ConfigError::Invalid { key: self.key(key), expected: expected.to_owned(), place: self.source.clone() }
    }

    /// A text of which an empty one says as little as none.
    fn text_unless_empty<'t>(
        &self,
        key: &str,
        table: &'t Table,
        expected: &str,
        is_good: impl Fn(&str) -> bool,
    ) -> Result<Option<&'t str>, ConfigError> {
        match table.get(key).map(Value::as_str) {
            None | Some(Some("")) => Ok(None),
            Some(Some(text)) if is_good(text) => Ok(Some(text)),
            _ => Err(self.invalid(key, expected)),
        }
    }

    fn list_of<T>(
        &self,
        key: &str,
        list: &Value,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, ConfigError> {
        let items = list.as_array().ok_or_else(|| self.invalid(key, expected))?;
        items.iter().map(|item| item.as_str().and_then(&parse).ok_or_else(|| self.invalid(key, expected))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use crate::spec::privileges::Privilege;

    fn refused(toml: &str) -> String {
        let toml = toml.replace("DIGEST", &"ab".repeat(32));
        Config::default_with(&[("merchant", &toml)]).expect_err(&toml).to_string()
    }

    #[test]
    fn an_entry_needs_no_more_than_an_id_and_a_digest() {
        let toml = format!("[{{ id = \"SHOP\", password_sha256 = [\"{}\"] }}]", "AB".repeat(32));
        let merchants = Config::default_with(&[("merchant", &toml)]).unwrap().merchants;
        assert_eq!(merchants.len(), 1, "the list replaces the default one");
        assert_eq!(merchants[0].name, "SHOP");
        assert_eq!(merchants[0].password_digests, vec![[0xab; 32]]);
        assert!(merchants[0].may(Privilege::Refund), "an operation");
        assert!(!merchants[0].may(Privilege::ExcessiveRefund), "no excess");
        assert!(merchants[0].currencies.is_empty(), "every currency");
        assert_eq!(merchants[0].tokens.id.as_str(), "SHOP", "a token repository of its own");
    }

    #[test]
    fn what_is_wrong_with_an_entry_is_said_with_its_place() {
        for (toml, expected) in [
            ("5", "merchant: expected a list, each entry under its own [[merchant]]"),
            ("[5]", "merchant[0]: expected a table"),
            ("[{ id = \"A B\" }]", "merchant[0].id: expected 1 to 40 letters, digits, - and _"),
            ("[{ id = \"A\" }]", "merchant[0].password_sha256: expected a list of one or two SHA-256 digests"),
            ("[{ id = \"A\", password_sha256 = [] }]", "merchant[0].password_sha256: expected a list of one or two"),
            ("[{ id = \"A\", password_sha256 = [\"abc\"] }]", "merchant[0].password_sha256: expected a list of one"),
            (
                "[{ id = \"A\", password_sha256 = [\"DIGEST\", \"DIGEST\", \"DIGEST\"] }]",
                "merchant[0].password_sha256:",
            ),
            ("[{ id = \"A\", password = \"x\" }]", "merchant[0].password: no such key"),
            ("[{ id = \"A\", nam = \"x\" }]", "merchant[0].nam: no such key (set by the program); did you mean name?"),
            ("[{ id = \"A\", name = \"\" }]", "merchant[0].name: expected a text that is not empty"),
            ("[{ id = \"A\", category_code = \"12\" }]", "merchant[0].category_code: expected a text of four digits"),
            (
                "[{ id = \"A\", privileges = [\"REFUNDS\"] }]",
                "merchant[0].privileges: expected a list of AUTHORIZE, PAY",
            ),
            ("[{ id = \"A\", currencies = [\"XXX\"] }]", "merchant[0].currencies: expected a list of ISO 4217 codes"),
            (
                "[{ id = \"A\", simulator = \"us\" }]",
                "merchant[0].simulator: expected one of standard, first-data-us, ",
            ),
            (
                "[{ id = \"A\", password_sha256 = [\"DIGEST\"], notification_url = \"https://10.0.0.1/\" }]",
                "merchant[0].notification_url: expected a URL that notifications may go to",
            ),
            (
                "[{ id = \"A\", password_sha256 = [\"DIGEST\"], notification_secret = \"d8fc\" }]",
                "merchant[0].notification_secret: expected 32 characters of 0-9 and A-F",
            ),
            (
                "[{ id = \"A\", password_sha256 = [\"DIGEST\"] }, { id = \"A\", password_sha256 = [\"DIGEST\"] }]",
                "merchant[1].id: expected an id that no other merchant has",
            ),
            (
                "[{ id = \"A\", password_sha256 = [\"DIGEST\"], token_generation = \"luhn\" }]",
                "merchant[0].token_generation: expected \"random\" or \"preserve-6-4\" or \"merchant-supplied\"",
            ),
            (
                "[{ id = \"A\", password_sha256 = [\"DIGEST\"], token_verification = \"ACCOUNT_UPDATER\" }]",
                "merchant[0].token_verification: expected \"NONE\" or \"BASIC\" or \"ACQUIRER\"",
            ),
            (
                "[{ id = \"A\", password_sha256 = [\"DIGEST\"], token_repository = \"A REPOSITORY\" }]",
                "merchant[0].token_repository: expected 1 to 40 letters, digits, - and _",
            ),
            (
                "[{ id = \"A\", password_sha256 = [\"DIGEST\"] }, { id = \"B\", password_sha256 = [\"DIGEST\"], \
                 token_repository = \"A\", token_management = \"unique-token\" }]",
                "merchant[1].token_repository: expected a repository with the strategies that A gives it",
            ),
        ] {
            let said = refused(toml);
            assert!(said.starts_with(expected), "{toml}: {said}");
        }
    }
}
