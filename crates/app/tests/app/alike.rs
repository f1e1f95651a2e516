//! What must look alike is the same work: as many derivations and as many statements, whatever was wrong.

use safehold_app::{
    SecretString,
    desk::{self, CaseFilter, Reader, Version},
    report::{self, ComeBackError, WordsShown},
    sign_in::{self, SignInError},
    trace,
};
use safehold_core::{
    case::Action,
    id::{CaseId, FileId},
};
use safehold_testkit::app::{CONCERN, PASS, TestApp, concern_with};

use crate::on_both;

on_both![
    words_that_open_nothing_cost_the_same_whyever_they_do,
    a_sign_in_that_is_refused_costs_the_same_whatever_was_wrong,
    a_guess_at_a_case_costs_the_same_whether_it_is_kept_from_them_or_never_was,
];

/// How much something costs: derivations, and statements at the database.
async fn cost<T>(test: &TestApp, work: impl Future<Output = T>) -> (T, u64, u64) {
    let before = (test.app.derivations(), test.app.store().statements());
    let done = work.await;
    (
        done,
        test.app.derivations() - before.0,
        test.app.store().statements() - before.1,
    )
}

async fn words_of(test: &TestApp, visit: &report::Visit) -> String {
    match report::words(&test.app, visit).await.unwrap() {
        WordsShown::Show(words) => words.to_string(),
        WordsShown::Kept => panic!("words that were never shown are kept"),
    }
}

async fn words_that_open_nothing_cost_the_same_whyever_they_do(mut test: TestApp) {
    test.usual_team().await;
    let never = safehold_seal::Words::generate().expose().to_string();
    let deleted = test.draft(CONCERN).await;
    let of_deleted = words_of(&test, &deleted).await;
    report::forget(&test.app, &deleted).await.unwrap();
    let expired = test.draft(CONCERN).await;
    let of_expired = words_of(&test, &expired).await;
    test.clock.advance(jiff::SignedDuration::from_hours(24 * 15));
    let mut costs = Vec::new();
    for words in [&never, &of_deleted, &of_expired] {
        let (refused, derivations, statements) = cost(&test, report::come_back(&test.app, words)).await;
        assert!(matches!(refused, Err(ComeBackError::Unknown)));
        costs.push((derivations, statements));
    }
    assert_eq!(costs, [(1, 1); 3]);

    // What is no key of words says so before anything is looked for: the same whatever is kept.
    let draft = test.draft(CONCERN).await;
    let kept = words_of(&test, &draft).await;
    for words in [&kept, &never] {
        let (first, _) = words.rsplit_once(' ').unwrap();
        let (refused, derivations, statements) = cost(&test, report::come_back(&test.app, first)).await;
        let found = refused.err().map(|error| format!("{error:?}"));
        assert_eq!(found.as_deref(), Some("Words(Count { found: 6 })"));
        assert_eq!((derivations, statements), (0, 0));
    }
    // And words that do open something cost no more derivations.
    let (found, derivations, statements) = cost(&test, report::come_back(&test.app, &kept)).await;
    assert!(found.is_ok());
    assert_eq!((derivations, statements), (1, 1));
}

async fn a_sign_in_that_is_refused_costs_the_same_whatever_was_wrong(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let entrance = test.entrances[&lead.id].clone();
    let other = test.entrances[&alternate.id].clone();
    test.clock.advance(jiff::SignedDuration::from_secs(60));
    let code = test.code(&entrance.totp);
    let wrong = "quite another pass phrase";
    let tries = [
        ("unknown name", "nobody@riverbank.example", PASS, code.as_str()),
        ("no name", "", PASS, code.as_str()),
        ("wrong pass phrase", entrance.email.as_str(), wrong, code.as_str()),
        ("wrong code", entrance.email.as_str(), PASS, "000000"),
        ("no code", entrance.email.as_str(), PASS, ""),
        ("code of somebody else", other.email.as_str(), PASS, code.as_str()),
    ];
    // Each appends to the trace, and the first append of a process reads where it ends.
    let first = sign_in::sign_in(&test.app, "nobody", SecretString::from(PASS), "1").await;
    assert!(first.is_err());
    let mut costs = Vec::new();
    for (what, email, pass, code) in tries {
        let work = sign_in::sign_in(&test.app, email, SecretString::from(pass), code);
        let (refused, derivations, statements) = cost(&test, work).await;
        assert!(matches!(refused, Err(SignInError::Refused)), "{what}");
        costs.push((what, derivations, statements));
    }
    let (_, derivations, statements) = costs[0];
    assert_eq!(derivations, 1);
    assert!(statements > 1, "it is in the trace");
    for (what, of_this, run) in costs {
        assert_eq!((of_this, run), (derivations, statements), "{what}");
    }
    assert!(
        sign_in::sign_in(&test.app, &entrance.email, SecretString::from(PASS), &code)
            .await
            .is_ok()
    );
}

async fn a_guess_at_a_case_costs_the_same_whether_it_is_kept_from_them_or_never_was(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let named = lead.id.to_string();
    let (_, kept_from_them) = test.report(&concern_with(&[("team_involved", &named)])).await;
    test.begin(&alternate, kept_from_them).await;
    let never = CaseId::from_random([9; 16]);
    let kept = doors(&test, &lead, kept_from_them).await;
    assert_eq!(kept, doors(&test, &lead, never).await);
    assert!(kept.iter().all(|door| door.1 == 0), "{kept:?}");
    let all = CaseFilter::default();
    // The desk itself is the same work before and after such a report.
    let list = desk::list(&test.app, &lead, &all, None, 50);
    let (listed, _, before) = cost(&test, list).await;
    assert_eq!(listed.unwrap().total, 0);
    test.report(&concern_with(&[("team_involved", &named)])).await;
    let list = desk::list(&test.app, &lead, &all, None, 50);
    let (_, _, after) = cost(&test, list).await;
    assert_eq!(before, after);
}

/// What each door of a case answers to somebody who guesses its address, with its derivations and statements.
async fn doors(test: &TestApp, reader: &Reader, case: CaseId) -> Vec<(String, u64, u64)> {
    let app = &test.app;
    let file = FileId::from_random([7; 16]);
    let begin = [("no_conflict".to_owned(), "yes".to_owned())];
    let id = desk::new_message_id();
    vec![
        door(test, desk::find(app, reader, case)).await,
        door(test, desk::open(app, reader, case)).await,
        door(test, desk::open_file(app, reader, case, file, Version::Original)).await,
        door(test, desk::act(app, reader, case, Action::Begin, &begin, 1)).await,
        door(
            test,
            desk::write(app, reader, case, id, "Hello".into(), Vec::new()),
        )
        .await,
        door(test, desk::declare_conflict(app, reader, case, "Why".into())).await,
        door(test, trace::of_case(app, reader, case)).await,
    ]
}

async fn door<T, E: std::fmt::Debug>(
    test: &TestApp,
    work: impl Future<Output = Result<T, E>>,
) -> (String, u64, u64) {
    let (answer, derivations, statements) = cost(test, work).await;
    let said = answer.map(drop).expect_err("a door was open");
    (format!("{said:?}"), derivations, statements)
}
