//! Serving: the web server, the runner, and an end that loses nothing.

use std::{io::Write, net::SocketAddr, process::ExitCode, time::Duration};

use anyhow::Context;
use safehold_seal::LockParams;
use safehold_web::{
    flood::{self, Door},
    team::content,
};
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

/// The most connections at the same time: some tens of kilobytes each.
const MOST_CONNECTIONS: u64 = 4_096;
/// Files that the database, mail and the program itself may have open beside them.
const OWN_FILES: u64 = 128;

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
    if is_readable_on_the_way(config.listen, &base_url) {
        tracing::warn!(
            "pages are reached from elsewhere without https: what people write can be read and changed on the way. \
             Put a proxy with TLS in front and set base_url (docs/operating.md)"
        );
    }
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
    let door = Door {
        most: connections(),
        behind_proxy: config.behind_proxy,
    };
    let router = safehold_web::site(site);
    let mut waiting = stopped.clone();
    let mut server =
        tokio::spawn(async move { flood::serve(listener, router, door, until(&mut waiting)).await });
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

/// Whether people reach the program from another machine in clear.
fn is_readable_on_the_way(listen: SocketAddr, base_url: &str) -> bool {
    let Some(host) = base_url.strip_prefix("http://") else {
        return false;
    };
    let is_here = ["localhost", "127.", "[::1]"]
        .iter()
        .any(|name| host.starts_with(name));
    !listen.ip().is_loopback() || !is_here
}

/// How many connections there can be: many systems let a process have 1,024 open files unless it asks for more.
fn connections() -> usize {
    let files = rlimit::increase_nofile_limit(MOST_CONNECTIONS + OWN_FILES).unwrap_or(1_024);
    let connections = files.saturating_sub(OWN_FILES).clamp(16, MOST_CONNECTIONS);
    usize::try_from(connections).unwrap_or(usize::MAX)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_or_an_open_address_without_https_is_warned_of() {
        let cases = [
            ("127.0.0.1:8080", "http://127.0.0.1:8080", false),
            ("[::1]:8080", "http://localhost:8080", false),
            ("127.0.0.1:8080", "https://safe.example.org", false),
            ("0.0.0.0:8080", "https://safe.example.org", false),
            ("127.0.0.1:8080", "http://safe.example.org", true),
            ("0.0.0.0:8080", "http://0.0.0.0:8080", true),
            ("192.0.2.1:80", "http://127.0.0.1", true),
        ];
        for (listen, base_url, warned) in cases {
            let listen = listen.parse().unwrap();
            assert_eq!(
                is_readable_on_the_way(listen, base_url),
                warned,
                "{listen} {base_url}"
            );
        }
    }
}
