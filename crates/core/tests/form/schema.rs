//! The form's file: each fault is told with file, line and field.

use safehold_core::form::{BUILT_IN_SOURCE, Form};

const HEAD: &str = "id = 't'\nversion = 1\n[[section]]\nid = 's'\n";

/// The faults of a form that begins with `HEAD` (four lines), without those about the program's questions.
fn faults(rest: &str) -> Vec<String> {
    let errors = Form::parse("my.toml", &format!("{HEAD}{rest}")).unwrap_err();
    errors
        .list()
        .iter()
        .map(ToString::to_string)
        .filter(|error| !error.contains("the program acts on"))
        .collect()
}

fn page(id: &str, rest: &str) -> String {
    format!("[[page]]\nid = '{id}'\nsection = 's'\n{rest}\n")
}

fn choice(id: &str, rest: &str) -> String {
    format!("[[page.question]]\nid = '{id}'\nkind = 'choice'\noptions = ['yes', 'no']\n{rest}\n")
}

#[test]
fn the_built_in_form_is_sound() {
    let form = Form::built_in().map_err(|errors| errors.to_string()).unwrap();
    assert_eq!((form.id.as_str(), form.version), ("report", 1));
    assert_eq!(form.first_page().unwrap().id, "danger");
}

#[test]
fn every_released_version_still_loads() {
    let form = Form::parse("report-v1.toml", include_str!("../fixtures/report-v1.toml")).unwrap();
    assert_eq!(form.version, 1);
}

#[test]
fn the_built_in_form_has_its_fixture() {
    // A change to the form raises its version and adds a fixture: old reports show what was asked then.
    assert_eq!(BUILT_IN_SOURCE, include_str!("../fixtures/report-v1.toml"));
}

#[test]
fn a_sound_small_form_lacks_only_what_the_program_needs() {
    let source = format!("{HEAD}{}{}", page("a", ""), choice("q", ""));
    assert_eq!(faults(&source[HEAD.len()..]), [""; 0]);
    let errors = Form::parse("my.toml", &source).unwrap_err();
    assert_eq!(
        errors.list()[0].to_string(),
        "my.toml:1: question `danger` is missing: the program acts on it"
    );
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_lines() {
    let rest = page("a", "when = { gone = ['yes'] }")
        + &choice("q", "max_chars = 3\nwhne = 1")
        + &page("a", "kind = 'sheet'")
        + &choice("q", "");
    assert_eq!(
        faults(&rest),
        [
            "my.toml:8: page.a.when.gone: there is no question `gone`",
            "my.toml:9: page.a.question.q: a question of this kind has no `max_chars`",
            "my.toml:14: page.a.question.q.whne: unknown field, allowed are id, kind, options, options_from, \
             max_chars, range, rows, required, when, instead, max, page",
            "my.toml:16: page[2].id: `a` is there twice",
            "my.toml:18: page.a.kind: `sheet` is not one of questions, info, repeat, files, end",
            "my.toml:20: page.a.question[1].id: `q` is there twice",
        ]
    );
}

#[test]
fn each_fault_names_its_line_and_field() {
    let cases: &[(String, &str)] = &[
        ("x = [".into(), "my.toml:5: not TOML"),
        ("page = 3".into(), "my.toml:5: section.s.page: unknown field"),
        (page("a", ""), "my.toml:5: page.a: the page has no question"),
        (
            page("a", "kind = 'repeat'"),
            "my.toml:5: page.a: the page has no question",
        ),
        (
            page("A b", "") + &choice("q", ""),
            "my.toml:6: page[1].id: `A b` cannot be an id",
        ),
        (
            page("a", "") + &choice("not", ""),
            "my.toml:10: page.a.question[1].id: `not` cannot be an id",
        ),
        (
            "[[page]]\nid = 'a'\n".to_owned() + &choice("q", ""),
            "my.toml:5: page.a: field `section` is missing",
        ),
        (
            "[[page]]\nid = 'a'\nsection = 'z'\n".to_owned() + &choice("q", ""),
            "my.toml:7: page.a.section: there is no section `z`",
        ),
        (
            page("a", "") + "[[page.question]]\nid = 'q'\n",
            "my.toml:9: page.a.question.q: field `kind` is missing",
        ),
        (
            page("a", "") + "[[page.question]]\nid = 'q'\nkind = 'choice'\n",
            "my.toml:9: page.a.question.q: field `options` is missing",
        ),
        (
            page("a", "") + "[[page.question]]\nid = 'q'\nkind = 'rows'\noptions = ['yes']\n",
            "my.toml:9: page.a.question.q: field `rows` is missing",
        ),
        (
            page("a", "") + "[[page.question]]\nid = 'q'\nkind = 'text'\nmax_chars = 'many'\n",
            "my.toml:12: page.a.question.q.max_chars: expected a whole number, found string",
        ),
        (
            page("a", "") + &choice("q", "required = 3"),
            "my.toml:13: page.a.question.q.required: expected true or false, found integer",
        ),
        (
            page("a", "") + &choice("q", "instead = ['maybe']"),
            "my.toml:13: page.a.question.q.instead: `maybe` is not one of rather_not_say, rather_tell",
        ),
        (
            page("a", "") + "[[page.question]]\nid = 'q'\nkind = 'choice'\noptions = ['yes', 'yes']\n",
            "my.toml:9: page.a.question.q.options: `yes` is there twice",
        ),
        (
            page("a", "kind = 'info'") + &choice("q", ""),
            "my.toml:5: page.a: a page of this kind cannot hold this question",
        ),
        (
            page("a", "") + "[[page.question]]\nid = 'q'\nkind = 'repeat'\n",
            "my.toml:9: page.a.question.q: field `page` is missing",
        ),
    ];
    assert_faults(cases);
}

#[test]
fn each_fault_of_a_condition_names_its_line_and_field() {
    let first = page("a", "") + &choice("q", "");
    let cases: &[(String, &str)] = &[
        (
            first.clone() + &page("b", "when = { q = ['maybe'] }") + &choice("r", ""),
            "my.toml:17: page.b.when.q: question `q` has no option `maybe`",
        ),
        (
            page("a", "when = { r = ['yes'] }") + &choice("q", "") + &page("b", "") + &choice("r", ""),
            "my.toml:8: page.a.when.r: question `r` is not asked before this place",
        ),
        (
            page("a", "") + &choice("q", "when = { q = ['yes'] }"),
            "my.toml:13: page.a.question.q.when.q: question `q` is not asked before this place",
        ),
        (
            first.clone() + &page("b", "when = { q = { at_least = 2 } }") + &choice("r", ""),
            "my.toml:17: page.b.when.q: question `q` is not a repeat",
        ),
        (
            first.clone() + &page("b", "when = { q = { at_most = 2 } }") + &choice("r", ""),
            "my.toml:17: page.b.when.q: field `at_least` is missing",
        ),
        (
            page("a", "")
                + "[[page.question]]\nid = 'q'\nkind = 'text'\n"
                + &page("b", "when = { q = ['x'] }")
                + &choice("r", ""),
            "my.toml:15: page.b.when.q: question `q` has no options",
        ),
        (
            first.clone() + &page("b", "when = 'odd'") + &choice("r", ""),
            "my.toml:17: page.b.when: there is no rule `odd` above this",
        ),
        (
            "[[rule]]\nid = 'one'\nwhen = 'two'\n[[rule]]\nid = 'two'\nwhen = 'one'\n".to_owned() + &first,
            "my.toml:7: rule.one.when: there is no rule `two` above this",
        ),
        (
            first.clone()
                + &page("b", "when = { all = [{ q = ['yes'] }, { q = ['no'] }] }")
                + &choice("r", ""),
            "my.toml:14: page.b: no answers lead here",
        ),
        (
            first.clone() + &page("b", "when = { q = [] }") + &choice("r", ""),
            "my.toml:14: page.b: no answers lead here",
        ),
        (
            // The question that the third page looks at is asked only if the first answer is yes.
            first.clone()
                + &page("b", "when = { q = ['yes'] }")
                + &choice("r", "")
                + &page("c", "when = { all = [{ q = ['no'] }, { r = ['yes'] }] }")
                + &choice("s", ""),
            "my.toml:23: page.c: no answers lead here",
        ),
        (
            first.clone() + &page("b", "") + &choice("r", "when = { all = ['x', { not = 'x' }] }"),
            "there is no rule `x`",
        ),
    ];
    assert_faults(cases);
}

fn assert_faults(cases: &[(String, &str)]) {
    for (rest, expected) in cases {
        let faults = faults(rest);
        assert!(
            faults.iter().any(|fault| fault.contains(expected)),
            "{expected}\n{faults:#?}\n{rest}"
        );
    }
}

#[test]
fn a_rule_is_checked_where_it_is_used() {
    let rest = "[[rule]]\nid = 'later'\nwhen = { r = ['yes'] }\n".to_owned()
        + &page("a", "when = 'later'")
        + &choice("q", "")
        + &page("b", "")
        + &choice("r", "")
        + &page("c", "when = 'later'")
        + &choice("t", "");
    assert_eq!(
        faults(&rest),
        ["my.toml:11: page.a.when: question `r` is not asked before this place"]
    );
}

#[test]
fn questions_about_one_item_are_seen_only_there() {
    let repeat = "[[page.question]]\nid = 'people'\nkind = 'repeat'\n[[page.question.page]]\nid = 'person'\n\
                  [[page.question.page.question]]\nid = 'role'\nkind = 'choice'\noptions = ['x']\n\
                  [[page.question.page]]\nid = 'more'\nwhen = { role = ['x'] }\n\
                  [[page.question.page.question]]\nid = 'power'\nkind = 'choice'\noptions = ['x']\n";
    let rest = page("a", "kind = 'repeat'") + repeat;
    assert_eq!(faults(&rest), [""; 0]);
    let rest = rest + &page("b", "when = { role = ['x'] }") + &choice("q", "");
    assert_eq!(
        faults(&rest),
        ["my.toml:28: page.b.when.role: question `role` is not asked before this place"]
    );
}

#[test]
fn the_questions_that_the_program_acts_on_must_be_as_it_needs_them() {
    let cases = [
        (
            "id = \"must_not\"\nkind = \"long\"",
            "id = \"must_never\"\nkind = \"long\"",
            "question `must_not` is missing",
        ),
        (
            "id = \"must_not\"\nkind = \"long\"",
            "id = \"must_not\"\nkind = \"when\"",
            "it must be text or long",
        ),
        (
            "options = [\"safe\", \"mostly\", \"not_sure\", \"unsafe\"]",
            "options = [\"safe\", \"mostly\", \"not_sure\", \"unsafe\", \"fine\"]",
            "does not know the option `fine`",
        ),
        (
            "options = [\"yes\", \"no\", \"ask_later\"]",
            "options = [\"yes\", \"ask_later\"]",
            "the option `no` is missing",
        ),
        (
            "options_from = \"leads\"\n",
            "",
            "it must be choices with options from leads",
        ),
    ];
    for (before, after, expected) in cases {
        assert!(BUILT_IN_SOURCE.contains(before), "{before}");
        let source = BUILT_IN_SOURCE.replacen(before, after, 1);
        let errors = Form::parse("my.toml", &source).unwrap_err();
        assert_eq!(errors.list().len(), 1, "{errors}");
        assert!(errors.to_string().contains(expected), "{errors}");
    }
}

#[test]
fn a_fault_in_the_built_in_form_has_the_right_line() {
    let source = BUILT_IN_SOURCE.replace(
        "when = { safe_now = [\"unsafe\"] }",
        "when = { safe_now = [\"usafe\"] }",
    );
    let line = 1 + source.lines().position(|line| line.contains("usafe")).unwrap();
    let errors = Form::parse("forms/report.toml", &source).unwrap_err().to_string();
    let expected = format!(
        "forms/report.toml:{line}: page.unsafe_help.when.safe_now: question `safe_now` has no option `usafe`"
    );
    assert!(errors.contains(&expected), "{errors}");
}
