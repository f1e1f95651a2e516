//! Mail that did not arrive: who learns of it, and what they can do.

use safehold_app::{
    desk::{self, DeskError, Reader},
    notices::Notice,
    queue::{self, About, Errand},
    trace,
    undelivered::{self, Again, To},
};
use safehold_core::{
    id::{CaseId, JobId},
    roster::Role,
    trace::Traced,
};
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{
    database::{column, tamper},
    on_both,
};

on_both![
    only_those_who_have_the_case_learn_of_its_mail,
    a_mail_is_tried_again_once,
    a_mail_is_let_go,
    a_reporters_address_is_forgotten_and_asked_of_the_report_again,
    a_reporter_who_did_not_say_that_mail_is_safe_gets_none,
    roles_that_do_not_look_after_mail_see_none,
];

/// What is due, none of it sent.
async fn due(test: &TestApp) -> Vec<Errand> {
    queue::take_due(&test.app).await.unwrap()
}

/// Gives up whatever is due.
async fn nothing_arrives(test: &TestApp) {
    for errand in due(test).await {
        queue::give_up(&test.app, errand.job, "smtp-550".to_owned())
            .await
            .unwrap();
    }
}

/// A team whose invitations arrived, and a report whose notice did not.
async fn lost(test: &mut TestApp, fields: &[(&str, &str)]) -> ([Reader; 4], CaseId) {
    let team = test.usual_team().await;
    for errand in due(test).await {
        queue::done(&test.app, errand.job).await.unwrap();
    }
    let (_, case) = test.report(fields).await;
    nothing_arrives(test).await;
    (team, case)
}

async fn ids(test: &TestApp, reader: &Reader) -> Vec<JobId> {
    let list = undelivered::list(&test.app, reader).await.unwrap();
    list.iter().map(|mail| mail.id).collect()
}

async fn only_those_who_have_the_case_learn_of_its_mail(mut test: TestApp) {
    let ([lead, alternate, sponsor, _], case) = lost(&mut test, CONCERN).await;
    let reference = desk::find(&test.app, &lead, case).await.unwrap().reference;
    let mails = undelivered::list(&test.app, &lead).await.unwrap();
    let [mail] = mails.as_slice() else {
        panic!("{mails:?}")
    };
    assert_eq!(mail.to, To::Member(lead.name.clone(), Role::Lead));
    assert_eq!(mail.notice, Some(Notice::NewReport));
    assert_eq!(mail.case, Some((case, reference)));
    assert_eq!((mail.attempts, mail.error.as_str()), (1, "smtp-550"));
    // The others hold a key on standby: for them there is no such case, and no mail about it, whatever they try.
    for reader in [&alternate, &sponsor] {
        assert_eq!(ids(&test, reader).await, []);
        let again = undelivered::try_again(&test.app, reader, mail.id).await.unwrap();
        let never = undelivered::try_again(&test.app, reader, JobId::from_random([9; 16]))
            .await
            .unwrap();
        assert_eq!((again, never), (Again::Gone, Again::Gone));
        undelivered::let_go(&test.app, reader, mail.id).await.unwrap();
    }
    assert_eq!(ids(&test, &lead).await, [mail.id]);
    // Whoever lets go of the case lets go of its mail, and who takes over has it.
    desk::declare_conflict(&test.app, &lead, case, "My neighbour.".to_owned())
        .await
        .unwrap();
    assert_eq!(ids(&test, &lead).await, []);
    assert_eq!(
        undelivered::try_again(&test.app, &lead, mail.id).await.unwrap(),
        Again::Gone
    );
    assert!(ids(&test, &alternate).await.contains(&mail.id));
}

async fn a_mail_is_tried_again_once(mut test: TestApp) {
    let ([lead, ..], case) = lost(&mut test, CONCERN).await;
    let id = ids(&test, &lead).await[0];
    let again = async || undelivered::try_again(&test.app, &lead, id).await.unwrap();
    assert_eq!(again().await, Again::Queued);
    assert_eq!(again().await, Again::Gone, "the second press of the button");
    let errands = due(&test).await;
    assert_eq!(errands.len(), 1);
    assert_eq!(
        (errands[0].job, errands[0].attempts),
        (id, 1),
        "as if for the first time"
    );
    let traced = trace::of_case(&test.app, &lead, case).await.unwrap();
    let settled: Vec<_> = traced
        .iter()
        .filter(|entry| entry.what == Traced::MailSettled { again: true })
        .map(|entry| entry.who)
        .collect();
    assert_eq!(settled, [Some(lead.id)]);
}

async fn a_mail_is_let_go(mut test: TestApp) {
    let ([lead, ..], case) = lost(&mut test, CONCERN).await;
    let id = ids(&test, &lead).await[0];
    undelivered::let_go(&test.app, &lead, id).await.unwrap();
    undelivered::let_go(&test.app, &lead, id).await.unwrap();
    assert_eq!(ids(&test, &lead).await, []);
    assert!(due(&test).await.is_empty());
    let traced = trace::of_case(&test.app, &lead, case).await.unwrap();
    let gone = Traced::MailSettled { again: false };
    assert_eq!(traced.iter().filter(|entry| entry.what == gone).count(), 1);
}

const BY_MAIL: &[(&str, &str)] = &[
    ("contact", "email"),
    ("contact-email", "wren@reporter.example"),
    ("safe_to-use_email", "yes"),
];

/// A message to the reporter, whose mail does not arrive.
async fn unread(test: &mut TestApp) -> (Reader, CaseId, JobId) {
    let ([lead, ..], case) = lost(test, &concern_with(BY_MAIL)).await;
    for id in ids(test, &lead).await {
        undelivered::let_go(&test.app, &lead, id).await.unwrap();
    }
    test.begin(&lead, case).await;
    let text = "Thank you.".to_owned();
    desk::write(&test.app, &lead, case, desk::new_message_id(), text, vec![])
        .await
        .unwrap();
    nothing_arrives(test).await;
    let mails = undelivered::list(&test.app, &lead).await.unwrap();
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!((&mails[0].to, mails[0].notice), (&To::Reporter, None));
    (lead, case, mails[0].id)
}

async fn a_reporters_address_is_forgotten_and_asked_of_the_report_again(mut test: TestApp) {
    let (lead, _, id) = unread(&mut test).await;
    let kept = column(&test, "SELECT kind FROM jobs WHERE body_sealed IS NOT NULL").await;
    assert_eq!(kept, [""; 0], "an address is kept without need");
    assert_eq!(
        undelivered::try_again(&test.app, &lead, id).await.unwrap(),
        Again::Queued
    );
    let errands = due(&test).await;
    assert_eq!(errands.len(), 1);
    assert_eq!(errands[0].address, "wren@reporter.example");
    assert_eq!(errands[0].about, About::Reporter);
}

async fn a_reporter_who_did_not_say_that_mail_is_safe_gets_none(mut test: TestApp) {
    let (lead, _, id) = unread(&mut test).await;
    let (_, other) = test.report(CONCERN).await;
    // As if the reporter of this one had never named an address.
    tamper(
        &test,
        &format!("UPDATE jobs SET case_id = '{other}' WHERE id = '{id}'"),
    )
    .await;
    assert_eq!(
        undelivered::try_again(&test.app, &lead, id).await.unwrap(),
        Again::NotSafe
    );
    assert!(!ids(&test, &lead).await.contains(&id));
    assert!(
        due(&test)
            .await
            .iter()
            .all(|errand| errand.about != About::Reporter)
    );
}

async fn roles_that_do_not_look_after_mail_see_none(mut test: TestApp) {
    let ([lead, _, _, caseworker], case) = lost(&mut test, CONCERN).await;
    let id = ids(&test, &lead).await[0];
    desk::share(&test.app, &lead, case, caseworker.id, "To help.".to_owned())
        .await
        .unwrap();
    let answers = [
        undelivered::list(&test.app, &caseworker).await.err(),
        undelivered::try_again(&test.app, &caseworker, id).await.err(),
        undelivered::let_go(&test.app, &caseworker, id).await.err(),
    ];
    for answer in answers {
        assert!(matches!(answer, Some(DeskError::Role)), "{answer:?}");
    }
    assert_eq!(ids(&test, &lead).await, [id]);
}
