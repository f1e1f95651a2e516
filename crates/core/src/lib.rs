//! The domain of Safehold: values, states and rules as pure functions.
//!
//! Nothing here waits, reads a clock, draws randomness, or knows SQL, HTTP or encryption.
//! Time and random bytes are arguments.

pub mod access;
pub mod case;
pub mod categories;
pub mod contacts;
pub mod deadline;
pub mod duties;
pub mod feedback;
pub mod form;
pub mod holidays;
pub mod id;
pub mod organisation;
pub mod pattern;
pub mod recipients;
pub mod record;
pub mod reference;
pub mod retention;
pub mod review;
pub mod rights;
pub mod roster;
pub mod settings;
pub mod statement;
pub mod stay_away;
pub mod trace;
