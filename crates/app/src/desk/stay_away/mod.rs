//! Who is to stay away from activities, across the cases that a reader may open (R3.8c, R3.8d). What the words mean is
//! in [`safehold_core::stay_away`].
//!
//! No list of these decisions is kept anywhere. While one is in force its review is due, so its case is among those with
//! something due, of which nothing in clear tells what it is (decision 0025). Those cases are opened, by whoever has
//! their key, and looked through in memory; what is not theirs to open is not there for them.

mod look;

use jiff::civil::Date;
use safehold_core::{
    access::{Area, may_enter},
    case::{Record, State},
    id::{CaseId, EventId},
    reference::Reference,
    stay_away::{Alike, Asked, Decision, Stands, alike},
    trace::Traced,
};

use super::{DeskError, Reader};
use crate::App;

/// A decision, as those see it who may open its case.
pub struct Line {
    /// In which case.
    pub case: CaseId,
    /// Its number.
    pub reference: Reference,
    /// By which entry.
    pub entry: EventId,
    /// What was recorded in the version that counts.
    pub record: Record,
    /// How it stands today.
    pub stands: Stands,
    /// Its last day, if it has one.
    pub ends_on: Option<Date>,
    /// When it is looked at again.
    pub review_on: Option<Date>,
    /// Whether it should have been looked at before today.
    pub is_late: bool,
    /// Whether a version of it waits for a second person.
    pub waits: bool,
    /// How many appeals nobody has answered.
    pub appeals: usize,
}

impl Line {
    fn of(case: CaseId, reference: &Reference, decision: &Decision<'_>, today: Date) -> Self {
        let looked_at = decision.review_on.into_iter().chain(decision.ends_on).min();
        Self {
            case,
            reference: reference.clone(),
            entry: decision.item.root,
            record: decision.record().clone(),
            stands: decision.stands,
            ends_on: decision.ends_on,
            review_on: decision.review_on,
            is_late: decision.is_open() && looked_at.is_some_and(|on| on < today),
            waits: decision.waits_for_check(),
            appeals: decision.open_appeals.len(),
        }
    }

    fn looked_at(&self) -> Option<Date> {
        self.review_on.into_iter().chain(self.ends_on).min()
    }
}

/// A line of a list of people who would like to join, and somebody who may be meant by it.
pub struct Match {
    /// The number of the line, from 1.
    pub line: usize,
    /// What stands in it.
    pub text: String,
    /// In how far it is alike.
    pub alike: Alike,
    /// The decision.
    pub decision: Line,
}

fn admit(reader: &Reader) -> Result<(), DeskError> {
    if may_enter(reader.role, Area::StayAway) {
        Ok(())
    } else {
        Err(DeskError::Role)
    }
}

/// The decisions that are in force, over and not yet ended, or wait for a second person, in the cases that this reader
/// can open: what should have been looked at first, then by when it is to be.
///
/// # Errors
/// [`DeskError::Role`] for whoever may not be the second person of such a decision.
pub async fn list(app: &App, reader: &Reader) -> Result<Vec<Line>, DeskError> {
    admit(reader)?;
    let today = app.rules().hours.day_of(app.now());
    let mut lines: Vec<Line> = Vec::new();
    for found in look::cases(app, reader).await? {
        let decisions = found.decisions(today);
        lines.extend(
            decisions
                .iter()
                .filter(|decision| decision.is_open() || decision.waits_for_check())
                .map(|decision| Line::of(found.case, &found.reference, decision, today)),
        );
    }
    lines.sort_by_key(|line| (line.stands == Stands::Waits, line.looked_at(), line.entry));
    look::trace(app, reader, None, lines.iter().map(|line| line.case)).await?;
    Ok(lines)
}

/// For which of these people who would like to join an activity a decision in force may stand, as far as this reader
/// may know. It says who may be meant, and does nothing: no sign-up is stopped by it, and nothing of the names is kept.
///
/// This is what the sign-ups of activities (issue 5) ask, for each of those who may know, by their own key.
///
/// # Errors
/// [`DeskError::Role`] for whoever may not be the second person of such a decision.
pub async fn in_force_matching(app: &App, reader: &Reader, asked: &[Asked]) -> Result<Vec<Match>, DeskError> {
    admit(reader)?;
    let today = app.rules().hours.day_of(app.now());
    let mut matches = Vec::new();
    for found in look::cases(app, reader).await? {
        for decision in found.decisions(today) {
            if decision.stands != Stands::InForce {
                continue;
            }
            let reach = decision.record().get("stay_reach");
            matches.extend(asked.iter().filter_map(|asked| {
                Some(Match {
                    line: asked.line,
                    text: asked.text.clone(),
                    alike: alike(asked, decision.names(), reach)?,
                    decision: Line::of(found.case, &found.reference, &decision, today),
                })
            }));
        }
    }
    matches.sort_by_key(|found| (found.line, found.alike, found.decision.entry));
    let shown = matches.iter().map(|found| found.decision.case);
    look::trace(app, reader, Some(Traced::SignUpsCompared), shown).await?;
    Ok(matches)
}

/// Whether anything could be kept in a case in this state: before somebody has begun with it, the question of conflict
/// comes first.
fn is_begun(state: State) -> bool {
    state != State::Received
}
