//! Opening a case: what the person wants comes first, and opening leaves a trace before anything is shown.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use safehold_core::{
    access::Part,
    case::{Action, CaseView, State},
    duties::Open,
    form::{Answers, Facts, Identity},
    id::{CaseId, EventId, UserId},
    recipients::{Standing, TeamConflict},
    record::Kind,
    roster::Role,
    trace::Traced,
};
use safehold_store::{
    Conn,
    cases::CaseRow,
    duties as stored_duties, events,
    messages::{self, Sender},
    reports,
    wraps::{self, Holder},
};

use super::{
    DeskError, Reader, ReviewAsked, Unlocked, duties, list, part_in, record, renew, review, unlock, visit,
};
use crate::{
    App, AppError, AskedForm, follow,
    keys::{self, CaseKeys},
    leave_trace, recovery,
    report::{self, EventBody, ReportBody},
    roster::Team,
};

/// A case that nobody has opened yet: what a lead needs to say whether they have a conflict, and no more.
pub struct BeforeOpening {
    /// Where it stands.
    pub row: CaseRow,
    /// People whom the report names, with the role that they have in it.
    pub people: Vec<String>,
    /// The activity, if it was named.
    pub activity: Option<String>,
}

/// One entry in the history.
pub struct Entry {
    /// Which.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Option<UserId>,
    /// Their name.
    pub actor_name: Option<String>,
    /// What was done and recorded.
    pub body: EventBody,
}

/// A case as its readers see it.
pub struct OpenedCase {
    /// Where it stands, in clear.
    pub row: CaseRow,
    /// The report.
    pub report: ReportBody,
    /// The form that it answers.
    pub form: AskedForm,
    /// What the program knows of it.
    pub facts: Facts,
    /// How the reporter is known now.
    pub identity: Identity,
    /// Wishes and must-nots that were sent after the report.
    pub wishes: Option<(String, String)>,
    /// Messages, oldest first.
    pub messages: Vec<follow::Message>,
    /// The history, oldest first.
    pub history: Vec<Entry>,
    /// Who holds a key, with name, role and standing.
    pub readers: Vec<(UserId, String, Role, Standing)>,
    /// Those with whom it could be shared.
    pub could_share: Vec<(UserId, String, Role)>,
    /// What this reader can do now.
    pub actions: Vec<Action>,
    /// Where the case stands for this reader, for the rules.
    pub view: CaseView,
    /// Reviews that the person asked for and this reader knows of, oldest first.
    pub reviews: Vec<ReviewAsked>,
    /// What is open with bodies outside.
    pub open_duties: Vec<Open>,
    /// What is due next.
    pub due: Option<(list::Due, Timestamp)>,
    /// The name of who wrote the report down, if somebody did for the reporter.
    pub typed_by_name: Option<String>,
    /// The name of who answers for it.
    pub owner_name: Option<String>,
}

/// What opening a case shows.
pub enum CaseOpened {
    /// Nobody has begun with it: first comes the question of conflict.
    Before(Box<BeforeOpening>),
    /// All of it.
    Full(Box<OpenedCase>),
}

/// What is sealed in a case, opened.
pub(crate) struct Content {
    pub(crate) report: ReportBody,
    pub(crate) history: Vec<Entry>,
    pub(crate) excluded: BTreeSet<UserId>,
}

pub(crate) async fn content(
    conn: &mut Conn,
    case: CaseId,
    keys: &CaseKeys,
    names: &BTreeMap<UserId, String>,
) -> Result<Content, AppError> {
    let stored = reports::find(conn, case)
        .await?
        .ok_or(AppError::Broken("a case has no report"))?;
    let happened = events::list(conn, case).await?;
    content_of(case, keys, names, &stored, happened)
}

/// The same from what was read already.
pub(crate) fn content_of(
    case: CaseId,
    keys: &CaseKeys,
    names: &BTreeMap<UserId, String>,
    stored: &reports::ReportRow,
    happened: Vec<events::EventRow>,
) -> Result<Content, AppError> {
    let report: ReportBody = keys::open(keys.of(stored.epoch)?, &keys::report(case), &stored.body_sealed)?;
    let mut history = Vec::new();
    for row in happened {
        let Some(sealed) = &row.body_sealed else {
            continue;
        };
        history.push(Entry {
            id: row.id,
            at: row.at,
            actor: row.actor_id,
            actor_name: row.actor_id.and_then(|id| names.get(&id).cloned()),
            body: keys::open(keys.of(row.epoch)?, &keys::event(case, row.id), sealed)?,
        });
    }
    // Nobody is ever taken off the list, so all lists together are the list, in whatever order they were made.
    let mut excluded = report.excluded.clone();
    for entry in &history {
        if let EventBody::Excluded { excluded: more, .. } = &entry.body {
            excluded.extend(more);
        }
    }
    Ok(Content {
        report,
        history,
        excluded,
    })
}

/// Who may hold no key to a case: those on its list, and, of the team as it is now, those whom the reporter named or
/// would rather not have it read by. Somebody who joined after the report is on no list.
pub(crate) async fn conflict(
    app: &App,
    conn: &mut Conn,
    form_digest: &str,
    content: &Content,
    team: &Team,
) -> Result<TeamConflict, AppError> {
    let form = app.asked_form(conn, form_digest).await?;
    let facts = Facts::of(&form.form, &content.report.answers);
    let mut conflict = report::conflict(&facts, &team.roster);
    conflict.involved.extend(&content.excluded);
    Ok(conflict)
}

/// Where a case stands, for the rules.
pub(super) fn view(
    row: &CaseRow,
    history: &[Entry],
    open_duties: usize,
    (who, part): (UserId, Part),
) -> CaseView {
    let asked_from = history.iter().rev().find_map(|entry| match &entry.body {
        EventBody::Acted {
            action: Action::AskToClose,
            from,
            ..
        } => Some(*from),
        _ => None,
    });
    CaseView {
        state: row.state,
        is_paused: row.paused_at.is_some(),
        owner: row.owner_id,
        asked_to_close: row
            .asked_to_close_id
            .map(|who| (who, asked_from.unwrap_or(State::Triage))),
        record: record::register(history).readiness(),
        open_duties,
        part,
        had_part: deciders(history).contains(&who),
    }
}

/// Everybody who decided something of how a case ends, since it was opened or opened again: none of them is an
/// independent check of it.
pub(super) fn deciders(history: &[Entry]) -> BTreeSet<UserId> {
    let mut deciders = BTreeSet::new();
    for entry in history {
        match &entry.body {
            EventBody::Acted {
                action: Action::Reopen,
                ..
            } => deciders.clear(),
            EventBody::Acted { action, .. } if action.decides() => deciders.extend(entry.actor),
            EventBody::Entered { entry: entered }
                if matches!(entered.of, Kind::Decision | Kind::StayAway | Kind::StayAwayReview) =>
            {
                deciders.extend(entry.actor);
            }
            _ => {}
        }
    }
    deciders
}

/// Opens a case. It is in the trace before it is shown, once for each visit (see [`visit`]).
///
/// # Errors
/// [`DeskError::NotFound`] for a case that is not on this desk, for whatever reason.
pub async fn open(app: &App, reader: &Reader, case: CaseId) -> Result<CaseOpened, DeskError> {
    renew::if_due(app, reader, case).await?;
    match read(app, reader, case).await {
        // A new key may have been made between reading the keys and reading what is sealed: then both are new now.
        Err(DeskError::App(AppError::Body(_))) => read(app, reader, case).await,
        read => read,
    }
}

async fn read(app: &App, reader: &Reader, case: CaseId) -> Result<CaseOpened, DeskError> {
    let mut conn = app.store().read().await?;
    let Unlocked { row, keys } = unlock(&mut conn, reader, case).await?;
    let team = Team::read(&mut conn).await?;
    let names = team.names();
    let content = content(&mut conn, case, &keys, &names).await?;
    let conflict = conflict(app, &mut conn, &row.form_digest, &content, &team).await?;
    let Content { report, history, .. } = content;
    let form = app.asked_form(&mut conn, &row.form_digest).await?;
    let messages = follow::open_messages(&mut conn, case, &keys, &names).await?;
    let holders = wraps::list_holders(&mut conn, case, row.epoch).await?;
    let reviews = review::of_case(&mut conn, reader, case, &keys).await?;
    let part = part_in(&mut conn, reader, &row).await?;
    let (who, now) = (reader.id, app.now());
    let next_duty = stored_duties::next_of(&mut conn, &[case]).await?.remove(&case);
    // Looked at after all else was read: what came in between counts as new.
    let is_traced = visit::is_traced(&mut conn, reader, case, now).await?;
    drop(conn);

    let (is_new, epoch) = (row.state == State::Received, row.epoch);
    let unseen = !is_new
        && messages
            .iter()
            .any(|message| !message.from_desk && message.seen_at.is_none());
    let facts = Facts::of(&form.form, &report.answers);
    let standby = recovery::missing_standby(app, &team, &keys, case, &holders, &conflict)?;
    if !is_traced || unseen || !standby.is_empty() {
        app.store()
            .write_with(standby, move |tx, standby| {
                Box::pin(async move {
                    // First, because it keeps every other change out until the commit.
                    leave_trace(tx, now, Some(who), Some(case), Traced::Opened).await?;
                    if !standby.is_empty() {
                        recovery::add_to_unchanged(tx, case, epoch, standby).await?;
                    }
                    if unseen {
                        messages::mark_seen(tx, case, Sender::Reporter, now).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
    }

    if is_new {
        let (people, activity) = named(&report.answers);
        return Ok(CaseOpened::Before(Box::new(BeforeOpening {
            row,
            people,
            activity,
        })));
    }
    let open_duties = duties::of(app, &form.form, &report.answers, row.level, &history).open;
    let view = view(&row, &history, open_duties.len(), (reader.id, part));
    let actions = Action::ALL
        .iter()
        .copied()
        .filter(|action| safehold_core::case::may_step(&view, reader.id, reader.role, *action).is_ok())
        .collect();
    let mut readers: Vec<_> = holders
        .into_iter()
        .filter_map(|(holder, standing)| match holder {
            Holder::User(id) => {
                let member = team.roster.find(id)?;
                Some((id, member.name.clone(), member.role, standing))
            }
            Holder::Reporter | Holder::Recovery => None,
        })
        .collect();
    readers.sort_by_key(|(id, _, role, standing)| (*standing, *role, *id));
    let could_share = team
        .roster
        .members
        .iter()
        .filter(|member| {
            member.has_key && member.role.holds_keys() && !conflict.shuts_out(member.id, member.role)
        })
        .filter(|member| {
            !readers
                .iter()
                .any(|(id, _, _, standing)| *id == member.id && *standing == Standing::Active)
        })
        .map(|member| (member.id, member.name.clone(), member.role))
        .collect();
    Ok(CaseOpened::Full(Box::new(OpenedCase {
        identity: follow::present_identity(facts.identity, &messages),
        wishes: follow::present_wishes(&messages),
        due: list::sooner(list::due(&row), next_duty),
        open_duties,
        owner_name: row.owner_id.and_then(|id| names.get(&id).cloned()),
        typed_by_name: report.typed_by.and_then(|id| names.get(&id).cloned()),
        row,
        report,
        form,
        facts,
        messages,
        history,
        readers,
        could_share,
        actions,
        view,
        reviews,
    })))
}

/// Names that the report gives, and its activity.
fn named(answers: &Answers) -> (Vec<String>, Option<String>) {
    let people = answers
        .items("people")
        .iter()
        .filter_map(|person| Some(person.get("person_name")?.text()?.to_owned()))
        .chain(
            answers
                .get("name")
                .and_then(|name| name.text())
                .map(str::to_owned),
        )
        .collect();
    let activity = answers
        .get("activity")
        .and_then(|activity| activity.text())
        .map(str::to_owned);
    (people, activity)
}
