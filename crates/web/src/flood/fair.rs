//! A gate that gives each place its turn: who sends much waits behind itself.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

/// The gate.
pub(super) struct Fair<K: Clone + Eq + Hash>(Arc<Mutex<State<K>>>);

struct State<K: Clone + Eq + Hash> {
    free: usize,
    most_waiting: usize,
    waiting: HashMap<K, VecDeque<oneshot::Sender<Turn<K>>>>,
    /// Places that wait, in the order of their next turn; each is in it once.
    turns: VecDeque<K>,
}

/// A turn; the next begins when it is dropped.
pub(super) struct Turn<K: Clone + Eq + Hash>(Option<Arc<Mutex<State<K>>>>);

impl<K: Clone + Eq + Hash> Fair<K> {
    pub(super) fn new(at_a_time: usize, most_waiting: usize) -> Self {
        Self(Arc::new(Mutex::new(State {
            free: at_a_time,
            most_waiting,
            waiting: HashMap::new(),
            turns: VecDeque::new(),
        })))
    }

    /// Waits for a turn; `None` if too many of this place wait already.
    pub(super) async fn enter(&self, place: K) -> Option<Turn<K>> {
        let turn = {
            let mut state = lock(&self.0);
            if state.free > 0 {
                state.free -= 1;
                return Some(Turn(Some(Arc::clone(&self.0))));
            }
            let most = state.most_waiting;
            let queue = state.waiting.entry(place.clone()).or_default();
            if queue.len() >= most {
                return None;
            }
            let (sender, turn) = oneshot::channel();
            queue.push_back(sender);
            if queue.len() == 1 {
                state.turns.push_back(place);
            }
            turn
        };
        turn.await.ok()
    }
}

fn lock<K: Clone + Eq + Hash>(state: &Arc<Mutex<State<K>>>) -> MutexGuard<'_, State<K>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<K: Clone + Eq + Hash> State<K> {
    /// Whoever is next, from the place whose turn it is.
    fn next(&mut self) -> Option<oneshot::Sender<Turn<K>>> {
        let place = self.turns.pop_front()?;
        let queue = self.waiting.get_mut(&place)?;
        let next = queue.pop_front();
        if queue.is_empty() {
            self.waiting.remove(&place);
        } else {
            self.turns.push_back(place);
        }
        next
    }
}

impl<K: Clone + Eq + Hash> Drop for Turn<K> {
    fn drop(&mut self) {
        let Some(gate) = self.0.take() else {
            return;
        };
        loop {
            let next = lock(&gate).next();
            let Some(next) = next else {
                break;
            };
            match next.send(Self(Some(Arc::clone(&gate)))) {
                Ok(()) => return,
                // They went away: their turn goes to the next, and must not drop into this place again.
                Err(mut unused) => unused.0 = None,
            }
        }
        lock(&gate).free += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn somebody_else_waits_for_one_turn_however_many_wait_elsewhere() {
        let gate = Arc::new(Fair::new(1, 1000));
        let first = gate.enter("flood").await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = Vec::new();
        for place in std::iter::repeat_n("flood", 100).chain(["person"]) {
            let (gate, order) = (Arc::clone(&gate), Arc::clone(&order));
            tasks.push(tokio::spawn(async move {
                let turn = gate.enter(place).await;
                order.lock().unwrap().push(place);
                drop(turn);
            }));
            tokio::task::yield_now().await;
        }
        drop(first);
        for task in tasks {
            task.await.unwrap();
        }
        let place = order.lock().unwrap().iter().position(|place| *place == "person");
        assert_eq!(place, Some(1));
        assert_eq!(lock(&gate.0).free, 1);
    }

    #[tokio::test]
    async fn a_place_with_too_many_waiting_is_asked_to_come_again_and_others_are_not() {
        let gate = Arc::new(Fair::new(1, 1));
        let first = gate.enter("flood").await.unwrap();
        let waiting = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.enter("flood").await.is_some() }
        });
        tokio::task::yield_now().await;
        assert!(gate.enter("flood").await.is_none());
        let other = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.enter("person").await.is_some() }
        });
        tokio::task::yield_now().await;
        drop(first);
        assert!(waiting.await.unwrap() && other.await.unwrap());
    }

    #[tokio::test]
    async fn who_goes_away_holds_nobody_up() {
        let gate = Arc::new(Fair::new(1, 10));
        let first = gate.enter(1).await.unwrap();
        let gone = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.enter(2).await.is_some() }
        });
        tokio::task::yield_now().await;
        gone.abort();
        let _ = gone.await;
        drop(first);
        assert!(gate.enter(3).await.is_some());
        assert_eq!(lock(&gate.0).free, 1);
    }
}
