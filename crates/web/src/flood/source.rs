//! Telling places apart without keeping who they are.

use std::{
    collections::hash_map::RandomState,
    hash::BuildHasher,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long one key is used.
const KEY_LASTS: Duration = Duration::from_hours(1);

/// A place from which requests come: a keyed hash, good for an hour in this process.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Source(u64);

/// The key, drawn by the operating system's seed and drawn anew every hour.
pub(super) struct Sources(Mutex<(RandomState, Instant)>);

impl Default for Sources {
    fn default() -> Self {
        Self(Mutex::new((RandomState::new(), Instant::now())))
    }
}

impl Sources {
    /// The place of an address; requests without one (as in tests) are one place.
    pub(super) fn of(&self, address: Option<IpAddr>) -> Source {
        let mut key = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if key.1.elapsed() > KEY_LASTS {
            *key = (RandomState::new(), Instant::now());
        }
        Source(key.0.hash_one(address.map(network)))
    }
}

/// An IPv4 address, or the 64-bit network that a subscriber gets in IPv6.
fn network(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => u128::from(address.to_bits()),
            None => address.to_bits() & !u128::from(u64::MAX),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_one_place_and_another_process_could_not_tell_which() {
        let sources = Sources::default();
        let of = |text: &str| sources.of(Some(text.parse().unwrap()));
        assert!(of("2001:db8::1") == of("2001:db8::ffff"));
        assert!(of("2001:db8::1") != of("2001:db8:0:1::1"));
        assert!(of("192.0.2.1") == of("::ffff:192.0.2.1"));
        assert!(of("192.0.2.1") != of("192.0.2.2"));
        assert!(Sources::default().of(Some("192.0.2.1".parse().unwrap())) != of("192.0.2.1"));
    }
}
