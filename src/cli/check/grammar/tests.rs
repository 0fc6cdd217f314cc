use super::*;
use crate::cli::check::template::Names;
use proptest::prelude::*;

const HEADER: &str = "# A title.\n# Source: somewhere (decided)\n@version 100\n";

/// A fixture whose one request and answer are given; the first line below `>` is line 5.
fn with(request: &str, answer: &str) -> String {
    format!("{HEADER}>\n{request}\n<\n{answer}\n")
}

fn request(text: &str) -> Request {
    parse(&with(text, "...")).unwrap().exchanges.remove(0).request
}

fn filled(template: &Template) -> String {
    let given = [("merchant", "TESTM"), ("random", "R"), ("password", "p&w")];
    let names: Names = given.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    String::from_utf8(template.fill(&names)).unwrap()
}

fn fields(text: &str) -> Vec<(String, Option<String>)> {
    match request(text).body {
        RequestBody::Fields(fields) => {
            fields.into_iter().map(|(name, value)| (name, value.as_ref().map(filled))).collect()
        }
        RequestBody::Raw(raw) => panic!("expected fields, not {raw:?}"),
    }
}

fn raw(text: &str) -> Vec<u8> {
    match request(text).body {
        RequestBody::Raw(raw) => raw.fill(&Names::new()),
        RequestBody::Fields(fields) => panic!("expected @raw, not {fields:?}"),
    }
}

#[test]
fn a_whole_conversation_is_read() {
    let fixture = parse(
        "# A session is updated.
# More about it.
# Source: seed, \"Update Session\" (documented)
# Source: recording (observed)

@config session.ttl_seconds = 60
@version 61

> it is created
apiOperation = CREATE_SESSION
<
# a comment
session.id = {session}
...

@merchant {merchant}-B
@clock +16m
@clock +1s
>
apiOperation = UPDATE_SESSION
session.id   = {session}
<
@status 400
@content-type text/plain;charset=UTF-8
result = ERROR
",
    )
    .unwrap();
    assert_eq!(fixture.title, "A session is updated.");
    assert_eq!(
        fixture.sources,
        [
            Source { text: "seed, \"Update Session\"".to_owned(), standing: Standing::Documented },
            Source { text: "recording".to_owned(), standing: Standing::Observed }
        ]
    );
    assert_eq!(fixture.config, [("session.ttl_seconds".to_owned(), "60".to_owned())]);
    let [create, update] = &fixture.exchanges[..] else { panic!("{} exchanges", fixture.exchanges.len()) };
    assert_eq!((create.line, create.caption.as_str(), create.clock_milliseconds), (9, "it is created", 0));
    assert_eq!((update.line, update.caption.as_str(), update.clock_milliseconds), (19, "", 961_000));
    assert_eq!((create.request.version.as_str(), create.request.merchant.is_none()), ("61", true));
    assert_eq!(update.request.merchant.as_ref().map(filled).as_deref(), Some("TESTM-B"));
    assert_eq!(update.answer.line, 22);
    assert_eq!(update.answer.status, Some((23, 400)));
    assert_eq!(update.answer.content_type, Some((24, "text/plain;charset=UTF-8".to_owned())));
    assert!(matches!(&create.answer.body, AnswerBody::Fields { fields, others_allowed: true } if fields.len() == 1));
    assert!(matches!(&update.answer.body, AnswerBody::Fields { fields, others_allowed: false } if fields.len() == 1));
    assert!(fixture.turns_clock() && fixture.needs_own_gateway());
}

#[test]
fn request_fields_are_read_as_they_are_meant() {
    for (line, name, value) in [
        ("order.id = ORDER-{random}", "order.id", Some("ORDER-R")),
        ("order.id=1", "order.id", Some("1")),
        ("order.description = a = b", "order.description", Some("a = b")),
        ("order.description =", "order.description", Some("")),
        ("order.description = \\sx\\s", "order.description", Some(" x ")),
        ("order.description = a\\nb\\r\\tc\\\\d", "order.description", Some("a\nb\r\tc\\d")),
        ("order.description = \\x41\\{random\\}", "order.description", Some("A{random}")),
        ("order.description = *", "order.description", Some("*")),
        ("order.description = \\!", "order.description", Some("!")),
        ("order.description = Zürich", "order.description", Some("Zürich")),
        ("order.item[0].name = x", "order.item[0].name", Some("x")),
        ("a\\=b = x", "a=b", Some("x")),
        ("\\@a = x", "@a", Some("x")),
        ("order..id = x", "order..id", Some("x")),
        (" = x", "", Some("x")),
        ("{a} = x", "{a}", Some("x")),
        ("apiPassword = !", "apiPassword", None),
        ("apiPassword = {password}", "apiPassword", Some("p&w")),
    ] {
        assert_eq!(fields(line), [(name.to_owned(), value.map(str::to_owned))], "{line:?}");
    }
}

#[test]
fn raw_bodies_are_exactly_what_stands_there() {
    for (lines, bytes) in [
        ("@raw", &b""[..]),
        ("@raw\na=1&b=2", b"a=1&b=2"),
        ("@raw\na=1\n&b=2", b"a=1&b=2"),
        ("@raw\n  a=1\\s  ", b"a=1 "),
        ("@raw\na=1\n# a comment\n&b=2", b"a=1&b=2"),
        ("@raw\na=1\\n", b"a=1\n"),
        ("@raw\n\\<a\\>=\\xe9%e9+", b"<a>=\xe9%e9+"),
        ("@raw\na=1\n@header X-A: b", b"a=1"),
        ("@raw\n\\{\"a\":1}", b"{\"a\":1}"),
    ] {
        assert_eq!(raw(lines), bytes, "{lines:?}");
    }
}

#[test]
fn a_request_says_how_it_is_sent() {
    let sent =
        request("@method PUT\n@path /api/nvp//version/100/?x={random}\n@header content-type: !\n@header X-A: b:c");
    assert_eq!(sent.method, Method::PUT);
    assert_eq!(sent.path.as_ref().map(filled).as_deref(), Some("/api/nvp//version/100/?x=R"));
    let headers: Vec<_> = sent.headers.iter().map(|(n, v)| (n.as_str(), v.as_ref().map(filled))).collect();
    assert_eq!(headers, [("content-type", None), ("x-a", Some("b:c".to_owned()))]);
    assert_eq!(request("@method GET").method, Method::GET);
}

#[test]
fn what_is_not_the_grammar_is_told_with_its_line() {
    let request = |text: &str| with(text, "...");
    let answer = |text: &str| with("a = 1", text);
    for (text, line, expected) in [
        (String::new(), 1, "expected `# ` and a sentence that says what the conversation shows"),
        ("# Source: x (decided)".to_owned(), 1, "expected `# ` and a sentence that says what the conversation shows"),
        ("# T\n".to_owned(), 1, "expected a line `# Source: … (documented)`, `(observed)` or `(decided)` at the top"),
        (
            "# T\n# Source: x".to_owned(),
            2,
            "expected where it comes from, and (documented), (observed) or (decided) at the end of the line",
        ),
        (
            "# T\n# Source: (decided)".to_owned(),
            2,
            "expected where it comes from, and (documented), (observed) or (decided) at the end of the line",
        ),
        (HEADER.to_owned(), 3, "expected a request, which begins with a line `>`"),
        (
            format!("{HEADER}a = 1"),
            4,
            "expected a setting (@version, @merchant, @clock, @config) or a request, which begins with `>`",
        ),
        (format!("{HEADER}@version"), 4, "expected an API version, such as `@version 100`"),
        (format!("{HEADER}@version 1 2"), 4, "expected an API version, such as `@version 100`"),
        (format!("{HEADER}@merchant"), 4, "expected a merchant id, such as `@merchant {merchant}-B`"),
        (format!("{HEADER}@merchant {{x}}"), 4, "{x} has no value here: no earlier answer takes it"),
        (format!("{HEADER}@clock 16m"), 4, "expected how far to turn the clock forward: `@clock +16m` (s, m, h or d)"),
        (format!("{HEADER}@clock +16é"), 4, "expected how far to turn the clock forward: `@clock +16m` (s, m, h or d)"),
        (format!("{}@clock +1m", with("a = 1", "...")), 8, "@clock turns the clock before a request, and none follows"),
        (
            format!("{HEADER}@config x"),
            4,
            "expected a key and a TOML value, such as `@config session.ttl_seconds = 60`",
        ),
        (
            format!("{}@config a = 1", with("a = 1", "...")),
            8,
            "@config stands before the first request: it starts the gateway",
        ),
        (format!("{HEADER}@raw"), 4, "@raw belongs to a request: it stands below its `>`"),
        (format!("{HEADER}@status 200"), 4, "@status belongs to an answer: it stands below its `<`"),
        (format!("{HEADER}@x"), 4, "@x is unknown: there are @version, @merchant, @clock and @config here"),
        (
            "# T\n# Source: x (decided)\n>\na = 1\n<\n...".to_owned(),
            3,
            "expected `@version 100` (or another API version) before the first request",
        ),
        (
            format!("{HEADER}> apiOperation = PAY\n<\n..."),
            4,
            "after `>` stands at most a caption; fields stand below it, one a line",
        ),
        (format!("{HEADER}>\na = 1"), 4, "the request has no answer: expected a line `<` below it"),
        (format!("{HEADER}>\na = 1\n>\n<\n..."), 4, "the request has no answer: expected a line `<` below it"),
        (
            format!("{HEADER}>\n< result = ERROR"),
            5,
            "nothing stands behind `<`; the answer's fields stand below it, one a line",
        ),
        (request("apiOperation"), 5, "expected `name = value`"),
        (request("a\\=b"), 5, "expected `name = value`"),
        (request("a = 1\na = 2"), 6, "a stands twice; an @raw body can send a name twice"),
        (request("order.id = !"), 5, "order.id is not sent unless it is written; `!` leaves out credentials only"),
        (request("a = {order}"), 5, "{order} has no value here: no earlier answer takes it"),
        (request("a = {credentials}"), 5, "{credentials} has no value here: no earlier answer takes it"),
        (request("a = {"), 5, "expected a name such as `{order}` after `{`; a brace that is meant is written `\\{`"),
        (request("a = {1}"), 5, "expected a name such as `{order}` after `{`; a brace that is meant is written `\\{`"),
        (request("a = x\\"), 5, "a backslash at the end; one that is meant is written `\\\\`, a space `\\s`"),
        (request("a = \\x4"), 5, "expected two hex digits after `\\x`"),
        (request("a = \\xé"), 5, "expected two hex digits after `\\x`"),
        (request("a = \\xe9"), 5, "`\\xe9` is no character; only @raw lines hold single bytes above 7f"),
        (request("\\xe9 = 1"), 5, "single bytes above 7f stand only in @raw lines"),
        (
            request("a = \\q"),
            5,
            "unknown escape `\\q`: there are \\n \\r \\t \\s (space) \\xHH, and \\ before a punctuation mark",
        ),
        (request("@method get"), 5, "expected an HTTP method in capitals, such as `@method GET`"),
        (request("@path api"), 5, "expected a path that begins with `/`, such as `@path /api/nvp//version/100/`"),
        (request("@path /{x}"), 5, "{x} has no value here: no earlier answer takes it"),
        (request("@header X"), 5, "expected a header, such as `@header Content-Type: text/plain`"),
        (request("@header X Y: z"), 5, "expected a header, such as `@header Content-Type: text/plain`"),
        (request("@raw x"), 5, "nothing stands behind @raw; the body stands below it"),
        (
            request("@raw\na=1\n\\q"),
            7,
            "unknown escape `\\q`: there are \\n \\r \\t \\s (space) \\xHH, and \\ before a punctuation mark",
        ),
        (request("a = 1\n@raw\nb=1"), 6, "a request has either fields or one @raw body"),
        (request("@raw\nb=1\n\na = 1"), 8, "a request has either fields or one @raw body"),
        (request("@raw\nb=1\n@raw\nb=2"), 7, "a request has either fields or one @raw body"),
        (request("@version 61"), 5, "@version stands before a request, above its `>`"),
        (request("@x"), 5, "@x is unknown: there are @method, @path, @header and @raw here"),
        (request("@method GET\na = 1"), 6, "a GET request has no body"),
        (request("@raw\n\n@method DELETE"), 5, "a DELETE request has no body"),
        (answer(""), 6, "expected what the answer holds: fields, `...` for any, or @raw"),
        (answer("@status 404"), 6, "expected what the answer holds: fields, `...` for any, or @raw"),
        (answer("@status 1"), 7, "expected an HTTP status, such as `@status 404`"),
        (answer("@content-type"), 7, "expected a content type, such as `@content-type text/plain`"),
        (answer("a = 1\n<\nb = 1"), 8, "expected one answer to each request"),
        (answer("a = 1\na = 1"), 8, "a stands twice"),
        (answer("a ="), 7, "an answer has no empty values; `!` says that a field is absent"),
        (answer("a = ~["), 7, "expected a regular expression after `~` (syntax of the Rust crate regex)"),
        (answer("a = {password}"), 7, "{password} stands only in requests"),
        (answer("a = 1\n@raw\nb=1"), 8, "an answer has either fields or one @raw body"),
        (answer("@raw\nb=1\n\na = 1"), 10, "an answer has either fields or one @raw body"),
        (answer("..\n"), 7, "expected `name = value`"),
    ] {
        let error = parse(&text).map(|fixture| fixture.title).unwrap_err();
        assert_eq!((error.line, error.expected.as_str()), (line, expected), "{text:?}");
    }
}

#[test]
fn an_error_prints_its_line() {
    let error = SyntaxError { line: 3, expected: "expected `name = value`".to_owned() };
    assert_eq!(error.to_string(), "line 3: expected `name = value`");
}

#[test]
fn a_byte_order_mark_and_carriage_returns_change_nothing() {
    let text = with("a = 1", "b = 2");
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(format!("{:?}", parse(&windows).unwrap()), format!("{:?}", parse(&text).unwrap()));
}

#[test]
fn names_of_a_regex_are_given_to_later_requests() {
    let text = with("a = 1", "session.id = ~(?<session>SESSION.+)\n...") + ">\nsession.id = {session}\n<\n...\n";
    assert!(parse(&text).is_ok(), "{:?}", parse(&text).err());
}

#[test]
fn the_specifications_own_examples_are_fixtures() {
    let specification = include_str!("../../../../fixtures/README.md");
    let blocks: Vec<&str> = specification.split("```\n").skip(1).step_by(2).collect();
    let [whole, exchange] = blocks[..] else { panic!("{} examples instead of two", blocks.len()) };
    assert_eq!(parse(whole).unwrap().exchanges.len(), 2);
    assert_eq!(parse(&format!("{HEADER}{exchange}")).unwrap().exchanges.len(), 1);
}

proptest! {
    #[test]
    fn no_text_panics_it(text in ".{0,300}") {
        let _any = parse(&text);
    }

    /// Lines that are nearly right come further than arbitrary text.
    #[test]
    fn no_heap_of_lines_panics_it(
        lines in proptest::collection::vec(
            prop_oneof![
                Just(">".to_owned()), Just("<".to_owned()), Just("@raw".to_owned()), Just("...".to_owned()),
                Just(String::new()), Just("a = {b}".to_owned()), Just("@clock +1s".to_owned()),
                "@[a-z-]{1,12} .{0,6}", "[ab.=\\\\{}~*! ]{0,12}", ".{0,12}",
            ],
            0..20,
        )
    ) {
        let _any = parse(&format!("{HEADER}{}", lines.join("\n")));
    }

    #[test]
    fn what_a_difference_shows_means_itself_when_it_is_pasted(value in "[ -~é\\n\\t\\x00]{1,12}") {
        let shown = crate::cli::check::template::escape(value.as_bytes());
        let fixture = parse(&with(&format!("order.description = {shown}"), &format!("a = {shown}"))).unwrap();
        let exchange = &fixture.exchanges[0];
        let RequestBody::Fields(fields) = &exchange.request.body else { panic!("fields") };
        prop_assert_eq!(filled(fields[0].1.as_ref().unwrap()), value.clone());
        let AnswerBody::Fields { fields, .. } = &exchange.answer.body else { panic!("fields") };
        let Expectation::Text(text) = &fields[0].value else { panic!("{} is no text", shown) };
        prop_assert_eq!(filled(text), value);
    }
}
