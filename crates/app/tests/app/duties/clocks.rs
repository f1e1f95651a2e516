//! Chasing: who is reminded of a clock, and when.

use safehold_app::{
    desk::{self, Reader, duties},
    notices::Notice,
    queue, watch,
};
use safehold_core::duties::Step;
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use super::{NOT_REQUIRED, REQUIRED, SENT, due, enter, with};
use crate::{
    database::{notices, tamper},
    on_both,
};

on_both![
    clocks_are_chased_after_a_restart_and_stop_when_it_is_told,
    a_reminder_of_what_was_told_meanwhile_is_not_sent,
    the_next_working_day_is_that_of_where_the_person_is,
    nobody_who_is_excluded_is_reminded,
];

/// Two processes watch at this time, three times each; how many reminders wait then, for each of these. They are sent.
async fn reminded(test: &TestApp, time: &str, readers: [&Reader; 2]) -> [usize; 2] {
    test.clock.set(time);
    let other = test.again().await;
    for _ in 0..3 {
        let (one, two) = tokio::join!(watch::round(&other), watch::round(&test.app));
        one.and(two).unwrap();
    }
    other.store().quiesce().await;
    let mut counts = [0; 2];
    for (count, reader) in counts.iter_mut().zip(readers) {
        *count = notices(test, reader.id, "outward").await;
    }
    tamper(test, "DELETE FROM jobs").await;
    counts
}

async fn clocks_are_chased_after_a_restart_and_stop_when_it_is_told(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = test.report(&concern_with(&[("danger", "yes")])).await;
    test.begin(&lead, case).await;
    let look = &[("place", "england"), ("says", "three_part_test")];
    enter(&test, &lead, case, (Step::Look, ""), look).await.unwrap();
    let adults = |step| (step, "adults_england");
    test.clock.set("2026-11-24T11:00:00Z");
    enter(&test, &lead, case, adults(Step::Decide), REQUIRED)
        .await
        .unwrap();
    assert_eq!(due(&test, &lead).await, ["2026-11-25T11:00:00Z"]);
    tamper(&test, "DELETE FROM jobs").await;
    let readers = [&lead, &alternate];
    for (time, wanted) in [
        ("2026-11-24T22:59:00Z", [0, 0]),
        ("2026-11-24T23:01:00Z", [1, 0]),
        ("2026-11-25T10:59:00Z", [0, 0]),
        ("2026-11-25T11:00:00Z", [1, 0]),
        ("2026-11-25T16:59:00Z", [0, 0]),
        // From the end of that working day on every lead who reads it is told.
        ("2026-11-25T17:00:00Z", [1, 1]),
        ("2026-11-26T16:59:00Z", [0, 0]),
        ("2026-11-26T17:00:00Z", [1, 1]),
    ] {
        assert_eq!(reminded(&test, time, readers).await, wanted, "{time}");
    }
    let lead = test.sign_in(&test.entrances[&lead.id].clone()).await;
    assert_eq!(duties::late_count(&test.app, &lead).await.unwrap(), 1);
    let listed = desk::list(&test.app, &lead, &desk::CaseFilter::default(), None, 9)
        .await
        .unwrap();
    assert!(listed.cases[0].is_late, "the list of cases says so");
    // An answer is wanted: the clock runs to the end of that day.
    let sent = with(SENT, &[("reply_by", "2026-12-01")]);
    enter(&test, &lead, case, adults(Step::Send), &sent)
        .await
        .unwrap();
    assert_eq!(due(&test, &lead).await, ["2026-12-02T00:00:00Z"]);
    let reply = &[("reply_on", "2026-11-26"), ("reply", "They look into it.")];
    enter(&test, &lead, case, adults(Step::Reply), reply)
        .await
        .unwrap();
    assert_eq!(due(&test, &lead).await, [""; 0]);
    assert_eq!(reminded(&test, "2026-12-08T12:00:00Z", readers).await, [0, 0]);
}

async fn a_reminder_of_what_was_told_meanwhile_is_not_sent(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    for told in [false, true] {
        enter(&test, &lead, case, (Step::Decide, "police"), REQUIRED)
            .await
            .unwrap();
        tamper(&test, "DELETE FROM jobs").await;
        tamper(&test, "UPDATE duty_dues SET due_at = set_at").await;
        watch::round(&test.app).await.unwrap();
        assert_eq!(notices(&test, lead.id, "outward").await, 1);
        if told {
            enter(&test, &lead, case, (Step::Send, "police"), SENT)
                .await
                .unwrap();
        }
        let errands = queue::take_due(&test.app).await.unwrap();
        let outward = queue::About::Member(Notice::Outward);
        let sent = errands.iter().filter(|errand| errand.about == outward).count();
        assert_eq!(sent, usize::from(!told), "told: {told}");
        tamper(&test, "DELETE FROM reminders").await;
    }
}

async fn the_next_working_day_is_that_of_where_the_person_is(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    // The Friday before St Andrew's Day.
    test.clock.set("2026-11-27T10:00:00Z");
    let lead = test.sign_in(&test.entrances[&lead.id].clone()).await;
    for (place, wanted) in [
        ("scotland", "2026-12-01T17:00:00Z"),
        ("england", "2026-11-30T17:00:00Z"),
        ("not_sure", "2026-11-30T17:00:00Z"),
    ] {
        let look = &[("place", place), ("says", "trafficking")];
        enter(&test, &lead, case, (Step::Look, ""), look).await.unwrap();
        enter(&test, &lead, case, (Step::Decide, "slavery"), REQUIRED)
            .await
            .unwrap();
        assert_eq!(
            due(&test, &lead).await,
            [wanted],
            "{place}: one body has one clock"
        );
    }
    // From when the report came, from a day, and until a day that a lead set.
    for (other, wanted) in [
        (&[("starts", "report")][..], "2026-11-25T17:00:00Z"),
        (
            &[("starts", "day"), ("starts_on", "2026-11-26")],
            "2026-11-27T17:00:00Z",
        ),
        (&[("due_on", "2026-12-24")], "2026-12-25T00:00:00Z"),
    ] {
        let fields = with(REQUIRED, other);
        enter(&test, &lead, case, (Step::Decide, "slavery"), &fields)
            .await
            .unwrap();
        assert_eq!(due(&test, &lead).await, [wanted], "{other:?}");
    }
    enter(&test, &lead, case, (Step::Decide, "slavery"), NOT_REQUIRED)
        .await
        .unwrap();
    assert_eq!(due(&test, &lead).await, [""; 0]);
}

async fn nobody_who_is_excluded_is_reminded(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = test.report(&concern_with(&[("danger", "yes")])).await;
    test.begin(&lead, case).await;
    enter(&test, &alternate, case, (Step::Decide, "emergency"), REQUIRED)
        .await
        .unwrap();
    desk::exclude(&test.app, &lead, case, alternate.id, "Was there.".into())
        .await
        .unwrap();
    tamper(&test, "DELETE FROM jobs").await;
    let told = reminded(&test, "2026-11-26T12:00:00Z", [&lead, &alternate]).await;
    assert_eq!(told, [1, 0]);
    let alternate = test.sign_in(&test.entrances[&alternate.id].clone()).await;
    assert_eq!(due(&test, &alternate).await, [""; 0]);
    assert_eq!(duties::late_count(&test.app, &alternate).await.unwrap(), 0);
}
