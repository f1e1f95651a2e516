//! The whole site in this process, on a real database, with a clock that tests move, and visitors with a browser's
//! cookie.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use safehold_app::{
    App, Clock, FormSource, Parts, SecretString,
    desk::Reader,
    setup::{self, FirstRun},
    sign_in, team,
};
use safehold_core::{
    form::{self, Form},
    id::UserId,
    organisation::Organisation,
    roster::Role,
    settings::Settings,
};
use safehold_testkit::seal::{InstallationKeys, LockParams, totp};
use safehold_testkit::store::{Store, StoreConfig, users};
use safehold_text::{Lang, Texts};
use safehold_web::{
    Site,
    state::{Content, WebState},
};
use tower::ServiceExt;

/// Where the site says that it is reached. No request in these tests has it in its `Host` header.
pub const BASE_URL: &str = "https://safe.riverbank.example";

const PASS: &str = "seven quiet herons over the reeds";

/// A clock that stands still until it is moved.
struct Moved(Mutex<Timestamp>);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// The site with a team of a lead, an alternate and an independent recipient.
pub struct TestSite {
    pub app: App,
    pub site: Site,
    pub router: Router,
    pub team: Vec<(UserId, Role)>,
    pub recovery_codes: Vec<String>,
    /// The text of the recovery key, as it was printed.
    pub recovery_key: String,
    clock: Arc<Moved>,
    _folder: tempfile::TempDir,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads.
    #[track_caller]
    pub fn to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.header("location")
    }

    #[track_caller]
    pub fn has(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "no {text:?} in: {}", self.main());
        self
    }

    #[track_caller]
    pub fn lacks(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "{text:?} is in: {}", self.main());
        self
    }

    /// What is in the main part.
    pub fn main(&self) -> &str {
        match (self.body.find("<main"), self.body.find("</main>")) {
            (Some(from), Some(to)) => &self.body[from..to],
            _ => &self.body,
        }
    }

    /// The value of a hidden control.
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        self.body
            .split_once(&mark)
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(value, _)| value.to_owned())
            .unwrap_or_default()
    }
}

fn form_source(texts: &Texts) -> FormSource {
    let form = Form::built_in().unwrap();
    let words = form
        .text_keys()
        .into_iter()
        .map(|key| (key.clone(), texts.get(Lang::En, &key).into_owned()))
        .collect();
    FormSource {
        schema: form::BUILT_IN_SOURCE.to_owned(),
        form,
        words,
    }
}

pub async fn new_site() -> TestSite {
    site_with(Lang::En, Settings::default()).await
}

pub async fn site_with(lang: Lang, settings: Settings) -> TestSite {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&StoreConfig {
        url: format!("sqlite://{}", folder.path().join("test.sqlite").display()),
        readers: 4,
    })
    .await
    .unwrap();
    let clock = Arc::new(Moved(Mutex::new("2026-11-24T10:00:00Z".parse().unwrap())));
    let texts = Texts::load(None).unwrap();
    let app = App::new(Parts {
        store,
        clock: clock.clone(),
        keys: InstallationKeys::generate(),
        rules: settings.check().unwrap(),
        lock: LockParams::weak_for_tests(),
        form: form_source(&texts),
        derivations: 2,
        sends_mail: false,
    })
    .await
    .unwrap();
    let secret = totp::new_secret();
    let code = totp::code_at(&secret, app.now().as_second()).unwrap();
    let founded = setup::set_up(
        &app,
        FirstRun {
            organisation: Organisation::example().unwrap(),
            name: "Marisol Penhale".to_owned(),
            email: "marisol@riverbank.example".to_owned(),
            phone: String::new(),
            pass: SecretString::from(PASS),
            typed_secret: totp::typed_secret(&secret),
            code,
        },
    )
    .await
    .unwrap();
    let recovery_codes = founded.recovery_codes.clone();
    let mut team = vec![(founded.lead, Role::Lead)];
    let mut web = WebState::new(
        texts,
        Content::example().unwrap(),
        {
            let clock = clock.clone();
            Arc::new(move || clock.now())
        },
        TimeZone::get("Europe/London").unwrap(),
    );
    web.lang = lang;
    let site = Site {
        web,
        app: app.clone(),
        setup_token: None,
        behind_proxy: false,
        base_url: BASE_URL.into(),
    };
    let mut test = TestSite {
        router: safehold_web::site(site.clone()),
        site,
        app,
        team: Vec::new(),
        recovery_codes,
        recovery_key: founded.recovery_key.to_string(),
        clock,
        _folder: folder,
    };
    invite_others(&test).await;
    for member in team::list(&test.app).await.unwrap() {
        if !team.iter().any(|(id, _)| *id == member.id) {
            team.push((member.id, member.role));
        }
    }
    test.team = team;
    test
}

/// The lead invites an alternate and an independent recipient, and they join.
async fn invite_others(test: &TestSite) {
    let lead = test.reader(0).await;
    for (role, name, email) in [
        (Role::Alternate, "Tunde Ashgrove", "tunde@riverbank.example"),
        (Role::Sponsor, "Ines Marlowe", "ines@riverbank.example"),
    ] {
        let new = team::NewMember {
            role,
            name: name.to_owned(),
            email: email.to_owned(),
            phone: String::new(),
        };
        let token = shown(team::invite(&test.app, &lead, new).await.unwrap());
        let secret = totp::new_secret();
        let code = totp::code_at(&secret, test.app.now().as_second()).unwrap();
        let joined = team::join(
            &test.app,
            &token,
            SecretString::from(PASS),
            &totp::typed_secret(&secret),
            &code,
        )
        .await
        .unwrap();
        if joined.waits {
            confirm(&test.app, email).await;
        }
    }
}

/// The secret part of a link that is shown, as it is where no mail server is configured.
pub fn shown(link: team::Link) -> team::InvitationToken {
    match link {
        team::Link::Shown(token) => token,
        team::Link::Mailed => unreachable!("the link went by mail"),
    }
}

/// Confirms somebody who waits, past the second person that it takes: that has tests of its own.
pub async fn confirm(app: &App, email: &str) {
    let members = team::list(app).await.unwrap();
    let member = members.iter().find(|member| member.email == email).unwrap().id;
    app.store()
        .write(move |tx| Box::pin(async move { users::confirm(tx, member).await }))
        .await
        .unwrap();
}

impl TestSite {
    /// The lead, signed in with a recovery code.
    pub async fn reader(&self, code: usize) -> Reader {
        let cookie = sign_in::sign_in(
            &self.app,
            "marisol@riverbank.example",
            SecretString::from(PASS),
            &self.recovery_codes[code],
        )
        .await
        .unwrap();
        sign_in::resume(&self.app, &cookie.expose())
            .await
            .unwrap()
            .unwrap()
            .reader
    }

    pub fn member(&self, role: Role) -> String {
        self.team
            .iter()
            .find(|(_, has)| *has == role)
            .map(|(id, _)| id.to_string())
            .unwrap()
    }

    /// The same database under a program in which a question reads otherwise.
    pub async fn with_words(&self, key: &str, text: &str) -> Router {
        let texts = Texts::load(Some(&format!("{key} = {text}\n"))).unwrap();
        let app = App::new(Parts {
            store: self.app.store().clone(),
            clock: self.clock.clone(),
            keys: InstallationKeys::generate(),
            rules: self.app.rules().clone(),
            lock: LockParams::weak_for_tests(),
            form: form_source(&texts),
            derivations: 1,
            sends_mail: false,
        })
        .await
        .unwrap();
        let mut site = self.site.clone();
        site.app = app;
        site.web.texts = Arc::new(texts);
        safehold_web::site(site)
    }

    /// The same site under a program with a mail server.
    pub async fn mailing(mut self) -> Self {
        let texts = Texts::load(None).unwrap();
        let app = App::new(Parts {
            store: self.app.store().clone(),
            clock: self.clock.clone(),
            keys: InstallationKeys::generate(),
            rules: self.app.rules().clone(),
            lock: LockParams::weak_for_tests(),
            form: form_source(&texts),
            derivations: 1,
            sends_mail: true,
        })
        .await
        .unwrap();
        self.site.app = app.clone();
        self.app = app;
        self.router = safehold_web::site(self.site.clone());
        self
    }

    pub fn wait_days(&self, days: i64) {
        let mut now = self.clock.0.lock().unwrap();
        *now = now.checked_add(SignedDuration::from_hours(24 * days)).unwrap();
    }

    pub fn wait_minutes(&self, minutes: i64) {
        let mut now = self.clock.0.lock().unwrap();
        *now = now.checked_add(SignedDuration::from_mins(minutes)).unwrap();
    }

    pub fn visitor(&self) -> Visitor {
        Visitor {
            router: self.router.clone(),
            cookie: None,
            token: String::new(),
        }
    }
}

/// Somebody with a browser: it keeps the cookie, and the token of the page that it saw last.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    pub cookie: Option<String>,
    pub token: String,
}

impl Visitor {
    async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if let Some(cookie) = &self.cookie {
            request
                .headers_mut()
                .insert(header::COOKIE, cookie.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            // A file is no text; pages are.
            body: String::from_utf8_lossy(&bytes).into_owned(),
        };
        for set in answer.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            let pair = set.split(';').next().unwrap();
            let name = pair.split('=').next().unwrap();
            let mut kept: Vec<&str> = self.cookie.iter().flat_map(|all| all.split("; ")).collect();
            kept.retain(|other| other.split('=').next() != Some(name));
            if !set.contains("Max-Age=0") {
                kept.push(pair);
            }
            let all = kept.join("; ");
            self.cookie = (!all.is_empty()).then_some(all);
        }
        let token = answer.hidden("csrf");
        if !token.is_empty() {
            self.token = token;
        }
        answer
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// The same browser at another program.
    pub fn at(self, router: &Router) -> Self {
        Self {
            router: router.clone(),
            ..self
        }
    }

    /// Sends a form with the token of the last page.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.token.as_str())];
        all.extend_from_slice(fields);
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(all)
            .finish();
        self.post_raw(path, "application/x-www-form-urlencoded", body.into_bytes())
            .await
    }

    pub async fn post_raw(&mut self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Sends fields and files in one body.
    pub async fn post_files(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Answer {
        let body = multipart(&self.token, fields, files);
        self.post_raw(path, "multipart/form-data; boundary=XX", body)
            .await
    }

    /// Opens a page of the form, which gives the token, and answers it.
    pub async fn answer(&mut self, page: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/report/{page}");
        self.get(&path).await;
        self.post(&path, fields).await
    }

    /// Goes through pages one after the other, each with its fields; each must be taken.
    pub async fn go_through(&mut self, pages: &[(&str, &[(&str, &str)])]) -> String {
        let mut to = String::new();
        for (page, fields) in pages {
            let answer = self.answer(page, fields).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page}: {}", answer.main());
            answer.to().clone_into(&mut to);
        }
        to
    }
}

pub fn multipart(token: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut field = |name: &str, file: Option<&str>, value: &[u8]| {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        body.extend_from_slice(
            format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    };
    field("csrf", None, token.as_bytes());
    for (name, value) in fields {
        field(name, None, value.as_bytes());
    }
    for (name, content) in files {
        field("files", Some(name), content);
    }
    body.extend_from_slice(b"--XX--\r\n");
    body
}

/// What most reports of harm answer up to "You have told us the main thing".
pub const HARM: &[(&str, &[(&str, &str)])] = &[
    ("danger", &[("danger", "no")]),
    ("kind", &[("kind", "concern")]),
    ("identity", &[("identity", "named")]),
    ("your_name", &[("name", "Ash")]),
    ("about_whom", &[("about_whom", "me")]),
    ("related", &[("related", "yes")]),
    ("under_18", &[("under_18", "no")]),
    ("team_involved", &[("team_involved", "none")]),
    ("what_happened", &[("what_happened", "They shouted at me.")]),
];
