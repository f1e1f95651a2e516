//! Who may do what, by role (domain reference 8.4): one table, from which everything here is read. To act on a case one
//! also needs a key to it, which is decided in [`crate::recipients`].

mod table;

pub use table::{Cell, Grant, May, Party, TABLE, Thing, When, cell};

use crate::{case::Action, id::UserId, roster::Role};

/// Something at the desk that is not an action on a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// The list of cases, and opening one that is on one's desk.
    Cases,
    /// Sharing a case with a caseworker, or handing it to another lead.
    Share,
    /// Excluding somebody from a case.
    Exclude,
    /// Writing to the reporter.
    Write,
    /// Taking a report down for somebody who phones, writes on paper or comes.
    TakeDown,
    /// Saying how cases belong together.
    Patterns,
    /// Seeing, across cases, who is to stay away from activities, and whether somebody who would like to join one may be
    /// meant.
    StayAway,
    /// Recording what is decided and done about bodies outside.
    Duties,
    /// Copies of a case file that leave the program, and what is left out of them.
    Export,
    /// How long closed cases are kept: holds, and erasing by two.
    Retention,
    /// Requests of people about what is kept of them.
    Requests,
    /// Inviting people, changing roles and removing them.
    Team,
    /// Confirming whoever joined, before anything can be sealed to them.
    Confirm,
    /// The recovery key: who keeps its shares, who asks to be let in again, and each use of it.
    Recovery,
    /// Emergency access to one case, with the recovery key.
    Emergency,
    /// One's own times away and pass phrase.
    OwnAccount,
    /// The statement and the organisation's details.
    Organisation,
    /// Mail that could not be sent, and the health of the installation.
    Health,
    /// Heads of the trace.
    Trace,
    /// What people said at the end, as numbers.
    Statistics,
}

impl Area {
    /// Every area.
    pub const ALL: [Self; 20] = [
        Self::Cases,
        Self::Share,
        Self::Exclude,
        Self::Write,
        Self::TakeDown,
        Self::Patterns,
        Self::StayAway,
        Self::Duties,
        Self::Export,
        Self::Retention,
        Self::Requests,
        Self::Team,
        Self::Confirm,
        Self::Recovery,
        Self::Emergency,
        Self::OwnAccount,
        Self::Organisation,
        Self::Health,
        Self::Trace,
        Self::Statistics,
    ];
}

impl Area {
    /// Which cell of the table decides on it.
    pub fn asks(self) -> (Thing, May) {
        match self {
            Self::Cases => (Thing::Report, May::Read),
            Self::Share => (Thing::Readers, May::Create),
            // And whoever may answer for a case when nobody who stands before them can.
            Self::Exclude | Self::Emergency => (Thing::Readers, May::Update),
            Self::Write => (Thing::Messages, May::Create),
            Self::TakeDown => (Thing::Report, May::Create),
            Self::Patterns => (Thing::Work, May::Create),
            // Those who can be the second person of such a decision: nobody who only helps in a case.
            Self::StayAway => (Thing::Decisions, May::Approve),
            Self::Duties => (Thing::External, May::Create),
            Self::Export => (Thing::Copies, May::Create),
            Self::Retention => (Thing::Keeping, May::Create),
            Self::Requests => (Thing::Requests, May::Create),
            Self::Team => (Thing::Team, May::Create),
            // Whoever keeps the list without reading cases cannot say that somebody may read them: else one invented
            // administrator would be the second pair of eyes for an invented lead.
            // Each use of the recovery key is told to those who could be its second pair of eyes.
            Self::Confirm | Self::Recovery => (Thing::Team, May::Approve),
            Self::OwnAccount => (Thing::Account, May::Update),
            Self::Organisation => (Thing::Organisation, May::Update),
            Self::Health => (Thing::Health, May::Read),
            Self::Trace => (Thing::Audit, May::Read),
            Self::Statistics => (Thing::Statistics, May::Read),
        }
    }
}

/// How far a case is somebody's who has a key to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// They do what the designated lead does.
    InCharge,
    /// They read it, and do what their role does beside a lead.
    Beside,
}

/// How far a case is this person's. `on_desks_of` are those who have it on their desk.
///
/// The independent recipient and the university are in charge of what no lead can act on: where the leads are named in
/// it, or nobody opens it. What a lead shares with them they read (domain reference 8.4: "conflict", "alert", "shared").
pub fn part(who: UserId, role: Role, owner: Option<UserId>, on_desks_of: &[(UserId, Role)]) -> Part {
    let is_in_charge = match role {
        Role::Lead | Role::Alternate => true,
        Role::Sponsor | Role::University => {
            let before = on_desks_of
                .iter()
                .any(|(id, other)| *id != who && other.receives_reports() && *other < role);
            owner.is_none() || owner == Some(who) || !before
        }
        Role::Caseworker | Role::Facilitator | Role::Group | Role::DataProtection | Role::Administrator => {
            false
        }
    };
    if is_in_charge {
        Part::InCharge
    } else {
        Part::Beside
    }
}

/// Whether a role may do this at all, where the best of its conditions is met.
fn may_ever(role: Role, thing: Thing, may: May) -> bool {
    may_with(role, Part::InCharge, thing, may)
}

/// Whether somebody in this role, with this part in a case that they have a key to, may do this. What is not about a
/// case has no part; any will do.
pub fn may_with(role: Role, part: Part, thing: Thing, may: May) -> bool {
    cell(Party::Role(role), thing)
        .iter()
        .filter(|grant| grant.may == may)
        .any(|grant| match grant.when {
            When::Conflict => part == Part::InCharge,
            // A list of one's own, and numbers, are no way into what others wrote.
            When::Own => thing == Thing::Account,
            When::Anonymised | When::Suppressed => false,
            When::Always
            | When::Free
            | When::Cover
            | When::Alert
            | When::Assigned
            | When::Shared
            | When::Request
            | When::NoContent => true,
        })
}

/// Whether a role may enter an area.
pub fn may_enter(role: Role, area: Area) -> bool {
    let (thing, may) = area.asks();
    may_ever(role, thing, may)
}

/// Whether somebody may do in a case what an area is for.
pub fn may_enter_with(role: Role, part: Part, area: Area) -> bool {
    let (thing, may) = area.asks();
    may_with(role, part, thing, may)
}

/// Which cell of the table decides on an action.
pub fn action_asks(action: Action) -> (Thing, May) {
    match action {
        Action::Note => (Thing::Notes, May::Create),
        Action::Close | Action::SendBack => (Thing::Level, May::Approve),
        Action::Begin
        | Action::GiveAdvice
        | Action::Signpost
        | Action::TakeOn
        | Action::Transfer
        | Action::LearnOnly
        | Action::Plan
        | Action::Monitor
        | Action::AskToClose
        | Action::Reopen
        | Action::Pause
        | Action::Resume
        | Action::SetLevel => (Thing::Level, May::Update),
    }
}

/// Whether a role may take an action on a case to which it has a key.
pub fn may_act(role: Role, action: Action) -> bool {
    let (thing, may) = action_asks(action);
    may_ever(role, thing, may)
}

/// Whether somebody with this part in a case may take an action on it.
pub fn may_act_with(role: Role, part: Part, action: Action) -> bool {
    let (thing, may) = action_asks(action);
    may_with(role, part, thing, may)
}
