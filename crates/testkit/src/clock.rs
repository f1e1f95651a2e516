//! A clock that stands still until a test moves it, so that no test sleeps.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// A clock shared by a test and the app under test; clones show the same time.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<Mutex<Timestamp>>);

impl TestClock {
    /// A clock at this time, written as `2026-11-24T09:00:00Z`.
    pub fn at(time: &str) -> Self {
        Self(Arc::new(Mutex::new(parse(time))))
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves it on by this much.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.checked_add(by).expect("a time within the calendar");
    }

    /// Sets it to this time, later or earlier.
    pub fn set(&self, time: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = parse(time);
    }
}

#[cfg(feature = "app")]
impl safehold_app::Clock for TestClock {
    fn now(&self) -> Timestamp {
        Self::now(self)
    }
}

fn parse(time: &str) -> Timestamp {
    time.parse().expect("a time such as 2026-11-24T09:00:00Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_show_the_same_time() {
        let clock = TestClock::at("2026-11-24T09:00:00Z");
        let other = clock.clone();
        clock.advance(SignedDuration::from_hours(2));
        assert_eq!(other.now().to_string(), "2026-11-24T11:00:00Z");
        other.set("2026-01-01T00:00:00Z");
        assert_eq!(clock.now().to_string(), "2026-01-01T00:00:00Z");
    }
}
