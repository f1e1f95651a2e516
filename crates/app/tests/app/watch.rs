//! Late reports are noticed by the clock and the database alone.

use jiff::SignedDuration;
use safehold_app::{queue, watch};
use safehold_core::roster::Role;
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{
    database::{has_wrap, jobs_to, notices},
    looks::listed,
    on_both,
};

on_both![
    an_unopened_report_is_reminded_of_once_then_brought_to_the_next,
    a_restart_between_the_stages_changes_nothing,
    nothing_late_comes_to_somebody_who_is_excluded,
    what_was_opened_in_time_is_not_escalated,
    a_notice_of_what_was_handled_is_not_sent,
    what_is_immediate_comes_to_both_leads_at_once,
    a_lead_who_is_away_is_covered,
    an_answer_that_is_late_is_reminded_of_once,
];

/// A concern on a Tuesday at ten is to be opened within a working day.
async fn tick(test: &TestApp, time: &str) {
    test.clock.set(time);
    for _ in 0..3 {
        watch::round(&test.app).await.unwrap();
    }
}

async fn an_unopened_report_is_reminded_of_once_then_brought_to_the_next(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    tick(&test, "2026-11-24T16:59:00Z").await;
    assert_eq!(notices(&test, lead.id, "unopened").await, 0);
    tick(&test, "2026-11-25T17:01:00Z").await;
    assert_eq!(notices(&test, lead.id, "unopened").await, 1);
    assert!(listed(&test.app, &alternate).await.is_empty());
    // In the evening nobody works, so nothing more comes of it.
    tick(&test, "2026-11-25T23:00:00Z").await;
    assert!(listed(&test.app, &alternate).await.is_empty());
    tick(&test, "2026-11-26T11:30:00Z").await;
    assert_eq!(listed(&test.app, &alternate).await, [case]);
    assert!(listed(&test.app, &sponsor).await.is_empty());
    assert_eq!(notices(&test, alternate.id, "brought_to_you").await, 1);
    tick(&test, "2026-11-26T14:30:00Z").await;
    assert_eq!(listed(&test.app, &sponsor).await, [case]);
    assert_eq!(notices(&test, sponsor.id, "brought_to_you").await, 1);
    tick(&test, "2026-12-10T12:00:00Z").await;
    assert!(listed(&test.app, &caseworker).await.is_empty());
    assert_eq!(notices(&test, lead.id, "unopened").await, 1);
    assert_eq!(notices(&test, alternate.id, "brought_to_you").await, 1);
    // Whoever begins first has it, and the others keep reading.
    test.begin(&alternate, case).await;
    assert_eq!(listed(&test.app, &lead).await, [case]);
}

async fn a_restart_between_the_stages_changes_nothing(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    for (time, reminded, with_alternate, with_sponsor) in [
        ("2026-11-25T17:01:00Z", 1, false, false),
        ("2026-11-26T11:30:00Z", 1, true, false),
        ("2026-11-26T14:30:00Z", 1, true, true),
        ("2026-11-27T14:30:00Z", 1, true, true),
    ] {
        test.clock.set(time);
        let other = test.again().await;
        // Two processes watch at the same time.
        let (one, two) = tokio::join!(watch::round(&other), watch::round(&test.app));
        one.and(two).unwrap();
        other.store().quiesce().await;
        assert_eq!(notices(&test, lead.id, "unopened").await, reminded, "{time}");
        assert_eq!(
            listed(&test.app, &alternate).await.contains(&case),
            with_alternate,
            "{time}"
        );
        assert_eq!(
            listed(&test.app, &sponsor).await.contains(&case),
            with_sponsor,
            "{time}"
        );
    }
    assert_eq!(notices(&test, sponsor.id, "brought_to_you").await, 1);
}

async fn nothing_late_comes_to_somebody_who_is_excluded(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let named = alternate.id.to_string();
    let (_, case) = test.report(&concern_with(&[("team_involved", &named)])).await;
    let before = jobs_to(&test, alternate.id).await;
    for time in [
        "2026-11-25T17:01:00Z",
        "2026-11-26T11:30:00Z",
        "2026-11-26T15:30:00Z",
        "2026-12-10T12:00:00Z",
    ] {
        tick(&test, time).await;
    }
    assert_eq!(listed(&test.app, &lead).await, [case]);
    assert_eq!(listed(&test.app, &sponsor).await, [case]);
    assert!(listed(&test.app, &alternate).await.is_empty());
    assert!(!has_wrap(&test, case, alternate.id).await);
    assert_eq!(jobs_to(&test, alternate.id).await, before);
}

async fn what_was_opened_in_time_is_not_escalated(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    tick(&test, "2026-12-10T12:00:00Z").await;
    assert_eq!(notices(&test, lead.id, "unopened").await, 0);
    assert!(listed(&test.app, &alternate).await.is_empty());
}

async fn a_notice_of_what_was_handled_is_not_sent(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    // Making the team told the team of it.
    for told in queue::take_due(&test.app).await.unwrap() {
        queue::done(&test.app, told.job).await.unwrap();
    }
    let (_, case) = test.report(CONCERN).await;
    let (_, other) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let errands = queue::take_due(&test.app).await.unwrap();
    let about: Vec<_> = errands
        .iter()
        .map(|errand| (errand.address.as_str(), errand.about))
        .collect();
    let email = test.entrances[&lead.id].email.as_str();
    let new = queue::About::Member(safehold_app::notices::Notice::NewReport);
    assert_eq!(about, [(email, new)], "only the report that nobody has opened");
    assert!(listed(&test.app, &lead).await.contains(&other));
    // Taken once, it is not taken again while its runner has it.
    assert!(queue::take_due(&test.app).await.unwrap().is_empty());
}

async fn what_is_immediate_comes_to_both_leads_at_once(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (_, case) = test.report(&concern_with(&[("danger", "yes")])).await;
    for either in [&lead, &alternate] {
        assert_eq!(listed(&test.app, either).await, [case]);
        assert_eq!(notices(&test, either.id, "new_report").await, 1);
    }
    assert!(listed(&test.app, &sponsor).await.is_empty());
    let named = alternate.id.to_string();
    let fields = concern_with(&[("danger", "yes"), ("team_involved", &named)]);
    let (_, second) = test.report(&fields).await;
    assert!(
        !listed(&test.app, &alternate).await.contains(&second),
        "danger opens no door"
    );
}

async fn a_lead_who_is_away_is_covered(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let [from, until] = ["2026-11-23", "2026-11-27"].map(|day| day.parse().unwrap());
    safehold_app::team::add_absence(&test.app, &lead, lead.id, from, until)
        .await
        .unwrap();
    let (_, case) = test.report(CONCERN).await;
    assert_eq!(listed(&test.app, &alternate).await, [case]);
    assert!(listed(&test.app, &lead).await.is_empty());
    test.clock.set("2026-11-30T10:00:00Z");
    let (_, later) = test.report(CONCERN).await;
    assert_eq!(listed(&test.app, &lead).await, [later], "back again");
    let refused = safehold_app::team::add_absence(&test.app, &lead, lead.id, until, from).await;
    assert!(matches!(refused, Err(safehold_app::team::TeamError::Days)));
    assert_eq!(alternate.role, Role::Alternate);
}

async fn an_answer_that_is_late_is_reminded_of_once(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    test.clock.advance(SignedDuration::from_hours(24 * 3));
    for _ in 0..3 {
        watch::round(&test.app).await.unwrap();
    }
    assert_eq!(notices(&test, lead.id, "due").await, 1);
    for errand in queue::take_due(&test.app).await.unwrap() {
        queue::done(&test.app, errand.job).await.unwrap();
    }
    watch::round(&test.app).await.unwrap();
    assert_eq!(
        notices(&test, lead.id, "due").await,
        0,
        "it was told of this already"
    );
}
