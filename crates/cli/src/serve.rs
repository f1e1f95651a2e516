//! Serving: the web server, the runner, and an end that loses nothing.

use std::{io::Write, net::SocketAddr, process::ExitCode, time::Duration};

use anyhow::Context;
use safehold_seal::LockParams;
use safehold_web::team::content;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{
    config::Config,
    wiring::{self, Program},
};

/// How often content that another process may have changed is read anew.
const REFRESH: Duration = Duration::from_secs(10);
/// How long requests that are under way may take to end when the program stops.
const PATIENCE: Duration = Duration::from_secs(20);

/// Serves an organisation.
///
/// # Errors
/// With what is wrong and what to do.
pub async fn serve(config: Config) -> anyhow::Result<ExitCode> {
    let program = wiring::program(&config, LockParams::default()).await?;
    run(&config, program, |_, _| Ok(())).await
}

/// Serves until it is told to stop. `ready` is called with the address when the program answers.
///
/// # Errors
/// With what is wrong and what to do.
pub async fn run(
    config: &Config,
    program: Program,
    ready: impl FnOnce(&str, &mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<ExitCode> {
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "the address {} cannot be listened on (if it is taken, choose another with --listen)",
            config.listen
        )
    })?;
    let own = format!("http://{}", listener.local_addr()?);
    let base_url = config.base_url.clone().unwrap_or_else(|| own.clone());
    let site = wiring::site(&program, config, &base_url).await?;
    let runner = wiring::runner(&program, config, &base_url)?;

    let mut out = std::io::stdout();
    writeln!(out, "Safehold answers at {base_url}")?;
    if let Some(token) = &site.setup_token {
        writeln!(out, "Set it up here, once: {base_url}/setup?token={token}")?;
    }
    ready(&base_url, &mut out)?;
    out.flush()?;

    let (stop, stopped) = watch::channel(false);
    let (web, app) = (site.web.clone(), site.app.clone());
    let mut waiting = stopped.clone();
    let background = tokio::spawn(async move { runner.run(until(&mut waiting)).await });
    let mut waiting = stopped.clone();
    let refreshing = tokio::spawn(async move {
        loop {
            tokio::select! {
                () = until(&mut waiting) => break,
                () = tokio::time::sleep(REFRESH) => {
                    if let Err(error) = content::refresh(&web, &app).await {
                        tracing::warn!(error.chain = %error, "the organisation's content could not be read anew");
                    }
                }
            }
        }
    });
    let service = safehold_web::site(site).into_make_service_with_connect_info::<SocketAddr>();
    let mut waiting = stopped.clone();
    let server =
        axum::serve(listener, service).with_graceful_shutdown(async move { until(&mut waiting).await });
    let mut server = tokio::spawn(server.into_future());
    tokio::select! {
        () = told_to_stop() => {}
        ended = &mut server => ended??,
    }
    tracing::info!("stopping");
    stop.send(true).ok();
    if tokio::time::timeout(PATIENCE, server).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    refreshing.await.ok();
    background.await.ok();
    program.app.store().quiesce().await;
    Ok(ExitCode::SUCCESS)
}

async fn until(stopped: &mut watch::Receiver<bool>) {
    // If the sender is gone, the program is ending too.
    stopped.wait_for(|stopped| *stopped).await.ok();
}

async fn told_to_stop() {
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
        // Without signals there is no way to be told; the program ends with its process.
        _ => std::future::pending().await,
    }
}
