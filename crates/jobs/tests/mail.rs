//! Notices through a real mail server: they arrive, say nothing, are tried again, and are not sent in vain.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use std::{path::PathBuf, sync::Arc};

use jiff::SignedDuration;
use safehold_app::{
    App, desk,
    desk::Reader,
    health,
    team::{self, NewMember},
    undelivered,
};
use safehold_core::roster::Role;
use safehold_jobs::{Mailer, Runner, SmtpSettings, Tls};
use safehold_testkit::{
    app::{CONCERN, TestApp, concern_with},
    smtp::SmtpServer,
};
use safehold_text::{Lang, Texts};

fn mailer(server: &SmtpServer, tls: bool) -> Mailer {
    let tls_there = if tls { Tls::StartTls } else { Tls::Loopback };
    mailer_to(server.port(), tls_there, tls.then(|| server.ca_file()))
}

fn mailer_to(port: u16, tls: Tls, ca_file: Option<PathBuf>) -> Mailer {
    let settings = SmtpSettings {
        host: "localhost".to_owned(),
        port,
        tls,
        credentials: None,
        from: "messages@riverbank.example".to_owned(),
        ca_file,
    };
    Mailer::new(
        &settings,
        Arc::new(Texts::load(None).unwrap()),
        Lang::En,
        "https://safe.riverbank.example",
    )
    .unwrap()
}

fn runner(app: &App, server: &SmtpServer) -> Runner {
    Runner::new(app.clone(), Some(mailer(server, false)))
}

/// A team, with what setting it up wanted to say already said.
async fn quiet_team(test: &mut TestApp, server: &SmtpServer) -> [Reader; 4] {
    let team = test.usual_team().await;
    runner(&test.app, server).drain().await.unwrap();
    team
}

fn to(mails: &[safehold_testkit::smtp::Mail], address: &str) -> usize {
    mails
        .iter()
        .filter(|mail| mail.to.iter().any(|to| to.contains(address)))
        .count()
}

fn address(test: &TestApp, reader: &Reader) -> String {
    test.entrances[&reader.id].email.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_is_told_that_there_is_something_to_read_and_nothing_else() {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = quiet_team(&mut test, &server).await;
    let before = server.mails().len();
    let (_, case) = test.report(CONCERN).await;
    let reference = desk::find(&test.app, &lead, case)
        .await
        .unwrap()
        .reference
        .to_string();
    runner(&test.app, &server).drain().await.unwrap();
    let mails = server.mails();
    let new = &mails[before..];
    assert_eq!(new.len(), 1, "one event is one mail");
    let mail = &new[0];
    assert_eq!(mail.to, [address(&test, &lead)]);
    assert_eq!(mail.subject(), "Something to read");
    assert_eq!(mail.header("From"), Some("Messages <messages@riverbank.example>"));
    assert!(mail.text.contains("https://safe.riverbank.example/desk"));
    let machine = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    for told in [reference.as_str(), "afeguard", "Tuesday", "Wren", machine.trim()] {
        let everything = format!("{:?} {} {}", mail.headers, mail.text, mail.raw);
        assert!(!everything.contains(told), "the mail says {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_refused_for_now_arrives_later() {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = quiet_team(&mut test, &server).await;
    test.report(CONCERN).await;
    let before = to(&server.mails(), &address(&test, &lead));
    server.refuse("451 4.3.0 come again");
    runner(&test.app, &server).drain().await.unwrap();
    assert!(server.refused() > 0);
    server.accept();
    runner(&test.app, &server).drain().await.unwrap();
    assert_eq!(
        to(&server.mails(), &address(&test, &lead)),
        before,
        "it waits its minute"
    );
    test.clock.advance(SignedDuration::from_mins(2));
    // A restart in between changes nothing.
    runner(&test.again().await, &server).drain().await.unwrap();
    assert_eq!(to(&server.mails(), &address(&test, &lead)), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_refused_for_good_shows_on_the_desk_without_an_address() {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = quiet_team(&mut test, &server).await;
    test.report(CONCERN).await;
    server.refuse("550 5.1.1 nobody here");
    runner(&test.app, &server).drain().await.unwrap();
    let given_up = health::given_up(&test.app, &lead).await.unwrap();
    assert_eq!(
        given_up.iter().map(|job| job.error.as_str()).collect::<Vec<_>>(),
        ["smtp-550"]
    );
}

/// A reply that says "never" and means something else: the mail waits and arrives.
async fn waits_out(reply: &str) {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = quiet_team(&mut test, &server).await;
    test.report(CONCERN).await;
    let before = to(&server.mails(), &address(&test, &lead));
    server.refuse(reply);
    runner(&test.app, &server).drain().await.unwrap();
    assert_eq!(server.refused(), 1);
    assert!(undelivered::list(&test.app, &lead).await.unwrap().is_empty());
    server.accept();
    test.clock.advance(SignedDuration::from_mins(2));
    runner(&test.app, &server).drain().await.unwrap();
    assert_eq!(to(&server.mails(), &address(&test, &lead)), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_wants_to_see_us_twice_sees_us_twice() {
    waits_out("550 5.7.1 Greylisted for five minutes").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_of_ours_loses_no_mail() {
    waits_out("535 5.7.8 Authentication credentials invalid").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_never_gets_through_is_not_tried_for_ever() {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = quiet_team(&mut test, &server).await;
    let (_, case) = test.report(CONCERN).await;
    server.refuse("451 4.3.0 come again");
    for _ in 0..20 {
        runner(&test.app, &server).drain().await.unwrap();
        test.clock.advance(SignedDuration::from_hours(25));
    }
    assert_eq!(server.refused(), 9);
    let mails = undelivered::list(&test.app, &lead).await.unwrap();
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].attempts, mails[0].error.as_str()), (9, "smtp-451"));
    assert_eq!(mails[0].case.clone().map(|(id, _)| id), Some(case));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_a_lead_tries_again_arrives_once() {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = quiet_team(&mut test, &server).await;
    test.report(CONCERN).await;
    server.refuse("550 5.1.1 nobody here");
    runner(&test.app, &server).drain().await.unwrap();
    test.clock.advance(SignedDuration::from_hours(100));
    runner(&test.app, &server).drain().await.unwrap();
    assert_eq!(server.refused(), 1, "it is not tried again by itself");
    server.accept();
    let mails = undelivered::list(&test.app, &lead).await.unwrap();
    let before = to(&server.mails(), &address(&test, &lead));
    undelivered::try_again(&test.app, &lead, mails[0].id)
        .await
        .unwrap();
    for _ in 0..2 {
        runner(&test.app, &server).drain().await.unwrap();
    }
    assert_eq!(to(&server.mails(), &address(&test, &lead)), before + 1);
    assert!(undelivered::list(&test.app, &lead).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_goes_over_tls_where_it_must() {
    let server = SmtpServer::start_with_tls();
    let mut test = TestApp::sqlite().await;
    let team = test.usual_team().await;
    Runner::new(test.app.clone(), Some(mailer(&server, true)))
        .drain()
        .await
        .unwrap();
    test.report(CONCERN).await;
    Runner::new(test.app.clone(), Some(mailer(&server, true)))
        .drain()
        .await
        .unwrap();
    let mails = server.mails();
    // That the team changed when the others joined, and the report.
    assert_eq!(to(&mails, &address(&test, &team[0])), 2);
    assert!(mails.iter().all(|mail| mail.tls));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_for_what_was_already_opened() {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = quiet_team(&mut test, &server).await;
    let before = server.mails().len();
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    runner(&test.app, &server).drain().await.unwrap();
    assert_eq!(server.mails().len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reporter_is_written_to_only_where_they_said_that_it_is_safe() {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = quiet_team(&mut test, &server).await;
    let ways: [(&str, &[(&str, &str)]); 2] = [
        (
            "quiet@reporter.example",
            &[("contact", "email"), ("contact-email", "quiet@reporter.example")],
        ),
        (
            "open@reporter.example",
            &[
                ("contact", "email"),
                ("contact-email", "open@reporter.example"),
                ("safe_to-use_email", "yes"),
            ],
        ),
    ];
    for (_, fields) in ways {
        let (_, case) = test.report(&concern_with(fields)).await;
        test.begin(&lead, case).await;
        let text = "Thank you.".to_owned();
        desk::write(&test.app, &lead, case, desk::new_message_id(), text, Vec::new())
            .await
            .unwrap();
    }
    let folder = test.folder().unwrap().to_owned();
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let clear = bytes.windows(16).any(|window| window == b"reporter.example");
        assert!(!clear, "an address lies in the database in clear");
    }
    runner(&test.app, &server).drain().await.unwrap();
    let mails = server.mails();
    assert_eq!(to(&mails, "quiet@reporter.example"), 0);
    assert_eq!(to(&mails, "open@reporter.example"), 1);
    let mail = mails.iter().find(|mail| mail.to[0].contains("open@")).unwrap();
    assert_eq!(mail.subject(), "You have a message");
    assert!(!mail.text.contains("riverbank"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_was_given_up_does_not_hold_up_the_next_of_its_kind() {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = quiet_team(&mut test, &server).await;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let say = async || {
        let body = safehold_app::report::MessageBody::Text {
            text: "One thing more.".to_owned(),
            files: Vec::new(),
        };
        let id = safehold_app::follow::new_message_id();
        safehold_app::follow::send(&test.app, &visit, id, body)
            .await
            .unwrap();
    };
    say().await;
    server.refuse("550 5.1.1 nobody here");
    runner(&test.app, &server).drain().await.unwrap();
    let before = to(&server.mails(), &address(&test, &lead));
    server.accept();
    say().await;
    runner(&test.app, &server).drain().await.unwrap();
    assert_eq!(to(&server.mails(), &address(&test, &lead)), before + 1);
}

/// Drains a report's notice with this mailer, to which nothing gets through, and later with one that works.
async fn waits_and_arrives(unusable: Mailer) {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = quiet_team(&mut test, &server).await;
    test.report(CONCERN).await;
    let before = to(&server.mails(), &address(&test, &lead));
    Runner::new(test.app.clone(), Some(unusable))
        .drain()
        .await
        .unwrap();
    assert!(health::given_up(&test.app, &lead).await.unwrap().is_empty());
    test.clock.advance(SignedDuration::from_mins(2));
    runner(&test.app, &server).drain().await.unwrap();
    assert_eq!(to(&server.mails(), &address(&test, &lead)), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_waits_while_the_server_is_not_there() {
    const NOBODY_LISTENS: u16 = 1;
    waits_and_arrives(mailer_to(NOBODY_LISTENS, Tls::Loopback, None)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_does_not_go_in_clear_to_a_server_without_tls() {
    let without = SmtpServer::start();
    waits_and_arrives(mailer_to(without.port(), Tls::StartTls, None)).await;
    assert_eq!(without.mails().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_does_not_go_to_a_server_that_nobody_vouches_for() {
    let unknown = SmtpServer::start_with_tls();
    waits_and_arrives(mailer_to(unknown.port(), Tls::StartTls, None)).await;
    assert_eq!(unknown.mails().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_certificates_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, "not a certificate").unwrap();
    let settings = SmtpSettings {
        host: "localhost".to_owned(),
        port: 587,
        tls: Tls::StartTls,
        credentials: None,
        from: "messages@riverbank.example".to_owned(),
        ca_file: Some(file),
    };
    let made = Mailer::new(&settings, Arc::new(Texts::load(None).unwrap()), Lang::En, "");
    let error = made.err().unwrap().to_string();
    assert!(error.contains("`smtp.ca_file` holds no certificate"), "{error}");
}

/// Two processes, each with a runner, and both look again: still one mail.
async fn one_event_is_one_mail(mut test: TestApp) {
    let server = SmtpServer::start();
    let [lead, ..] = quiet_team(&mut test, &server).await;
    let before = to(&server.mails(), &address(&test, &lead));
    test.report(CONCERN).await;
    test.report(CONCERN).await;
    let (one, two) = (runner(&test.app, &server), runner(&test.again().await, &server));
    for _ in 0..2 {
        let (one, two) = tokio::join!(one.drain(), two.drain());
        one.and(two).unwrap();
    }
    assert_eq!(to(&server.mails(), &address(&test, &lead)), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_is_one_mail_on_sqlite() {
    one_event_is_one_mail(TestApp::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_is_one_mail_on_postgres() {
    one_event_is_one_mail(TestApp::postgres().await).await;
}

/// Each stage is found by a process that has just begun, from the clock and the database alone.
async fn a_late_report_is_mailed_to_the_next(mut test: TestApp) {
    let server = SmtpServer::start();
    let [lead, alternate, sponsor, caseworker] = quiet_team(&mut test, &server).await;
    let before = server.mails().len();
    test.report(CONCERN).await;
    for (time, mailed) in [
        ("2026-11-24T10:01:00Z", [1, 0, 0]),
        ("2026-11-25T16:00:00Z", [1, 0, 0]),
        ("2026-11-25T17:01:00Z", [2, 0, 0]),
        ("2026-11-25T23:00:00Z", [2, 0, 0]),
        ("2026-11-26T11:30:00Z", [2, 1, 0]),
        ("2026-11-26T14:30:00Z", [2, 1, 1]),
        ("2026-12-10T12:00:00Z", [2, 1, 1]),
    ] {
        test.clock.set(time);
        runner(&test.again().await, &server).catch_up().await.unwrap();
        let mails = server.mails();
        let got = [&lead, &alternate, &sponsor].map(|reader| to(&mails[before..], &address(&test, reader)));
        assert_eq!(got, mailed, "at {time}");
        assert_eq!(to(&mails[before..], &address(&test, &caseworker)), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_report_is_mailed_to_the_next_on_sqlite() {
    a_late_report_is_mailed_to_the_next(TestApp::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_report_is_mailed_to_the_next_on_postgres() {
    a_late_report_is_mailed_to_the_next(TestApp::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_is_excluded_is_mailed_however_late_it_gets() {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, alternate, sponsor, _] = quiet_team(&mut test, &server).await;
    let before = server.mails().len();
    let named = lead.id.to_string();
    test.report(&concern_with(&[("team_involved", &named)])).await;
    server.refuse("550 5.1.1 nobody here");
    runner(&test.app, &server).drain().await.unwrap();
    server.accept();
    // Not even that a mail to somebody else was given up.
    assert!(health::given_up(&test.app, &lead).await.unwrap().is_empty());
    assert_eq!(health::given_up(&test.app, &alternate).await.unwrap().len(), 1);
    for time in [
        "2026-11-25T17:01:00Z",
        "2026-11-26T14:30:00Z",
        "2026-12-10T12:00:00Z",
    ] {
        test.clock.set(time);
        runner(&test.app, &server).catch_up().await.unwrap();
    }
    let mails = server.mails();
    assert_eq!(to(&mails[before..], &address(&test, &lead)), 0);
    assert_eq!(to(&mails[before..], &address(&test, &alternate)), 1, "a reminder");
    assert_eq!(to(&mails[before..], &address(&test, &sponsor)), 1);
}

/// An invitation goes to whoever is invited, with a link that lets them join, and to nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_takes_its_link_to_the_person_alone() {
    let server = SmtpServer::start();
    let mut test = TestApp::sqlite().await;
    let [lead, alternate, sponsor, _] = quiet_team(&mut test, &server).await;
    let app = test.mailing().await;
    let before = server.mails().len();
    let new = NewMember {
        role: Role::Caseworker,
        name: "Ottoline Fernsby".to_owned(),
        email: "ottoline@riverbank.example".to_owned(),
        phone: String::new(),
    };
    let link = team::invite(&app, &lead, new).await.unwrap();
    assert_eq!(link, team::Link::Mailed);
    runner(&app, &server).drain().await.unwrap();
    let mails = server.mails();
    let new = &mails[before..];
    assert_eq!(to(new, "ottoline@"), 1);
    assert_eq!(to(new, &address(&test, &lead)), 0, "who invites knows");
    for told in [&alternate, &sponsor] {
        assert_eq!(
            to(new, &address(&test, told)),
            1,
            "the others are told that the team changed"
        );
    }
    let (invitations, others): (Vec<_>, Vec<_>) = new.iter().partition(|mail| mail.text.contains("/join?"));
    let [invitation] = invitations.as_slice() else {
        panic!("one mail has the link, not {}", invitations.len());
    };
    assert_eq!(invitation.to, ["ottoline@riverbank.example"]);
    assert_eq!(invitation.subject(), "An invitation");
    let (_, rest) = invitation
        .text
        .split_once("https://safe.riverbank.example/join?token=")
        .unwrap();
    let token = rest.split_whitespace().next().unwrap();
    assert_eq!(team::joining(&app, token).await.unwrap().name, "Ottoline Fernsby");
    assert!(others.iter().all(|mail| !mail.raw.contains(token)));
    for told in ["afeguard", "Marisol", "Ottoline", "aseworker"] {
        assert!(!invitation.raw.contains(told), "the mail says {told}");
    }
    // It went once, and nothing of it is left to send.
    runner(&app, &server).drain().await.unwrap();
    assert_eq!(to(&server.mails(), "ottoline@"), 1);
}
