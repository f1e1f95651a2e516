//! The case file as a PDF that anyone can read, also with a screen reader: tagged as PDF/UA-1 (ISO 14289-1) by typst.

mod signs;
mod world;

use typst::{
    diag::Warned,
    foundations::{Array, Datetime, Dict, IntoValue, Smart, Str, Value},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use zeroize::Zeroizing;

use crate::case_file::{CaseFile, Entry, Part, Piece, Text};
use signs::Signs;
use world::OneFile;

const TEMPLATE: &str = include_str!("case_file.typ");

/// Why no PDF was made. What typst said is left out: it can quote what people wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// The template could not be set.
    #[error("the case file could not be set on pages")]
    Layout,
    /// The pages could not be written as PDF/UA-1.
    #[error("the case file could not be written as PDF/UA-1")]
    Export,
}

/// A PDF.
pub struct Pdf {
    /// Its bytes.
    pub bytes: Zeroizing<Vec<u8>>,
    /// How many pages it has.
    pub pages: usize,
    /// How many signs it can't show; they stand as their Unicode number.
    pub unshown: usize,
}

/// Makes the PDF of a case file.
///
/// typst keeps what it computed for the next time. That would be people's words, so it is told to forget at once.
///
/// # Errors
/// [`PdfError`], which says nothing of what the case file holds.
pub fn render(file: &CaseFile) -> Result<Pdf, PdfError> {
    let pdf = match set(file, Signs::default()) {
        // Some font lacks a shape for signs that stand together. Letters that are sure come out.
        Err(PdfError::Export) => set(
            file,
            Signs {
                plain_only: true,
                ..Signs::default()
            },
        ),
        done => done,
    };
    comemo::evict(0);
    pdf
}

fn set(file: &CaseFile, mut signs: Signs) -> Result<Pdf, PdfError> {
    let inputs = inputs(file, &mut signs);
    let world = OneFile::new("case_file.typ", TEMPLATE, inputs).ok_or(PdfError::Layout)?;
    let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
    let document = output.map_err(|_| PdfError::Layout)?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|_| PdfError::Export)?;
    let options = PdfOptions {
        // Two copies of one case are two documents, but nobody can tell from the PDF which case it is of.
        ident: Smart::Custom(format!("safehold {}", file.made_at)),
        creator: Smart::Custom(Some("Safehold".to_owned())),
        timestamp: timestamp(&file.made_at),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|_| PdfError::Export)?;
    Ok(Pdf {
        bytes: Zeroizing::new(bytes),
        pages: document.pages().len(),
        unshown: signs.unshown,
    })
}

fn timestamp(made_at: &str) -> Option<Timestamp> {
    let at: jiff::Timestamp = made_at.parse().ok()?;
    let at = at.to_zoned(jiff::tz::TimeZone::UTC);
    let part = |number: i8| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )
    .map(Timestamp::new_utc)
}

/// What the template takes: texts as runs of words, of which some are marks for what was taken out.
fn inputs(file: &CaseFile, signs: &mut Signs) -> Dict {
    let labels = &file.labels;
    let (lang, region) = file.lang.split_once('-').unwrap_or((&file.lang, ""));
    let parts: Array = file
        .parts
        .iter()
        .map(|part| part_value(file, signs, part))
        .collect();
    let front: Array = file
        .front
        .iter()
        .map(|fact| {
            dict([
                ("label", words(signs, &fact.label)),
                ("text", runs(file, signs, &fact.text)),
            ])
        })
        .collect();
    let title = words(signs, &file.title);
    let organisation = words(signs, &file.organisation);
    let note = match signs.unshown {
        0 => String::new(),
        count => labels.signs.replace("{count}", &count.to_string()),
    };
    let file = dict([
        ("lang", lang.into_value()),
        ("region", region.into_value()),
        ("title", title),
        ("organisation", organisation),
        ("note", note.into_value()),
        ("contents", words(signs, &labels.contents)),
        ("page", words(signs, &labels.page)),
        ("nothing", words(signs, &labels.nothing)),
        ("front", front.into_value()),
        ("parts", parts.into_value()),
    ]);
    [(Str::from("file"), file)].into_iter().collect()
}

fn part_value(file: &CaseFile, signs: &mut Signs, part: &Part) -> Value {
    let entries: Array = part
        .entries
        .iter()
        .map(|entry| entry_value(file, signs, entry))
        .collect();
    dict([
        ("heading", words(signs, &part.heading)),
        ("note", words(signs, &part.note)),
        ("entries", entries.into_value()),
    ])
}

fn entry_value(file: &CaseFile, signs: &mut Signs, entry: &Entry) -> Value {
    if !entry.removed.is_empty() {
        let mark = format!(
            "{} {}",
            file.labels.removed_entry,
            file.labels.mark(&entry.removed, None)
        );
        return dict([("removed", words(signs, &mark))]);
    }
    let fields: Array = entry
        .fields
        .iter()
        .map(|field| {
            dict([
                ("label", words(signs, &field.label)),
                ("text", runs(file, signs, &field.text)),
                ("own", field.own.into_value()),
            ])
        })
        .collect();
    dict([
        ("heading", runs(file, signs, &entry.heading)),
        ("about", runs(file, signs, &entry.about)),
        ("fields", fields.into_value()),
    ])
}

fn words(signs: &mut Signs, text: &str) -> Value {
    signs.fit(text).into_value()
}

fn runs(file: &CaseFile, signs: &mut Signs, text: &Text) -> Value {
    let runs: Array = text
        .0
        .iter()
        .map(|piece| {
            let (text, mark) = match piece {
                Piece::Words(words) => (signs.fit(words), false),
                Piece::Removed { removed, instead } => {
                    (signs.fit(&file.labels.mark(removed, instead.as_deref())), true)
                }
            };
            dict([("text", text.into_value()), ("mark", mark.into_value())])
        })
        .collect();
    runs.into_value()
}

fn dict<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    let pairs = pairs.into_iter().map(|(name, value)| (Str::from(name), value));
    pairs.collect::<Dict>().into_value()
}
