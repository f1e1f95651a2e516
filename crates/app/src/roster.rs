//! The team as it is now.

use std::collections::BTreeMap;

use safehold_core::{
    id::UserId,
    roster::{Absence, Member, Roster},
};
use safehold_seal::ReaderPublic;
use safehold_store::{Conn, absences, users};

use crate::AppError;

/// The team with the public keys of those who have joined.
pub(crate) struct Team {
    pub(crate) roster: Roster,
    pub(crate) public_keys: BTreeMap<UserId, ReaderPublic>,
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
