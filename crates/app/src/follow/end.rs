//! At the end: what was reached, safer, listened to, again. Counted apart from the case (decision 0029), and only if
//! the person wants so, what was reached is noted in the case.

use jiff::Timestamp;
use safehold_core::{
    case::{Record, State},
    feedback::{self, BATCH, Sheet, SheetError},
    id::EventId,
    record::Kind,
};
use safehold_seal::{Sealed, random};
use safehold_store::{
    StoreError, Tx,
    ends::{self, Sum},
};

use super::{
    ATTEMPTS,
    say::{Entries, SayError, history},
    unlock,
};
use crate::{App, AppError, desk::record::register, keys, report::Visit};

/// The question under which the number of people stands beside the sums.
pub const PEOPLE: &str = "people";

/// The results of a wanted outcome that a person can choose.
pub const RESULTS: [&str; 4] = ["fully", "partly", "not", "not_wanted"];

/// What a person says at the end.
#[derive(Default)]
pub struct Said {
    /// What is counted apart.
    pub sheet: Option<Sheet>,
    /// What they want to be noted in the case: of each wanted outcome, which of [`RESULTS`].
    pub reached: Vec<(EventId, String)>,
}

/// Why it was not taken.
#[derive(Debug, thiserror::Error)]
pub enum EndError {
    /// The work goes on: it is not the time to ask.
    #[error("it is not at its end")]
    NotYet,
    /// The answers.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// Anything else.
    #[error(transparent)]
    Say(#[from] SayError),
}

impl From<StoreError> for EndError {
    fn from(error: StoreError) -> Self {
        Self::Say(error.into())
    }
}

impl From<AppError> for EndError {
    fn from(error: AppError) -> Self {
        Self::Say(error.into())
    }
}

/// Whether a case stands where these questions are asked.
pub fn is_at_end(state: State) -> bool {
    matches!(state, State::ClosingReview | State::Closed | State::Retained)
}

/// Takes what the person says at the end. What is counted is taken once for each case; a second time it changes
/// nothing.
///
/// # Errors
/// [`EndError`].
pub async fn end(app: &App, visit: &Visit, said: &Said) -> Result<(), EndError> {
    if said.sheet.is_none() && said.reached.is_empty() {
        return Err(SheetError::Empty.into());
    }
    for _ in 0..ATTEMPTS {
        match end_once(app, visit, said).await {
            Err(EndError::Say(SayError::App(AppError::Store(StoreError::ChangedSince)))) => {}
            other => return other,
        }
    }
    Err(AppError::Broken("a case changed again and again").into())
}

async fn end_once(app: &App, visit: &Visit, said: &Said) -> Result<(), EndError> {
    let mut conn = app.store().read().await?;
    let (row, case_keys) = unlock(&mut conn, visit).await?.ok_or(SayError::NoReport)?;
    if !is_at_end(row.state) {
        return Err(EndError::NotYet);
    }
    let history = history(&mut conn, row.id, &case_keys).await?;
    let before = ends::is_said(&mut conn, row.id).await?;
    drop(conn);
    if before {
        return Ok(());
    }
    let (case, now) = (row.id, app.now());
    let known = register(&history);
    let is_new = |(wanted, result): &&(EventId, String)| {
        let last = known.find(*wanted).and_then(|item| item.answers.last().cloned());
        last.is_none_or(|last| {
            last.latest.by.is_some() || last.latest.entry.record.get("outcome_result") != Some(result)
        })
    };
    let checks = said.reached.iter().filter(is_new).map(|(wanted, result)| {
        let fields = [("outcome_when", "end"), ("outcome_result", result.as_str())];
        let record = fields
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
            .into_iter()
            .collect();
        let id = EventId::from_random(random::bytes());
        (id, Kind::OutcomeCheck, Some(*wanted), Record(record))
    });
    let entries = Entries::seal(app, row, &case_keys, &history, checks.collect(), now)?;
    let waiting = match &said.sheet {
        // Under the installation's key and not the case's: no reader of the case can open it, and who has only the
        // database cannot either.
        Some(sheet) => {
            Some(keys::seal(app.keys().sealing(), &keys::end_answers(), sheet).map_err(AppError::from)?)
        }
        None => None,
    };
    let given = (app.clone(), entries, waiting);
    app.store()
        .write_with(given, move |tx, (app, entries, waiting)| {
            Box::pin(async move {
                entries.store(tx, now).await?;
                // No entry of the trace says that somebody answered: it would say when.
                if let Some(waiting) = waiting
                    && ends::mark_said(tx, case).await?
                {
                    take(app, tx, waiting, now).await?;
                }
                Ok::<_, EndError>(())
            })
        })
        .await
}

/// Adds answers to those that wait, and counts them once there are enough.
async fn take(app: &App, tx: &mut Tx, body: &Sealed, now: Timestamp) -> Result<(), AppError> {
    ends::add_waiting(tx, EventId::from_random(random::bytes()), body).await?;
    let waiting = ends::list_waiting(tx, u32::try_from(BATCH).unwrap_or(u32::MAX)).await?;
    if waiting.len() < BATCH {
        return Ok(());
    }
    let mut sheets: Vec<Sheet> = Vec::new();
    for (_, body) in &waiting {
        sheets.push(keys::open(app.keys().sealing(), &keys::end_answers(), body)?);
    }
    let quarter = feedback::quarter(app.rules().hours.day_of(now));
    let mut sums: Vec<Sum> = feedback::add_up(&sheets)
        .into_iter()
        .map(|((question, answer), number)| Sum {
            quarter: quarter.clone(),
            question,
            answer,
            number: i64::try_from(number).unwrap_or(i64::MAX),
        })
        .collect();
    sums.push(Sum {
        quarter,
        question: PEOPLE.to_owned(),
        answer: String::new(),
        number: i64::try_from(sheets.len()).unwrap_or(i64::MAX),
    });
    for sum in &sums {
        ends::count(tx, sum).await?;
    }
    let ids: Vec<EventId> = waiting.into_iter().map(|(id, _)| id).collect();
    Ok(ends::remove_waiting(tx, &ids).await?)
}
