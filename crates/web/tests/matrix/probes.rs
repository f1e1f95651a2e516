//! Which requests stand for a cell of the table.

use safehold_core::{
    access::{May, Thing},
    case::Action,
    record::Kind,
    retention::Step,
};

use crate::cases::{At, typed};

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A page is looked at.
    Look,
    /// A form is sent, and leads on.
    Send,
    /// A form is sent, and what came of it is shown at once.
    Make,
}

/// A request.
pub struct Probe {
    pub way: Way,
    pub path: &'static str,
    /// Where the case stands that it is about, if it is about one.
    pub at: Option<At>,
    /// What the form holds.
    pub fields: fn() -> Vec<(String, String)>,
    /// Whether the form could hold files.
    pub files: bool,
    /// What the page shows.
    pub shows: &'static str,
}

const LOOK: Probe = Probe {
    way: Way::Look,
    path: "",
    at: None,
    fields: Vec::new,
    files: false,
    shows: "",
};

const fn look(path: &'static str, at: At, shows: &'static str) -> Probe {
    Probe {
        path,
        at: Some(at),
        shows,
        ..LOOK
    }
}

const fn send(path: &'static str, at: At, fields: fn() -> Vec<(String, String)>) -> Probe {
    Probe {
        way: Way::Send,
        path,
        at: Some(at),
        fields,
        ..LOOK
    }
}

const fn page(path: &'static str) -> Probe {
    Probe { path, ..LOOK }
}

const fn form(path: &'static str, way: Way, fields: fn() -> Vec<(String, String)>) -> Probe {
    Probe {
        way,
        path,
        fields,
        ..LOOK
    }
}

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn decision() -> Vec<(String, String)> {
    pairs(&[
        ("need", "not_required"),
        ("reason", "Nobody was hurt."),
        ("decided_by", "The lead"),
    ])
}

fn told() -> Vec<(String, String)> {
    pairs(&[
        ("channel", "phone"),
        ("told-day", "24"),
        ("told-month", "11"),
        ("told-year", "2026"),
    ])
}

fn away() -> Vec<(String, String)> {
    let mut days = Vec::new();
    for (name, day) in [("from", "1"), ("until", "2")] {
        for (part, value) in [("day", day), ("month", "3"), ("year", "2027")] {
            days.push((format!("{name}-{part}"), value.to_owned()));
        }
    }
    days
}

/// The requests for a cell; none where it is asked for elsewhere.
#[expect(clippy::too_many_lines, reason = "an arm for each cell")]
pub fn probes(thing: Thing, may: May) -> &'static [Probe] {
    use May::{Approve, Create, Read, Update};
    match (thing, may) {
        (Thing::Report, Create) => {
            const { &[page("/desk/take-down"), form("/desk/take-down", Way::Send, told)] }
        }
        (Thing::Report, Read) => const { &[look("/desk/case/{id}", At::Begun, "MARKaccount")] },
        (Thing::Report, Update) => {
            const {
                &[send("/desk/case/{id}/do/begin", At::Received, || {
                    typed(Action::Begin.fields())
                })]
            }
        }
        (Thing::Identity, Read) => const { &[look("/desk/case/{id}", At::Begun, "MARKname")] },
        (Thing::Notes, Create) => {
            const {
                &[
                    send("/desk/case/{id}/do/note", At::Begun, || {
                        typed(Action::Note.fields())
                    }),
                    send("/desk/case/{id}/record/support", At::Begun, || {
                        typed(Kind::Support.fields())
                    }),
                ]
            }
        }
        (Thing::Notes | Thing::Work | Thing::Decisions, Read) => {
            const { &[look("/desk/case/{id}/record", At::Decided, "MARKdecision")] }
        }
        (Thing::Decisions, Create) => {
            const {
                &[send("/desk/case/{id}/record/decision", At::Begun, || {
                    typed(Kind::Decision.fields())
                })]
            }
        }
        (Thing::Decisions, Approve) => {
            const {
                &[send("/desk/case/{id}/record/second_check", At::Decided, || {
                    typed(Kind::SecondCheck.fields())
                })]
            }
        }
        (Thing::Level, Update) => {
            const {
                &[
                    send("/desk/case/{id}/do/set_level", At::Begun, || {
                        typed(Action::SetLevel.fields())
                    }),
                    send("/desk/case/{id}/do/take_on", At::Begun, || {
                        typed(Action::TakeOn.fields())
                    }),
                ]
            }
        }
        (Thing::Level, Approve) => {
            const {
                &[send("/desk/case/{id}/do/send_back", At::Review, || {
                    typed(Action::SendBack.fields())
                })]
            }
        }
        (Thing::External, Create) => {
            const {
                &[Probe {
                    files: true,
                    ..send("/desk/case/{id}/duties/{body}/record/decide", At::Begun, decision)
                }]
            }
        }
        (Thing::External, Read) => const { &[look("/desk/case/{id}/duties", At::Begun, "")] },
        (Thing::Team, Create) => {
            const {
                &[
                    page("/desk/team/invite"),
                    form("/desk/team/invite", Way::Make, || {
                        pairs(&[
                            ("role", "caseworker"),
                            ("name", "Invited Person"),
                            ("email", "{new}"),
                        ])
                    }),
                ]
            }
        }
        (Thing::Team, Read) => const { &[page("/desk/team"), page("/desk/team/changes")] },
        (Thing::Team, Approve) => {
            const {
                &[form("/desk/team/{waiting}/confirm", Way::Send, || {
                    pairs(&[("sure", "yes")])
                })]
            }
        }
        (Thing::Messages, Create) => {
            const {
                &[Probe {
                    files: true,
                    ..send("/desk/case/{id}/write", At::Begun, || {
                        pairs(&[("text", "We are here.")])
                    })
                }]
            }
        }
        (Thing::Messages | Thing::Readers, Read) => const { &[look("/desk/case/{id}", At::Begun, "")] },
        (Thing::Work, Create) => {
            const {
                &[send("/desk/case/{id}/record/conversation", At::Begun, || {
                    typed(Kind::Conversation.fields())
                })]
            }
        }
        (Thing::Readers, Create) => {
            const {
                &[send("/desk/case/{id}/share", At::Begun, || {
                    pairs(&[("who", "{helper}"), ("why", "Helps.")])
                })]
            }
        }
        (Thing::Readers, Update) => {
            const {
                &[send("/desk/case/{id}/exclude", At::Begun, || {
                    pairs(&[("who", "{second}"), ("why", "Close to it.")])
                })]
            }
        }
        (Thing::Copies, Create | Read) => const { &[look("/desk/case/{id}/export", At::Begun, "")] },
        (Thing::Keeping, Create) => {
            const {
                &[send("/desk/case/{id}/keep/propose", At::Closed, || {
                    pairs(&[("basis", "request"), ("reason", "They asked for it.")])
                })]
            }
        }
        (Thing::Keeping, Read) => const { &[look("/desk/case/{id}/keep", At::Closed, "")] },
        (Thing::Keeping, Approve) => {
            const {
                &[send("/desk/case/{id}/keep/erase", At::Proposed, || {
                    typed(Step::Erase.fields())
                })]
            }
        }
        (Thing::Requests, Create) => const { &[page("/desk/requests/new")] },
        // That nobody agrees to their own answer is tested where there is one: `desk/requests.rs`.
        (Thing::Requests, Read | Approve) => const { &[page("/desk/requests")] },
        (Thing::Statistics, Read) => const { &[page("/desk/ended")] },
        (Thing::Organisation, Update) => const { &[page("/desk/organisation"), page("/desk/statement")] },
        (Thing::Health, Read) => const { &[page("/desk/mail")] },
        (Thing::Health, Update) => const { &[form("/desk/mail", Way::Send, Vec::new)] },
        (Thing::Account, Read) => const { &[page("/desk/account"), page("/desk/roles")] },
        (Thing::Account, Update) => const { &[form("/desk/account/away", Way::Send, away)] },
        _ => &[],
    }
}
