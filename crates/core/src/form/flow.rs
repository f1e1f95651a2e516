//! The way through a form: which pages are shown, what comes next, what is still needed.

use super::{
    answers::{Answer, Answers, Live},
    model::{Form, Page, PageKind, Question, Requirement},
};

/// One question that is asked, with its answer.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The page that asks it.
    pub page: &'a Page,
    /// The question.
    pub question: &'a Question,
    /// The answer, if there is one.
    pub answer: Option<&'a Answer>,
    /// Whether the form cannot be sent without it.
    pub required: bool,
}

/// A question that must be answered before the form can be sent.
#[derive(Debug, Clone, Copy)]
pub struct Incomplete<'a> {
    /// The page that asks it.
    pub page: &'a Page,
    /// The question.
    pub question: &'a Question,
    /// The item that it belongs to, if its page is about one item.
    pub item: Option<usize>,
}

/// Where a page stands among the sections that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The section's id.
    pub section: &'a str,
    /// Its place, counted from one.
    pub place: usize,
    /// How many sections there are, as far as the answers tell.
    pub of: usize,
}

/// What a walk through some pages found.
pub(crate) struct Walk<'a> {
    pub(crate) visible: Vec<&'a Page>,
    pub(crate) asked: Vec<Asked<'a>>,
    pub(crate) live: Live<'a>,
}

/// Goes through the pages once, in order. Conditions look only at earlier questions that are still
/// asked, so one pass is enough and a hidden answer never shows a page.
pub(crate) fn walk<'a>(pages: &'a [Page], answers: &'a Answers, mut live: Live<'a>) -> Walk<'a> {
    let mut visible = Vec::new();
    let mut asked = Vec::new();
    for page in pages {
        if !page.when.holds(&live) {
            continue;
        }
        let before = asked.len();
        for question in &page.questions {
            if question.when.holds(&live) {
                let answer = answers.get(&question.id);
                let required = is_required(question, &live);
                asked.push(Asked {
                    page,
                    question,
                    answer,
                    required,
                });
                if let Some(answer) = answer {
                    live.add(&question.id, answer);
                }
            }
        }
        if page.questions.is_empty() || asked.len() > before {
            visible.push(page);
        }
        if page.kind == PageKind::End {
            break;
        }
    }
    Walk { visible, asked, live }
}

pub(crate) fn is_required(question: &Question, live: &Live<'_>) -> bool {
    match &question.required {
        Requirement::Never => false,
        Requirement::Always => true,
        Requirement::When(condition) => condition.holds(live),
    }
}

impl Form {
    pub(crate) fn walk<'a>(&'a self, answers: &'a Answers) -> Walk<'a> {
        walk(&self.pages, answers, Live::default())
    }

    /// The page that everybody sees first.
    pub fn first_page(&self) -> Option<&Page> {
        self.pages.first()
    }

    /// The pages that these answers lead through, in order, as far as is known yet.
    pub fn visible_pages<'a>(&'a self, answers: &'a Answers) -> Vec<&'a Page> {
        self.walk(answers).visible
    }

    /// The page after this one; `None` means "check your answers" (or, after a page of kind
    /// [`PageKind::End`], nothing).
    pub fn next_page<'a>(&'a self, answers: &'a Answers, current: &str) -> Option<&'a Page> {
        after(&self.pages, &self.walk(answers).visible, current, |_| true)
    }

    /// The page before this one.
    pub fn previous_page<'a>(&'a self, answers: &'a Answers, current: &str) -> Option<&'a Page> {
        before(&self.pages, &self.walk(answers).visible, current)
    }

    /// The first page after this page's section, for "skip this section"; `None` means
    /// "check your answers".
    pub fn after_section<'a>(&'a self, answers: &'a Answers, current: &str) -> Option<&'a Page> {
        let section = self
            .pages
            .iter()
            .find(|page| page.id == current)
            .map(|page| &page.section);
        after(&self.pages, &self.walk(answers).visible, current, |page| {
            Some(&page.section) != section
        })
    }

    /// Whether the pages of this section that are shown ask for nothing that is required, and are
    /// more than one, so that skipping all of them makes sense.
    pub fn can_skip_section(&self, answers: &Answers, section: &str) -> bool {
        let walk = self.walk(answers);
        let pages = walk.visible.iter().filter(|page| page.section == section).count();
        pages > 1
            && !walk
                .asked
                .iter()
                .any(|asked| asked.page.section == section && asked.required)
    }

    /// Whether this page can be passed without an answer.
    pub fn can_skip_page(&self, answers: &Answers, page: &str) -> bool {
        !self
            .walk(answers)
            .asked
            .iter()
            .any(|asked| asked.page.id == page && asked.required)
    }

    /// The questions asked on this page with these answers.
    pub fn asked_on<'a>(&'a self, answers: &'a Answers, page: &str) -> Vec<Asked<'a>> {
        self.asked(answers)
            .into_iter()
            .filter(|asked| asked.page.id == page)
            .collect()
    }

    /// Every question that is asked, with its answer, in order.
    pub fn asked<'a>(&'a self, answers: &'a Answers) -> Vec<Asked<'a>> {
        self.walk(answers).asked
    }

    /// The same for one item of a repeat.
    pub fn asked_in_item<'a>(
        &'a self,
        answers: &'a Answers,
        repeat: &str,
        item: &'a Answers,
    ) -> Vec<Asked<'a>> {
        self.in_item(answers, repeat, item, |walk| walk.asked)
    }

    /// The pages about one item that its answers lead through.
    pub fn item_pages<'a>(&'a self, answers: &'a Answers, repeat: &str, item: &'a Answers) -> Vec<&'a Page> {
        self.in_item(answers, repeat, item, |walk| walk.visible)
    }

    /// The page after this one, about the same item; `None` means back to the list.
    pub fn next_item_page<'a>(
        &'a self,
        answers: &'a Answers,
        repeat: &str,
        item: &'a Answers,
        current: &str,
    ) -> Option<&'a Page> {
        let pages = &self.question(repeat)?.group()?.pages;
        after(pages, &self.item_pages(answers, repeat, item), current, |_| true)
    }

    /// The page before this one, about the same item; `None` means the list.
    pub fn previous_item_page<'a>(
        &'a self,
        answers: &'a Answers,
        repeat: &str,
        item: &'a Answers,
        current: &str,
    ) -> Option<&'a Page> {
        let pages = &self.question(repeat)?.group()?.pages;
        before(pages, &self.item_pages(answers, repeat, item), current)
    }

    /// Walks the pages about one item. The walk borrows a context of its own, so only what
    /// belongs to the form and the answers comes out of it.
    fn in_item<'a, T>(
        &'a self,
        answers: &'a Answers,
        repeat: &str,
        item: &'a Answers,
        take: impl FnOnce(Walk<'a>) -> Vec<T>,
    ) -> Vec<T> {
        let Some(group) = self.question(repeat).and_then(Question::group) else {
            return Vec::new();
        };
        take(walk(&group.pages, item, self.walk(answers).live))
    }

    /// The sections that are shown, in order.
    pub fn visible_sections<'a>(&'a self, answers: &'a Answers) -> Vec<&'a str> {
        let mut sections: Vec<&str> = Vec::new();
        for page in self.walk(answers).visible {
            if !sections.contains(&page.section.as_str()) {
                sections.push(&page.section);
            }
        }
        sections
    }

    /// Where this page stands among the sections.
    pub fn progress<'a>(&'a self, answers: &'a Answers, page: &str) -> Option<Progress<'a>> {
        let section = &self.page(page)?.section;
        let sections = self.visible_sections(answers);
        let place = sections.iter().position(|shown| shown == section)? + 1;
        Some(Progress {
            section,
            place,
            of: sections.len(),
        })
    }

    /// Whether these answers lead to a page of kind [`PageKind::End`]: there is nothing to send.
    pub fn ends_without_sending(&self, answers: &Answers) -> bool {
        self.walk(answers)
            .visible
            .last()
            .is_some_and(|page| page.kind == PageKind::End)
    }

    /// The first question that must still be answered; `None` if the form can be sent.
    pub fn first_incomplete<'a>(&'a self, answers: &'a Answers) -> Option<Incomplete<'a>> {
        for Asked {
            page,
            question,
            answer,
            required,
        } in self.asked(answers)
        {
            if required && answer.is_none() {
                return Some(Incomplete {
                    page,
                    question,
                    item: None,
                });
            }
            for (place, item) in answer.map_or(&[][..], Answer::items).iter().enumerate() {
                let missing = self
                    .asked_in_item(answers, &question.id, item)
                    .into_iter()
                    .find(|inner| inner.required && inner.answer.is_none());
                if let Some(Asked { page, question, .. }) = missing {
                    return Some(Incomplete {
                        page,
                        question,
                        item: Some(place),
                    });
                }
            }
        }
        None
    }

    /// Drops answers to questions that are no longer asked. Done once, when the report is sent:
    /// until then, changing an answer back brings the others back as well.
    pub fn prune(&self, answers: &mut Answers) {
        let kept = answers.clone();
        let outer = self.walk(&kept);
        answers.retain(|question| outer.live.has_own(question));
        for asked in &outer.asked {
            let (Some(Answer::Items(items)), Some(group)) =
                (answers.get_mut(&asked.question.id), asked.question.group())
            else {
                continue;
            };
            for item in items {
                let all = item.clone();
                let inner = walk(&group.pages, &all, Live::inside(&outer.live));
                item.retain(|question| inner.live.has_own(question));
            }
        }
    }
}

fn after<'a>(
    pages: &[Page],
    visible: &[&'a Page],
    current: &str,
    wanted: impl Fn(&Page) -> bool,
) -> Option<&'a Page> {
    let mut coming = pages
        .iter()
        .skip_while(|page| page.id != current)
        .skip(1)
        .filter(|page| wanted(page));
    coming
        .find_map(|page| visible.iter().find(|shown| shown.id == page.id))
        .copied()
}

fn before<'a>(pages: &[Page], visible: &[&'a Page], current: &str) -> Option<&'a Page> {
    let earlier: Vec<_> = pages.iter().take_while(|page| page.id != current).collect();
    earlier
        .iter()
        .rev()
        .find_map(|page| visible.iter().find(|shown| shown.id == page.id))
        .copied()
}
