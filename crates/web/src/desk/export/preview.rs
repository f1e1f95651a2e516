//! The case file on a page, as whoever gets the copy would read it.

use safehold_app::desk::export::documents::{CaseFile, Piece, Text};

/// Words, or a mark for words that are left out.
pub(super) struct Run {
    pub(super) text: String,
    pub(super) mark: bool,
}

/// An entry.
pub(super) struct Shown {
    pub(super) heading: Vec<Run>,
    pub(super) about: Vec<Run>,
    pub(super) fields: Vec<(String, Vec<Run>)>,
}

/// A part.
pub(super) struct ShownPart {
    pub(super) heading: String,
    pub(super) entries: Vec<Shown>,
}

fn runs(file: &CaseFile, text: &Text) -> Vec<Run> {
    text.0
        .iter()
        .map(|piece| match piece {
            Piece::Words(words) => Run {
                text: words.clone(),
                mark: false,
            },
            Piece::Removed { removed, instead } => Run {
                text: file.labels.mark(removed, instead.as_deref()),
                mark: true,
            },
        })
        .collect()
}

/// What there is to read.
pub(super) fn shown(file: &CaseFile) -> Vec<ShownPart> {
    let parts = file.parts.iter().filter(|part| !part.entries.is_empty());
    parts
        .map(|part| ShownPart {
            heading: part.heading.clone(),
            entries: part
                .entries
                .iter()
                .map(|entry| {
                    if !entry.removed.is_empty() {
                        let mark = file.labels.mark(&entry.removed, None);
                        return Shown {
                            heading: vec![Run {
                                text: format!("{} {mark}", file.labels.removed_entry),
                                mark: true,
                            }],
                            about: Vec::new(),
                            fields: Vec::new(),
                        };
                    }
                    Shown {
                        heading: runs(file, &entry.heading),
                        about: runs(file, &entry.about),
                        fields: entry
                            .fields
                            .iter()
                            .map(|field| (field.label.clone(), runs(file, &field.text)))
                            .collect(),
                    }
                })
                .collect(),
        })
        .collect()
}
