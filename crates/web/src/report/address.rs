//! The addresses of the form's pages. They are numbers: what a page asks must not stand in the history of a browser
//! that others use (rule T2). The ids of pages are understood too.

use safehold_core::form::{Answers, Form, Page, PageKind, Question};

/// The page that checks everything before it is sent.
pub(crate) const CHECK: &str = "/report/check";
/// Where it begins.
pub(crate) const START: &str = "/report/start";
/// The words to come back with.
pub(crate) const WORDS: &str = "/report/words";
/// The report that was sent.
pub(crate) const FOLLOW: &str = "/follow";

fn number(pages: &[Page], id: &str) -> usize {
    pages
        .iter()
        .position(|page| page.id == id)
        .map_or(0, |place| place + 1)
}

fn find<'a>(pages: &'a [Page], part: &str) -> Option<&'a Page> {
    match part.parse::<usize>() {
        Ok(number) => pages.get(number.checked_sub(1)?),
        Err(_) => pages.iter().find(|page| page.id == part),
    }
}

/// The page with this part of an address.
pub(crate) fn page_at<'a>(form: &'a Form, part: &str) -> Option<&'a Page> {
    find(&form.pages, part)
}

/// The question of a page that lists items or files, and the page about one of them with this part of an address.
pub(crate) fn inner_at<'a>(page: &'a Page, part: &str) -> Option<(&'a Question, &'a Page)> {
    let question = page
        .questions
        .iter()
        .find(|question| question.group().is_some())?;
    Some((question, find(&question.group()?.pages, part)?))
}

/// The address of a page.
pub(crate) fn of(form: &Form, page: &Page) -> String {
    format!("/report/{}", number(&form.pages, &page.id))
}

/// The address of a page about one item, which is counted from nought.
pub(crate) fn of_item(form: &Form, page: &Page, inner: &Page, item: usize) -> String {
    let pages = inner
        .item_of
        .as_deref()
        .and_then(|id| page.question(id))
        .and_then(Question::group)
        .map_or(&[][..], |group| &group.pages);
    format!("{}/{}/{}", of(form, page), item + 1, number(pages, &inner.id))
}

/// Whether the person came from "check your answers" to change something, and which pages are still to be asked
/// because of that change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Way {
    /// They came from there and go back there.
    pub(crate) from_check: bool,
    then: Vec<usize>,
}

impl Way {
    /// Reads the query: `c=` or `c=40.51`.
    pub(crate) fn of(query: Option<&str>) -> Self {
        let value = form_urlencoded::parse(query.unwrap_or_default().as_bytes())
            .find(|(name, _)| name == "c")
            .map(|(_, value)| value.into_owned());
        Self {
            from_check: value.is_some(),
            then: value
                .unwrap_or_default()
                .split('.')
                .filter_map(|number| number.parse().ok())
                .take(100)
                .collect(),
        }
    }

    /// What comes after an address on this way.
    pub(crate) fn query(&self) -> String {
        if !self.from_check {
            return String::new();
        }
        let numbers: Vec<String> = self.then.iter().map(ToString::to_string).collect();
        format!("?c={}", numbers.join("."))
    }

    /// Where to go from a page once its answers are kept.
    ///
    /// A change asks only what it newly brings about, then leads back to where all answers are.
    pub(crate) fn next(&self, form: &Form, before: &Answers, after: &Answers, current: &str) -> String {
        if !self.from_check {
            return form
                .next_page(after, current)
                .map_or_else(|| CHECK.to_owned(), |page| of(form, page));
        }
        let was: Vec<&str> = form
            .visible_pages(before)
            .iter()
            .map(|page| page.id.as_str())
            .collect();
        let mut then = Vec::new();
        for page in form.visible_pages(after) {
            let place = number(&form.pages, &page.id);
            let is_new = self.then.contains(&place) || !was.contains(&page.id.as_str());
            let tells = matches!(page.kind, PageKind::Info | PageKind::End);
            let asks = page
                .questions
                .iter()
                .any(|question| after.get(&question.id).is_none());
            if is_new && page.id != current && (tells || asks) {
                then.push(place);
            }
        }
        let next = then.first().and_then(|place| form.pages.get(place - 1));
        let way = Self {
            from_check: true,
            then: then.iter().skip(1).copied().collect(),
        };
        next.map_or_else(
            || CHECK.to_owned(),
            |page| format!("{}{}", of(form, page), way.query()),
        )
    }
}

/// Where a person left off: the first page that has something required open, else the first after the last answer.
pub(crate) fn left_off(form: &Form, answers: &Answers) -> String {
    if let Some(missing) = form.first_incomplete(answers) {
        let page = missing
            .page
            .item_of
            .as_deref()
            .and_then(|list| form.page_of(list))
            .unwrap_or(missing.page);
        return of(form, page);
    }
    let last = form
        .asked(answers)
        .into_iter()
        .rfind(|asked| asked.answer.is_some());
    last.and_then(|asked| form.next_page(answers, &asked.page.id))
        .map_or_else(|| CHECK.to_owned(), |page| of(form, page))
}

#[cfg(test)]
mod tests {
    use safehold_core::form::{Answer, Chosen};

    use super::*;

    fn choose(answers: &mut Answers, question: &str, option: &str) {
        answers.set(
            question,
            Answer::Choice(Chosen {
                option: option.to_owned(),
                more: None,
            }),
        );
    }

    #[test]
    fn pages_have_numbers_and_are_found_by_number_or_id() {
        let form = Form::built_in().unwrap();
        for page in &form.pages {
            let address = of(&form, page);
            let part = address.rsplit('/').next().unwrap();
            assert!(part.parse::<usize>().is_ok(), "{address}");
            assert_eq!(page_at(&form, part).unwrap().id, page.id);
            assert_eq!(page_at(&form, &page.id).unwrap().id, page.id);
        }
        for part in ["0", "999", "-1", "", "nowhere"] {
            assert!(page_at(&form, part).is_none(), "{part}");
        }
    }

    #[test]
    fn a_change_asks_only_what_it_brings_about() {
        let form = Form::built_in().unwrap();
        let mut before = Answers::default();
        choose(&mut before, "danger", "no");
        let mut after = before.clone();
        choose(&mut after, "danger", "yes");
        let way = Way::of(Some("c="));
        let next = way.next(&form, &before, &after, "danger");
        assert_eq!(next, "/report/2?c=3");
        let way = Way::of(Some("c=3"));
        assert_eq!(way.next(&form, &after, &after, "danger_help"), "/report/3?c=");
        assert_eq!(
            Way::of(Some("c=")).next(&form, &after, &after, "emergency"),
            "/report/check"
        );
        assert_eq!(Way::of(None).next(&form, &before, &before, "danger"), "/report/4");
    }
}
