//! The first run: the organisation, its first lead and its recovery key.

use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use jiff::Timestamp;
use safehold_core::{
    id::UserId,
    organisation::Organisation,
    roster::Role,
    trace::{TeamStep, Traced},
};
use safehold_seal::{ReaderPublic, RecoveryKey, SecretString, Zeroizing};
use safehold_store::{
    Conn, StoreError, settings,
    users::{self, UserState},
};

use crate::{
    App, AppError, leave_trace, organisation,
    recovery::{self, ChangeError, Plan, Printed, PrintedShare},
    team::{self, NewMember, TeamError},
};

const RECOVERY_PUBLIC: &str = "recovery_public";
/// Whoever is first writes this key, and a second set-up meets the conflict.
const SET_UP: &str = "set_up";

/// What a first run needs.
pub struct FirstRun {
    /// The organisation.
    pub organisation: Organisation,
    /// The first lead's name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their number.
    pub phone: String,
    /// Their pass phrase.
    pub pass: SecretString,
    /// The secret of their authenticator app, as typed.
    pub typed_secret: String,
    /// A code from the app.
    pub code: String,
}

/// What is shown once after the first run.
pub struct Founded {
    /// The first lead.
    pub lead: UserId,
    /// The recovery key, to be kept offline; nothing if it was split.
    pub recovery_key: Zeroizing<String>,
    /// Its shares, if it was split, and how many must come together.
    pub shares: Vec<PrintedShare>,
    /// How many shares must come together, and the name of their set; nothing if it was not split.
    pub split: Option<(u8, String)>,
    /// The lead's recovery codes.
    pub recovery_codes: Vec<String>,
}

/// Why the first run did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// It was done already.
    #[error("this installation is set up already")]
    Done,
    /// The first lead.
    #[error(transparent)]
    Team(#[from] TeamError),
    /// How the recovery key is to be kept.
    #[error("the recovery key cannot be kept like this")]
    Recovery(#[source] ChangeError),
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for SetUpError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// Whether the first run is done.
///
/// # Errors
/// [`AppError`].
pub async fn is_done(app: &App) -> Result<bool, AppError> {
    let mut conn = app.store().read().await?;
    Ok(settings::find(&mut conn, SET_UP).await?.is_some())
}

/// The public half of the recovery key, if there is one yet.
pub(crate) async fn recovery_public(conn: &mut Conn) -> Result<Option<ReaderPublic>, AppError> {
    let Some(row) = settings::find(conn, RECOVERY_PUBLIC).await? else {
        return Ok(None);
    };
    let bytes = BASE64
        .decode(&row.value)
        .map_err(|_| AppError::Broken("the recovery key"))?;
    Ok(Some(ReaderPublic::from_bytes(&bytes)?))
}

/// The public half as it is stored.
pub(crate) async fn recovery_text(conn: &mut Conn) -> Result<Option<String>, AppError> {
    Ok(settings::find(conn, RECOVERY_PUBLIC).await?.map(|row| row.value))
}

/// The setting that holds the public half.
pub(crate) fn recovery_row(public: &ReaderPublic, now: Timestamp) -> settings::SettingRow {
    settings::SettingRow {
        key: RECOVERY_PUBLIC.to_owned(),
        value: BASE64.encode(public.as_bytes()),
        changed_at: now,
    }
}

/// Sets the installation up with one whole recovery key, which is answered once and kept nowhere.
///
/// # Errors
/// [`SetUpError`].
pub async fn set_up(app: &App, first: FirstRun) -> Result<Founded, SetUpError> {
    set_up_with(app, first, &Plan::Whole).await
}

/// The same, with the recovery key whole or in shares for named holders.
///
/// # Errors
/// [`SetUpError`].
pub async fn set_up_with(app: &App, first: FirstRun, plan: &Plan) -> Result<Founded, SetUpError> {
    if is_done(app).await? {
        return Err(SetUpError::Done);
    }
    plan.check().map_err(SetUpError::Recovery)?;
    let about = [
        first.name.as_str(),
        first.email.as_str(),
        first.organisation.name.as_str(),
    ];
    let made = team::credentials(app, first.pass.clone(), &about, &first.typed_secret, &first.code).await?;
    let lead = NewMember {
        role: Role::Lead,
        name: first.name,
        email: first.email,
        phone: first.phone,
    };
    let row = team::new_row(app, &lead, UserState::Invited)?;
    let id = row.id;
    let recovery = RecoveryKey::generate();
    let now = app.now();
    let put = |key: &str, value: String| settings::SettingRow {
        key: key.to_owned(),
        value,
        changed_at: now,
    };
    let (printed, set) = plan.print(&recovery, now).map_err(SetUpError::Recovery)?;
    let rows = [
        put(SET_UP, now.to_string()),
        recovery_row(&recovery.public(), now),
        recovery::settings_row(set, now)?,
        organisation::row(&first.organisation, now)?,
    ];
    let codes = made.recovery_codes.clone();
    app.store()
        .write_with((rows, row, made), move |tx, (rows, row, made)| {
            Box::pin(async move {
                if settings::find(tx, SET_UP).await?.is_some() {
                    return Err(SetUpError::Done);
                }
                for setting in rows {
                    settings::put(tx, setting).await?;
                }
                users::add(tx, row).await?;
                users::join(tx, row.id, &made.public, &made.lock, false).await?;
                leave_trace(
                    tx,
                    now,
                    Some(row.id),
                    None,
                    Traced::TeamChanged {
                        member: row.id,
                        role: row.role,
                        step: TeamStep::JoinedUnconfirmed,
                    },
                )
                .await?;
                Ok(())
            })
        })
        .await?;
    app.forget_organisation();
    let (recovery_key, shares, split) = match printed {
        Printed::Whole(text) => (text, Vec::new(), None),
        Printed::Shares { needed, set, shares } => (Zeroizing::default(), shares, Some((needed, set))),
    };
    Ok(Founded {
        lead: id,
        recovery_key,
        shares,
        split,
        recovery_codes: codes,
    })
}
