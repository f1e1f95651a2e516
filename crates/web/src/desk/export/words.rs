//! A case in words, as it is read outside of the program: the same words as on the page of the case.

use std::collections::BTreeSet;

use jiff::Timestamp;
use safehold_app::{
    desk::export::{
        FileDigest, Sheet,
        documents::{CaseFile, Entry, Fact, Field, Ground, Labels, Part, Text, redact::CHRONOLOGY},
    },
    report::EventBody,
};

use super::{
    super::{
        answers::{self, Reading, Said},
        case,
        frame::moment,
        history::{self, Names},
        message::{MessageLine, size},
        overview::{self, Block},
    },
    ground,
};
use crate::{layout::Page, site::Site};

/// What is read first: what the person wants. The rest of the overview follows it.
const WISHES: [&str; 2] = ["wishes", "must-not"];

struct Writer<'a> {
    page: &'a Page,
    site: &'a Site,
    names: &'a Names,
    sheet: &'a Sheet<'a>,
}

/// The case file.
pub(super) fn case_file(page: &Page, site: &Site, names: &Names, sheet: &Sheet<'_>) -> CaseFile {
    let writer = Writer {
        page,
        site,
        names,
        sheet,
    };
    let case = sheet.case;
    let reading = Reading::new(page, &case.form, site.app.form(), &case.report.answers, names);
    let at = |at| moment(page, &site.web, at);
    let (wishes, rest): (Vec<Block>, Vec<Block>) = overview::blocks(page, case, &reading, &at)
        .into_iter()
        .partition(|block| WISHES.contains(&block.id));
    let parts = vec![
        writer.part("wishes", writer.blocks(wishes)),
        writer.part("account", said_parts("account", case::account(page, &reading))),
        writer.part("safety", writer.blocks(rest)),
        writer.part(
            "answers",
            said_parts("answers", reading.rest(&case::questions_shown())),
        ),
        writer.part("people", said_parts("people", case::people(page, &reading))),
        writer.part("messages", writer.messages()),
        writer.part("record", writer.record()),
        writer.part("chronology", writer.chronology()),
        writer.part("files", writer.files()),
    ];
    CaseFile {
        lang: page.lang_tag().to_owned(),
        title: page.with("export-title", "reference", &case.row.reference),
        organisation: page.organisation.name.clone(),
        made_at: sheet.made_at.to_string(),
        front: writer.front(&parts),
        parts,
        labels: labels(page),
    }
}

fn labels(page: &Page) -> Labels {
    // Places for numbers that the document itself fills in.
    let page_foot = page.format(
        "export-page",
        &[("page", "{page}".to_owned()), ("pages", "{pages}".to_owned())],
    );
    Labels {
        contents: page.t("export-contents"),
        page: page_foot,
        nothing: page.t("export-nothing"),
        removed: Ground::ALL
            .map(|ground| page.t(&format!("export-mark-{}", ground.key().replace('_', "-"))))
            .into(),
        removed_entry: page.t("export-mark-entry"),
        signs: page.with("export-signs", "count", "{count}"),
    }
}

fn entry(id: String, heading: &str, about: &str, at: Option<Timestamp>, fields: Vec<Field>) -> Entry {
    Entry {
        id,
        heading: Text::new(heading),
        at: at.map(|at| at.to_string()),
        about: Text::new(about),
        fields,
        removed: Vec::new(),
    }
}

fn field(id: impl Into<String>, label: impl Into<String>, text: impl Into<String>, own: bool) -> Field {
    Field {
        id: id.into(),
        label: label.into(),
        text: Text::new(text),
        own,
    }
}

fn said_fields(said: Vec<Said>) -> impl Iterator<Item = Field> {
    said.into_iter().enumerate().map(|(index, said)| {
        let own = said.lines.iter().any(|line| line.own);
        let lines: Vec<String> = said.lines.into_iter().map(|line| line.text).collect();
        field(format!("said/{index}"), said.question, lines.join("\n"), own)
    })
}

fn said_parts(of: &str, parts: Vec<answers::Part>) -> Vec<Entry> {
    let entries = parts.into_iter().enumerate().map(|(index, part)| {
        let fields = said_fields(part.said).collect();
        entry(format!("report/{of}/{index}"), &part.name, "", None, fields)
    });
    entries.collect()
}

impl Writer<'_> {
    fn at(&self, at: Timestamp) -> String {
        moment(self.page, &self.site.web, at)
    }

    fn part(&self, id: &str, entries: Vec<Entry>) -> Part {
        Part {
            id: id.to_owned(),
            heading: self.page.t(&format!("export-part-{id}")),
            note: self.page.maybe(&format!("export-part-{id}.note")),
            entries,
        }
    }

    fn front(&self, parts: &[Part]) -> Vec<Fact> {
        let (page, sheet) = (self.page, self.sheet);
        let fact = |id: &str, text: String| Fact {
            id: id.to_owned(),
            label: page.t(&format!("export-front-{id}")),
            text: Text::new(text),
        };
        let holds: Vec<String> = parts
            .iter()
            .map(|part| {
                page.format(
                    "export-holds",
                    &[
                        ("part", part.heading.clone()),
                        ("count", part.entries.len().to_string()),
                    ],
                )
            })
            .collect();
        // The names of layers could say what was left out; the grounds don't.
        let grounds: BTreeSet<&str> = sheet
            .layers
            .iter()
            .map(|layer| layer.content.ground.key())
            .collect();
        let left_out = if grounds.is_empty() {
            page.t("export-left-out-nothing")
        } else {
            let grounds: Vec<String> = grounds.into_iter().map(|key| ground(page, key)).collect();
            grounds.join("\n")
        };
        let mut front = vec![
            fact("reference", sheet.case.row.reference.to_string()),
            fact("received", self.at(sheet.case.row.received_at)),
            fact(
                "state",
                page.t(&format!("desk-state-{}", sheet.case.row.state.key())),
            ),
            fact("made", self.at(sheet.made_at)),
            fact("by", sheet.made_by.to_owned()),
            fact("purpose", sheet.purpose.to_owned()),
            fact("holds", holds.join("\n")),
            fact("left_out", left_out),
        ];
        front.retain(|fact| !fact.text.is_empty());
        front
    }

    fn blocks(&self, blocks: Vec<Block>) -> Vec<Entry> {
        let blocks = blocks
            .into_iter()
            .filter(|block| !(block.notes.is_empty() && block.said.is_empty()));
        blocks
            .map(|block| {
                let note = self.page.t("export-note");
                let notes = block.notes.into_iter().enumerate();
                let notes =
                    notes.map(|(index, text)| field(format!("note/{index}"), note.as_str(), text, false));
                let fields = notes.chain(said_fields(block.said)).collect();
                let heading = self.page.t(&format!("desk-case-{}", block.id));
                entry(format!("report/{}", block.id), &heading, "", None, fields)
            })
            .collect()
    }

    fn messages(&self) -> Vec<Entry> {
        let messages = self.sheet.case.messages.iter().map(|message| {
            let line = MessageLine::of(self.page, &self.site.web, message);
            let heading = if line.kind.is_empty() {
                line.from.clone()
            } else {
                format!("{}: {}", line.from, line.kind)
            };
            let plain = self.page.t("export-message");
            let texts = line.texts.into_iter().enumerate().map(|(index, (label, text))| {
                let label = if label.is_empty() { plain.clone() } else { label };
                field(format!("text/{index}"), label, text, true)
            });
            let mut fields: Vec<Field> = texts.collect();
            let files: Vec<String> = line.files.into_iter().map(|file| file.name).collect();
            if !files.is_empty() {
                fields.push(field(
                    "files",
                    self.page.t("desk-case-files"),
                    files.join("\n"),
                    false,
                ));
            }
            let id = format!("message/{}", message.id);
            entry(id, &heading, &line.at, Some(message.at), fields)
        });
        messages.collect()
    }

    /// Steps towards copies are left out: they'd say what was left out of which.
    fn record(&self) -> Vec<Entry> {
        let entries = self.sheet.case.history.iter();
        entries
            .filter(|happened| !matches!(happened.body, EventBody::Copied { .. }))
            .map(|happened| {
                let line = history::line(self.page, &self.site.web, self.names, happened);
                let fields = line.fields.into_iter().enumerate();
                let fields = fields.map(|(index, (label, values, own))| {
                    field(format!("field/{index}"), label, values.join("\n"), own)
                });
                let about = self
                    .page
                    .format("export-about", &[("who", line.who), ("at", line.at)]);
                let id = format!("event/{}", happened.id);
                entry(id, &line.what, &about, Some(happened.at), fields.collect())
            })
            .collect()
    }

    /// One line for each thing that happened, in the order of time. Its name is that of the entry, so that what is
    /// taken out there goes here too.
    fn chronology(&self) -> Vec<Entry> {
        let case = self.sheet.case;
        let mut lines = vec![(
            case.row.received_at,
            "received".to_owned(),
            self.page.t("desk-trace-received"),
        )];
        let entries = self.messages().into_iter().chain(self.record());
        lines.extend(entries.filter_map(|entry| {
            let at = entry.at.as_deref()?.parse().ok()?;
            Some((at, entry.id.clone(), entry.heading.words()))
        }));
        lines.sort_by_key(|(at, ..)| *at);
        let lines = lines.into_iter().map(|(at, id, what)| {
            let what = field("what", self.at(at), what, false);
            entry(format!("{CHRONOLOGY}{id}"), "", "", Some(at), vec![what])
        });
        lines.collect()
    }

    fn files(&self) -> Vec<Entry> {
        let files = self.sheet.files.iter().map(|file: &FileDigest| {
            let mut fields = vec![
                field("kind", self.page.t("export-file-kind"), file.kind.as_str(), false),
                field(
                    "size",
                    self.page.t("export-file-size"),
                    size(file.size_bytes),
                    false,
                ),
            ];
            if !file.about.trim().is_empty() {
                fields.push(field(
                    "about_file",
                    self.page.t("export-file-about"),
                    file.about.as_str(),
                    true,
                ));
            }
            if !file.sha256.is_empty() {
                fields.push(field(
                    "sha256",
                    self.page.t("export-file-sha256"),
                    file.sha256.as_str(),
                    false,
                ));
            }
            entry(format!("file/{}", file.id), &file.name, "", None, fields)
        });
        files.collect()
    }
}
