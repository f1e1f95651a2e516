//! `/desk/case/{id}/record/{kind}`: one page for every kind of entry of `core`.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use safehold_app::desk::{
    self, CaseOpened, DeskError, OpenedCase, open,
    record::{self as app_record, EnterError, register},
};
use safehold_core::{
    access::Area,
    case::{Field, RecordProblem},
    form::AboutWhom,
    id::{CaseId, EventId, UserId},
    recipients::Standing,
    record::{Caution, EntryRefusal, Item, Kind, Register, may_be_shown, may_enter, role_may},
};
use serde::Deserialize;

use super::{
    super::{
        Desk, Frame, Place, Sent,
        act::refused_page,
        answers::{Reading, Said},
        case::names,
        case_id, enter,
        frame::moment,
        go,
        history::Names,
        overview::Block,
        pattern, problem,
        record::{self, Control, FieldView},
        reply,
    },
    items::Version,
    page::{anchor, blocks, home, writer},
    prefill, triage,
    triage::Suggested,
};
use crate::{
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
};

/// The field for categories of a first look.
const CATEGORIES: &str = "look_categories";

#[derive(Template)]
#[template(path = "desk/work/entry.html")]
struct EntryPage {
    page: Page,
    desk: Frame,
    id: CaseId,
    /// The page on which entries of this kind are shown.
    home: String,
    reference: String,
    kind: Kind,
    version: i64,
    about: String,
    corrects: String,
    /// The entry that this is about, with its heading.
    subject: Option<(String, Version)>,
    fields: Vec<FieldView>,
    problems: Vec<FieldError>,
    /// What to think about before going on, in words.
    warnings: Vec<String>,
    changed: bool,
    beside: Vec<Block>,
    /// For a first look: what the reporter said to what each field asks, by field.
    told: BTreeMap<&'static str, Vec<Said>>,
    /// The level that all this suggests, and why.
    suggested: Option<Suggested>,
}

/// What the address says besides the kind.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    about: String,
    #[serde(default)]
    corrects: String,
}

/// What was wrong.
#[derive(Default)]
struct Told {
    problems: Vec<(&'static str, RecordProblem)>,
    cautions: Vec<Caution>,
    changed: bool,
}

/// The entries that a new one stands beside.
#[derive(Clone, Copy, Default)]
struct Beside {
    about: Option<EventId>,
    corrects: Option<EventId>,
}

fn find(id: &str, kind: &str) -> Result<(CaseId, Kind), Problem> {
    let kind = Kind::from_key(kind).filter(|kind| kind.has_form());
    Ok((case_id(id)?, kind.ok_or(Problem::NotFound)?))
}

/// An id, or nothing where nothing is said. What is no id is no entry either.
fn entry_id(text: &str) -> Result<Option<EventId>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Problem::NotFound)
}

/// `GET /desk/case/{id}/record/{kind}`.
pub(super) async fn get(
    desk: Desk,
    Path((id, kind)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let (id, kind) = find(&id, &kind)?;
    let beside = Beside {
        about: entry_id(&asked.about)?,
        corrects: entry_id(&asked.corrects)?,
    };
    show(&desk, id, kind, beside, None, &Told::default(), StatusCode::OK).await
}

/// `POST /desk/case/{id}/record/{kind}`.
pub(super) async fn post(Path((id, kind)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Cases)?;
    let (id, kind) = find(&id, &kind)?;
    let row = desk::find(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let beside = Beside {
        about: entry_id(fields.get("about"))?,
        corrects: entry_id(fields.get("corrects"))?,
    };
    if again {
        return show(
            &desk,
            row.id,
            kind,
            beside,
            Some(&fields),
            &Told::default(),
            StatusCode::OK,
        )
        .await;
    }
    let (page, _) = Frame::new(&desk, Place::Cases);
    let input = record::input(&page, kind.fields(), &fields);
    let place = app_record::Place {
        about: beside.about,
        corrects: beside.corrects,
        // A version that cannot be read is one that nobody has seen.
        seen_version: fields.get("version").parse().unwrap_or(-1),
    };
    let (told, status) =
        match app_record::enter(&desk.site.app, &desk.me.reader, id, kind, place, &input).await {
            Ok(_) => return Ok(go(&anchor(id, kind))),
            Err(EnterError::Input { problems, cautions }) => (
                Told {
                    problems,
                    cautions,
                    changed: false,
                },
                StatusCode::UNPROCESSABLE_ENTITY,
            ),
            Err(EnterError::Refused(refusal)) => return refused(&desk, id, refusal, &fields),
            Err(EnterError::Desk(DeskError::Changed)) => (
                Told {
                    changed: true,
                    ..Told::default()
                },
                StatusCode::CONFLICT,
            ),
            Err(EnterError::Desk(error)) => return Err(problem(&error)),
        };
    show(&desk, id, kind, beside, Some(&fields), &told, status).await
}

/// Shows the form: with what was typed, or, at first, with what there is to begin with.
async fn show(
    desk: &Desk,
    id: CaseId,
    kind: Kind,
    beside: Beside,
    typed: Option<&Fields>,
    told: &Told,
    status: StatusCode,
) -> Result<Response, Problem> {
    let opened = open(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let CaseOpened::Full(case) = opened else {
        return Ok(go(&format!("/desk/case/{id}")));
    };
    let nothing = Fields::default();
    let me = &desk.me.reader;
    let register = register(&case.history);
    // A correction answers what the entry answers that it corrects.
    let corrected = beside.corrects.and_then(|root| register.find(root));
    let about = beside
        .about
        .or_else(|| corrected.as_ref().and_then(|item| item.first.entry.about));
    let allowed = may_enter(case.row.state, me.role, case.view.part, kind)
        .and_then(|()| register.check(kind, me.id, about, beside.corrects))
        .and_then(|()| is_for_them(&case, &register, kind, about));
    if let Err(refusal) = allowed {
        return refused(desk, id, refusal, typed.unwrap_or(&nothing));
    }
    let (page, frame) = Frame::new(desk, Place::Cases);
    let names = names(&desk.site).await?;
    let subject = about.and_then(|root| register.find(root));
    let begun;
    let fields = match (typed, &corrected) {
        (Some(typed), _) => typed,
        (None, Some(item)) => {
            begun = prefill::from_record(kind.fields(), &item.latest.entry.record);
            &begun
        }
        (None, None) => {
            begun = begin(desk, &page, &names, &case, kind, subject.as_ref());
            &begun
        }
    };
    let (mut views, warnings) = views(&page, kind, fields, told, &readers(&case, kind, me.id));
    let mut first_look = BTreeMap::new();
    let mut repeats = None;
    if kind == Kind::FirstLook {
        repeats = Some(pattern::count(desk, id).await?.repeats);
        let content = desk.site.web.content.get();
        let keys = content.categories.active().map(|category| category.key.as_str());
        if let Some(view) = views.iter_mut().find(|view| view.name == CATEGORIES) {
            view.control = record::categories(&page, keys, fields, CATEGORIES);
        }
        let reading = Reading::new(
            &page,
            &case.form,
            desk.site.app.form(),
            &case.report.answers,
            &names,
        );
        first_look = triage::told(&reading);
    }
    let html = EntryPage {
        id,
        home: home(id, kind),
        reference: case.row.reference.to_string(),
        kind,
        version: case.row.version,
        about: about.map_or_else(String::new, |id| id.to_string()),
        corrects: beside.corrects.map_or_else(String::new, |id| id.to_string()),
        subject: subject.map(|item| {
            let writer = writer(desk, &page, &names, &case);
            (writer.heading(&item), writer.version(&item.latest))
        }),
        problems: record::errors(&views),
        fields: views,
        warnings,
        changed: told.changed,
        told: first_look,
        suggested: repeats.map(|repeats| triage::suggested(&page, &case, repeats)),
        beside: said(desk, &page, &case, &names, kind),
        page,
        desk: frame,
    };
    reply(status, &html)
}

/// What a new entry begins with.
fn begin(
    desk: &Desk,
    page: &Page,
    names: &Names,
    case: &OpenedCase,
    kind: Kind,
    subject: Option<&Item<'_>>,
) -> Fields {
    let register = register(&case.history);
    let reading = Reading::new(
        page,
        &case.form,
        desk.site.app.form(),
        &case.report.answers,
        names,
    );
    let wishes = case.wishes.as_ref().map(|(wishes, _)| wishes.as_str());
    let is_first = register.items(kind).is_empty();
    let today = desk.site.web.today();
    let mut fields = prefill::begin(kind, &reading, wishes, subject, is_first, today);
    if let (Kind::Shown, Some(subject)) = (kind, subject) {
        prefill::copy_of(page, names, subject, &mut fields);
    }
    if kind == Kind::StayAway {
        prefill::tried(
            page,
            &register,
            |at| moment(page, &desk.site.web, at),
            &mut fields,
        );
    }
    fields
}

/// A copy for the person is only of what is for whoever reported.
fn is_for_them(
    case: &OpenedCase,
    register: &Register<'_>,
    kind: Kind,
    about: Option<EventId>,
) -> Result<(), EntryRefusal> {
    if kind != Kind::Shown {
        return Ok(());
    }
    let is_affected = case.facts.about_whom == Some(AboutWhom::Me);
    let shown = about.and_then(|about| register.find(about));
    match shown.map(|item| may_be_shown(item.latest.entry, is_affected)) {
        Some(true) => Ok(()),
        _ => Err(EntryRefusal::NotForThem),
    }
}

/// The fields, and the warnings. A field for the reason to go on is there once its warning was.
fn views(
    page: &Page,
    kind: Kind,
    fields: &Fields,
    told: &Told,
    readers: &[(UserId, String)],
) -> (Vec<FieldView>, Vec<String>) {
    let mut problems = told.problems.clone();
    let mut warnings = Vec::new();
    for caution in &told.cautions {
        match caution.warning() {
            Some(warning) => warnings.push(page.t(&format!("record-warn-{warning}"))),
            None => problems.push((caution.field(), RecordProblem::Missing)),
        }
    }
    let is_asked = |field: &&Field| {
        !Caution::is_reason(field.id)
            || !fields.get(field.id).is_empty()
            || told.cautions.iter().any(|caution| caution.field() == field.id)
    };
    let asked: Vec<Field> = kind.fields().iter().filter(is_asked).copied().collect();
    let (mut views, _) = record::view(page, &asked, fields, &problems, readers);
    for view in &mut views {
        if Caution::is_reason(view.name) && !warnings.is_empty() && view.value.trim().is_empty() {
            view.error = page.t("record-reason-missing");
        }
    }
    // Nobody to choose from: the field would be an empty question.
    views.retain(|view| !matches!(&view.control, Control::One(choices) if choices.is_empty()));
    (views, warnings)
}

/// Those who can read the case and be given something in it. Nobody checks their own decision.
fn readers(case: &OpenedCase, kind: Kind, me: UserId) -> Vec<(UserId, String)> {
    let is_decision = matches!(kind, Kind::Decision | Kind::StayAway);
    // Who only helps in a case neither confirms that somebody stays away nor hears an appeal.
    let needs_role = matches!(kind, Kind::StayAway | Kind::StayAwayAppeal);
    case.readers
        .iter()
        .filter(|(id, _, role, standing)| {
            *standing == Standing::Active
                && !(is_decision && *id == me)
                && (!needs_role || role_may(*role, Kind::StayAwayCheck))
        })
        .map(|(id, name, ..)| (*id, name.clone()))
        .collect()
}

/// What the reporter said, for entries that must not go past it.
fn said(desk: &Desk, page: &Page, case: &OpenedCase, names: &Names, kind: Kind) -> Vec<Block> {
    let wanted: &[&str] = match kind {
        // Beside each of its fields instead.
        Kind::Outcome | Kind::OutcomeCheck => &["wishes", "must-not"],
        Kind::Task => &["asked", "wishes", "must-not", "safe"],
        Kind::Decision | Kind::SecondCheck => &["asked", "danger", "wishes", "must-not", "consent", "safe"],
        Kind::Ask => &["asked", "wishes", "must-not", "consent"],
        Kind::Talk | Kind::Conversation | Kind::University => &["wishes", "must-not", "consent"],
        Kind::Shown => &["wishes", "must-not", "contact"],
        Kind::Request | Kind::RequestAnswer => &["contact"],
        Kind::Support => &["wishes", "access"],
        Kind::Contact => &["contact", "access", "must-not"],
        Kind::Reprisal | Kind::ReprisalCheck => &["fear", "contact"],
        Kind::SafetyPlan => &["danger", "safe", "access"],
        Kind::StayAway | Kind::StayAwayCheck => &["wishes", "must-not", "consent", "fear"],
        Kind::StayAwayReview | Kind::StayAwayRuling => &["wishes", "must-not", "fear"],
        Kind::Partners => &["consent"],
        Kind::StayAwayAppeal
        | Kind::FirstLook
        | Kind::TaskResult
        | Kind::AskAnswer
        | Kind::Comment
        | Kind::Review => &[],
    };
    blocks(desk, page, case, names, wanted)
}

fn refused(desk: &Desk, id: CaseId, refusal: EntryRefusal, fields: &Fields) -> Result<Response, Problem> {
    let (page, _) = Frame::new(desk, Place::Cases);
    let kind = |kind: Kind| page.t(&format!("record-{}", kind.key()));
    let (status, why) = match refusal {
        EntryRefusal::WrongState { kind: tried, state } => (
            StatusCode::CONFLICT,
            page.format(
                "record-refused-state",
                &[
                    ("kind", kind(tried)),
                    ("state", page.t(&format!("desk-state-{}", state.key()))),
                ],
            ),
        ),
        EntryRefusal::Role { kind: tried, .. } => (
            StatusCode::FORBIDDEN,
            page.with("record-refused-role", "kind", kind(tried)),
        ),
        EntryRefusal::NoSuchEntry => (StatusCode::CONFLICT, page.t("record-refused-entry")),
        EntryRefusal::NeedsSecondPerson => (StatusCode::FORBIDDEN, page.t("record-refused-second")),
        EntryRefusal::NotNow => (StatusCode::CONFLICT, page.t("stay-refused-now")),
        EntryRefusal::TheirWords => (StatusCode::FORBIDDEN, page.t("record-refused-theirs")),
        EntryRefusal::NotForThem => (StatusCode::FORBIDDEN, page.t("record-refused-not-theirs")),
    };
    refused_page(desk, id, status, why, fields)
}
