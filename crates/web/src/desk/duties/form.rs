//! `/desk/case/{id}/duties/{body}/record/{step}`: recording what is decided and done about one body.

use askama::Template;
use axum::{
    extract::{FromRequest, Multipart, Path, Request, State},
    http::StatusCode,
    response::Response,
};
use jiff::Timestamp;
use safehold_app::{
    desk::{
        self, DeskError, OpenedCase,
        duties::{self, Duties, DutyError, DutyPlace},
    },
    files,
};
use safehold_core::{
    access::Area,
    duties::{Entry, Problem as FieldFault, Refused, Step},
    id::{CaseId, EventId},
};

use super::{
    begun,
    fields::{Control, FieldView, Filled, day, input},
    words::{self, Told},
};
use crate::{
    desk::{
        Desk, Frame, Place,
        act::refused_page,
        answers::Reading,
        case::names,
        case_id, enter, entry,
        frame::moment,
        go,
        message::size,
        overview::{self, Block},
        problem, reply,
        write::{Posted, file_words, receive},
    },
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
    session::MaybeSession,
    site::Site,
};

#[derive(Template)]
#[template(path = "desk/duties/form.html")]
struct FormPage<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    body: &'a str,
    name: String,
    step: Step,
    entry: EventId,
    version: i64,
    fields: Vec<FieldView>,
    problems: Vec<FieldError>,
    changed: bool,
    choose_again: bool,
    /// What was decided last.
    before: Vec<Told>,
    beside: Vec<Block>,
}

/// What the page says besides its fields.
#[derive(Default)]
struct Faults {
    fields: Vec<(&'static str, FieldFault)>,
    files: String,
    changed: bool,
    choose_again: bool,
}

fn read(id: &str, step: &str) -> Result<(CaseId, Step), Problem> {
    let step = Step::from_key(step).filter(|step| *step != Step::Look);
    Ok((case_id(id)?, step.ok_or(Problem::NotFound)?))
}

/// `GET /desk/case/{id}/duties/{body}/record/{step}`.
pub(super) async fn get(
    desk: Desk,
    Path((id, body, step)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Duties)?;
    let (id, step) = read(&id, &step)?;
    show(&desk, id, &body, step, None, Faults::default(), StatusCode::OK).await
}

/// `POST /desk/case/{id}/duties/{body}/record/{step}`.
pub(super) async fn post(
    State(site): State<Site>,
    MaybeSession(session): MaybeSession,
    Path((id, body, step)): Path<(String, String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let to = request.uri().path().to_owned();
    // The page after signing in sends no files, so it comes as a plain form.
    let is_plain = request
        .headers()
        .get("content-type")
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let me = session.map(|me| Desk {
        site: site.clone(),
        me,
    });
    if let Some(desk) = &me {
        enter(desk, Area::Duties)?;
        desk::find(&site.app, &desk.me.reader, case_id(&id)?)
            .await
            .map_err(|error| problem(&error))?;
    }
    let mut posted = Posted::default();
    if is_plain {
        posted.fields = Fields::from_request(request, &site).await?;
    } else {
        let multipart = Multipart::from_request(request, &site)
            .await
            .map_err(|_| Problem::Malformed)?;
        if let Err(problem) = receive(me.as_ref(), &id, multipart, &mut posted).await {
            discard(&site, &posted).await;
            return Err(problem);
        }
    }
    let session = me.map(|desk| desk.me);
    let me = match entry::admit(&site, session, &to, &posted.fields)? {
        Ok(me) => me,
        Err(response) => return Ok(response),
    };
    let (id, step) = read(&id, &step)?;
    send(&Desk { site, me }, id, &body, step, posted).await
}

async fn discard(site: &Site, posted: &Posted) {
    files::discard(&site.app, posted.files.iter().map(|file| file.id).collect()).await;
}

async fn send(desk: &Desk, id: CaseId, body: &str, step: Step, posted: Posted) -> Result<Response, Problem> {
    let (page, _) = Frame::new(desk, Place::Cases);
    let mut faults = Faults {
        // Files go with their entry or not at all; the browser has them still.
        choose_again: !posted.files.is_empty() || posted.faults.choose_again,
        ..Faults::default()
    };
    if posted.fields.get("again") == "1" {
        discard(&desk.site, &posted).await;
        return show(desk, id, body, step, Some(&posted.fields), faults, StatusCode::OK).await;
    }
    if posted.faults.files.is_some() || posted.faults.cut {
        discard(&desk.site, &posted).await;
        faults.files = match &posted.faults.files {
            Some((name, error)) => file_words(&page, name, error)?,
            None => page.t("desk-write-cut"),
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(desk, id, body, step, Some(&posted.fields), faults, status).await;
    }
    let Posted { fields, files, .. } = posted;
    let place = DutyPlace {
        id: entry_id(&fields),
        // A version that cannot be read is one that nobody has seen.
        seen_version: fields.get("version").parse().unwrap_or(-1),
        step,
        body,
    };
    let typed = input(&page, step, &fields);
    let status = match duties::enter(&desk.site.app, &desk.me.reader, id, place, &typed, files).await {
        Ok(()) => {
            return Ok(go(&format!("/desk/case/{id}/duties/{body}?done={}", step.key())));
        }
        Err(DutyError::Fields(problems)) => {
            faults.fields = problems;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(DutyError::Refused(why)) => return refused(desk, id, why, &fields),
        Err(DutyError::Desk(DeskError::Changed)) => {
            faults.changed = true;
            StatusCode::CONFLICT
        }
        Err(DutyError::Desk(error)) => return Err(problem(&error)),
    };
    show(desk, id, body, step, Some(&fields), faults, status).await
}

fn entry_id(fields: &Fields) -> EventId {
    fields
        .get("entry")
        .parse()
        .unwrap_or_else(|_| duties::new_entry_id())
}

/// The page for what the rules do not allow now. What was typed is on it.
pub(super) fn refused(desk: &Desk, id: CaseId, why: Refused, fields: &Fields) -> Result<Response, Problem> {
    let (page, _) = Frame::new(desk, Place::Cases);
    let why = match why {
        Refused::State(state) => page.with(
            "duty-refused-state",
            "state",
            page.t(&format!("desk-state-{}", state.key())),
        ),
        Refused::NotDecided => page.t("duty-refused-not-decided"),
        Refused::AskFirst => page.t("duty-refused-ask-first"),
        Refused::NothingSent => page.t("duty-refused-nothing-sent"),
        Refused::Ended => page.t("duty-refused-ended"),
    };
    refused_page(desk, id, StatusCode::CONFLICT, why, fields)
}

async fn show(
    desk: &Desk,
    id: CaseId,
    body: &str,
    step: Step,
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
    if duties::body(app, body).is_none() && !duties.book.bodies.contains_key(body) {
        return Err(Problem::NotFound);
    }
    if let Err(why) = duties.book.may(case.row.state, step, body) {
        return refused(desk, id, why, typed.unwrap_or(&Fields::default()));
    }
    let (page, frame) = Frame::new(desk, Place::Cases);
    let first;
    let fields = if let Some(fields) = typed {
        fields
    } else {
        first = proposed(desk, &page, body, step);
        &first
    };
    let rules = app.rules();
    let filled = Filled {
        page: &page,
        duties: &duties,
        body,
        fields,
        problems: &faults.fields,
        files_error: &faults.files,
        files_hint: page.format(
            "desk-write-files-hint",
            &[
                ("count", rules.files.to_string()),
                ("size", size(rules.file_bytes)),
            ],
        ),
        received: moment(&page, &desk.site.web, case.row.received_at),
    };
    let (views, problems) = filled.view(step);
    let before = decided_before(&page, desk, &duties, body);
    let beside = beside(desk, &page, &case, step).await?;
    reply(
        status,
        &FormPage {
            id,
            body,
            name: words::name(&page, body),
            step,
            entry: typed.map_or_else(duties::new_entry_id, entry_id),
            version: case.row.version,
            fields: views,
            problems,
            changed: faults.changed,
            choose_again: faults.choose_again,
            before,
            beside,
            page,
            desk: frame,
        },
    )
}

/// What a form begins with: whoever is signed in, and today.
fn proposed(desk: &Desk, page: &Page, body: &str, step: Step) -> Fields {
    let me = desk.me.reader.name.clone();
    let today = desk.site.web.today();
    let mut fields = Vec::new();
    match step {
        Step::Decide => fields.push(("decided_by".to_owned(), me)),
        Step::Send => {
            fields.extend(day("sent_on", today));
            fields.push(("sent_by".to_owned(), me));
            let message = page.format(
                "duty-message",
                &[("body", words::name(page, body)), ("date", page.date(today))],
            );
            fields.push(("message".to_owned(), message));
        }
        Step::Reply => fields.extend(day("reply_on", today)),
        Step::Look | Step::End => {}
    }
    Fields(fields)
}

fn decided_before(page: &Page, desk: &Desk, duties: &Duties<'_>, body: &str) -> Vec<Told> {
    let Some(standing) = duties.book.bodies.get(body) else {
        return Vec::new();
    };
    let entry = Entry::Decided(standing.decision.clone());
    let need = page.t(&format!("duty-need-{}", standing.decision.need.key()));
    let mut told = vec![(page.t("duty-field-need"), vec![need], false)];
    told.extend(words::fields(page, &desk.site.web, &entry, &[]));
    told
}

/// What the person said, beside what is decided about them.
async fn beside(desk: &Desk, page: &Page, case: &OpenedCase, step: Step) -> Result<Vec<Block>, Problem> {
    let wanted: &[&str] = match step {
        Step::Decide | Step::Send => &["asked", "danger", "wishes", "must-not", "consent", "safe"],
        Step::Look | Step::Reply | Step::End => return Ok(Vec::new()),
    };
    let names = names(&desk.site).await?;
    let today = desk.site.app.form();
    let reading = Reading::new(page, &case.form, today, &case.report.answers, &names);
    let at = |at: Timestamp| moment(page, &desk.site.web, at);
    let mut blocks = overview::blocks(page, case, &reading, &at);
    blocks.retain(|block| wanted.contains(&block.id));
    Ok(blocks)
}
