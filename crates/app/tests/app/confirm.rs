//! Inviting, joining and being confirmed: nobody makes a reader alone.

use safehold_app::{
    App, SecretString, desk,
    desk::{CircleError, Reader},
    notices::Notice,
    queue::{self, About},
    sign_in,
    team::{self, Link, NewMember, TeamError, UserState},
};
use safehold_core::{recipients::CannotRead, roster::Role, trace::TeamStep};
use safehold_testkit::app::{CONCERN, Entrance, PASS, TestApp, shown};

use crate::{
    database::{column, has_wrap, jobs_to, notices},
    looks::listed,
    on_both,
};

on_both![
    a_second_person_confirms_whoever_joins_before_anything_reaches_them,
    the_first_beside_the_lead_has_nobody_to_confirm_them,
    an_invented_administrator_is_no_second_person,
    a_link_goes_by_mail_to_the_person_and_leaves_nothing_behind,
    somebody_invited_anew_holds_nothing_and_is_confirmed_anew,
    every_change_is_listed_with_who_and_what,
];

const EMAIL: &str = "ottoline@riverbank.example";

fn ottoline(role: Role) -> NewMember {
    NewMember {
        role,
        name: "Ottoline Fernsby".to_owned(),
        email: EMAIL.to_owned(),
        phone: String::new(),
    }
}

/// Takes up an invitation, and no more.
async fn take_up(test: &TestApp, token: &str) -> (Entrance, bool) {
    let typed = team::new_totp(EMAIL, "Riverbank").unwrap().typed;
    let totp = safehold_seal::totp::parse_typed(&typed).unwrap();
    let code = test.code(&totp);
    let joined = team::join(&test.app, token, SecretString::from(PASS), &typed, &code)
        .await
        .unwrap();
    let entrance = Entrance {
        email: EMAIL.to_owned(),
        totp,
        recovery_codes: joined.recovery_codes,
    };
    (entrance, joined.waits)
}

async fn member(app: &App, email: &str) -> team::TeamMember {
    let members = team::list(app).await.unwrap();
    members.into_iter().find(|member| member.email == email).unwrap()
}

async fn may_sign_in(test: &TestApp, entrance: &Entrance) -> bool {
    let code = test.code(&entrance.totp);
    sign_in::sign_in(&test.app, &entrance.email, SecretString::from(PASS), &code)
        .await
        .is_ok()
}

async fn may_confirm(test: &TestApp, reader: &Reader) -> bool {
    let members = team::list(&test.app).await.unwrap();
    let waiting = members.iter().find(|member| member.email == EMAIL).unwrap();
    team::may_confirm(reader, waiting, &members)
}

async fn a_second_person_confirms_whoever_joins_before_anything_reaches_them(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let roles = [Role::Alternate, Role::Sponsor, Role::University, Role::Caseworker];
    for (index, role) in roles.into_iter().enumerate() {
        let before = [&alternate, &sponsor].map(|reader| reader.id);
        let link = team::invite(&test.app, &lead, ottoline(role)).await.unwrap();
        let (entrance, waits) = take_up(&test, &shown(link)).await;
        assert!(waits, "{role:?}");
        let new = member(&test.app, EMAIL).await;
        assert_eq!((new.state, new.invited_by), (UserState::Joined, Some(lead.id)));

        // Nothing reaches them: no sign-in, no new report, no opened case, no sharing, no recovery.
        assert!(!may_sign_in(&test, &entrance).await);
        let (_, case) = test.report(CONCERN).await;
        test.begin(&lead, case).await;
        desk::open(&test.app, &lead, case).await.unwrap();
        assert!(!has_wrap(&test, case, new.id).await);
        let shared = desk::share(&test.app, &lead, case, new.id, String::new()).await;
        assert!(matches!(shared, Err(CircleError::CannotRead(CannotRead::NoKey))));

        // Those who could notice are told, once while they have not looked, and who did it is not.
        for told in before {
            assert!(notices(&test, told, "team_changed").await >= 1, "{role:?}");
        }
        assert_eq!(notices(&test, caseworker.id, "team_changed").await, 0);

        // Neither who invited them nor somebody without a say.
        assert!(!may_confirm(&test, &lead).await);
        let refused = team::confirm(&test.app, &lead, new.id).await;
        assert!(matches!(refused, Err(TeamError::SecondPerson)));
        let refused = team::confirm(&test.app, &caseworker, new.id).await;
        assert!(matches!(refused, Err(TeamError::Role)));
        let second = if index % 2 == 0 { &alternate } else { &sponsor };
        assert!(may_confirm(&test, second).await);
        team::confirm(&test.app, second, new.id).await.unwrap();
        let twice = team::confirm(&test.app, &alternate, new.id).await;
        assert!(matches!(twice, Err(TeamError::NoMember)));

        assert_eq!(notices(&test, new.id, "confirmed").await, index + 1);
        assert!(may_sign_in(&test, &entrance).await);
        team::leave(&test.app, second, new.id).await.unwrap();
        test.clock.advance(jiff::SignedDuration::from_secs(60));
    }
}

async fn the_first_beside_the_lead_has_nobody_to_confirm_them(mut test: TestApp) {
    let readers = test.team(&[(Role::Lead, "Marisol Penhale")]).await;
    let lead = readers.first().unwrap();
    let link = team::invite(&test.app, lead, ottoline(Role::Alternate))
        .await
        .unwrap();
    let (entrance, waits) = take_up(&test, &shown(link)).await;
    assert!(!waits, "there is nobody");
    assert_eq!(member(&test.app, EMAIL).await.state, UserState::Active);
    test.clock.advance(jiff::SignedDuration::from_secs(60));
    let alternate = test.sign_in(&entrance).await;

    // From the next on there is somebody. If they go before they have, whoever invited is left again.
    let third = NewMember {
        email: "third@riverbank.example".to_owned(),
        ..ottoline(Role::Sponsor)
    };
    let token = shown(team::invite(&test.app, lead, third).await.unwrap());
    assert!(take_up(&test, &token).await.1);
    let third = member(&test.app, "third@riverbank.example").await.id;
    let refused = team::confirm(&test.app, lead, third).await;
    assert!(matches!(refused, Err(TeamError::SecondPerson)));
    team::leave(&test.app, &alternate, alternate.id).await.unwrap();
    team::confirm(&test.app, lead, third).await.unwrap();
}

async fn an_invented_administrator_is_no_second_person(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let administrator = test.join(&lead, Role::Administrator, "Ada Millrace").await;
    let link = team::invite(&test.app, &lead, ottoline(Role::Alternate))
        .await
        .unwrap();
    take_up(&test, &shown(link)).await;
    let waiting = member(&test.app, EMAIL).await.id;
    assert!(!may_confirm(&test, &administrator).await);
    let refused = team::confirm(&test.app, &administrator, waiting).await;
    assert!(matches!(refused, Err(TeamError::Role)));
    // Whoever waits does not confirm themselves or others either: they cannot sign in.
    assert_eq!(member(&test.app, EMAIL).await.state, UserState::Joined);
}

async fn a_link_goes_by_mail_to_the_person_and_leaves_nothing_behind(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let app = test.mailing().await;
    // What joining the others left in the queue.
    for errand in queue::take_due(&app).await.unwrap() {
        queue::done(&app, errand.job).await.unwrap();
    }
    let link = team::invite(&app, &lead, ottoline(Role::Caseworker))
        .await
        .unwrap();
    assert_eq!(link, Link::Mailed, "whoever invites does not see it");
    let invitations = async || {
        let mut errands = queue::take_due(&app).await.unwrap();
        errands.retain(|errand| errand.about == About::Member(Notice::Invited));
        errands
    };
    let first = invitations().await.pop().unwrap();
    assert_eq!(first.address, EMAIL);
    let token = first.token.unwrap();
    assert_eq!(
        team::joining(&app, &token).await.unwrap().name,
        "Ottoline Fernsby"
    );
    let sealed = "SELECT id FROM jobs WHERE body_sealed IS NOT NULL";
    assert_eq!(column(&test, sealed).await.len(), 1);
    let new = member(&app, EMAIL).await.id;
    assert!(
        jobs_to(&test, new)
            .await
            .iter()
            .all(|job| !job.contains(token.as_str()))
    );

    // A newer link replaces it: the old mail, if it still waits, is not sent any more.
    queue::again(&app, first.job, app.now(), "smtp-451".to_owned())
        .await
        .unwrap();
    assert_eq!(team::invite_again(&app, &lead, new).await.unwrap(), Link::Mailed);
    let newer = invitations().await;
    assert_eq!(newer.len(), 1, "one of them leads nowhere");
    assert!(team::joining(&app, &token).await.is_err());
    queue::give_up(&app, newer[0].job, "smtp-550".to_owned())
        .await
        .unwrap();
    assert!(
        column(&test, sealed).await.is_empty(),
        "given up, and still there"
    );

    // The link to somebody who was in the team goes to them alone, too, so that two people suffice.
    let link = team::invite_again(&app, &lead, alternate.id).await.unwrap();
    assert_eq!(link, Link::Mailed);
    let sent = invitations().await.pop().unwrap();
    assert_eq!(sent.address, test.entrances[&alternate.id].email);
    queue::done(&app, sent.job).await.unwrap();
    assert!(column(&test, sealed).await.is_empty(), "sent, and still there");
}

async fn somebody_invited_anew_holds_nothing_and_is_confirmed_anew(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let keys = "SELECT name FROM users WHERE public_key IS NOT NULL OR lock_sealed IS NOT NULL ORDER BY name";
    assert_eq!(column(&test, keys).await.len(), 4);
    let token = shown(team::invite_again(&test.app, &lead, alternate.id).await.unwrap());
    team::leave(&test.app, &lead, caseworker.id).await.unwrap();
    assert_eq!(
        column(&test, keys).await,
        ["Imelda Quillfeather", "Marisol Penhale"]
    );

    let typed = team::new_totp(EMAIL, "Riverbank").unwrap().typed;
    let totp = safehold_seal::totp::parse_typed(&typed).unwrap();
    let pass = SecretString::from(PASS);
    let joined = team::join(&test.app, &token, pass, &typed, &test.code(&totp))
        .await
        .unwrap();
    assert!(joined.waits, "whoever has the link could be anybody");
    let (_, case) = test.report(CONCERN).await;
    assert!(!has_wrap(&test, case, alternate.id).await);
    team::confirm(&test.app, &sponsor, alternate.id).await.unwrap();
    let (_, case) = test.report(CONCERN).await;
    assert!(has_wrap(&test, case, alternate.id).await);
    assert!(listed(&test.app, &lead).await.contains(&case));
}

async fn every_change_is_listed_with_who_and_what(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let link = team::invite(&test.app, &lead, ottoline(Role::University))
        .await
        .unwrap();
    test.tick();
    take_up(&test, &shown(link)).await;
    let new = member(&test.app, EMAIL).await.id;
    test.tick();
    team::confirm(&test.app, &alternate, new).await.unwrap();
    test.tick();
    let day = "2026-12-01".parse().unwrap();
    team::add_absence(&test.app, &sponsor, alternate.id, day, day)
        .await
        .unwrap();
    test.tick();
    team::leave(&test.app, &sponsor, new).await.unwrap();

    let changes = team::changes(&test.app, &lead).await.unwrap();
    let latest: Vec<_> = changes
        .iter()
        .take(5)
        .map(|change| {
            (
                change.by.as_deref(),
                change.step,
                change.member.as_str(),
                change.role,
            )
        })
        .collect();
    let (fern, uni) = ("Ottoline Fernsby", Role::University);
    assert_eq!(
        latest,
        [
            (Some("Imelda Quillfeather"), TeamStep::Left, fern, uni),
            (
                Some("Imelda Quillfeather"),
                TeamStep::AwayNoted,
                "Tunde Ashgrove",
                Role::Alternate
            ),
            (Some("Tunde Ashgrove"), TeamStep::Confirmed, fern, uni),
            (Some(fern), TeamStep::Joined, fern, uni),
            (Some("Marisol Penhale"), TeamStep::Invited, fern, uni),
        ]
    );
    assert!(changes.windows(2).all(|pair| pair[0].at >= pair[1].at));
    let first = changes.last().unwrap();
    assert_eq!(
        (first.step, first.role),
        (TeamStep::JoinedUnconfirmed, Role::Lead)
    );
    let refused = team::changes(&test.app, &caseworker).await;
    assert!(matches!(refused.err(), Some(TeamError::Role)));
}
