//! When something on paper is to be answered, in words.

use safehold_core::form::{Condition, QuestionKind};

use super::{KIND, ON_SCREEN_ONLY, Writer};

/// The most options that a sentence names. With more it would be harder to read than the question that it spares.
const MOST: usize = 3;

/// The conditions that must all hold, one by one.
fn all_of(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::Always => Vec::new(),
        Condition::All(list) => list.iter().flat_map(all_of).collect(),
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Not(twice) => all_of(twice),
            _ => vec![condition],
        },
        _ => vec![condition],
    }
}

impl Writer<'_> {
    /// When something is asked, in words. What is too tangled to say is left to the person: a box too many does
    /// no harm.
    pub(super) fn only(&self, condition: &Condition) -> Vec<String> {
        all_of(condition)
            .into_iter()
            .filter_map(|one| match one {
                Condition::Is { question, options } => self.ticked(question, options),
                Condition::Not(inner) => match inner.as_ref() {
                    Condition::Is { question, options } => {
                        self.sentence("report-paper-not", question, options)
                    }
                    _ => None,
                },
                Condition::AtLeast { question, count } => Some(self.page.format(
                    "report-paper-at-least",
                    &[
                        ("count", count.to_string()),
                        ("number", self.number(question)?.to_string()),
                    ],
                )),
                Condition::Always | Condition::All(_) | Condition::Any(_) => None,
            })
            .collect()
    }

    /// One of these was ticked; or, if that is shorter to say, nothing else was.
    fn ticked(&self, id: &str, options: &[String]) -> Option<String> {
        if options.len() <= MOST {
            return self.sentence("report-paper-only", id, options);
        }
        // Those who tell of something else than harm were sent to their few questions already.
        if id == KIND {
            return None;
        }
        let question = self.form.question(id)?;
        let list = &question.options()?.list;
        let others: Vec<String> = list
            .iter()
            .map(|choice| choice.id.clone())
            .chain(question.instead.iter().map(|instead| instead.id().to_owned()))
            .filter(|option| !options.contains(option))
            .collect();
        let text = if matches!(question.kind, QuestionKind::Choice(_)) {
            "report-paper-not"
        } else {
            "report-paper-not-only"
        };
        self.sentence(text, id, &others)
    }

    fn sentence(&self, text: &str, id: &str, options: &[String]) -> Option<String> {
        if options.is_empty() || options.len() > MOST || ON_SCREEN_ONLY.contains(&id) {
            return None;
        }
        let number = self.number(id)?;
        let question = self.form.question(id)?;
        let labels: Vec<String> = options
            .iter()
            .map(|option| {
                let label = self.says.option(question, option);
                self.page.with("report-paper-option", "option", label)
            })
            .collect();
        Some(self.page.format(
            text,
            &[
                ("options", labels.join(&self.page.t("report-paper-or"))),
                ("number", number.to_string()),
            ],
        ))
    }
}
