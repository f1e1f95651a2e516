//! The words that a form needs.

use super::model::{Form, Page, PageKind, Question, QuestionKind};

impl Form {
    /// The keys of all texts that this form needs, `id` or `id.attribute`. Whether they exist is for
    /// the crate of the words to say.
    ///
    /// For a section: `section-<id>`. For a page that tells something, lists items, or asks more than
    /// one question: `page-<id>`, with `.body` where it tells. For each note: `note-<name>` and `.body`.
    /// For a question: `q-<id>`, `.why` (why we ask) and, if it may be required, `.error-missing`;
    /// each option and row `q-<id>-<option>`; the text beside an option `q-<id>-<option>.more` and, if it
    /// must be filled in, `.error-missing`. Hints (`.hint`) are optional everywhere.
    pub fn text_keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self
            .sections
            .iter()
            .map(|section| format!("section-{}", section.id))
            .collect();
        for page in self.all_pages() {
            page_keys(page, &mut keys);
            for question in &page.questions {
                question_keys(question, &mut keys);
            }
        }
        keys.sort();
        keys.dedup();
        keys
    }
}

fn page_keys(page: &Page, keys: &mut Vec<String>) {
    if page.questions.len() != 1 {
        keys.push(page.key());
    }
    if matches!(page.kind, PageKind::Info | PageKind::End) {
        keys.push(format!("{}.body", page.key()));
    }
    for note in &page.notes {
        keys.push(format!("note-{note}"));
        keys.push(format!("note-{note}.body"));
    }
}

fn question_keys(question: &Question, keys: &mut Vec<String>) {
    let key = question.key();
    keys.push(format!("{key}.why"));
    if question.required != super::Requirement::Never {
        keys.push(format!("{key}.error-missing"));
    }
    keys.extend(
        question
            .instead
            .iter()
            .map(|instead| question.option_key(instead.id())),
    );
    match &question.kind {
        QuestionKind::Choice(options) | QuestionKind::Choices(options) => {
            for choice in &options.list {
                let option = question.option_key(&choice.id);
                if let Some(reveal) = choice.reveal {
                    keys.push(format!("{option}.more"));
                    if reveal.required {
                        keys.push(format!("{option}.error-missing"));
                    }
                }
                keys.push(option);
            }
        }
        QuestionKind::Rows { rows, options } => {
            keys.extend(rows.iter().chain(options).map(|id| question.option_key(id)));
        }
        // The button that adds one, and the heading of each.
        QuestionKind::Repeat(_) => keys.extend(["add", "item"].map(|part| format!("{key}.{part}"))),
        QuestionKind::Text { .. }
        | QuestionKind::Long { .. }
        | QuestionKind::When { .. }
        | QuestionKind::Files(_) => {}
    }
    keys.push(key);
}
