//! The life of a case: its states, the steps between them, and what each step must record.

mod action;
mod fields;
mod state;
mod step;

pub use action::{Action, Effect};
pub use fields::{Field, FieldKind, Record, RecordError, RecordProblem};
pub use state::{Level, State};
pub use step::{CaseView, Refusal, Step, step};
