//! What was typed into the forms.

use jiff::civil::date;
use safehold_core::duties::{Outcome, Problem, read_decision, read_ending, read_look, read_reply, read_sent};

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// These fields with others in their place or besides.
fn with(base: &[(&str, &str)], other: &[(&str, &str)]) -> Vec<(String, String)> {
    let kept = base
        .iter()
        .filter(|(name, _)| !other.iter().any(|(new, _)| new == name));
    fields(&kept.chain(other).copied().collect::<Vec<_>>())
}

const TODAY: jiff::civil::Date = date(2026, 11, 24);
const DECISION: &[(&str, &str)] = &[
    ("need", "required"),
    ("reason", "Others could be hurt."),
    ("decided_by", "Marisol Penhale"),
    ("consent", "given"),
    ("starts", "report"),
];
const SENT: &[(&str, &str)] = &[
    ("sent_on", "2026-11-24"),
    ("how", "phone"),
    ("sent_by", "Marisol Penhale"),
    ("sent_to", "The duty desk"),
    ("what", "What happened."),
    ("show", "no"),
];

#[test]
fn every_missing_field_is_named_at_once() {
    let missing = |problems: Vec<(&'static str, Problem)>| -> Vec<&'static str> {
        assert!(problems.iter().all(|(_, problem)| *problem == Problem::Missing));
        problems.iter().map(|(field, _)| *field).collect()
    };
    assert_eq!(missing(read_look(&[], &[]).err().unwrap()), ["place"]);
    assert_eq!(
        missing(read_decision(&[], TODAY).err().unwrap()),
        ["need", "reason", "decided_by"]
    );
    let required = fields(&[("need", "required")]);
    assert_eq!(
        missing(read_decision(&required, TODAY).err().unwrap()),
        ["reason", "decided_by", "consent", "starts"]
    );
    assert_eq!(
        missing(read_sent("police", &[], TODAY).err().unwrap()),
        ["sent_on", "how", "sent_by", "sent_to", "what", "show"]
    );
    assert_eq!(
        missing(read_reply("police", &[], TODAY).err().unwrap()),
        ["reply_on", "reply"]
    );
    assert_eq!(
        missing(read_ending("police", &[], &[Outcome::Done]).err().unwrap()),
        ["outcome", "why"]
    );
}

#[test]
fn a_refusal_is_outweighed_only_by_a_ground_with_its_reason() {
    for consent in ["refused", "unsafe", "not_reached"] {
        let without = read_decision(&with(DECISION, &[("consent", consent)]), TODAY);
        assert_eq!(
            without.err().unwrap(),
            [("grounds", Problem::NoGround), ("consent_note", Problem::Missing)],
            "{consent}"
        );
        let weighed = with(
            DECISION,
            &[
                ("consent", consent),
                ("grounds", "others"),
                ("consent_note", "A friend lives there."),
            ],
        );
        assert!(read_decision(&weighed, TODAY).is_ok(), "{consent}");
        // Where nothing is passed on, there is nothing to outweigh.
        let not = with(DECISION, &[("consent", consent), ("need", "not_required")]);
        assert!(read_decision(&not, TODAY).is_ok(), "{consent}");
    }
    for consent in ["given", "not_yet", "not_needed"] {
        assert!(read_decision(&with(DECISION, &[("consent", consent)]), TODAY).is_ok());
    }
}

#[test]
fn days_are_days_and_lie_where_they_can() {
    let cases = [
        (
            &[("starts", "day"), ("starts_on", "?")][..],
            ("starts_on", Problem::NotADate),
        ),
        (
            &[("starts", "day"), ("starts_on", "2026-11-25")],
            ("starts_on", Problem::NotYet),
        ),
        (&[("starts", "day")], ("starts_on", Problem::Missing)),
        (&[("due_on", "2026-11-23")], ("due_on", Problem::Past)),
        (&[("starts", "dawn")], ("starts", Problem::UnknownChoice)),
        (&[("grounds", "mood")], ("grounds", Problem::UnknownChoice)),
    ];
    for (other, wanted) in cases {
        let problems = read_decision(&with(DECISION, other), TODAY).err().unwrap();
        assert_eq!(problems, [wanted], "{other:?}");
    }
    let sent = with(SENT, &[("sent_on", "2026-11-25"), ("reply_by", "2026-11-01")]);
    assert_eq!(
        read_sent("police", &sent, TODAY).err().unwrap(),
        [("sent_on", Problem::NotYet), ("reply_by", Problem::Past)]
    );
    // A day that was typed and then not chosen is not looked at.
    let unused = with(DECISION, &[("starts", "now"), ("starts_on", "?")]);
    assert!(read_decision(&unused, TODAY).is_ok_and(|read| read.starts_now && read.starts_on.is_none()));
}

#[test]
fn the_reporter_is_told_with_words_of_the_lead_or_not_at_all() {
    let (sent, words) = read_sent("police", &with(SENT, &[("message", "We told them.")]), TODAY)
        .ok()
        .unwrap();
    assert!(!sent.shown && words.is_none(), "not chosen");
    let shown = with(SENT, &[("show", "yes"), ("message", "We told them.")]);
    let (sent, words) = read_sent("police", &shown, TODAY).ok().unwrap();
    assert!(sent.shown);
    assert_eq!(words.as_deref(), Some("We told them."));
    let empty = read_sent("police", &with(SENT, &[("show", "yes")]), TODAY);
    assert_eq!(empty.err().unwrap(), [("message", Problem::Missing)]);
}

#[test]
fn what_is_too_long_or_unknown_is_named() {
    let line = "x".repeat(301);
    let long = "x".repeat(20_001);
    let problems = read_decision(
        &with(DECISION, &[("decided_by", &line), ("reason", &long)]),
        TODAY,
    );
    assert_eq!(
        problems.err().unwrap(),
        [
            ("reason", Problem::TooLong(20_000)),
            ("decided_by", Problem::TooLong(300))
        ]
    );
    let known = ["crime".to_owned()];
    let problems = read_look(
        &fields(&[("place", "mars"), ("says", "crime"), ("says", "gone")]),
        &known,
    );
    assert_eq!(
        problems.err().unwrap(),
        [
            ("place", Problem::UnknownChoice),
            ("says", Problem::UnknownChoice)
        ]
    );
    let ending = fields(&[("outcome", "nothing_sent"), ("why", "x")]);
    assert_eq!(
        read_ending("police", &ending, &[Outcome::Done]).err().unwrap(),
        [("outcome", Problem::UnknownChoice)]
    );
}
