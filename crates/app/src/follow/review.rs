//! Asking for a review: it goes to somebody who had no part in the case.
//!
//! The person's words open the keys of their case here, so the reviewer gets them at once, and from nobody who decided.

use std::collections::BTreeSet;

use jiff::Timestamp;
use safehold_core::{
    case::State,
    id::{EventId, UserId},
    recipients::Standing,
    review,
    roster::{Member, Role},
    trace::Traced,
};
use safehold_store::{
    StoreError, Tx,
    cases::{self, CaseRow},
    reviews::{self, ReviewRow},
    wraps::{self, Holder},
};
use serde::{Deserialize, Serialize};

use super::{
    ATTEMPTS,
    say::{SayError, tell_readers},
    unlock,
};
use crate::{
    App, AppError, desk,
    keys::{self, CaseKeys},
    leave_trace,
    messages::{MOST_CHARACTERS, open_messages},
    notices::{self, Notice},
    report::Visit,
    roster::{self, Team},
};

/// What is sealed with the ask for a review.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ReviewBody {
    /// What it is about, in the person's words; may be empty.
    pub(crate) about: String,
    /// Whom they would rather not have.
    pub(crate) not_whom: BTreeSet<UserId>,
}

/// A review that is under way, as the person sees it.
pub struct OpenReview {
    /// When they asked.
    pub asked_at: Timestamp,
    /// By when it is answered.
    pub due_at: Timestamp,
    /// Who looks, by role; nobody if whoever was to look no longer can.
    pub role: Option<Role>,
    /// Whether those who decided know of it.
    pub told: bool,
}

/// What the page of asking shows.
pub struct Reviewing {
    /// Whether something was decided that can be looked at again.
    pub can_ask: bool,
    /// The one that is under way.
    pub open: Option<OpenReview>,
    /// Those who could look: id, name and role.
    pub free: Vec<(UserId, String, Role)>,
}

/// What the person asks.
pub struct ReviewAsk {
    /// What it is about; may be empty.
    pub about: String,
    /// Whom they would rather not have.
    pub not_whom: BTreeSet<UserId>,
    /// Whether those who decided are to know of it only once it is answered.
    pub quiet: bool,
}

/// Why a review was not asked for. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// Nothing is decided yet.
    #[error("nothing is decided yet")]
    NotYet,
    /// Everybody who could look had a part in it, is involved, or is somebody whom they would rather not have.
    #[error("nobody is free to look")]
    NobodyFree,
    /// The text is too long.
    #[error("the text is too long")]
    TooLong,
    /// Anything else.
    #[error(transparent)]
    Say(#[from] SayError),
}

impl From<AppError> for ReviewError {
    fn from(error: AppError) -> Self {
        Self::Say(error.into())
    }
}

impl From<StoreError> for ReviewError {
    fn from(error: StoreError) -> Self {
        Self::Say(error.into())
    }
}

/// Everybody who had a part in a case: who did, decided, entered or wrote anything, who answers for it, and who took
/// the report down. To be able to read it is no part.
fn had_part(
    row: &CaseRow,
    content: &desk::Content,
    authors: impl Iterator<Item = UserId>,
) -> BTreeSet<UserId> {
    content
        .history
        .iter()
        .filter_map(|entry| entry.actor)
        .chain(authors)
        .chain(content.report.typed_by)
        .chain(row.owner_id)
        .chain(row.asked_to_close_id)
        .collect()
}

/// What is read before a review is asked for.
struct Read {
    row: CaseRow,
    keys: CaseKeys,
    team: Team,
    conflict: safehold_core::recipients::TeamConflict,
    had_part: BTreeSet<UserId>,
    holders: Vec<(Holder, Standing)>,
    asked: Vec<ReviewRow>,
}

async fn read(app: &App, visit: &Visit) -> Result<Read, ReviewError> {
    let mut conn = app.store().read().await?;
    let (row, keys) = unlock(&mut conn, visit).await?.ok_or(SayError::NoReport)?;
    let team = Team::read(&mut conn).await?;
    let names = team.names();
    let content = desk::content(&mut conn, row.id, &keys, &names).await?;
    let conflict = desk::conflict(app, &mut conn, &row.form_digest, &content, &team).await?;
    let messages = open_messages(&mut conn, row.id, &keys, &names).await?;
    let holders = wraps::list_holders(&mut conn, row.id, row.epoch).await?;
    let asked = reviews::list(&mut conn, row.id).await?;
    let had_part = had_part(
        &row,
        &content,
        messages.iter().filter_map(|message| message.author),
    );
    Ok(Read {
        row,
        keys,
        team,
        conflict,
        had_part,
        holders,
        asked,
    })
}

impl Read {
    /// Whether something was decided that can be looked at again.
    fn can_ask(&self) -> bool {
        self.row.decided_at.is_some() || matches!(self.row.state, State::Closed | State::Retained)
    }

    /// The one that is under way. One whose reviewer can no longer open the case is not.
    fn open(&self) -> Option<&ReviewRow> {
        self.asked.iter().rev().find(|review| {
            review.answered_at.is_none()
                && review
                    .reviewer_id
                    .is_some_and(|who| self.holders.contains(&(Holder::User(who), Standing::Active)))
        })
    }
}

/// How it stands with reviews of this case.
///
/// # Errors
/// [`ReviewError::Say`] if the visit leads to no report.
pub async fn reviewing(app: &App, visit: &Visit) -> Result<Reviewing, ReviewError> {
    let read = read(app, visit).await?;
    let open = read.open().map(|review| OpenReview {
        asked_at: review.asked_at,
        due_at: review.due_at,
        role: review
            .reviewer_id
            .and_then(|who| read.team.roster.find(who))
            .map(|member| member.role),
        told: review.told,
    });
    Ok(Reviewing {
        can_ask: read.can_ask(),
        open,
        free: review::free(&read.team.roster, &read.conflict, &read.had_part)
            .into_iter()
            .map(|member| (member.id, member.name.clone(), member.role))
            .collect(),
    })
}

/// Asks for a review. The id comes with the page, so that a second press asks for nothing twice.
///
/// # Errors
/// [`ReviewError`]; nothing has changed then.
pub async fn ask_for_review(
    app: &App,
    visit: &Visit,
    id: EventId,
    ask: &ReviewAsk,
) -> Result<(), ReviewError> {
    if ask.about.chars().count() > MOST_CHARACTERS {
        return Err(ReviewError::TooLong);
    }
    for _ in 0..ATTEMPTS {
        match ask_once(app, visit, id, ask).await {
            Err(ReviewError::Say(SayError::App(AppError::Store(StoreError::ChangedSince)))) => {}
            other => return other,
        }
    }
    Err(AppError::Broken("a case changed again and again").into())
}

/// What an ask stores.
struct Package {
    row: CaseRow,
    review: ReviewRow,
    reviewer: UserId,
    new_wraps: Vec<wraps::WrapRow>,
    sealed_to: roster::SealedTo,
}

async fn ask_once(app: &App, visit: &Visit, id: EventId, ask: &ReviewAsk) -> Result<(), ReviewError> {
    let read = read(app, visit).await?;
    if !read.can_ask() {
        return Err(ReviewError::NotYet);
    }
    // One at a time: a second press, or a page from before, finds the first.
    if read.open().is_some() || read.asked.iter().any(|review| review.id == id) {
        return Ok(());
    }
    let now = app.now();
    let hours = &app.rules().hours;
    let roster = &read.team.roster;
    let reviewer = review::choose(
        roster,
        &read.conflict,
        &read.had_part,
        &ask.not_whom,
        hours.day_of(now),
    )
    .ok_or(ReviewError::NobodyFree)?;
    let new_wraps = new_wraps(&read, reviewer, now)?;
    let body = ReviewBody {
        about: ask.about.trim().to_owned(),
        not_whom: ask.not_whom.clone(),
    };
    let key = read.keys.of(read.row.epoch).map_err(AppError::from)?;
    let package = Package {
        review: ReviewRow {
            id,
            case_id: read.row.id,
            reviewer_id: Some(reviewer.id),
            told: !ask.quiet,
            asked_at: now,
            due_at: hours.after(now, review::ANSWERED_IN),
            answered_at: None,
            epoch: read.row.epoch,
            body_sealed: keys::seal(key, &keys::review(read.row.id, id), &body).map_err(AppError::from)?,
        },
        reviewer: reviewer.id,
        sealed_to: read.team.keys_of(&new_wraps),
        new_wraps,
        row: CaseRow {
            changed_at: now,
            ..read.row
        },
    };
    app.store()
        .write_with(package, move |tx, package| {
            Box::pin(async move { Ok::<_, ReviewError>(save(tx, package, now).await?) })
        })
        .await
}

/// The keys that the reviewer does not have yet. Who may have them is for [`safehold_core::recipients`] to say.
fn new_wraps(read: &Read, reviewer: &Member, now: Timestamp) -> Result<Vec<wraps::WrapRow>, ReviewError> {
    let mut recipients = desk::recipients(&read.row, &read.holders, &read.conflict, &read.team)
        .ok_or(ReviewError::NobodyFree)?;
    if recipients.standing(reviewer.id).is_some() {
        return Ok(Vec::new());
    }
    recipients
        .share_with(reviewer, Standing::Active)
        .map_err(|_| ReviewError::NobodyFree)?;
    let (team, keys, case) = (&read.team, &read.keys, read.row.id);
    Ok(desk::wraps_for(
        team,
        keys,
        case,
        reviewer.id,
        Standing::Active,
        now,
    )?)
}

async fn save(tx: &mut Tx, package: &Package, now: Timestamp) -> Result<(), AppError> {
    let (case, reviewer) = (package.row.id, package.reviewer);
    leave_trace(tx, now, None, Some(case), Traced::Shared { with: reviewer }).await?;
    roster::still_theirs(tx, &package.sealed_to).await?;
    cases::save(tx, &package.row).await?;
    if package.new_wraps.is_empty() {
        wraps::set_standing(tx, case, Holder::User(reviewer), Standing::Active, now).await?;
    } else {
        wraps::add_all(tx, &package.new_wraps).await?;
    }
    reviews::add(tx, &package.review).await?;
    if package.review.told {
        tell_readers(tx, case, package.row.epoch, now).await?;
    }
    notices::tell_member(tx, reviewer, Notice::BroughtToYou, Some(case), now).await
}
