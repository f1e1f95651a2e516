//! `/desk/case/{id}/duties/{body}/draft`: a draft to copy or print, with no more in it than the body needs.
//!
//! It is text on a page. What is changed there stays in the browser, and the program sends it to nobody.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::desk::{
    OpenedCase,
    duties::{self, Duties},
};
use safehold_core::{
    access::Area,
    duties::DraftPart,
    form::{AboutWhom, Identity},
    id::CaseId,
};

use super::{begun, words};
use crate::{
    desk::{
        Desk, Frame, Place, answers::Reading, case::names, case_id, enter, frame::moment, problem, reply,
    },
    layout::Page,
    problem::Problem,
};

/// A part of the draft.
struct Section {
    heading: String,
    /// What to leave out, for whoever edits it; not printed.
    hint: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "desk/duties/draft.html")]
struct DraftPage<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    body: &'a str,
    name: String,
    made: String,
    reference: String,
    sections: Vec<Section>,
}

/// `GET /desk/case/{id}/duties/{body}/draft`.
pub(super) async fn get(desk: Desk, Path((id, body)): Path<(String, String)>) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let id = case_id(&id)?;
    let case = match begun(&desk, id).await? {
        Ok(case) => case,
        Err(response) => return Ok(response),
    };
    let app = &desk.site.app;
    let rule = duties::body(app, &body).filter(|rule| !rule.draft.is_empty());
    let rule = rule.ok_or(Problem::NotFound)?;
    duties::note_draft(app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let duties = duties::duties(app, &case);
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let names = names(&desk.site).await?;
    let reading = Reading::new(&page, &case.form, app.form(), &case.report.answers, &names);
    let draft = Draft {
        page: &page,
        case: &case,
        duties: &duties,
        body: &body,
        reading: &reading,
    };
    let html = DraftPage {
        id,
        body: &body,
        name: words::name(&page, &body),
        made: page.format(
            "duty-draft-made",
            &[
                ("at", moment(&page, &desk.site.web, app.now())),
                ("name", desk.me.reader.name.clone()),
                ("organisation", page.organisation.name.clone()),
            ],
        ),
        reference: case.row.reference.to_string(),
        sections: rule.draft.iter().map(|part| draft.section(*part)).collect(),
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

struct Draft<'a> {
    page: &'a Page,
    case: &'a OpenedCase,
    duties: &'a Duties<'a>,
    body: &'a str,
    reading: &'a Reading<'a>,
}

impl Draft<'_> {
    fn section(&self, part: DraftPart) -> Section {
        let mut lines = match part {
            DraftPart::Who => self.people("affected", self.reporter_is_affected()),
            DraftPart::Contact => self.contact(),
            DraftPart::Concern => self.people("concern", false),
            DraftPart::What => self.said(&["what_happened", "when_happened", "where"]),
            DraftPart::Safety => self.said(&["danger", "safe_now", "under_18"]),
            DraftPart::Wants => self.wants(),
            DraftPart::Consent => self.consent(),
        };
        if lines.is_empty() {
            lines.push(self.page.t(&format!("duty-draft-{}.empty", part.key())));
        }
        Section {
            heading: self.page.t(&format!("duty-draft-{}", part.key())),
            hint: self.page.maybe(&format!("duty-draft-{}.hint", part.key())),
            lines,
        }
    }

    fn reporter_is_affected(&self) -> bool {
        self.case.facts.about_whom == Some(AboutWhom::Me)
    }

    /// Names of people in this role. The reporter's own name is given only where they gave it openly.
    fn people(&self, role: &str, with_reporter: bool) -> Vec<String> {
        let mut people: Vec<String> = self
            .case
            .report
            .answers
            .items("people")
            .iter()
            .filter(|person| person.get("person_role").is_some_and(|is| is.has(role)))
            .filter_map(|person| Some(person.get("person_name")?.text()?.to_owned()))
            .collect();
        if with_reporter {
            let name = match (self.case.identity, &self.case.facts.name) {
                (Identity::Named, Some(name)) => name.clone(),
                (Identity::Confidential, Some(_)) => self.page.t("duty-draft-name-held"),
                _ => self.page.t("duty-draft-name-unknown"),
            };
            people.insert(0, name);
        }
        people
    }

    /// Ways to reach the person, only where they are the reporter and gave their name openly.
    fn contact(&self) -> Vec<String> {
        if !self.reporter_is_affected() || self.case.identity != Identity::Named {
            return Vec::new();
        }
        self.said(&["contact", "safe_to", "safe_times", "unsafe_times"])
    }

    fn said(&self, questions: &[&str]) -> Vec<String> {
        let said = self.reading.said(questions);
        said.iter()
            .map(|said| {
                let lines: Vec<_> = said.lines.iter().map(|line| line.text.as_str()).collect();
                self.page.format(
                    "duty-draft-said",
                    &[("question", said.question.clone()), ("answer", lines.join(", "))],
                )
            })
            .collect()
    }

    /// What they want now comes in the place of what they said first.
    fn wants(&self) -> Vec<String> {
        match &self.case.wishes {
            Some((wishes, must_not)) => [("wishes", wishes), ("must-not", must_not)]
                .into_iter()
                .filter(|(_, text)| !text.trim().is_empty())
                .map(|(id, text)| {
                    self.page.format(
                        "duty-draft-said",
                        &[
                            ("question", self.page.t(&format!("desk-case-{id}"))),
                            ("answer", text.clone()),
                        ],
                    )
                })
                .collect(),
            None => self.said(&["wishes", "wishes_more", "must_not"]),
        }
    }

    fn consent(&self) -> Vec<String> {
        let Some(standing) = self.duties.book.bodies.get(self.body) else {
            return Vec::new();
        };
        let decision = &standing.decision;
        let consent = decision
            .consent
            .map(|consent| self.page.t(&format!("duty-consent-{}", consent.key())));
        let grounds = decision
            .grounds
            .iter()
            .map(|ground| self.page.t(&format!("duty-grounds-{}", ground.key())));
        consent.into_iter().chain(grounds).collect()
    }
}
