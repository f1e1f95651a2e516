//! What is recorded about duties outward. Entries are sealed and never changed: a later one takes the place of an
//! earlier one, and both stay to be read.

use std::{collections::BTreeSet, fmt};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::Nation;
use crate::{case::keyed, id::DutyId};

keyed! {
    /// Where the affected person is.
    Place {
        /// In England.
        England = "england",
        /// In Wales.
        Wales = "wales",
        /// In Scotland.
        Scotland = "scotland",
        /// In Northern Ireland.
        NorthernIreland = "northern_ireland",
        /// Outside the United Kingdom.
        Elsewhere = "elsewhere",
        /// Nobody knows.
        NotSure = "not_sure",
    }
}

impl Place {
    /// The nation, if it is one of the four.
    pub fn nation(self) -> Option<Nation> {
        match self {
            Self::England => Some(Nation::England),
            Self::Wales => Some(Nation::Wales),
            Self::Scotland => Some(Nation::Scotland),
            Self::NorthernIreland => Some(Nation::NorthernIreland),
            Self::Elsewhere | Self::NotSure => None,
        }
    }
}

keyed! {
    /// Whether a body is to be told.
    Need {
        /// Yes.
        Required = "required",
        /// No.
        NotRequired = "not_required",
        /// Not decided yet.
        NotSure = "not_sure",
    }
}

keyed! {
    /// What the affected person says to it.
    Consent {
        /// They were asked, and agree.
        Given = "given",
        /// They were asked, and do not agree.
        Refused = "refused",
        /// They were not asked yet.
        NotYet = "not_yet",
        /// To ask could put somebody in danger.
        Unsafe = "unsafe",
        /// They could not be reached.
        NotReached = "not_reached",
        /// Nothing that points to a person is passed on.
        NotNeeded = "not_needed",
    }
}

impl Consent {
    /// Whether to go on needs a ground that outweighs it.
    pub fn needs_ground(self) -> bool {
        match self {
            Self::Refused | Self::Unsafe | Self::NotReached => true,
            Self::Given | Self::NotYet | Self::NotNeeded => false,
        }
    }
}

keyed! {
    /// What outweighs that somebody does not agree (domain reference 6.5).
    Ground {
        /// A life is at risk.
        Life = "life",
        /// Others are at risk.
        Others = "others",
        /// A child is or may be harmed.
        Child = "child",
        /// The person is under pressure from somebody.
        Duress = "duress",
        /// The person can't decide this now.
        Capacity = "capacity",
        /// A serious crime.
        SeriousCrime = "serious_crime",
        /// A law says that it must be told.
        Law = "law",
    }
}

keyed! {
    /// How something was passed on.
    Way {
        /// By telephone.
        Phone = "phone",
        /// In a form of the body.
        OnlineForm = "online_form",
        /// By secure e-mail.
        Email = "email",
        /// By post.
        Post = "post",
        /// In person.
        InPerson = "in_person",
        /// By somebody else, such as the host university.
        ByOthers = "by_others",
    }
}

keyed! {
    /// How it ended with a body.
    Outcome {
        /// They act on it.
        TheyAct = "they_act",
        /// They have done what they do.
        Done = "done",
        /// They do nothing about it.
        TheyDoNot = "they_do_not",
        /// They knew already from somebody else.
        KnownAlready = "known_already",
        /// Nothing was sent after all.
        NothingSent = "nothing_sent",
    }
}

/// What a lead says about a case as a whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// Where the affected person is.
    pub place: Place,
    /// What is ticked: ids of the rules.
    #[serde(default)]
    pub says: BTreeSet<String>,
    /// Why, in the lead's words.
    #[serde(default)]
    pub note: String,
}

/// Whether a body is to be told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The body.
    pub body: String,
    /// By which id its clock is known where nothing is sealed. It says nothing of the body.
    pub clock: DutyId,
    /// Yes, no or not sure.
    pub need: Need,
    /// Why.
    pub reason: String,
    /// Who decided, by name.
    pub decided_by: String,
    /// What the affected person says.
    #[serde(default)]
    pub consent: Option<Consent>,
    /// What outweighs that they do not agree.
    #[serde(default)]
    pub grounds: BTreeSet<Ground>,
    /// More about it.
    #[serde(default)]
    pub consent_note: String,
    /// From when the clock runs.
    #[serde(default)]
    pub starts_at: Option<Timestamp>,
    /// By when it is to be told.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// Whether a person set that time, instead of the rules.
    #[serde(default)]
    pub due_by_hand: bool,
}

impl Decision {
    /// Whether the person's agreement, or what outweighs it, is settled.
    pub fn may_send(&self) -> bool {
        self.need == Need::Required
            && self.consent.is_some_and(|consent| {
                consent != Consent::NotYet && (!consent.needs_ground() || !self.grounds.is_empty())
            })
    }
}

/// Something was passed on, by a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// To which body.
    pub body: String,
    /// On which day.
    pub on: Date,
    /// How.
    pub how: Way,
    /// By whom, by name.
    pub by: String,
    /// To whom there.
    pub to: String,
    /// What was passed on.
    pub what: String,
    /// The body's own number for it.
    #[serde(default)]
    pub reference: String,
    /// By when an answer is wanted.
    #[serde(default)]
    pub reply_by: Option<Date>,
    /// Whether the reporter was told of it.
    #[serde(default)]
    pub shown: bool,
}

/// A body answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replied {
    /// Which body.
    pub body: String,
    /// On which day.
    pub on: Date,
    /// What it said.
    pub reply: String,
    /// Its number for it.
    #[serde(default)]
    pub reference: String,
    /// When to look at it again.
    #[serde(default)]
    pub again_on: Option<Date>,
}

/// Nothing more is to be done with a body.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Which body.
    pub body: String,
    /// How it ended.
    pub outcome: Outcome,
    /// More about it.
    pub why: String,
}

/// One entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Entry {
    /// A lead looked at the case as a whole.
    Looked(Looked),
    /// It was decided whether a body is told.
    Decided(Decision),
    /// It was told.
    Sent(Sent),
    /// It answered.
    Replied(Replied),
    /// Nothing more is to be done.
    Ended(Ending),
}

impl Entry {
    /// The body that it is about.
    pub fn body(&self) -> Option<&str> {
        match self {
            Self::Looked(_) => None,
            Self::Decided(decision) => Some(&decision.body),
            Self::Sent(sent) => Some(&sent.body),
            Self::Replied(replied) => Some(&replied.body),
            Self::Ended(ending) => Some(&ending.body),
        }
    }
}

/// What people wrote never prints.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Looked(_) => "Looked",
            Self::Decided(_) => "Decided",
            Self::Sent(_) => "Sent",
            Self::Replied(_) => "Replied",
            Self::Ended(_) => "Ended",
        })
    }
}
