//! What nobody sees who may open only one of two cases, and what lies in the database.

use jiff::SignedDuration;
use safehold_app::{
    desk::{
        self, DeskError, Reader,
        pattern::{self, Count, LinkError},
        retention as kept,
    },
    trace,
};
use safehold_core::{
    case::Action,
    id::CaseId,
    pattern::LinkProblem,
    retention::Step,
    trace::{TraceEntry, Traced},
};
use safehold_testkit::app::{CONCERN, Fields, TestApp, concern_with, owned};

use super::{begun, everything_else, link, linked, look, number, problems, share, told};
use crate::{
    database::{bytes, column, count},
    desk::{ASK_TO_CLOSE, CLOSE},
    marks::all_that_is_kept,
    on_both,
};

on_both![
    for_whoever_is_named_in_the_other_case_there_is_no_link,
    an_exclusion_made_later_takes_the_link_from_view_on_both_sides,
    what_is_shown_of_a_case_is_in_its_trace,
    an_erased_case_leaves_no_word_in_the_other,
    at_rest_nothing_tells_which_cases_belong_together,
];

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
