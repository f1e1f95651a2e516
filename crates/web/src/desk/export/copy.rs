//! `/desk/case/{id}/export/copy/{copy}`: a copy that was made, kept as it left, and saving it.

use askama::Template;
use axum::{
    body::{Body, Bytes},
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use safehold_app::desk::{
    OpenedCase,
    export::{self, CopyView, Document, MakeError, copies},
};
use safehold_core::{
    access::Area,
    id::{CaseId, EventId},
};

use super::{
    super::{Desk, Frame, Place, Sent, enter, frame::moment, go, problem, reply},
    asks_pass, opened, typed_pass,
};
use crate::{
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
};

/// A document is data: opened by itself it runs nothing, loads nothing and asks for nothing.
const ALONE: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

#[derive(Template)]
#[template(path = "desk/export/copy.html")]
struct CopyPage {
    page: Page,
    desk: Frame,
    id: CaseId,
    copy: EventId,
    reference: String,
    facts: Vec<(String, String)>,
    layers: Vec<String>,
    documents: Vec<Choice>,
    document_error: String,
    pass_error: String,
    /// Whether the pass phrase is asked for.
    asks: bool,
    problems: Vec<FieldError>,
}

fn find(case: &OpenedCase, copy: &str) -> Result<CopyView, Problem> {
    let id: EventId = copy.parse().map_err(|_| Problem::NotFound)?;
    copies(&case.history)
        .into_iter()
        .find(|known| known.id == id)
        .ok_or(Problem::NotFound)
}

/// `GET /desk/case/{id}/export/copy/{copy}`.
pub async fn get(desk: Desk, Path((id, copy)): Path<(String, String)>) -> Result<Response, Problem> {
    let (id, case) = match opened(&desk, &id).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let copy = find(&case, &copy)?;
    let none = Fields::default();
    show(&desk, id, &case, &copy, &none, [None, None], StatusCode::OK)
}

/// `POST /desk/case/{id}/export/copy/{copy}`: the PDF or the archive, byte for byte as it was made.
pub async fn post(Path((id, copy)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Export)?;
    let (id, case) = match opened(&desk, &id).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let copy = find(&case, &copy)?;
    if again {
        return show(&desk, id, &case, &copy, &fields, [None, None], StatusCode::OK);
    }
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let document = match fields.get("document") {
        "pdf" => Document::Pdf,
        "archive" => Document::Archive,
        _ => {
            let faults = [Some("export-document-error"), None];
            return show(&desk, id, &case, &copy, &fields, faults, unprocessable);
        }
    };
    let pass = typed_pass(&fields);
    match export::open_copy(&desk.site.app, &desk.me, id, copy.id, document, pass).await {
        Ok(bytes) => Ok(download(&case, document, bytes)),
        Err(MakeError::Pass) => {
            let faults = [None, Some("export-pass-error")];
            show(&desk, id, &case, &copy, &fields, faults, unprocessable)
        }
        Err(MakeError::Desk(error)) => Err(problem(&error)),
        Err(
            MakeError::Purpose | MakeError::Layer | MakeError::Lost | MakeError::NoRoom | MakeError::NotBegun,
        ) => Ok(go(&format!("/desk/case/{id}/export"))),
    }
}

/// The reference in the name tells copies apart, and says nothing to others.
fn download(case: &OpenedCase, document: Document, bytes: safehold_app::Zeroizing<Vec<u8>>) -> Response {
    let (kind, ending) = match document {
        Document::Pdf => ("application/pdf", "pdf"),
        Document::Archive => ("application/json", "json"),
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(ALONE));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    let name = format!("attachment; filename=\"{}.{ending}\"", case.row.reference);
    if let Ok(value) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    // The bytes are wiped when they are sent.
    (headers, Body::from(Bytes::from_owner(bytes))).into_response()
}

fn show(
    desk: &Desk,
    id: CaseId,
    case: &OpenedCase,
    copy: &CopyView,
    fields: &Fields,
    faults: [Option<&'static str>; 2],
    status: StatusCode,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Cases);
    let note = &copy.note;
    let by = copy.by.clone().unwrap_or_else(|| page.t("desk-somebody-gone"));
    let mut facts = vec![
        ("export-purpose", note.purpose.clone()),
        ("export-made-by", by),
        ("export-made-at", moment(&page, &desk.site.web, copy.at)),
        ("export-entries", note.entries.to_string()),
        ("export-removed-entries", note.removed_entries.to_string()),
        ("export-removed-passages", note.removed_passages.to_string()),
    ];
    if note.unshown > 0 {
        facts.push(("export-unshown", note.unshown.to_string()));
    }
    let digests = [
        ("export-pdf-sha256", note.pdf_sha256.clone()),
        ("export-archive-sha256", note.archive_sha256.clone()),
        ("export-key", desk.site.app.verify_key().to_string()),
    ];
    let facts = facts
        .into_iter()
        .chain(digests)
        .map(|(id, text)| (page.t(id), text))
        .collect();
    let layers = note.layers.iter().map(|layer| {
        page.format(
            "export-layer-version",
            &[
                ("name", layer.name.clone()),
                ("version", layer.version.to_string()),
            ],
        )
    });
    let documents = ["pdf", "archive"]
        .map(|value| Choice {
            value: value.to_owned(),
            label: page.t(&format!("export-document-{value}")),
            hint: page.t(&format!("export-document-{value}.hint")),
            checked: fields.get("document") == value,
        })
        .into();
    let words = |id: Option<&str>| id.map_or_else(String::new, |id| page.t(id));
    let [document_error, pass_error] = faults.map(words);
    let problems = [("document", &document_error), ("pass", &pass_error)]
        .into_iter()
        .filter(|(_, error)| !error.is_empty())
        .map(|(name, error)| FieldError {
            name: name.to_owned(),
            text: error.clone(),
        })
        .collect();
    reply(
        status,
        &CopyPage {
            id,
            copy: copy.id,
            reference: case.row.reference.to_string(),
            facts,
            layers: layers.collect(),
            documents,
            document_error,
            pass_error,
            asks: asks_pass(desk),
            problems,
            page,
            desk: frame,
        },
    )
}
