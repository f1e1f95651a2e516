//! How much there is to do, on one reader's desk: only of cases that they hold a key to.

use safehold_core::id::UserId;

use crate::{conn::Conn, error::StoreError, statement::sql};

/// Open cases of one owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnerLoad {
    /// Who answers for them; nobody does yet for those that nobody has opened.
    pub owner_id: Option<UserId>,
    /// How many.
    pub cases: i64,
    /// How many of them are urgent, or of a high level.
    pub grave: i64,
}

/// Open cases by owner, on a reader's desk.
pub async fn list_for(conn: &mut Conn, reader: UserId) -> Result<Vec<OwnerLoad>, StoreError> {
    // It begins with the reader's keys, so that the time it takes tells nothing of cases without one.
    conn.list(
        sql("SELECT c.owner_id, COUNT(*) AS cases, \
             SUM(CASE WHEN c.urgent = 1 OR c.level <= 2 THEN 1 ELSE 0 END) AS grave \
             FROM key_wraps w CROSS JOIN cases c \
             WHERE w.case_id = c.id AND w.epoch = c.epoch AND w.holder = $1 AND w.standing = 'active' \
             AND c.closed_at IS NULL GROUP BY c.owner_id")
        .id(reader),
        |row| {
            Ok(OwnerLoad {
                owner_id: row.maybe_parsed("owner_id")?,
                cases: row.int("cases")?,
                grave: row.int("grave")?,
            })
        },
    )
    .await
}
