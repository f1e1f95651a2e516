//! The team and the case, and what this test itself knows of them: it asks the program for nothing that it checks.

use std::collections::{BTreeMap, BTreeSet};

use safehold_app::{
    desk::Reader,
    report::{self, Channel, SubmitError, Visit},
};
use safehold_core::{
    id::{CaseId, UserId},
    roster::Role,
};
use safehold_testkit::app::{Entrance, TestApp, concern_with};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

use crate::Story;

/// One of each role, and a second alternate.
const TEAM: [(Role, &str); 10] = [
    (Role::Lead, "Person Zero"),
    (Role::Alternate, "Person One"),
    (Role::Sponsor, "Person Two"),
    (Role::University, "Person Three"),
    (Role::Caseworker, "Person Four"),
    (Role::Facilitator, "Person Five"),
    (Role::Group, "Person Six"),
    (Role::DataProtection, "Person Seven"),
    (Role::Administrator, "Person Eight"),
    (Role::Alternate, "Person Nine"),
];

/// A team that has joined, to begin from: joining takes longer than a story.
pub struct Template {
    test: TestApp,
    entrances: BTreeMap<UserId, Entrance>,
}

impl Template {
    pub async fn new() -> Self {
        let mut test = TestApp::sqlite().await;
        test.team(&TEAM).await;
        Self {
            entrances: test.entrances.clone(),
            test,
        }
    }

    /// A copy of it, an hour later, with everybody signed in.
    pub async fn stage(&self) -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("story.db").display().to_string();
        let mut conn = AnyConnection::connect(&self.test.url).await.unwrap();
        let copy = format!("VACUUM INTO '{path}'");
        sqlx::query(AssertSqlSafe(copy.as_str()))
            .execute(&mut conn)
            .await
            .unwrap();
        conn.close().await.unwrap();
        let mut test = TestApp::with_keys(&format!("sqlite://{path}"), self.test.keys_text()).await;
        test.entrances = self.entrances.clone();
        test.clock.set("2026-11-24T11:00:00Z");
        let mut team = Vec::new();
        for entrance in self.entrances.values() {
            team.push(test.sign_in(entrance).await);
        }
        // As they joined, so that a story is the same each time.
        team.sort_by_key(|reader| TEAM.iter().position(|(_, name)| *name == reader.name));
        Stage::with(test, team, Some(folder))
    }
}

/// Where a story is played.
pub struct Stage {
    pub test: TestApp,
    /// Those who are there now.
    pub team: Vec<Reader>,
    pub case: CaseId,
    pub visit: Option<Visit>,
    /// Who wrote it down.
    pub typed_by: Option<UserId>,
    /// Who may never learn of it.
    pub excluded: BTreeSet<UserId>,
    /// What waited for whoever is excluded when they were.
    pub told: BTreeMap<UserId, Vec<String>>,
    /// Who decided something since it was opened, or opened again.
    pub decided: BTreeSet<UserId>,
    /// Who began with it.
    pub begun_by: Option<UserId>,
    /// Who asked last that it is closed.
    pub asked_by: Option<UserId>,
    /// With whom it was shared.
    pub shared: BTreeSet<UserId>,
    /// Who proposed last that it is erased.
    pub proposed_by: Option<UserId>,
    /// Somebody was taken out, and could not hand over.
    pub orphaned: bool,
    /// Nobody who is a lead, whenever they join, may read it.
    pub rather_not_say: bool,
    /// How many joined in this story.
    pub joined: usize,
    _folder: Option<tempfile::TempDir>,
}

/// Where a case stands, from the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub state: Option<String>,
}

impl Stage {
    fn with(test: TestApp, team: Vec<Reader>, folder: Option<tempfile::TempDir>) -> Self {
        Self {
            test,
            team,
            case: CaseId::from_random([0; 16]),
            visit: None,
            typed_by: None,
            excluded: BTreeSet::new(),
            told: BTreeMap::new(),
            decided: BTreeSet::new(),
            begun_by: None,
            asked_by: None,
            shared: BTreeSet::new(),
            proposed_by: None,
            orphaned: false,
            rather_not_say: false,
            joined: 0,
            _folder: folder,
        }
    }

    pub async fn on_postgres() -> Self {
        let mut test = TestApp::postgres().await;
        let team = test.team(&TEAM).await;
        Self::with(test, team, None)
    }

    /// Whether it was erased.
    pub fn is_gone(&self) -> bool {
        self.visit.is_none()
    }

    /// Sends the report; `false` if there is nobody to whom it could go.
    pub async fn report(&mut self, story: &Story) -> bool {
        let receivers: Vec<_> = self
            .team
            .iter()
            .filter(|member| member.role.receives_reports())
            .map(|member| (member.id, member.role))
            .collect();
        let involved: Vec<_> = receivers
            .iter()
            .zip(&story.involved)
            .filter(|(_, involved)| **involved)
            .map(|((id, _), _)| *id)
            .collect();
        let texts: Vec<String> = involved.iter().map(ToString::to_string).collect();
        let mut fields = vec![("danger", if story.urgent { "yes" } else { "no" })];
        if story.rather_not_say {
            self.rather_not_say = true;
            fields.push(("team_involved", "rather_not_say"));
            self.excluded = receivers
                .iter()
                .filter(|(_, role)| role.is_lead())
                .map(|(id, _)| *id)
                .collect();
        } else {
            fields.extend(texts.iter().map(|id| ("team_involved", id.as_str())));
            self.excluded = involved.into_iter().collect();
        }
        for member in self.excluded.clone() {
            let jobs = self.jobs_to(member).await;
            self.told.insert(member, jobs);
        }
        let fields = concern_with(&fields);
        let visit = if story.taken_down {
            let by = &self.team[5];
            assert_eq!(by.role, Role::Facilitator);
            self.typed_by = Some(by.id);
            let today = "2026-11-24".parse().unwrap();
            let visit = report::take_down(&self.test.app, by, Channel::Phone, today)
                .await
                .unwrap();
            let answers = self.test.answers(&fields).await;
            report::change(&self.test.app, &visit, |draft| draft.answers = answers.clone())
                .await
                .unwrap();
            visit
        } else {
            self.test.draft(&fields).await
        };
        match report::submit(&self.test.app, &visit).await {
            Ok(sent) => {
                self.case = sent.case;
                self.visit = Some(visit);
                true
            }
            Err(SubmitError::NobodyLeft(_)) => {
                let able = receivers.iter().any(|(id, _)| !self.excluded.contains(id));
                assert!(!able, "somebody could act, and the report was not sent");
                false
            }
            Err(error) => panic!("{error:?}"),
        }
    }

    /// The first column of what the database has.
    pub async fn column(&self, sql: &str) -> Vec<String> {
        let mut conn = AnyConnection::connect(&self.test.url).await.unwrap();
        let rows = sqlx::query(AssertSqlSafe(sql))
            .fetch_all(&mut conn)
            .await
            .unwrap();
        conn.close().await.unwrap();
        rows.iter().map(|row| row.get::<String, _>(0)).collect()
    }

    /// What waits to be sent to somebody.
    pub async fn jobs_to(&self, member: UserId) -> Vec<String> {
        let mut jobs = self.column("SELECT payload FROM jobs ORDER BY payload, id").await;
        jobs.retain(|job| job.contains(&member.to_string()));
        jobs
    }

    /// Where the case stands.
    pub async fn ended(&self) -> Ended {
        let sql = format!("SELECT state FROM cases WHERE id = '{}'", self.case);
        Ended {
            state: self.column(&sql).await.pop(),
        }
    }
}
