//! Marked words go through the real program, with all that it keeps and sends beside it: database, write-ahead log,
//! copy, log, temporary files, mails. They are found in none of them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use safehold_core::{
    case::{Action, Field, FieldKind},
    record::Kind,
};
use safehold_testkit::{
    browser::Browser,
    browser::Reads,
    smtp::{Mail, SmtpServer},
};

use crate::{Running, of_person, safehold, text};

/// Every mark begins and ends like this, in whatever letters.
const BEGINS: &str = "mark";
const ENDS: &str = "qx";

#[tokio::test(flavor = "multi_thread")]
async fn marked_words_are_in_no_file_log_or_mail() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let temporary = folder.path().join("temporary");
    for made in [&data, &temporary] {
        fs::create_dir(made).unwrap();
    }
    let mail = SmtpServer::start();
    let port = mail.port().to_string();
    let environment = [
        ("SAFEHOLD_LOG", "debug"),
        ("SAFEHOLD_SMTP__HOST", "127.0.0.1"),
        ("SAFEHOLD_SMTP__PORT", port.as_str()),
        ("SAFEHOLD_SMTP__TLS", "none"),
        ("SAFEHOLD_SMTP__FROM", "messages@riverbank.example"),
        ("TMPDIR", temporary.to_str().unwrap()),
    ];
    let running = Running::start_in("demo", &data, &[], &environment);
    no_core_dumps(running.id());
    let mut secrets = Vec::new();
    let number = reported(&running, &mut secrets).await;
    worked_on(&running, &number, &mut secrets).await;
    what_goes_wrong(&running).await;

    let copy = folder.path().join("copy.db");
    let made = safehold(&data, &["backup", copy.to_str().unwrap()]);
    assert!(made.status.success(), "{}", text(&made));
    let to_reporter = |mail: &Mail| mail.to.iter().any(|to| to.contains(BEGINS));
    let mut mails = Vec::new();
    // The runner looks every few seconds.
    for _ in 0..600 {
        mails = mail.mails();
        if mails.iter().any(to_reporter) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(
        mails.iter().any(to_reporter),
        "the reporter asked for mail and said that it is safe"
    );

    let mut files = Vec::new();
    all_files(folder.path(), &mut files);
    for name in ["safehold.db", "safehold.db-wal", "copy.db", "program.log"] {
        assert!(files.iter().any(|path| path.ends_with(name)), "{files:?}");
    }
    for path in &files {
        let name = path.display().to_string();
        let kept = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        no_mark(&format!("{name}\n{kept}"), &name);
        for secret in &secrets {
            assert!(!kept.contains(secret.as_str()), "{secret} is in {name}");
        }
    }
    let log = fs::read_to_string(data.join("program.log")).unwrap();
    assert!(
        !log.contains("riverbank.example"),
        "an address of a person is logged"
    );
    for mail in mails {
        // It has to name who it is for.
        let headers: Vec<_> = mail
            .headers
            .iter()
            .filter(|(name, _)| !name.eq_ignore_ascii_case("to"))
            .collect();
        no_mark(&format!("{headers:?} {}", mail.text), "a mail");
        for secret in &secrets {
            assert!(!mail.text.contains(secret.as_str()), "{secret} is in a mail");
        }
    }
}

/// No word in a text begins and ends as a mark does.
fn no_mark(text: &str, place: &str) {
    let text = text.to_lowercase();
    for (at, _) in text.match_indices(BEGINS) {
        let rest = text.get(at..).unwrap_or_default();
        let word: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(!word.ends_with(ENDS), "{word} is in {place}");
    }
}

fn no_core_dumps(process: u32) {
    let limits = fs::read_to_string(format!("/proc/{process}/limits")).unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max core file size"));
    let words: Vec<_> = line.expect("the limit").split_whitespace().collect();
    assert_eq!(words.get(4..6), Some(["0", "0"].as_slice()));
}

fn all_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_files(&path, into);
        } else {
            into.push(path);
        }
    }
}

/// A draft that stays one, and a report with a file, a message and other wishes. Answers its number.
async fn reported(running: &Running, secrets: &mut Vec<String>) -> String {
    let mut draft = Browser::new(running.address());
    draft.write("MARKdraftQX", Reads::EachPage).await.unwrap();
    draft
        .post_file(
            "/report/files/files",
            &[],
            ("MARKdraftnameQX.txt", b"MARKdraftfileQX"),
        )
        .await
        .unwrap()
        .to()
        .unwrap();
    secrets.push(draft.words().await.unwrap());
    secrets.push(cookie_value(&draft));

    let mut browser = Browser::new(running.address());
    let answers = [
        ("enough", "more"),
        ("what_happened", "MARKaccountQX"),
        ("name", "MARKnameQX"),
        ("contact", "email"),
        ("contact-email", "markmailqx@reporter.example"),
        ("safe_to-use_email", "yes"),
        ("must_not", "MARKmustnotQX"),
        ("should_change", "MARKchangeQX"),
        ("where_happened", "MARKplaceQX"),
    ];
    browser.write_with(&answers, Reads::EachPage).await.unwrap();
    browser
        .post_file(
            "/report/files/files",
            &[],
            ("MARKfilenameQX.txt", b"MARKfileQX and more"),
        )
        .await
        .unwrap()
        .to()
        .unwrap();
    secrets.push(browser.words().await.unwrap());
    secrets.push(cookie_value(&browser));
    browser.get("/report/check").await.unwrap();
    browser.press_send().await.unwrap();
    let sent = browser.get("/report/sent").await.unwrap();
    let number = safehold_testkit::browser::number_of(&sent.body).expect("a number");
    browser.get("/follow").await.unwrap();
    browser
        .post_file(
            "/follow/message",
            &[("text", "MARKmessageQX")],
            ("MARKmessagenameQX.txt", b"MARKmessagefileQX"),
        )
        .await
        .unwrap()
        .to()
        .unwrap();
    let page = browser.get("/follow/change/wishes").await.unwrap();
    let id = page.hidden("id").unwrap_or_default().to_owned();
    let wishes = [
        ("id", id.as_str()),
        ("wishes", "MARKotherQX"),
        ("must_not", "MARKothernotQX"),
    ];
    browser
        .post("/follow/change/wishes", &wishes)
        .await
        .unwrap()
        .to()
        .unwrap();
    number
}

/// The lead signs in, begins, notes, decides, writes and invites.
async fn worked_on(running: &Running, number: &str, secrets: &mut Vec<String>) {
    let email = "marisol@riverbank.example";
    let pass = of_person(&running.printed, email, "pass phrase");
    let code = of_person(&running.printed, email, "code now");
    let mut desk = Browser::new(running.address());
    let fields = [("email", email), ("pass", pass), ("code", code)];
    let came = desk.post("/desk/sign-in", &fields).await.unwrap();
    came.to().unwrap();
    secrets.push(cookie_value(&desk));
    let list = desk.get("/desk").await.unwrap();
    let (before, _) = list.body.split_once(number).expect("the report on the desk");
    let (_, id) = before.rsplit_once("/desk/case/").expect("its address");
    let case = format!("/desk/case/{}", id.get(..32).expect("an id"));
    let page = desk.get(&case).await.unwrap();
    let version = page.hidden("version").expect("a version").to_owned();
    let begin = [("version", version.as_str()), ("no_conflict", "yes")];
    desk.post(&format!("{case}/do/begin"), &begin)
        .await
        .unwrap()
        .to()
        .unwrap();
    let full = desk.get(&case).await.unwrap();
    for shown in [
        "MARKaccountQX",
        "MARKnameQX",
        "MARKmessageQX",
        "MARKotherQX",
        "MARKfilenameQX",
    ] {
        assert!(full.body.contains(shown), "{shown} is not on the desk");
    }
    let forms = [Action::Note, Action::SetLevel]
        .map(|action| {
            (
                format!("{case}/do/{}", action.key()),
                action.fields(),
                action.key(),
            )
        })
        .into_iter()
        .chain(
            Kind::ALL
                .iter()
                .map(|kind| (format!("{case}/record/{}", kind.key()), kind.fields(), kind.key())),
        );
    let mut done = 0;
    for (path, fields, of) in forms {
        let version = desk
            .get(&path)
            .await
            .unwrap()
            .hidden("version")
            .unwrap_or_default()
            .to_owned();
        let mut record = filled(fields, of);
        record.push(("version".to_owned(), version));
        let record: Vec<_> = record
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        done += usize::from(desk.post(&path, &record).await.unwrap().status == 303);
    }
    assert!(done >= 5, "only {done} of the actions and records were taken");
    assert!(
        desk.get(&case).await.unwrap().body.contains("MARKnote0QX"),
        "the note is on the desk"
    );
    let path = format!("{case}/write");
    let message = desk
        .get(&path)
        .await
        .unwrap()
        .hidden("message")
        .expect("an id")
        .to_owned();
    desk.post_file(
        &path,
        &[("message", &message), ("text", "MARKanswerQX")],
        ("MARKanswernameQX.txt", b"MARKanswerfileQX"),
    )
    .await
    .unwrap()
    .to()
    .unwrap();
    let fields = [
        ("role", "caseworker"),
        ("name", "Perpetua Reedmace"),
        ("email", "perpetua@riverbank.example"),
        ("phone", ""),
    ];
    desk.get("/desk/team/invite").await.unwrap();
    let invited = desk.post("/desk/team/invite", &fields).await.unwrap();
    // The demonstration has it shown and not sent.
    let (_, token) = invited.body.split_once("/join?token=").expect("a link to join");
    secrets.push(token.get(..43).expect("a token").to_owned());
}

/// What is typed in a wrong place is logged no more than the rest.
async fn what_goes_wrong(running: &Running) {
    let mut browser = Browser::new(running.address());
    let fields = [
        ("email", "markmailqx@riverbank.example"),
        ("pass", "MARKpassQX"),
        ("code", "MARKcodeQX"),
    ];
    assert_eq!(browser.post("/desk/sign-in", &fields).await.unwrap().status, 422);
    let words = [("words", "MARKwordQX able acid")];
    assert_eq!(browser.post("/return", &words).await.unwrap().status, 422);
    for path in [
        "/MARKpathQX",
        "/report/MARKpageQX?MARKqueryQX=1",
        "/desk/case/MARKcaseQX",
    ] {
        browser.get(path).await.unwrap();
        browser
            .post(path, &[("MARKfieldQX", "MARKvalueQX")])
            .await
            .unwrap();
    }
    let mut odd = Browser::new(running.address()).with("X-Forwarded-For", "MARKheaderQX");
    odd.get("/report/danger").await.unwrap();
    let long = "MARKlongQX ".repeat(60_000);
    let answer = odd.post("/report/danger", &[("danger", &long)]).await.unwrap();
    assert_eq!(answer.status, 413);
    odd.post_file(
        "/follow/message",
        &[("text", "MARKcutQX")],
        ("MARKcutnameQX", b"MARKcutfileQX"),
    )
    .await
    .unwrap();
}

/// A mark in each field that takes words.
fn filled(fields: &[Field], of: &str) -> Vec<(String, String)> {
    let of = of.replace('_', "");
    let mut filled = Vec::new();
    for (number, field) in fields.iter().enumerate() {
        let mut put =
            |part: &str, value: &str| filled.push((format!("{}{part}", field.id), value.to_owned()));
        match field.kind {
            FieldKind::Text | FieldKind::Long => put("", &format!("MARK{of}{number}QX")),
            FieldKind::Date => [("-day", "1"), ("-month", "12"), ("-year", "2099")]
                .into_iter()
                .for_each(|(part, value)| put(part, value)),
            FieldKind::Choice(choices) => choices.first().into_iter().for_each(|choice| put("", choice)),
            FieldKind::AllOf(checks) => checks.iter().for_each(|check| put("", check)),
            FieldKind::Reader | FieldKind::Categories => {}
        }
    }
    filled
}

fn cookie_value(browser: &Browser) -> String {
    let (_, value) = browser
        .cookie()
        .expect("a cookie")
        .split_once('=')
        .expect("a value");
    value.to_owned()
}
