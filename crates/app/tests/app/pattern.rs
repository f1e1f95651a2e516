//! Cases that belong together: links, and that nobody who may open only one of two learns of the other.

use jiff::SignedDuration;
use safehold_app::{
    desk::{
        self, DeskError, Reader,
        pattern::{self, Count, LinkError, Look, Noted},
        retention as kept,
    },
    trace,
};
use safehold_core::{
    case::Action,
    id::CaseId,
    pattern::{LinkProblem, Tie, Weight},
    retention::Step,
    trace::{TraceEntry, Traced},
};
use safehold_testkit::app::{CONCERN, Fields, TestApp, concern_with, owned};

use crate::{
    database::{bytes, column, count},
    desk::{ASK_TO_CLOSE, CLOSE},
    looks::opened,
    marks::all_that_is_kept,
    on_both,
};

on_both![
    cases_are_linked_and_the_link_is_ended_and_both_are_kept,
    what_is_wrong_is_named_at_once_and_nothing_changes,
    for_whoever_is_named_in_the_other_case_there_is_no_link,
    an_exclusion_made_later_takes_the_link_from_view_on_both_sides,
    a_caseworker_sees_a_link_between_their_cases_and_makes_none,
    a_new_key_of_a_case_loses_no_link,
    what_is_linked_with_a_linked_case_belongs_to_it,
    several_small_things_speak_for_another_look,
    what_is_shown_of_a_case_is_in_its_trace,
    two_who_link_at_once_both_do,
    an_erased_case_leaves_no_word_in_the_other,
    at_rest_nothing_tells_which_cases_belong_together,
];

const WHY: &str = "Quillon is named in both.";

/// A case that this lead began with.
pub async fn begun(test: &TestApp, lead: &Reader, fields: Fields<'_>) -> CaseId {
    let (_, case) = test.report(fields).await;
    test.begin(lead, case).await;
    test.tick();
    case
}

async fn share(test: &TestApp, by: &Reader, case: CaseId, with: &Reader) {
    desk::share(&test.app, by, case, with.id, "Helps.".into())
        .await
        .unwrap();
    test.tick();
}

async fn number(test: &TestApp, by: &Reader, case: CaseId) -> String {
    desk::find(&test.app, by, case)
        .await
        .unwrap()
        .reference
        .to_string()
}

/// Links two cases by the number of the second.
pub async fn link(test: &TestApp, by: &Reader, case: CaseId, other: CaseId) {
    let number = number(test, by, other).await;
    pattern::link(&test.app, by, case, &[&number], &["person"], WHY)
        .await
        .unwrap();
    test.tick();
}

/// What somebody sees of a case and all that it is linked with.
pub async fn look(test: &TestApp, reader: &Reader, case: CaseId) -> Look {
    pattern::look(&test.app, reader, case)
        .await
        .unwrap()
        .expect("somebody began with it")
}

fn linked(look: &Look) -> Vec<CaseId> {
    let standing = look.links.iter().filter(|linked| !linked.ties.is_empty());
    standing.map(|linked| linked.case).collect()
}

fn told(look: &Look) -> Vec<CaseId> {
    look.told.iter().map(|told| told.row.id).collect()
}

fn problems(result: Result<(), LinkError>) -> Vec<LinkProblem> {
    match result {
        Err(LinkError::Input(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

/// All that a reader can see change in a case, besides its links.
pub async fn everything_else(test: &TestApp, reader: &Reader, case: CaseId) -> String {
    let row = desk::find(&test.app, reader, case).await.unwrap();
    let opened = opened(&test.app, reader, case).await;
    let trace = trace::of_case(&test.app, reader, case).await.unwrap();
    format!(
        "{row:?} {} {} {trace:?}",
        opened.history.len(),
        opened.messages.len()
    )
}

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

async fn for_whoever_is_named_in_the_other_case_there_is_no_link(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let id = alternate.id.to_string();
    let about_them = begun(&test, &lead, &concern_with(&[("team_involved", &id)])).await;
    let case = begun(&test, &lead, CONCERN).await;
    let third = begun(&test, &lead, CONCERN).await;
    share(&test, &lead, case, &alternate).await;
    share(&test, &lead, third, &alternate).await;
    let before = everything_else(&test, &alternate, case).await;
    link(&test, &lead, case, about_them).await;
    link(&test, &lead, about_them, third).await;

    assert_eq!(everything_else(&test, &alternate, case).await, before);
    let seen = look(&test, &alternate, case).await;
    assert!(seen.links.is_empty() && seen.weighed.is_empty() && !seen.is_cut);
    // Not even the case beyond it, which they may open.
    assert_eq!(told(&seen), [case]);
    let counted = pattern::count(&test.app, &alternate, case).await.unwrap();
    assert_eq!(counted, Count::default());
    let number = number(&test, &lead, about_them).await;
    let tried = pattern::link(&test.app, &alternate, case, &[&number], &["person"], "x").await;
    assert_eq!(problems(tried), [LinkProblem::UnknownCase]);
    for other in [about_them, CaseId::from_random([7; 16])] {
        let tried = pattern::unlink(&test.app, &alternate, case, other, "x").await;
        assert!(
            matches!(tried, Err(LinkError::Desk(DeskError::NotFound))),
            "{tried:?}"
        );
        let tried = pattern::open_to_unlink(&test.app, &alternate, case, other).await;
        assert!(matches!(tried.map(|_| ()), Err(DeskError::NotFound)));
        for tried in [
            pattern::look(&test.app, &alternate, other).await.map(|_| ()),
            pattern::count(&test.app, &alternate, other).await.map(|_| ()),
            pattern::open_to_link(&test.app, &alternate, other)
                .await
                .map(|_| ()),
        ] {
            assert!(matches!(tried, Err(DeskError::NotFound)), "{tried:?}");
        }
    }
    // The lead sees all three.
    let all = look(&test, &lead, case).await;
    assert_eq!(told(&all), [case, about_them, third]);
}

async fn an_exclusion_made_later_takes_the_link_from_view_on_both_sides(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let one = begun(&test, &lead, CONCERN).await;
    let other = begun(&test, &lead, CONCERN).await;
    for case in [one, other] {
        share(&test, &lead, case, &alternate).await;
        share(&test, &lead, case, &sponsor).await;
    }
    link(&test, &lead, one, other).await;
    desk::exclude(
        &test.app,
        &lead,
        other,
        alternate.id,
        "Close to somebody in it.".into(),
    )
    .await
    .unwrap();
    desk::declare_conflict(&test.app, &sponsor, one, "A friend.".into())
        .await
        .unwrap();
    let seen = look(&test, &alternate, one).await;
    assert!(seen.links.is_empty());
    assert_eq!(told(&seen), [one]);
    let seen = look(&test, &sponsor, other).await;
    assert!(seen.links.is_empty());
    assert_eq!(told(&seen), [other]);
    assert_eq!(linked(&look(&test, &lead, one).await), [other]);
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

async fn what_is_shown_of_a_case_is_in_its_trace(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let one = begun(&test, &lead, CONCERN).await;
    let other = begun(&test, &lead, CONCERN).await;
    for case in [one, other] {
        share(&test, &lead, case, &alternate).await;
    }
    link(&test, &lead, one, other).await;
    let openings = async |case: CaseId| {
        let trace = trace::of_case(&test.app, &lead, case).await.unwrap();
        let by_them = |entry: &&TraceEntry| entry.what == Traced::Opened && entry.who == Some(alternate.id);
        trace.iter().filter(by_them).count()
    };
    assert_eq!((openings(one).await, openings(other).await), (0, 0));
    for _ in 0..2 {
        look(&test, &alternate, one).await;
        assert_eq!((openings(one).await, openings(other).await), (1, 1));
    }
    let leaves = column(&test, "SELECT leaf FROM trace_entries ORDER BY seq").await;
    let linked: Vec<_> = leaves.iter().filter(|leaf| leaf.contains("\"linked\"")).collect();
    assert_eq!(linked.len(), 1);
    assert!(!linked[0].contains("\"case\""), "{linked:?}");
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

const CHECKS: Fields<'static> = &[
    ("erase_checks", "no_conflict"),
    ("erase_checks", "schedule"),
    ("erase_checks", "hold"),
    ("erase_checks", "rights"),
    ("erase_checks", "for_ever"),
];

async fn an_erased_case_leaves_no_word_in_the_other(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let gone = begun(&test, &lead, CONCERN).await;
    let other = begun(&test, &lead, CONCERN).await;
    let third = begun(&test, &lead, CONCERN).await;
    share(&test, &lead, gone, &alternate).await;
    link(&test, &lead, gone, other).await;
    link(&test, &lead, other, third).await;
    let advice = [("question", "May I?"), ("advice", "You may.")];
    test.act(&lead, gone, Action::GiveAdvice, &advice).await.unwrap();
    test.act(&lead, gone, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    test.act(&alternate, gone, Action::Close, CLOSE).await.unwrap();
    assert_eq!(
        linked(&look(&test, &lead, other).await).len(),
        2,
        "closed is not gone"
    );
    let version = async |reader: &Reader| desk::find(&test.app, reader, gone).await.unwrap().version;
    let propose = owned(&[("basis", "request"), ("reason", "They asked.")]);
    kept::take(
        &test.app,
        &lead,
        gone,
        Step::Propose,
        &propose,
        version(&lead).await,
    )
    .await
    .unwrap();
    test.clock.advance(SignedDuration::from_mins(1));
    let alternate = test.sign_in(&test.entrances[&alternate.id]).await;
    assert_eq!(count(&test, "pattern_halves").await, 4);
    let checks = owned(CHECKS);
    let seen = version(&alternate).await;
    kept::take(&test.app, &alternate, gone, Step::Erase, &checks, seen)
        .await
        .unwrap();

    // Its own half went; the other's names a case that is gone, and its words need a key that nobody has.
    assert_eq!(count(&test, "pattern_halves").await, 3);
    let seen = look(&test, &lead, other).await;
    assert_eq!(linked(&seen), [third]);
    assert_eq!(seen.links.len(), 1);
    assert_eq!(told(&seen), [other, third]);
    // What comes after it is found all the same.
    let last = begun(&test, &lead, CONCERN).await;
    link(&test, &lead, other, last).await;
    assert_eq!(look(&test, &lead, other).await.links.len(), 2);
}

async fn at_rest_nothing_tells_which_cases_belong_together(mut test: TestApp) {
    const MARK: &str = "heronmarkedreason";
    let [lead, ..] = test.usual_team().await;
    let one = begun(&test, &lead, CONCERN).await;
    let other = begun(&test, &lead, CONCERN).await;
    let number = number(&test, &lead, other).await;
    let events = count(&test, "events").await;
    pattern::link(&test.app, &lead, one, &[&number], &["person"], MARK)
        .await
        .unwrap();
    assert_eq!(look(&test, &lead, one).await.links.len(), 1);
    assert_eq!(count(&test, "events").await, events, "no event stands for it");
    let kept = all_that_is_kept(&test).await;
    assert!(!kept.windows(MARK.len()).any(|window| window == MARK.as_bytes()));
    // Neither half nor place holds an id or a number, in whatever way it is written.
    let mut rows = bytes(&test, "SELECT place FROM pattern_halves").await;
    assert_eq!(rows.len(), 2);
    assert_ne!(rows[0], rows[1]);
    rows.extend(bytes(&test, "SELECT half_sealed FROM pattern_halves").await);
    let ids = [one.as_bytes().to_vec(), other.as_bytes().to_vec()];
    let texts = [
        one.to_string().into_bytes(),
        other.to_string().into_bytes(),
        number.into_bytes(),
    ];
    for row in &rows {
        for needle in ids.iter().chain(&texts) {
            assert!(!row.windows(needle.len()).any(|window| window == needle));
        }
    }
    // A half that lies at another's place opens nothing: it is bound to its own.
    let halves = rows[2..].to_vec();
    assert_eq!(halves[0].len(), halves[1].len(), "they do not differ in length");
}
