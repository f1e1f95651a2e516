//! Who gets a key to a report: the one place where that is decided.
//!
//! Somebody who is named in a report gets no key to it, whatever their role (R4.2i, domain reference 6.1).

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    id::UserId,
    roster::{Member, Role, Roster},
};

/// What a reporter said of the safeguarding team itself (question A2.4), and whom they named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamConflict {
    /// Members who are involved, or close to somebody who is.
    pub involved: BTreeSet<UserId>,
    /// The reporter would rather not say whether, or which of, the leads are involved:
    /// then none of the leads gets a key.
    pub rather_not_say: bool,
}

impl TeamConflict {
    /// Whether somebody in this role may hold no key, whoever joined when.
    pub fn shuts_out(&self, who: UserId, role: Role) -> bool {
        self.involved.contains(&who) || (self.rather_not_say && role.is_lead())
    }

    /// Everybody of this team who may hold no key, with those who are named and have left it.
    pub fn excluded(&self, roster: &Roster) -> BTreeSet<UserId> {
        let shut_out = roster
            .members
            .iter()
            .filter(|member| self.shuts_out(member.id, member.role))
            .map(|member| member.id);
        self.involved.iter().copied().chain(shut_out).collect()
    }
}

/// Whether a reader acts on a case now, or holds a key for the time when they must.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// The case is on this person's desk.
    Active,
    /// The key waits, unused and unseen, until cover, escalation or a second check brings the case to them.
    Standby,
}

impl Standing {
    /// The stable name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Standby => "standby",
        }
    }

    /// The standing with this stable name.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Active, Self::Standby]
            .into_iter()
            .find(|standing| standing.key() == key)
    }
}

/// The people to whom a case key is sealed. Only [`Recipients::choose`] and the two ways of changing
/// one make it, and the sealing code takes nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipients {
    addressee: UserId,
    readers: Vec<(UserId, Standing)>,
    /// What the reporter said, and who was excluded later. It is kept whole: somebody who joins as a lead tomorrow
    /// is a lead whom the reporter would rather not have it read by, too.
    conflict: TeamConflict,
    excluded: BTreeSet<UserId>,
}

/// Everybody who could read the report is involved in it. It must not be sent: the person is shown
/// where else to turn, and what they wrote is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody is left who may read this report")]
pub struct NobodyLeft;

/// Why somebody gets no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotRead {
    /// They are involved, or declared a conflict.
    #[error("this person is involved")]
    Excluded,
    /// They have not joined yet, so there is nothing to seal to.
    #[error("this person has no key yet")]
    NoKey,
    /// Their role reads no cases.
    #[error("this role reads no cases")]
    Role,
}

impl Recipients {
    /// Chooses the readers of a new report (R4.2i, R4.2j, R4.2k).
    ///
    /// The first in the order lead, alternate, sponsor, university who is neither involved nor away is
    /// addressed. The others of the team who are not involved hold a key on standby, so that cover and
    /// escalation need nobody who is missing.
    ///
    /// # Errors
    /// [`NobodyLeft`] if everybody who could read it is involved.
    pub fn choose(roster: &Roster, conflict: &TeamConflict, on: Date) -> Result<Self, NobodyLeft> {
        let excluded = conflict.excluded(roster);
        let free: Vec<&Member> = roster
            .receivers()
            .into_iter()
            .filter(|member| !excluded.contains(&member.id))
            .collect();
        let addressee = free
            .iter()
            .find(|member| !member.is_away(on))
            .or(free.first())
            .ok_or(NobodyLeft)?;
        // The university reads what is referred to it, so it holds a key only where nobody stands before it.
        let has_sponsor = free.iter().any(|member| member.role == Role::Sponsor);
        let readers = free
            .iter()
            .filter(|member| member.id == addressee.id || member.role != Role::University || !has_sponsor)
            .map(|member| {
                let standing = if member.id == addressee.id {
                    Standing::Active
                } else {
                    Standing::Standby
                };
                (member.id, standing)
            })
            .collect();
        Ok(Self {
            addressee: addressee.id,
            readers,
            conflict: conflict.clone(),
            excluded,
        })
    }

    /// Takes up the readers of a stored case again.
    ///
    /// # Errors
    /// [`NobodyLeft`] if none of them may read it.
    pub fn restore(
        addressee: UserId,
        readers: Vec<(UserId, Standing)>,
        conflict: &TeamConflict,
        roster: &Roster,
    ) -> Result<Self, NobodyLeft> {
        let excluded = conflict.excluded(roster);
        let readers: Vec<_> = readers
            .into_iter()
            .filter(|(id, _)| !excluded.contains(id))
            .collect();
        let addressee = readers
            .iter()
            .find(|(id, _)| *id == addressee)
            .or(readers.first())
            .ok_or(NobodyLeft)?
            .0;
        Ok(Self {
            addressee,
            readers,
            conflict: conflict.clone(),
            excluded,
        })
    }

    /// Gives one more person a key.
    ///
    /// # Errors
    /// [`CannotRead`], above all for somebody who is involved.
    pub fn share_with(&mut self, member: &Member, standing: Standing) -> Result<(), CannotRead> {
        if self.excluded.contains(&member.id) || self.conflict.shuts_out(member.id, member.role) {
            return Err(CannotRead::Excluded);
        }
        if !member.role.holds_keys() {
            return Err(CannotRead::Role);
        }
        if !member.has_key {
            return Err(CannotRead::NoKey);
        }
        match self.readers.iter_mut().find(|(id, _)| *id == member.id) {
            Some((_, held)) => *held = (*held).min(standing),
            None => self.readers.push((member.id, standing)),
        }
        Ok(())
    }

    /// Excludes somebody from now on. If they were addressed, the next in order is. What the reporter said holds:
    /// whoever would rather not say which lead is involved is not brought to a lead because the independent recipient
    /// steps back.
    ///
    /// # Errors
    /// [`NobodyLeft`] if no other reader would remain; then nothing has changed. Somebody else has to join, or the
    /// recovery key gives one.
    pub fn exclude(&mut self, who: UserId, roster: &Roster, on: Date) -> Result<(), NobodyLeft> {
        let mut conflict = self.conflict.clone();
        conflict.involved.insert(who);
        let rest: Vec<_> = self
            .readers
            .iter()
            .copied()
            .filter(|(id, _)| *id != who)
            .collect();
        let is_receiver = |id: UserId| {
            roster
                .find(id)
                .is_some_and(|member| member.has_key && member.role.receives_reports())
        };
        if rest.iter().any(|(id, _)| is_receiver(*id)) {
            let active = |id: UserId| rest.contains(&(id, Standing::Active));
            let mut order: Vec<&Member> = rest
                .iter()
                .filter_map(|(id, _)| roster.find(*id))
                .filter(|member| is_receiver(member.id))
                .collect();
            order.sort_by_key(|member| (!active(member.id), member.is_away(on), member.role, member.id));
            let next = order.first().ok_or(NobodyLeft)?.id;
            self.addressee = if self.addressee == who {
                next
            } else {
                self.addressee
            };
            self.readers = rest;
        } else {
            // Nobody who is left could act, so whoever else is free comes in.
            let chosen = Self::choose(roster, &conflict, on)?;
            self.addressee = chosen.addressee;
            self.readers = rest;
            self.readers.extend(chosen.readers);
        }
        let addressee = self.addressee;
        for (id, standing) in &mut self.readers {
            if *id == addressee {
                *standing = Standing::Active;
            }
        }
        self.excluded.extend(conflict.excluded(roster));
        self.conflict = conflict;
        Ok(())
    }

    /// The person who is told of the case.
    pub fn addressee(&self) -> UserId {
        self.addressee
    }

    /// Everybody who gets a key, with their standing.
    pub fn readers(&self) -> &[(UserId, Standing)] {
        &self.readers
    }

    /// The standing of one person, if they have a key.
    pub fn standing(&self, who: UserId) -> Option<Standing> {
        self.readers
            .iter()
            .find(|(id, _)| *id == who)
            .map(|(_, standing)| *standing)
    }

    /// Everybody who must never get one. This list is itself sealed with the case.
    pub fn excluded(&self) -> &BTreeSet<UserId> {
        &self.excluded
    }
}
