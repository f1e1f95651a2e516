//! The file of the rules.

use safehold_core::{
    categories::Categories,
    duties::{BUILT_IN_NAME, BUILT_IN_SOURCE, DutyRules, Outward},
    form::Form,
};

const BODY: &str = "version = 1\n[[body]]\nid = 'x'\nwithin = 'same day'\nlimit = 'law'\ndecides = 'lead'\ntag = 'P'\n\
                    rests_on = 'A law'\n";

fn faults(source: &str) -> Vec<String> {
    let form = Form::built_in().unwrap();
    let errors = DutyRules::parse("my.toml", source, Some(&form)).unwrap_err();
    errors.list().iter().map(ToString::to_string).collect()
}

#[test]
fn the_built_in_rules_fit_the_built_in_form_and_claim_no_check() {
    let form = Form::built_in().unwrap();
    let rules = DutyRules::parse(BUILT_IN_NAME, BUILT_IN_SOURCE, Some(&form))
        .map_err(|errors| errors.to_string())
        .unwrap();
    assert_eq!(rules.bodies.len(), 23);
    assert_eq!(rules.checked_on, None);
    assert_eq!(Outward::built_in().unwrap().rules, rules);
}

#[test]
fn each_kind_of_harm_that_the_built_in_rules_name_exists() {
    let categories = Categories::built_in().unwrap();
    let mut named = 0;
    for list in BUILT_IN_SOURCE.split("categories = [").skip(1) {
        for key in list.split(']').next().unwrap().split(',') {
            let key = key.trim().trim_matches('"');
            assert!(categories.find(key).is_some(), "{key}");
            named += 1;
        }
    }
    assert!(named > 0);
}

#[test]
fn each_fault_names_file_line_and_field() {
    let with = |rest: &str| format!("{BODY}{rest}\n");
    let cases: &[(String, &[&str])] = &[
        (
            with("when = { danger = ['soon'] }"),
            &["my.toml:9: body.x.when.danger: question `danger` has no option `soon`"],
        ),
        (
            with("when = { dangr = ['yes'] }"),
            &["my.toml:9: body.x.when.dangr: there is no question `dangr`"],
        ),
        // What somebody said of one of several people raises nothing: there is no saying of whom.
        (
            with("when = { person_care = ['yes'] }"),
            &["my.toml:9: body.x.when.person_care: there is no question `person_care`"],
        ),
        (
            with("when = { people = { at_least = 2 } }"),
            &["my.toml:9: body.x.when.people: question `people` is not a repeat, so it cannot be counted"],
        ),
        (
            with("when = 'gone'"),
            &["my.toml:9: body.x.when: there is no rule `gone` above this"],
        ),
        (
            with("when = { lead_says = ['gone'] }"),
            &["my.toml:9: body.x.when.lead_says: question `lead_says` has no option `gone`"],
        ),
        (
            with("when = { case_level = ['dire'] }"),
            &["my.toml:9: body.x.when.case_level: question `case_level` has no option `dire`"],
        ),
        (with(""), &["my.toml:2: body.x: field `when` is missing"]),
        (
            with("when = { danger = ['yes'] }\nnations = ['france']"),
            &[
                "my.toml:10: body.x.nations: `france` is not one of england, wales, scotland, northern_ireland",
            ],
        ),
        (
            with("when = { danger = ['yes'] }\ndraft = ['diary']"),
            &[
                "my.toml:10: body.x.draft: `diary` is not one of who, contact, concern, what, safety, wants, consent",
            ],
        ),
        (
            with("when = { danger = ['yes'] }\nsend_to = 'x'"),
            &[
                "my.toml:10: body.x.send_to: unknown field, allowed are id, group, nations, when, within, limit, decides, \
               tag, rests_on, draft",
            ],
        ),
        (
            with("when = { danger = ['yes'] }").replace("same day", "3 weeks"),
            &[
                "my.toml:4: body.x.within: `3 weeks` is not a time limit like `at once`, `same day`, `24 hours`, `10 days`, \
               `5 working days` or `none`",
            ],
        ),
        (
            with("when = { danger = ['yes'] }").replace("'x'", "'X y'"),
            &[
                "my.toml:3: body[1].id: `X y` cannot be an id: use lower-case letters, digits and `_`, and none of the \
               reserved words",
            ],
        ),
        (
            with("when = { danger = ['yes'] }").replace("tag = 'P'\n", ""),
            &["my.toml:2: body.x: field `tag` is missing"],
        ),
        (
            "version = 1\n".to_owned(),
            &["my.toml:1: field `body` is missing"],
        ),
        (
            format!("checked_on = 'May'\n{}", with("when = { danger = ['yes'] }")),
            &["my.toml:1: checked_on: `May` is not a date like 2026-03-31"],
        ),
    ];
    for (source, wanted) in cases {
        assert_eq!(faults(source), *wanted, "{source}");
    }
}

#[test]
fn all_faults_are_told_at_once_and_ids_are_their_own() {
    let second = BODY.split_once('\n').unwrap().1;
    let source = format!("{BODY}when = 'a'\n{second}when = 'b'\n");
    let told = faults(&source).join("\n");
    for part in [
        "my.toml:9: body.x.when: there is no rule `a`",
        "body[2].id: `x` is there twice",
        "no rule `b`",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}
