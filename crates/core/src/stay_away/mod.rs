//! Decisions that a person stays away from activities (Statement 3.8; R3.8c, R3.8d).
//!
//! **Words.** The Statement says that facilitators "exclude that person", and so do the pages. In code it is a decision
//! to *stay away*, because *to exclude* is here to take a reader's key to a case from them (`access::Area::Exclude`),
//! *to leave* is to leave the team, and *away* is a reader's time off. The *proposer* writes the decision down, the
//! *second person* confirms it, and a *ruling* is what somebody who had no part in either says to an appeal.
//!
//! A decision is made by people and never by the program (R3.8h): nothing here proposes one, and one that is in force
//! stops nobody. It is entries in the record of a case (decision 0013), so it is sealed, only ever added to, and seen
//! by those who can open that case. Whether it is in force follows from the entries alone ([`Decision`]).

mod fields;
mod names;
mod rules;
mod standing;

pub use names::{Alike, Asked, MOST_CHARACTERS, MOST_LINES, TooMuch, alike, read_list};
pub use standing::{Decision, Stands, decisions};

pub(crate) use fields::{APPEAL_FIELDS, CHECK_FIELDS, FIELDS, REVIEW_FIELDS, RULING_FIELDS, needs};
pub(crate) use rules::check;
pub use rules::{HEARS, HEARS_NAME, check_record};
pub(crate) use standing::dues;
