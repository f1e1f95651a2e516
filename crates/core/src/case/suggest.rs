//! A level to begin with, from what the reporter said. A lead sets the level (domain reference 6.2).

use super::Level;
use crate::form::{Facts, ReportKind as Kind, SafeNow, StopCheck, Sure};

/// Suggests a level, so that a report waits no longer than what was said allows. When in doubt it is sooner.
pub fn suggest_level(facts: &Facts) -> Level {
    let immediate = facts.danger == Some(Sure::Yes)
        || facts.under_18 == Some(Sure::Yes)
        || facts.stop_checks.contains(&StopCheck::Danger)
        || facts.stop_checks.contains(&StopCheck::Child);
    let high = facts.danger == Some(Sure::NotSure)
        || facts.under_18 == Some(Sure::NotSure)
        || facts.safe_now == Some(SafeNow::Unsafe)
        || facts.fears_reprisal == Some(Sure::Yes)
        || !facts.stop_checks.is_empty();
    if immediate {
        Level::Immediate
    } else if high {
        Level::High
    } else if facts.tells_of_harm() {
        Level::Medium
    } else if facts.kinds.contains(&Kind::Advice) {
        Level::Advice
    } else if facts.kinds.iter().eq([&Kind::GoodPractice]) {
        Level::GoodPractice
    } else {
        Level::Low
    }
}
