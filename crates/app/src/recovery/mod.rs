//! The recovery key: for the day on which nobody who could read a case is left, or somebody has lost their key.
//!
//! It opens every case, so it is kept offline: whole, by somebody whom no report is likely to name, or split among
//! holders of whom several must come together (decision 0027). It gives keys to others under the same rule as everything
//! else: nobody who is excluded from a case gets one to it. Each use is told to all leads, and is in the trace.

mod ask;
mod change;
mod give;
mod given;
mod holders;
mod missing;
mod told;

pub use ask::{
    ASK_DAYS, Ask, AskError, Asked, Asking, ask, asks, asks_in_my_name, asks_of, drop_ask, let_in,
};
pub use change::{ChangeError, Plan, Printed, PrintedShare, UnderWay, begin, confirm, give_up, under_way};
pub use give::{RecoverError, Recovered, Use, count_waiting, give_keys};
pub use given::{Fault, GivenError, unlock};
pub use holders::{Check, CheckError, Holder, Kept, check, kept};
pub use told::{Note, Used, notes, seen, uses};

pub(crate) use ask::expire;
pub(crate) use change::{finish, still_wrapped_to};
pub(crate) use given::ours;
pub(crate) use holders::{SharedOut, remind, settings_row};
pub(crate) use missing::{Missing, add_to_unchanged, missing_standby};
pub(crate) use told::{About, for_leads, for_leads_about, tell};
