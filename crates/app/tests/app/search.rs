//! Searching finds what a reader may open and nothing else, leaves its trace, and lies in memory only.

use jiff::SignedDuration;
use safehold_app::{
    App, desk,
    desk::{
        DeskError, Reader, Which,
        search::{self, Found, Kind, Order, Place, Query, QueryProblem},
    },
    follow, report, sign_in,
};
use safehold_core::{case::Action, form::Answers, id::CaseId, record, roster::Role, trace::Traced};
use safehold_testkit::app::{CONCERN, PASS, TestApp, concern_with};

use crate::{
    database::{column, has_wrap, tamper},
    looks::text,
    on_both,
};

on_both![
    words_people_and_places_are_found_wherever_they_are_written,
    a_case_that_nobody_has_begun_with_is_not_looked_through,
    for_whoever_is_excluded_a_search_finds_and_counts_nothing,
    what_is_new_or_changed_is_found_at_once,
    what_is_shown_is_in_the_trace_and_what_was_sought_is_not,
    whoever_signs_out_leaves_nothing_in_memory,
    shelves_of_sessions_that_ended_or_are_not_used_are_wiped,
    a_case_that_is_taken_away_is_wiped_without_a_search,
    what_narrows_a_search_narrows_it,
    a_misspelt_name_is_offered_as_it_is_spelt,
    names_in_several_cases_are_told_of_the_readers_own_cases_only,
    a_role_that_reads_no_cases_does_not_search,
    an_erased_case_is_not_found,
];

fn query(typed: &str) -> Query {
    Query::new(typed).unwrap()
}

async fn find_with(app: &App, reader: &Reader, query: &Query) -> Found {
    search::complete(app, reader).await.unwrap();
    search::find(app, reader, query, 1).await.unwrap()
}

async fn find(app: &App, reader: &Reader, typed: &str) -> Found {
    find_with(app, reader, &query(typed)).await
}

fn cases(found: &Found) -> Vec<CaseId> {
    assert_eq!(
        found.total,
        found.hits.len(),
        "the number says no more than is shown"
    );
    found.hits.iter().map(|hit| hit.case).collect()
}

fn marks(found: &Found) -> Vec<String> {
    let extracts = found.hits.iter().flat_map(|hit| &hit.extracts);
    extracts
        .flat_map(|extract| &extract.stretches)
        .filter(|stretch| stretch.is_match)
        .map(|stretch| stretch.text.to_string())
        .collect()
}

/// A report about somebody at a place.
async fn about(test: &TestApp, person: &'static str, place: &'static str) -> (report::Visit, CaseId) {
    let visit = test.draft(CONCERN).await;
    report::change(&test.app, &visit, |draft| {
        let item: Answers = serde_json::from_value(serde_json::json!({
            "person_name": { "t": { "t": person } },
            "person_role": { "c": { "o": "affected" } },
        }))
        .unwrap();
        draft.answers.set_item("people", 0, item);
        let place = serde_json::from_value(serde_json::json!({ "t": { "t": place } })).unwrap();
        draft.answers.set("activity", place);
        let about = serde_json::from_value(serde_json::json!({ "m": { "o": ["bullying"] } })).unwrap();
        draft.answers.set("categories", about);
    })
    .await
    .unwrap();
    let sent = report::submit(&test.app, &visit).await.unwrap();
    (visit, sent.case)
}

async fn begun(test: &TestApp, lead: &Reader, person: &'static str, place: &'static str) -> CaseId {
    let (_, case) = about(test, person, place).await;
    test.begin(lead, case).await;
    case
}

async fn words_people_and_places_are_found_wherever_they_are_written(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (visit, case) = about(&test, "Siân O'Neill-Thrupp", "Heron Café").await;
    test.begin(&lead, case).await;
    test.tick();
    let other = begun(&test, &lead, "Ottoline Fernsby", "Otter Room").await;
    follow::send(
        &test.app,
        &visit,
        follow::new_message_id(),
        text("It was the lantern."),
    )
    .await
    .unwrap();
    desk::write(
        &test.app,
        &lead,
        case,
        desk::new_message_id(),
        "A quince for you".into(),
        vec![],
    )
    .await
    .unwrap();
    test.act(&lead, case, Action::Note, &[("note", "Asked the ferryman.")])
        .await
        .unwrap();
    test.record(
        &lead,
        case,
        record::Kind::Outcome,
        None,
        &[
            ("outcome_wanted", "A quieter willow"),
            ("outcome_from", "own_words"),
        ],
    )
    .await
    .unwrap();

    for (typed, place, marked) in [
        ("sian oneill", Place::Report("person_name".into()), "Siân"),
        ("heron cafe", Place::Report("activity".into()), "Heron"),
        ("lanterns", Place::Message { from_desk: false }, "lantern"),
        (
            "\"quince for you\"",
            Place::Message { from_desk: true },
            "quince for you",
        ),
        ("ferry", Place::Action(Action::Note), "ferryman"),
        ("willow", Place::Record(record::Kind::Outcome), "willow"),
    ] {
        let found = find(&test.app, &lead, typed).await;
        assert_eq!(cases(&found), [case], "{typed}");
        assert_eq!(found.hits[0].extracts[0].place, place, "{typed}");
        assert!(
            marks(&found).contains(&marked.to_owned()),
            "{typed}: {:?}",
            marks(&found)
        );
    }
    let both = find(&test.app, &lead, "tuesday").await;
    assert_eq!(cases(&both), [other, case], "the same fit: the newest first");
    let reference = desk::find(&test.app, &lead, other)
        .await
        .unwrap()
        .reference
        .to_string();
    assert_eq!(cases(&find(&test.app, &lead, &reference).await), [other]);
    assert_eq!(
        cases(&find(&test.app, &lead, &reference.replace('-', "")).await),
        [other]
    );
    assert!(cases(&find(&test.app, &lead, "heron otter").await).is_empty());
    assert_eq!(Query::new(" ").err(), Some(QueryProblem::Empty));
    assert_eq!(Query::new("--").err(), Some(QueryProblem::NoWord));
    assert_eq!(Query::new(&"a".repeat(201)).err(), Some(QueryProblem::TooLong));
}

async fn a_case_that_nobody_has_begun_with_is_not_looked_through(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = about(&test, "Siân Thrupp", "Heron Café").await;
    let found = find(&test.app, &lead, "heron").await;
    assert!(cases(&found).is_empty());
    assert_eq!((found.progress.not_begun, found.progress.of), (1, 0));
    // Its number is no secret to them.
    let reference = desk::find(&test.app, &lead, case)
        .await
        .unwrap()
        .reference
        .to_string();
    let found = find(&test.app, &lead, &reference).await;
    assert_eq!(cases(&found), [case]);
    assert!(found.hits[0].extracts.is_empty());
    test.begin(&lead, case).await;
    assert_eq!(cases(&find(&test.app, &lead, "heron").await), [case]);
}

async fn for_whoever_is_excluded_a_search_finds_and_counts_nothing(mut test: TestApp) {
    let [lead, alternate, _, caseworker] = test.usual_team().await;
    let named = lead.id.to_string();
    let (_, kept_from_lead) = test.report(&concern_with(&[("team_involved", &named)])).await;
    test.begin(&alternate, kept_from_lead).await;
    assert_eq!(
        cases(&find(&test.app, &alternate, "tuesday").await),
        [kept_from_lead]
    );
    for reader in [&lead, &caseworker] {
        let found = find(&test.app, reader, "tuesday").await;
        assert!(cases(&found).is_empty() && found.near.is_empty());
        assert_eq!(found.progress, search::Progress::default());
    }

    // Found before, and excluded after it: from the same shelf.
    let case = begun(&test, &lead, "Wren Oak", "Heron Café").await;
    assert_eq!(cases(&find(&test.app, &lead, "heron").await), [case]);
    desk::share(&test.app, &lead, case, alternate.id, "Second pair of eyes".into())
        .await
        .unwrap();
    assert_eq!(cases(&find(&test.app, &alternate, "heron").await), [case]);
    desk::exclude(&test.app, &alternate, case, lead.id, "Too close to it".into())
        .await
        .unwrap();
    assert!(!has_wrap(&test, case, lead.id).await);
    let found = search::find(&test.app, &lead, &query("heron"), 1).await.unwrap();
    assert!(cases(&found).is_empty() && found.near.is_empty());
    assert_eq!(found.progress, search::Progress::default());
    assert_eq!(search::held(&test.app, &lead).unwrap().cases, 0);
    assert_eq!(cases(&find(&test.app, &alternate, "heron").await), [case]);
}

async fn what_is_new_or_changed_is_found_at_once(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (visit, case) = about(&test, "Wren Oak", "Heron Café").await;
    test.begin(&lead, case).await;
    assert!(cases(&find(&test.app, &lead, "lantern").await).is_empty());
    follow::send(&test.app, &visit, follow::new_message_id(), text("A lantern."))
        .await
        .unwrap();
    let found = search::find(&test.app, &lead, &query("lantern"), 1)
        .await
        .unwrap();
    assert_eq!(cases(&found), [case]);
    let new = begun(&test, &lead, "Wren Oak", "Lantern Room").await;
    let found = search::find(&test.app, &lead, &query("\"lantern room\""), 1)
        .await
        .unwrap();
    assert_eq!(cases(&found), [new]);
    // A key that came by a way that no entry of the trace tells of.
    assert!(cases(&find(&test.app, &alternate, "lantern").await).is_empty());
    tamper(
        &test,
        &format!(
            "UPDATE key_wraps SET standing = 'active' WHERE holder = '{}'",
            alternate.id
        ),
    )
    .await;
    search::begin(&test.app, &alternate).await.unwrap();
    assert_eq!(cases(&find(&test.app, &alternate, "lantern").await).len(), 2);
}

async fn what_is_shown_is_in_the_trace_and_what_was_sought_is_not(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let case = begun(&test, &lead, "Wren Oak", "Heron Café").await;
    begun(&test, &lead, "Ottoline", "Otter Room").await;
    let found_by = |who: &Reader| {
        format!(
            "SELECT leaf FROM trace_entries WHERE case_id = '{case}' AND leaf LIKE '%\"found\"%' AND leaf LIKE '%{}%'",
            who.id
        )
    };
    let looked = "SELECT leaf FROM trace_entries WHERE case_id IS NULL AND leaf LIKE '%looked_through%'";
    // The lead began with it and was shown the whole of it: no, they only began. So the first lines are told of.
    find(&test.app, &lead, "heron").await;
    find(&test.app, &lead, "heron").await;
    assert_eq!(
        column(&test, &found_by(&lead)).await.len(),
        1,
        "one entry for one visit"
    );
    let entries = column(&test, looked).await;
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert!(entries[0].contains("\"cases\":2"), "{entries:?}");
    assert!(entries.iter().all(|leaf| !leaf.contains("heron")));
    // What is not shown is not told of.
    let nothing =
        format!("SELECT leaf FROM trace_entries WHERE leaf LIKE '%\"found\"%' AND case_id <> '{case}'");
    assert!(column(&test, &nothing).await.is_empty());
    let leaves = column(
        &test,
        &format!("SELECT leaf FROM trace_entries WHERE case_id = '{case}'"),
    )
    .await;
    assert!(leaves.iter().all(|leaf| !leaf.contains("heron")));
    // In a later visit it is told of again, and the words have left no mark on anybody else's trace.
    test.clock.advance(SignedDuration::from_mins(31));
    find(&test.app, &lead, "heron").await;
    assert_eq!(column(&test, &found_by(&lead)).await.len(), 2);
    assert!(column(&test, &found_by(&alternate)).await.is_empty());
    let told = safehold_app::trace::of_case(&test.app, &lead, case)
        .await
        .unwrap();
    assert!(told.iter().any(|entry| entry.what == Traced::Found));
}

/// A second session of somebody, with the value of its cookie.
async fn second(test: &TestApp, who: &Reader) -> (Reader, String) {
    let entrance = &test.entrances[&who.id];
    test.clock.advance(SignedDuration::from_secs(60));
    let code = test.code(&entrance.totp);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, PASS.into(), &code)
        .await
        .unwrap()
        .expose()
        .to_string();
    let me = sign_in::resume(&test.app, &cookie).await.unwrap().unwrap();
    (me.reader, cookie)
}

async fn whoever_signs_out_leaves_nothing_in_memory(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let case = begun(&test, &lead, "Wren Oak", "Heron Café").await;
    let (here, cookie) = second(&test, &lead).await;
    assert_eq!(cases(&find(&test.app, &here, "heron").await), [case]);
    assert_eq!(cases(&find(&test.app, &lead, "heron").await), [case]);
    let kept = search::keep(&test.app, &here, query("heron")).await.unwrap();
    assert!(search::kept(&test.app, &here, kept).is_some());
    assert!(
        search::kept(&test.app, &lead, kept).is_none(),
        "it is kept for one session"
    );
    let held = search::held(&test.app, &here).unwrap();
    assert!(
        held.cases == 1 && held.bytes > 100 && held.bytes < 10_000,
        "{held:?}"
    );
    sign_in::sign_out(&test.app, &cookie).await.unwrap();
    assert_eq!(search::held(&test.app, &here), None);
    assert!(search::kept(&test.app, &here, kept).is_none());
    assert!(search::held(&test.app, &lead).is_some());
}

async fn shelves_of_sessions_that_ended_or_are_not_used_are_wiped(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    begun(&test, &lead, "Wren Oak", "Heron Café").await;
    let (here, _) = second(&test, &lead).await;
    for reader in [&lead, &here, &alternate] {
        find(&test.app, reader, "heron").await;
    }
    search::tidy(&test.app).await.unwrap();
    assert!(search::held(&test.app, &lead).is_some() && search::held(&test.app, &here).is_some());
    // From another device, by another process of the same installation.
    tamper(
        &test,
        &format!("DELETE FROM sessions WHERE user_id = '{}'", lead.id),
    )
    .await;
    search::tidy(&test.app).await.unwrap();
    assert_eq!(search::held(&test.app, &lead), None);
    assert_eq!(search::held(&test.app, &here), None);
    assert!(search::held(&test.app, &alternate).is_some());
    test.clock.advance(SignedDuration::from_mins(15));
    search::tidy(&test.app).await.unwrap();
    assert_eq!(search::held(&test.app, &alternate), None);
}

async fn a_case_that_is_taken_away_is_wiped_without_a_search(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let case = begun(&test, &lead, "Wren Oak", "Heron Café").await;
    desk::share(&test.app, &lead, case, alternate.id, "To hand over".into())
        .await
        .unwrap();
    assert_eq!(cases(&find(&test.app, &lead, "heron").await), [case]);
    desk::exclude(&test.app, &alternate, case, lead.id, "Too close to it".into())
        .await
        .unwrap();
    search::tidy(&test.app).await.unwrap();
    assert_eq!(
        search::held(&test.app, &lead).unwrap(),
        search::Held { cases: 0, bytes: 0 }
    );
}

async fn what_narrows_a_search_narrows_it(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let first = begun(&test, &lead, "Heron Oak", "Otter Room").await;
    test.tick();
    let second = begun(&test, &lead, "Ottoline", "Heron Room").await;
    let with = |change: fn(&mut Query)| {
        let mut wanted = query("heron");
        change(&mut wanted);
        wanted
    };
    for (wanted, expected) in [
        (with(|_| {}), vec![second, first]),
        (with(|query| query.only = Some(Kind::Person)), vec![first]),
        (with(|query| query.only = Some(Kind::Place)), vec![second]),
        (with(|query| query.only = Some(Kind::Words)), vec![]),
        (with(|query| query.which = Which::Live), vec![second, first]),
        (with(|query| query.which = Which::Closed), vec![]),
        (with(|query| query.order = Order::Newest), vec![second, first]),
        (
            with(|query| query.category = Some("bullying".into())),
            vec![second, first],
        ),
        (with(|query| query.category = Some("bully".into())), vec![]),
    ] {
        assert_eq!(cases(&find_with(&test.app, &lead, &wanted).await), expected);
    }
}

async fn a_misspelt_name_is_offered_as_it_is_spelt(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    begun(&test, &lead, "Ottoline Fernsby", "Heron Café").await;
    let found = find(&test.app, &lead, "otoline heron").await;
    assert!(cases(&found).is_empty());
    let near: Vec<&str> = found.near.iter().map(|near| near.as_str()).collect();
    assert_eq!(near, ["ottoline heron"]);
    assert!(find(&test.app, &lead, "zzzzzzzzzz").await.near.is_empty());
}

async fn names_in_several_cases_are_told_of_the_readers_own_cases_only(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let first = begun(&test, &lead, "Wren  OAK", "Heron Café").await;
    let second = begun(&test, &lead, "wren oak", "Otter Room").await;
    search::complete(&test.app, &lead).await.unwrap();
    let told = search::recurring(&test.app, &lead).await.unwrap();
    let same = told
        .names
        .iter()
        .find(|name| name.kind == Kind::Person && name.shown.to_lowercase().starts_with("wren  oak"))
        .or_else(|| {
            told.names
                .iter()
                .find(|name| name.shown.to_lowercase() == "wren oak")
        })
        .unwrap();
    let mut both = vec![first, second];
    both.sort();
    assert_eq!(same.cases, both);
    assert!(told.names.iter().all(|name| name.kind == Kind::Person));
    search::complete(&test.app, &alternate).await.unwrap();
    assert!(
        search::recurring(&test.app, &alternate)
            .await
            .unwrap()
            .names
            .is_empty()
    );
}

async fn a_role_that_reads_no_cases_does_not_search(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    begun(&test, &lead, "Wren Oak", "Heron Café").await;
    let keeper = test.join(&lead, Role::Administrator, "Ada Min").await;
    let refused = search::find(&test.app, &keeper, &query("heron"), 1).await;
    assert!(matches!(refused, Err(DeskError::Role)));
    assert!(matches!(
        search::recurring(&test.app, &keeper).await,
        Err(DeskError::Role)
    ));
    assert_eq!(search::held(&test.app, &keeper), None);
}

async fn an_erased_case_is_not_found(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let case = begun(&test, &lead, "Wren Oak", "Heron Café").await;
    assert_eq!(cases(&find(&test.app, &lead, "heron").await), [case]);
    // As erasing does it: the rows go, and with them every key.
    tamper(&test, &format!("DELETE FROM cases WHERE id = '{case}'")).await;
    let found = search::find(&test.app, &lead, &query("heron"), 1).await.unwrap();
    assert!(cases(&found).is_empty());
    assert_eq!(search::held(&test.app, &lead).unwrap().cases, 0);
}
