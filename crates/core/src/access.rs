//! Who may do what, by role (domain reference 8.4). To act on a case one also needs a key to it,
//! which is decided in [`crate::recipients`].

use crate::{case::Action, roster::Role};

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
    /// Recording what is decided and done about bodies outside.
    Duties,
    /// Copies of a case file that leave the program, and what is left out of them.
    Export,
    /// How long closed cases are kept: holds, and erasing by two.
    Retention,
    /// Inviting people, changing roles and removing them.
    Team,
    /// Confirming whoever joined, before anything can be sealed to them.
    Confirm,
    /// One's own times away and pass phrase.
    OwnAccount,
    /// The statement and the organisation's details.
    Organisation,
    /// Mail that could not be sent, and the health of the installation.
    Health,
    /// Heads of the trace.
    Trace,
}

impl Area {
    /// Every area.
    pub const ALL: [Self; 14] = [
        Self::Cases,
        Self::Share,
        Self::Exclude,
        Self::Write,
        Self::TakeDown,
        Self::Duties,
        Self::Export,
        Self::Retention,
        Self::Team,
        Self::Confirm,
        Self::OwnAccount,
        Self::Organisation,
        Self::Health,
        Self::Trace,
    ];
}

/// Whether a role may enter an area.
pub fn may_enter(role: Role, area: Area) -> bool {
    use Role as R;
    match area {
        Area::OwnAccount => true,
        Area::Cases | Area::Write | Area::TakeDown => match role {
            R::Lead | R::Alternate | R::Sponsor | R::University | R::Caseworker => true,
            R::Administrator => false,
        },
        Area::Share | Area::Exclude | Area::Duties | Area::Export | Area::Retention => match role {
            R::Lead | R::Alternate | R::Sponsor | R::University => true,
            R::Caseworker | R::Administrator => false,
        },
        // Whoever keeps the list without reading cases cannot say that somebody may read them: else one invented
        // administrator would be the second pair of eyes for an invented lead.
        Area::Confirm => match role {
            R::Lead | R::Alternate | R::Sponsor => true,
            R::University | R::Caseworker | R::Administrator => false,
        },
        Area::Team | Area::Organisation | Area::Health | Area::Trace => match role {
            R::Lead | R::Alternate | R::Sponsor | R::Administrator => true,
            R::University | R::Caseworker => false,
        },
    }
}

/// Whether a role may take an action on a case to which it has a key.
pub fn may_act(role: Role, action: Action) -> bool {
    use Role as R;
    match action {
        Action::Note => match role {
            R::Lead | R::Alternate | R::Sponsor | R::University | R::Caseworker => true,
            R::Administrator => false,
        },
        Action::Begin
        | Action::GiveAdvice
        | Action::Signpost
        | Action::TakeOn
        | Action::Transfer
        | Action::LearnOnly
        | Action::Plan
        | Action::Monitor
        | Action::AskToClose
        | Action::Close
        | Action::SendBack
        | Action::Reopen
        | Action::Pause
        | Action::Resume
        | Action::SetLevel => match role {
            R::Lead | R::Alternate | R::Sponsor | R::University => true,
            R::Caseworker | R::Administrator => false,
        },
    }
}
