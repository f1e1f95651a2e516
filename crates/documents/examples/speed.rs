//! How long the PDF of a case takes, by its number of entries: `cargo run --release -p safehold-documents --example speed`.
//! With the name of a file, the largest is written there, to be looked at.

#![expect(clippy::print_stdout, reason = "it prints a table")]

use std::time::Instant;

use safehold_documents::{
    CaseFile, Entry, Fact, Field, Ground, Labels, Layer, Part, Passage, Text, redact, render,
};

const ACCOUNT: &str = "It began in the second meeting in the hall by the river. They raised their voice when somebody asked \
    about the budget, and went on after the facilitator asked for a pause. Two of us left the room. I don't want a \
    meeting with them, and I'd like to be asked before anybody is told.";

fn case(entries: usize) -> CaseFile {
    let entry = |number: usize| Entry {
        id: format!("entry/{number}"),
        heading: Text::new(format!("A decision was recorded ({number})")),
        at: Some("2026-11-24T10:00:00Z".to_owned()),
        about: Text::new("Marisol Penhale, 24 November 2026, 10:00"),
        fields: ["Decision", "Reasons", "What the person says"]
            .map(|label| Field {
                id: label.to_lowercase(),
                label: label.to_owned(),
                text: Text::new(ACCOUNT),
                own: true,
            })
            .into(),
        removed: Vec::new(),
    };
    CaseFile {
        lang: "en-GB".to_owned(),
        title: "Case file K7QP-3M2X".to_owned(),
        organisation: "Riverbank Collective".to_owned(),
        made_at: "2026-11-24T12:30:00Z".to_owned(),
        front: vec![Fact {
            id: "reference".to_owned(),
            label: "Reference".to_owned(),
            text: Text::new("K7QP-3M2X"),
        }],
        parts: vec![Part {
            id: "record".to_owned(),
            heading: "Decisions and record".to_owned(),
            note: String::new(),
            entries: (1..=entries).map(entry).collect(),
        }],
        labels: Labels {
            contents: "What is in it".to_owned(),
            page: "Page {page} of {pages}".to_owned(),
            nothing: "Nothing.".to_owned(),
            removed: vec!["left out".to_owned(); 3],
            removed_entry: "An entry is left out.".to_owned(),
            signs: "{count} signs.".to_owned(),
        },
    }
}

fn main() -> std::io::Result<()> {
    let layer = Layer {
        name: "Speed".to_owned(),
        ground: Ground::ThirdParty,
        why: String::new(),
        passages: ["Marisol Penhale", "facilitator", "river"]
            .map(|phrase| Passage::Everywhere {
                phrase: phrase.to_owned(),
                instead: String::new(),
            })
            .into(),
    };
    println!("entries  pages  size kB  redact ms  PDF ms, first and best of three");
    for entries in [1, 50, 200, 500] {
        let file = case(entries);
        let began = Instant::now();
        let left = redact(&file, std::slice::from_ref(&layer));
        let redacting = began.elapsed();
        let mut times = Vec::new();
        let mut size = (0, 0);
        for _ in 0..3 {
            let began = Instant::now();
            if let Ok(pdf) = render(&left.file) {
                size = (pdf.pages, pdf.bytes.len() / 1000);
                if let Some(file) = std::env::args_os().nth(1) {
                    std::fs::write(file, &*pdf.bytes)?;
                }
            }
            times.push(began.elapsed().as_millis());
        }
        println!(
            "{entries:7}  {:5}  {:7}  {:9}  {:6} {:6}",
            size.0,
            size.1,
            redacting.as_millis(),
            times.first().copied().unwrap_or_default(),
            times.iter().min().copied().unwrap_or_default()
        );
    }
    Ok(())
}
