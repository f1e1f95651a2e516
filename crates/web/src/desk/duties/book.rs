//! `/desk/case/{id}/duties`: where the person is and what may be so, which bodies that raises and why, and how it
//! stands with each.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use jiff::Timestamp;
use safehold_app::desk::{
    DeskError, OpenedCase,
    duties::{self, Duties, DutyError, DutyPlace},
};
use safehold_core::{
    access::Area,
    duties::{Because, Body, Limit, Need, Open, Place as Where, Problem as FieldFault, Standing, Step},
    id::{CaseId, EventId},
};
use serde::Deserialize;

use super::{begun, fields::error, form::refused, words};
use crate::{
    desk::{
        Desk, Frame, Place, Sent, answers::Reading, case::names, case_id, enter, frame::moment, go,
        history::Names, problem, reply,
    },
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
};

/// A body and how it stands.
pub(super) struct Card {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) what: String,
    /// How it stands, in words.
    pub(super) status: String,
    /// Whether nothing is open with it.
    pub(super) settled: bool,
    /// The answers that raise it.
    pub(super) why: Vec<String>,
    pub(super) decides: String,
    pub(super) within: String,
    pub(super) rests_on: String,
    /// How sure this row is.
    pub(super) sure: String,
    pub(super) due: String,
    pub(super) late: bool,
}

/// What the cards are made from.
pub(super) struct Cards<'a> {
    pub(super) page: &'a Page,
    pub(super) desk: &'a Desk,
    pub(super) case: &'a OpenedCase,
    pub(super) duties: &'a Duties<'a>,
    pub(super) names: &'a Names,
}

/// The form at the top of the page.
struct Look {
    entry: EventId,
    version: i64,
    places: Vec<Choice>,
    place_error: String,
    says: Vec<Choice>,
    note: String,
    note_error: String,
    /// Whether it stands open.
    unfolded: bool,
    /// What was recorded last, in words.
    place: String,
}

#[derive(Template)]
#[template(path = "desk/duties/book.html")]
struct BookPage {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    done: String,
    changed: bool,
    problems: Vec<FieldError>,
    /// What stands in the way of closing, in words.
    open: Vec<String>,
    cards: Vec<Card>,
    /// The other bodies: id and name.
    others: Vec<(String, String)>,
    look: Look,
    may_record: bool,
    /// When the organisation last compared the rules with the law.
    checked: String,
    /// The clock for a body that depends on where the person is runs on its holidays.
    place_asked: bool,
}

/// What the address may say.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

/// What is wrong with the form.
#[derive(Default)]
struct Faults {
    fields: Vec<(&'static str, FieldFault)>,
    changed: bool,
}

/// `GET /desk/case/{id}/duties`.
pub(super) async fn get(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let id = case_id(&id)?;
    let done = asked.done == Step::Look.key();
    show(&desk, id, done, None, Faults::default(), StatusCode::OK).await
}

/// `POST /desk/case/{id}/duties`.
pub(super) async fn post(Path(id): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Duties)?;
    let id = case_id(&id)?;
    if again {
        return show(&desk, id, false, Some(&fields), Faults::default(), StatusCode::OK).await;
    }
    let place = DutyPlace {
        id: entry_id(&fields),
        seen_version: fields.get("version").parse().unwrap_or(-1),
        step: Step::Look,
        body: "",
    };
    let result = duties::enter(&desk.site.app, &desk.me.reader, id, place, &fields.0, Vec::new()).await;
    let (faults, status) = match result {
        Ok(()) => return Ok(go(&format!("/desk/case/{id}/duties?done=look"))),
        Err(DutyError::Fields(problems)) => {
            let faults = Faults {
                fields: problems,
                changed: false,
            };
            (faults, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(DutyError::Refused(why)) => return refused(&desk, id, why, &fields),
        Err(DutyError::Desk(DeskError::Changed)) => {
            let faults = Faults {
                fields: Vec::new(),
                changed: true,
            };
            (faults, StatusCode::CONFLICT)
        }
        Err(DutyError::Desk(error)) => return Err(problem(&error)),
    };
    show(&desk, id, false, Some(&fields), faults, status).await
}

fn entry_id(fields: &Fields) -> EventId {
    fields
        .get("entry")
        .parse()
        .unwrap_or_else(|_| duties::new_entry_id())
}

async fn show(
    desk: &Desk,
    id: CaseId,
    done: bool,
    typed: Option<&Fields>,
    faults: Faults,
    status: StatusCode,
) -> Result<Response, Problem> {
    let case = match begun(desk, id).await? {
        Ok(case) => case,
        Err(response) => return Ok(response),
    };
    let app = &desk.site.app;
    let duties = duties::duties(app, &case);
    let (page, frame) = Frame::new(desk, Place::Cases);
    let names = names(&desk.site).await?;
    let cards = Cards {
        page: &page,
        desk,
        case: &case,
        duties: &duties,
        names: &names,
    };
    let rules = &app.outward().rules;
    let is_shown = |body: &Body| {
        duties.book.bodies.contains_key(&body.id)
            || duties.raised.iter().any(|raised| raised.body.id == body.id)
    };
    let shown = rules
        .bodies
        .iter()
        .filter(|body| is_shown(body))
        .map(|body| &body.id);
    let gone = duties.book.bodies.keys().filter(|id| rules.body(id).is_none());
    let look = look(&page, desk, &case, &duties, typed, &faults);
    let problems = [("place", &look.place_error), ("note", &look.note_error)]
        .into_iter()
        .filter(|(_, error)| !error.is_empty())
        .map(|(name, error)| FieldError {
            name: name.to_owned(),
            text: error.clone(),
        })
        .collect();
    let may_record = duties::may_record(&desk.site.app, desk.me.reader.role, case.view.part, "")
        && duties.book.may(case.row.state, Step::Look, "").is_ok();
    reply(
        status,
        &BookPage {
            id,
            reference: case.row.reference.to_string(),
            done: if done {
                page.t("duty-recorded")
            } else {
                String::new()
            },
            changed: faults.changed,
            problems,
            open: duties.open.iter().map(|open| open_words(&page, open)).collect(),
            cards: shown.chain(gone).filter_map(|id| cards.of(id)).collect(),
            others: rules
                .bodies
                .iter()
                .filter(|body| !is_shown(body) && body.applies(duties.book.place))
                .map(|body| (body.id.clone(), words::name(&page, &body.id)))
                .collect(),
            look,
            may_record,
            checked: match rules.checked_on {
                Some(on) => page.with("duty-rules-checked", "date", page.date(on)),
                None => page.t("duty-rules-unchecked"),
            },
            place_asked: duties.open.contains(&Open::Place),
            page,
            desk: frame,
        },
    )
}

fn look(
    page: &Page,
    desk: &Desk,
    case: &OpenedCase,
    duties: &Duties<'_>,
    typed: Option<&Fields>,
    faults: &Faults,
) -> Look {
    let book = &duties.book;
    let is_chosen = |name: &str, key: &str, recorded: bool| match typed {
        Some(fields) => fields
            .0
            .iter()
            .any(|(field, value)| field == name && value == key),
        None => recorded,
    };
    let choice = |name: &str, key: &str, recorded: bool| Choice {
        value: key.to_owned(),
        label: page.t(&format!("duty-{name}-{key}")),
        hint: page.maybe(&format!("duty-{name}-{key}.hint")),
        checked: is_chosen(name, key, recorded),
    };
    let places = Where::ALL
        .iter()
        .map(|place| choice("place", place.key(), book.place == Some(*place)));
    let rules = &desk.site.app.outward().rules;
    let says = rules
        .says
        .iter()
        .map(|says| choice("says", says, book.says.contains(says)));
    let fault = |name: &str| error(page, &faults.fields, name, &page.t(&format!("duty-field-{name}")));
    Look {
        entry: typed.map_or_else(duties::new_entry_id, entry_id),
        version: case.row.version,
        places: places.collect(),
        place_error: fault("place"),
        says: says.collect(),
        note: typed.map_or_else(|| book.note.clone(), |fields| fields.get("note").to_owned()),
        note_error: fault("note"),
        unfolded: typed.is_some() || book.place.is_none(),
        place: book.place.map_or_else(String::new, |place| {
            page.t(&format!("duty-place-{}", place.key()))
        }),
    }
}

fn open_words(page: &Page, open: &Open) -> String {
    match open {
        Open::Place => page.t("duty-open-place"),
        Open::Undecided(body) => page.with("duty-open-undecided", "body", words::name(page, body)),
        Open::Unsure(body) => page.with("duty-open-unsure", "body", words::name(page, body)),
        Open::Unfinished(body) => page.with("duty-open-unfinished", "body", words::name(page, body)),
    }
}

/// How it stands with duties outward, in a line for the page of the case.
pub(in crate::desk) fn summary(page: &Page, case: &OpenedCase) -> String {
    page.count("duty-summary", case.open_duties.len())
}

impl Cards<'_> {
    /// The card of a body that the rules have, or that was recorded.
    pub(super) fn of(&self, id: &str) -> Option<Card> {
        let page = self.page;
        let rule = duties::body(&self.desk.site.app, id);
        let standing = self.duties.book.bodies.get(id);
        if rule.is_none() && standing.is_none() {
            return None;
        }
        let raised = self.duties.raised.iter().find(|raised| raised.body.id == id);
        let due = standing.and_then(|standing| self.due(standing));
        let settled = standing.map_or(raised.is_none(), Standing::is_complete);
        Some(Card {
            id: id.to_owned(),
            name: words::name(page, id),
            what: page.maybe(&format!("duty-body-{id}.what")),
            status: page.t(status(standing)),
            settled,
            why: raised.map_or_else(Vec::new, |raised| {
                raised.because.iter().map(|because| self.why(because)).collect()
            }),
            decides: rule.map_or_else(String::new, |rule| {
                page.t(&format!("duty-decides-{}", rule.decides.key()))
            }),
            within: rule.map_or_else(String::new, |rule| within(page, rule)),
            rests_on: rule.map_or_else(String::new, |rule| rule.rests_on.clone()),
            sure: rule.map_or_else(String::new, |rule| {
                page.t(&format!("duty-tag-{}", rule.tag.key()))
            }),
            due: due.map_or_else(String::new, |at| {
                let id = if standing.is_some_and(|standing| standing.sent.is_empty()) {
                    "duty-due-tell"
                } else {
                    "duty-due-answer"
                };
                page.with(id, "at", moment(page, &self.desk.site.web, at))
            }),
            late: due.is_some_and(|at| at < self.desk.site.app.now()),
        })
    }

    fn due(&self, standing: &Standing) -> Option<Timestamp> {
        let hours = &self.desk.site.app.rules().hours;
        standing.due(|on| hours.end_of(on))
    }

    fn why(&self, because: &Because) -> String {
        let page = self.page;
        match because {
            Because::LeadSays(says) => {
                page.with("duty-why-says", "says", page.t(&format!("duty-says-{says}")))
            }
            Because::CaseLevel(level) => page.with(
                "duty-why-level",
                "level",
                page.t(&format!("desk-level-{}", level.key())),
            ),
            Because::Answer { question, .. } => {
                let today = self.desk.site.app.form();
                let answers = &self.case.report.answers;
                let reading = Reading::new(page, &self.case.form, today, answers, self.names);
                let said = reading.said(&[question]);
                let lines = said.iter().flat_map(|said| &said.lines);
                let answer: Vec<_> = lines.map(|line| line.text.as_str()).collect();
                let asked = said.first().map(|said| said.question.clone()).unwrap_or_default();
                page.format(
                    "duty-why-answer",
                    &[("question", asked), ("answer", answer.join(", "))],
                )
            }
        }
    }
}

fn status(standing: Option<&Standing>) -> &'static str {
    match standing {
        None => "duty-stands-undecided",
        Some(standing) => match standing.decision.need {
            Need::NotRequired => "duty-stands-not-required",
            Need::NotSure => "duty-stands-not-sure",
            Need::Required if standing.ended.is_some() => "duty-stands-ended",
            Need::Required if !standing.replies.is_empty() => "duty-stands-replied",
            Need::Required if !standing.sent.is_empty() => "duty-stands-sent",
            Need::Required => "duty-stands-required",
        },
    }
}

/// By when a body is told, and where that time comes from.
fn within(page: &Page, rule: &Body) -> String {
    let (id, count) = match rule.within {
        Limit::AtOnce => ("duty-within-at-once", 0),
        Limit::SameDay => ("duty-within-same-day", 0),
        Limit::Hours(hours) => ("duty-within-hours", hours),
        Limit::Days(days) => ("duty-within-days", days),
        Limit::WorkingDays(days) => ("duty-within-working-days", days),
        Limit::None => return page.t("duty-within-none"),
    };
    let time = page.count(id, usize::try_from(count).unwrap_or_default());
    page.format(
        "duty-within",
        &[
            ("time", time),
            ("from", page.t(&format!("duty-limit-{}", rule.limit.key()))),
        ],
    )
}
