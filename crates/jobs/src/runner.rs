//! The runner: looks at the queue every few seconds and at everything else every minute. What it needs is in the
//! database, so a restart loses nothing.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use safehold_app::{
    App, AppError,
    notices::Notice,
    queue::{self, About, Errand},
    trace, watch,
};
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::mail::{Mail, MailError, Mailer};

/// Why a round was not finished. The next goes on from where it was.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The application.
    #[error(transparent)]
    App(#[from] AppError),
}

/// How often the queue is looked at.
const POLL: Duration = Duration::from_secs(3);
/// How often everything else is.
const WATCH: Duration = Duration::from_mins(1);
/// Every so many rounds a head of the trace is signed: each hour.
const ROUNDS_TO_A_HEAD: u64 = 60;
/// How long a notice waits after each try, in minutes. After the last it is given up, and the desk shows it.
const WAITS: [i64; 8] = [1, 5, 15, 60, 180, 360, 720, 1440];

/// Works off what happens by itself.
pub struct Runner {
    app: App,
    mailer: Option<Mailer>,
}

impl Runner {
    /// A runner. Without a mailer, notices wait on the desk as "mail is not set up".
    pub fn new(app: App, mailer: Option<Mailer>) -> Self {
        Self { app, mailer }
    }

    /// Runs until `stop` is done. A notice that is being sent then is sent again after the next start at worst.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        tokio::select! {
            () = stop => {}
            () = self.watch() => {}
            () = self.send() => {}
        }
        log(
            "the head of the trace could not be signed",
            self.sign_head().await,
        );
    }

    /// By itself, so that a mail server that hangs holds up no escalation.
    async fn watch(&self) {
        let mut ticks = ticks(WATCH);
        let mut rounds: u64 = 0;
        loop {
            ticks.tick().await;
            log("a round of watching did not finish", self.round(rounds).await);
            rounds = rounds.wrapping_add(1);
        }
    }

    async fn send(&self) {
        let mut ticks = ticks(POLL);
        loop {
            ticks.tick().await;
            log("notices could not be worked off", self.drain().await);
        }
    }

    async fn round(&self, rounds: u64) -> Result<(), RunError> {
        watch::round(&self.app).await?;
        // Another process may have changed them.
        self.app.forget_organisation();
        if rounds.is_multiple_of(ROUNDS_TO_A_HEAD) {
            self.sign_head().await?;
        }
        Ok(())
    }

    async fn sign_head(&self) -> Result<(), RunError> {
        trace::sign_head_if_grown(&self.app).await?;
        Ok(())
    }

    /// Everything that happens by itself and is due now.
    ///
    /// # Errors
    /// [`RunError`].
    pub async fn drain(&self) -> Result<(), RunError> {
        loop {
            let errands = queue::take_due(&self.app).await?;
            if errands.is_empty() {
                return Ok(());
            }
            for errand in errands {
                self.go(errand).await?;
            }
        }
    }

    /// One round of watching and then what is due, as the clock has it.
    ///
    /// # Errors
    /// [`RunError`].
    pub async fn catch_up(&self) -> Result<(), RunError> {
        watch::round(&self.app).await?;
        self.drain().await
    }

    async fn go(&self, errand: Errand) -> Result<(), RunError> {
        let mail = match (errand.about, &errand.token) {
            (About::Member(Notice::Invited), Some(token)) => Mail::Invited { token },
            (About::Member(_), _) => Mail::Member,
            (About::Reporter, _) => Mail::Reporter,
        };
        let sent = match &self.mailer {
            Some(mailer) => mailer.send(&errand.address, mail).await,
            None => Err(MailError::Settings("mail is not set up")),
        };
        match sent {
            Ok(()) => queue::done(&self.app, errand.job).await?,
            Err(error) => {
                let kind = if self.mailer.is_none() {
                    "mail-not-set-up".to_owned()
                } else {
                    error.kind()
                };
                tracing::warn!(job.id = %errand.job, error.kind = kind, "a notice was not sent");
                match wait(errand.attempts, self.app.now()).filter(|_| error.may_pass()) {
                    Some(at) => queue::again(&self.app, errand.job, at, kind).await?,
                    None => queue::give_up(&self.app, errand.job, kind).await?,
                }
            }
        }
        Ok(())
    }
}

/// When to try again, if at all. `attempts` counts the try that has just been made.
fn wait(attempts: i64, now: Timestamp) -> Option<Timestamp> {
    let place = usize::try_from(attempts.saturating_sub(1)).ok()?;
    let minutes = WAITS.get(place)?;
    now.checked_add(SignedDuration::from_mins(*minutes)).ok()
}

fn ticks(every: Duration) -> Interval {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

fn log(what: &'static str, result: Result<(), RunError>) {
    if let Err(error) = result {
        let mut chain = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(next) = cause {
            chain.push_str(": ");
            chain.push_str(&next.to_string());
            cause = next.source();
        }
        tracing::error!(error.chain = chain, "{what}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let now = Timestamp::UNIX_EPOCH;
        let minutes = |attempts| wait(attempts, now).map(|at| at.as_second() / 60);
        assert_eq!(minutes(1), Some(1));
        assert_eq!(minutes(8), Some(1440));
        assert_eq!(minutes(9), None);
    }
}
