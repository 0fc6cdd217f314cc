//! What a merchant makes a link of: its texts and addresses, the privileges behind it, the address that it gets.

use super::{APPROVED, MERCHANT, assert_page, assert_sent_to, link, open, pay};
use crate::server::{PASSWORD, Server, exchange};
use std::io::BufReader;

#[test]
fn what_a_merchant_writes_is_text_and_an_address_is_one_of_the_web() {
    let server = Server::start();
    let (_, path) = link(
        &server,
        "order-1",
        &[
            ("interaction.merchant.name", "<b>&\"'"),
            ("order.description", "</p><script>alert(1)</script>"),
            ("interaction.merchant.url", "https://shop.example/\"onclick=\"x"),
        ],
    );
    let page = open(&server, &path);
    assert_page(
        &page,
        200,
        &["&lt;b&gt;&amp;&quot;&#x27;", "&lt;/p&gt;&lt;script&gt;", "https://shop.example/%22onclick=%22x"],
    );
    assert!(page.headers["content-security-policy"].contains("form-action 'self';"));
    for name in ["interaction.returnUrl", "interaction.merchant.url", "interaction.cancelUrl", "paymentLink.errorUrl"] {
        for url in
            ["javascript:alert(1)", "JavaScript://shop.example/%0aalert(1)", "data:text/html,x", "//shop.example"]
        {
            let fields = [
                ("apiOperation", "INITIATE_CHECKOUT"),
                ("checkoutMode", "PAYMENT_LINK"),
                ("interaction.operation", "PURCHASE"),
                ("order.id", "order-2"),
                ("order.amount", "1"),
                ("order.currency", "USD"),
                (name, url),
            ];
            let answer = server.post_as(MERCHANT, 100, &fields);
            assert_eq!(answer.get("error.field").map(String::as_str), Some(name), "{url}: {answer:?}");
        }
    }
}

#[test]
fn a_merchant_who_may_no_longer_take_it_has_no_valid_link() {
    let data = tempfile::tempdir().expect("a directory for the store");
    let digest = "3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9";
    let with = |privileges: &str| {
        let merchant =
            format!("[{{ id = \"{MERCHANT}\", password_sha256 = [\"{digest}\"], privileges = [{privileges}] }}]");
        Server::start_on(data.path(), &[("merchant", &merchant)], |_| {})
    };
    let server = with("\"PAY\", \"HOSTED_CHECKOUT\"");
    let (_, path) = link(&server, "order-1", &[("paymentLink.errorUrl", "https://shop.example/e")]);
    let (_, without) = link(&server, "order-2", &[]);
    drop(server);
    for privileges in ["\"PAY\"", "\"HOSTED_CHECKOUT\""] {
        let server = with(privileges);
        assert_sent_to(&pay(&server, &path, "1", APPROVED), "https://shop.example/e?errorCode=LINK_INVALID");
        assert_page(&open(&server, &without), 410, &["This link is not valid any more"]);
    }
    let server = with("\"PAY\", \"HOSTED_CHECKOUT\"");
    assert_page(&pay(&server, &without, "1", APPROVED), 200, &["complete"]);
}

#[test]
fn the_address_of_a_link_is_the_one_that_is_configured_or_asked() {
    let server = Server::start_with(&[("public_url", "\"https://pay.example/gateway/\"")]);
    let fields = [
        ("apiOperation", "INITIATE_CHECKOUT"),
        ("checkoutMode", "PAYMENT_LINK"),
        ("interaction.operation", "PURCHASE"),
        ("order.id", "order-1"),
        ("order.amount", "1"),
        ("order.currency", "USD"),
    ];
    let answer = server.post_as(MERCHANT, 100, &fields);
    assert_eq!(answer["paymentLink.url"], format!("https://pay.example/gateway/pbl/{}", answer["paymentLink.id"]));
    let server = Server::start();
    let body = format!(
        "{}&merchant={MERCHANT}&apiUsername=merchant.{MERCHANT}&apiPassword={}",
        serde_urlencoded::to_string(fields).expect("it can be encoded"),
        PASSWORD
    );
    for (host, expected) in [
        ("Host: shop.example:8080\r\n", Some("http://shop.example:8080/pbl/PAYLINK0001")),
        ("Host: <script>\r\n", None),
        ("", None),
    ] {
        let head = format!("POST /api/nvp/version/100 HTTP/1.1\r\n{host}Content-Length: {}\r\n\r\n", body.len());
        let answer = exchange(&mut BufReader::new(server.connect()), (head + &body).as_bytes()).pairs();
        let url = answer.get("paymentLink.url").map(|url| url.split_at(expected.map_or(0, str::len)).0);
        assert_eq!(url, expected, "{host}: {answer:?}");
    }
}
