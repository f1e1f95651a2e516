//! How cases belong together: links that people make, and what several cases show that one alone does not (Statement
//! 0.12 and 3.8; domain reference 6.2).
//!
//! The program links nothing and raises no level by itself. It puts together what people linked, and says what speaks
//! for a second look.

mod link;
mod weight;

pub use link::{LinkProblem, MOST_AT_ONCE, NewLink, Tie, What, Why};
pub use weight::{Strand, Weighed, Weight, weigh};
