//! Reading and proving the trace.

use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use safehold_core::{
    access::{Area, may_enter},
    id::CaseId,
    trace::TraceEntry,
};
use safehold_seal::VerifyKey;
use safehold_store::{
    Conn,
    trace::{self as store, Verification},
};

use crate::{
    App, AppError,
    desk::{DeskError, Reader, unlock},
};

/// A head of the trace: how many entries there are and the root over them, signed by the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    /// How many entries.
    pub size: u64,
    /// The root (RFC 9162).
    pub root: [u8; 32],
    /// When it was signed.
    pub at: jiff::Timestamp,
    /// The signature.
    pub signature: [u8; 64],
}

/// The first line of a printed head.
const TITLE: &str = "safehold trace head v1";

impl SignedHead {
    /// A few lines to print and keep elsewhere.
    pub fn to_text(&self) -> String {
        format!(
            "{TITLE}\nentries: {}\nroot: {}\nsigned at: {}\nsigned: {}\n",
            self.size,
            BASE64.encode(self.root),
            self.at,
            BASE64.encode(self.signature)
        )
    }

    /// Reads what [`SignedHead::to_text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        if lines.next()? != TITLE {
            return None;
        }
        let mut value = |name: &str| {
            Some(
                lines
                    .next()?
                    .strip_prefix(name)?
                    .strip_prefix(':')?
                    .trim()
                    .to_owned(),
            )
        };
        let size = value("entries")?.parse().ok()?;
        let root = BASE64.decode(value("root")?).ok()?.try_into().ok()?;
        let at = value("signed at")?.parse().ok()?;
        let signature = BASE64.decode(value("signed")?).ok()?.try_into().ok()?;
        Some(Self {
            size,
            root,
            at,
            signature,
        })
    }
}

/// What came of comparing the trace with a head that was printed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadCheck {
    /// Everything that the head covers is there, unchanged.
    Holds,
    /// This installation did not sign it.
    NotOurs,
    /// Something that it covers was changed or is gone.
    Changed,
}

/// Compares the trace with a head that was printed before. The root is computed from the entries themselves.
///
/// # Errors
/// [`AppError`].
pub async fn check_head(app: &App, head: &SignedHead) -> Result<HeadCheck, AppError> {
    if app
        .verify_key()
        .verify_head(head.size, &head.root, head.at, &head.signature)
        .is_err()
    {
        return Ok(HeadCheck::NotOurs);
    }
    let mut conn = app.store().read().await?;
    let root = store::compute_root_at(&mut conn, head.size).await?;
    Ok(if root == Some(head.root) {
        HeadCheck::Holds
    } else {
        HeadCheck::Changed
    })
}

/// What verifying found.
#[derive(Debug)]
pub enum Checked {
    /// Every signed head is ours; what the entries are.
    Entries(Verification),
    /// A stored head was not signed by this installation.
    HeadNotOurs {
        /// Its size.
        size: u64,
    },
}

/// Verifies the whole trace, or names the first entry that is not as it was.
///
/// # Errors
/// [`AppError`] if the database does not answer.
pub async fn verify(app: &App) -> Result<Checked, AppError> {
    let key: VerifyKey = app.verify_key();
    let mut conn = app.store().read().await?;
    let mut after = 0;
    loop {
        let heads = store::list_heads(&mut conn, after, 500).await?;
        let Some(last) = heads.last() else { break };
        for head in &heads {
            let signature = <[u8; 64]>::try_from(head.signature.as_slice());
            let good = signature.is_ok_and(|signature| {
                key.verify_head(head.size, &head.root, head.signed_at, &signature)
                    .is_ok()
            });
            if !good {
                return Ok(Checked::HeadNotOurs { size: head.size });
            }
        }
        after = last.size;
    }
    Ok(Checked::Entries(store::verify(&mut conn).await?))
}

/// Signs the present head and keeps it, so that what came before it can't be changed unseen.
///
/// # Errors
/// [`AppError`].
pub async fn sign_head(app: &App) -> Result<SignedHead, AppError> {
    let now = app.now();
    let now = jiff::Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
    let mut conn = app.store().read().await?;
    let head = store::tip(&mut conn).await?;
    drop(conn);
    let signature = app.keys().sign_head(head.size, &head.root, now);
    let signed = SignedHead {
        size: head.size,
        root: head.root,
        at: now,
        signature,
    };
    let row = store::HeadRow {
        size: head.size,
        root: head.root,
        signed_at: now,
        signature: signature.to_vec(),
    };
    app.store()
        .write_with(row, |tx, row| {
            Box::pin(async move {
                store::add_head(tx, row).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(signed)
}

/// Signs the present head if there are entries that no signed head covers yet.
///
/// # Errors
/// [`AppError`].
pub async fn sign_head_if_grown(app: &App) -> Result<Option<SignedHead>, AppError> {
    let mut conn = app.store().read().await?;
    let tip = store::tip(&mut conn).await?;
    let covered = store::find_head(&mut conn).await?.map_or(0, |head| head.size);
    drop(conn);
    if tip.size > covered {
        sign_head(app).await.map(Some)
    } else {
        Ok(None)
    }
}

/// The entries of a case, for somebody on whose desk it is.
///
/// # Errors
/// [`DeskError::NotFound`].
pub async fn of_case(app: &App, reader: &Reader, case: CaseId) -> Result<Vec<TraceEntry>, DeskError> {
    let mut conn = app.store().read().await?;
    unlock(&mut conn, reader, case).await?;
    let rows = store::list_of_case(&mut conn, case, 0, 1000).await?;
    rows.iter()
        .map(|row| serde_json::from_str(&row.leaf).map_err(|_| AppError::Broken("a trace entry").into()))
        .collect()
}

/// Whether a role may see heads of the trace.
pub fn may_see_heads(reader: &Reader) -> bool {
    may_enter(reader.role, Area::Trace)
}

/// How many entries are read at a time, and how many times at most.
pub(crate) const PAGE: u32 = 500;
const PAGES: usize = 40;

/// The latest entries about no case that `pick` makes something of, newest first, `most` at most.
///
/// # Errors
/// [`AppError`].
pub(crate) async fn latest_without_case<T>(
    conn: &mut Conn,
    most: usize,
    pick: impl Fn(TraceEntry) -> Option<T>,
) -> Result<Vec<T>, AppError> {
    let mut found = Vec::new();
    let mut before = None;
    for _ in 0..PAGES {
        let page = store::list_without_case(conn, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        for row in &page {
            let entry: TraceEntry =
                serde_json::from_str(&row.leaf).map_err(|_| AppError::Broken("a trace entry"))?;
            found.extend(pick(entry));
        }
        if found.len() >= most {
            break;
        }
    }
    found.truncate(most);
    Ok(found)
}
