//! Where a case stands, in plain words: who has it, each step so far with its day, what happens next and by when, what
//! the person is asked, and what became of what they asked for.

use jiff::Timestamp;
use safehold_app::follow::{Asked, Followed, Question, StepSoFar};
use safehold_core::{case::State as CaseState, id::EventId};

use super::review::role_words;
use crate::{layout::Page, report::times, site::Site};

/// A question that waits for the person, or what they said to it.
pub(super) struct QuestionLine {
    pub(super) id: EventId,
    pub(super) words: String,
    pub(super) by: String,
    /// What they said, or nothing.
    pub(super) answer: String,
}

/// Where it stands.
pub(super) struct Stands {
    pub(super) state: String,
    /// Who has it, by role.
    pub(super) who: String,
    pub(super) next: Vec<String>,
    pub(super) late: bool,
    pub(super) paused: bool,
    /// Day and words of each step.
    pub(super) steps: Vec<(String, String)>,
    pub(super) open_questions: Vec<QuestionLine>,
    pub(super) answered: Vec<QuestionLine>,
    /// What they asked for, and reviews: each in sentences.
    pub(super) asked: Vec<Vec<String>>,
}

impl Stands {
    pub(super) fn of(site: &Site, page: &Page, followed: &Followed) -> Self {
        let side = &followed.side;
        let Next { lines, is_late } = next(site, page, followed);
        let received = (
            times::day(page, &site.web.zone, followed.received_at),
            page.t("follow-step-received"),
        );
        let line = |question: &Question| question_line(page, question);
        Self {
            state: page.t(&format!("follow-state-{}", followed.state.key())),
            who: match (followed.state, side.owner_role) {
                (CaseState::Received, _) | (_, None) => String::new(),
                (_, role) => page.with("follow-who", "who", role_words(page, role)),
            },
            next: lines,
            late: is_late,
            paused: followed.is_paused,
            steps: [received]
                .into_iter()
                .chain(side.steps.iter().map(|step| step_line(site, page, step)))
                .collect(),
            open_questions: side
                .questions
                .iter()
                .filter(|asked| asked.is_open())
                .map(line)
                .collect(),
            answered: side
                .questions
                .iter()
                .filter(|asked| !asked.is_open())
                .map(line)
                .collect(),
            asked: side
                .asked
                .iter()
                .map(|asked| asked_lines(site, page, asked))
                .chain(side.reviewed.iter().map(|review| {
                    let at = times::day(page, &site.web.zone, review.at);
                    let mut lines = vec![
                        page.with("follow-reviewed", "at", at),
                        page.t(&format!("follow-review-result-{}", review.says)),
                    ];
                    lines.extend(review.words.lines().map(str::to_owned));
                    lines
                }))
                .collect(),
        }
    }
}

fn question_line(page: &Page, question: &Question) -> QuestionLine {
    QuestionLine {
        id: question.id,
        words: question.words.clone(),
        by: question.by.map_or_else(String::new, |by| {
            page.with("follow-ask-by", "date", page.date(by))
        }),
        answer: question.answers.last().map_or_else(String::new, |answer| {
            page.t(&format!("follow-answer-{}", answer.says))
        }),
    }
}

fn step_line(site: &Site, page: &Page, step: &StepSoFar) -> (String, String) {
    let words = page.t(&format!("follow-step-{}", step.action.key()));
    let words = match step.look_again_on {
        Some(on) => {
            let again = page.with("follow-step-look-again", "date", page.date(on));
            format!("{words} {again}")
        }
        None => words,
    };
    (times::day(page, &site.web.zone, step.at), words)
}

fn asked_lines(site: &Site, page: &Page, asked: &Asked) -> Vec<String> {
    let at = times::day(page, &site.web.zone, asked.at);
    let mut lines = vec![page.with(&format!("follow-asked-{}", asked.what), "at", at)];
    let waits = asked.answer.as_ref().is_none_or(|answer| answer.says == "later");
    if let Some(answer) = &asked.answer {
        lines.push(page.t(&format!("follow-request-result-{}", answer.says)));
        lines.extend(answer.words.lines().map(str::to_owned));
    }
    if let (true, Some(due)) = (waits, asked.due_on) {
        let today = site.web.today();
        let id = if due < today {
            "follow-asked-late"
        } else {
            "follow-asked-by"
        };
        lines.push(page.with(id, "date", page.date(due)));
    }
    lines
}

/// What happens next and by when, in sentences.
#[derive(Default)]
struct Next {
    lines: Vec<String>,
    /// Something was to be done by now, and is not.
    is_late: bool,
}

fn next(site: &Site, page: &Page, followed: &Followed) -> Next {
    let now = site.app.now();
    let mut next = Next::default();
    // What was promised and did not happen is said as plainly as what is promised.
    let mut by = |key: &str, late: &str, at: Option<Timestamp>| {
        let Some(at) = at else { return };
        let is_late = at < now;
        next.is_late |= is_late;
        let key = if is_late { late } else { key };
        next.lines
            .push(page.with(key, "moment", times::moment(page, &site.web.zone, at)));
    };
    let mut first = None;
    match followed.state {
        CaseState::Received if followed.due_open_at.is_some_and(|at| at <= followed.received_at) => {
            first = Some(page.t("report-open-at-once"));
        }
        CaseState::Received => by("report-open-by", "follow-late-open", followed.due_open_at),
        _ => first = Some(page.t(&format!("follow-state-{}.next", followed.state.key()))),
    }
    let unheard = followed.acknowledged_at.is_none() && followed.state.is_live();
    if unheard {
        by(
            "report-contact-by",
            "follow-late-contact",
            followed.due_contact_at,
        );
    }
    if matches!(followed.state, CaseState::Received | CaseState::Triage) && !followed.is_paused {
        by("report-decide-by", "follow-late-decide", followed.due_decision_at);
    }
    // These are days, and not late before they are over.
    let look_again = if followed.is_paused {
        Some(("follow-pause-by", "follow-late-pause"))
    } else if matches!(followed.state, CaseState::Action | CaseState::Monitoring) {
        Some(("follow-review-by", "follow-late-review"))
    } else {
        None
    };
    if let (Some((key, late)), Some(at)) = (look_again, followed.review_at) {
        let on = at.to_zoned(site.web.zone.clone()).date();
        let is_late = on < site.web.today();
        next.is_late |= is_late;
        let key = if is_late { late } else { key };
        next.lines.push(page.with(key, "moment", page.date(on)));
    }
    if unheard && followed.due_contact_at.is_none() {
        next.lines.push(page.t("report-contact-here"));
    }
    next.lines.splice(0..0, first);
    next
}
