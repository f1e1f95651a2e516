//! Shelves: what each session has opened to search in. In memory only, bounded, and wiped when it goes.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use safehold_core::{
    case::State,
    id::{CaseId, UserId},
};
use safehold_store::shelf::Held;
use tokio::sync::watch;

use super::{Progress, Query, doc::Doc};

/// By what a session is known: the hash of its cookie.
pub(super) type Session = [u8; 32];

/// How much memory shelves take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// All together, in bytes.
    pub(super) all: usize,
    /// One, in bytes.
    pub(super) one: usize,
    /// How long one stays that nobody searches in.
    pub(super) idle: SignedDuration,
}

/// 10,000 cases with 2 KB of text are 25 MB.
const BOUNDS: Bounds = Bounds {
    all: 256 * 1024 * 1024,
    one: 128 * 1024 * 1024,
    idle: SignedDuration::from_mins(15),
};

/// How many searches of a session can be gone back to.
const MOST_SEARCHES: usize = 20;

/// All shelves of this process.
pub(crate) struct Shelves {
    by_session: Mutex<BySession>,
    pub(super) bounds: Bounds,
}

#[derive(Default)]
struct BySession {
    shelves: HashMap<Session, Arc<Shelf>>,
    /// Whether somebody looks after them.
    tended: bool,
}

impl Default for Shelves {
    fn default() -> Self {
        Self {
            by_session: Mutex::default(),
            bounds: BOUNDS,
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shelves {
    /// The shelf of a session, made if it has none, and whether somebody has to begin to tend them.
    pub(super) fn of(&self, session: Session, who: UserId, now: Timestamp) -> (Arc<Shelf>, bool) {
        let mut by_session = lock(&self.by_session);
        let shelf = by_session
            .shelves
            .entry(session)
            .or_insert_with(|| Arc::new(Shelf::new(session, who, now)));
        let shelf = Arc::clone(shelf);
        shelf.inside().used_at = now;
        let must_tend = !by_session.tended;
        by_session.tended = true;
        (shelf, must_tend)
    }

    /// The shelf of a session, if it has one.
    pub(super) fn find(&self, session: &Session) -> Option<Arc<Shelf>> {
        lock(&self.by_session).shelves.get(session).cloned()
    }

    pub(super) fn list(&self) -> Vec<Arc<Shelf>> {
        lock(&self.by_session).shelves.values().cloned().collect()
    }

    /// Wipes the shelf of a session.
    pub(crate) fn wipe(&self, session: &Session) {
        let gone = lock(&self.by_session).shelves.remove(session);
        if let Some(shelf) = gone {
            shelf.close();
        }
    }

    /// Whether there is nothing to tend any more. Then nobody does, until there is.
    pub(super) fn rest(&self) -> bool {
        let mut by_session = lock(&self.by_session);
        by_session.tended = !by_session.shelves.is_empty();
        !by_session.tended
    }

    /// Makes room, by wiping the shelf that was used longest ago, other than this one. `false` if even then there is
    /// no more room for it.
    pub(super) fn make_room(&self, keep: &Shelf) -> bool {
        loop {
            let shelves = self.list();
            let sizes: Vec<_> = shelves.iter().map(|shelf| shelf.inside().bytes).collect();
            if keep.inside().bytes > self.bounds.one {
                return false;
            }
            if sizes.iter().sum::<usize>() <= self.bounds.all {
                return true;
            }
            let oldest = shelves
                .iter()
                .filter(|shelf| shelf.session != keep.session)
                .min_by_key(|shelf| shelf.inside().used_at);
            match oldest {
                Some(shelf) => self.wipe(&shelf.session),
                None => return false,
            }
        }
    }
}

/// How far a shelf is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing was done yet.
    New,
    /// Cases are being opened.
    Filling,
    /// All that can be opened was.
    Done,
    /// Something went wrong; the next search begins again.
    Failed,
}

/// What one session has opened.
pub(super) struct Shelf {
    pub(super) session: Session,
    pub(super) who: UserId,
    /// Held by whoever reads cases for it, so that what is older never takes the place of what is newer.
    pub(super) turn: tokio::sync::Mutex<()>,
    stage: watch::Sender<Stage>,
    inside: Mutex<Inside>,
}

/// A case that is to be opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) id: CaseId,
    is_begun: bool,
}

impl From<&Held> for Wanted {
    fn from(held: &Held) -> Self {
        Self {
            id: held.id,
            is_begun: held.state != State::Received,
        }
    }
}

pub(super) struct Inside {
    docs: BTreeMap<CaseId, Arc<Doc>>,
    wanted: VecDeque<Wanted>,
    /// For which there was no room, or that could not be opened.
    left_out: BTreeSet<CaseId>,
    /// Up to which entry of the trace all changes are in it; nothing before the first list.
    pub(super) known: Option<u64>,
    /// Up to which entry it was looked for cases that are no longer the reader's.
    pub(super) swept: u64,
    pub(super) used_at: Timestamp,
    bytes: usize,
    searches: VecDeque<(u32, Query)>,
    /// Wiped: nothing is put in any more.
    closed: bool,
}

impl Shelf {
    fn new(session: Session, who: UserId, now: Timestamp) -> Self {
        Self {
            session,
            who,
            turn: tokio::sync::Mutex::default(),
            stage: watch::Sender::new(Stage::New),
            inside: Mutex::new(Inside {
                docs: BTreeMap::new(),
                wanted: VecDeque::new(),
                left_out: BTreeSet::new(),
                known: None,
                swept: 0,
                used_at: now,
                bytes: 0,
                searches: VecDeque::new(),
                closed: false,
            }),
        }
    }

    pub(super) fn inside(&self) -> MutexGuard<'_, Inside> {
        lock(&self.inside)
    }

    pub(super) fn stage(&self) -> Stage {
        *self.stage.borrow()
    }

    pub(super) fn reach(&self, stage: Stage) {
        self.stage.send_replace(stage);
    }

    /// Begins to be filled, if nobody does that already and there is something to do.
    pub(super) fn claims(&self) -> bool {
        let has_work = self.has_work();
        self.stage.send_if_modified(|stage| {
            let begins = match stage {
                Stage::New | Stage::Failed => true,
                Stage::Done => has_work,
                Stage::Filling => false,
            };
            if begins {
                *stage = Stage::Filling;
            }
            begins
        })
    }

    /// Whether cases wait to be opened.
    pub(super) fn has_work(&self) -> bool {
        !self.inside().wanted.is_empty()
    }

    /// Waits until all was opened, or something went wrong.
    pub(super) async fn settled(&self) {
        let mut stages = self.stage.subscribe();
        // The sender lives as long as the shelf.
        let _ = stages
            .wait_for(|stage| matches!(stage, Stage::Done | Stage::Failed))
            .await;
    }

    /// Wipes all of it, also what was looked for.
    fn close(&self) {
        let mut inside = self.inside();
        inside.closed = true;
        inside.docs.clear();
        inside.wanted.clear();
        inside.left_out.clear();
        inside.searches.clear();
        inside.bytes = 0;
    }

    /// Cases to search in, as they are now: each goes when nobody holds it any more.
    pub(super) fn docs(&self) -> Vec<(CaseId, Arc<Doc>)> {
        let inside = self.inside();
        inside
            .docs
            .iter()
            .map(|(id, doc)| (*id, Arc::clone(doc)))
            .collect()
    }

    pub(super) fn progress(&self) -> Progress {
        let inside = self.inside();
        let looked = inside.docs.values().filter(|doc| doc.is_begun).count();
        let waiting = inside.wanted.iter().filter(|wanted| wanted.is_begun).count();
        Progress {
            looked,
            of: looked + waiting,
            not_begun: inside.docs.len() - looked + inside.wanted.len() - waiting,
            cut: inside.docs.values().filter(|doc| doc.is_cut).count(),
            left_out: inside.left_out.len(),
        }
    }
}

impl Inside {
    /// Takes up a list of all cases of the reader: what is not among them goes, what is missing is wanted, the newest
    /// first. The answer is how many will be looked through.
    pub(super) fn take_list(&mut self, held: &[Held]) -> usize {
        if self.closed {
            return 0;
        }
        self.keep_only(held);
        self.wanted = held
            .iter()
            .filter(|held| !self.docs.contains_key(&held.id) && !self.left_out.contains(&held.id))
            .map(Wanted::from)
            .collect();
        self.wanted.iter().filter(|wanted| wanted.is_begun).count()
    }

    /// The next cases to open, which stay on the list until they are put.
    pub(super) fn next_batch(&self, count: usize) -> Vec<CaseId> {
        self.wanted.iter().take(count).map(|wanted| wanted.id).collect()
    }

    /// Puts cases that were asked for, in place of what was known of them. Those that were not opened are no longer
    /// the reader's, but for those that could not be.
    pub(super) fn put(&mut self, asked: &[CaseId], docs: Vec<(CaseId, Doc)>, broken: &[CaseId]) {
        let asked_for: BTreeSet<&CaseId> = asked.iter().collect();
        self.wanted.retain(|wanted| !asked_for.contains(&wanted.id));
        for id in asked {
            self.remove(*id);
        }
        if self.closed {
            return;
        }
        self.left_out.extend(broken);
        for (id, doc) in docs {
            self.bytes += doc.size();
            self.docs.insert(id, Arc::new(doc));
        }
    }

    pub(super) fn remove(&mut self, id: CaseId) {
        self.left_out.remove(&id);
        if let Some(doc) = self.docs.remove(&id) {
            self.bytes = self.bytes.saturating_sub(doc.size());
        }
    }

    /// There is no more room.
    pub(super) fn give_up_rest(&mut self) {
        let rest = std::mem::take(&mut self.wanted);
        self.left_out.extend(rest.iter().map(|wanted| wanted.id));
    }

    /// Whether this case is on the shelf, or about to come.
    pub(super) fn waits_for(&self, id: CaseId) -> bool {
        self.wanted.iter().any(|wanted| wanted.id == id)
    }

    /// Lets go of what is no longer among the reader's cases.
    pub(super) fn keep_only(&mut self, held: &[Held]) {
        let all: BTreeSet<CaseId> = held.iter().map(|held| held.id).collect();
        let gone: Vec<_> = self.docs.keys().filter(|id| !all.contains(id)).copied().collect();
        for id in gone {
            self.remove(id);
        }
        self.left_out.retain(|id| all.contains(id));
        self.wanted.retain(|wanted| all.contains(&wanted.id));
    }

    pub(super) fn docs_len(&self) -> usize {
        self.docs.len()
    }

    /// How many cases it knows of.
    pub(super) fn len(&self) -> usize {
        self.docs.len() + self.wanted.len() + self.left_out.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Keeps what was looked for, so that it stands in no address. The answer is its number.
    pub(super) fn keep(&mut self, query: Query) -> u32 {
        let number = self
            .searches
            .back()
            .map_or(1, |(number, _)| number.wrapping_add(1));
        if self.searches.len() >= MOST_SEARCHES {
            self.searches.pop_front();
        }
        self.searches.push_back((number, query));
        number
    }

    pub(super) fn kept(&self, number: u32) -> Option<Query> {
        self.searches
            .iter()
            .find(|(of, _)| *of == number)
            .map(|(_, query)| query.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use safehold_core::reference::Reference;
    use safehold_store::cases::CaseRow;

    use super::{
        super::{Kind, Piece, Place, doc::MOST_OF_A_CASE},
        *,
    };

    fn row(number: u8) -> CaseRow {
        CaseRow {
            id: CaseId::from_random([number; 16]),
            reference: Reference::from_random([number; 5]),
            state: State::Triage,
            level: None,
            urgent: false,
            owner_id: None,
            asked_to_close_id: None,
            epoch: 1,
            form_digest: String::new(),
            received_at: Timestamp::UNIX_EPOCH,
            opened_at: None,
            acknowledged_at: None,
            decided_at: None,
            paused_at: None,
            closed_at: None,
            due_open_at: None,
            due_contact_at: None,
            due_decision_at: None,
            review_at: None,
            changed_at: Timestamp::UNIX_EPOCH,
            version: 1,
        }
    }

    fn doc(number: u8, text: &str) -> (CaseId, Doc) {
        let piece = Piece {
            place: Place::File,
            kind: Kind::Words,
            text: Cow::Borrowed(text),
            at: None,
            is_name: false,
        };
        let row = row(number);
        (row.id, Doc::new(&row, &[piece], &[]))
    }

    fn small(all: usize, one: usize) -> Shelves {
        Shelves {
            by_session: Mutex::default(),
            bounds: Bounds {
                all,
                one,
                idle: SignedDuration::from_mins(15),
            },
        }
    }

    fn shelf(shelves: &Shelves, number: u8, used_at: i64) -> Arc<Shelf> {
        let who = UserId::from_random([number; 16]);
        let at = Timestamp::from_second(used_at).unwrap();
        shelves.of([number; 32], who, at).0
    }

    fn put(shelf: &Shelf, number: u8, text: &str) {
        let (id, doc) = doc(number, text);
        shelf.inside().put(&[id], vec![(id, doc)], &[]);
    }

    #[test]
    fn the_shelf_that_was_used_longest_ago_makes_room() {
        let shelves = small(30_000, 20_000);
        let (old, new) = (shelf(&shelves, 1, 10), shelf(&shelves, 2, 20));
        put(&old, 1, &"heron ".repeat(2_500));
        put(&new, 1, &"heron ".repeat(2_000));
        assert!(shelves.make_room(&new));
        assert!(shelves.find(&[1; 32]).is_some(), "both fit");
        put(&new, 2, &"heron ".repeat(1_000));
        assert!(shelves.make_room(&new));
        assert!(shelves.find(&[1; 32]).is_none());
        assert_eq!(old.inside().bytes(), 0);
        assert!(old.docs().is_empty());
        // What comes for it from a task that still ran is not put in.
        put(&old, 3, "heron");
        assert!(old.docs().is_empty());
    }

    #[test]
    fn a_shelf_that_is_full_says_how_many_are_left_out() {
        let shelves = small(100_000, 5_000);
        let shelf = shelf(&shelves, 1, 10);
        let held: Vec<Held> = (1..=3)
            .map(|number| Held {
                id: row(number).id,
                state: State::Triage,
                received_at: Timestamp::UNIX_EPOCH,
            })
            .collect();
        assert_eq!(shelf.inside().take_list(&held), 3);
        put(&shelf, 1, &"heron ".repeat(2_000));
        assert!(!shelves.make_room(&shelf));
        shelf.inside().give_up_rest();
        let progress = shelf.progress();
        assert_eq!((progress.looked, progress.of, progress.left_out), (1, 1, 2));
        assert_eq!(shelf.inside().len(), 3);
    }

    #[test]
    fn a_case_that_is_too_long_is_cut_and_says_so() {
        let shelves = small(usize::MAX, usize::MAX);
        let shelf = shelf(&shelves, 1, 10);
        put(&shelf, 1, &"heron ".repeat(100_000));
        assert_eq!(shelf.progress().cut, 1);
        assert!(shelf.inside().bytes() < MOST_OF_A_CASE + 1_000);
        put(&shelf, 1, "heron");
        assert_eq!(shelf.progress().cut, 0, "it was replaced");
        assert!(shelf.inside().bytes() < 1_000);
    }
}
