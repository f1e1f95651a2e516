//! Messages of a case, in words.

use safehold_app::{
    files::FileKind,
    follow::Message,
    report::{FileNote, MessageBody},
};

use super::frame::moment;
use crate::{layout::Page, state::WebState};

/// A file in a list.
pub(super) struct FileLine {
    /// Its id, for the address.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// What it is and how large, in words.
    pub(super) about: String,
    /// What the sender said of it.
    pub(super) said: String,
}

impl FileLine {
    pub(super) fn of(page: &Page, file: &FileNote) -> Self {
        let family = file.kind.split('/').next().unwrap_or_default();
        let kind = match family {
            "image" | "audio" | "video" => page.t(&format!("desk-file-{family}")),
            "application" => page.t("desk-file-pdf"),
            _ => page.t("desk-file-text"),
        };
        Self {
            id: file.id.to_string(),
            name: file.name.clone(),
            about: page.format(
                if FileKind::from_mime(&file.kind).is_some_and(FileKind::can_be_cleaned) {
                    "desk-file-about"
                } else {
                    "desk-file-about-unclean"
                },
                &[("kind", kind), ("size", size(file.size_bytes))],
            ),
            said: file.about.clone(),
        }
    }
}

/// A size as people read it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// A message in the list.
pub(super) struct MessageLine {
    /// Who sent it, in words.
    pub(super) from: String,
    /// When.
    pub(super) at: String,
    /// Whether the desk sent it.
    pub(super) from_desk: bool,
    /// Whether the other side has seen it, in words.
    pub(super) seen: String,
    /// What kind it is, in words; empty for plain words.
    pub(super) kind: String,
    /// What it says, each part with its label or none.
    pub(super) texts: Vec<(String, String)>,
    /// Files.
    pub(super) files: Vec<FileLine>,
}

impl MessageLine {
    pub(super) fn of(page: &Page, state: &WebState, message: &Message) -> Self {
        let mut line = Self {
            from: if message.from_desk {
                message
                    .author_name
                    .clone()
                    .unwrap_or_else(|| page.t("desk-somebody-gone"))
            } else {
                page.t("desk-the-reporter")
            },
            at: moment(page, state, message.at),
            from_desk: message.from_desk,
            seen: match message.seen_at {
                Some(at) if message.from_desk => {
                    page.with("desk-message-seen", "at", moment(page, state, at))
                }
                None if message.from_desk => page.t("desk-message-unseen"),
                None => page.t("desk-message-new"),
                Some(_) => String::new(),
            },
            kind: String::new(),
            texts: Vec::new(),
            files: Vec::new(),
        };
        match &message.body {
            MessageBody::Text { text, files } => {
                line.texts.push((String::new(), text.clone()));
                line.files = files.iter().map(|file| FileLine::of(page, file)).collect();
            }
            MessageBody::Wishes { wishes, must_not } => {
                line.kind = page.t("desk-message-wishes");
                line.texts.push((page.t("desk-case-wishes"), wishes.clone()));
                line.texts.push((page.t("desk-case-must-not"), must_not.clone()));
            }
            MessageBody::ConsentWithdrawn { with } => {
                line.kind = page.t("desk-message-consent");
                line.texts.push((String::new(), with.clone()));
            }
            MessageBody::Confidential => line.kind = page.t("desk-message-confidential"),
            MessageBody::AskToWithdraw { text } => {
                line.kind = page.t("desk-message-withdraw");
                line.texts.push((String::new(), text.clone()));
            }
        }
        line.texts.retain(|(_, text)| !text.trim().is_empty());
        line
    }
}
