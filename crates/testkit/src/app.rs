//! The app on a throwaway database, with a clock that tests move, and a team that joined as people would.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use safehold_app::{
    App, FormSource, Parts, SecretString, desk,
    desk::Reader,
    desk::record::{EnterError, Place},
    report::{self, Visit},
    setup::{self, FirstRun},
    sign_in,
    team::{self, NewMember},
};
use safehold_core::{
    case::Action,
    form::{Answers, BUILT_IN_SOURCE, Form, PageInput, RunTimeOption, RunTimeOptions},
    id::{CaseId, EventId, UserId},
    organisation::Organisation,
    record::Kind,
    roster::Role,
    settings::{Rules, Settings},
};
use safehold_seal::{InstallationKeys, LockParams, totp};
use safehold_store::{Store, StoreConfig};
use tempfile::TempDir;

use crate::{clock::TestClock, postgres::Postgres};

/// The pass phrase of everybody in a team of [`TestApp::team`].
pub const PASS: &str = "heron paddles past seven willows";

/// Fields as a browser would send them, in one list for all pages.
pub type Fields<'a> = &'a [(&'a str, &'a str)];

/// A report that says what happened and leaves out what can be left out.
pub const CONCERN: Fields<'static> = &[
    ("danger", "no"),
    ("kind", "concern"),
    ("identity", "confidential"),
    ("name", "Wren Oakbarrow"),
    ("about_whom", "me"),
    ("related", "yes"),
    ("under_18", "no"),
    ("team_involved", "none"),
    (
        "what_happened",
        "Somebody kept talking over me in the Tuesday group.",
    ),
    ("wishes", "conversation"),
    ("contact", "messages"),
];

/// What a member signs in with.
#[derive(Debug, Clone)]
pub struct Entrance {
    /// Their address.
    pub email: String,
    /// The secret of their authenticator app.
    pub totp: Vec<u8>,
    /// Their recovery codes.
    pub recovery_codes: Vec<String>,
}

/// An app that goes with its database.
pub struct TestApp {
    /// The app.
    pub app: App,
    /// Its clock. It begins on a Tuesday at ten in London.
    pub clock: TestClock,
    /// The address of its database.
    pub url: String,
    /// The text of the recovery key, once there is a team.
    pub recovery_key: String,
    /// What each member signs in with.
    pub entrances: BTreeMap<UserId, Entrance>,
    keys: String,
    rules: Rules,
    joined: AtomicU32,
    folder: Option<TempDir>,
    postgres: Option<Postgres>,
}

impl TestApp {
    /// An app on this database, with keys of its own.
    pub async fn new(database_url: &str) -> Self {
        Self::with_keys(database_url, &InstallationKeys::generate().to_text()).await
    }

    /// An app on this database with these keys: another process of the same installation.
    pub async fn with_keys(database_url: &str, keys: &str) -> Self {
        let clock = TestClock::at("2026-11-24T10:00:00Z");
        let rules = Settings::default().check().expect("the usual rules");
        let app = start(database_url, keys, &rules, &clock).await;
        Self {
            app,
            clock,
            url: database_url.to_owned(),
            recovery_key: String::new(),
            entrances: BTreeMap::new(),
            keys: keys.to_owned(),
            rules,
            joined: AtomicU32::new(0),
            folder: None,
            postgres: None,
        }
    }

    /// An app on a SQLite file of its own.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut made = Self::new(&format!("sqlite://{}/test.db", folder.path().display())).await;
        made.folder = Some(folder);
        made
    }

    /// An app on a PostgreSQL database of its own.
    pub async fn postgres() -> Self {
        let postgres = Postgres::fresh().await;
        let mut made = Self::new(postgres.url()).await;
        made.postgres = Some(postgres);
        made
    }

    /// Whether it is on PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.postgres.is_some()
    }

    /// The folder of the SQLite file, if it is one.
    pub fn folder(&self) -> Option<&std::path::Path> {
        self.folder.as_ref().map(TempDir::path)
    }

    /// Another app on the same database with the same keys and clock: what a restart leaves is all that it knows.
    pub async fn again(&self) -> App {
        start(&self.url, &self.keys, &self.rules, &self.clock).await
    }

    /// Another app on the same database that has a mail server, so that links to join with go by mail.
    pub async fn mailing(&self) -> App {
        start_with(&self.url, &self.keys, &self.rules, &self.clock, true).await
    }

    /// The installation's keys as text.
    pub fn keys_text(&self) -> &str {
        &self.keys
    }

    /// Sets the organisation up and lets these people join. The first sets it up and has to be a lead.
    pub async fn team(&mut self, people: &[(Role, &str)]) -> Vec<Reader> {
        let mut readers: Vec<Reader> = Vec::new();
        for (role, name) in people {
            let reader = match readers.first() {
                None => self.found(*role, name).await,
                Some(first) => self.join(first, *role, name).await,
            };
            readers.push(reader);
        }
        readers
    }

    /// A team with a lead, an alternate, a sponsor and a caseworker, in this order.
    pub async fn usual_team(&mut self) -> [Reader; 4] {
        let team = self
            .team(&[
                (Role::Lead, "Marisol Penhale"),
                (Role::Alternate, "Tunde Ashgrove"),
                (Role::Sponsor, "Imelda Quillfeather"),
                (Role::Caseworker, "Bo Lanternfield"),
            ])
            .await;
        let Ok(team) = team.try_into() else {
            unreachable!("four people joined")
        };
        team
    }

    async fn found(&mut self, role: Role, name: &str) -> Reader {
        assert_eq!(role, Role::Lead, "the first is a lead");
        let (email, typed, secret) = self.new_entrance();
        let first = FirstRun {
            organisation: Organisation::example().expect("the example organisation"),
            name: name.to_owned(),
            email: email.clone(),
            phone: String::new(),
            pass: SecretString::from(PASS),
            typed_secret: typed,
            code: self.code(&secret),
        };
        let founded = setup::set_up(&self.app, first).await.expect("a first run");
        self.recovery_key = founded.recovery_key.to_string();
        self.enter(email, secret, founded.recovery_codes).await
    }

    /// Invites somebody, lets them join, be confirmed if that is needed, and signs them in.
    pub async fn join(&mut self, by: &Reader, role: Role, name: &str) -> Reader {
        let (email, secret, joined) = self.take_up(by, role, name).await;
        if joined.waits {
            self.confirm(&email).await;
        }
        self.enter(email, secret, joined.recovery_codes).await
    }

    /// Invites somebody and lets them join, and no more.
    pub async fn join_unconfirmed(&self, by: &Reader, role: Role, name: &str) -> UserId {
        let (email, ..) = self.take_up(by, role, name).await;
        let members = team::list(&self.app).await.expect("the team");
        members
            .iter()
            .find(|member| member.email == email)
            .expect("somebody who joined")
            .id
    }

    async fn take_up(&self, by: &Reader, role: Role, name: &str) -> (String, Vec<u8>, team::Joined) {
        let (email, typed, secret) = self.new_entrance();
        let new = NewMember {
            role,
            name: name.to_owned(),
            email: email.clone(),
            phone: String::new(),
        };
        let token = shown(team::invite(&self.app, by, new).await.expect("an invitation"));
        let joined = team::join(
            &self.app,
            &token,
            SecretString::from(PASS),
            &typed,
            &self.code(&secret),
        )
        .await
        .expect("joining");
        (email, secret, joined)
    }

    /// Confirms somebody who waits, past the second person that it takes: what it takes has tests of its own.
    pub async fn confirm(&self, email: &str) {
        let members = team::list(&self.app).await.expect("the team");
        let member = members
            .iter()
            .find(|member| member.email == email)
            .expect("somebody who joined")
            .id;
        self.app
            .store()
            .write(move |tx| Box::pin(async move { safehold_store::users::confirm(tx, member).await }))
            .await
            .expect("somebody who waits");
    }

    fn new_entrance(&self) -> (String, String, Vec<u8>) {
        let number = self.joined.fetch_add(1, Ordering::Relaxed);
        let email = format!("member{number}@riverbank.example");
        let made = team::new_totp(&email, "Riverbank").expect("a secret");
        let secret = totp::parse_typed(&made.typed).expect("the secret just made");
        (email, made.typed.to_string(), secret)
    }

    async fn enter(&mut self, email: String, totp: Vec<u8>, recovery_codes: Vec<String>) -> Reader {
        let entrance = Entrance {
            email,
            totp,
            recovery_codes,
        };
        let reader = self.sign_in(&entrance).await;
        self.entrances.insert(reader.id, entrance);
        reader
    }

    /// Signs in with the code of now.
    pub async fn sign_in(&self, entrance: &Entrance) -> Reader {
        let code = self.code(&entrance.totp);
        let cookie = sign_in::sign_in(&self.app, &entrance.email, SecretString::from(PASS), &code)
            .await
            .expect("signing in");
        let session = sign_in::resume(&self.app, &cookie.expose())
            .await
            .expect("a session");
        session.expect("a session that has just begun").reader
    }

    /// A second passes, so that what comes next is later.
    pub fn tick(&self) {
        self.clock.advance(jiff::SignedDuration::from_secs(1));
    }

    /// The code that an authenticator app shows now.
    pub fn code(&self, secret: &[u8]) -> String {
        totp::code_at(secret, self.clock.now().as_second()).expect("a code")
    }

    /// Fills the form in, page by page, with these fields. A field that is given twice is chosen twice.
    pub async fn answers(&self, fields: Fields<'_>) -> Answers {
        let team = report::team(&self.app).await.expect("the team");
        let option = |(id, name, _): (UserId, String, Role)| RunTimeOption {
            value: id.to_string(),
            label: name,
            hint: None,
        };
        let options = RunTimeOptions {
            leads: team.into_iter().map(option).collect(),
            categories: Vec::new(),
        };
        fill_in(&self.app.form().form, fields, &options)
    }

    /// Writes a draft with these fields.
    pub async fn draft(&self, fields: Fields<'_>) -> Visit {
        let visit = Visit::begin();
        let answers = self.answers(fields).await;
        report::change(&self.app, &visit, move |draft| draft.answers = answers.clone())
            .await
            .expect("a draft");
        visit
    }

    /// Sends a report with these fields.
    pub async fn report(&self, fields: Fields<'_>) -> (Visit, CaseId) {
        let visit = self.draft(fields).await;
        let sent = report::submit(&self.app, &visit).await.expect("a report");
        (visit, sent.case)
    }

    /// Takes an action on a case as it is now.
    pub async fn act(
        &self,
        by: &Reader,
        case: CaseId,
        action: Action,
        record: Fields<'_>,
    ) -> Result<(), desk::ActError> {
        let version = desk::find(&self.app, by, case).await?.version;
        desk::act(&self.app, by, case, action, &owned(record), version).await
    }

    /// Makes an entry in the record of a case as it is now.
    pub async fn record(
        &self,
        by: &Reader,
        case: CaseId,
        kind: Kind,
        about: Option<EventId>,
        record: Fields<'_>,
    ) -> Result<EventId, EnterError> {
        let place = Place {
            about,
            corrects: None,
            seen_version: desk::find(&self.app, by, case).await?.version,
        };
        desk::record::enter(&self.app, by, case, kind, place, &owned(record)).await
    }

    /// Begins with a case, as somebody without a conflict.
    pub async fn begin(&self, by: &Reader, case: CaseId) {
        self.act(by, case, Action::Begin, &[("no_conflict", "yes")])
            .await
            .expect("beginning with a case");
    }
}

/// The secret part of a link that is shown, as it is where no mail server is configured.
pub fn shown(link: team::Link) -> team::InvitationToken {
    match link {
        team::Link::Shown(token) => token,
        team::Link::Mailed => unreachable!("the link went by mail"),
    }
}

/// [`CONCERN`] with other answers to some questions.
pub fn concern_with<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    CONCERN
        .iter()
        .filter(|(name, _)| !other.iter().any(|(other, _)| other == name))
        .chain(other)
        .copied()
        .collect()
}

/// Fields that own their text.
pub fn owned(fields: Fields<'_>) -> Vec<(String, String)> {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn fill_in(form: &Form, fields: Fields<'_>, options: &RunTimeOptions) -> Answers {
    let input = owned(fields);
    let mut answers = Answers::default();
    let mut page = form.first_page();
    while let Some(here) = page {
        let read: PageInput = form.read_page(here, &answers, &input, options);
        answers.put_page(here, &read);
        let next = form.next_page(&answers, &here.id).map(|next| next.id.clone());
        page = next.and_then(|id| form.page(&id));
    }
    answers
}

async fn start(url: &str, keys: &str, rules: &Rules, clock: &TestClock) -> App {
    start_with(url, keys, rules, clock, false).await
}

async fn start_with(url: &str, keys: &str, rules: &Rules, clock: &TestClock, sends_mail: bool) -> App {
    let store = Store::open(&StoreConfig::new(url)).await.expect("a database");
    App::new(Parts {
        store,
        clock: Arc::new(clock.clone()),
        keys: InstallationKeys::parse(keys).expect("keys"),
        rules: rules.clone(),
        lock: LockParams::weak_for_tests(),
        form: FormSource {
            schema: BUILT_IN_SOURCE.to_owned(),
            form: Form::built_in().expect("the built-in form"),
            words: BTreeMap::new(),
        },
        derivations: 2,
        sends_mail,
    })
    .await
    .expect("an app")
}
