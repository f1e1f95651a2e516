//! A pace: so many at once cost nothing, and what comes beyond waits a little, but never for ever and never in vain.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Beyond so many places, those that are back to rest are forgotten.
const TIDY_AT: usize = 10_000;

/// How many at once, how many a second after that, and the longest wait.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    burst: f64,
    each_second: f64,
    longest: Duration,
}

impl Pace {
    pub(super) const fn new(burst: f64, each_second: f64, longest: Duration) -> Self {
        Self {
            burst,
            each_second,
            longest,
        }
    }
}

/// What each place has used of its pace.
pub(super) struct Counts<K> {
    pace: Pace,
    used: Mutex<HashMap<K, (f64, Instant)>>,
}

impl<K: Eq + Hash + Clone> Counts<K> {
    pub(super) fn new(pace: Pace) -> Self {
        Self {
            pace,
            used: Mutex::new(HashMap::new()),
        }
    }

    /// Counts one more, and says how long it waits.
    pub(super) fn wait(&self, place: &K) -> Duration {
        let now = Instant::now();
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let rested = |(level, at): (f64, Instant)| {
            (level - now.duration_since(at).as_secs_f64() * self.pace.each_second).max(0.0)
        };
        if used.len() >= TIDY_AT {
            used.retain(|_, level| rested(*level) > 0.0);
        }
        let level = used.get(place).copied().map_or(0.0, rested) + 1.0;
        used.insert(place.clone(), (level, now));
        let over = (level - self.pace.burst).max(0.0);
        Duration::from_secs_f64((over / self.pace.each_second).min(self.pace.longest.as_secs_f64()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn thirty_people_wait_for_nothing_and_a_flood_waits_and_then_rests() {
        let counts = Counts::new(Pace::new(30.0, 1.0, Duration::from_secs(20)));
        for _ in 0..30 {
            assert_eq!(counts.wait(&"office"), Duration::ZERO);
        }
        assert_eq!(counts.wait(&"office"), Duration::from_secs(1));
        for _ in 0..100 {
            counts.wait(&"office");
        }
        assert_eq!(counts.wait(&"office"), Duration::from_secs(20));
        assert_eq!(counts.wait(&"home"), Duration::ZERO);
        tokio::time::advance(Duration::from_secs(200)).await;
        assert_eq!(counts.wait(&"office"), Duration::ZERO);
    }
}
