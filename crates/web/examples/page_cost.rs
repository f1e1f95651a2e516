//! What a public page costs the server: `cargo run --release -p safehold-web --example page_cost` prints a table.

#![expect(clippy::print_stdout, reason = "a tool that prints a table")]

use std::{sync::Arc, time::Instant};

use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use jiff::{Timestamp, tz::TimeZone};
use safehold_text::Texts;
use safehold_web::state::{Content, WebState};
use tower::ServiceExt;

const PAGES: [&str; 9] = [
    "/",
    "/ask",
    "/help",
    "/statement",
    "/run",
    "/privacy",
    "/accessibility",
    "/listening",
    "/categories",
];
const TIMES: u32 = 500;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let now = Timestamp::constant(1_790_000_000, 0);
    let state = WebState::new(
        Texts::load(None)?,
        Content::example()?,
        Arc::new(move || now),
        TimeZone::UTC,
    );
    let site = safehold_web::router(state);
    println!(
        "{:<16} {:>12} {:>12} {:>10}",
        "page", "plain, µs", "brotli, µs", "bytes"
    );
    for page in PAGES {
        let mut row = [0.0; 2];
        let mut bytes = 0;
        for (place, encoding) in ["identity", "br"].into_iter().enumerate() {
            let begun = Instant::now();
            for _ in 0..TIMES {
                let request = Request::get(page)
                    .header("accept-encoding", encoding)
                    .body(Body::empty())?;
                let response = site.clone().oneshot(request).await?;
                bytes = to_bytes(response.into_body(), usize::MAX).await?.len();
            }
            if let Some(cell) = row.get_mut(place) {
                *cell = begun.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES);
            }
        }
        let [plain, brotli] = row;
        println!("{page:<16} {plain:>12.0} {brotli:>12.0} {bytes:>10}");
    }
    Ok(())
}
