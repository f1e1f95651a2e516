//! `/follow/request/{what}`: asking for a copy of what is held about one, or to open a case again.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::follow::Followed;
use safehold_core::record::Kind;

use super::saying::{self, Asking, Found, find, page_of, take};
use crate::{fields::Fields, layout::Page, problem::Problem, site::Site, visit::MaybeVisit};

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Copy,
    Reopen,
}

impl What {
    fn of(name: &str) -> Result<Self, Problem> {
        match name {
            "copy" => Ok(Self::Copy),
            "reopen" => Ok(Self::Reopen),
            _ => Err(Problem::NotFound),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Reopen => "reopen",
        }
    }

    fn done(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Reopen => "reopen",
        }
    }

    /// Whether it can be asked for now: not while the same is waiting for an answer, nor to open what is open.
    fn is_open_to(self, followed: &Followed) -> bool {
        let has_use = match self {
            Self::Copy => true,
            Self::Reopen => !followed.state.is_live(),
        };
        has_use && !followed.side.waits_for(self.name())
    }
}

fn asking(page: &Page, what: What) -> Asking {
    let name = what.name();
    let key = format!("follow-request-{name}");
    Asking {
        kind: Kind::Request,
        about: None,
        action: format!("/follow/request/{name}"),
        back: "/follow",
        done: what.done(),
        heading: page.t(&key),
        about_it: page
            .t(&format!("{key}.about"))
            .split("\n\n")
            .map(str::to_owned)
            .collect(),
        quoted: String::new(),
        remarks: Vec::new(),
        says: None,
        words: (
            "request_words",
            page.t(&format!("{key}.words")),
            page.t("follow-request-hint"),
        ),
        button: page.t(&format!("{key}.button")),
        fixed: vec![("request_for".to_owned(), name.to_owned())],
    }
}

/// `GET /follow/request/{what}`.
pub(super) async fn get(
    State(site): State<Site>,
    visit: MaybeVisit,
    Path(what): Path<String>,
) -> Result<Response, Problem> {
    let what = What::of(&what)?;
    let (visit, followed) = match find(&site, visit).await? {
        Found::Report(visit, followed) => (visit, followed),
        Found::Elsewhere(response) => return Ok(response),
    };
    if !what.is_open_to(&followed) {
        return Ok(Redirect::to("/follow#asked").into_response());
    }
    let page = page_of(&site, &visit);
    let asking = asking(&page, what);
    saying::show(page, asking)
}

/// `POST /follow/request/{what}`.
pub(super) async fn post(
    State(site): State<Site>,
    visit: MaybeVisit,
    Path(what): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let what = What::of(&what)?;
    let (visit, followed) = match find(&site, visit).await? {
        Found::Report(visit, followed) => (visit, followed),
        Found::Elsewhere(response) => return Ok(response),
    };
    if !what.is_open_to(&followed) {
        return Ok(Redirect::to("/follow#asked").into_response());
    }
    let page = page_of(&site, &visit);
    let asking = asking(&page, what);
    take(&site, visit, page, asking, &fields).await
}
