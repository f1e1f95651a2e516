//! What a request finds: a report that is being written, one that was sent, or nothing yet.

use axum::response::{IntoResponse, Redirect, Response};
use safehold_app::{
    AskedForm,
    report::{self, ChangeError, Draft, DraftBody, Visit, VisitState},
};
use safehold_core::form::Answers;

use super::address::START;
use crate::{fields::Fields, problem::Problem, site::Site, visit};

/// Where the visit of a request leads.
pub(crate) enum Found {
    /// Nowhere: nothing was begun, or it has gone by itself.
    Nothing,
    /// To a report that is being written.
    Draft(Box<Draft>),
    /// To one that was sent.
    Sent,
}

/// The visit of a request, and where it leads.
pub(crate) struct Current {
    /// What the cookie says, if there is one.
    pub(crate) visit: Option<Visit>,
    /// Where it leads.
    pub(crate) found: Found,
    form: AskedForm,
}

impl Current {
    /// Looks.
    pub(crate) async fn find(site: &Site, visit: Option<Visit>) -> Result<Self, Problem> {
        let found = match &visit {
            None => Found::Nothing,
            Some(visit) => match report::load(&site.app, visit)
                .await
                .map_err(|error| Problem::server(&error))?
            {
                None => Found::Nothing,
                Some(VisitState::Draft(draft)) => Found::Draft(draft),
                Some(VisitState::Sent(_)) => Found::Sent,
            },
        };
        let form = match &found {
            Found::Draft(draft) => draft.form.clone(),
            _ => site.app.form().clone(),
        };
        Ok(Self { visit, found, form })
    }

    /// The form that asks: the one that the draft began with, or the present one.
    pub(crate) fn form(&self) -> &AskedForm {
        &self.form
    }

    /// What was written so far.
    pub(crate) fn body(&self) -> DraftBody {
        match &self.found {
            Found::Draft(draft) => draft.body.clone(),
            _ => DraftBody::default(),
        }
    }

    /// The answers so far.
    pub(crate) fn answers(&self) -> Answers {
        match &self.found {
            Found::Draft(draft) => draft.body.answers.clone(),
            _ => Answers::default(),
        }
    }

    /// The token that a form carries; empty before there is a visit.
    pub(crate) fn token(&self) -> String {
        match (&self.found, &self.visit) {
            (Found::Nothing, _) | (_, None) => String::new(),
            (_, Some(visit)) => visit::form_token(visit),
        }
    }

    /// Whether a form carries the token of this visit.
    pub(crate) fn allows(&self, fields: &Fields) -> bool {
        self.visit
            .as_ref()
            .is_some_and(|visit| fields.carries(&visit::form_token(visit)))
    }

    /// The answer for a page that needs a draft where there is none.
    pub(crate) fn without_draft(&self, site: &Site) -> Result<Response, Problem> {
        match (&self.found, &self.visit) {
            (Found::Sent, _) => Ok(Redirect::to(super::address::FOLLOW).into_response()),
            (_, None) => Ok(Redirect::to(START).into_response()),
            (_, Some(_)) => super::start::gone(site),
        }
    }
}

/// What stands in the way of a change.
pub(crate) enum Stopped {
    /// The report was sent meanwhile.
    Sent,
    /// The draft is gone.
    Gone,
}

/// Changes the draft of a visit.
pub(crate) async fn change(
    site: &Site,
    visit: &Visit,
    change: impl Fn(&mut DraftBody) + Send,
) -> Result<Result<DraftBody, Stopped>, Problem> {
    match report::change(&site.app, visit, change).await {
        Ok(body) => Ok(Ok(body)),
        Err(ChangeError::AlreadySent(_)) => Ok(Err(Stopped::Sent)),
        Err(ChangeError::Gone) => Ok(Err(Stopped::Gone)),
        Err(ChangeError::App(error)) => Err(Problem::server(&error)),
    }
}

/// A redirect after a change, and the cookie where the visit is new.
pub(crate) fn go(site: &Site, to: &str, new: Option<&Visit>) -> Response {
    let redirect = Redirect::to(to);
    match new.and_then(|visit| visit::remember(visit, &site.web)) {
        Some(cookie) => ([cookie], redirect).into_response(),
        None => redirect.into_response(),
    }
}
