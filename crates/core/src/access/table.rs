//! The table itself: things down, people across, as domain reference 8.4 has it.
//!
//! What differs from 8.4, and why, is in decision 0028. The page `docs/access.md` is compared with this table, and
//! `crates/web/tests/matrix` asks for each cell of it with real requests.

use crate::roster::Role;

/// Something that people do something with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// What was reported.
    Report,
    /// Who reported it.
    Identity,
    /// Notes on a case, and what became of what one was given to do.
    Notes,
    /// The decision log.
    Decisions,
    /// Where a case stands and how soon it is looked at; ending it.
    Level,
    /// Decisions about bodies outside.
    External,
    /// Numbers for oversight.
    Statistics,
    /// Preparation and ways of working.
    Preparation,
    /// Safety plans and access needs.
    SafetyPlans,
    /// The learning log.
    Learning,
    /// The training register.
    Training,
    /// Roles and cover.
    Team,
    /// What was done by whom.
    Audit,
    /// Messages with the person who reported.
    Messages,
    /// First look, plan, outcomes, talks: the record of the work on a case.
    Work,
    /// Who reads a case.
    Readers,
    /// Copies that leave the program.
    Copies,
    /// How long closed cases are kept.
    Keeping,
    /// Requests of people about what is kept of them.
    Requests,
    /// What the organisation says of itself.
    Organisation,
    /// Mail that could not be sent.
    Health,
    /// One's own account.
    Account,
}

impl Thing {
    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Identity => "identity",
            Self::Notes => "notes",
            Self::Decisions => "decisions",
            Self::Level => "level",
            Self::External => "external",
            Self::Statistics => "statistics",
            Self::Preparation => "preparation",
            Self::SafetyPlans => "safety_plans",
            Self::Learning => "learning",
            Self::Training => "training",
            Self::Team => "team",
            Self::Audit => "audit",
            Self::Messages => "messages",
            Self::Work => "work",
            Self::Readers => "readers",
            Self::Copies => "copies",
            Self::Keeping => "keeping",
            Self::Requests => "requests",
            Self::Organisation => "organisation",
            Self::Health => "health",
            Self::Account => "account",
        }
    }

    /// Whether nothing of it is in the program yet: its rows say what is to come.
    pub fn is_to_come(self) -> bool {
        matches!(
            self,
            Self::Preparation | Self::SafetyPlans | Self::Learning | Self::Training
        )
    }
}

/// What is done with a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum May {
    /// C: make one.
    Create,
    /// R: read it.
    Read,
    /// U: change it.
    Update,
    /// X: agree to it as the second person.
    Approve,
}

impl May {
    /// All of them, in the order of 8.4.
    pub const ALL: [Self; 4] = [Self::Create, Self::Read, Self::Update, Self::Approve];

    /// The letter of 8.4.
    pub fn letter(self) -> char {
        match self {
            Self::Create => 'C',
            Self::Read => 'R',
            Self::Update => 'U',
            Self::Approve => 'X',
        }
    }

    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Approve => "approve",
        }
    }
}

/// On which condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// On none.
    Always,
    /// Only what is their own.
    Own,
    /// Unless they are named in it, or close to somebody who is.
    Free,
    /// In cover, for a check, or where it concerns the lead.
    Cover,
    /// Where nobody who stands before them can act: it concerns the leads, or nobody opens it.
    Conflict,
    /// Where it concerns the leads, waits too long, or waits for their check.
    Alert,
    /// If a lead gives them something to do in it.
    Assigned,
    /// If a lead shares it with them.
    Shared,
    /// If a lead shares it with them for a rights request.
    Request,
    /// Without what anybody wrote.
    NoContent,
    /// Without names.
    Anonymised,
    /// With small numbers hidden.
    Suppressed,
}

impl When {
    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Own => "own",
            Self::Free => "free",
            Self::Cover => "cover",
            Self::Conflict => "conflict",
            Self::Alert => "alert",
            Self::Assigned => "assigned",
            Self::Shared => "shared",
            Self::Request => "request",
            Self::NoContent => "no_content",
            Self::Anonymised => "anonymised",
            Self::Suppressed => "suppressed",
        }
    }
}

/// What somebody may do, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// What.
    pub may: May,
    /// When.
    pub when: When,
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// Who reported, with their words.
    Reporter,
    /// Somebody in the team.
    Role(Role),
}

impl Party {
    /// The columns, in the order of 8.4.
    pub const ALL: [Self; 10] = [
        Self::Reporter,
        Self::Role(Role::Facilitator),
        Self::Role(Role::Caseworker),
        Self::Role(Role::Lead),
        Self::Role(Role::Alternate),
        Self::Role(Role::Group),
        Self::Role(Role::Sponsor),
        Self::Role(Role::University),
        Self::Role(Role::DataProtection),
        Self::Role(Role::Administrator),
    ];
}

const fn c(when: When) -> Grant {
    Grant {
        may: May::Create,
        when,
    }
}

const fn r(when: When) -> Grant {
    Grant { may: May::Read, when }
}

const fn u(when: When) -> Grant {
    Grant {
        may: May::Update,
        when,
    }
}

const fn x(when: When) -> Grant {
    Grant {
        may: May::Approve,
        when,
    }
}

/// What one column may do with one thing.
pub type Cell = &'static [Grant];

const NONE: Cell = &[];

use When::{
    Alert, Always, Anonymised, Assigned, Conflict, Cover, Free, NoContent, Own, Request, Shared, Suppressed,
};

/// The table. Columns are those of [`Party::ALL`].
#[rustfmt::skip]
pub const TABLE: [(Thing, [Cell; 10]); 22] = [
    // Reporter, facilitator, caseworker,
    // lead, alternate,
    // group, sponsor, university,
    // data protection, administrator.
    (Thing::Report, [
        &[c(Always), r(Own), u(Own)], &[c(Always), r(Own)], &[c(Always), r(Assigned)],
        &[c(Always), r(Free), u(Free)], &[c(Always), r(Cover), u(Cover)],
        &[r(Anonymised)], &[c(Always), r(Alert), u(Conflict)], &[c(Always), r(Shared), u(Conflict)],
        &[r(Request)], NONE,
    ]),
    (Thing::Identity, [
        &[r(Own), u(Own)], NONE, &[r(Assigned)],
        &[r(Free)], &[r(Cover)],
        NONE, &[r(Alert)], &[r(Shared)],
        &[r(Request)], NONE,
    ]),
    (Thing::Notes, [
        NONE, NONE, &[c(Assigned), r(Assigned)],
        &[c(Free), r(Free)], &[c(Cover), r(Cover)],
        NONE, &[c(Conflict), r(Alert)], &[c(Conflict), r(Shared)],
        &[r(Request)], NONE,
    ]),
    (Thing::Decisions, [
        NONE, NONE, &[r(Assigned)],
        &[c(Free), r(Free), x(Free)], &[c(Cover), r(Cover), x(Cover)],
        &[r(Anonymised)], &[c(Conflict), r(Alert), x(Alert)], &[c(Conflict), r(Shared), x(Conflict)],
        &[r(Request)], NONE,
    ]),
    (Thing::Level, [
        NONE, NONE, NONE,
        &[u(Free), x(Free)], &[u(Cover), x(Cover)],
        NONE, &[u(Conflict), x(Alert)], &[u(Conflict), x(Shared)],
        NONE, NONE,
    ]),
    (Thing::External, [
        &[r(Own)], NONE, &[r(Assigned)],
        &[c(Free), r(Free)], &[c(Cover), r(Cover)],
        &[r(Anonymised)], &[c(Conflict), r(Alert)], &[c(Shared), r(Shared)],
        &[r(Request)], NONE,
    ]),
    (Thing::Statistics, [
        &[r(Always)], &[r(Suppressed)], NONE,
        &[r(Always)], &[r(Always)],
        &[r(Always)], &[r(Always)], &[r(Always)],
        NONE, NONE,
    ]),
    (Thing::Preparation, [
        &[x(Own)], &[c(Own), r(Own), u(Own)], NONE,
        &[r(Always)], &[r(Always)],
        &[r(Anonymised)], NONE, NONE,
        NONE, NONE,
    ]),
    (Thing::SafetyPlans, [
        &[c(Own), r(Own), u(Own)], &[r(Shared)], &[r(Shared)],
        &[r(Shared)], &[r(Shared)],
        NONE, NONE, NONE,
        NONE, NONE,
    ]),
    (Thing::Learning, [
        &[c(Always)], &[c(Always), r(Always)], &[c(Always)],
        &[c(Always), r(Always), u(Always), x(Always)], &[c(Always), r(Always), u(Always), x(Always)],
        &[r(Always)], &[r(Always)], NONE,
        NONE, NONE,
    ]),
    (Thing::Training, [
        NONE, &[r(Own)], &[r(Own)],
        &[r(Always)], &[r(Always)],
        &[r(Anonymised)], &[r(Always)], &[r(Always)],
        NONE, NONE,
    ]),
    (Thing::Team, [
        NONE, NONE, NONE,
        &[c(Always), r(Always), x(Always)], &[c(Always), r(Always), x(Always)],
        NONE, &[c(Always), r(Always), x(Always)], NONE,
        NONE, &[c(Always), r(Always)],
    ]),
    (Thing::Audit, [
        NONE, NONE, NONE,
        &[r(Free)], &[r(Cover)],
        &[r(Anonymised)], &[r(Alert)], NONE,
        &[r(NoContent)], &[r(NoContent)],
    ]),
    // What 8.4 has no row for.
    (Thing::Messages, [
        &[c(Own), r(Own)], NONE, &[c(Assigned), r(Assigned)],
        &[c(Free), r(Free)], &[c(Cover), r(Cover)],
        NONE, &[c(Conflict), r(Alert)], &[c(Conflict), r(Shared)],
        &[r(Request)], NONE,
    ]),
    (Thing::Work, [
        NONE, NONE, &[r(Assigned)],
        &[c(Free), r(Free)], &[c(Cover), r(Cover)],
        NONE, &[c(Conflict), r(Alert)], &[c(Conflict), r(Shared)],
        &[r(Request)], NONE,
    ]),
    (Thing::Readers, [
        NONE, NONE, &[r(Assigned)],
        &[c(Free), r(Free), u(Free)], &[c(Cover), r(Cover), u(Cover)],
        NONE, &[c(Conflict), r(Alert), u(Conflict)], &[c(Conflict), r(Shared), u(Conflict)],
        &[r(Request)], NONE,
    ]),
    (Thing::Copies, [
        NONE, NONE, NONE,
        &[c(Free), r(Free), x(Free)], &[c(Cover), r(Cover), x(Cover)],
        NONE, &[c(Alert), r(Alert), x(Alert)], &[c(Shared), r(Shared), x(Shared)],
        NONE, NONE,
    ]),
    (Thing::Keeping, [
        NONE, NONE, NONE,
        &[c(Free), r(Free), x(Free)], &[c(Cover), r(Cover), x(Cover)],
        NONE, &[c(Alert), r(Alert), x(Alert)], &[c(Shared), r(Shared), x(Shared)],
        NONE, NONE,
    ]),
    (Thing::Requests, [
        NONE, NONE, NONE,
        &[c(Free), r(Free), x(Free)], &[c(Free), r(Free), x(Free)],
        NONE, &[c(Free), r(Free), x(Free)], NONE,
        &[c(Free), r(Free), x(Free)], NONE,
    ]),
    (Thing::Organisation, [
        &[r(Always)], NONE, NONE,
        &[r(Always), u(Always)], &[r(Always), u(Always)],
        NONE, &[r(Always), u(Always)], NONE,
        NONE, &[r(Always), u(Always)],
    ]),
    (Thing::Health, [
        NONE, NONE, NONE,
        &[r(Always), u(Always)], &[r(Always), u(Always)],
        NONE, &[r(Always), u(Always)], NONE,
        NONE, &[r(Always), u(Always)],
    ]),
    (Thing::Account, [
        NONE, &[r(Own), u(Own)], &[r(Own), u(Own)],
        &[r(Own), u(Own)], &[r(Own), u(Own)],
        &[r(Own), u(Own)], &[r(Own), u(Own)], &[r(Own), u(Own)],
        &[r(Own), u(Own)], &[r(Own), u(Own)],
    ]),
];

/// What somebody may do with a thing, and when.
pub fn cell(party: Party, thing: Thing) -> Cell {
    let column = Party::ALL.iter().position(|other| *other == party);
    TABLE
        .iter()
        .find(|(of, _)| *of == thing)
        .zip(column)
        .and_then(|((_, cells), column)| cells.get(column).copied())
        .unwrap_or(NONE)
}
