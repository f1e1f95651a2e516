//! One question as it stands on paper.

use safehold_core::form::{OptionsFrom, Question, QuestionKind};

use super::Writer;

/// A question to answer by hand.
#[derive(Default)]
pub(super) struct OnPaper {
    /// Its number; none on sheets that ask only a few.
    pub(super) number: Option<usize>,
    pub(super) label: String,
    pub(super) hint: String,
    /// When it is asked, in words.
    pub(super) only: Vec<String>,
    pub(super) boxes: Vec<PaperBox>,
    /// How many of the boxes stand side by side.
    pub(super) columns: usize,
    /// Lines to write on.
    pub(super) lines: usize,
    /// Whether it takes the width of the sheet.
    pub(super) wide: bool,
    pub(super) rows: Vec<String>,
    pub(super) row_options: Vec<String>,
}

/// A box to tick.
pub(super) struct PaperBox {
    pub(super) label: String,
    /// What may be written beside it.
    pub(super) more: String,
}

/// The longest label, in characters, with which boxes stand in three columns, and in two.
const THREE: usize = 11;
const TWO: usize = 24;
/// With more boxes than this, labels may take two lines.
const MANY: usize = 12;

impl Writer<'_> {
    /// The words of a question: those for paper, if it has such.
    pub(super) fn label(&self, question: &Question) -> String {
        self.says.get(&question.key())
    }

    pub(super) fn asked(&self, question: &Question) -> OnPaper {
        let mut rows = Vec::new();
        let mut row_options = Vec::new();
        let mut lines = 0;
        match &question.kind {
            QuestionKind::Text { .. } | QuestionKind::When { .. } => lines = 1,
            QuestionKind::Long { max_chars } => lines = lines_for(*max_chars),
            QuestionKind::Rows { rows: all, options } => {
                rows = all.iter().map(|row| self.says.option(question, row)).collect();
                row_options = options
                    .iter()
                    .map(|option| self.says.option(question, option))
                    .collect();
            }
            QuestionKind::Choice(_)
            | QuestionKind::Choices(_)
            | QuestionKind::Repeat(_)
            | QuestionKind::Files(_) => {}
        }
        let boxes = self.boxes(question);
        let chars = |one: &PaperBox| one.label.chars().count().max(one.more.chars().count());
        let longest = boxes.iter().map(chars).max();
        OnPaper {
            number: self.number(&question.id),
            label: self.label(question),
            hint: self.hint(question),
            only: self.only(&question.when),
            columns: match longest {
                Some(chars) if chars <= THREE && boxes.iter().all(|one| one.more.is_empty()) => 3,
                Some(chars) if chars <= TWO || boxes.len() > MANY => 2,
                _ => 1,
            },
            boxes,
            lines,
            wide: matches!(question.kind, QuestionKind::Long { max_chars } if max_chars > 10_000),
            rows,
            row_options,
        }
    }

    /// What helps with answering on paper, where that differs from what helps on a screen.
    fn hint(&self, question: &Question) -> String {
        let key = question.key();
        let own = self.says.maybe(&format!("{key}.paper"));
        if own.is_empty() {
            self.says.maybe(&format!("{key}.hint"))
        } else {
            own
        }
    }

    /// The boxes of a question: its options, and what may be said instead of an answer.
    pub(super) fn boxes(&self, question: &Question) -> Vec<PaperBox> {
        let mut boxes = Vec::new();
        if let Some(options) = question.options() {
            let known = self.says.options.of(options.from).iter();
            boxes.extend(known.map(|option| PaperBox {
                label: match (&option.hint, options.from) {
                    (Some(hint), OptionsFrom::Leads) => self.page.format(
                        "report-option-more",
                        &[("option", option.label.clone()), ("more", hint.clone())],
                    ),
                    _ => option.label.clone(),
                },
                more: String::new(),
            }));
            boxes.extend(options.list.iter().map(|choice| {
                let key = question.option_key(&choice.id);
                let own = self.says.maybe(&format!("{key}.paper"));
                PaperBox {
                    label: if own.is_empty() {
                        self.says.option(question, &choice.id)
                    } else {
                        own
                    },
                    more: choice
                        .reveal
                        .map_or_else(String::new, |_| self.says.get(&format!("{key}.more"))),
                }
            }));
        }
        boxes.extend(question.instead.iter().map(|instead| PaperBox {
            label: self.says.instead(question, *instead),
            more: String::new(),
        }));
        boxes
    }
}

/// How many lines a hand is likely to fill. Whoever needs more takes another sheet.
fn lines_for(max_chars: usize) -> usize {
    match max_chars {
        0..=2_000 => 2,
        2_001..=5_000 => 3,
        5_001..=10_000 => 5,
        _ => 12,
    }
}
