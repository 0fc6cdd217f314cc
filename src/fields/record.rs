//! The form in which fields stand in records: a map of texts.

use super::{FieldName, Fields, Value};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        struct Map;
        impl<'de> Visitor<'de> for Map {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names and values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut pairs: Vec<(FieldName, Value)> = Vec::with_capacity(map.size_hint().unwrap_or(64));
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                let mut fields = Fields(pairs);
                fields.sort();
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Map)
    }
}

impl Serialize for FieldName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

/// Unchecked: names are read back from records alone, which were checked when they were written and are
/// authenticated by their seal.
impl<'de> Deserialize<'de> for FieldName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FieldName, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = FieldName;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<FieldName, E> {
                Ok(FieldName::resolve(text).unwrap_or_else(|| FieldName::unknown(text)))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
