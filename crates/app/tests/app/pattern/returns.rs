//! What returns in other cases, and saying that it is not the same.

use safehold_app::{
    desk::{self, DeskError, Reader, pattern, search},
    trace,
};
use safehold_core::{pattern::What, trace::Traced};
use safehold_testkit::app::{TestApp, concern_with};

use super::{begun, link, look, share};
use crate::{database::count, on_both};

on_both![
    names_that_return_are_found_and_set_apart,
    words_are_looked_for_in_other_cases_only,
];

async fn names_that_return_are_found_and_set_apart(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let named = |name: &'static str, activity: &'static str| {
        concern_with(&[("name", name), ("enough", "more"), ("activity", activity)])
    };
    let one = begun(&test, &lead, &named("Marek Nowak", "Tuesday Choir")).await;
    let near = begun(&test, &lead, &named("Nowak, Marec", "Allotment")).await;
    let place = begun(&test, &lead, &named("Somebody Else", "tuesday choir")).await;
    let hidden = begun(
        &test,
        &lead,
        &concern_with(&[
            ("name", "Marek Nowak"),
            ("team_involved", &alternate.id.to_string()),
        ]),
    )
    .await;
    let (_, waiting) = test.report(&named("Marek Nowak", "Tuesday Choir")).await;
    for case in [one, near, place] {
        share(&test, &lead, case, &alternate).await;
    }
    search::complete(&test.app, &lead).await.unwrap();
    search::complete(&test.app, &alternate).await.unwrap();
    let found = async |reader: &Reader| {
        let returns = pattern::returns(&test.app, reader, one).await.unwrap().unwrap();
        let mut found: Vec<_> = returns
            .names
            .iter()
            .map(|name| (name.what, name.case, name.is_near))
            .collect();
        found.sort();
        found
    };
    let mut all = vec![
        (What::Person, near, true),
        (What::Person, hidden, false),
        (What::Place, place, false),
    ];
    all.sort();
    assert_eq!(found(&lead).await, all);
    // What is shown of a case is in its trace; what nobody has begun with is in nothing.
    let traced = trace::of_case(&test.app, &lead, hidden).await.unwrap();
    assert!(
        traced
            .iter()
            .any(|entry| entry.what == Traced::Found && entry.who == Some(lead.id))
    );
    assert!(
        pattern::returns(&test.app, &lead, waiting)
            .await
            .unwrap()
            .is_none()
    );

    let mut theirs = vec![(What::Person, near, true), (What::Place, place, false)];
    theirs.sort();
    assert_eq!(found(&alternate).await, theirs);
    // Not the same: said from one side, it holds on both and for both.
    let returns = pattern::returns(&test.app, &alternate, one)
        .await
        .unwrap()
        .unwrap();
    let name = returns.names.iter().find(|name| name.case == near).unwrap();
    let names = [&name.compared[1], &name.compared[0]].map(|name| name.to_string());
    for _ in 0..2 {
        pattern::set_apart(&test.app, &alternate, one, near, What::Person, names.clone())
            .await
            .unwrap();
    }
    assert_eq!(count(&test, "pattern_halves").await, 2);
    assert_eq!(found(&alternate).await, [(What::Place, place, false)]);
    all.retain(|(_, case, _)| *case != near);
    assert_eq!(found(&lead).await, all);
    let back = pattern::returns(&test.app, &lead, near).await.unwrap().unwrap();
    assert!(back.names.iter().all(|name| name.case != one));
    assert!(look(&test, &lead, one).await.links.is_empty(), "that is no link");
    // What is linked need not be suggested.
    link(&test, &lead, one, place).await;
    assert_eq!(found(&alternate).await, []);

    for names in [["", "x"], ["x", &"x".repeat(2_001)]] {
        let names = names.map(str::to_owned);
        let refused = pattern::set_apart(&test.app, &lead, one, near, What::Person, names).await;
        assert!(
            matches!(refused, Err(DeskError::Empty | DeskError::TooLong)),
            "{refused:?}"
        );
    }
    let names = ["a".to_owned(), "b".to_owned()];
    let refused = pattern::set_apart(&test.app, &alternate, one, hidden, What::Person, names).await;
    assert!(matches!(refused, Err(DeskError::NotFound)), "{refused:?}");

    // Excluded from one that was on the shelf: it is gone at once.
    desk::exclude(&test.app, &lead, place, alternate.id, "Involved.".into())
        .await
        .unwrap();
    pattern::unlink(&test.app, &lead, one, place, "So it shows.")
        .await
        .unwrap();
    assert_eq!(found(&alternate).await, []);
    assert!(found(&lead).await.contains(&(What::Place, place, false)));
}

async fn words_are_looked_for_in_other_cases_only(mut test: TestApp) {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let told = |what: &'static str| concern_with(&[("what_happened", what)]);
    let one = begun(&test, &lead, &told("He said sunbeam to me.")).await;
    let other = begun(&test, &lead, &told("They call everybody sunbeam there.")).await;
    begun(&test, &lead, &told("Nothing of the kind.")).await;
    let query = search::Query::new("sunbeam").unwrap();
    search::complete(&test.app, &lead).await.unwrap();
    let found = pattern::look_for(&test.app, &lead, one, &query, 1).await.unwrap();
    let cases: Vec<_> = found.hits.iter().map(|hit| hit.case).collect();
    assert_eq!(cases, [other]);
    share(&test, &lead, one, &caseworker).await;
    let refused = pattern::look_for(&test.app, &caseworker, one, &query, 1).await;
    assert!(matches!(refused.map(|_| ()), Err(DeskError::Role)));
    let refused = pattern::returns(&test.app, &caseworker, one).await;
    assert!(matches!(refused.map(|_| ()), Err(DeskError::Role)));
}
