//! Serves the whole site on a throwaway database, to look at the pages of the form and of following a report:
//! `cargo run -p safehold-web --example preview_report`. It prints its address, and stops with Ctrl-C.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a tool for people who lay out pages, on the helper of the tests"
)]
#![allow(dead_code, reason = "the helper is shared with the tests")]

#[path = "../tests/report/app.rs"]
mod app;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let site = app::new_site().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, site.router.clone()).await?;
    Ok(())
}
