//! A case that never was.

use safehold_documents::{CaseFile, Entry, Fact, Field, Ground, Labels, Layer, Part, Passage, Text};

pub fn field(id: &str, label: &str, text: &str) -> Field {
    Field {
        id: id.to_owned(),
        label: label.to_owned(),
        text: Text::new(text),
        own: true,
    }
}

pub fn entry(id: &str, heading: &str, about: &str, fields: Vec<Field>) -> Entry {
    Entry {
        id: id.to_owned(),
        heading: Text::new(heading),
        at: Some("2026-11-24T10:00:00Z".to_owned()),
        about: Text::new(about),
        fields,
        removed: Vec::new(),
    }
}

pub fn part(id: &str, heading: &str, entries: Vec<Entry>) -> Part {
    Part {
        id: id.to_owned(),
        heading: heading.to_owned(),
        note: String::new(),
        entries,
    }
}

pub fn labels() -> Labels {
    Labels {
        contents: "What is in it".to_owned(),
        page: "Page {page} of {pages}".to_owned(),
        nothing: "Nothing was recorded here.".to_owned(),
        removed: vec![
            "left out: about somebody else".to_owned(),
            "left out: legal advice".to_owned(),
            "left out: could seriously harm somebody's health".to_owned(),
        ],
        removed_entry: "An entry is left out.".to_owned(),
        signs: "{count} signs can't be shown here.".to_owned(),
    }
}

pub fn sample() -> CaseFile {
    CaseFile {
        lang: "en-GB".to_owned(),
        title: "Case file K7QP-3M2X".to_owned(),
        organisation: "Riverbank Collective".to_owned(),
        made_at: "2026-11-24T12:30:00Z".to_owned(),
        front: vec![
            Fact {
                id: "reference".to_owned(),
                label: "Reference".to_owned(),
                text: Text::new("K7QP-3M2X"),
            },
            Fact {
                id: "made_by".to_owned(),
                label: "Made by".to_owned(),
                text: Text::new("Marisol Penhale"),
            },
        ],
        parts: vec![
            part(
                "wishes",
                "What the person wants",
                vec![entry(
                    "report/wishes",
                    "",
                    "",
                    vec![field(
                        "wishes",
                        "What do you want to happen?",
                        "I want to be asked first.",
                    )],
                )],
            ),
            part(
                "account",
                "Their account",
                vec![entry(
                    "report/account",
                    "What was seen",
                    "",
                    vec![
                        field(
                            "what_happened",
                            "What happened?",
                            "Quentin Marlowe shouted at me.\n\nThen Quentin left. Zoë “saw” it, at 10 o’clock.",
                        ),
                        field(
                            "ask",
                            "What do you want to ask?",
                            "#strong[no] $x$ \\ @a <b> *c* _d_ `e` //f",
                        ),
                    ],
                )],
            ),
            part(
                "messages",
                "Messages",
                vec![entry(
                    "message/1",
                    "From the reporter",
                    "24 November 2026, 10:00",
                    vec![field(
                        "text",
                        "Message",
                        "Please don't tell quentin   marlowe that I wrote.",
                    )],
                )],
            ),
            part("record", "Decisions and record", Vec::new()),
            part(
                "files",
                "Files",
                vec![entry(
                    "file/1",
                    "quentin-marlowe.jpg",
                    "A picture",
                    vec![field("sha256", "SHA-256", &"0f".repeat(32))],
                )],
            ),
        ],
        labels: labels(),
    }
}

pub fn layer(ground: Ground, passages: Vec<Passage>) -> Layer {
    Layer {
        name: "For the request of 24 November".to_owned(),
        ground,
        why: "They did not agree.".to_owned(),
        passages,
    }
}

pub fn everywhere(phrase: &str, instead: &str) -> Passage {
    Passage::Everywhere {
        phrase: phrase.to_owned(),
        instead: instead.to_owned(),
    }
}
