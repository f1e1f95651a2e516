//! Who knows of a request, what each of them finds, and that others learn nothing of it.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use safehold_app::{
    desk::{
        DeskError,
        export::{self, Wanted},
        requests::{self, New, RequestError},
    },
    sign_in,
    team::{self, TeamError},
};
use safehold_core::{
    id::CaseId,
    rights::{Mark, Step},
    roster::Role,
};
use safehold_testkit::app::{TestApp, owned};

use super::{ANSWER, FIELDS, cases, found, open, take, take_down};
use crate::{
    database::{bytes, column, count, notices},
    export::{agreed, enter, everywhere, layer, write},
    on_both,
};

on_both![
    for_whoever_is_not_to_know_of_it_there_is_no_request,
    each_finds_the_person_in_their_own_cases_and_nobody_sees_what_others_found,
    a_copy_for_a_request_is_shown_with_it_to_those_who_can_open_the_case,
    a_request_is_not_left_with_nobody_who_can_open_it,
    nothing_of_a_request_lies_in_clear,
];

async fn for_whoever_is_not_to_know_of_it_there_is_no_request(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let id = take_down(&test.app, &lead, &[alternate.id]).await;
    assert_eq!(notices(&test, alternate.id, "request").await, 0);
    assert!(requests::list(&test.app, &alternate).await.unwrap().is_empty());
    let unknown = requests::new_id();
    for id in [id, unknown] {
        let not_found = |error: DeskError| matches!(error, DeskError::NotFound);
        assert!(
            requests::open(&test.app, &alternate, id)
                .await
                .is_err_and(not_found)
        );
        assert!(
            requests::look(&test.app, &alternate, id)
                .await
                .is_err_and(not_found)
        );
        assert!(
            requests::released_from(&test.app, &alternate, id)
                .await
                .is_err_and(not_found)
        );
        let marked = requests::mark(&test.app, &alternate, id, &[], true).await;
        assert!(marked.is_err_and(not_found));
        let note = owned(&[("rights_note", "x")]);
        let taken = requests::take(&test.app, &alternate, id, Step::Note, &note, 1).await;
        assert!(
            matches!(taken, Err(RequestError::Desk(DeskError::NotFound))),
            "{taken:?}"
        );
    }
    for role in [
        requests::open(&test.app, &caseworker, id).await.map(drop),
        requests::list(&test.app, &caseworker).await.map(drop),
        requests::look(&test.app, &caseworker, id).await.map(drop),
    ] {
        assert!(matches!(role, Err(DeskError::Role)), "{role:?}");
    }
    // Nobody gives it to them later, or to somebody whose role has no requests.
    let opened = open(&test.app, &sponsor, id).await;
    assert!(opened.could_give.is_empty());
    assert_eq!(opened.not_for, ["Tunde Ashgrove"]);
    for who in [alternate.id, caseworker.id] {
        let to = who.to_string();
        let fields = [("rights_reader", to.as_str()), ("rights_give_why", "Help.")];
        let given = take(&test.app, &lead, id, Step::Give, &fields).await;
        assert!(matches!(given, Err(RequestError::Record(_))), "{given:?}");
    }
    // Somebody who joins later is given it by a reader.
    let officer = test.join(&lead, Role::DataProtection, "Ines Farthing").await;
    assert!(requests::open(&test.app, &officer, id).await.is_err());
    let to = officer.id.to_string();
    let fields = [
        ("rights_reader", to.as_str()),
        ("rights_give_why", "It is their work."),
    ];
    take(&test.app, &lead, id, Step::Give, &fields).await.unwrap();
    assert_eq!(open(&test.app, &officer, id).await.readers.len(), 3);

    // Whoever is named as the person is left out without a word, and takes nothing down about themselves.
    let mut about = owned(FIELDS);
    about.retain(|(name, _)| name != "rights_who");
    about.push(("rights_who".to_owned(), "tunde ashgrove".to_owned()));
    let new = |id| New {
        id,
        input: &about,
        not_for: BTreeSet::new(),
    };
    let own = requests::take_down(&test.app, &alternate, new(requests::new_id())).await;
    assert!(matches!(own, Err(RequestError::Yourself)), "{own:?}");
    let second = requests::take_down(&test.app, &lead, new(requests::new_id()))
        .await
        .unwrap();
    let error = requests::open(&test.app, &alternate, second).await.err();
    assert!(matches!(error, Some(DeskError::NotFound)));
}

async fn each_finds_the_person_in_their_own_cases_and_nobody_sees_what_others_found(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let [own, shared] = cases(&test, &lead, &alternate).await;
    let id = take_down(&test.app, &lead, &[]).await;
    let mut both = [(own, None), (shared, None)];
    both.sort();
    assert_eq!(found(&test.app, &lead, id).await, both);
    assert_eq!(found(&test.app, &alternate, id).await, [(shared, None)]);

    requests::mark(
        &test.app,
        &lead,
        id,
        &[(own, Mark::Unsure), (shared, Mark::About)],
        false,
    )
    .await
    .unwrap();
    requests::mark(&test.app, &lead, id, &[(own, Mark::About)], true)
        .await
        .unwrap();
    let marked = found(&test.app, &lead, id).await;
    assert!(
        marked.iter().all(|(_, mark)| *mark == Some(Mark::About)),
        "{marked:?}"
    );
    // The other sees that the lead is done, and nothing of what they found.
    assert_eq!(found(&test.app, &alternate, id).await, [(shared, None)]);
    let readers = open(&test.app, &alternate, id).await.readers;
    let done: Vec<_> = readers
        .iter()
        .map(|reader| (reader.who.id, reader.done_at.is_some()))
        .collect();
    assert!(
        done.contains(&(lead.id, true)) && done.contains(&(alternate.id, false)),
        "{done:?}"
    );
    assert!(
        requests::released_from(&test.app, &alternate, id)
            .await
            .unwrap()
            .is_empty()
    );
    let mut into: Vec<_> = requests::released_from(&test.app, &lead, id).await.unwrap();
    into.sort_by_key(|into| into.case);
    assert_eq!(
        into.iter().map(|into| into.case).collect::<Vec<_>>(),
        both.map(|(case, _)| case)
    );
    // A case that is not on one's desk can't be marked, whether it is there or not.
    let unknown = CaseId::from_random([9; 16]);
    requests::mark(
        &test.app,
        &alternate,
        id,
        &[(own, Mark::About), (unknown, Mark::About)],
        false,
    )
    .await
    .unwrap();
    assert!(
        requests::released_from(&test.app, &alternate, id)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn a_copy_for_a_request_is_shown_with_it_to_those_who_can_open_the_case(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let [_, shared] = cases(&test, &lead, &alternate).await;
    let id = take_down(&test.app, &lead, &[sponsor.id]).await;
    let content = layer(vec![everywhere("Zoë")]);
    let layer = agreed(&test, shared, &lead, &alternate, content).await;
    let wanted = |request| Wanted {
        purpose: "For the person".to_owned(),
        layers: vec![layer],
        pass: None,
        request,
    };
    let me = enter(&test, &sponsor).await;
    let stranger = export::make(&test.app, &me, shared, wanted(Some(id)), write).await;
    assert!(stranger.is_err(), "whoever has not the case makes no copy of it");
    let me = enter(&test, &alternate).await;
    let unknown = export::make(&test.app, &me, shared, wanted(Some(requests::new_id())), write).await;
    assert!(
        matches!(unknown, Err(export::MakeError::Desk(DeskError::NotFound))),
        "{unknown:?}"
    );
    export::make(&test.app, &me, shared, wanted(None), write)
        .await
        .unwrap();
    test.tick();
    let copy = export::make(&test.app, &me, shared, wanted(Some(id)), write)
        .await
        .unwrap();
    for reader in [&lead, &alternate] {
        requests::mark(&test.app, reader, id, &[(shared, Mark::About)], true)
            .await
            .unwrap();
        let [into] = requests::released_from(&test.app, reader, id)
            .await
            .unwrap()
            .try_into()
            .ok()
            .unwrap();
        assert_eq!((into.layers_agreed, into.layers_waiting), (1, 0));
        let copies: Vec<_> = into.copies.iter().map(|copy| copy.id).collect();
        assert_eq!(copies, [copy]);
    }
}

async fn a_request_is_not_left_with_nobody_who_can_open_it(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let id = take_down(&test.app, &lead, &[sponsor.id]).await;
    team::leave(&test.app, &lead, alternate.id).await.unwrap();
    assert_eq!(count(&test, "rights_keys").await, 1);
    let last = team::leave(&test.app, &lead, lead.id).await;
    assert!(matches!(last, Err(TeamError::OnlyReader)), "{last:?}");
    let officer = test.join(&lead, Role::DataProtection, "Ines Farthing").await;
    let to = officer.id.to_string();
    let fields = [("rights_reader", to.as_str()), ("rights_give_why", "I leave.")];
    take(&test.app, &lead, id, Step::Give, &fields).await.unwrap();
    team::leave(&test.app, &lead, lead.id).await.unwrap();
    assert_eq!(open(&test.app, &officer, id).await.readers.len(), 1);
}

async fn nothing_of_a_request_lies_in_clear(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let id = take_down(&test.app, &lead, &[]).await;
    take(&test.app, &lead, id, Step::Answer, ANSWER).await.unwrap();
    requests::mark(&test.app, &lead, id, &[], true).await.unwrap();
    let sealed = [
        bytes(&test, "SELECT body_sealed FROM rights_entries").await,
        bytes(&test, "SELECT key_sealed FROM rights_keys").await,
        bytes(&test, "SELECT body_sealed FROM rights_looks").await,
    ]
    .concat();
    assert!(sealed.len() >= 6);
    for word in ["Quentin", "access", "given", "About", "rights_"] {
        let found = sealed
            .iter()
            .any(|bytes| bytes.windows(word.len()).any(|window| window == word.as_bytes()));
        assert!(!found, "{word}");
    }
    let jobs = column(&test, "SELECT payload FROM jobs").await;
    assert!(jobs.iter().all(|job| !job.contains(&id.to_string())), "{jobs:?}");
    // Somebody whose session ended opens it anew with the same key.
    let entrance = &test.entrances[&lead.id];
    test.clock.advance(SignedDuration::from_secs(31));
    let code = test.code(&entrance.totp);
    let pass = safehold_app::SecretString::from(safehold_testkit::app::PASS);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, pass, &code)
        .await
        .unwrap();
    let me = sign_in::resume(&test.app, &cookie.expose())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(open(&test.app, &me.reader, id).await.view.who, "Quentin Marlowe");
}
