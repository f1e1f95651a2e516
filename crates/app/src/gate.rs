//! A gate for expensive derivations: a few at a time, the others wait their turn and nobody is refused.
//!
//! Without it, many people at once would each slow down all others, and pass phrases take 64 MiB each.

use tokio::sync::Semaphore;

use crate::AppError;

/// The gate.
pub struct Gate {
    places: Semaphore,
}

impl Gate {
    /// A gate with so many places.
    pub fn new(places: usize) -> Self {
        Self {
            places: Semaphore::new(places.max(1)),
        }
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
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| AppError::Task)
    }
}
