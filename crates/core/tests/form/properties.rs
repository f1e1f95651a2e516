//! Whatever is sent, nothing breaks.

use proptest::{collection::vec, prelude::*, sample::select};
use safehold_core::form::{Answers, Facts, Form, Kept};

use crate::given::{ALEX, form, run_time};

/// Names and values that often mean something, and often nothing.
fn input(form: &Form) -> impl Strategy<Value = Vec<(String, String)>> + use<> {
    let mut names = vec!["csrf".to_owned(), "-".to_owned(), String::new()];
    let mut values = vec![
        ALEX.to_owned(),
        "racism".to_owned(),
        "31".to_owned(),
        "2".to_owned(),
        "2024".to_owned(),
    ];
    values.extend(["rather_not_say", "rather_tell", "not_sure", "in_a_file"].map(str::to_owned));
    for page in form.all_pages() {
        for question in &page.questions {
            let id = &question.id;
            names.push(id.clone());
            names.extend(
                ["about", "day", "month", "year", "until_day", "instead"].map(|part| format!("{id}-{part}")),
            );
            for choice in question.options().iter().flat_map(|options| &options.list) {
                names.extend([id.clone(), format!("{id}-{}", choice.id)]);
                values.push(choice.id.clone());
            }
        }
    }
    let value = prop_oneof![4 => select(values), 1 => any::<String>(), 1 => "\\PC{0,300}"];
    vec((select(names), value), 0..60)
}

fn steps(form: &Form) -> impl Strategy<Value = Vec<(String, Vec<(String, String)>)>> + use<> {
    let pages: Vec<_> = form.all_pages().map(|page| page.id.clone()).collect();
    vec((select(pages), input(form)), 1..25)
}

fn answer(form: &Form, steps: &[(String, Vec<(String, String)>)]) -> Answers {
    let mut answers = Answers::default();
    for (place, (page, input)) in steps.iter().enumerate() {
        let page = form.page(page).unwrap();
        if let Some(repeat) = &page.item_of {
            let index = place % 3;
            let mut item = answers.items(repeat).get(index).cloned().unwrap_or_default();
            let read = form.read_item_page(page, &answers, &item, input, &run_time());
            item.put_page(page, &read);
            answers.set_item(repeat, index, item);
        } else {
            let read = form.read_page(page, &answers, input, &run_time());
            answers.put_page(page, &read);
        }
    }
    answers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_input_leaves_a_sound_form(steps in steps(&form())) {
        let form = form();
        let answers = answer(&form, &steps);
        let shown = form.visible_pages(&answers);
        for page in &shown {
            form.progress(&answers, &page.id).unwrap();
            Kept::from_answers(page, &answers);
        }
        form.first_incomplete(&answers);
        let facts = Facts::of(&form, &answers);

        let mut pruned = answers.clone();
        form.prune(&mut pruned);
        let mut twice = pruned.clone();
        form.prune(&mut twice);
        prop_assert!(twice == pruned, "prune again changes something");
        prop_assert!(form.visible_pages(&pruned) == shown, "prune changes the way");
        prop_assert!(Facts::of(&form, &pruned) == facts, "prune changes the facts");

        let json = serde_json::to_vec(&answers).unwrap();
        prop_assert!(serde_json::from_slice::<Answers>(&json).unwrap() == answers);
    }

    #[test]
    fn any_source_gives_a_form_or_faults_with_places(source in "\\PC{0,400}|(\\[\\[?(page|section|rule|page.question)\\]?\\]\n|(id|when|kind|options|section) = [\\[{\"a-z=\\]}]{0,20}\n){0,30}") {
        if let Err(errors) = Form::parse("any.toml", &source) {
            prop_assert!(!errors.list().is_empty());
            let lines = source.bytes().filter(|byte| *byte == b'\n').count() + 1;
            prop_assert!(errors.list().iter().all(|problem| (1..=lines).contains(&problem.line)));
        }
    }

    #[test]
    fn any_json_is_answers_or_refused(json in "\\PC{0,200}") {
        let _ = serde_json::from_str::<Answers>(&json);
    }
}
