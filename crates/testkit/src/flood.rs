//! A flood: many requests at once that nobody means, from one address or from many.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use tokio::task::JoinSet;

use crate::browser::{Browser, Reads};

/// What the requests of a flood are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Reports are begun, each by somebody new.
    Begun,
    /// Whole reports are written and sent.
    Reports,
    /// Words are guessed.
    Words,
    /// Pass phrases are guessed.
    PassPhrases,
    /// Reports are sent that were never written, each with a cookie that was made up.
    MadeUp,
}

impl Kind {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Begun,
        Self::Reports,
        Self::Words,
        Self::PassPhrases,
        Self::MadeUp,
    ];
}

/// Where a flood comes from.
#[derive(Debug, Clone, Copy)]
pub enum Source {
    /// One address.
    One(IpAddr),
    /// So many addresses, in the network 127.73.0.0/16.
    Many(u8),
    /// One address, each request with another `X-Forwarded-For`.
    Forwarded(IpAddr),
}

#[derive(Debug, Default)]
struct Counted {
    answered: AtomicU64,
    put_off: AtomicU64,
    lost: AtomicU64,
}

/// What became of the requests of a flood.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// Requests that got an answer, whatever it said.
    pub answered: u64,
    /// Requests that were asked to come again in a moment.
    pub put_off: u64,
    /// Requests whose connection ended without an answer.
    pub lost: u64,
}

/// A flood that goes on until it is stopped.
pub struct Flood {
    going: Arc<AtomicBool>,
    counted: Arc<Counted>,
    tasks: JoinSet<()>,
}

impl Flood {
    /// Begins a flood of all kinds of requests with so many connections at once.
    pub fn start(address: &str, source: Source, connections: usize) -> Self {
        let mut flood = Self {
            going: Arc::new(AtomicBool::new(true)),
            counted: Arc::default(),
            tasks: JoinSet::new(),
        };
        for number in 0..connections {
            let (going, counted) = (Arc::clone(&flood.going), Arc::clone(&flood.counted));
            let address = address.to_owned();
            flood.tasks.spawn(async move {
                let mut browser = somebody(&address, source, number);
                let kinds = Kind::ALL.into_iter().cycle().skip(number % Kind::ALL.len());
                for (round, kind) in kinds.enumerate() {
                    if !going.load(Ordering::Relaxed) {
                        break;
                    }
                    browser.begin_anew();
                    if let Source::Forwarded(_) = source {
                        let forwarded = format!("198.51.{}.{}", number % 256, round % 256);
                        browser.add("X-Forwarded-For", &forwarded);
                    }
                    let count = match ask(&mut browser, kind, round).await {
                        Ok(429) => &counted.put_off,
                        Ok(_) => &counted.answered,
                        Err(_) => &counted.lost,
                    };
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        flood
    }

    /// What became of its requests so far.
    pub fn counts(&self) -> Counts {
        Counts {
            answered: self.counted.answered.load(Ordering::Relaxed),
            put_off: self.counted.put_off.load(Ordering::Relaxed),
            lost: self.counted.lost.load(Ordering::Relaxed),
        }
    }

    /// Ends it, without waiting for what is under way.
    pub async fn stop(mut self) -> Counts {
        self.going.store(false, Ordering::Relaxed);
        self.tasks.shutdown().await;
        self.counts()
    }
}

fn somebody(address: &str, source: Source, number: usize) -> Browser {
    let browser = Browser::new(address);
    match source {
        Source::One(from) | Source::Forwarded(from) => browser.from(from),
        Source::Many(addresses) => {
            let last = number % usize::from(addresses.max(1));
            let last = u8::try_from(last).unwrap_or(u8::MAX);
            browser.from(Ipv4Addr::new(127, 73, 1, last).into())
        }
    }
}

/// One request of the flood, or the few that belong together; answers the last one's status.
async fn ask(browser: &mut Browser, kind: Kind, round: usize) -> std::io::Result<u16> {
    let answer = match kind {
        Kind::Begun => browser.post("/report/danger", &[("danger", "no")]).await?,
        Kind::Reports => {
            match browser.write("Noise.", Reads::Nothing).await {
                Ok(()) => browser.post("/report/send", &[]).await?,
                // One of the pages was put off.
                Err(error) if error.to_string().starts_with("429") => return Ok(429),
                Err(error) => return Err(error),
            }
        }
        Kind::Words => {
            let guess = [("words", "abacus abdomen abdominal abide abiding ability ablaze")];
            browser.post("/return", &guess).await?
        }
        Kind::PassPhrases => {
            let email = format!("nobody{round}@riverbank.example");
            let guess = [("email", email.as_str()), ("pass", "guess"), ("code", "123456")];
            browser.post("/desk/sign-in", &guess).await?
        }
        Kind::MadeUp => {
            // A visit that could be, and of which there is none.
            let cookie = format!("visit=AAAAAAAAQACA{round:A>52}");
            browser.add("Cookie", &cookie);
            browser.post("/report/send", &[]).await?
        }
    };
    Ok(answer.status)
}
