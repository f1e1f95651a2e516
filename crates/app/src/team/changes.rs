//! What changed in the team, from the trace.

use jiff::Timestamp;
use safehold_core::{
    id::UserId,
    roster::Role,
    trace::{TeamStep, TraceEntry, Traced},
};
use safehold_store::{trace, users};

use super::{TeamError, may_keep_team};
use crate::{App, AppError, desk::Reader};

/// How many changes the page shows.
const SHOWN: usize = 200;
/// How many entries are read at a time, and at most.
const PAGE: u32 = 500;
const PAGES: usize = 40;

/// A change of the team.
pub struct TeamChange {
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody for the holder of the recovery key.
    pub by: Option<String>,
    /// What.
    pub step: TeamStep,
    /// Whom it is about.
    pub member: String,
    /// In which role they were then.
    pub role: Role,
}

/// The latest changes, newest first.
///
/// # Errors
/// [`TeamError::Role`].
pub async fn changes(app: &App, reader: &Reader) -> Result<Vec<TeamChange>, TeamError> {
    may_keep_team(reader)?;
    let mut conn = app.store().read().await?;
    let members = users::list(&mut conn).await?;
    let name = |id: UserId| {
        members
            .iter()
            .find(|row| row.id == id)
            .map(|row| row.name.clone())
            .unwrap_or_default()
    };
    let mut found = Vec::new();
    let mut before = None;
    for _ in 0..PAGES {
        let page = trace::list_without_case(&mut conn, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        for row in &page {
            let entry: TraceEntry =
                serde_json::from_str(&row.leaf).map_err(|_| AppError::Broken("a trace entry"))?;
            if let Traced::TeamChanged { member, role, step } = entry.what {
                found.push(TeamChange {
                    at: entry.at,
                    by: entry.who.map(name),
                    step,
                    member: name(member),
                    role,
                });
            }
        }
        if found.len() >= SHOWN {
            break;
        }
    }
    found.truncate(SHOWN);
    Ok(found)
}
