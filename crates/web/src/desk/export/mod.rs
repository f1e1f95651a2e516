//! `/desk/case/{id}/export`: copies of a case file that leave the program, and the layers that say what is left out.

mod copy;
mod form;
mod layer;
mod look;
mod picks;
mod preview;
mod words;

use axum::{Router, response::Response, routing::get};
use safehold_app::desk::{
    CaseOpened, OpenedCase,
    export::{CopyStep, FileDigest, LayerView, Sheet, documents::CaseFile, layers},
    open,
};
use safehold_app::{SecretString, sessions};
use safehold_core::{
    access::Area,
    id::{CaseId, EventId},
};

use super::{Desk, case, case_id, enter, go, problem};
use crate::{fields::Fields, layout::Page, problem::Problem, site::Site};

/// The routes of copies.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/desk/case/{id}/export", get(form::get).post(form::post))
        .route(
            "/desk/case/{id}/export/layer",
            get(layer::get_new).post(layer::post_new),
        )
        .route(
            "/desk/case/{id}/export/layer/{layer}",
            get(look::get).post(look::post),
        )
        .route(
            "/desk/case/{id}/export/layer/{layer}/change",
            get(layer::get_change).post(layer::post_change),
        )
        .route(
            "/desk/case/{id}/export/copy/{copy}",
            get(copy::get).post(copy::post),
        )
}

/// A step towards a copy, in the history of a case: what it was, never the words that are left out.
pub(super) fn history(page: &Page, step: &CopyStep) -> (String, Vec<(String, Vec<String>, bool)>) {
    let field = |id: &str, text: String, own| (page.t(id), vec![text], own);
    match step {
        CopyStep::LayerPut { content, version, .. } => (
            page.t(if *version == 1 {
                "export-did-layer"
            } else {
                "export-did-change"
            }),
            vec![
                field("export-name", content.name.clone(), true),
                field("export-ground", ground(page, content.ground.key()), false),
            ],
        ),
        CopyStep::LayerChecked { agreed, why, .. } => {
            let mut fields = Vec::new();
            if !why.trim().is_empty() {
                fields.push(field("export-check-why", why.clone(), true));
            }
            let id = if *agreed {
                "export-did-agree"
            } else {
                "export-did-send-back"
            };
            (page.t(id), fields)
        }
        CopyStep::Made { copy } => (
            page.t("export-did-copy"),
            vec![field("export-purpose", copy.purpose.clone(), true)],
        ),
    }
}

fn ground(page: &Page, key: &str) -> String {
    page.t(&format!("export-ground-{}", key.replace('_', "-")))
}

/// Whether the pass phrase is asked for: not from somebody who has just shown who they are.
fn asks_pass(desk: &Desk) -> bool {
    !sessions::is_proven(&desk.site.app, &desk.me.reader)
}

fn typed_pass(fields: &Fields) -> Option<SecretString> {
    let pass = fields.get("pass");
    (!pass.is_empty()).then(|| SecretString::from(pass))
}

/// The case, opened; or the way to its own page if nobody has begun with it.
async fn opened(desk: &Desk, id: &str) -> Result<Result<(CaseId, OpenedCase), Response>, Problem> {
    enter(desk, Area::Export)?;
    let id = case_id(id)?;
    let opened = open(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    Ok(match opened {
        CaseOpened::Full(case) => Ok((id, *case)),
        CaseOpened::Before(_) => Err(go(&format!("/desk/case/{id}"))),
    })
}

/// The layer in an address.
fn find_layer(case: &OpenedCase, layer: &str) -> Result<LayerView, Problem> {
    let id: EventId = layer.parse().map_err(|_| Problem::NotFound)?;
    layers(&case.history)
        .into_iter()
        .find(|known| known.id == id)
        .ok_or(Problem::NotFound)
}

/// The case file in words, as it stands now: for picking and looking. Files come without digests.
async fn in_words(desk: &Desk, page: &Page, case: &OpenedCase) -> Result<CaseFile, Problem> {
    let names = case::names(&desk.site).await?;
    let files = FileDigest::without_digests(case);
    let sheet = Sheet {
        case,
        files: &files,
        made_at: desk.site.app.now(),
        made_by: &desk.me.reader.name,
        purpose: "",
        layers: &[],
    };
    Ok(words::case_file(page, &desk.site, &names, &sheet))
}
