//! The whole site over a team with somebody in each role, all signed in.

use std::{collections::BTreeMap, fmt::Write, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use jiff::tz::TimeZone;
use safehold_app::{SecretString, desk::Reader, sign_in};
use safehold_core::{
    id::{CaseId, UserId},
    roster::Role,
};
use safehold_testkit::app::{PASS, TestApp};
use safehold_text::Texts;
use safehold_web::{
    Site,
    state::{Content, WebState},
};
use tower::ServiceExt;

use crate::probes::{Probe, Way};

/// Somebody with their browser.
pub struct Person {
    pub reader: Reader,
    cookie: String,
    csrf: String,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub to: String,
    pub body: String,
}

impl Answer {
    /// What is in the main part.
    pub fn main(&self) -> &str {
        match (self.body.find("<main"), self.body.find("</main>")) {
            (Some(from), Some(to)) => self.body.get(from..to).unwrap_or_default(),
            _ => &self.body,
        }
    }
}

/// The site and everybody in it.
pub struct Scene {
    pub test: TestApp,
    pub people: BTreeMap<Role, Person>,
    /// A second alternate, who checks what the others decide.
    pub second: Reader,
    router: Router,
    /// How many have been invited by requests.
    invited: usize,
}

impl Scene {
    pub async fn new(mut test: TestApp) -> Self {
        let names = Role::ALL.map(|role| (role, name(role)));
        let mut team: Vec<(Role, &str)> = names.iter().map(|(role, name)| (*role, name.as_str())).collect();
        team.push((Role::Alternate, "Second Alternate"));
        let mut readers = test.team(&team).await;
        let second = readers.pop().unwrap();
        let router = safehold_web::site(site(&test));
        test.clock.advance(jiff::SignedDuration::from_secs(90));
        let mut people = BTreeMap::new();
        for reader in readers {
            let person = enter(&test, reader).await;
            people.insert(person.reader.role, person);
        }
        Self {
            test,
            people,
            second,
            router,
            invited: 0,
        }
    }

    pub fn reader(&self, role: Role) -> &Reader {
        &self.people[&role].reader
    }

    /// A request of somebody in this role. What the form holds in hidden fields goes with it, if they may see it.
    pub async fn ask(&mut self, role: Role, probe: &Probe, case: Option<CaseId>) -> Answer {
        let waiting = if probe.path.contains("{waiting}") {
            self.somebody_waiting().await.to_string()
        } else {
            String::new()
        };
        let case_text = case.map_or_else(String::new, |case| case.to_string());
        let path = |path: &str| {
            path.replace("{id}", &case_text)
                .replace("{waiting}", &waiting)
                .replace("{body}", body_of(role))
        };
        let shown = self.get(role, &path(probe.path)).await;
        if probe.way == Way::Look {
            return shown;
        }
        let version = match case {
            Some(case) => self.version(case).await,
            None => String::new(),
        };
        let mut fields = vec![("version".to_owned(), version)];
        if shown.status == StatusCode::OK {
            for (name, value) in hidden(&shown.body) {
                fields.retain(|(other, _)| *other != name);
                fields.push((name, value));
            }
        }
        self.invited += 1;
        let second = self.second.id.to_string();
        // Nobody is ever named as a caseworker in these reports.
        let helper = self.reader(Role::Caseworker).id.to_string();
        for (name, value) in (probe.fields)() {
            let value = value
                .replace("{second}", &second)
                .replace("{helper}", &helper)
                .replace("{new}", &format!("invited{}@riverbank.example", self.invited));
            fields.push((name, value));
        }
        let csrf = self.people[&role].csrf.clone();
        fields.retain(|(name, _)| name != "csrf");
        fields.insert(0, ("csrf".to_owned(), csrf));
        let (to, about) = match case {
            Some(case) if probe.path.contains("second_check") => {
                (path(probe.path), self.decision_of(case).await)
            }
            _ => (path(probe.path), String::new()),
        };
        if !about.is_empty() {
            fields.retain(|(name, _)| name != "about");
            fields.push(("about".to_owned(), about));
        }
        self.post(role, &to, &fields, probe.files).await
    }

    async fn get(&self, role: Role, path: &str) -> Answer {
        let request = Request::get(path)
            .header(header::COOKIE, &self.people[&role].cookie)
            .body(Body::empty())
            .unwrap();
        self.send(request).await
    }

    async fn post(&self, role: Role, path: &str, fields: &[(String, String)], files: bool) -> Answer {
        let (kind, body) = if files {
            ("multipart/form-data; boundary=XX", multipart(fields))
        } else {
            let body = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(fields)
                .finish();
            ("application/x-www-form-urlencoded", body)
        };
        let request = Request::post(path)
            .header(header::COOKIE, &self.people[&role].cookie)
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            to: parts
                .headers
                .get(header::LOCATION)
                .map_or_else(String::new, |to| to.to_str().unwrap().to_owned()),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Somebody who joined and waits for anybody to confirm them.
    async fn somebody_waiting(&mut self) -> UserId {
        self.invited += 1;
        let name = format!("Waiting Person{}", self.invited);
        let by = &self.people[&Role::Administrator].reader;
        self.test.join_unconfirmed(by, Role::Caseworker, &name).await
    }
}

/// A body outside about which a role may decide, if it may about any.
fn body_of(role: Role) -> &'static str {
    if role == Role::University {
        "host_university"
    } else {
        "police"
    }
}

fn name(role: Role) -> String {
    format!("Person {}", role.key().replace('_', " "))
}

fn site(test: &TestApp) -> Site {
    let clock = test.clock.clone();
    Site {
        web: WebState::new(
            Texts::load(None).unwrap(),
            Content::example().unwrap(),
            Arc::new(move || clock.now()),
            TimeZone::get("Europe/London").unwrap(),
        ),
        app: test.app.clone(),
        setup_token: None,
        behind_proxy: false,
        base_url: "https://safe.riverbank.example".into(),
    }
}

async fn enter(test: &TestApp, reader: Reader) -> Person {
    let entrance = &test.entrances[&reader.id];
    let code = test.code(&entrance.totp);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, SecretString::from(PASS), &code)
        .await
        .unwrap();
    let value = cookie.expose();
    let session = sign_in::resume(&test.app, &value).await.unwrap().unwrap();
    Person {
        cookie: format!("desk={}", value.as_str()),
        csrf: session.form_token,
        reader: session.reader,
    }
}

/// The hidden fields of the last form of a page: the first signs out.
fn hidden(page: &str) -> Vec<(String, String)> {
    let form = page.rsplit("<form").next().unwrap_or_default();
    form.split("<input type=\"hidden\"")
        .skip(1)
        .filter_map(|rest| {
            let tag = rest.split('>').next()?;
            let value = |name: &str| {
                let (_, rest) = tag.split_once(&format!("{name}=\""))?;
                rest.split('"').next().map(str::to_owned)
            };
            Some((value("name")?, value("value")?))
        })
        .collect()
}

fn multipart(fields: &[(String, String)]) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        // Writing to a string cannot go wrong.
        let _ = write!(
            body,
            "--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    body + "--XX--\r\n"
}
