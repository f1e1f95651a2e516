//! `/desk/mail`: mail that did not arrive, and what can be done about it. It says to whom and what kind of notice it
//! was, and nothing of what is in a case.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use safehold_app::{
    notices::Notice,
    undelivered::{self, Again, To, Undelivered},
};
use safehold_core::{access::Area, id::JobId};
use serde::Deserialize;

use super::{Desk, Frame, Place, Sent, enter, frame::moment, go, problem, reply};
use crate::{layout::Page, problem::Problem};

struct Line {
    id: String,
    to: String,
    about: String,
    /// The address of its case and the number, or nothing.
    case: Option<(String, String)>,
    tried: String,
    why: String,
    /// What may help.
    help: String,
    may_try: bool,
}

#[derive(Template)]
#[template(path = "desk/mail.html")]
struct Mail {
    page: Page,
    desk: Frame,
    lines: Vec<Line>,
    /// A note on what was just done.
    done: String,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/mail`.
pub async fn get(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::Health)?;
    show(&desk, &asked.done).await
}

/// `POST /desk/mail`: tries all of them again.
pub async fn post_all(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, again, .. } = sent;
    enter(&desk, Area::Health)?;
    if again {
        return show(&desk, "").await;
    }
    let (app, me) = (&desk.site.app, &desk.me.reader);
    let all = undelivered::list(app, me)
        .await
        .map_err(|error| problem(&error))?;
    for mail in all.iter().filter(|mail| mail.may_try) {
        undelivered::try_again(app, me, mail.id)
            .await
            .map_err(|error| problem(&error))?;
    }
    Ok(go("/desk/mail?done=again"))
}

/// `POST /desk/mail/{job}`: tries one again, or lets it go.
pub async fn post(Path(job): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Health)?;
    if again {
        return show(&desk, "").await;
    }
    // One that is settled already, that was never there, and that somebody may not know of are all the same.
    let Ok(job) = job.parse::<JobId>() else {
        return Ok(go("/desk/mail?done=gone"));
    };
    let (app, me) = (&desk.site.app, &desk.me.reader);
    let done = match fields.get("do") {
        "again" => match undelivered::try_again(app, me, job).await {
            Ok(Again::Queued) => "again",
            Ok(Again::NotSafe) => "unsafe",
            Ok(Again::NeedsNewLink) => "link",
            Ok(Again::Gone) => "gone",
            Err(error) => return Err(problem(&error)),
        },
        "stop" => match undelivered::let_go(app, me, job).await {
            Ok(()) => "stop",
            Err(error) => return Err(problem(&error)),
        },
        _ => return Err(Problem::Malformed),
    };
    Ok(go(&format!("/desk/mail?done={done}")))
}

async fn show(desk: &Desk, done: &str) -> Result<Response, Problem> {
    let mails = undelivered::list(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(desk, Place::Cases);
    let lines = mails.iter().map(|mail| line(&page, desk, mail)).collect();
    let done = match done {
        "again" | "unsafe" | "link" | "gone" | "stop" => page.t(&format!("desk-mail-done-{done}")),
        _ => String::new(),
    };
    reply(
        StatusCode::OK,
        &Mail {
            lines,
            done,
            page,
            desk: frame,
        },
    )
}

fn line(page: &Page, desk: &Desk, mail: &Undelivered) -> Line {
    let to = match &mail.to {
        To::Member(name, role) => page.format(
            "desk-mail-to-member",
            &[
                ("name", name.clone()),
                ("role", page.t(&format!("desk-role-{}", role.key()))),
            ],
        ),
        To::Reporter => page.t("desk-mail-to-reporter"),
        To::Nobody => page.t("desk-mail-to-nobody"),
    };
    let why = reason(&mail.error);
    let tried = usize::try_from(mail.attempts).unwrap_or_default();
    Line {
        id: mail.id.to_string(),
        to,
        about: page.t(about(mail.notice)),
        case: mail
            .case
            .as_ref()
            .map(|(id, reference)| (format!("/desk/case/{id}"), reference.to_string())),
        tried: page.format(
            "desk-mail-tried",
            &[
                ("times", page.count("desk-mail-times", tried)),
                ("at", moment(page, &desk.site.web, mail.at)),
            ],
        ),
        why: page.with(why, "code", mail.error.trim_start_matches("smtp-")),
        help: if mail.may_try {
            page.t(&format!("{why}.help"))
        } else {
            page.t("desk-mail-done-link")
        },
        may_try: mail.may_try,
    }
}

fn about(notice: Option<Notice>) -> &'static str {
    match notice {
        None => "desk-mail-about-reporter",
        Some(Notice::NewReport) => "desk-mail-about-new",
        Some(Notice::Unopened) => "desk-mail-about-unopened",
        Some(Notice::BroughtToYou) => "desk-mail-about-brought",
        Some(Notice::Shared) => "desk-mail-about-shared",
        Some(Notice::ReporterWrote) => "desk-mail-about-wrote",
        Some(Notice::CheckAsked) => "desk-mail-about-check",
        Some(Notice::Due) => "desk-mail-about-due",
        Some(Notice::Invited) => "desk-mail-about-invited",
        // What else there may be to tell of is on the desk; here it is enough that a mail was lost.
        Some(_) => "desk-mail-about-other",
    }
}

/// The words for a kind of error. What the mail server said is not kept, for it may hold the address.
fn reason(error: &str) -> &'static str {
    match error {
        "mail-not-set-up" => "desk-mail-why-not-set-up",
        "settings" => "desk-mail-why-settings",
        "address" => "desk-mail-why-address",
        "connect" | "timeout" => "desk-mail-why-connect",
        "tls" => "desk-mail-why-tls",
        "unreadable" => "desk-mail-why-unreadable",
        "smtp-530" | "smtp-534" | "smtp-535" | "smtp-538" => "desk-mail-why-password",
        "smtp-550" | "smtp-551" | "smtp-553" => "desk-mail-why-refused",
        "smtp-552" => "desk-mail-why-full",
        _ => "desk-mail-why-other",
    }
}
