//! Decisions that somebody stays away from activities: those of a case, those on a desk, and a look at who would like to
//! join. What is recorded with each step is entered on the form of the record. What the words mean is in
//! [`safehold_core::stay_away`].

mod case;
mod list;
mod sign_ups;

use axum::{Router, routing::get};
use safehold_core::{case::Record, id::CaseId, record::Kind, stay_away::Stands};

use crate::{layout::Page, site::Site};

pub(super) use case::flags;

/// The routes of these pages.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/desk/case/{id}/exclusion", get(case::get))
        .route("/desk/exclusions", get(list::get))
        .route("/desk/sign-ups", get(sign_ups::get).post(sign_ups::post))
}

/// Whether a kind of entry is shown on the page of these decisions, and not with the rest of the record.
pub(super) fn has(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::StayAway
            | Kind::StayAwayCheck
            | Kind::StayAwayReview
            | Kind::StayAwayAppeal
            | Kind::StayAwayRuling
    )
}

/// The page of these decisions in a case.
pub(super) fn address(case: CaseId) -> String {
    format!("/desk/case/{case}/exclusion")
}

fn name(record: &Record) -> &str {
    record.get("stay_name").unwrap_or_default()
}

fn stands(page: &Page, stands: Stands) -> String {
    page.t(&format!("stay-stands-{}", stands.key()))
}

/// Until when it is, and when it is looked at again.
fn days(
    page: &Page,
    ends_on: Option<jiff::civil::Date>,
    review_on: Option<jiff::civil::Date>,
) -> Vec<String> {
    let mut lines = vec![match ends_on {
        Some(on) => page.with("stay-until-day", "date", page.date(on)),
        None => page.t("stay-until-review"),
    }];
    lines.extend(review_on.map(|on| page.with("stay-review-on", "date", page.date(on))));
    lines
}
