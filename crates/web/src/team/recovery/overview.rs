//! `/desk/recovery`: how the key is kept, who asks, what was done with it, and what one has not seen yet.

use askama::Template;
use axum::{extract::Query, http::StatusCode, response::Response};
use safehold_app::recovery::{self, Ask, Kept, Note, Used};
use safehold_core::{access::Area, trace::RecoveryStep};
use serde::Deserialize;

use super::{problem, step};
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, go, moment, reply},
    layout::Page,
    problem::Problem,
};

struct HolderRow {
    number: u8,
    name: String,
    looked: String,
    is_stale: bool,
}

struct AskRow {
    href: String,
    text: String,
}

struct NoteRow {
    id: String,
    what: String,
    /// When, and by whom.
    small: String,
    reference: String,
    until: String,
    why: String,
}

struct UseRow {
    what: String,
    small: String,
}

#[derive(Template)]
#[template(path = "team/recovery/overview.html")]
struct Overview {
    page: Page,
    desk: Frame,
    done: String,
    kept: String,
    holders: Vec<HolderRow>,
    /// Where holders look whether their share is whole.
    look_at: String,
    /// A change that was begun, in words.
    change: String,
    asks: Vec<AskRow>,
    notes: Vec<NoteRow>,
    uses: Vec<UseRow>,
}

/// What the address may say.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/recovery`.
pub(super) async fn get(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::Recovery)?;
    let done = match asked.done.as_str() {
        "seen" => "recovery-done-seen",
        "dropped" => "recovery-done-dropped",
        "changed" => "recovery-done-changed",
        "given-up" => "recovery-done-given_up",
        _ => "",
    };
    show(&desk, done, StatusCode::OK).await
}

async fn show(desk: &Desk, done: &str, status: StatusCode) -> Result<Response, Problem> {
    let (app, me) = (&desk.site.app, &desk.me.reader);
    let kept = recovery::kept(app, me).await.map_err(|error| problem(&error))?;
    let asks = recovery::asks(app, me).await.map_err(|error| problem(&error))?;
    let uses = recovery::uses(app, me).await.map_err(|error| problem(&error))?;
    let notes = recovery::notes(app, me)
        .await
        .map_err(|error| Problem::server(&error))?;
    let change = recovery::under_way(app)
        .await
        .map_err(|error| Problem::server(&error))?;
    let (page, frame) = Frame::new(desk, Place::Team);
    let at = |at| moment(&page, &desk.site.web, at);
    let change = change.map_or_else(String::new, |change| {
        if change.is_in_force {
            page.t("recovery-change-unfinished")
        } else {
            page.with("recovery-change-goes-on", "at", at(change.begun_at))
        }
    });
    let overview = Overview {
        done: if done.is_empty() {
            String::new()
        } else {
            page.t(done)
        },
        kept: kept_words(&page, desk, &kept),
        holders: kept
            .holders
            .iter()
            .map(|holder| HolderRow {
                number: holder.number,
                name: holder.name.clone(),
                looked: holder.checked_at.map_or_else(
                    || page.t("recovery-holder-unchecked"),
                    |looked| page.with("recovery-holder-checked", "at", at(looked)),
                ),
                is_stale: holder.is_stale,
            })
            .collect(),
        look_at: format!("{}/desk/share", desk.site.base_url),
        change,
        asks: asks.iter().map(|ask| ask_row(&page, desk, ask)).collect(),
        notes: notes
            .into_iter()
            .map(|note| note_row(&page, desk, note))
            .collect(),
        uses: uses.iter().map(|used| use_row(&page, desk, used)).collect(),
        page,
        desk: frame,
    };
    reply(status, &overview)
}

fn kept_words(page: &Page, desk: &Desk, kept: &Kept) -> String {
    let Some(made_at) = kept.made_at else {
        return page.t("recovery-whole");
    };
    let words = [
        ("of", kept.holders.len().to_string()),
        ("needed", kept.needed.to_string()),
        ("set", kept.set.clone()),
        ("at", moment(page, &desk.site.web, made_at)),
    ];
    page.format("recovery-split", &words)
}

fn ask_row(page: &Page, desk: &Desk, ask: &Ask) -> AskRow {
    let words = [
        ("name", ask.name.clone()),
        ("at", moment(page, &desk.site.web, ask.asked_at)),
    ];
    AskRow {
        href: format!("/desk/recovery/ask/{}", ask.id),
        text: page.format("recovery-ask-line", &words),
    }
}

fn small(page: &Page, desk: &Desk, at: jiff::Timestamp, by: Option<&String>) -> String {
    let by = by.map_or_else(
        || page.t("recovery-note-machine"),
        |name| page.with("recovery-note-by", "name", name),
    );
    format!("{} · {by}", moment(page, &desk.site.web, at))
}

fn note_row(page: &Page, desk: &Desk, note: Note) -> NoteRow {
    NoteRow {
        id: note.id.to_string(),
        what: step(page, note.step, note.about.as_ref()),
        small: small(page, desk, note.at, note.by.as_ref()),
        reference: note.reference.map_or_else(String::new, |reference| {
            page.with("recovery-note-case", "reference", reference)
        }),
        until: note.until.map_or_else(String::new, |until| {
            page.with("recovery-note-until", "at", moment(page, &desk.site.web, until))
        }),
        why: note.why,
    }
}

fn use_row(page: &Page, desk: &Desk, used: &Used) -> UseRow {
    // Nobody of the team did these.
    let small = if matches!(used.step, RecoveryStep::Asked | RecoveryStep::ChangeDone) {
        moment(page, &desk.site.web, used.at)
    } else {
        small(page, desk, used.at, used.by.as_ref())
    };
    UseRow {
        what: step(page, used.step, used.about.as_ref()),
        small,
    }
}

/// `POST /desk/recovery/seen`.
pub(super) async fn post_seen(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Recovery)?;
    if again {
        return show(&desk, "", StatusCode::OK).await;
    }
    let note = fields.get("note").parse().map_err(|_| Problem::NotFound)?;
    recovery::seen(&desk.site.app, &desk.me.reader, note)
        .await
        .map_err(|error| problem(&error))?;
    Ok(go("/desk/recovery?done=seen"))
}
