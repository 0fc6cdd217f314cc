use super::*;
use crate::fields::names;
use proptest::prelude::*;

fn name(text: &str) -> FieldName {
    FieldName::parse(text).unwrap()
}

#[test]
fn names_follow_the_grammar() {
    for good in ["a", "order.id", "3DSecureId", "order.item[0].name", "a[0]", "transaction[12].order.id", "x[999]"] {
        assert!(FieldName::parse(good).is_some(), "{good} is a name");
    }
    let long = "a".repeat(limits::NAME_BYTES + 1);
    for bad in [
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "a[]",
        "a[x]",
        "a[-1]",
        "a[1",
        "a]1[",
        "[0]",
        "a[0]b",
        "a[0][1]",
        "a[01]",
        "a[1000000000]",
        "a_b",
        "a b",
        "é",
        "a[99999999999999999999]",
        "order.custom.*",
        "order.item[n].name",
        "order.item[01].name",
        "order.item[1000].name",
        long.as_str(),
    ] {
        assert!(FieldName::parse(bad).is_none(), "{bad} is no name");
    }
}

#[test]
fn a_pattern_replaces_every_index() {
    for (text, pattern) in [
        ("airline.itinerary.leg[10].carrierCode", "airline.itinerary.leg[n].carrierCode"),
        ("a[0].b[12].c", "a[n].b[n].c"),
        ("a[3]", "a[n]"),
        ("order.id", "order.id"),
    ] {
        assert_eq!(name(text).pattern(), pattern);
    }
}

#[test]
fn a_name_knows_its_row() {
    for (text, expected) in [
        ("order.id", Some(names::ORDER_ID)),
        ("order.item[17].name", Some(names::ORDER_ITEM_N_NAME)),
        ("order.item[17].detail.tax[3].type", Some(names::ORDER_ITEM_N_DETAIL_TAX_N_TYPE)),
        ("order.custom.colour", Some(names::ORDER_CUSTOM_ANY)),
        ("order.custom.a.b", None),
        ("order.id[0]", None),
        ("order.item.name", None),
        ("transaction[0].order.id", None),
        ("order", None),
    ] {
        assert_eq!(name(text).known(), expected, "{text}");
        assert_eq!(name(text).text(), text);
    }
}

#[test]
fn a_name_below_an_element_is_written_whole_and_knows_its_row() {
    for (text, below) in [
        ("order.id", "transaction[12].order.id"),
        ("order.item[3].name", "transaction[12].order.item[3].name"),
        ("order.custom.colour", "transaction[12].order.custom.colour"),
        ("unheardOf", "transaction[12].unheardOf"),
    ] {
        let whole = name(text).below(List::Transaction.element(12));
        assert_eq!(whole.text(), below);
        assert_eq!(whole.known(), name(text).known(), "{text}");
        assert_eq!(whole, name(below), "whichever way it was made");
        assert_ne!(whole, name(text));
    }
}

/// Names close to each other, known and unknown, with indices of one to three digits.
fn any_name() -> impl Strategy<Value = FieldName> {
    let index = prop::sample::select(vec!["0", "1", "2", "9", "10", "11", "99", "100", "101", "999"]);
    let text = prop_oneof![
        (0..Name::COUNT).prop_map(|at| Name::all().nth(at).unwrap().as_str().replace('*', "x")),
        prop::sample::select(vec![
            "order",
            "order.item",
            "order.itemAmount",
            "order.item[n].name",
            "order.item[n].quantity",
            "order.item[n].unheardOf",
            "order.item[n].detail.tax[n].type",
            "order.item[n].detail.tax[n].rate",
            "order.custom.x",
            "order.custom.y",
            "order.a",
            "rule[n].id",
            "zebra",
            "transaction[n].a",
            "transactionMode",
        ])
        .prop_map(str::to_owned),
    ];
    let element = prop_oneof![
        3 => Just(None),
        1 => (any::<bool>(), 0..300_usize)
            .prop_map(|(page, at)| Some(if page { List::Page } else { List::Transaction }.element(at))),
    ];
    (text, index.clone(), index, element).prop_map(|(text, first, second, element)| {
        let text = text.replacen("[n]", &format!("[{first}]"), 1).replacen("[n]", &format!("[{second}]"), 1);
        let plain = name(&text);
        match element {
            Some(element) => plain.below(element),
            None => plain,
        }
    })
}

proptest! {
    #[test]
    fn names_are_in_the_order_of_their_texts(one in any_name(), other in any_name()) {
        prop_assert_eq!(one.cmp(&other), one.text().cmp(&other.text()), "{} and {}", one, other);
        prop_assert_eq!(one == other, one.text() == other.text(), "{} and {}", one, other);
    }

    #[test]
    fn a_text_is_read_as_it_was_written(one in any_name()) {
        let again = FieldName::parse(&one.text()).unwrap();
        prop_assert_eq!(again.text(), one.text());
        let json = serde_json::to_string(&one).unwrap();
        prop_assert_eq!(serde_json::from_str::<FieldName>(&json).unwrap(), one);
    }

    #[test]
    fn a_group_has_what_its_text_says(one in any_name(), at in 0..Name::COUNT) {
        let name = Name::all().nth(at).unwrap();
        for group in [names::groups::ORDER, names::groups::ORDER_ITEM, names::groups::TRANSACTION, name.group()] {
            if !group.as_str().contains('[') {
                prop_assert_eq!(one.is_within(group), group.has_text(&one.text()), "{} in {}", one, group.as_str());
            }
        }
    }
}
