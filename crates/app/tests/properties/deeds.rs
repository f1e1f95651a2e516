//! Carrying out what was drawn, and noting what came of it.

use proptest::sample::Index;
use safehold_app::{
    SecretString,
    desk::{self, CaseOpened, Reader, retention},
    follow,
    report::MessageBody,
    team::{self, NewMember},
    watch,
};
use safehold_core::{
    case::{Action, Field, FieldKind},
    id::UserId,
    record::Kind,
    retention::Step,
    roster::Role,
};
use safehold_seal::totp;
use safehold_testkit::app::{Entrance, PASS, owned, shown};

use crate::{Deed, stage::Stage};

/// The most who join in one story.
const MOST: usize = 13;

impl Stage {
    fn one(&self, index: Index) -> &Reader {
        index.get(&self.team)
    }

    /// Carries out one deed. The answer is who did it, if it was done.
    #[expect(clippy::too_many_lines, reason = "an arm for each deed")]
    pub async fn carry_out(&mut self, deed: &Deed) -> Option<UserId> {
        self.test.tick();
        match deed {
            Deed::Offered(by, pick) => {
                let by = self.one(*by);
                let Ok(opened) = desk::open(&self.test.app, by, self.case).await else {
                    return None;
                };
                let action = match &opened {
                    CaseOpened::Before(_) => Action::Begin,
                    CaseOpened::Full(case) if case.actions.is_empty() => return None,
                    CaseOpened::Full(case) => *pick.get(&case.actions),
                };
                let id = by.id;
                let done = self.act(id, action).await;
                let is_offered = matches!(opened, CaseOpened::Full(_));
                assert!(
                    done.is_some() || !is_offered,
                    "{action:?} is offered, and refused"
                );
                done
            }
            Deed::Forward(by, pick) => {
                let by = self.one_who_has_it(*by).await?;
                let action = match desk::open(&self.test.app, self.find(by), self.case).await {
                    Ok(CaseOpened::Before(_)) => Action::Begin,
                    Ok(CaseOpened::Full(case)) => forward(&case.actions, *pick)?,
                    Err(_) => return None,
                };
                self.act(by, action).await
            }
            Deed::Erase(by) => {
                let by = self.one_who_has_it(*by).await?;
                let step = match self.ended().await.state.as_deref() {
                    Some("closed") => Step::Propose,
                    Some("retained") => Step::Erase,
                    _ => return None,
                };
                self.keep(by, step).await
            }
            Deed::Act(by, action) => self.act(self.one(*by).id, *action).await,
            Deed::Decide(by) => self.decide(self.one(*by).id).await,
            Deed::Exclude(by, who) => {
                let (by, who) = (self.one(*by).id, self.one(*who).id);
                self.exclude(by, who).await
            }
            Deed::Declare(by) => {
                let by = self.one(*by);
                let declared = desk::declare_conflict(&self.test.app, by, self.case, "Mine.".into()).await;
                let id = declared.is_ok().then_some(by.id)?;
                self.note_excluded(id).await;
                Some(id)
            }
            Deed::Share(by, with) => {
                let (by, with) = (self.one(*by), self.one(*with));
                let shared = desk::share(&self.test.app, by, self.case, with.id, "Helps.".into()).await;
                if shared.is_err() {
                    return None;
                }
                assert!(!self.excluded.contains(&with.id), "shared with somebody excluded");
                let (by, with) = (by.id, with.id);
                self.shared.insert(with);
                Some(by)
            }
            Deed::Write(by) => {
                let by = self.one(*by);
                let id = desk::new_message_id();
                let written = desk::write(
                    &self.test.app,
                    by,
                    self.case,
                    id,
                    "We are here.".into(),
                    Vec::new(),
                )
                .await;
                written.is_ok().then_some(by.id)
            }
            Deed::ReporterWrites => {
                let body = MessageBody::Text {
                    text: "More.".to_owned(),
                    files: Vec::new(),
                };
                let visit = self.visit.as_ref().unwrap();
                follow::send(&self.test.app, visit, follow::new_message_id(), body)
                    .await
                    .unwrap();
                None
            }
            Deed::Keep(by, step) => self.keep(self.one(*by).id, *step).await,
            Deed::Leave(by, who) => self.leave(*by, *who).await,
            Deed::Join(role) => self.join(*role).await,
            Deed::Away(who) => {
                let who = self.one(*who);
                let on = self.test.app.rules().hours.day_of(self.test.app.now());
                team::add_absence(&self.test.app, who, who.id, on, on.tomorrow().unwrap())
                    .await
                    .unwrap();
                None
            }
            Deed::Wait(hours) => {
                let hours = jiff::SignedDuration::from_hours(i64::from(*hours));
                self.test.clock.advance(hours);
                watch::round(&self.test.app).await.unwrap();
                None
            }
        }
    }

    fn find(&self, id: UserId) -> &Reader {
        self.team.iter().find(|member| member.id == id).unwrap()
    }

    async fn act(&mut self, by: UserId, action: Action) -> Option<UserId> {
        let record = filled(action.fields());
        let record: Vec<_> = record
            .iter()
            .map(|(field, value)| (field.as_str(), value.as_str()))
            .collect();
        let done = self.test.act(self.find(by), self.case, action, &record).await;
        if done.is_err() {
            return None;
        }
        assert!(!self.excluded.contains(&by), "somebody excluded took {action:?}");
        match action {
            Action::Begin => {
                self.begun_by = self.begun_by.or(Some(by));
            }
            Action::Reopen => self.decided.clear(),
            // A note, a pause and the check itself decide nothing of how it ends.
            Action::Note | Action::Pause | Action::Resume | Action::Close | Action::SendBack => {}
            Action::AskToClose => self.asked_by = Some(by),
            _ => {
                self.decided.insert(by);
            }
        }
        Some(by)
    }

    async fn decide(&mut self, by: UserId) -> Option<UserId> {
        let record = filled(Kind::Decision.fields());
        let record: Vec<_> = record
            .iter()
            .map(|(field, value)| (field.as_str(), value.as_str()))
            .collect();
        let done = self
            .test
            .record(self.find(by), self.case, Kind::Decision, None, &record)
            .await;
        if done.is_ok() {
            self.decided.insert(by);
        }
        done.is_ok().then_some(by)
    }

    async fn exclude(&mut self, by: UserId, who: UserId) -> Option<UserId> {
        let had = desk::find(&self.test.app, self.find(by), self.case).await.is_ok();
        let done = desk::exclude(
            &self.test.app,
            self.find(by),
            self.case,
            who,
            "Close to it.".into(),
        )
        .await;
        if done.is_err() {
            return None;
        }
        assert!(had, "somebody excluded without the case on their desk");
        self.note_excluded(who).await;
        Some(by)
    }

    async fn note_excluded(&mut self, who: UserId) {
        let told = self.jobs_to(who).await;
        self.excluded.insert(who);
        self.told.entry(who).or_insert(told);
    }

    /// One of those on whose desk it is.
    async fn one_who_has_it(&self, who: Index) -> Option<UserId> {
        let sql = format!(
            "SELECT DISTINCT w.holder FROM key_wraps w JOIN cases c ON c.id = w.case_id AND c.epoch = w.epoch \
             WHERE w.case_id = '{}' AND w.standing = 'active' ORDER BY w.holder",
            self.case
        );
        let holders = self.column(&sql).await;
        let able: Vec<UserId> = self
            .team
            .iter()
            .map(|member| member.id)
            .filter(|id| holders.contains(&id.to_string()))
            .collect();
        (!able.is_empty()).then(|| *who.get(&able))
    }

    async fn keep(&mut self, by: UserId, step: Step) -> Option<UserId> {
        let by = self.proven(by).await;
        let version = desk::find(&self.test.app, &by, self.case).await.ok()?.version;
        let mut record = filled(step.fields());
        for (field, value) in &mut record {
            if field == "basis" {
                "request".clone_into(value);
            }
        }
        let done = retention::take(&self.test.app, &by, self.case, step, &record, version).await;
        if done.is_err() {
            return None;
        }
        if step == Step::Propose {
            self.proposed_by = Some(by.id);
        }
        Some(by.id)
    }

    /// Somebody who has just proven who they are.
    async fn proven(&self, who: UserId) -> Reader {
        self.test.clock.advance(jiff::SignedDuration::from_secs(90));
        self.test.sign_in(&self.test.entrances[&who]).await
    }

    async fn leave(&mut self, by: Index, who: Index) -> Option<UserId> {
        let by = self.proven(self.one(by).id).await;
        let who = self.one(who).id;
        let done = team::leave(&self.test.app, &by, who).await;
        if done.is_err() {
            return None;
        }
        self.team.retain(|member| member.id != who);
        // Whoever is taken out by somebody else can't hand over.
        self.orphaned |= by.id != who;
        // What others are told of the team has nothing to do with the case.
        self.look_anew_at_what_waits().await;
        Some(by.id)
    }

    async fn join(&mut self, role: Role) -> Option<UserId> {
        if self.team.len() >= MOST {
            return None;
        }
        let lead = self.team.iter().find(|member| member.role.is_lead())?.id;
        let by = self.proven(lead).await;
        // Addresses of their own: in a copy of a team those that TestApp gives are taken.
        self.joined += 1;
        let email = format!("new{}@riverbank.example", self.joined);
        let new = NewMember {
            role,
            name: format!("Person New {}", self.joined),
            email: email.clone(),
            phone: String::new(),
        };
        let app = &self.test.app;
        let token = shown(team::invite(app, &by, new).await.unwrap());
        let typed = team::new_totp(&email, "Riverbank").unwrap().typed;
        let totp = totp::parse_typed(&typed).unwrap();
        let joined = team::join(
            app,
            &token,
            SecretString::from(PASS),
            &typed,
            &self.test.code(&totp),
        )
        .await
        .unwrap();
        if joined.waits {
            self.test.confirm(&email).await;
        }
        let entrance = Entrance {
            email,
            totp,
            recovery_codes: joined.recovery_codes,
        };
        let new = self.test.sign_in(&entrance).await;
        self.test.entrances.insert(new.id, entrance);
        // Whoever joins as a lead is one whom the reporter may rather not have it read by.
        if self.rather_not_say && role.is_lead() {
            self.excluded.insert(new.id);
        }
        self.team.push(new);
        self.look_anew_at_what_waits().await;
        None
    }

    async fn look_anew_at_what_waits(&mut self) {
        for id in self.excluded.clone() {
            let jobs = self.jobs_to(id).await;
            self.told.insert(id, jobs);
        }
    }
}

/// What brings a case nearest to its end.
fn forward(offered: &[Action], pick: Index) -> Option<Action> {
    let near = [Action::Close, Action::AskToClose, Action::Monitor, Action::Plan];
    if let Some(action) = near.into_iter().find(|action| offered.contains(action)) {
        return Some(action);
    }
    let far: Vec<Action> = offered
        .iter()
        .copied()
        .filter(|action| {
            matches!(
                action,
                Action::GiveAdvice
                    | Action::Signpost
                    | Action::TakeOn
                    | Action::Transfer
                    | Action::LearnOnly
                    | Action::Resume
            )
        })
        .collect();
    (!far.is_empty()).then(|| *pick.get(&far))
}

/// A record with something in each field.
fn filled(fields: &[Field]) -> Vec<(String, String)> {
    let mut record = Vec::new();
    for field in fields {
        let values = match field.kind {
            FieldKind::Text | FieldKind::Long => vec!["Something."],
            FieldKind::Date => vec!["2027-01-12"],
            FieldKind::Choice(_) if field.id == "level" => vec!["low"],
            FieldKind::Choice(choices) => vec![choices[0]],
            FieldKind::AllOf(checks) => checks.to_vec(),
            FieldKind::Reader | FieldKind::Categories => Vec::new(),
        };
        for value in values {
            record.extend(owned(&[(field.id, value)]));
        }
    }
    record
}
