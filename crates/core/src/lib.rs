//! The domain of Safehold: values, states and rules as pure functions.
//!
//! Nothing here waits, reads a clock, draws randomness, or knows SQL, HTTP or encryption.
//! Time and random bytes are arguments.

pub mod id;
pub mod reference;
