//! Each use of the recovery key is told to those who could be its second pair of eyes: by a mail without content, on
//! their desk until they have seen it, and from the trace for as long as there is one.

use jiff::Timestamp;
use safehold_core::{
    access::{Area, may_enter},
    id::{CaseId, NoteId, UserId},
    reference::Reference,
    roster::Member,
    trace::{RecoveryStep, TraceEntry, Traced},
};
use safehold_seal::{Context, SymmetricKey, open_body, random, seal_body, unwrap_key, wrap_key};
use safehold_store::{Tx, recovery as stored, users};

use super::Use;
use crate::{
    App, AppError,
    desk::{DeskError, Reader},
    notices::{self, Notice},
    roster::Team,
    trace::latest_without_case,
};

/// How many notes and uses a page shows.
const SHOWN: u32 = 100;

fn context(note: NoteId, to: UserId) -> Context {
    Context::new("recovery-note", &[&note.to_string(), &to.to_string()])
}

/// What is told, with which case it is about and until when it lasts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct About {
    pub(crate) case: Option<CaseId>,
    pub(crate) until: Option<Timestamp>,
}

/// Notes for every lead and the independent recipient, but whoever does it. The reason is sealed to each of them, so
/// that nobody else reads it. `may_know` leaves out those who are excluded.
pub(crate) fn for_leads(
    app: &App,
    team: &Team,
    step: RecoveryStep,
    used: &Use,
    member: Option<UserId>,
    may_know: impl Fn(&Member) -> bool,
) -> Result<Vec<stored::NoteRow>, AppError> {
    for_leads_about(app, team, step, used, member, About::default(), may_know)
}

pub(crate) fn for_leads_about(
    app: &App,
    team: &Team,
    step: RecoveryStep,
    used: &Use,
    member: Option<UserId>,
    about: About,
    may_know: impl Fn(&Member) -> bool,
) -> Result<Vec<stored::NoteRow>, AppError> {
    let id = NoteId::from_random(random::bytes());
    let mut notes = Vec::new();
    let told = team
        .roster
        .members
        .iter()
        .filter(|other| other.has_key && may_enter(other.role, Area::Recovery))
        .filter(|other| Some(other.id) != used.by() && may_know(other));
    for other in told {
        let key = SymmetricKey::generate();
        let place = context(id, other.id);
        notes.push(stored::NoteRow {
            id,
            user_id: other.id,
            kind: step.key().to_owned(),
            at: app.now(),
            by_id: used.by(),
            about_id: member,
            case_id: about.case,
            until_at: about.until,
            key_sealed: wrap_key(team.public_key(other.id)?, &place, &key)?,
            why_sealed: seal_body(&key, &place, used.why().as_bytes())?,
        });
    }
    Ok(notes)
}

/// Stores notes and tells of them by mail, which says nothing but that there is something to read.
pub(crate) async fn tell(tx: &mut Tx, notes: &[stored::NoteRow], now: Timestamp) -> Result<(), AppError> {
    stored::add_notes(tx, notes).await?;
    for note in notes {
        notices::tell_member(tx, note.user_id, Notice::Recovery, None, now).await?;
    }
    Ok(())
}

/// Something that a reader is told of and has not seen yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is called in a form.
    pub id: NoteId,
    /// What was done.
    pub step: RecoveryStep,
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody for whoever runs the installation.
    pub by: Option<String>,
    /// Whom it is about.
    pub about: Option<String>,
    /// The case that it is about.
    pub reference: Option<Reference>,
    /// Until when it lasts.
    pub until: Option<Timestamp>,
    /// Why, in the words of who did it; nothing if it was sealed to a key that this reader lost.
    pub why: String,
}

/// What this reader is told of and has not seen yet, newest first.
///
/// # Errors
/// [`AppError`].
pub async fn notes(app: &App, reader: &Reader) -> Result<Vec<Note>, AppError> {
    let mut conn = app.store().read().await?;
    let rows = stored::list_notes(&mut conn, reader.id, SHOWN).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let members = users::list(&mut conn).await?;
    drop(conn);
    let name = |id: UserId| {
        members
            .iter()
            .find(|row| row.id == id)
            .map(|row| row.name.clone())
            .unwrap_or_default()
    };
    let mut notes = Vec::new();
    for (row, reference) in rows {
        let place = context(row.id, reader.id);
        let why = unwrap_key(&reader.secret, &place, &row.key_sealed)
            .and_then(|key| open_body(&key, &place, &row.why_sealed))
            .map(|opened| String::from_utf8_lossy(&opened).into_owned());
        notes.push(Note {
            id: row.id,
            step: RecoveryStep::from_key(&row.kind).ok_or(AppError::Broken("a note on the recovery key"))?,
            at: row.at,
            by: row.by_id.map(name),
            about: row.about_id.map(name),
            reference,
            until: row.until_at,
            why: why.unwrap_or_default(),
        });
    }
    Ok(notes)
}

/// The reader has seen it. It stays in the trace.
///
/// # Errors
/// [`DeskError::NotFound`] if there is no such for them.
pub async fn seen(app: &App, reader: &Reader, note: NoteId) -> Result<(), DeskError> {
    let who = reader.id;
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                if stored::remove_note(tx, who, note).await? {
                    Ok(())
                } else {
                    Err(DeskError::NotFound)
                }
            })
        })
        .await
}

/// A use of the recovery key, from the trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// When.
    pub at: Timestamp,
    /// Who; nobody for whoever runs the installation, or somebody who is not signed in.
    pub by: Option<String>,
    /// What.
    pub step: RecoveryStep,
    /// Whom it is about.
    pub about: Option<String>,
}

/// The latest uses that are about no case, newest first. Those of a case are in its own trace.
///
/// # Errors
/// [`DeskError::Role`].
pub async fn uses(app: &App, reader: &Reader) -> Result<Vec<Used>, DeskError> {
    if !may_enter(reader.role, Area::Recovery) {
        return Err(DeskError::Role);
    }
    let mut conn = app.store().read().await?;
    let members = users::list(&mut conn).await?;
    let name = |id: UserId| {
        members
            .iter()
            .find(|row| row.id == id)
            .map(|row| row.name.clone())
            .unwrap_or_default()
    };
    let pick = |entry: TraceEntry| match entry.what {
        Traced::Recovery { step, member } => Some(Used {
            at: entry.at,
            by: entry.who.map(name),
            step,
            about: member.map(name),
        }),
        _ => None,
    };
    Ok(latest_without_case(&mut conn, SHOWN as usize, pick).await?)
}
