//! Cover for somebody whose keys go: no case may be left on nobody's desk.

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    id::{CaseId, UserId},
    recipients::Standing,
    trace::Traced,
};
use safehold_store::{
    Tx,
    cases::reconciling,
    requests,
    wraps::{self, Holder},
};

use crate::{
    AppError, leave_trace,
    notices::{self, Notice},
    roster::Team,
};

/// How many wraps are read at a time.
const PAGE: u32 = 200;

/// Takes every key from a member. A case that would then be on the desk of nobody who receives reports is brought to
/// the next who has a key to it: whoever is excluded has none, so nothing comes to them from here.
pub(crate) async fn take_keys(
    tx: &mut Tx,
    member: UserId,
    today: Date,
    now: Timestamp,
) -> Result<(), AppError> {
    let team = Team::read(tx).await?;
    let mut after = None;
    let mut seen: Option<CaseId> = None;
    loop {
        let page = wraps::list_held(tx, Holder::User(member), after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some((last.case_id, last.epoch));
        for wrap in page {
            // There is one for each key that the case ever had.
            if wrap.standing == Standing::Active && seen.replace(wrap.case_id) != Some(wrap.case_id) {
                bring_to_next(tx, &team, wrap.case_id, member, today, now).await?;
            }
        }
    }
    wraps::remove_all_of(tx, Holder::User(member)).await?;
    requests::remove_keys_of(tx, member).await?;
    Ok(())
}

/// Brings a case to the next who has a key to it, if nobody else who receives reports has it on their desk.
pub(crate) async fn bring_to_next(
    tx: &mut Tx,
    team: &Team,
    case: CaseId,
    without: UserId,
    today: Date,
    now: Timestamp,
) -> Result<(), AppError> {
    let Some(row) = reconciling::find_for_reconciling(tx, case).await? else {
        return Ok(());
    };
    let able: Vec<_> = team
        .roster
        .receivers()
        .into_iter()
        .filter(|member| member.id != without && row.holders.contains_key(&member.id))
        .collect();
    let standing = |id: &UserId| row.holders.get(id).copied();
    if able
        .iter()
        .any(|member| standing(&member.id) == Some(Standing::Active))
    {
        return Ok(());
    }
    let next = able
        .into_iter()
        .min_by_key(|member| (member.is_away(today), member.role, member.id));
    let Some(next) = next.map(|member| member.id) else {
        return Ok(());
    };
    wraps::set_standing(tx, case, Holder::User(next), Standing::Active, now).await?;
    leave_trace(tx, now, None, Some(case), Traced::Escalated { to: next }).await?;
    if row.closed_at.is_none() {
        notices::tell_member(tx, next, Notice::BroughtToYou, Some(case), now).await?;
    }
    Ok(())
}
