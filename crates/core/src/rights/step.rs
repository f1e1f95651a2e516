//! What can be done with a request, and what must be recorded of it.

use crate::case::{Field, FieldKind, keyed};

keyed! {
    /// Something that is done with a request.
    Step {
        /// It came, and was taken down.
        TakeDown = "take_down",
        /// The person was asked to show who they are (Article 12(6)).
        AskIdentity = "ask_identity",
        /// The person was asked what they mean (Article 12A).
        AskClarity = "ask_clarity",
        /// They answered that.
        Heard = "heard",
        /// They were told that it takes up to two months more, and why.
        Extend = "extend",
        /// An answer was written.
        Answer = "answer",
        /// A second person agreed to it.
        Agree = "agree",
        /// A second person sent it back.
        SendBack = "send_back",
        /// The answer was handed over.
        Release = "release",
        /// The person took the request back.
        Withdraw = "withdraw",
        /// Something was noted.
        Note = "note",
        /// Somebody else in the team was given it too.
        Give = "give",
    }
}

impl Step {
    /// What must be recorded.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::TakeDown => {
                const {
                    &[
                        Field::choice(
                            "rights_right",
                            &["access", "correction", "erasure", "restriction", "objection"],
                        ),
                        Field::text("rights_who"),
                        Field::long("rights_names").or_nothing(),
                        Field::choice("rights_asked_by", &["self", "with_authority"]),
                        Field::long("rights_authority").or_nothing(),
                        Field::choice("rights_identity", &["known", "seen", "to_ask"]),
                        Field::long("rights_identity_how").or_nothing(),
                        Field::long("rights_asks").or_nothing(),
                        Field::long("rights_reach").or_nothing(),
                        Field::date("rights_received_on"),
                    ]
                }
            }
            Self::AskIdentity | Self::AskClarity => {
                const { &[Field::long("rights_asked"), Field::date("rights_asked_on")] }
            }
            Self::Heard => const { &[Field::long("rights_heard"), Field::date("rights_heard_on")] },
            Self::Extend => {
                const {
                    &[
                        Field::choice("rights_because", &["complex", "number"]),
                        Field::long("rights_reason"),
                        Field::date("rights_told_on"),
                    ]
                }
            }
            Self::Answer => {
                const {
                    &[
                        Field::choice("rights_outcome", &["given", "in_part", "nothing_kept", "refused"]),
                        Field::choice(
                            "rights_ground",
                            &[
                                "third_party",
                                "serious_harm",
                                "privilege",
                                "crime",
                                "regulatory",
                                "unfounded",
                                "other",
                            ],
                        )
                        .or_nothing(),
                        Field::long("rights_ground_why").or_nothing(),
                        Field::long("rights_letter"),
                    ]
                }
            }
            Self::Agree => {
                const {
                    &[Field::new(
                        "rights_checks",
                        FieldKind::AllOf(&["person", "others", "ground", "letter"]),
                        true,
                    )]
                }
            }
            Self::SendBack => const { &[Field::long("rights_back")] },
            Self::Release => {
                const {
                    &[
                        Field::choice("rights_how", &["in_person", "post", "secure", "other"]),
                        Field::text("rights_to"),
                        Field::date("rights_released_on"),
                        Field::long("rights_released_note").or_nothing(),
                    ]
                }
            }
            Self::Withdraw => {
                const {
                    &[
                        Field::long("rights_withdrawn"),
                        Field::date("rights_withdrawn_on"),
                    ]
                }
            }
            Self::Note => const { &[Field::long("rights_note")] },
            Self::Give => {
                const {
                    &[
                        Field::new("rights_reader", FieldKind::Reader, true),
                        Field::long("rights_give_why"),
                    ]
                }
            }
        }
    }

    /// The day that this tells of: it cannot be still to come.
    pub fn day(self) -> Option<&'static str> {
        match self {
            Self::TakeDown => Some("rights_received_on"),
            Self::AskIdentity | Self::AskClarity => Some("rights_asked_on"),
            Self::Heard => Some("rights_heard_on"),
            Self::Extend => Some("rights_told_on"),
            Self::Release => Some("rights_released_on"),
            Self::Withdraw => Some("rights_withdrawn_on"),
            Self::Answer | Self::Agree | Self::SendBack | Self::Note | Self::Give => None,
        }
    }
}
