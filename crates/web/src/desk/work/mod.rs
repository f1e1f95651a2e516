//! The record of the work on a case: what the person wants, actions, decisions, support, contacts, protection from
//! reprisal, the safety plan and "called in" conversations; and the case in the order of time.

mod chronology;
mod entry;
mod items;
mod load;
mod page;
mod prefill;
mod triage;

use axum::{Router, routing::get};
use safehold_core::record::Kind;

use crate::site::Site;

pub(super) use page::{Summary, summary};
pub(super) use triage::{Suggested, may_look, suggested};

/// The routes of the record.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/desk/load", get(load::get))
        .route("/desk/case/{id}/record", get(page::get))
        .route("/desk/case/{id}/record/{kind}", get(entry::get).post(entry::post))
        .route("/desk/case/{id}/chronology", get(chronology::get))
}

/// The parts of the record, in the order in which somebody who works with a person needs them.
const SECTIONS: [Kind; 15] = [
    Kind::FirstLook,
    Kind::Outcome,
    Kind::Talk,
    Kind::SafetyPlan,
    Kind::Ask,
    Kind::Task,
    Kind::Decision,
    Kind::Support,
    Kind::Contact,
    Kind::Reprisal,
    Kind::Conversation,
    Kind::Partners,
    Kind::University,
    Kind::Request,
    Kind::Review,
];

/// The part of the record in which a kind stands.
fn section(kind: Kind) -> Kind {
    kind.answers().map_or(kind, |(of, _)| of)
}
