//! The ways through the built-in form.

use safehold_core::form::{Answers, PageKind};

use crate::given::{add, answers, fill_required, form, pages, person};

fn path(given: &[(&str, &str)]) -> String {
    let form = form();
    pages(&form, &answers(&form, given)).join(" ")
}

const KINDS: [&str; 8] = [
    "concern",
    "incident",
    "near_miss",
    "past_harm",
    "whistleblowing",
    "good_practice",
    "development",
    "advice",
];
const FULL: [&str; 4] = ["concern", "incident", "past_harm", "whistleblowing"];
const WHOM: [&str; 6] = ["me", "saw", "told", "behalf_knows", "behalf_unknown", "role"];
const IDENTITIES: [&str; 3] = ["named", "confidential", "anonymous"];

#[test]
fn the_short_reports_have_few_pages() {
    let start = ("danger", "no");
    assert_eq!(
        path(&[start, ("kind", "advice")]),
        "danger kind under_18 team_involved ask contact"
    );
    assert_eq!(
        path(&[start, ("kind", "near_miss")]),
        "danger kind under_18 team_involved what_happened learning may_learn contact"
    );
    assert_eq!(
        path(&[start, ("kind", "development")]),
        "danger kind under_18 team_involved what_happened learning may_learn contact"
    );
    assert_eq!(
        path(&[start, ("kind", "good_practice")]),
        "danger kind what_happened learning may_learn contact"
    );
    assert_eq!(
        path(&[start, ("kind", "good_practice+advice")]),
        "danger kind under_18 team_involved what_happened ask learning may_learn contact"
    );
}

#[test]
fn a_full_report_about_oneself() {
    let given = [
        ("danger", "no"),
        ("kind", "incident"),
        ("identity", "named"),
        ("about_whom", "me"),
    ];
    assert_eq!(
        path(&given),
        "danger kind identity your_name about_whom your_role related under_18 team_involved fears_reprisal \
         what_happened what_said what_think what_unsure how_often enough \
         when where activity people categories discrimination impact safe_now wishes must_not companion helps_now \
         confidentiality may_speak may_share may_learn actions told evidence files contact access news"
    );
}

#[test]
fn danger_shows_help_first_and_goes_on() {
    assert!(path(&[("danger", "yes")]).starts_with("danger danger_help emergency kind"));
    assert!(path(&[("danger", "not_sure")]).starts_with("danger danger_help emergency kind"));
    assert!(path(&[("danger", "no")]).starts_with("danger kind"));
}

#[test]
fn someone_under_18_shows_the_childrens_route_and_goes_on() {
    for answer in ["yes", "not_sure"] {
        let path = path(&[("kind", "concern"), ("under_18", answer)]);
        assert!(path.contains("under_18 children_route team_involved"), "{path}");
    }
    assert!(!path(&[("kind", "concern"), ("under_18", "no")]).contains("children_route"));
}

#[test]
fn what_is_not_ours_stops_to_check_and_leaves_the_choice() {
    let start = [("kind", "concern"), ("related", "no")];
    let with = |more: &[(&'static str, &'static str)]| path(&[&start[..], more].concat());
    assert!(with(&[]).contains("related not_ours go_on under_18"));
    assert!(with(&[("stop_checks", "none")]).contains("not_ours go_on"));
    for check in ["danger", "child", "others", "serious_crime", "not_sure"] {
        assert!(
            with(&[("stop_checks", check)]).contains("not_ours stop_help go_on"),
            "{check}"
        );
    }
    assert!(with(&[("go_on", "leave")]).ends_with("go_on other_help"));
    assert!(with(&[("go_on", "tell")]).contains("go_on under_18"));
    // Where it is not our activity, nobody is asked which.
    assert!(!with(&[("go_on", "tell")]).contains("activity"));

    let form = form();
    let left = answers(&form, &[&start[..], &[("go_on", "leave")]].concat());
    assert!(form.ends_without_sending(&left));
    assert_eq!(form.page("other_help").unwrap().kind, PageKind::End);
}

#[test]
fn one_may_stop_after_what_happened() {
    let start = [("kind", "concern"), ("identity", "named"), ("about_whom", "me")];
    let path = |more: &[(&'static str, &'static str)]| path(&[&start[..], more].concat());
    assert!(path(&[("enough", "send")]).ends_with("how_often enough"));
    assert!(path(&[("enough", "more")]).contains("enough when where"));
    // Those who tell it in a file come to the page for files in every case.
    assert!(path(&[("enough", "send"), ("what_happened", "in_a_file")]).ends_with("enough files"));
}

#[test]
fn kind_by_whom_by_identity() {
    let form = form();
    for kind in KINDS {
        let full = FULL.contains(&kind);
        for whom in WHOM {
            for identity in IDENTITIES {
                let mut given = answers(
                    &form,
                    &[
                        ("danger", "no"),
                        ("kind", kind),
                        ("about_whom", whom),
                        ("identity", identity),
                    ],
                );
                let shown = pages(&form, &given);
                let has = |page: &str| shown.iter().any(|shown| shown == page);
                let case = format!("{kind} {whom} {identity}");
                for page in [
                    "identity",
                    "about_whom",
                    "related",
                    "what_said",
                    "enough",
                    "wishes",
                    "may_share",
                ] {
                    assert_eq!(has(page), full, "{case} {page}");
                }
                assert_eq!(has("your_name"), full && identity != "anonymous", "{case}");
                assert_eq!(has("follow_up"), full && identity == "anonymous", "{case}");
                assert_eq!(has("news"), full && identity != "anonymous", "{case}");
                assert_eq!(has("they_know"), full && whom != "me", "{case}");
                assert_eq!(has("noticed"), full && whom != "me", "{case}");
                assert_eq!(has("whistleblowing"), kind == "whistleblowing", "{case}");
                assert_eq!(has("under_18"), kind != "good_practice", "{case}");
                assert_eq!(has("team_involved"), kind != "good_practice", "{case}");
                assert_eq!(has("what_happened"), kind != "advice", "{case}");
                assert_eq!(has("ask"), kind == "advice", "{case}");
                assert!(has("contact"), "{case}");

                fill_required(&form, &mut given);
                let required = form.asked(&given).iter().filter(|asked| asked.required).count();
                let most = if full { 9 + usize::from(whom == "role") } else { 6 };
                assert!(required <= most, "{case}: {required}");
            }
        }
    }
}

#[test]
fn a_named_report_needs_fewer_than_ten_answers() {
    let form = form();
    let mut given = Answers::default();
    assert_eq!(
        fill_required(&form, &mut given),
        [
            "danger",
            "kind",
            "identity",
            "name",
            "about_whom",
            "related",
            "under_18",
            "team_involved",
            "what_happened"
        ]
    );
}

#[test]
fn advice_needs_three_answers() {
    let form = form();
    let mut given = answers(&form, &[("kind", "advice")]);
    assert_eq!(fill_required(&form, &mut given), ["danger", "ask"]);
}

#[test]
fn good_practice_needs_three_answers() {
    let form = form();
    let mut given = answers(&form, &[("kind", "good_practice")]);
    assert_eq!(fill_required(&form, &mut given), ["danger", "what_happened"]);
}

#[test]
fn forwards_and_backwards_are_the_same_way() {
    let form = form();
    let given = answers(
        &form,
        &[("danger", "yes"), ("kind", "concern+advice"), ("related", "no")],
    );
    let shown = form.visible_pages(&given);
    for pair in shown.windows(2) {
        assert_eq!(form.next_page(&given, &pair[0].id), Some(pair[1]));
        assert_eq!(form.previous_page(&given, &pair[1].id), Some(pair[0]));
    }
    assert_eq!(form.previous_page(&given, "danger"), None);
    assert_eq!(form.next_page(&given, &shown.last().unwrap().id), None);
    assert_eq!(form.next_page(&given, "gone"), None);
    // From a page that an answer has hidden, one still finds the way on.
    assert_eq!(form.next_page(&given, "your_name").unwrap().id, "about_whom");
}

#[test]
fn a_part_is_skipped_only_if_nothing_in_it_is_required() {
    let form = form();
    let given = answers(
        &form,
        &[("danger", "no"), ("kind", "concern"), ("about_whom", "role")],
    );
    assert_eq!(form.after_section(&given, "where").unwrap().id, "people");
    assert!(form.can_skip_section(&given, "wishes"));
    assert!(!form.can_skip_section(&given, "you"));
    assert!(
        !form.can_skip_section(&given, "sharing"),
        "the talk about confidentiality is asked of staff"
    );
    assert!(
        !form.can_skip_section(&given, "files"),
        "one page is skipped by itself"
    );
    assert!(form.can_skip_page(&given, "wishes"));
    assert!(!form.can_skip_page(&given, "what_happened"));
    let progress = form.progress(&given, "people").unwrap();
    assert_eq!((progress.section, progress.place, progress.of), ("people", 7, 13));
}

#[test]
fn people_have_pages_of_their_own() {
    let form = form();
    let mut given = answers(&form, &[("kind", "concern"), ("about_whom", "behalf_knows")]);
    person(&form, &mut given, &[("person_role", "affected")]);
    assert!(!pages(&form, &given).contains(&"connection".to_owned()));
    person(
        &form,
        &mut given,
        &[("person_role", "concern"), ("person_name", "Sam")],
    );
    assert!(pages(&form, &given).contains(&"connection".to_owned()));

    let items = given.items("people");
    let next = |item: usize, page: &str| {
        form.next_item_page(&given, "people", &items[item], page)
            .map(|page| page.id.as_str())
    };
    assert_eq!(next(0, "person"), Some("person_care"));
    assert_eq!(next(0, "person_care"), None);
    assert_eq!(next(1, "person"), Some("person_power"));
    assert_eq!(
        form.previous_item_page(&given, "people", &items[1], "person_power")
            .unwrap()
            .id,
        "person"
    );
    let asked = |item: usize| {
        let asked = form.asked_in_item(&given, "people", &items[item]);
        asked
            .iter()
            .map(|asked| asked.question.id.clone())
            .collect::<Vec<_>>()
    };
    // How to reach the affected person is asked when someone tells us on their behalf.
    assert!(asked(0).contains(&"person_reach".to_owned()));
    assert!(!asked(1).contains(&"person_reach".to_owned()));

    let first = given.remove_item("people", 0).unwrap();
    assert!(first.get("person_role").unwrap().has("affected"));
    assert_eq!(given.items("people").len(), 1);
    given.remove_item("people", 0);
    assert_eq!(given.remove_item("people", 0), None);
    assert!(given.get("people").is_none());
}

#[test]
fn changing_back_loses_nothing_until_the_report_is_sent() {
    let form = form();
    let mut given = answers(
        &form,
        &[
            ("kind", "concern"),
            ("identity", "named"),
            ("name", "Sam"),
            ("about_whom", "told"),
        ],
    );
    add(&form, &mut given, &[("identity", "anonymous")]);
    assert!(!pages(&form, &given).contains(&"your_name".to_owned()));
    assert!(given.get("name").is_some());
    add(&form, &mut given, &[("identity", "named")]);
    assert!(form.asked_on(&given, "your_name")[0].answer.is_some());

    add(&form, &mut given, &[("identity", "anonymous")]);
    let shown = pages(&form, &given);
    form.prune(&mut given);
    assert!(given.get("name").is_none());
    assert_eq!(pages(&form, &given), shown);
}

#[test]
fn a_hidden_answer_shows_no_page() {
    let form = form();
    // Told of a discrimination first, then said that it is only a question.
    let given = answers(
        &form,
        &[
            ("kind", "advice"),
            ("discrimination", "yes"),
            ("related", "no"),
            ("go_on", "leave"),
        ],
    );
    assert_eq!(
        pages(&form, &given).join(" "),
        "danger kind under_18 team_involved ask contact"
    );
    assert!(!form.ends_without_sending(&given));
}

#[test]
fn prune_goes_into_items() {
    let form = form();
    let mut given = answers(&form, &[("kind", "concern")]);
    person(
        &form,
        &mut given,
        &[
            ("person_role", "affected"),
            ("person_power", "no"),
            ("person_name", "Sam"),
        ],
    );
    form.prune(&mut given);
    let item = &given.items("people")[0];
    assert!(item.get("person_power").is_none() && item.get("person_name").is_some());
}

#[test]
fn debug_shows_no_content() {
    let form = form();
    let given = answers(&form, &[("what_happened", "MARKED"), ("kind", "concern")]);
    let shown = format!(
        "{given:?} {:?} {:?}",
        given.get("what_happened"),
        form.asked(&given)
    );
    assert!(!shown.contains("MARKED"));
    assert!(shown.starts_with("Answers(2)"));
}
