//! Cases to ask for: on this desk because they were shared, because nobody nearer can act, or not at all.

use safehold_app::desk::{self, Reader, record::register, retention};
use safehold_core::{
    case::{Action, Field, FieldKind},
    id::CaseId,
    record::Kind,
    retention::Step,
    roster::Role,
};
use safehold_testkit::app::{concern_with, owned};

use crate::site::Scene;

/// What is in each of these cases, to be looked for.
pub const MARKS: [&str; 3] = ["MARKaccount", "MARKname", "MARKdecision"];

/// How a case is somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// A lead shared it with them, or it came to them for a check.
    Shared,
    /// Nobody who stands before them can act, so they answer for it.
    InCharge,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum At {
    /// Nobody has begun with it.
    Received,
    /// Somebody has.
    #[default]
    Begun,
    /// A decision was entered.
    Decided,
    /// It waits for a check before it closes.
    Review,
    /// It is closed.
    Closed,
    /// It is proposed that it is erased.
    Proposed,
}

impl Scene {
    /// A case that is this role's in this way; nothing if it can't be.
    pub async fn case(&self, role: Role, tie: Tie, at: At) -> Option<CaseId> {
        match tie {
            Tie::Shared => {
                let case = self.report(&[]).await;
                let lead = self.reader(Role::Lead);
                if role == Role::Lead {
                    // Nobody checks their own decision, so somebody else has to make it.
                    if at == At::Decided {
                        self.bring(lead, case, At::Begun).await;
                        desk::share(&self.test.app, lead, case, self.second.id, "Decides.".into())
                            .await
                            .unwrap();
                        self.bring(&self.second, case, at).await;
                    } else {
                        self.bring(lead, case, at).await;
                    }
                    return Some(case);
                }
                if at == At::Received {
                    // Sharing what nobody has begun with would bring it to them as if no lead could.
                    return None;
                }
                self.bring(lead, case, At::Begun).await;
                let with = self.reader(role).id;
                desk::share(&self.test.app, lead, case, with, "Helps.".into())
                    .await
                    .ok()?;
                self.bring(lead, case, at).await;
                Some(case)
            }
            Tie::InCharge => {
                let before: &[Role] = match role {
                    Role::Alternate => &[Role::Lead],
                    Role::Sponsor => &[Role::Lead, Role::Alternate],
                    Role::University => &[Role::Lead, Role::Alternate, Role::Sponsor],
                    _ => return None,
                };
                let mut involved: Vec<String> = before
                    .iter()
                    .map(|role| self.reader(*role).id.to_string())
                    .collect();
                // There are two alternates: which of them is told first depends on chance.
                involved.push(self.second.id.to_string());
                // Alone, they can't end it, nor check what they decided.
                if matches!(at, At::Decided | At::Review | At::Closed | At::Proposed) {
                    return None;
                }
                let case = self.report(&involved).await;
                self.bring(self.reader(role), case, at).await;
                Some(case)
            }
        }
    }

    /// A case that is there, and not for this role.
    pub async fn others_case(&self, role: Role, at: At) -> CaseId {
        let me = self.reader(role).id.to_string();
        let involved = if role.receives_reports() {
            vec![me]
        } else {
            Vec::new()
        };
        let case = self.report(&involved).await;
        for by in self.everybody() {
            if desk::find(&self.test.app, by, case).await.is_ok() {
                self.bring(by, case, at).await;
                return case;
            }
        }
        panic!("a report that nobody received")
    }

    /// Everybody in the team.
    fn everybody(&self) -> impl Iterator<Item = &Reader> {
        let first = self.people.values().map(|person| &person.reader);
        first.chain([&self.second])
    }

    async fn report(&self, involved: &[String]) -> CaseId {
        let mut fields = vec![("what_happened", "MARKaccount"), ("name", "MARKname")];
        if !involved.is_empty() {
            fields.extend(involved.iter().map(|id| ("team_involved", id.as_str())));
        }
        self.test.report(&concern_with(&fields)).await.1
    }

    /// Brings a case on from where it stands.
    async fn bring(&self, by: &Reader, case: CaseId, to: At) {
        let state = desk::find(&self.test.app, by, case).await.unwrap().state;
        if to == At::Received {
            return;
        }
        if state == safehold_core::case::State::Received {
            self.test.begin(by, case).await;
        }
        match to {
            At::Received | At::Begun => {}
            At::Decided => self.decide(by, case).await,
            At::Review | At::Closed | At::Proposed => {
                self.take(by, case, Action::GiveAdvice).await;
                self.take(by, case, Action::AskToClose).await;
                if to == At::Review {
                    return;
                }
                // Whoever was asked to check may be somebody else; the second alternate may always.
                let second = if by.id == self.second.id {
                    self.reader(Role::Alternate)
                } else {
                    &self.second
                };
                if desk::find(&self.test.app, second, case).await.is_err() {
                    desk::share(&self.test.app, by, case, second.id, "Checks it.".into())
                        .await
                        .unwrap();
                }
                self.take(second, case, Action::Close).await;
                if to == At::Proposed {
                    let version = desk::find(&self.test.app, second, case).await.unwrap().version;
                    let record = owned(&[("basis", "request"), ("reason", "They asked for it.")]);
                    retention::take(&self.test.app, second, case, Step::Propose, &record, version)
                        .await
                        .unwrap();
                }
            }
        }
    }

    async fn take(&self, by: &Reader, case: CaseId, action: Action) {
        let record = filled(action.fields());
        let record: Vec<_> = record
            .iter()
            .map(|(field, value)| (field.as_str(), value.as_str()))
            .collect();
        self.test.act(by, case, action, &record).await.unwrap();
    }

    async fn decide(&self, by: &Reader, case: CaseId) {
        let record = filled(Kind::Decision.fields());
        let record: Vec<_> = record
            .iter()
            .map(|(field, value)| {
                let value = if field == "decision" {
                    "MARKdecision"
                } else {
                    value.as_str()
                };
                (field.as_str(), value)
            })
            .collect();
        self.test
            .record(by, case, Kind::Decision, None, &record)
            .await
            .unwrap();
    }

    /// The decision that was entered, as its page names it; nothing to those who can't see the case.
    pub async fn decision_of(&self, case: CaseId) -> String {
        for person in self.people.values() {
            if let Ok(desk::CaseOpened::Full(opened)) = desk::open(&self.test.app, &person.reader, case).await
            {
                let decisions = register(&opened.history).items(Kind::Decision);
                if let Some(item) = decisions.first() {
                    return item.root.to_string();
                }
            }
        }
        String::new()
    }

    /// Where a case stands, for anybody who has it; nothing for a case that is gone.
    pub async fn stands(&self, case: CaseId) -> String {
        for reader in self.everybody() {
            if let Ok(row) = desk::find(&self.test.app, reader, case).await {
                return format!("{row:?}");
            }
        }
        String::new()
    }

    /// The version of a case, as its forms carry it.
    pub async fn version(&self, case: CaseId) -> String {
        for reader in self.everybody() {
            if let Ok(row) = desk::find(&self.test.app, reader, case).await {
                return row.version.to_string();
            }
        }
        "1".to_owned()
    }
}

/// A record with something in each field.
pub fn filled(fields: &[Field]) -> Vec<(String, String)> {
    let mut record = Vec::new();
    for field in fields {
        let values = match field.kind {
            FieldKind::Text | FieldKind::Long => vec!["Something."],
            FieldKind::Date => vec!["2027-01-12"],
            FieldKind::Choice(_) if field.id == "level" => vec!["low"],
            FieldKind::Choice(choices) => choices.first().copied().into_iter().collect(),
            FieldKind::AllOf(checks) => checks.to_vec(),
            FieldKind::Reader | FieldKind::Categories => Vec::new(),
        };
        for value in values {
            record.extend(owned(&[(field.id, value)]));
        }
    }
    record
}

/// The same, as a form of a page sends it.
pub fn typed(fields: &[Field]) -> Vec<(String, String)> {
    let mut record = filled(fields);
    let dates: Vec<&str> = fields
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::Date))
        .map(|field| field.id)
        .collect();
    record.retain(|(name, _)| !dates.contains(&name.as_str()));
    for name in dates {
        for (part, value) in [("day", "12"), ("month", "1"), ("year", "2027")] {
            record.push((format!("{name}-{part}"), value.to_owned()));
        }
    }
    record
}
