//! The table of faces: a line for each way to speak to the gateway.

use crate::admin::{Health, Reference};
use crate::config::Config;
use crate::faces::nvp::Nvp;
use crate::faces::payment_link::PaymentLink;
use crate::faces::{Face, Faces};
use crate::gateway::Gateway;
use std::sync::Arc;

/// The faces of a gateway.
pub(super) fn faces(config: &Config, gateway: &Arc<Gateway>) -> Faces {
    let faces: Vec<Box<dyn Face>> = vec![
        Box::new(Nvp::new(Arc::clone(gateway), config.nvp.clone())),
        Box::new(PaymentLink::new(Arc::clone(gateway))),
        Box::new(Reference),
        Box::new(Health::new(Arc::clone(gateway))),
    ];
    Faces::new(faces, config.nvp.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::Environment;
    use crate::faces::{Headers, Method, Request};
    use crate::store::{self, Store};

    struct NoHeaders;

    impl Headers for NoHeaders {
        fn text(&self, _name: &str) -> Option<&str> {
            None
        }
    }

    #[test]
    fn addresses_that_exist_and_those_that_do_not() {
        let directory = tempfile::tempdir().unwrap();
        let data = toml::Value::from(directory.path().to_str().unwrap()).to_string();
        let config = Config::default_with(&[("data", &data), ("nvp.status", "\"rest\"")]).unwrap();
        let settings = store::Settings { place: config.place.clone(), master_key: config.master_key.clone() };
        let gateway = crate::app::gateway(&config, Store::open(&settings).unwrap(), Environment::real());
        let faces = faces(&config, &Arc::new(gateway));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        // An operation without credentials is 401, a link that nobody has made 404.
        for (method, path, name, status) in [
            ("POST", "/api/nvp/version/100", "operation", 401),
            ("POST", "/api/nvp/version/1/", "operation", 401),
            ("POST", "/api/nvp//version/35", "operation", 401),
            ("POST", "//api//nvp//version//35//", "operation", 401),
            ("GET", "/api/nvp/version/100", "operation", 405),
            ("PUT", "/api/nvp/version/100", "operation", 405),
            ("BREW", "/api/nvp/version/100", "operation", 405),
            ("GET", "/api/nvp/version/101", "operation", 404),
            ("POST", "/api/nvp/version/0", "operation", 404),
            ("POST", "/api/nvp/version/abc", "operation", 404),
            ("POST", "/api/nvp/version", "unknown", 404),
            ("POST", "/api/nvp/version/", "unknown", 404),
            ("POST", "/api/nvp/version/100/x", "unknown", 404),
            ("POST", "/api/nvp/version/100/information/x", "unknown", 404),
            ("POST", "/API/nvp/version/100", "unknown", 404),
            ("GET", "/api/nvp/version/100/information", "information", 200),
            ("POST", "/api/nvp/version/100/information/", "information", 200),
            ("GET", "/api/nvp/version/101/information", "information", 404),
            ("DELETE", "/api/nvp/version/100/information", "information", 405),
            ("GET", "/pbl/PAYLINK1", "payment link", 404),
            ("HEAD", "/pbl/PAYLINK1/", "payment link", 404),
            ("POST", "/pbl/PAYLINK1", "payment link", 404),
            ("PUT", "/pbl/PAYLINK1", "payment link", 405),
            ("GET", "/pbl/", "unknown", 404),
            ("GET", "/pbl/PAYLINK1/x", "unknown", 404),
            ("GET", "/reference/", "reference", 200),
            ("HEAD", "/reference", "reference", 200),
            ("POST", "/reference", "reference", 405),
            ("GET", "/health/live", "live", 200),
            ("HEAD", "/health/ready/", "ready", 200),
            ("POST", "/health/ready", "ready", 405),
            ("GET", "/", "unknown", 404),
            ("OPTIONS", "*", "unknown", 404),
            ("GET", "", "unknown", 404),
        ] {
            let request = Request {
                method: Method::parse(method),
                path: Request::segments(path),
                query: "",
                headers: &NoHeaders,
                body: Ok(b""),
            };
            let (found, reply) = runtime.block_on(faces.answer(&request));
            assert_eq!((found, reply.status), (name, status), "{method} {path}");
        }
    }
}
