//! Serves the public pages with the example organisation, to look at them: `cargo run -p safehold-web --example
//! preview [en|en-XA|ar-XB]`. It prints its address, and stops with Ctrl-C.

#![expect(clippy::print_stdout, reason = "a tool for people who lay out pages")]

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Html, routing::get};
use jiff::{Timestamp, tz::TimeZone};
use safehold_text::{Lang, Texts};
use safehold_web::{
    layout::{self, Choice, FieldError, Nav, Page},
    problem::Problem,
    state::{Content, WebState},
};

/// All macros on one page, with errors and without.
#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{% extends "layout.html" %}
{% import "components/form.html" as form %}
{% block before %}{% call form::back("/ask", page.t("common-back")) %}{% endcall %}{% endblock %}
{% block main %}
{% call form::errors(page.t("common-error-title"), problems) %}{% endcall %}
<form method="post" action="/preview">
{% call form::hidden("csrf", page.csrf) %}{% endcall %}
{% call form::long("account", "What happened?", value="Words < that were typed", hint="In your own words.", count="You can write about 5,000 words.", big=true) %}{% endcall %}
{% call form::text("name", "Your name", hint="The name you use.", error="Tell us a name, or choose to stay unnamed", error_word=page.t("common-error"), width="20") %}{% endcall %}
{% call form::radios("kind", "Who is this about?", choices, hint="All are fine.") %}{% endcall %}
<div class="reveal">{% call form::text("who", "Who told you?") %}{% endcall %}</div>
{% call form::checkboxes("kinds", "What kind of harm?", choices, error="Choose one, or leave it out", error_word=page.t("common-error")) %}{% endcall %}
{% call form::select("role", "Your role", choices) %}{% endcall %}
{% call form::date("on", "When was it?", page.t("common-day"), page.t("common-month"), page.t("common-year"), day="3", hint="About is fine.") %}{% endcall %}
{% call form::file("file", "Add a file", hint="Up to 20 MB.", multiple=true) %}{% endcall %}
{% call form::buttons(page.t("common-continue")) %}<button class="govuk-button govuk-button--secondary">Stop and keep</button><button class="govuk-button govuk-button--warning">Delete this</button><a href="/ask">I would rather tell a person</a>{% endcall %}
</form>
{% call form::banner("Kept", "Your answers are kept.") %}<p>More about it.</p>{% endcall %}
{% call form::warning(page.t("common-warning"), "Write these words down now.") %}{% endcall %}
<dl class="govuk-summary-list">{% call form::row("What happened", "Words that were typed", href="/x", change=page.t("common-change")) %}{% endcall %}{% call form::row("When", "3 May") %}{% endcall %}</dl>
<div class="card card--sage done"><p>Keep these words</p><p><strong>copper lantern willow drift meadow seven apron</strong></p></div>
<p><span class="govuk-tag">Open</span> <span class="govuk-tag govuk-tag--wait">Waiting</span> <span class="govuk-tag govuk-tag--urgent">Late</span></p>
<table class="govuk-table"><thead><tr><th class="govuk-table__header" scope="col">Reference</th><th class="govuk-table__header" scope="col">State</th></tr></thead><tbody><tr><td class="govuk-table__cell">K7QP-3M2X</td><td class="govuk-table__cell">New</td></tr></tbody></table>
<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">Why we ask</span></summary><div class="govuk-details__text">Because it helps.</div></details>
{% endblock %}"##
)]
struct Parts {
    page: Page,
    problems: Vec<FieldError>,
    choices: Vec<Choice>,
}

async fn parts(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    let choice = |value: &str, label: &str, hint: &str| Choice {
        value: value.into(),
        label: label.into(),
        hint: hint.into(),
        checked: value == "b",
    };
    layout::html(&Parts {
        page: Page::new(&state, "common-problem-tab", Nav::Other).with_csrf("token"),
        problems: vec![FieldError {
            name: "name".into(),
            text: "Tell us a name, or choose to stay unnamed".into(),
        }],
        choices: vec![
            choice("a", "Me", ""),
            choice(
                "b",
                "I saw or heard it",
                "Also when you are not sure what you saw.",
            ),
            choice("c", "Someone told me", ""),
        ],
    })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    #[expect(clippy::disallowed_methods, reason = "a tool has no clock to be given")]
    let mut state = WebState::new(
        Texts::load(None)?,
        Content::example()?,
        Arc::new(Timestamp::now),
        TimeZone::get("Europe/London")?,
    );
    let lang = std::env::args().nth(1).and_then(|tag| Lang::from_tag(&tag));
    state.lang = lang.unwrap_or_default();
    let app = safehold_web::router(state.clone()).route("/parts", get(parts).with_state(state));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
