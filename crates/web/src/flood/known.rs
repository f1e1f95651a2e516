//! Visits that this process has begun: a person with one has begun a report and is not merely sending something.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, PoisonError},
};

use axum::http::{HeaderMap, header};

use crate::cookies::{self, Name};

/// Beyond twice as many, those that were not seen for longest are forgotten: they then take turns as strangers.
const MOST: usize = 50_000;

/// Hashes of the cookies of visits, under a key that the process keeps to itself: nothing leads back to a cookie.
#[derive(Default)]
pub(super) struct Known {
    key: RandomState,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    lately: HashSet<u64>,
    before: HashSet<u64>,
}

impl Known {
    /// The visit of a request, if this process began it.
    pub(super) fn of(&self, headers: &HeaderMap) -> Option<u64> {
        let cookie = [true, false]
            .into_iter()
            .find_map(|https| cookies::find(headers, Name::Visit, https))?;
        let hash = self.key.hash_one(cookie.as_str());
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.before.remove(&hash) {
            seen.note(hash);
        }
        seen.lately.contains(&hash).then_some(hash)
    }

    /// Notes the visit that an answer begins or takes up again, if it does.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        for set in headers.get_all(header::SET_COOKIE) {
            let value = set.to_str().ok().and_then(|set| {
                let pair = set.split(';').next()?;
                let (name, value) = pair.split_once('=')?;
                ["visit", "__Host-visit"].contains(&name).then_some(value)
            });
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                let hash = self.key.hash_one(value);
                self.seen
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .note(hash);
            }
        }
    }
}

impl Seen {
    fn note(&mut self, hash: u64) {
        if self.lately.len() >= MOST {
            self.before = std::mem::take(&mut self.lately);
        }
        self.lately.insert(hash);
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn a_visit_is_known_from_when_it_was_begun_here_and_a_made_up_one_never() {
        let known = Known::default();
        let comes_with = |value: &str| known.of(&headers(header::COOKIE, value));
        assert!(comes_with("visit=abc").is_none());
        for (set, cookie) in [
            ("visit=abc; HttpOnly; Path=/", "desk=x; visit=abc"),
            ("__Host-visit=def; Secure", "__Host-visit=def"),
        ] {
            known.learn(&headers(header::SET_COOKIE, set));
            assert!(comes_with(cookie).is_some());
        }
        assert_ne!(comes_with("visit=abc"), comes_with("__Host-visit=def"));
        known.learn(&headers(header::SET_COOKIE, "visit=; Max-Age=0"));
        known.learn(&headers(header::SET_COOKIE, "desk=ghi"));
        for made_up in ["visit=", "visit=ghi", "desk=ghi", "other=abc"] {
            assert!(comes_with(made_up).is_none(), "{made_up}");
        }
    }

    #[test]
    fn what_is_known_is_bounded_and_who_is_there_stays_known() {
        let known = Known::default();
        let set = |number: usize| {
            known.learn(&headers(
                header::SET_COOKIE,
                &format!("visit=number-{number}; Path=/"),
            ));
        };
        for number in 0..3 * MOST {
            set(number);
            if number % MOST == 0 {
                assert!(
                    known.of(&headers(header::COOKIE, "visit=number-0")).is_some(),
                    "who is still there was forgotten"
                );
            }
        }
        let seen = known.seen.lock().unwrap();
        assert!(seen.lately.len() + seen.before.len() <= 2 * MOST);
        drop(seen);
        assert!(known.of(&headers(header::COOKIE, "visit=number-1")).is_none());
    }
}
