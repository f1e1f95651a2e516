//! Linking, ending a link, and what several cases show together.

use safehold_app::desk::{
    self, DeskError, Reader,
    pattern::{self, Count, LinkError, Noted},
};
use safehold_core::pattern::{LinkProblem, Tie, Weight};
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use super::{WHY, begun, link, linked, look, number, problems, share, told};
use crate::{database::count, on_both};

on_both![
    cases_are_linked_and_the_link_is_ended_and_both_are_kept,
    what_is_wrong_is_named_at_once_and_nothing_changes,
    a_caseworker_sees_a_link_between_their_cases_and_makes_none,
    a_new_key_of_a_case_loses_no_link,
    what_is_linked_with_a_linked_case_belongs_to_it,
    several_small_things_speak_for_another_look,
    two_who_link_at_once_both_do,
];

async fn cases_are_linked_and_the_link_is_ended_and_both_are_kept(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let one = begun(&test, &lead, CONCERN).await;
    let other = begun(&test, &lead, CONCERN).await;
    for case in [one, other] {
        share(&test, &lead, case, &alternate).await;
    }
    let number = number(&test, &lead, other).await;
    let typed = number.to_lowercase().replace('-', " ");
    for _ in 0..2 {
        // The second press of a button makes no second link.
        pattern::link(&test.app, &lead, one, &[&typed], &["person", "group"], WHY)
            .await
            .unwrap();
    }
    for (reader, case, with) in [(&lead, one, other), (&lead, other, one), (&alternate, one, other)] {
        let look = look(&test, reader, case).await;
        assert_eq!(linked(&look), [with]);
        assert_eq!(told(&look), [case, with]);
        let link = &look.links[0];
        assert_eq!(
            link.ties.iter().copied().collect::<Vec<_>>(),
            [Tie::Person, Tie::Group]
        );
        assert_eq!(link.notes.len(), 1);
        assert_eq!(link.notes[0].by.as_deref(), Some("Marisol Penhale"));
        assert!(matches!(&link.notes[0].what, Noted::Linked { why, .. } if why.as_str() == WHY));
        let count = pattern::count(&test.app, reader, case).await.unwrap();
        assert_eq!(count, Count { links: 1, repeats: 1 });
    }

    test.tick();
    // From the other side, and by somebody else.
    let silent = pattern::unlink(&test.app, &alternate, other, one, " ").await;
    assert_eq!(problems(silent), [LinkProblem::NoWhy]);
    pattern::unlink(&test.app, &alternate, other, one, "Another Quillon.")
        .await
        .unwrap();
    for case in [one, other] {
        let look = look(&test, &lead, case).await;
        assert!(linked(&look).is_empty());
        assert_eq!(told(&look), [case]);
        assert!(look.weighed.is_empty());
        let notes = &look.links[0].notes;
        assert_eq!(notes.len(), 2);
        assert!(matches!(&notes[1].what, Noted::Unlinked { why } if why.as_str() == "Another Quillon."));
        let count = pattern::count(&test.app, &lead, case).await.unwrap();
        assert_eq!(count, Count::default());
    }
    let again = pattern::unlink(&test.app, &lead, one, other, "Twice.").await;
    assert!(
        matches!(again, Err(LinkError::Desk(DeskError::NotFound))),
        "{again:?}"
    );
    test.tick();
    // It can be linked again, with other words, and all of it stays.
    pattern::link(
        &test.app,
        &lead,
        other,
        &[&self::number(&test, &lead, one).await],
        &["follow_on"],
        "The same evening.",
    )
    .await
    .unwrap();
    let look = look(&test, &lead, one).await;
    assert_eq!(look.links[0].notes.len(), 3);
    let count = pattern::count(&test.app, &lead, one).await.unwrap();
    assert_eq!(count, Count { links: 1, repeats: 0 });
}

async fn what_is_wrong_is_named_at_once_and_nothing_changes(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let case = begun(&test, &lead, CONCERN).await;
    let (_, waiting) = test.report(CONCERN).await;
    let theirs = begun(&test, &lead, CONCERN).await;
    let (own, unopened) = (
        number(&test, &lead, case).await,
        number(&test, &lead, waiting).await,
    );
    let not_shared = number(&test, &lead, theirs).await;
    let link = async |by: &Reader, with: &[&str], ties: &[&str], why: &str| {
        problems(pattern::link(&test.app, by, case, with, ties, why).await)
    };
    assert_eq!(
        link(&lead, &[" "], &[], " ").await,
        [LinkProblem::NoCase, LinkProblem::NoTie, LinkProblem::NoWhy]
    );
    assert_eq!(
        link(
            &lead,
            &["nonsense", "0000-0000", &own, &unopened],
            &["person"],
            "x"
        )
        .await,
        [
            LinkProblem::UnknownCase,
            LinkProblem::SameCase,
            LinkProblem::NotBegun
        ]
    );
    assert_eq!(
        link(&lead, &[&not_shared], &["enemy"], &"x".repeat(5_001)).await,
        [LinkProblem::UnknownTie, LinkProblem::WhyTooLong]
    );
    let many = vec!["0000-0000"; 21].join(",");
    assert_eq!(
        link(&lead, &[&many], &["person"], "x").await,
        [LinkProblem::TooManyCases]
    );
    // One that is not theirs is as one that is not there.
    share(&test, &lead, case, &alternate).await;
    for number in [not_shared.as_str(), "0000-0000"] {
        assert_eq!(
            link(&alternate, &[number], &["person"], "x").await,
            [LinkProblem::UnknownCase]
        );
    }
    assert_eq!(count(&test, "pattern_halves").await, 0);
    assert!(pattern::look(&test.app, &lead, waiting).await.unwrap().is_none());
    let before = pattern::open_to_link(&test.app, &lead, waiting).await.unwrap();
    assert!(before.is_none());
}

async fn a_caseworker_sees_a_link_between_their_cases_and_makes_none(mut test: TestApp) {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let one = begun(&test, &lead, CONCERN).await;
    let other = begun(&test, &lead, CONCERN).await;
    let third = begun(&test, &lead, CONCERN).await;
    share(&test, &lead, one, &caseworker).await;
    share(&test, &lead, other, &caseworker).await;
    link(&test, &lead, one, other).await;
    link(&test, &lead, one, third).await;
    let seen = look(&test, &caseworker, one).await;
    assert_eq!(linked(&seen), [other]);
    assert!(!seen.may_link && !seen.may_set_level);
    let number = number(&test, &lead, other).await;
    let tried = pattern::link(&test.app, &caseworker, one, &[&number], &["person"], "x").await;
    assert!(
        matches!(tried, Err(LinkError::Desk(DeskError::Role))),
        "{tried:?}"
    );
    let tried = pattern::unlink(&test.app, &caseworker, one, other, "x").await;
    assert!(
        matches!(tried, Err(LinkError::Desk(DeskError::Role))),
        "{tried:?}"
    );
}

async fn a_new_key_of_a_case_loses_no_link(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let one = begun(&test, &lead, CONCERN).await;
    let other = begun(&test, &lead, CONCERN).await;
    let third = begun(&test, &lead, CONCERN).await;
    link(&test, &lead, one, other).await;
    desk::exclude(&test.app, &lead, one, alternate.id, "Involved.".into())
        .await
        .unwrap();
    desk::exclude(&test.app, &lead, other, alternate.id, "Involved.".into())
        .await
        .unwrap();
    link(&test, &lead, third, one).await;
    assert_eq!(look(&test, &lead, one).await.links.len(), 2);
    pattern::unlink(&test.app, &lead, other, one, "Not so.")
        .await
        .unwrap();
    for (case, wanted) in [(one, vec![third]), (other, vec![]), (third, vec![one])] {
        assert_eq!(linked(&look(&test, &lead, case).await), wanted);
    }
    // Whoever is given all of them later reads what was said before.
    for case in [one, other, third] {
        share(&test, &lead, case, &sponsor).await;
    }
    let seen = look(&test, &sponsor, other).await;
    assert_eq!(seen.links[0].notes.len(), 2);
}

async fn what_is_linked_with_a_linked_case_belongs_to_it(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let mut cases = Vec::new();
    for _ in 0..4 {
        cases.push(begun(&test, &lead, CONCERN).await);
    }
    for pair in cases.windows(2) {
        link(&test, &lead, pair[0], pair[1]).await;
    }
    let seen = look(&test, &lead, cases[0]).await;
    assert_eq!(told(&seen), cases);
    let through = number(&test, &lead, cases[1]).await;
    assert_eq!(
        seen.told[2].through.as_ref().map(ToString::to_string),
        Some(through)
    );
    assert!(seen.told[2].ties.is_empty());
    assert_eq!(linked(&seen), [cases[1]]);
    // Without the second there is no way to the others.
    for case in [cases[0], cases[2], cases[3]] {
        share(&test, &lead, case, &alternate).await;
    }
    assert_eq!(told(&look(&test, &alternate, cases[0]).await), [cases[0]]);
    assert_eq!(
        told(&look(&test, &alternate, cases[2]).await),
        [cases[2], cases[3]]
    );
}

async fn several_small_things_speak_for_another_look(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let with = |when: &'static str| {
        concern_with(&[
            ("enough", "more"),
            ("when_happened-year", when),
            ("discrimination", "yes"),
            ("how_often", "ongoing"),
        ])
    };
    let one = begun(&test, &lead, &with("2024")).await;
    let other = begun(&test, &lead, &with("2025")).await;
    assert!(look(&test, &lead, one).await.weighed.is_empty());
    link(&test, &lead, one, other).await;
    let seen = look(&test, &lead, one).await;
    let weighed: Vec<_> = seen
        .weighed
        .iter()
        .map(|weighed| (weighed.weight, weighed.count))
        .collect();
    assert_eq!(
        weighed,
        [
            (Weight::Repeat, 1),
            (Weight::Small, 2),
            (Weight::Ongoing, 2),
            (Weight::Racism, 2)
        ]
    );
    let level = desk::find(&test.app, &lead, one).await.unwrap().level;
    assert_eq!(level, seen.told[0].row.level, "nothing is raised by itself");
}

async fn two_who_link_at_once_both_do(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let one = begun(&test, &lead, CONCERN).await;
    let mut others = Vec::new();
    for _ in 0..2 {
        others.push(begun(&test, &lead, CONCERN).await);
    }
    for case in [one, others[0], others[1]] {
        share(&test, &lead, case, &alternate).await;
    }
    let first = number(&test, &lead, others[0]).await;
    let second = number(&test, &lead, others[1]).await;
    let (with_first, with_second) = ([first.as_str()], [second.as_str()]);
    let (a, b) = tokio::join!(
        pattern::link(&test.app, &lead, one, &with_first, &["place"], WHY),
        pattern::link(&test.app, &alternate, one, &with_second, &["place"], WHY),
    );
    a.unwrap();
    b.unwrap();
    let mut seen = linked(&look(&test, &lead, one).await);
    seen.sort();
    others.sort();
    assert_eq!(seen, others);
}
