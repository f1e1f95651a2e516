//! What the trace says of a case, with the way of each entry to a head that is signed now.

use safehold_core::id::CaseId;
use safehold_documents::archive::{Leaf, Trace, hex};
use safehold_store::trace as store;

use crate::{App, AppError, trace};

/// How many entries are read at a time.
const PAGE: u32 = 500;

pub(super) async fn of_case(app: &App, case: CaseId) -> Result<Trace, AppError> {
    let head = trace::sign_head(app).await?;
    let mut conn = app.store().read().await?;
    let mut rows = Vec::new();
    loop {
        let after = rows.last().map_or(0, |row: &store::EntryRow| row.seq);
        let page = store::list_of_case(&mut conn, case, after, PAGE).await?;
        let is_last = page.len() < PAGE as usize;
        rows.extend(page);
        if is_last {
            break;
        }
    }
    rows.retain(|row| row.seq <= head.size);
    let seqs: Vec<u64> = rows.iter().map(|row| row.seq).collect();
    let paths = store::list_paths(&mut conn, &seqs, head.size)
        .await?
        .ok_or(AppError::Broken("an entry of the trace is missing"))?;
    let entries = rows
        .into_iter()
        .zip(paths)
        .map(|(row, path)| Leaf {
            seq: row.seq,
            at_ms: row.at.as_millisecond(),
            case: row.case_id.map(|case| case.to_string()),
            leaf: row.leaf,
            proof: path.iter().map(|hash| hex(hash)).collect(),
        })
        .collect();
    Ok(Trace {
        size: head.size,
        root: hex(&head.root),
        signed_at_ms: head.at.as_millisecond(),
        signature: hex(&head.signature),
        entries,
    })
}
