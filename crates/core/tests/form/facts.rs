//! The facts that the program acts on.

use std::collections::BTreeMap;

use safehold_core::form::{
    Answer, Answers, Channel, Consent, Facts, Identity, MayLearn, News, Related, ReportKind, SafeNow,
    StopCheck, Sure,
};

use crate::given::{ALEX, BLAKE, add, answers, form, pairs, person, run_time};

fn facts(given: &[(&str, &str)]) -> Facts {
    let form = form();
    Facts::of(&form, &answers(&form, given))
}

#[test]
fn nothing_said_is_nothing_known() {
    let facts = facts(&[]);
    assert!(facts.danger.is_none() && facts.kinds.is_empty() && facts.contact.may_email.is_none());
    assert!(
        facts.identity == Identity::Confidential,
        "the name, if any, stays with the leads"
    );
    assert!(!facts.team_conflict.rather_not_say && facts.team_conflict.involved.is_empty());
}

#[test]
fn what_is_said_is_known() {
    let facts = facts(&[
        ("danger", "not_sure"),
        ("kind", "incident+advice"),
        ("identity", "anonymous"),
        ("related", "no"),
        ("stop_checks", "child+not_sure"),
        ("go_on", "tell"),
        ("under_18", "yes"),
        ("fears_reprisal", "yes"),
        ("what_happened", "rather_tell"),
        ("safe_now", "unsafe"),
        ("must_not", "Do not tell Robin"),
        ("may_learn", "ask_later"),
        ("wishes", "stop+talk"),
        ("access", "bsl"),
    ]);
    assert_eq!(facts.danger, Some(Sure::NotSure));
    assert!(
        facts
            .kinds
            .iter()
            .eq([&ReportKind::Incident, &ReportKind::Advice])
    );
    assert!(facts.tells_of_harm() && !facts.asks_only_advice());
    assert_eq!(facts.identity, Identity::Anonymous);
    assert_eq!(facts.related, Some(Related::No));
    assert!(facts.stop_checks.iter().eq([&StopCheck::Child]));
    assert_eq!(facts.under_18, Some(Sure::Yes));
    assert_eq!(facts.fears_reprisal, Some(Sure::Yes));
    assert!(facts.rather_tell);
    assert_eq!(facts.safe_now, Some(SafeNow::Unsafe));
    assert_eq!(facts.must_not.as_deref(), Some("Do not tell Robin"));
    assert_eq!(facts.may_learn, Some(MayLearn::AskLater));
    assert_eq!(facts.wishes, ["stop", "talk"]);
    assert_eq!(facts.access_needs, ["bsl"]);
}

#[test]
fn who_in_the_team_is_involved_is_known_by_id() {
    let conflict = |value: &str| facts(&[("kind", "concern"), ("team_involved", value)]).team_conflict;
    let both = conflict(&format!("{ALEX}+{BLAKE}"));
    assert_eq!(both.involved.len(), 2);
    assert!(both.involved.contains(&ALEX.parse().unwrap()) && !both.rather_not_say);
    let none = conflict("none");
    assert!(none.involved.is_empty() && !none.rather_not_say);
    assert!(conflict("rather_not_say").rather_not_say);
    // Somebody was meant, and we cannot tell who.
    assert!(conflict("odd").rather_not_say);
}

#[test]
fn a_hidden_answer_is_no_fact() {
    let facts = facts(&[
        ("kind", "good_practice"),
        ("under_18", "yes"),
        ("name", "Sam"),
        ("safe_now", "unsafe"),
    ]);
    assert!(facts.under_18.is_none() && facts.name.is_none() && facts.safe_now.is_none());
}

fn contact(fields: &[(&str, &str)], safe: &[(&str, &str)], more: &[(&str, &str)]) -> Facts {
    let form = form();
    let mut given = answers(&form, &[("kind", "concern"), ("identity", "named")]);
    for (page, fields) in [("contact", fields), ("safe_to", safe)] {
        let page = form.page(page).unwrap();
        let read = form.read_page(page, &given, &pairs(fields), &run_time());
        assert!(read.errors.is_empty(), "{:?}", read.errors);
        given.put_page(page, &read);
    }
    add(&form, &mut given, more);
    Facts::of(&form, &given)
}

#[test]
fn mail_is_sent_only_where_it_was_said_to_be_safe() {
    let email = [
        ("contact", "email"),
        ("contact-email", "sam@example.org"),
        ("contact", "messages"),
    ];
    let safe = [("safe_to-use_email", "yes")];
    let may = |fields: &[_], safe: &[_], more: &[_]| contact(fields, safe, more).contact.may_email;
    assert_eq!(may(&email, &safe, &[]).as_deref(), Some("sam@example.org"));
    assert_eq!(may(&email, &[], &[]), None);
    assert_eq!(may(&email, &[("safe_to-use_email", "no")], &[]), None);
    assert_eq!(may(&email, &safe, &[("news", "never")]), None);
    assert_eq!(
        may(
            &[("contact", "phone"), ("contact-phone", "01632 960000")],
            &safe,
            &[]
        ),
        None
    );
    assert_eq!(may(&[("contact", "do_not_contact")], &safe, &[]), None);
}

#[test]
fn ways_of_contact_are_known_with_their_details() {
    let facts = contact(
        &[
            ("contact", "phone"),
            ("contact-phone", "01632 960000"),
            ("contact", "messages"),
        ],
        &[],
        &[
            ("news", "weekly"),
            ("safe_word", "heron"),
            ("safe_times", "Evenings"),
        ],
    );
    let expected: BTreeMap<_, _> = [
        (Channel::Phone, Some("01632 960000".to_owned())),
        (Channel::Messages, None),
    ]
    .into();
    assert!(facts.contact.channels == expected);
    assert!(!facts.contact.do_not_contact);
    assert_eq!(facts.contact.news, Some(News::Weekly));
    assert_eq!(facts.contact.safe_word.as_deref(), Some("heron"));
    assert_eq!(facts.contact.safe_times.as_deref(), Some("Evenings"));
    assert!(
        contact(&[("contact", "do_not_contact")], &[], &[])
            .contact
            .do_not_contact
    );
}

#[test]
fn agreement_is_known_body_by_body() {
    let form = form();
    let mut given = answers(&form, &[("kind", "concern")]);
    let rows = [
        ("council", "yes"),
        ("police", "no"),
        ("health", "ask_first"),
        ("other", "odd"),
    ];
    let rows = rows
        .map(|(row, option)| (row.to_owned(), option.to_owned()))
        .into();
    given.set("may_share", Answer::Rows(rows));
    let facts = Facts::of(&form, &given);
    let expected: BTreeMap<_, _> = [
        ("council".to_owned(), Consent::Yes),
        ("police".to_owned(), Consent::No),
        ("health".to_owned(), Consent::AskFirst),
    ]
    .into();
    assert!(facts.may_share == expected);
}

#[test]
fn people_of_concern_are_known_by_name() {
    let form = form();
    let mut given = answers(&form, &[("kind", "concern")]);
    person(
        &form,
        &mut given,
        &[("person_role", "concern"), ("person_name", "Robin")],
    );
    person(
        &form,
        &mut given,
        &[("person_role", "witness"), ("person_name", "Kim")],
    );
    person(
        &form,
        &mut given,
        &[("person_role", "concern"), ("person_name", "rather_not_say")],
    );
    assert_eq!(Facts::of(&form, &given).people_of_concern, ["Robin"]);
}

#[test]
fn answers_read_back_from_compact_json() {
    let form = form();
    let mut given = answers(
        &form,
        &[
            ("danger", "no"),
            ("kind", "concern+advice"),
            ("what_happened", "rather_tell"),
        ],
    );
    person(&form, &mut given, &[("person_name", "Sam")]);
    let json = serde_json::to_string(&given).unwrap();
    assert_eq!(
        json,
        r#"{"danger":{"c":{"o":"no"}},"kind":{"m":{"o":["concern","advice"]}},"people":{"i":[{"person_name":{"t":{"t":"Sam"}}}]},"what_happened":{"x":"rather_tell"}}"#
    );
    assert!(serde_json::from_str::<Answers>(&json).unwrap() == given);
}
