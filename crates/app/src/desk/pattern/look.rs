//! Looking at a case with all that it is linked with: what happened when, and what speaks for a second look at its
//! level. Of every case from which something is shown, the trace says that it was opened.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    access::{self, Area},
    case::{Action, State},
    form::{Answer, Facts, RoughDate, Time},
    id::CaseId,
    pattern::{Strand, Tie, Weighed, weigh},
    record::Kind,
    reference::Reference,
    trace::Traced,
};
use safehold_store::{Conn, cases::CaseRow};

use super::{
    super::{DeskError, Reader, Unlocked, open, part_in, record::register, unlock, visit},
    Linked, halves,
    halves::Others,
    linked, standing,
};
use crate::{App, AppError, AskedForm, leave_trace, report::ReportBody, roster::Team};

/// The most cases that are shown together.
const MOST: usize = 40;

/// A case with what it tells.
pub struct Told {
    /// Where it stands.
    pub row: CaseRow,
    /// What it has in common with the case that is looked at; empty for that case, and for one that is linked with it
    /// only through another.
    pub ties: BTreeSet<Tie>,
    /// Through which case it is linked, if not by itself.
    pub through: Option<Reference>,
    /// The report.
    pub report: ReportBody,
    /// The form that it answers.
    pub form: AskedForm,
    /// What the program knows of it.
    pub facts: Facts,
    /// When it happened, as far as it was said.
    pub happened: Option<Time>,
    /// When it was noticed, as far as it was said.
    pub noticed: Option<Time>,
    /// On which day it was told.
    pub told_on: Date,
    /// What the last first look says of racism and discrimination: a choice of the field `look_racism`.
    pub look_racism: Option<String>,
    /// The categories that the last first look gives it.
    pub look_categories: Vec<String>,
}

/// A case with all that it is linked with.
pub struct Look {
    /// The links of the case, those that were ended last.
    pub links: Vec<Linked>,
    /// The case itself, then those that it is linked with, then those that are linked with these.
    pub told: Vec<Told>,
    /// Whether there are more than are shown.
    pub is_cut: bool,
    /// What speaks for another look at its level.
    pub weighed: Vec<Weighed>,
    /// Whether the reader may say how it belongs with others.
    pub may_link: bool,
    /// Whether the reader may set its level now.
    pub may_set_level: bool,
}

/// Looks at a case with all that it is linked with, as far as the reader can open it. Nothing if nobody has begun with
/// the case.
///
/// # Errors
/// [`DeskError::NotFound`] for a case that is not on this desk.
pub async fn look(app: &App, reader: &Reader, case: CaseId) -> Result<Option<Look>, DeskError> {
    let mut conn = app.store().read().await?;
    let own = unlock(&mut conn, reader, case).await?;
    if own.row.state == State::Received {
        return Ok(None);
    }
    let part = part_in(&mut conn, reader, &own.row).await?;
    let may_link = access::may_enter_with(reader.role, part, Area::Patterns);
    let may_set_level = access::may_act_with(reader.role, part, Action::SetLevel)
        && Action::SetLevel.from_states().contains(&own.row.state);
    let team = Team::read(&mut conn).await?;
    let mut others = Others::default();
    let said = halves::read(&mut conn, reader, case, &own.keys, &mut others).await?;
    let links = linked(&said, &others, &team);
    let mut reached: Vec<(CaseId, BTreeSet<Tie>, Option<Reference>)> = standing(&said)
        .into_iter()
        .map(|(other, ties)| (other, ties.clone(), None))
        .collect();
    let mut known: BTreeSet<CaseId> = reached.iter().map(|(other, ..)| *other).chain([case]).collect();
    let mut at = 0;
    let mut is_cut = false;
    // What is linked with a linked case belongs to the pattern too. The list grows as it is walked.
    while let Some((through, ..)) = reached.get(at) {
        let through = *through;
        at += 1;
        let Some(found) = others.take(through) else {
            continue;
        };
        let said = halves::read(&mut conn, reader, through, &found.keys, &mut others).await?;
        let reference = found.row.reference.clone();
        others.put(found);
        for other in standing(&said).into_keys() {
            if known.contains(&other) {
                continue;
            }
            if known.len() >= MOST {
                is_cut = true;
                continue;
            }
            known.insert(other);
            reached.push((other, BTreeSet::new(), Some(reference.clone())));
        }
    }
    let mut told = vec![tell(app, &mut conn, &own, &team, BTreeSet::new(), None).await?];
    for (other, ties, through) in reached {
        if let Some(found) = others.find(&mut conn, reader, other).await? {
            told.push(tell(app, &mut conn, found, &team, ties, through).await?);
        }
    }
    drop(conn);
    let shown: Vec<CaseId> = told.iter().map(|told| told.row.id).collect();
    trace(app, reader, &shown).await?;
    let strands: Vec<_> = told.iter().map(strand).collect();
    Ok(Some(Look {
        links,
        weighed: weigh(&strands),
        told,
        is_cut,
        may_link,
        may_set_level,
    }))
}

/// Says in the trace of each of these cases that it was opened, before anything of it is shown.
pub(super) async fn trace(app: &App, reader: &Reader, cases: &[CaseId]) -> Result<(), DeskError> {
    let (who, now) = (reader.id, app.now());
    let mut new = Vec::new();
    let mut conn = app.store().read().await?;
    for case in cases {
        if !visit::is_traced(&mut conn, reader, *case, now).await? {
            new.push(*case);
        }
    }
    drop(conn);
    if new.is_empty() {
        return Ok(());
    }
    app.store()
        .write_with(new, move |tx, new| {
            Box::pin(async move {
                for case in &*new {
                    leave_trace(tx, now, Some(who), Some(*case), Traced::Opened).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(())
}

async fn tell(
    app: &App,
    conn: &mut Conn,
    found: &Unlocked,
    team: &Team,
    ties: BTreeSet<Tie>,
    through: Option<Reference>,
) -> Result<Told, DeskError> {
    let row = found.row.clone();
    let content = open::content(conn, row.id, &found.keys, &team.names()).await?;
    let form = app.asked_form(conn, &row.form_digest).await?;
    let facts = Facts::of(&form.form, &content.report.answers);
    let time = |question: &str| {
        let asked = form.form.asked(&content.report.answers);
        let asked = asked.iter().find(|asked| asked.question.id == question)?;
        match asked.answer? {
            Answer::When(time) => Some(time.clone()),
            _ => None,
        }
    };
    let (happened, noticed) = (time("when_happened"), time("when_noticed"));
    let received_on = app.rules().hours.day_of(row.received_at);
    let register = register(&content.history);
    let looks = register.items(Kind::FirstLook);
    let looked = |field: &str| looks.last().and_then(|look| look.latest.entry.record.get(field));
    Ok(Told {
        look_racism: looked("look_racism").map(str::to_owned),
        look_categories: looked("look_categories")
            .map(|keys| keys.split(' ').map(str::to_owned).collect())
            .unwrap_or_default(),
        told_on: content
            .report
            .told_on
            .map_or(received_on, |told| told.min(received_on)),
        report: content.report,
        row,
        ties,
        through,
        form,
        facts,
        happened,
        noticed,
    })
}

impl Told {
    /// The first day on which it may have happened, or been noticed; else the day on which it was told.
    pub fn first_day(&self) -> Date {
        [&self.happened, &self.noticed]
            .into_iter()
            .flatten()
            .find_map(first_day)
            .unwrap_or(self.told_on)
    }

    /// When it was received.
    pub fn received_at(&self) -> Timestamp {
        self.row.received_at
    }
}

/// The first day that a time may mean, if it gives a date at all.
pub fn first_day(time: &Time) -> Option<Date> {
    let from: RoughDate = time.from.or(time.until)?;
    Date::new(from.year(), from.month().unwrap_or(1), from.day().unwrap_or(1)).ok()
}

fn strand(told: &Told) -> Strand {
    let mut strand = Strand::of(&told.facts, told.row.level);
    strand.ties.clone_from(&told.ties);
    strand.on = Some(told.first_day());
    // What a lead sees counts as much as what was said; neither takes the other away.
    strand.discrimination |= matches!(told.look_racism.as_deref(), Some("yes" | "maybe"));
    strand
}
