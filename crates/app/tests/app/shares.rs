//! The recovery key in shares, and changing it.

use safehold_app::{
    Zeroizing, desk,
    desk::Reader,
    notices::Notice,
    queue::{self, About},
    recovery::{self, ChangeError, CheckError, Fault, GivenError, Plan, Printed, RecoverError, Use},
    report, watch,
};
use safehold_core::{
    roster::Role,
    trace::{RecoveryStep, Traced},
};
use safehold_seal::{RecoveryKey, Share};
use safehold_store::{
    recovery as stored,
    wraps::{self, Holder},
};
use safehold_testkit::app::{CONCERN, TestApp};

use crate::{database::notices, on_both};

on_both![
    enough_shares_are_the_key_and_each_wrong_one_is_named,
    a_new_key_is_in_force_only_when_it_was_typed_in_from_paper,
    a_change_that_was_interrupted_goes_on_with_the_new_key_alone,
    what_comes_in_the_moment_of_a_change_is_under_the_new_key,
    a_change_is_given_up_and_a_plan_without_sense_is_refused,
    a_holder_looks_once_a_year_and_the_leads_are_reminded,
    each_use_is_told_to_every_lead_until_they_have_seen_it,
];

/// What somebody types who has the whole key.
pub fn whole(test: &TestApp) -> Vec<Zeroizing<String>> {
    vec![Zeroizing::new(test.recovery_key.clone())]
}

pub fn shares(needed: u8, holders: &[&str]) -> Plan {
    Plan::Shares {
        needed,
        holders: holders.iter().map(|name| (*name).to_owned()).collect(),
    }
}

pub const HOLDERS: [&str; 3] = ["Petra Loom", "Amos Reedbank", "Celia Hallow"];

/// Has a key made, and answers what is on the papers.
pub async fn begin(
    test: &TestApp,
    by: &Reader,
    typed: &[Zeroizing<String>],
    plan: &Plan,
) -> Vec<Zeroizing<String>> {
    match recovery::begin(&test.app, by, typed, plan, "A holder has gone.").await {
        Ok(Printed::Whole(text)) => vec![text],
        Ok(Printed::Shares { shares, .. }) => shares.into_iter().map(|share| share.text).collect(),
        Err(error) => panic!("{error}"),
    }
}

/// Splits the key among three, of whom two are needed; the answer is their shares.
pub async fn split(test: &TestApp, by: &Reader) -> Vec<Zeroizing<String>> {
    let new = begin(test, by, &whole(test), &shares(2, &HOLDERS)).await;
    recovery::confirm(&test.app, by, &new[..2]).await.unwrap();
    new
}

pub fn lost() -> Use {
    Use::at_the_machine("They lost what they sign in with.").unwrap()
}

fn fault(error: Result<RecoveryKey, GivenError>) -> (usize, Fault) {
    match error {
        Err(GivenError::Wrong { place, fault }) => (place, fault),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("a key"),
    }
}

async fn enough_shares_are_the_key_and_each_wrong_one_is_named(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let given = split(&test, &lead).await;
    let typed = |places: [usize; 2]| [given[places[0]].clone(), given[places[1]].clone()];
    for places in [[0, 1], [2, 0], [1, 2]] {
        recovery::unlock(&test.app, &typed(places)).await.unwrap();
    }
    // An empty place is no share, and all of them are as good as two.
    let with_gap = [given[0].clone(), Zeroizing::default(), given[2].clone()];
    recovery::unlock(&test.app, &with_gap).await.unwrap();
    recovery::unlock(&test.app, &given).await.unwrap();

    let alone = recovery::unlock(&test.app, &given[..1]).await;
    assert!(matches!(alone, Err(GivenError::TooFew { needed: 2, given: 1 })));
    let twice = recovery::unlock(&test.app, &typed([1, 1])).await;
    assert_eq!(fault(twice), (1, Fault::Twice));
    let last = given[1].chars().last().unwrap();
    let slip = format!(
        "{}{}",
        &given[1][..given[1].len() - 1],
        if last == '7' { '8' } else { '7' }
    );
    let slipped = recovery::unlock(&test.app, &[given[0].clone(), slip.into()]).await;
    assert_eq!(fault(slipped), (1, Fault::Slip));
    // Shares of somebody else's key, whole as they are.
    let theirs = safehold_seal::share::split(&RecoveryKey::generate(), 2, 3).unwrap();
    let foreign = [theirs[0].to_text(), theirs[1].to_text()];
    assert_eq!(
        fault(recovery::unlock(&test.app, &foreign).await),
        (0, Fault::Foreign)
    );
    // The whole key of before is no share of this one.
    let before = recovery::unlock(&test.app, &whole(&test)).await;
    assert_eq!(fault(before), (0, Fault::OtherKind));
}

/// Whether the recovery wraps of all cases open with this key.
async fn all_open_with(test: &TestApp, key: &RecoveryKey) -> bool {
    let mut conn = test.app.store().read().await.unwrap();
    let held = wraps::list_held(&mut conn, Holder::Recovery, None, 100)
        .await
        .unwrap();
    assert!(!held.is_empty());
    held.iter().all(|wrap| {
        let place = safehold_seal::Context::new(
            "case-key",
            &[&wrap.case_id.to_string(), &wrap.epoch.to_string(), "recovery"],
        );
        safehold_seal::unwrap_key(key.secret(), &place, &wrap.wrap_sealed).is_ok()
    })
}

async fn a_new_key_is_in_force_only_when_it_was_typed_in_from_paper(mut test: TestApp) {
    let [lead, alternate, _, caseworker] = test.usual_team().await;
    let (_, first) = test.report(CONCERN).await;
    test.begin(&lead, first).await;
    // With an older and a newer key of its own.
    desk::exclude(&test.app, &lead, first, alternate.id, "Close to it.".into())
        .await
        .unwrap();
    test.report(CONCERN).await;
    let old = RecoveryKey::parse(&test.recovery_key).unwrap();

    let refused = recovery::begin(&test.app, &caseworker, &whole(&test), &Plan::Whole, "x").await;
    assert!(matches!(refused.err(), Some(ChangeError::Role)));
    let new = begin(&test, &lead, &whole(&test), &shares(2, &HOLDERS)).await;
    assert_eq!(new.len(), 3);
    // Nothing depends on it yet.
    assert!(all_open_with(&test, &old).await);
    recovery::unlock(&test.app, &whole(&test)).await.unwrap();
    let wrong = recovery::confirm(&test.app, &lead, &new[..1]).await;
    assert!(matches!(
        wrong,
        Err(ChangeError::Given(GivenError::TooFew { .. }))
    ));
    assert!(all_open_with(&test, &old).await);

    assert_eq!(recovery::confirm(&test.app, &lead, &new[1..]).await.unwrap(), 3);
    let key = recovery::unlock(&test.app, &new[..2]).await.unwrap();
    assert!(all_open_with(&test, &key).await);
    assert!(!all_open_with(&test, &old).await);
    // What comes from now on is under the new one, and the old opens none of it.
    test.report(CONCERN).await;
    assert!(all_open_with(&test, &key).await);
    let refused = recovery::give_keys(&test.app, &old, lead.id, &lost()).await;
    assert!(matches!(refused, Err(RecoverError::NotOurs)));
    recovery::give_keys(&test.app, &key, caseworker.id, &lost())
        .await
        .unwrap();

    // The next set makes the shares of this one former ones.
    let next = begin(&test, &lead, &new[..2], &shares(3, &["A", "B", "C", "D"])).await;
    recovery::confirm(&test.app, &lead, &next[..3]).await.unwrap();
    assert_eq!(
        fault(recovery::unlock(&test.app, &new[..2]).await),
        (0, Fault::Former)
    );
    let kept = recovery::kept(&test.app, &alternate).await.unwrap();
    assert_eq!((kept.needed, kept.holders.len()), (3, 4));
    // And one key again.
    let one = begin(&test, &lead, &next[1..], &Plan::Whole).await;
    recovery::confirm(&test.app, &lead, &one).await.unwrap();
    assert!(all_open_with(&test, &RecoveryKey::parse(&one[0]).unwrap()).await);
    assert_eq!(recovery::kept(&test.app, &lead).await.unwrap().needed, 1);
}

async fn a_change_that_was_interrupted_goes_on_with_the_new_key_alone(mut test: TestApp) {
    let [lead, .., caseworker] = test.usual_team().await;
    for _ in 0..3 {
        test.report(CONCERN).await;
    }
    let old = RecoveryKey::parse(&test.recovery_key).unwrap();
    let new = begin(&test, &lead, &whole(&test), &shares(2, &HOLDERS)).await;
    // The switch was committed, and then the program ended: nothing is wrapped anew, as if by a crash.
    let mut conn = test.app.store().read().await.unwrap();
    let change = stored::find_change(&mut conn).await.unwrap().unwrap();
    let before = wraps::list_held(&mut conn, Holder::Recovery, None, 100)
        .await
        .unwrap();
    drop(conn);
    recovery::confirm(&test.app, &lead, &new[..2]).await.unwrap();
    let change = stored::ChangeRow {
        switched_at: Some(test.app.now()),
        ..change
    };
    test.app
        .store()
        .write_with((change, before), |tx, (change, before)| {
            Box::pin(async move {
                stored::put_change(tx, change).await?;
                // One was done already.
                for wrap in &before[1..] {
                    stored::rewrap(tx, wrap.case_id, wrap.epoch, wrap.holder, &wrap.wrap_sealed).await?;
                }
                Ok::<_, safehold_store::StoreError>(())
            })
        })
        .await
        .unwrap();

    let again = test.again().await;
    assert!(recovery::under_way(&again).await.unwrap().unwrap().is_in_force);
    // The old key is none any more, and another change has to wait.
    let former = recovery::unlock(&again, &whole(&test)).await;
    assert!(matches!(former, Err(GivenError::Wrong { .. })));
    assert!(matches!(
        recovery::give_up(&again, &lead).await,
        Err(ChangeError::NotBegun)
    ));
    // The next use finishes it, whatever the use is for.
    let key = recovery::unlock(&again, &new[1..]).await.unwrap();
    recovery::give_keys(&again, &key, caseworker.id, &lost())
        .await
        .unwrap();
    assert!(all_open_with(&test, &key).await);
    assert!(!all_open_with(&test, &old).await);
    assert_eq!(recovery::under_way(&again).await.unwrap(), None);
    let nothing = recovery::confirm(&again, &lead, &new[..2]).await;
    assert!(matches!(nothing, Err(ChangeError::NotBegun)));
}

async fn what_comes_in_the_moment_of_a_change_is_under_the_new_key(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    test.report(CONCERN).await;
    let new = begin(&test, &lead, &whole(&test), &Plan::Whole).await;
    let key = RecoveryKey::parse(&new[0]).unwrap();
    let drafts = [test.draft(CONCERN).await, test.draft(CONCERN).await];
    let (changed, first, second) = tokio::join!(
        recovery::confirm(&test.app, &lead, &new),
        report::submit(&test.app, &drafts[0]),
        report::submit(&test.app, &drafts[1]),
    );
    changed.unwrap();
    first.unwrap();
    second.unwrap();
    assert!(all_open_with(&test, &key).await);
}

async fn a_change_is_given_up_and_a_plan_without_sense_is_refused(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let typed = whole(&test);
    for (plan, is_about_holders) in [
        (shares(2, &["One"]), true),
        (shares(2, &["One", " one "]), true),
        (shares(2, &["One", ""]), true),
        (
            shares(2, &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
            true,
        ),
        (shares(1, &["One", "Two"]), false),
        (shares(3, &["One", "Two"]), false),
        (shares(6, &["1", "2", "3", "4", "5", "6"]), false),
    ] {
        let refused = recovery::begin(&test.app, &lead, &typed, &plan, "x").await.err();
        match refused {
            Some(ChangeError::Holders) => assert!(is_about_holders, "{plan:?}"),
            Some(ChangeError::Needed) => assert!(!is_about_holders, "{plan:?}"),
            other => panic!("{other:?}"),
        }
    }
    let without = recovery::begin(&test.app, &lead, &typed, &Plan::Whole, "  ").await;
    assert!(matches!(without.err(), Some(ChangeError::Why)));
    let not_begun = recovery::give_up(&test.app, &lead).await;
    assert!(matches!(not_begun, Err(ChangeError::NotBegun)));
    let new = begin(&test, &lead, &typed, &Plan::Whole).await;
    recovery::give_up(&test.app, &lead).await.unwrap();
    let late = recovery::confirm(&test.app, &lead, &new).await;
    assert!(matches!(late, Err(ChangeError::NotBegun)));
    recovery::unlock(&test.app, &typed).await.unwrap();
    // A second one takes the place of a first that never came into force.
    let first = begin(&test, &lead, &typed, &Plan::Whole).await;
    let second = begin(&test, &lead, &typed, &Plan::Whole).await;
    let wrong = recovery::confirm(&test.app, &lead, &first).await;
    assert!(matches!(wrong, Err(ChangeError::Given(_))));
    recovery::confirm(&test.app, &lead, &second).await.unwrap();
}

async fn a_holder_looks_once_a_year_and_the_leads_are_reminded(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let unsplit = recovery::check(&test.app, "anything").await;
    assert!(matches!(unsplit, Err(CheckError::NotSplit)));
    let given = split(&test, &lead).await;
    let found = recovery::check(&test.app, &given[1]).await.unwrap();
    assert_eq!((found.number, found.of, found.needed), (2, 3, 2));
    let wrong = recovery::check(&test.app, "0000").await;
    assert!(matches!(
        wrong,
        Err(CheckError::Wrong(Fault::Length { found: 4, .. }))
    ));

    let watched = async |test: &TestApp, days: i64| {
        test.clock.advance(jiff::SignedDuration::from_hours(24 * days));
        watch::round(&test.app).await.unwrap();
    };
    let took = async |test: &TestApp| {
        let errands = queue::take_due(&test.app).await.unwrap();
        let mut count = 0;
        for errand in errands {
            count += usize::from(errand.about == About::Member(Notice::Recovery));
            queue::done(&test.app, errand.job).await.unwrap();
        }
        count
    };
    took(&test).await;
    watched(&test, 360).await;
    assert_eq!(took(&test).await, 0);
    // The second looks again in time; the others do not.
    recovery::check(&test.app, &given[1]).await.unwrap();
    watched(&test, 6).await;
    assert_eq!(took(&test).await, 3, "lead, alternate and sponsor");
    let stale = async |test: &TestApp| {
        let kept = recovery::kept(&test.app, &alternate).await.unwrap();
        let stale = kept.holders.iter().filter(|holder| holder.is_stale);
        stale.map(|holder| holder.number).collect::<Vec<_>>()
    };
    assert_eq!(stale(&test).await, [1, 3]);
    watched(&test, 1).await;
    assert_eq!(took(&test).await, 0, "not each day");
    watched(&test, 30).await;
    assert_eq!(took(&test).await, 3);
    recovery::check(&test.app, &given[0]).await.unwrap();
    recovery::check(&test.app, &given[2]).await.unwrap();
    assert!(stale(&test).await.is_empty());
    watched(&test, 31).await;
    assert_eq!(took(&test).await, 0);
    // Nothing of any share is kept.
    let mut conn = test.app.store().read().await.unwrap();
    let settings = safehold_store::settings::list(&mut conn).await.unwrap();
    for share in &given {
        let value = Share::parse(share).unwrap().to_text();
        let letters = value.split(' ').next_back().unwrap().to_owned();
        assert!(settings.iter().all(|row| !row.value.contains(&letters[..9])));
    }
    drop(sponsor);
    let none = recovery::kept(&test.app, &caseworker).await;
    assert!(none.is_err());
}

async fn each_use_is_told_to_every_lead_until_they_have_seen_it(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let new = test.join(&lead, Role::Alternate, "Ottoline Fernsby").await;
    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    let why = "Nobody else could open it. MARK";
    let used = Use::at_desk(lead.id, why).unwrap();
    assert!(matches!(Use::at_desk(lead.id, " \n"), Err(RecoverError::Why)));
    recovery::give_keys(&test.app, &key, new.id, &used).await.unwrap();
    for told in [&alternate, &sponsor, &new] {
        assert_eq!(notices(&test, told.id, "recovery").await, 1);
        let notes = recovery::notes(&test.app, told).await.unwrap();
        assert_eq!(notes.len(), 1);
        let note = &notes[0];
        assert_eq!((note.step, note.why.as_str()), (RecoveryStep::KeysGiven, why));
        assert_eq!(note.by.as_deref(), Some("Marisol Penhale"));
        assert_eq!(note.about.as_deref(), Some("Ottoline Fernsby"));
        let uses = recovery::uses(&test.app, told).await.unwrap();
        assert_eq!(
            (uses[0].step, uses[0].by.as_deref()),
            (note.step, Some("Marisol Penhale"))
        );
    }
    // Who did it knows, and those without a say are not told.
    for other in [&lead, &caseworker] {
        assert!(recovery::notes(&test.app, other).await.unwrap().is_empty());
        assert_eq!(notices(&test, other.id, "recovery").await, 0);
    }
    assert!(recovery::uses(&test.app, &caseworker).await.is_err());
    // Each marks their own.
    let note = recovery::notes(&test.app, &alternate).await.unwrap()[0].id;
    assert!(recovery::seen(&test.app, &lead, note).await.is_err());
    recovery::seen(&test.app, &alternate, note).await.unwrap();
    assert!(recovery::notes(&test.app, &alternate).await.unwrap().is_empty());
    assert_eq!(recovery::notes(&test.app, &sponsor).await.unwrap().len(), 1);
    // The reason lies nowhere in clear; what was done stands in the trace.
    let mut conn = test.app.store().read().await.unwrap();
    let entries = safehold_store::trace::list_without_case(&mut conn, None, 100)
        .await
        .unwrap();
    assert!(entries.iter().all(|row| !row.leaf.contains("MARK")));
    let traced = Traced::Recovery {
        step: RecoveryStep::KeysGiven,
        member: Some(new.id),
    };
    let traced = serde_json::to_value(&traced).unwrap();
    let is_it = |leaf: &str| {
        let leaf: serde_json::Value = serde_json::from_str(leaf).unwrap();
        leaf["what"] == traced["what"] && leaf["step"] == traced["step"] && leaf["member"] == traced["member"]
    };
    assert!(entries.iter().any(|row| is_it(&row.leaf)));
}
