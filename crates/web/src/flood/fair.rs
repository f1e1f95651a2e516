//! A gate that gives each place its turn, and within a place each visit: who sends much waits behind itself.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

/// What a place and a visit are told apart by.
pub(super) trait Key: Clone + Eq + Hash + Send + Sync + 'static {}

impl<T: Clone + Eq + Hash + Send + Sync + 'static> Key for T {}

/// How many may be inside at the same time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Most {
    /// How many have a turn.
    pub(super) turns: usize,
    /// From one place, without a visit that is known.
    pub(super) strangers: usize,
    /// Of one visit.
    pub(super) of_visit: usize,
    /// From one place, of all its visits.
    pub(super) visitors: usize,
}

/// The gate.
pub(super) struct Fair<K: Key>(Arc<Mutex<State<K>>>);

struct State<K> {
    most: Most,
    free: usize,
    places: HashMap<K, Place>,
    /// Places in which somebody waits, in the order of their next turn; each is in it once.
    turns: VecDeque<K>,
}

/// What is known of a place while somebody from it is inside.
#[derive(Default)]
struct Place {
    inside: HashMap<Option<u64>, usize>,
    visitors: usize,
    waiting: HashMap<Option<u64>, VecDeque<oneshot::Sender<()>>>,
    /// Visits that wait; who has none is one of them.
    turns: VecDeque<Option<u64>>,
}

/// Somebody who is inside; they may take a turn.
pub(super) struct Guest<K: Key> {
    gate: Arc<Mutex<State<K>>>,
    place: K,
    visit: Option<u64>,
}

/// A turn; the next begins when it is dropped.
pub(super) struct Turn<'g, K: Key>(&'g Guest<K>);

impl<K: Key> Fair<K> {
    pub(super) fn new(most: Most) -> Self {
        Self(Arc::new(Mutex::new(State {
            most,
            free: most.turns,
            places: HashMap::new(),
            turns: VecDeque::new(),
        })))
    }

    /// Lets somebody in; `None` if too many like them are inside already. `visit` is a visit that is known.
    pub(super) fn admit(&self, place: K, visit: Option<u64>) -> Option<Guest<K>> {
        let mut state = lock(&self.0);
        let most = state.most;
        let here = state.places.entry(place.clone()).or_default();
        let count = here.inside.get(&visit).copied().unwrap_or(0);
        let is_full = match visit {
            None => count >= most.strangers,
            Some(_) => count >= most.of_visit || here.visitors >= most.visitors,
        };
        if is_full {
            return None;
        }
        here.inside.insert(visit, count + 1);
        here.visitors += usize::from(visit.is_some());
        Some(Guest {
            gate: Arc::clone(&self.0),
            place,
            visit,
        })
    }
}

impl<K: Key> Guest<K> {
    /// Waits for a turn.
    pub(super) async fn turn(&self) -> Turn<'_, K> {
        let turn = {
            let mut state = lock(&self.gate);
            if state.free > 0 {
                state.free -= 1;
                return Turn(self);
            }
            state.wait(&self.place, self.visit)
        };
        // Made before the wait: who goes away while a turn is on its way to them hands it on.
        let waits = Waits {
            guest: self,
            turn: Some(turn),
        };
        waits.end().await
    }
}

/// Somebody who waits for a turn.
struct Waits<'g, K: Key> {
    guest: &'g Guest<K>,
    turn: Option<oneshot::Receiver<()>>,
}

impl<'g, K: Key> Waits<'g, K> {
    async fn end(mut self) -> Turn<'g, K> {
        if let Some(turn) = &mut self.turn {
            // The sender is only ever dropped after it was used: it is in the gate, which this holds.
            let _ = turn.await;
        }
        self.turn = None;
        Turn(self.guest)
    }
}

impl<K: Key> Drop for Waits<'_, K> {
    fn drop(&mut self) {
        if let Some(turn) = &mut self.turn {
            turn.close();
            if turn.try_recv().is_ok() {
                drop(Turn(self.guest));
            }
        }
    }
}

fn lock<K>(state: &Arc<Mutex<State<K>>>) -> MutexGuard<'_, State<K>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<K: Key> State<K> {
    fn wait(&mut self, place: &K, visit: Option<u64>) -> oneshot::Receiver<()> {
        let (sender, turn) = oneshot::channel();
        let here = self.places.entry(place.clone()).or_default();
        if here.turns.is_empty() {
            self.turns.push_back(place.clone());
        }
        let queue = here.waiting.entry(visit).or_default();
        queue.push_back(sender);
        if queue.len() == 1 {
            here.turns.push_back(visit);
        }
        turn
    }

    /// Whoever is next: from the place whose turn it is, the visit whose turn it is.
    fn next(&mut self) -> Option<oneshot::Sender<()>> {
        let place = self.turns.pop_front()?;
        let here = self.places.get_mut(&place)?;
        let next = here.next();
        if !here.turns.is_empty() {
            self.turns.push_back(place);
        }
        next
    }
}

impl Place {
    fn next(&mut self) -> Option<oneshot::Sender<()>> {
        let visit = self.turns.pop_front()?;
        let queue = self.waiting.get_mut(&visit)?;
        let next = queue.pop_front();
        if queue.is_empty() {
            self.waiting.remove(&visit);
        } else {
            self.turns.push_back(visit);
        }
        next
    }
}

impl<K: Key> Drop for Turn<'_, K> {
    fn drop(&mut self) {
        let mut state = lock(&self.0.gate);
        while let Some(next) = state.next() {
            // Who went away can take no turn: it goes to the one after.
            if next.send(()).is_ok() {
                return;
            }
        }
        state.free += 1;
    }
}

impl<K: Key> Drop for Guest<K> {
    fn drop(&mut self) {
        let mut state = lock(&self.gate);
        let Some(here) = state.places.get_mut(&self.place) else {
            return;
        };
        if let Some(count) = here.inside.get_mut(&self.visit) {
            *count -= 1;
            if *count == 0 {
                here.inside.remove(&self.visit);
            }
        }
        here.visitors -= usize::from(self.visit.is_some());
        if here.inside.is_empty() && here.turns.is_empty() {
            state.places.remove(&self.place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: Most = Most {
        turns: 1,
        strangers: 1_000,
        of_visit: 1_000,
        visitors: 1_000,
    };

    /// In which order these have their turn, while somebody else has it first.
    async fn order<K: Key + std::fmt::Debug>(people: Vec<(K, Option<u64>)>) -> Vec<(K, Option<u64>)> {
        let gate = Fair::new(MANY);
        let first = gate.admit(people[0].0.clone(), people[0].1).unwrap();
        let turn = first.turn().await;
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = Vec::new();
        for (place, visit) in people {
            let guest = gate.admit(place.clone(), visit).unwrap();
            let order = Arc::clone(&order);
            tasks.push(tokio::spawn(async move {
                let turn = guest.turn().await;
                order.lock().unwrap().push((place, visit));
                drop(turn);
            }));
            tokio::task::yield_now().await;
        }
        drop(turn);
        for task in tasks {
            task.await.unwrap();
        }
        drop(first);
        let state = lock(&gate.0);
        assert_eq!(state.free, 1);
        assert!(
            state.places.is_empty() && state.turns.is_empty(),
            "something is left"
        );
        Arc::try_unwrap(order).unwrap().into_inner().unwrap()
    }

    #[tokio::test]
    async fn somebody_else_waits_for_one_turn_however_many_wait_elsewhere() {
        let mut people = vec![("flood", None); 100];
        people.push(("person", None));
        let order = order(people).await;
        assert_eq!(order.iter().position(|(place, _)| *place == "person"), Some(1));
    }

    #[tokio::test]
    async fn somebody_in_the_same_place_waits_for_one_turn_if_their_visit_is_known() {
        let mut people = vec![("office", None); 100];
        people.extend([("office", Some(7)); 20]);
        people.push(("office", Some(8)));
        let order = order(people).await;
        assert_eq!(order.iter().position(|(_, visit)| *visit == Some(8)), Some(2));
    }

    #[tokio::test]
    async fn who_has_too_many_inside_is_put_off_and_others_are_not() {
        let gate = Fair::new(Most {
            turns: 1,
            strangers: 2,
            of_visit: 1,
            visitors: 2,
        });
        let mut inside = vec![
            gate.admit("flood", None).unwrap(),
            gate.admit("flood", None).unwrap(),
        ];
        assert!(gate.admit("flood", None).is_none());
        inside.push(gate.admit("flood", Some(1)).unwrap());
        assert!(gate.admit("flood", Some(1)).is_none());
        inside.push(gate.admit("flood", Some(2)).unwrap());
        assert!(gate.admit("flood", Some(3)).is_none());
        inside.push(gate.admit("person", None).unwrap());
        inside.clear();
        assert!(lock(&gate.0).places.is_empty(), "a place is remembered");
        assert!(gate.admit("flood", None).is_some());
    }

    #[tokio::test]
    async fn who_goes_away_holds_nobody_up() {
        let gate = Fair::new(MANY);
        let first = gate.admit(1, None).unwrap();
        let turn = first.turn().await;
        let mut gone = Vec::new();
        for place in [2, 2, 3] {
            let guest = gate.admit(place, None).unwrap();
            gone.push(tokio::spawn(async move {
                guest.turn().await;
                std::future::pending::<()>().await;
            }));
        }
        tokio::task::yield_now().await;
        // One goes while it waits, one when a turn was given to it that it has not taken.
        gone[0].abort();
        drop(turn);
        gone[1].abort();
        gone[2].abort();
        for task in gone {
            let _ = task.await;
        }
        let last = gate.admit(4, None).unwrap();
        drop(last.turn().await);
        assert_eq!(lock(&gate.0).free, 1);
    }
}
