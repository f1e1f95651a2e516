//! The door: takes connections, and keeps one place from taking up all that there can be.
//!
//! A system lets a process have only so many connections. Without an end to idle ones, somebody who opens many and
//! says nothing on them would keep everybody else outside.

use std::{
    collections::{BTreeMap, HashMap},
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulConnection, GracefulShutdown},
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinSet},
};
use tower::ServiceExt;

use super::source::{Source, Sources};

/// How long a connection may take to say what it wants, or be idle: a browser opens another when it needs one.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long to wait when the system gives no connection.
const PAUSE: Duration = Duration::from_millis(50);

/// How connections are taken.
#[derive(Debug, Clone, Copy)]
pub struct Door {
    /// So many connections at the same time.
    pub most: usize,
    /// Whether all come from a proxy of ours, which then has to keep its visitors from taking all.
    pub behind_proxy: bool,
}

/// Connections that are open.
struct Open {
    sources: Sources,
    by_place: HashMap<Source, BTreeMap<u64, AbortHandle>>,
    places: HashMap<tokio::task::Id, (Source, u64)>,
    tasks: JoinSet<()>,
    number: u64,
}

impl Open {
    fn new() -> Self {
        Self {
            sources: Sources::default(),
            by_place: HashMap::new(),
            places: HashMap::new(),
            tasks: JoinSet::new(),
            number: 0,
        }
    }

    fn add(&mut self, from: IpAddr, connection: impl Future<Output = ()> + Send + 'static) {
        let place = self.sources.of(Some(from));
        let handle = self.tasks.spawn(connection);
        self.number += 1;
        self.places.insert(handle.id(), (place, self.number));
        self.by_place
            .entry(place)
            .or_default()
            .insert(self.number, handle);
    }

    /// Waits until one has ended, if there is any.
    async fn ended(&mut self) {
        let id = match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => id,
            Some(Err(error)) => error.id(),
            None => return std::future::pending().await,
        };
        let Some((place, number)) = self.places.remove(&id) else {
            return;
        };
        if let Some(here) = self.by_place.get_mut(&place) {
            here.remove(&number);
            if here.is_empty() {
                self.by_place.remove(&place);
            }
        }
    }

    /// Ends the oldest connection of the place that has most. What it asked for and is under way is still done.
    fn end_one(&mut self) {
        let largest = self.by_place.values_mut().max_by_key(|here| here.len());
        if let Some((_, handle)) = largest.and_then(BTreeMap::pop_first) {
            handle.abort();
        }
    }
}

/// Serves until `stop` is ready, and then until the requests that are under way have been answered.
///
/// # Errors
/// None at present: what goes wrong with one connection ends that connection.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    door: Door,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let graceful = GracefulShutdown::new();
    let mut open = Open::new();
    let mut stop = pin!(stop);
    loop {
        if open.tasks.len() >= door.most {
            if !door.behind_proxy {
                open.end_one();
            }
            tokio::select! {
                () = open.ended() => continue,
                () = &mut stop => break,
            }
        }
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let connection = connection(stream, peer, router.clone());
                    let connection = graceful.watch(connection);
                    open.add(peer.ip(), async move {
                        // How a connection ends is its visitor's affair; the log would hold nothing but noise.
                        let _ = connection.await;
                    });
                }
                Err(error) => {
                    tracing::warn!(error.kind = %error.kind(), "a connection could not be taken");
                    tokio::time::sleep(PAUSE).await;
                }
            },
            () = open.ended() => {}
            () = &mut stop => break,
        }
    }
    drop(listener);
    graceful.shutdown().await;
    Ok(())
}

/// One connection and what answers on it.
fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> impl GracefulConnection<Error = hyper::Error> + Send {
    // Answers are small: waiting for more to send with them would only delay them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(stream), service)
}
