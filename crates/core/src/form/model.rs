//! What a form is made of.

use super::condition::Condition;

/// A report form: sections of pages of questions, as read from its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The form's id, such as `report`.
    pub id: String,
    /// The version, raised with every change: an old report shows the questions that it was asked.
    pub version: u32,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The pages, in order. Those inside a repeat are in its [`Group`].
    pub pages: Vec<Page>,
}

/// A part of the form, for showing where one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The id; its name is the text `section-<id>`.
    pub id: String,
}

/// One page of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The id, unique in the form and part of the address.
    pub id: String,
    /// The section that it belongs to.
    pub section: String,
    /// When it is shown; the section's condition is already in it.
    pub when: Condition,
    /// What it is for.
    pub kind: PageKind,
    /// Notes to show on it, by name: the texts `note-<name>`.
    pub notes: Vec<String>,
    /// The questions, in order.
    pub questions: Vec<Question>,
    /// The repeat or files question that this page belongs to, if it is a page about one item.
    pub item_of: Option<String>,
}

/// What a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// It asks one question, or a few that belong together.
    Questions,
    /// It tells something and asks nothing: 999, the children's route.
    Info,
    /// It lists the people (or other items) told of so far, and lets one be added.
    Repeat,
    /// It takes files.
    Files,
    /// The form ends here and nothing is sent: the person chose help elsewhere.
    End,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The id, unique in the form; its label is the text `q-<id>`.
    pub id: String,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// Whether the form can be sent without it.
    pub required: Requirement,
    /// When it is asked, on its page.
    pub when: Condition,
    /// What may be said instead of an answer.
    pub instead: Vec<Instead>,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionKind {
    /// One option.
    Choice(Options),
    /// Any number of options.
    Choices(Options),
    /// One line.
    Text {
        /// The most characters.
        max_chars: usize,
    },
    /// Several lines.
    Long {
        /// The most characters.
        max_chars: usize,
    },
    /// A time: rough words, a date as far as it is known, or both.
    When {
        /// Whether it may be a time from one date until another.
        range: bool,
    },
    /// One option for each row.
    Rows {
        /// The rows.
        rows: Vec<String>,
        /// The options of each.
        options: Vec<String>,
    },
    /// Pages asked for each of several people or things.
    Repeat(Group),
    /// Files, with pages asked for each.
    Files(Group),
}

/// The pages asked for each item of a repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The most items.
    pub max: usize,
    /// The pages about one item.
    pub pages: Vec<Page>,
}

/// The options of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Options that come first and are only known at run time.
    pub from: OptionsFrom,
    /// The options of the form itself.
    pub list: Vec<Choice>,
}

/// Where further options come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OptionsFrom {
    /// Nowhere: the form has them all.
    Form,
    /// The categories of harm.
    Categories,
    /// The members of the safeguarding team.
    Leads,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The id; its label is the text `q-<question>-<id>`.
    pub id: String,
    /// It cannot go with others ("none of these").
    pub exclusive: bool,
    /// A text field that belongs to it.
    pub reveal: Option<Reveal>,
}

/// A text field beside an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reveal {
    /// Whether it has several lines.
    pub long: bool,
    /// The most characters.
    pub max_chars: usize,
    /// Whether it must be filled in if the option is chosen.
    pub required: bool,
}

/// Whether the form can be sent without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// It can.
    Never,
    /// It cannot, if the question is asked.
    Always,
    /// It cannot, if this holds.
    When(Condition),
}

/// What a person may say instead of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instead {
    /// "I'd rather not say."
    RatherNotSay,
    /// "I'd rather tell a person."
    RatherTell,
    /// "I am not sure."
    NotSure,
    /// "I will add it as a file": a recording, a drawing, a letter.
    InAFile,
}

impl Instead {
    /// All of them with their ids.
    pub(crate) const WORDS: [(&'static str, Self); 4] = [
        ("rather_not_say", Self::RatherNotSay),
        ("rather_tell", Self::RatherTell),
        ("not_sure", Self::NotSure),
        ("in_a_file", Self::InAFile),
    ];

    /// The id: an option's value in the page and in conditions.
    pub fn id(self) -> &'static str {
        match self {
            Self::RatherNotSay => "rather_not_say",
            Self::RatherTell => "rather_tell",
            Self::NotSure => "not_sure",
            Self::InAFile => "in_a_file",
        }
    }

    /// Finds it by its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|(word, _)| *word == id)
            .map(|(_, instead)| *instead)
    }
}

impl Question {
    /// Whether "I'd rather not say" is offered.
    pub fn rather_not_say(&self) -> bool {
        self.instead.contains(&Instead::RatherNotSay)
    }

    /// Whether "I'd rather tell a person" is offered.
    pub fn rather_tell(&self) -> bool {
        self.instead.contains(&Instead::RatherTell)
    }

    /// The options of a choice, if it is one.
    pub fn options(&self) -> Option<&Options> {
        match &self.kind {
            QuestionKind::Choice(options) | QuestionKind::Choices(options) => Some(options),
            _ => None,
        }
    }

    /// The pages about each item, if this is a repeat or takes files.
    pub fn group(&self) -> Option<&Group> {
        match &self.kind {
            QuestionKind::Repeat(group) | QuestionKind::Files(group) => Some(group),
            _ => None,
        }
    }

    /// The key of its label.
    pub fn key(&self) -> String {
        format!("q-{}", self.id)
    }

    /// The key of the label of an option, a row or one of the [`Instead`]s.
    pub fn option_key(&self, option: &str) -> String {
        format!("q-{}-{option}", self.id)
    }
}

impl Page {
    /// The question with this id, on this page.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The key of the page's heading: the question's own label where it stands alone.
    pub fn heading_key(&self) -> String {
        match (self.kind, self.questions.as_slice()) {
            (PageKind::Questions | PageKind::Repeat | PageKind::Files, [only]) => only.key(),
            _ => self.key(),
        }
    }

    /// Whether its only question is its heading.
    pub fn asks_one(&self) -> bool {
        self.questions.len() == 1
    }

    /// The key of the texts of the page itself (`.body` on pages that tell something).
    pub fn key(&self) -> String {
        format!("page-{}", self.id)
    }
}

impl Form {
    /// The page with this id, also among the pages about one item.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.all_pages().find(|page| page.id == id)
    }

    /// The question with this id, also among those about one item.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.all_pages()
            .flat_map(|page| &page.questions)
            .find(|question| question.id == id)
    }

    /// The page that asks this question.
    pub fn page_of(&self, question: &str) -> Option<&Page> {
        self.all_pages().find(|page| page.question(question).is_some())
    }

    /// The section with this id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// Every page, each repeat's pages after the page that holds it.
    pub fn all_pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter().flat_map(|page| {
            let inner = page.questions.iter().filter_map(Question::group);
            std::iter::once(page).chain(inner.flat_map(|group| &group.pages))
        })
    }
}
