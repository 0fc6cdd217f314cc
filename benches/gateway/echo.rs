//! The baseline: what actix-web alone does with the same request, body read whole and sent back.

use crate::Outcome;
use actix_web::{App, HttpResponse, HttpServer, web};
use std::io::Write;

async fn echo(body: web::Bytes) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain;charset=UTF-8").body(body)
}

/// Serves on a free port until the process is killed, with a worker for each CPU as the gateway has.
pub fn serve() -> Outcome<()> {
    actix_web::rt::System::new().block_on(async {
        let workers = std::thread::available_parallelism()?.get();
        let server =
            HttpServer::new(|| App::new().default_service(web::to(echo))).workers(workers).bind("127.0.0.1:0")?;
        for address in server.addrs() {
            writeln!(std::io::stdout(), "echo listening on http://{address}")?;
        }
        server.run().await?;
        Ok(())
    })
}
