//! A gate for expensive derivations: a few at a time, the others wait their turn and nobody is refused.
//!
//! Without it, many people at once would each slow down all others, and pass phrases take 64 MiB each.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Semaphore;

use crate::AppError;

/// The gate.
pub struct Gate {
    places: Semaphore,
    begun: AtomicU64,
}

impl Gate {
    /// A gate with so many places.
    pub fn new(places: usize) -> Self {
        Self {
            places: Semaphore::new(places.max(1)),
            begun: AtomicU64::new(0),
        }
    }

    /// How many derivations it has let through: tests compare what has to be the same work.
    pub fn count(&self) -> u64 {
        self.begun.load(Ordering::Relaxed)
    }

    /// Runs something that takes the processor for a while, away from the threads that answer requests.
    ///
    /// # Errors
    /// [`AppError::Task`] if it did not finish.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let _place = self.places.acquire().await.map_err(|_| AppError::Task)?;
        self.begun.fetch_add(1, Ordering::Relaxed);
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| AppError::Task)
    }
}
