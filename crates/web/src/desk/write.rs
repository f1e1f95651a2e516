//! `/desk/case/{id}/write`: a message to the reporter, with files that are sealed as they stream in.

use askama::Template;
use axum::{
    extract::{FromRequest, Multipart, Path, Request, State, multipart::Field},
    http::StatusCode,
    response::Response,
};
use safehold_app::{
    desk::{self, DeskError},
    files::{self, FileError, Owner, Upload},
    report::FileNote,
};
use safehold_core::{
    access::Area,
    id::{CaseId, MessageId},
};

use super::{Desk, Frame, Place, case_id, enter, entry, go, message::size, problem, reply};
use crate::{
    fields::{Fields, MOST_BYTES},
    layout::{FieldError, Page},
    problem::Problem,
    session::MaybeSession,
    site::Site,
};

#[derive(Template)]
#[template(path = "desk/write.html")]
struct Write<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    message: String,
    text: &'a str,
    text_error: String,
    files_error: String,
    files_hint: String,
    problems: Vec<FieldError>,
    changed: bool,
    /// Files that were chosen before must be chosen again.
    choose_again: bool,
}

/// What was wrong with a message.
#[derive(Default)]
pub(super) struct Faults {
    text: Option<&'static str>,
    pub(super) files: Option<(String, FileError)>,
    pub(super) cut: bool,
    changed: bool,
    pub(super) choose_again: bool,
}

/// What came.
#[derive(Default)]
pub(super) struct Posted {
    pub(super) fields: Fields,
    pub(super) files: Vec<FileNote>,
    pub(super) faults: Faults,
}

/// `GET /desk/case/{id}/write`.
pub async fn get(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    enter(&desk, Area::Write)?;
    let id = case_id(&id)?;
    show(&desk, id, &Fields::default(), Faults::default(), StatusCode::OK).await
}

/// `POST /desk/case/{id}/write`.
pub async fn post(
    State(site): State<Site>,
    MaybeSession(session): MaybeSession,
    Path(id): Path<String>,
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
    let mut posted = Posted::default();
    if let Some(desk) = &me {
        enter(desk, Area::Write)?;
        let id = case_id(&id)?;
        desk::find(&site.app, &desk.me.reader, id)
            .await
            .map_err(|error| problem(&error))?;
    }
    if is_plain {
        posted.fields = Fields::from_request(request, &site).await?;
    } else {
        let multipart = Multipart::from_request(request, &site)
            .await
            .map_err(|_| Problem::Malformed)?;
        if let Err(problem) = receive(me.as_ref(), &id, multipart, &mut posted).await {
            let kept = posted.files.iter().map(|file| file.id).collect();
            files::discard(&site.app, kept).await;
            return Err(problem);
        }
    }
    let session = me.map(|desk| desk.me);
    let me = match entry::admit(&site, session, &to, &posted.fields)? {
        Ok(me) => me,
        Err(response) => return Ok(response),
    };
    let desk = Desk { site, me };
    send(&desk, case_id(&id)?, posted).await
}

async fn send(desk: &Desk, id: CaseId, posted: Posted) -> Result<Response, Problem> {
    let Posted {
        fields,
        files,
        mut faults,
    } = posted;
    if fields.get("again") == "1" {
        return show(desk, id, &fields, faults, StatusCode::OK).await;
    }
    let app = &desk.site.app;
    // Files go with their message or not at all; the browser has them still.
    faults.choose_again = !files.is_empty();
    let error = if faults.files.is_some() || faults.cut {
        files::discard(app, files.iter().map(|file| file.id).collect()).await;
        None
    } else {
        let text = fields.get("text").replace("\r\n", "\n");
        let message = message_id(&fields);
        match desk::write(app, &desk.me.reader, id, message, text, files).await {
            Ok(()) => return Ok(go(&format!("/desk/case/{id}?done=write#messages"))),
            Err(error) => Some(error),
        }
    };
    let status = match error {
        None => StatusCode::UNPROCESSABLE_ENTITY,
        Some(DeskError::Empty) => {
            faults.text = Some("desk-write-empty");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(DeskError::TooLong) => {
            faults.text = Some("desk-write-too-long");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(DeskError::Changed) => {
            faults.changed = true;
            StatusCode::CONFLICT
        }
        Some(other @ (DeskError::NotFound | DeskError::Role | DeskError::App(_))) => {
            return Err(problem(&other));
        }
    };
    show(desk, id, &fields, faults, status).await
}

fn message_id(fields: &Fields) -> MessageId {
    fields
        .get("message")
        .parse()
        .unwrap_or_else(|_| desk::new_message_id())
}

async fn show(
    desk: &Desk,
    id: CaseId,
    fields: &Fields,
    faults: Faults,
    status: StatusCode,
) -> Result<Response, Problem> {
    let row = desk::find(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(desk, Place::Cases);
    let rules = desk.site.app.rules();
    let text_error = faults.text.map_or_else(String::new, |id| page.t(id));
    let files_error = match &faults.files {
        Some((name, error)) => file_words(&page, name, error)?,
        None if faults.cut => page.t("desk-write-cut"),
        None => String::new(),
    };
    let problems = [("text", &text_error), ("files", &files_error)]
        .into_iter()
        .filter(|(_, error)| !error.is_empty())
        .map(|(name, error)| FieldError {
            name: name.to_owned(),
            text: error.clone(),
        })
        .collect();
    reply(
        status,
        &Write {
            id,
            reference: row.reference.to_string(),
            message: message_id(fields).to_string(),
            text: fields.get("text"),
            text_error,
            files_error,
            files_hint: page.format(
                "desk-write-files-hint",
                &[
                    ("count", rules.files.to_string()),
                    ("size", size(rules.file_bytes)),
                ],
            ),
            problems,
            changed: faults.changed,
            choose_again: faults.choose_again,
            page,
            desk: frame,
        },
    )
}

pub(super) fn file_words(page: &Page, name: &str, error: &FileError) -> Result<String, Problem> {
    let (id, limit) = match error {
        FileError::TooLarge { limit } => ("desk-file-too-large", size(*limit)),
        FileError::TooMany { limit } => ("desk-file-too-many", limit.to_string()),
        FileError::Empty => ("desk-file-empty", String::new()),
        // The case was on this desk a moment ago.
        FileError::AlreadySent | FileError::Gone => return Err(Problem::NotFound),
        FileError::Kind => ("desk-file-kind", String::new()),
        FileError::App(error) => return Err(Problem::server(error)),
    };
    Ok(page.format(id, &[("name", name.to_owned()), ("limit", limit)]))
}

/// Takes the parts of the form as they come. Files are taken only after the token, and none after a fault.
pub(super) async fn receive(
    desk: Option<&Desk>,
    id: &str,
    mut multipart: Multipart,
    posted: &mut Posted,
) -> Result<(), Problem> {
    let mut left = MOST_BYTES;
    loop {
        let field = match multipart.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(()),
            Err(_) => break,
        };
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file_name) = field.file_name().map(str::to_owned) else {
            let Some(text) = read_text(field, &mut left).await? else {
                break;
            };
            posted.fields.0.push((name, text));
            continue;
        };
        if file_name.is_empty() || posted.faults.files.is_some() {
            continue;
        }
        let admitted = desk.filter(|desk| posted.fields.carries(&desk.me.form_token));
        let (Some(desk), Ok(case)) = (admitted, case_id(id)) else {
            posted.faults.choose_again = true;
            continue;
        };
        let limit = desk.site.app.rules().files;
        if posted.files.len() >= usize::from(limit) {
            posted.faults.files = Some((file_name, FileError::TooMany { limit }));
            continue;
        }
        match take_file(desk, case, field, &file_name).await {
            Ok(Some(note)) => posted.files.push(note),
            Ok(None) => break,
            Err(error) => posted.faults.files = Some((file_name, error)),
        }
    }
    posted.faults.cut = true;
    Ok(())
}

/// The text of a field; nothing if it did not come whole.
async fn read_text(mut field: Field<'_>, left: &mut usize) -> Result<Option<String>, Problem> {
    let mut bytes = Vec::new();
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => {
                *left = left.checked_sub(piece.len()).ok_or(Problem::TooLarge)?;
                bytes.extend_from_slice(&piece);
            }
            Ok(None) => return Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(_) => return Ok(None),
        }
    }
}

/// A file, sealed as it came; nothing if it did not come whole.
async fn take_file(
    desk: &Desk,
    case: CaseId,
    mut field: Field<'_>,
    name: &str,
) -> Result<Option<FileNote>, FileError> {
    let mut upload = Upload::begin(&desk.site.app, Owner::Case(case)).await?;
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => {
                if let Err(error) = upload.push(&piece).await {
                    upload.abandon().await;
                    return Err(error);
                }
            }
            Ok(None) => return upload.finish(name).await.map(Some),
            Err(_) => {
                upload.abandon().await;
                return Ok(None);
            }
        }
    }
}
