//! The life of a case: its states, the steps between them, and what each step must record.

mod action;
mod escalation;
mod fields;
mod state;
mod step;
mod suggest;

pub use action::{Action, Effect};
pub use escalation::{Escalation, escalation};
pub use fields::{Field, FieldKind, Record, RecordError, RecordProblem};
pub(crate) use state::keyed;
pub use state::{Level, State};
pub use step::{CaseView, Refusal, Step, WHY_NO_PREVENTION, may_step, step};
pub use suggest::{Sign, level_of, signs, suggest_level};
