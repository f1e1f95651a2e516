//! `/paper/easy`: the questions that matter most in Easy Read (RA, T15): one idea in a sentence, large type, a
//! picture beside each. The options are those of the form, so that what is ticked can be typed in as it stands.

use askama::Template;
use axum::{extract::State, response::IntoResponse};
use safehold_core::form::{Question, QuestionKind};

use super::{Writer, asked::PaperBox, css};
use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    report::says::{Needs, Says},
    site::Site,
};

/// What is asked, in this order, each with the name of its picture.
const QUESTIONS: [(&str, &str); 14] = [
    ("danger", "alarm"),
    ("about_whom", "people"),
    ("what_happened", "speech"),
    ("when_happened", "calendar"),
    ("where", "place"),
    ("people", "person"),
    ("safe_now", "house"),
    ("wishes", "star"),
    ("must_not", "stop"),
    ("team_involved", "eye"),
    ("may_share", "share"),
    ("name", "badge"),
    ("contact", "phone"),
    ("access", "ear"),
];

/// Something to know or to answer, with its picture.
struct Step {
    picture: &'static str,
    heading: String,
    sentences: Vec<String>,
    boxes: Vec<PaperBox>,
    lines: usize,
}

#[derive(Template)]
#[template(path = "report/paper/easy.html")]
struct Easy {
    page: Page,
    css: &'static str,
    /// What comes before the questions.
    first: Vec<Step>,
    steps: Vec<Step>,
    /// What to do with the form.
    next: Step,
}

/// `GET /paper/easy`.
pub async fn get(State(site): State<Site>) -> Result<impl IntoResponse, Problem> {
    let form = site.app.form().clone();
    let says = Says::of(&site, &form, Needs::ALL).await?;
    let page = Page::new(&site.web, "report-tab-paper", Nav::Ask);
    let writer = Writer {
        says: &says,
        page: &page,
        form: &form.form,
    };
    let steps = QUESTIONS
        .iter()
        .filter_map(|(id, picture)| Some(writer.step(form.form.question(id)?, picture)))
        .collect();
    let first = [("first", "alarm"), ("how", "pen"), ("help", "people")]
        .map(|(name, picture)| writer.tell(name, picture))
        .into();
    let next = writer.tell("next", "letter");
    layout::html(&Easy {
        page,
        css: css(),
        first,
        steps,
        next,
    })
}

impl Writer<'_> {
    /// Something to know, with nothing to answer.
    fn tell(&self, name: &str, picture: &'static str) -> Step {
        let heading = self.page.t(&format!("easy-{name}"));
        Step {
            picture,
            heading,
            sentences: self.sentences(name),
            boxes: Vec::new(),
            lines: 0,
        }
    }

    /// What helps, one idea on each line.
    fn sentences(&self, name: &str) -> Vec<String> {
        let text = self.page.maybe(&format!("easy-{name}.text"));
        text.lines().map(str::to_owned).collect()
    }

    fn step(&self, question: &Question, picture: &'static str) -> Step {
        let easy = format!("easy-{}", question.id);
        let heading = self.page.maybe(&easy);
        let mut boxes = match &question.kind {
            // A row of three boxes for each body is too much at once: who may know is ticked, or left.
            QuestionKind::Rows { rows, .. } => rows
                .iter()
                .map(|row| PaperBox {
                    label: self.says.option(question, row),
                    more: String::new(),
                })
                .collect(),
            _ => self.boxes(question),
        };
        self.ease(question, &mut boxes);
        Step {
            picture,
            heading: if heading.is_empty() {
                self.label(question)
            } else {
                heading
            },
            sentences: self.sentences(&question.id),
            boxes,
            lines: match &question.kind {
                QuestionKind::Long { max_chars } if *max_chars > 10_000 => 10,
                QuestionKind::Long { .. } | QuestionKind::Repeat(_) => 4,
                QuestionKind::Text { .. } | QuestionKind::When { .. } => 2,
                _ => 0,
            },
        }
    }

    /// Puts the easier words of an option in the place of the form's, where there are such.
    fn ease(&self, question: &Question, boxes: &mut [PaperBox]) {
        let options = question.options().map(|options| &options.list);
        let known = options.into_iter().flatten().map(|choice| choice.id.as_str());
        let rows = match &question.kind {
            QuestionKind::Rows { rows, .. } => rows.as_slice(),
            _ => &[],
        };
        let instead = question.instead.iter().map(|instead| instead.id());
        let ids: Vec<&str> = known
            .chain(rows.iter().map(String::as_str))
            .chain(instead)
            .collect();
        // Options that are only known now, such as the names of the team, come first and have no ids of the form.
        let first = boxes.len().saturating_sub(ids.len());
        for (one, id) in boxes.iter_mut().skip(first).zip(ids) {
            let easier = self.page.maybe(&format!("easy-{}-{id}", question.id));
            if !easier.is_empty() {
                one.label = easier;
            }
        }
    }
}
