//! The keys of a `[[merchant]]` entry that say where its tokens are kept and how they are made.

use super::layers::ConfigError;
use super::merchants::Place;
use crate::domain::ids::MerchantId;
use crate::domain::token::{Generation, Management, TokenRepository, Verification};
use toml::{Table, Value};

pub(super) const REPOSITORY: &str = "token_repository";
pub(super) const GENERATION: &str = "token_generation";
pub(super) const MANAGEMENT: &str = "token_management";
pub(super) const VERIFICATION: &str = "token_verification";

const GENERATIONS: [(&str, Generation); 3] = [
    ("random", Generation::Random),
    ("preserve-6-4", Generation::Preserve64),
    ("merchant-supplied", Generation::MerchantSupplied),
];

const MANAGEMENTS: [(&str, Management); 2] =
    [("unique-card", Management::UniqueCard), ("unique-token", Management::UniqueToken)];

/// The protocol's own words, since a request may give one in place of it.
const VERIFICATIONS: [(&str, Verification); 3] =
    [("NONE", Verification::None), ("BASIC", Verification::Basic), ("ACQUIRER", Verification::Acquirer)];

/// The repository of the merchant `id`; what its entry does not say is as in [`TokenRepository::of`].
pub(super) fn read(table: &Table, place: &Place<'_>, id: &MerchantId) -> Result<TokenRepository, ConfigError> {
    let default = TokenRepository::of(match table.get(REPOSITORY) {
        None => id.clone(),
        Some(repository) => repository
            .as_str()
            .and_then(MerchantId::parse)
            .ok_or_else(|| place.invalid(REPOSITORY, "1 to 40 letters, digits, - and _"))?,
    });
    Ok(TokenRepository {
        generation: choice(table, place, GENERATION, &GENERATIONS)?.unwrap_or(default.generation),
        management: choice(table, place, MANAGEMENT, &MANAGEMENTS)?.unwrap_or(default.management),
        verification: choice(table, place, VERIFICATION, &VERIFICATIONS)?.unwrap_or(default.verification),
        id: default.id,
    })
}

/// The values of the keys, in the order of their constants.
pub(super) fn effective(repository: &TokenRepository) -> [Value; 4] {
    [
        Value::from(repository.id.as_str()),
        named(&GENERATIONS, repository.generation),
        named(&MANAGEMENTS, repository.management),
        named(&VERIFICATIONS, repository.verification),
    ]
}

fn choice<T: Copy>(
    table: &Table,
    place: &Place<'_>,
    key: &str,
    choices: &[(&str, T)],
) -> Result<Option<T>, ConfigError> {
    let Some(value) = table.get(key) else {
        return Ok(None);
    };
    let chosen = choices.iter().find(|(name, _)| value.as_str() == Some(name));
    chosen.map(|(_, choice)| Some(*choice)).ok_or_else(|| {
        let names: Vec<String> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        place.invalid(key, &names.join(" or "))
    })
}

fn named<T: PartialEq>(choices: &[(&str, T)], chosen: T) -> Value {
    Value::from(choices.iter().find(|(_, choice)| *choice == chosen).map(|(name, _)| *name).unwrap_or_default())
}
