//! What can be done with a case, from where, to where, and what it must record (domain reference 8.2).

use super::{
    fields::{Field, FieldKind},
    state::{State, keyed},
};

keyed! {
    /// A step that somebody at the desk takes.
    Action {
        /// Open a new report, having declared no conflict.
        Begin = "begin",
        /// Answer a question that needs no case.
        GiveAdvice = "give_advice",
        /// Point to who can help, where it is not about our activity.
        Signpost = "signpost",
        /// Take it on as a case.
        TakeOn = "take_on",
        /// Hand it to somebody outside.
        Transfer = "transfer",
        /// Keep it for what it teaches.
        LearnOnly = "learn_only",
        /// Agree a plan.
        Plan = "plan",
        /// The plan is done; watch whether it holds.
        Monitor = "monitor",
        /// Ask a second person to check it before it closes.
        AskToClose = "ask_to_close",
        /// The second person agrees.
        Close = "close",
        /// The second person sends it back with questions.
        SendBack = "send_back",
        /// Open a closed case again.
        Reopen = "reopen",
        /// Wait, because the police or another body asks for it.
        Pause = "pause",
        /// Go on after a pause.
        Resume = "resume",
        /// Set how soon it must be looked at.
        SetLevel = "set_level",
        /// Keep a note.
        Note = "note",
    }
}

/// What an action does to the state of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It leads to this state.
    To(State),
    /// Back to where it was before a check was asked for.
    Back,
    /// The state stays.
    Stay,
    /// The state stays, and work waits.
    Pause,
    /// The state stays, and work goes on.
    Resume,
}

const fn long(id: &'static str) -> Field {
    Field {
        id,
        kind: FieldKind::Long,
        required: true,
    }
}

const fn maybe_long(id: &'static str) -> Field {
    Field {
        id,
        kind: FieldKind::Long,
        required: false,
    }
}

const fn text(id: &'static str) -> Field {
    Field {
        id,
        kind: FieldKind::Text,
        required: true,
    }
}

const fn date(id: &'static str, required: bool) -> Field {
    Field {
        id,
        kind: FieldKind::Date,
        required,
    }
}

const fn choice(id: &'static str, choices: &'static [&'static str]) -> Field {
    Field {
        id,
        kind: FieldKind::Choice(choices),
        required: true,
    }
}

/// The four checks that "not about our activity" never ends (R5.1d).
const STOP_CHECKS: Field = Field {
    id: "stop_checks",
    kind: FieldKind::AllOf(&["danger", "child", "others", "serious_crime"]),
    required: true,
};

/// Whether the person wanted help to reach those contacts (R5.2b).
const HELP_TO_REACH: Field = choice("help_to_reach", &["wanted", "not_wanted", "not_asked"]);

const LEVEL: Field = choice(
    "level",
    &["immediate", "high", "medium", "low", "good_practice", "advice"],
);
const SAFE_NOW: Field = choice("safe_now", &["safe", "mostly", "not_sure", "unsafe"]);
const OUTCOME: Field = choice(
    "outcome",
    &["fully", "partly", "not", "not_wanted", "could_not_ask"],
);

/// What must be recorded before somebody else looks whether a case can be closed.
const ASK_TO_CLOSE: &[Field] = &[
    OUTCOME,
    long("outcome_notes"),
    maybe_long("why_no_prevention"),
    long("external_decisions"),
    choice(
        "told_person",
        &["yes", "partly", "not_safe", "could_not", "nobody"],
    ),
    choice("said_sorry", &["yes", "not_due", "not_yet"]),
    long("candour"),
    maybe_long("learning"),
];

/// What whoever looks has to look at.
const CLOSE: &[Field] = &[
    Field {
        id: "checked",
        kind: FieldKind::AllOf(&["wishes", "safety", "external", "prevent_repeat", "told"]),
        required: true,
    },
    long("check_notes"),
];

impl Action {
    /// The states from which this action can be taken.
    pub fn from_states(self) -> &'static [State] {
        use State as S;
        match self {
            Self::Begin => &[S::Received],
            Self::GiveAdvice | Self::Signpost | Self::Transfer | Self::LearnOnly => &[S::Triage],
            // A question may turn out to be a case, and so may what seemed not to be ours, or only to be learned from.
            Self::TakeOn => &[S::Triage, S::AdviceGiven, S::Signposted, S::LearningOnly],
            Self::Plan => &[S::Open],
            Self::Monitor => &[S::Action],
            Self::AskToClose => &[
                S::AdviceGiven,
                S::Signposted,
                S::Transferred,
                S::LearningOnly,
                S::Monitoring,
            ],
            Self::Close | Self::SendBack => &[S::ClosingReview],
            Self::Reopen => &[S::Closed, S::Retained],
            Self::Pause | Self::Resume | Self::SetLevel => &[
                S::Triage,
                S::AdviceGiven,
                S::Signposted,
                S::Open,
                S::Transferred,
                S::LearningOnly,
                S::Action,
                S::Monitoring,
                S::ClosingReview,
            ],
            Self::Note => &[
                S::Triage,
                S::AdviceGiven,
                S::Signposted,
                S::Open,
                S::Transferred,
                S::LearningOnly,
                S::Action,
                S::Monitoring,
                S::ClosingReview,
                S::Closed,
            ],
        }
    }

    /// What it does to the state.
    pub fn effect(self) -> Effect {
        match self {
            Self::Begin | Self::Reopen => Effect::To(State::Triage),
            Self::GiveAdvice => Effect::To(State::AdviceGiven),
            Self::Signpost => Effect::To(State::Signposted),
            Self::TakeOn => Effect::To(State::Open),
            Self::Transfer => Effect::To(State::Transferred),
            Self::LearnOnly => Effect::To(State::LearningOnly),
            Self::Plan => Effect::To(State::Action),
            Self::Monitor => Effect::To(State::Monitoring),
            Self::AskToClose => Effect::To(State::ClosingReview),
            Self::Close => Effect::To(State::Closed),
            Self::SendBack => Effect::Back,
            Self::Pause => Effect::Pause,
            Self::Resume => Effect::Resume,
            Self::SetLevel | Self::Note => Effect::Stay,
        }
    }

    /// Whether whoever takes it has decided something of how the case ends, and so is no independent check of that.
    pub fn decides(self) -> bool {
        match self {
            Self::GiveAdvice
            | Self::Signpost
            | Self::TakeOn
            | Self::Transfer
            | Self::LearnOnly
            | Self::Plan
            | Self::Monitor
            | Self::SetLevel => true,
            // Who begins answers for the case from then on, and who asks is known while they ask.
            Self::Begin
            | Self::AskToClose
            | Self::Close
            | Self::SendBack
            | Self::Reopen
            | Self::Pause
            | Self::Resume
            | Self::Note => false,
        }
    }

    /// Whether it can be taken while work waits for the police or another body.
    pub fn allowed_while_paused(self) -> bool {
        match self {
            Self::Resume | Self::Note | Self::SetLevel => true,
            Self::Begin
            | Self::GiveAdvice
            | Self::Signpost
            | Self::TakeOn
            | Self::Transfer
            | Self::LearnOnly
            | Self::Plan
            | Self::Monitor
            | Self::AskToClose
            | Self::Close
            | Self::SendBack
            | Self::Reopen
            | Self::Pause => false,
        }
    }

    /// What must be recorded.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Begin => {
                const {
                    &[Field {
                        id: "no_conflict",
                        kind: FieldKind::AllOf(&["yes"]),
                        required: true,
                    }]
                }
            }
            Self::GiveAdvice => const { &[long("question"), long("advice"), date("follow_up_on", false)] },
            Self::Signpost => {
                const {
                    &[
                        long("why_unrelated"),
                        STOP_CHECKS,
                        long("contacts_offered"),
                        HELP_TO_REACH,
                    ]
                }
            }
            Self::TakeOn => {
                const {
                    &[
                        LEVEL,
                        long("level_reason"),
                        long("wishes"),
                        long("consent"),
                        SAFE_NOW,
                        maybe_long("safety_notes"),
                    ]
                }
            }
            Self::Transfer => const { &[text("to_whom"), long("receipt_confirmed"), long("still_ours")] },
            Self::LearnOnly => const { &[long("why_no_protection"), long("second_check")] },
            Self::Plan => {
                const {
                    &[
                        long("plan"),
                        long("persons_view"),
                        long("support"),
                        date("review_on", true),
                    ]
                }
            }
            Self::Monitor => const { &[long("done"), SAFE_NOW, date("review_on", true)] },
            Self::AskToClose => ASK_TO_CLOSE,
            Self::Close => CLOSE,
            Self::SendBack => const { &[long("questions")] },
            Self::Reopen => {
                const {
                    &[
                        choice("reopen_reason", &["new_facts", "request", "audit"]),
                        long("reason"),
                    ]
                }
            }
            Self::Pause => {
                const {
                    &[
                        text("asked_by"),
                        long("reason"),
                        long("stays_in_place"),
                        date("review_on", true),
                    ]
                }
            }
            Self::Resume => const { &[long("reason")] },
            Self::SetLevel => const { &[LEVEL, long("level_reason")] },
            Self::Note => const { &[long("note"), maybe_long("judgement")] },
        }
    }
}
