//! Somebody has a copy of the database, or kept a key that was theirs.

use safehold_app::{desk, follow, report::MessageBody, sign_in};
use safehold_core::case::Action;
use safehold_seal::{
    Context, Lock, ReaderSecret, Sealed, SecretString, SessionCookie, SymmetricKey, UserSecrets, open_body,
    unwrap_key,
};
use safehold_testkit::app::{CONCERN, PASS, TestApp};

use crate::{
    database::{bytes, column},
    on_both,
};

on_both![
    a_key_that_somebody_kept_opens_nothing_that_came_after_they_were_excluded,
    a_session_in_a_copied_database_opens_nothing,
];

/// The key of a member, as they themselves could take it out of the program.
async fn own_key(test: &TestApp, id: safehold_core::id::UserId) -> ReaderSecret {
    let lock = bytes(test, &format!("SELECT lock_sealed FROM users WHERE id = '{id}'")).await;
    let lock = Sealed::from_bytes(lock[0].clone());
    let (secrets, _): (UserSecrets, SymmetricKey) = Lock::open(&SecretString::from(PASS), &lock).unwrap();
    ReaderSecret::from_bytes(*secrets.reader.expose())
}

async fn a_key_that_somebody_kept_opens_nothing_that_came_after_they_were_excluded(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    desk::share(&test.app, &lead, case, alternate.id, "Helps.".into())
        .await
        .unwrap();
    let secret = own_key(&test, alternate.id).await;
    let id = alternate.id;
    let wraps = bytes(
        &test,
        &format!("SELECT wrap_sealed FROM key_wraps WHERE case_id = '{case}' AND holder = '{id}'"),
    )
    .await;
    let context = Context::new("case-key", &[&case.to_string(), "1", &id.to_string()]);
    let old_key = unwrap_key(&secret, &context, &Sealed::from_bytes(wraps[0].clone())).unwrap();
    let report = bytes(
        &test,
        &format!("SELECT body_sealed FROM reports WHERE case_id = '{case}'"),
    )
    .await;
    let context = Context::new("report", &[&case.to_string()]);
    assert!(
        open_body(&old_key, &context, &Sealed::from_bytes(report[0].clone())).is_ok(),
        "what was theirs opens with the key they took out, so the test looks at the right one"
    );

    desk::exclude(&test.app, &lead, case, alternate.id, "Close to it.".into())
        .await
        .unwrap();
    let body = MessageBody::Text {
        text: "After.".to_owned(),
        files: Vec::new(),
    };
    follow::send(&test.app, &visit, follow::new_message_id(), body)
        .await
        .unwrap();
    desk::write(
        &test.app,
        &lead,
        case,
        desk::new_message_id(),
        "Answer.".into(),
        Vec::new(),
    )
    .await
    .unwrap();
    test.act(&lead, case, Action::Note, &[("note", "After.")])
        .await
        .unwrap();
    for (table, kind) in [("messages", "message"), ("events", "event")] {
        let of = format!("FROM {table} WHERE case_id = '{case}' AND epoch > 1 ORDER BY id");
        let ids = column(&test, &format!("SELECT id {of}")).await;
        assert!(!ids.is_empty(), "nothing came after");
        for (row, sealed) in ids
            .iter()
            .zip(bytes(&test, &format!("SELECT body_sealed {of}")).await)
        {
            let context = match kind {
                "message" => Context::new("message", &[&case.to_string(), row]),
                _ => Context::new("event", &[&case.to_string(), row]),
            };
            assert!(open_body(&old_key, &context, &Sealed::from_bytes(sealed)).is_err());
        }
    }
    // Nor does any wrap in the case open with their own key, whoever it says that it is for.
    let of = format!("FROM key_wraps WHERE case_id = '{case}' ORDER BY epoch, holder");
    let holders = column(&test, &format!("SELECT holder {of}")).await;
    let epochs = column(&test, &format!("SELECT CAST(epoch AS TEXT) {of}")).await;
    let wraps = bytes(&test, &format!("SELECT wrap_sealed {of}")).await;
    for ((holder, epoch), wrap) in holders.iter().zip(&epochs).zip(wraps) {
        for holder in [holder, &id.to_string()] {
            let context = Context::new("case-key", &[&case.to_string(), epoch, holder]);
            assert!(unwrap_key(&secret, &context, &Sealed::from_bytes(wrap.clone())).is_err());
        }
    }
}

async fn a_session_in_a_copied_database_opens_nothing(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let entrance = test.entrances[&lead.id].clone();
    test.clock.advance(jiff::SignedDuration::from_secs(60));
    let code = test.code(&entrance.totp);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, SecretString::from(PASS), &code)
        .await
        .unwrap();
    let cookie = cookie.expose();
    let seed = *own_key(&test, lead.id).await.expose();
    let id = lead.id;
    let rows = [
        bytes(
            &test,
            &format!("SELECT id_hash FROM sessions WHERE user_id = '{id}'"),
        )
        .await,
        bytes(
            &test,
            &format!("SELECT key_sealed FROM sessions WHERE user_id = '{id}'"),
        )
        .await,
    ];
    assert_eq!(rows[0].len(), 2, "the first sign-in and this one");
    let context = Context::new("session", &[&id.to_string()]);
    for hash in &rows[0] {
        // All that the copy holds to try with is the hash.
        assert!(
            !hash
                .windows(16)
                .any(|part| cookie.as_bytes().windows(16).any(|own| own == part))
        );
        use_as_cookie(&test, hash, &context, &rows[1]).await;
    }
    for sealed in &rows[1] {
        assert!(
            !sealed.windows(32).any(|part| part == seed),
            "the key lies in clear"
        );
    }
}

async fn use_as_cookie(test: &TestApp, hash: &[u8], context: &Context, sealed: &[Vec<u8>]) {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
    let text = BASE64.encode(hash);
    assert!(sign_in::resume(&test.app, &text).await.unwrap().is_none());
    let as_cookie = SessionCookie::parse(&text).unwrap();
    for sealed in sealed {
        let opened = as_cookie.open_reader(context, &Sealed::from_bytes(sealed.clone()));
        assert!(opened.is_err());
    }
}
