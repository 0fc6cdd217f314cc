//! The rules for the code: which module may import which, what may not be in `src/`, and that ARCHITECTURE.md names
//! all modules and nothing that is gone.

mod operations;

use nvpgate::fields::Name;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the bottom up. A module imports only modules that stand before it.
const MODULES: &[&str] = &[
    "limits",
    "fields",
    "spec",
    "domain",
    "environment",
    "dialect",
    "listing",
    "wire",
    "merchants",
    "auth",
    "check",
    "op",
    "acquirer",
    "store",
    "webhooks",
    "gateway",
    "faces",
    "admin",
    "http",
    "config",
    "app",
    "cli",
];

/// What names the modules, and imports all of them.
const WIRING: &[&str] = &["lib", "main"];

/// What only one place may name.
const KEPT_APART: &[(&str, &str)] = &[
    ("actix_web", "src/http/"),
    ("rusqlite", "src/store/embedded"),
    ("tokio_postgres", "src/store/postgres"),
    ("rustls", "src/store/postgres"),
    ("indicatif", "src/cli/"),
    ("ureq", "src/cli/ src/webhooks/"),
    ("compact_str", "src/fields/"),
    ("clap", "src/cli/"),
];

/// What may not stand in `src/` outside of tests.
const FORBIDDEN: &[&str] =
    &["todo!", "unimplemented!", "dbg!", ".unwrap()", ".expect(", "panic!", "macro_rules!", "println!"];

struct Source {
    path: String,
    module: String,
    text: String,
}

impl Source {
    /// The text without its unit tests and comments.
    fn code(&self) -> String {
        let code = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }

    /// The lines of [`Source::code`] with their numbers, and with empty lines in place of comments.
    fn numbered_code(&self) -> Vec<(usize, &str)> {
        let code = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let is_comment = |line: &str| line.trim_start().starts_with("//");
        code.lines().enumerate().map(|(at, line)| (at + 1, if is_comment(line) { "" } else { line })).collect()
    }

    fn is_test(&self) -> bool {
        let name = Path::new(&self.path).file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        name == "tests" || self.is_declared_as_test(name)
    }

    /// Whether its parent declares the module under `#[cfg(test)]`.
    fn is_declared_as_test(&self, name: &str) -> bool {
        let folder = Path::new(&self.path).parent().expect("below src");
        let beside = folder.with_extension("rs");
        [folder.join("mod.rs"), beside]
            .iter()
            .filter_map(|parent| fs::read_to_string(root().join(parent)).ok())
            .any(|parent| parent.contains(&format!("#[cfg(test)]\nmod {name};")))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src can be listed") {
            let path = entry.expect("src can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(root()).expect("below the root").display().to_string();
                let module =
                    relative.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default().to_owned();
                let text = fs::read_to_string(&path).expect("sources are text");
                sources.push(Source { path: relative, module, text });
            }
        }
    }
    assert!(sources.len() > 30, "found only {} sources", sources.len());
    sources
}

#[test]
fn modules_import_only_modules_below_them() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        if WIRING.contains(&source.module.as_str()) {
            continue;
        }
        let Some(own) = MODULES.iter().position(|module| *module == source.module) else {
            broken.push(format!("{}: the module {} is not in the list", source.path, source.module));
            continue;
        };
        for line in source.code().lines() {
            for (at, _) in line.match_indices("crate::") {
                let imported =
                    line[at + 7..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                if !MODULES[..=own].contains(&imported) {
                    broken.push(format!("{} imports {imported}", source.path));
                }
            }
        }
    }
    assert!(broken.is_empty(), "modules that import a module above them:\n{}", broken.join("\n"));
}

#[test]
fn operations_reach_no_store_acquirer_or_server() {
    for source in sources().iter().filter(|source| source.module == "op") {
        for module in ["store", "acquirer", "http", "environment"] {
            assert!(!source.code().contains(&format!("crate::{module}")), "{} names {module}", source.path);
        }
    }
}

#[test]
fn libraries_stay_in_their_modules() {
    for source in &sources() {
        for (library, place) in KEPT_APART {
            let named = source.code().lines().any(|line| line.contains(&format!("{library}::")));
            assert!(
                !named || place.split(' ').any(|place| source.path.starts_with(place)),
                "{} names {library}, which belongs to {place}",
                source.path
            );
        }
    }
}

#[test]
fn nothing_unfinished_or_unchecked_stands_in_src() {
    for source in sources().iter().filter(|source| !source.is_test()) {
        let code = source.code();
        for forbidden in FORBIDDEN {
            assert!(!code.contains(forbidden), "{} has {forbidden}", source.path);
        }
    }
}

/// A name of one word in small letters, such as `merchant`, is also the name of other things.
#[test]
fn known_fields_are_named_by_their_constants() {
    let is_name = |text: &&str| text.contains(|letter: char| letter == '.' || letter.is_ascii_uppercase());
    for source in sources().iter().filter(|source| !source.is_test()) {
        for quoted in source.code().split('"').filter(is_name) {
            assert!(Name::find(quoted).is_none(), "{} has the text of {quoted}; use fields::names", source.path);
        }
    }
}

/// The lines of functions, each behind the name of its file. `rustfmt` ends a function with a brace as far in as its
/// `fn`.
fn lines_of_functions(source: &Source) -> Vec<String> {
    let (mut lines, mut end) = (Vec::new(), None);
    for line in source.code().lines() {
        let depth = line.len() - line.trim_start().len();
        let starts = line.split_whitespace().take(3).any(|word| word == "fn");
        if end.is_none() && starts {
            end = Some(format!("{}}}", &line[..depth]));
        }
        if let Some(last) = &end {
            lines.push(format!("{}: {}", source.path, line.trim()));
            // A function without a body, or with one on its line, has no end of its own.
            if line == last || starts && line.ends_with(['}', ';']) {
                end = None;
            }
        }
    }
    lines
}

#[test]
fn tables_decide_nothing_for_an_operation() {
    let mut seen = 0;
    for source in sources().iter().filter(|source| source.module == "spec" && !source.is_test()) {
        assert!(!source.code().contains("use Op::"), "{} takes variants out of Op", source.path);
        for line in lines_of_functions(source) {
            seen += 1;
            for branch in ["Op::", "match op", "match self.op", ".op ==", ".op !=", "op == ", "op != "] {
                assert!(!line.contains(branch), "{line} branches on an operation; say it in a row");
            }
        }
    }
    assert!(seen > 100, "only {seen} lines of functions were found in src/spec");
}

/// API versions have no order and hide their number, so that the compiler lets no code outside their file compare two.
/// This test holds that, and looks for bare numbers that stand for a range.
#[test]
fn versions_are_compared_in_their_own_file() {
    let own = "src/spec/versions.rs";
    for source in &sources() {
        let code = source.code();
        if source.path == own {
            let declared = code.split("pub struct ApiVersion(u8);").next().expect("ApiVersion hides its number");
            let derived = declared.rsplit("#[derive(").next().unwrap_or_default();
            assert!(code.contains("pub struct ApiVersion(u8);"), "ApiVersion hides its number");
            assert!(!derived.contains("Ord") && !code.contains("Ord for ApiVersion"), "ApiVersion has an order");
            assert!(!code.contains("fn number"), "ApiVersion shows its number");
            continue;
        }
        let bare = ["first", "last", "since", "until", "version"].map(|name| format!("{name}: u8"));
        for range in ["Range<u8>", "RangeInclusive<u8>"].into_iter().chain(bare.iter().map(String::as_str)) {
            assert!(!code.contains(range), "{} has {range}; use Versions", source.path);
        }
    }
}

/// The gate runs clippy with `-D warnings`, so that a lint of Cargo.toml is a rule.
#[test]
fn public_items_have_docs_and_say_their_errors() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml is there");
    let gate = fs::read_to_string(root().join(".ci/run")).expect(".ci/run is there");
    assert!(gate.contains("cargo clippy --all-targets -- -D warnings"), ".ci/run does not deny clippy's warnings");
    let mut broken = Vec::new();
    for lint in ["missing_docs", "missing_errors_doc"] {
        if !["warn", "deny"].iter().any(|level| manifest.contains(&format!("\n{lint} = \"{level}\"\n"))) {
            broken.push(format!("Cargo.toml has no {lint}"));
        }
        for source in &sources() {
            for (number, line) in source.numbered_code().iter().filter(|(_, line)| line.contains(lint)) {
                broken.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "lints for documentation that are off:\n{}", broken.join("\n"));
}

#[test]
fn no_amount_is_a_floating_point_number() {
    for source in sources()
        .iter()
        .filter(|source| ["domain", "op", "acquirer", "check", "spec"].contains(&source.module.as_str()))
    {
        for line in source.code().lines() {
            let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).collect();
            assert!(!words.contains(&"f64") && !words.contains(&"f32"), "{}: {line}", source.path);
        }
    }
}

/// Leaves that know nothing of a request, such as field names and amounts, are not among them.
#[test]
fn the_files_that_carry_a_payment_are_few() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let list = map.split("## The files that carry a PAY").nth(1).and_then(|rest| rest.split("\n## ").next());
    let list = list.expect("ARCHITECTURE.md has the list");
    let files: BTreeSet<&str> = list.split('`').filter(|quoted| quoted.starts_with("src/")).collect();
    assert!(files.len() >= 20, "only {} files are listed", files.len());
    assert!(files.len() <= 25, "{} files are listed, and may be 25: {files:#?}", files.len());
    let way = map.split("## One PAY, from bytes to bytes").nth(1).and_then(|rest| rest.split("\n## ").next());
    let steps = way
        .expect("ARCHITECTURE.md has the way")
        .lines()
        .filter(|line| line.split_once(". **").is_some_and(|(number, _)| number.parse::<u8>().is_ok()));
    assert_eq!(steps.count(), 12, "the way of a PAY has as many steps as `Step`");
}

#[test]
fn the_pages_name_only_what_exists() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    assert!(map.lines().count() <= 150, "ARCHITECTURE.md has {} lines, and may have 150", map.lines().count());
    let mut named = 0;
    for page in ["ARCHITECTURE.md", "README.md", "catalogue/README.md", "fixtures/README.md"] {
        let text = fs::read_to_string(root().join(page)).expect("the page is there");
        for quoted in text.split('`').skip(1).step_by(2) {
            let path = quoted.split_whitespace().next().unwrap_or_default();
            let is_path = ["src/", "tests/", "fixtures/", "benches/", ".ci/", "build/", "catalogue/"]
                .iter()
                .any(|root| path.starts_with(root));
            if is_path && !path.contains('*') {
                named += 1;
                assert!(root().join(path).exists(), "{page} names {path}, which is gone");
            }
        }
    }
    assert!(named > 20, "the pages name only {named} paths");
}

#[test]
fn no_module_is_missing_from_the_map() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    for source in &sources() {
        let (file, folder) = (format!("`src/{}.rs`", source.module), format!("`src/{}/", source.module));
        assert!(map.contains(&file) || map.contains(&folder), "ARCHITECTURE.md does not name {}", source.module);
    }
}
