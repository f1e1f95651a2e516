//! The reporter's side of a case: how it stands, messages, and what they want to add, change or take back.

mod about;
mod asked;
mod change;
mod end;
mod file;
mod message;
mod plan;
mod request;
mod review;
mod saying;
mod stands;

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderName, HeaderValue, StatusCode},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
    routing,
};
use safehold_app::{
    desk::record::of_reporter,
    follow::{self, Message, is_at_end},
    report::{MessageBody, Visit},
};
use safehold_core::form::{Facts, Identity};

use file::FileLine;
use stands::Stands;

use crate::{
    cookies::{self, Name},
    fields::Fields,
    layout::{self, Nav, Page},
    problem::Problem,
    report::{
        address::START,
        context::Current,
        says::{Needs, Says},
        sent,
        showing::size,
        summary::{self, Part},
        times,
    },
    site::Site,
    visit::{MaybeVisit, form_token},
};

/// These pages. Like those of the report, they are never compressed.
pub fn router() -> Router<Site> {
    Router::new()
        .route("/follow", routing::get(get))
        .route(
            "/follow/message",
            routing::get(to_follow)
                .post(message::post)
                .layer(DefaultBodyLimit::disable()),
        )
        .route("/follow/answers", routing::get(answers))
        .route("/follow/plan", routing::get(plan::get))
        .route("/follow/about", routing::get(about::list))
        .route("/follow/about/{id}", routing::get(about::get).post(about::post))
        .route("/follow/asked/{id}", routing::get(asked::get).post(asked::post))
        .route("/follow/end", routing::get(end::get).post(end::post))
        .route("/follow/review", routing::get(review::get).post(review::post))
        .route(
            "/follow/request/{what}",
            routing::get(request::get).post(request::post),
        )
        .route("/follow/file/{file}", routing::get(file::get))
        .route("/follow/file/{file}/show", routing::get(file::show))
        .route("/follow/leave", routing::get(to_follow).post(leave))
        .route(
            "/follow/change/{what}",
            routing::get(change::get).post(change::post),
        )
}

async fn to_follow() -> Redirect {
    Redirect::to("/follow")
}

/// A message as it is read.
struct Said {
    from: String,
    at: String,
    ours: bool,
    fresh: bool,
    heading: String,
    lines: Vec<String>,
    files: Vec<FileLine>,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each decides about a part of the page"
)]
#[derive(Template)]
#[template(path = "follow/follow.html")]
struct FollowPage {
    page: Page,
    again: Option<&'static str>,
    problems: Vec<layout::FieldError>,
    done: Option<&'static str>,
    number: String,
    received: String,
    stands: Stands,
    fresh: Vec<Said>,
    earlier: Vec<Said>,
    words: Vec<String>,
    receipt: String,
    /// How they are known to the team, in words.
    known: String,
    named: bool,
    can_consent: bool,
    /// Whether there is something of the record to see.
    has_about: bool,
    /// Whether they are asked how it was.
    can_end: bool,
    can_review: bool,
    can_reopen: bool,
    can_copy: bool,
    closed: bool,
    /// Whether they wished to see their safety plan here.
    has_plan: bool,
    message: Typed,
    limits: String,
}

/// A message that is being written.
#[derive(Default)]
struct Typed {
    id: String,
    text: String,
    error: String,
}

/// What a page is shown with besides the case.
#[derive(Default)]
struct Showing {
    again: Option<&'static str>,
    done: Option<&'static str>,
    problems: Vec<layout::FieldError>,
    /// Empty for a message that is not begun yet.
    id: String,
    text: String,
    error: String,
    status: StatusCode,
}

/// `GET /follow`.
async fn get(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    axum::extract::RawQuery(query): axum::extract::RawQuery,
) -> Result<Response, Problem> {
    let done = match query.as_deref() {
        Some("d=message") => Some("follow-done-message"),
        Some("d=wishes") => Some("follow-done-wishes"),
        Some("d=consent") => Some("follow-done-consent"),
        Some("d=confidential") => Some("follow-done-confidential"),
        Some("d=withdraw") => Some("follow-done-withdraw"),
        Some("d=asked") => Some("follow-done-asked"),
        Some("d=comment") => Some("follow-done-comment"),
        Some("d=copy") => Some("follow-done-copy"),
        Some("d=reopen") => Some("follow-done-reopen"),
        Some("d=review") => Some("follow-done-review"),
        Some("d=end") => Some("follow-done-end"),
        _ => None,
    };
    // Files were added to a report that had just been sent, from another page.
    let again = (query.as_deref() == Some("d=late")).then_some("follow-late");
    show(
        &site,
        visit,
        Showing {
            again,
            done,
            ..Showing::default()
        },
    )
    .await
}

/// Where somebody without a report goes: to what they are writing, or to the page that takes words.
async fn elsewhere(site: &Site, visit: Option<Visit>) -> Result<Response, Problem> {
    let had_one = visit.is_some();
    let current = Current::find(site, visit).await?;
    Ok(match current.found {
        crate::report::context::Found::Draft(_) => Redirect::to(START).into_response(),
        _ if had_one => crate::report::start::gone(site)?,
        _ => Redirect::to("/return").into_response(),
    })
}

async fn show(site: &Site, visit: Option<Visit>, showing: Showing) -> Result<Response, Problem> {
    let kept = visit.clone();
    let Some((visit, followed)) = sent::followed(site, visit).await? else {
        return elsewhere(site, kept).await;
    };
    let page = Page::new(&site.web, "follow-tab", Nav::Return).with_csrf(form_token(&visit));
    let facts = Facts::of(&followed.form.form, &followed.report.answers);
    let said: Vec<Said> = followed
        .messages
        .iter()
        .map(|message| say(site, &page, message))
        .collect();
    let (mut fresh, mut earlier): (Vec<Said>, Vec<Said>) = said.into_iter().partition(|said| said.fresh);
    fresh.reverse();
    earlier.reverse();
    let rules = site.app.rules();
    let side = &followed.side;
    let is_closed = !followed.state.is_live();
    let html = FollowPage {
        again: showing.again,
        problems: showing.problems,
        done: showing.done,
        number: followed.reference.to_string(),
        received: times::moment(&page, &site.web.zone, followed.received_at),
        stands: Stands::of(site, &page, &followed),
        fresh,
        earlier,
        words: if followed.words_waiting {
            sent::words(site, &visit).await?
        } else {
            Vec::new()
        },
        known: page.t(match followed.identity {
            Identity::Named => "follow-known-named",
            Identity::Confidential => "follow-known-confidential",
            Identity::Anonymous => "follow-anonymous",
        }),
        named: followed.identity == Identity::Named,
        can_consent: facts.tells_of_harm(),
        has_about: !side.pieces.is_empty() || !side.talks.is_empty(),
        can_end: is_at_end(followed.state) && !followed.has_ended,
        can_review: followed.decided_at.is_some() || is_closed,
        can_reopen: is_closed && !side.waits_for("reopen"),
        can_copy: !side.waits_for("copy"),
        closed: is_closed,
        has_plan: of_reporter(&site.app, &visit)
            .await
            .map_err(|error| Problem::server(&error))?
            .is_some(),
        receipt: followed.receipt,
        message: Typed {
            id: if showing.id.is_empty() {
                follow::new_message_id().to_string()
            } else {
                showing.id
            },
            text: showing.text,
            error: showing.error,
        },
        limits: page.format(
            "report-file-limits",
            &[
                ("count", rules.files.to_string()),
                ("size", size(&page, rules.file_bytes)),
            ],
        ),
        page,
    };
    Ok((showing.status, layout::html(&html)?).into_response())
}

fn say(site: &Site, page: &Page, message: &Message) -> Said {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (heading, lines) = match &message.body {
        MessageBody::Text { text, .. } => (String::new(), lines(text)),
        MessageBody::Wishes { wishes, must_not } => {
            let mut all = Vec::new();
            for (key, text) in [
                ("follow-wishes-want", wishes),
                ("follow-wishes-must-not", must_not),
            ] {
                if !text.is_empty() {
                    all.push(page.with(key, "text", text));
                }
            }
            (page.t("follow-said-wishes"), all)
        }
        MessageBody::ConsentWithdrawn { with } => (page.t("follow-said-consent"), lines(with)),
        MessageBody::Confidential => (page.t("follow-said-confidential"), Vec::new()),
        MessageBody::AskToWithdraw { text } => (page.t("follow-said-withdraw"), lines(text)),
    };
    Said {
        from: match (&message.author_name, message.from_desk) {
            (_, false) => page.t("follow-you"),
            (Some(name), true) => name.clone(),
            (None, true) => page.t("follow-team"),
        },
        at: times::moment(page, &site.web.zone, message.at),
        ours: !message.from_desk,
        fresh: message.from_desk && message.seen_at.is_none(),
        heading,
        lines,
        files: message
            .files()
            .iter()
            .map(|file| FileLine::of(page, file))
            .collect(),
    }
}

#[derive(Template)]
#[template(path = "follow/answers.html")]
struct AnswersPage {
    page: Page,
    number: String,
    received: String,
    parts: Vec<Part>,
    /// What was asked and not answered.
    left_out: Vec<String>,
    files: Vec<FileLine>,
}

/// `GET /follow/answers`: the answers as they were sent, under the questions as they were asked.
async fn answers(State(site): State<Site>, MaybeVisit(visit): MaybeVisit) -> Result<Response, Problem> {
    let kept = visit.clone();
    let Some((_, followed)) = sent::followed(&site, visit).await? else {
        return elsewhere(&site, kept).await;
    };
    let says = Says::of(&site, &followed.form, Needs::ALL).await?;
    let page = Page::new(&site.web, "follow-tab", Nav::Return);
    let mut parts = summary::parts(
        &says,
        &page,
        &followed.form.form,
        &followed.report.answers,
        &followed.report.files,
        false,
    );
    // What was said is what they come to read; what they chose not to say stands apart, without a word about it.
    let left_out = parts
        .iter_mut()
        .flat_map(|part| std::mem::take(&mut part.left_out))
        .map(|row| row.question)
        .collect();
    parts.retain(|part| !part.rows.is_empty());
    let html = layout::html(&AnswersPage {
        number: followed.reference.to_string(),
        received: times::moment(&page, &site.web.zone, followed.received_at),
        parts,
        left_out,
        files: followed
            .report
            .files
            .iter()
            .map(|file| FileLine::of(&page, file))
            .collect(),
        page,
    })?;
    Ok(html.into_response())
}

/// `POST /follow/leave`: this device forgets the visit.
async fn leave(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    fields: Fields,
) -> Result<Response, Problem> {
    // Leaving is harmless, so an old token is no reason to keep somebody's visit on a shared device; that the
    // request comes from our own pages has been looked at already.
    let _ = (visit, fields);
    let clear = (
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    let redirect = Redirect::to("/");
    Ok(match cookies::clear(Name::Visit, site.web.https) {
        Some(cookie) => (AppendHeaders([cookie, clear]), redirect).into_response(),
        None => (AppendHeaders([clear]), redirect).into_response(),
    })
}
