//! Who may say what about a decision.

use jiff::civil::Date;

use super::{Decision, Stands};
use crate::{
    case::{Record, RecordProblem},
    id::{EventId, UserId},
    record::{EntryRefusal, Kind, Register},
    roster::Roster,
};

/// The field for whoever hears an appeal, if they can read the case.
pub const HEARS: &str = "stay_hears";
/// The field for their name, if they can't.
pub const HEARS_NAME: &str = "stay_hears_name";

/// The decision that an entry belongs to: itself, or what it answers, or what that answers.
fn find<'a>(
    register: &Register<'a>,
    kind: Kind,
    about: Option<EventId>,
    corrects: Option<EventId>,
) -> Option<Decision<'a>> {
    let subject = if kind == Kind::StayAway { corrects? } else { about? };
    let mut item = register.find(subject)?;
    if let Some(of) = item.first.entry.about {
        item = register.find(of)?;
    }
    (item.first.entry.of == Kind::StayAway).then(|| Decision::of(item, Date::MIN))
}

/// Whether somebody may make this entry about a decision as it stands, before they fill it in. What is about no
/// decision is none of this.
pub(crate) fn check(
    register: &Register<'_>,
    kind: Kind,
    actor: UserId,
    about: Option<EventId>,
    corrects: Option<EventId>,
) -> Result<(), EntryRefusal> {
    let Some(decision) = find(register, kind, about, corrects) else {
        return Ok(());
    };
    // What has ended stays as it was: whoever wants more makes a new decision, with a second person.
    if decision.stands == Stands::Ended {
        return Err(EntryRefusal::NotNow);
    }
    let (may_now, is_other) = match kind {
        // Nobody confirms what they wrote themselves, or would hear an appeal about.
        Kind::StayAwayCheck => (
            decision.waits_for_check() || decision.stands == Stands::Back,
            !decision.proposers.contains(&actor) && hears(&decision.item.latest.entry.record) != Some(actor),
        ),
        // An appeal is heard by somebody who had no part in what it is about.
        Kind::StayAwayRuling => (decision.is_open(), !decision.had_part.contains(&actor)),
        Kind::StayAwayAppeal | Kind::StayAwayReview => (decision.is_open(), true),
        _ => (true, true),
    };
    // What was said once is answered by a new entry: to correct it would change what followed from it.
    let is_said = corrects.is_some()
        && matches!(
            kind,
            Kind::StayAwayCheck | Kind::StayAwayReview | Kind::StayAwayRuling
        );
    if !may_now || is_said {
        return Err(EntryRefusal::NotNow);
    }
    if is_other {
        Ok(())
    } else {
        Err(EntryRefusal::NeedsSecondPerson)
    }
}

fn hears(record: &Record) -> Option<UserId> {
    record.get(HEARS)?.parse().ok()
}

/// Looks at what was filled in. Gives the fields that need another look.
///
/// # Errors
/// [`EntryRefusal::NeedsSecondPerson`] if somebody would make longer, alone, what they proposed, or confirm what they
/// would hear an appeal about.
pub fn check_record(
    register: &Register<'_>,
    (kind, actor): (Kind, UserId),
    (about, corrects): (Option<EventId>, Option<EventId>),
    record: &Record,
    roster: &Roster,
    today: Date,
) -> Result<Vec<(&'static str, RecordProblem)>, EntryRefusal> {
    let mut problems = Vec::new();
    let decision = find(register, kind, about, corrects);
    let day = |field: &str| record.get(field).and_then(|on| on.parse::<Date>().ok());
    let named = |record: &Record| {
        record
            .get(HEARS_NAME)
            .map_or_else(Vec::new, |name| roster.named_in(name))
    };
    if matches!(kind, Kind::StayAway | Kind::StayAwayAppeal) {
        let checks = record.get("check_by").and_then(|who| who.parse().ok());
        let had_part = |who: &UserId| {
            decision
                .as_ref()
                .is_some_and(|decision| decision.had_part.contains(who))
                || (kind == Kind::StayAway && (*who == actor || Some(*who) == checks))
        };
        if hears(record).as_ref().is_some_and(had_part) {
            problems.push((HEARS, RecordProblem::HadPart));
        }
        if named(record).iter().any(had_part) {
            problems.push((HEARS_NAME, RecordProblem::HadPart));
        }
    }
    if let (Kind::StayAwayCheck, Some(decision)) = (kind, &decision)
        && named(&decision.item.latest.entry.record).contains(&actor)
    {
        return Err(EntryRefusal::NeedsSecondPerson);
    }
    let (ends_on, review_on) = match kind {
        Kind::StayAway => (
            day("stay_ends_on").filter(|_| record.get("stay_until") == Some("day")),
            day("stay_review_on"),
        ),
        Kind::StayAwayReview | Kind::StayAwayRuling => (day("stay_new_ends_on"), day("stay_new_review_on")),
        _ => return Ok(problems),
    };
    let (ends, review) = if kind == Kind::StayAway {
        ("stay_ends_on", "stay_review_on")
    } else {
        ("stay_new_ends_on", "stay_new_review_on")
    };
    // An earlier day is a slip of the pen; a correction may keep one that has passed meanwhile.
    if corrects.is_none() {
        for (field, on) in [(ends, ends_on), (review, review_on)] {
            if on.is_some_and(|on| on < today) {
                problems.push((field, RecordProblem::Passed));
            }
        }
    }
    if let (Kind::StayAwayReview, Some(decision)) = (kind, &decision)
        && decision.proposers.contains(&actor)
        && is_longer(record, decision, ends_on)
    {
        return Err(EntryRefusal::NeedsSecondPerson);
    }
    Ok(problems)
}

/// Whether a review lets a decision go on for longer than it would have.
fn is_longer(record: &Record, decision: &Decision<'_>, ends_on: Option<Date>) -> bool {
    match record.get("stay_review") {
        Some("ended") => false,
        Some("shorter") => match (ends_on, decision.ends_on) {
            (Some(new), Some(old)) => new >= old,
            (Some(_), None) => false,
            (None, _) => true,
        },
        _ => true,
    }
}
