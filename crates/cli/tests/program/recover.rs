//! `safehold recover` with shares: as an operator with the holders beside them meets it.

use safehold::wiring;
use safehold_app::{
    SecretString, Zeroizing,
    desk::{self, CaseFilter},
    recovery::{self, Asking, Plan, Printed},
    team,
};
use safehold_core::trace::RecoveryStep;
use safehold_seal::{LockParams, totp};

use crate::{Running, config, fed, number, signed_in, text};

const NEW_PASS: &str = "copper lanterns drift over wet slates";
const LEAD: &str = "marisol@riverbank.example";
const ALTERNATE: &str = "tunde@riverbank.example";

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "from losing everything to signing in")]
async fn somebody_is_let_in_again_where_no_lead_can_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start("demo", folder.path(), &[]);
    running.signal("-TERM");
    let whole = running.printed.lines().last().unwrap().trim().to_owned();
    let program = wiring::program(&config(folder.path()), LockParams::weak_for_tests())
        .await
        .unwrap();
    let app = &program.app;
    let lead = signed_in(app, &running.printed, LEAD).await;
    let before = desk::list(app, &lead, &CaseFilter::default(), None, 50)
        .await
        .unwrap()
        .total;
    let plan = Plan::Shares {
        needed: 2,
        holders: ["Petra Loom", "Amos Reedbank", "Celia Hallow"]
            .map(str::to_owned)
            .into(),
    };
    let typed = [Zeroizing::new(whole.clone())];
    let Ok(Printed::Shares { shares, .. }) = recovery::begin(app, &lead, &typed, &plan, "Three now.").await
    else {
        unreachable!("the present key was typed")
    };
    let shares: Vec<_> = shares.into_iter().map(|share| share.text).collect();
    recovery::confirm(app, &lead, &shares[..2]).await.unwrap();

    // The lead lost everything, and asks.
    let secret_text = team::new_totp(LEAD, "Riverbank").unwrap().typed;
    let secret = totp::parse_typed(&secret_text).unwrap();
    let code = totp::code_at(&secret, app.now().as_second()).unwrap();
    let asking = Asking {
        email: LEAD.to_owned(),
        pass: SecretString::from(NEW_PASS),
        typed_secret: secret_text.to_string(),
        code,
    };
    let letters = recovery::ask(app, asking).await.unwrap().letters.to_string();
    app.store().quiesce().await;

    let both = format!("{}\n{}\n", shares[1].as_str(), shares[2].as_str());
    let arguments = |letters: &str| {
        [
            "recover",
            "--to",
            LEAD,
            "--why",
            "No lead can sign in.",
            "--letters",
            letters,
        ]
        .map(str::to_owned)
    };
    let run = |letters: &str, input: &str| {
        let arguments = arguments(letters);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        fed(folder.path(), &arguments, input)
    };
    let slip = both.replacen("SHARE-1 ", "SHARE-1 0", 1);
    for (letters, input, why) in [
        (letters.as_str(), shares[0].as_str(), "2 shares are needed"),
        (letters.as_str(), "", "2 shares are needed"),
        (
            letters.as_str(),
            slip.as_str(),
            "number 1 of what was typed has 65 letters and digits",
        ),
        (
            letters.as_str(),
            whole.as_str(),
            "is a whole key where shares are in use",
        ),
        ("0000-0000", both.as_str(), "do not go on"),
        ("nonsense letters", both.as_str(), "eight letters"),
    ] {
        let refused = run(letters, input);
        let said = text(&refused);
        assert!(refused.status.code() == Some(1) && said.contains(why), "{said}");
        // Nothing of what was typed is said.
        assert!(
            shares.iter().all(|share| !said.contains(&share[20..40])),
            "{said}"
        );
    }
    let without_reason = fed(folder.path(), &["recover", "--to", LEAD], &both);
    assert!(!without_reason.status.success() && text(&without_reason).contains("--why"));
    let blank = fed(folder.path(), &["recover", "--to", LEAD, "--why", " "], &both);
    assert!(text(&blank).contains("a reason is needed"), "{}", text(&blank));

    let done = run(&letters, &both);
    assert!(done.status.success(), "{}", text(&done));
    assert!(
        text(&done).contains("Marisol Penhale has keys to"),
        "{}",
        text(&done)
    );
    let asks = number(folder.path(), "SELECT COUNT(*) FROM recovery_asks").await;
    assert_eq!(asks, 0);

    // The new pass phrase is theirs, with all that was on their desk, and everybody else is told.
    let program = wiring::program(&config(folder.path()), LockParams::weak_for_tests())
        .await
        .unwrap();
    let app = &program.app;
    let code = totp::code_at(&secret, app.now().as_second()).unwrap();
    let cookie = safehold_app::sign_in::sign_in(app, LEAD, SecretString::from(NEW_PASS), &code)
        .await
        .unwrap();
    let session = safehold_app::sign_in::resume(app, &cookie.expose())
        .await
        .unwrap();
    let back = session.unwrap().reader;
    let listed = desk::list(app, &back, &CaseFilter::default(), None, 50)
        .await
        .unwrap();
    assert_eq!(listed.total, before);
    let alternate = signed_in(app, &running.printed, ALTERNATE).await;
    let notes = recovery::notes(app, &alternate).await.unwrap();
    let note = notes
        .iter()
        .find(|note| note.step == RecoveryStep::LetIn)
        .unwrap();
    assert_eq!(
        (note.why.as_str(), note.by.as_deref()),
        ("No lead can sign in.", None)
    );
    assert_eq!(
        recovery::uses(app, &alternate).await.unwrap()[0].step,
        RecoveryStep::LetIn
    );
    app.store().quiesce().await;
}
