//! What can happen, as proptest draws it.

use proptest::{prelude::*, sample::Index};
use safehold_core::{case::Action, retention::Step, roster::Role};

/// Something that somebody asks for. Who it is is drawn from those who are there.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Somebody who has it brings it nearer to its end, by what the page offers them.
    Forward(Index, Index),
    /// Somebody who has it, and it is closed, proposes that it is erased, or confirms it.
    Erase(Index),
    /// One of the actions that the page offers them.
    Offered(Index, Index),
    /// An action, offered or not.
    Act(Index, Action),
    /// A decision in the log.
    Decide(Index),
    /// Somebody excludes somebody.
    Exclude(Index, Index),
    /// Somebody declares a conflict.
    Declare(Index),
    /// Somebody shares it with somebody.
    Share(Index, Index),
    /// Somebody writes to the reporter.
    Write(Index),
    /// The reporter writes.
    ReporterWrites,
    /// Something about how long it is kept.
    Keep(Index, Step),
    /// Somebody goes, or is taken out by somebody.
    Leave(Index, Index),
    /// Somebody new joins.
    Join(Role),
    /// Somebody is away for the next days.
    Away(Index),
    /// So many hours pass, and the program looks after what is late.
    Wait(u8),
}

/// What was reported, and what happens then.
#[derive(Debug, Clone)]
pub struct Story {
    /// Who of those who receive reports is involved.
    pub involved: Vec<bool>,
    /// Whether the reporter would rather not say who is.
    pub rather_not_say: bool,
    /// Whether there is danger now.
    pub urgent: bool,
    /// Whether the facilitator writes it down.
    pub taken_down: bool,
    /// What happens.
    pub deeds: Vec<Deed>,
}

/// Stories: most of what happens moves the case on, so that its end is reached often.
pub fn story() -> impl Strategy<Value = Story> {
    let one = any::<Index>;
    let two = any::<(Index, Index)>;
    let actions = prop::sample::select(Action::ALL.to_vec());
    let ending = prop::sample::select(vec![Action::AskToClose, Action::Close, Action::SendBack]);
    let steps = prop::sample::select(Step::ALL.to_vec());
    let deed = prop_oneof![
        20 => two().prop_map(|(by, pick)| Deed::Forward(by, pick)),
        5 => one().prop_map(Deed::Erase),
        4 => two().prop_map(|(by, pick)| Deed::Offered(by, pick)),
        3 => (one(), ending).prop_map(|(by, action)| Deed::Act(by, action)),
        2 => (one(), actions).prop_map(|(by, action)| Deed::Act(by, action)),
        1 => one().prop_map(Deed::Decide),
        2 => two().prop_map(|(by, who)| Deed::Exclude(by, who)),
        1 => one().prop_map(Deed::Declare),
        4 => two().prop_map(|(by, with)| Deed::Share(by, with)),
        1 => one().prop_map(Deed::Write),
        1 => Just(Deed::ReporterWrites),
        3 => (one(), steps).prop_map(|(by, step)| Deed::Keep(by, step)),
        1 => two().prop_map(|(by, who)| Deed::Leave(by, who)),
        1 => prop::sample::select(Role::ALL.to_vec()).prop_map(Deed::Join),
        1 => one().prop_map(Deed::Away),
        1 => (1..60_u8).prop_map(Deed::Wait),
    ];
    (
        prop::collection::vec(prop::bool::weighted(0.2), 4),
        prop::bool::weighted(0.1),
        // What is urgent has to be told to others outside before it can be closed.
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.3),
        prop::collection::vec(deed, 5..45),
    )
        .prop_map(|(involved, rather_not_say, urgent, taken_down, deeds)| Story {
            involved,
            rather_not_say,
            urgent,
            taken_down,
            deeds,
        })
}
