//! The team as it is now.

use std::collections::{BTreeMap, BTreeSet};

use safehold_core::{
    id::UserId,
    roster::{Absence, Member, Roster},
};
use safehold_seal::ReaderPublic;
use safehold_store::{
    Conn, StoreError, Tx, absences, users,
    wraps::{Holder, WrapRow},
};

use crate::AppError;

/// The team with the public keys of those who have joined.
pub(crate) struct Team {
    pub(crate) roster: Roster,
    pub(crate) public_keys: BTreeMap<UserId, ReaderPublic>,
}

/// Members with the public keys to which something was sealed.
pub(crate) type SealedTo = Vec<(UserId, Vec<u8>)>;

/// Whether everybody to whom something was sealed still has that key. Sealing takes place before the transaction:
/// meanwhile somebody may have left, or been invited anew and lost what opens it.
///
/// Called after the trace was appended to, which keeps every other change out until the commit.
///
/// # Errors
/// [`StoreError::ChangedSince`] if somebody has not. Whoever asked loads anew and seals to who is there now.
pub(crate) async fn still_theirs(tx: &mut Tx, sealed_to: &SealedTo) -> Result<(), StoreError> {
    if sealed_to.is_empty() || users::have_keys(tx, sealed_to).await? {
        Ok(())
    } else {
        Err(StoreError::ChangedSince)
    }
}

impl Team {
    /// Reads the team. Those who left are not in it.
    pub(crate) async fn read(conn: &mut Conn) -> Result<Self, AppError> {
        let mut away: BTreeMap<UserId, Vec<Absence>> = BTreeMap::new();
        for row in absences::list(conn).await? {
            away.entry(row.user_id).or_default().push(Absence {
                from_on: row.from_on,
                until_on: row.until_on,
            });
        }
        let mut members = Vec::new();
        let mut public_keys = BTreeMap::new();
        for row in users::list(conn).await? {
            if row.state == users::UserState::Left {
                continue;
            }
            // Whoever was invited anew lost what opens the key they had.
            let public = row.public_key.filter(|_| row.state == users::UserState::Active);
            if let Some(public) = &public {
                public_keys.insert(row.id, ReaderPublic::from_bytes(public)?);
            }
            members.push(Member {
                id: row.id,
                role: row.role,
                name: row.name,
                has_key: public.is_some(),
                absences: away.remove(&row.id).unwrap_or_default(),
            });
        }
        Ok(Self {
            roster: Roster { members },
            public_keys,
        })
    }

    /// The keys to which these wraps were made, to look at again in the transaction that stores them.
    pub(crate) fn keys_of(&self, wraps: &[WrapRow]) -> SealedTo {
        let ids: BTreeSet<UserId> = wraps
            .iter()
            .filter_map(|wrap| match wrap.holder {
                Holder::User(id) => Some(id),
                Holder::Reporter | Holder::Recovery => None,
            })
            .collect();
        ids.into_iter()
            .filter_map(|id| Some((id, self.public_keys.get(&id)?.as_bytes().to_vec())))
            .collect()
    }

    pub(crate) fn public_key(&self, who: UserId) -> Result<&ReaderPublic, AppError> {
        self.public_keys
            .get(&who)
            .ok_or(AppError::Broken("a reader has no key"))
    }
}

impl Team {
    /// The names of everybody in the team.
    pub(crate) fn names(&self) -> BTreeMap<UserId, String> {
        self.roster
            .members
            .iter()
            .map(|member| (member.id, member.name.clone()))
            .collect()
    }
}
