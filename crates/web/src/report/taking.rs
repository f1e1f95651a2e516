//! Taking files and fields out of a multipart body: the token first, then everything as it comes.

use axum::extract::{Multipart, multipart::Field};
use safehold_app::{
    files::{FileError, Owner, Upload},
    follow,
    report::{FileNote, Visit},
};
use subtle::ConstantTimeEq;

use super::showing::{Again, size};
use crate::{
    fields::MOST_BYTES,
    layout::{self, Nav, Page},
    problem::Problem,
    site::Site,
};

/// Where files go.
#[derive(Clone, Copy)]
pub(crate) enum To<'a> {
    /// To the report that this visit is writing.
    Draft(&'a Visit),
    /// To the case of this visit, with a message in the field `text` before them.
    Case(&'a Visit),
}

impl To<'_> {
    async fn begin(self, site: &Site) -> Result<Upload, FileError> {
        match self {
            Self::Draft(visit) => Upload::begin(&site.app, Owner::Draft(visit.id)).await,
            Self::Case(visit) => follow::upload(&site.app, visit).await,
        }
    }
}

/// What came.
#[derive(Default)]
pub(crate) struct Came {
    /// Files that are stored whole.
    pub(crate) files: Vec<FileNote>,
    /// Those that were not taken, each with its name and the reason.
    pub(crate) errors: Vec<layout::FieldError>,
    /// What went wrong with the whole.
    pub(crate) problem: Option<Again>,
    /// The message is too long, so the files with it were not taken.
    pub(crate) too_long: bool,
    /// The report was sent, or its draft went, before a file had come: nothing can be added to the draft any more.
    pub(crate) late: bool,
    fields: Vec<(String, String)>,
}

impl Came {
    /// The first value of a field; an absent one is empty.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }
}

/// Whether a body was read at all.
pub(crate) enum Taken {
    /// It was.
    Came(Came),
    /// Its first field was not the token of this visit: nothing of it was kept but the words of a message, to be
    /// shown again.
    NoToken(String),
}

/// Reads a body.
///
/// A body without the token is read to its end and thrown away, so that the browser gets to see the answer.
pub(crate) async fn take(site: &Site, mut multipart: Multipart, token: &str, to: To<'_>) -> Taken {
    let mut came = Came::default();
    let rules = site.app.rules();
    let mut left = rules.file_bytes.saturating_mul(u64::from(rules.files) + 1);
    let mut is_first = true;
    let mut allowed = false;
    loop {
        let field = match multipart.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(_) => {
                came.problem = Some(Again::Cut);
                break;
            }
        };
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        if is_first {
            is_first = false;
            let sent = text(field, &mut left).await.unwrap_or_default();
            allowed = name == "csrf" && bool::from(sent.as_bytes().ct_eq(token.as_bytes()));
            if name != "csrf" {
                came.fields.push((name, sent));
            }
            continue;
        }
        let ended = match file_name {
            Some(_) if !allowed => drain(field, &mut left).await,
            None => match text(field, &mut left).await {
                Ok(value) => {
                    came.too_long |= value.chars().count() > follow::MOST_CHARACTERS;
                    came.fields.push((name, value));
                    Ok(())
                }
                Err(again) => Err(again),
            },
            // An empty file control sends a file without a name.
            Some(file) if file.is_empty() || came.too_long || came.late => drain(field, &mut left).await,
            Some(file) => one_file(site, field, (&name, &file), &mut left, &mut came, to).await,
        };
        if let Err(again) = ended {
            came.problem = Some(again);
            break;
        }
    }
    if allowed {
        Taken::Came(came)
    } else {
        Taken::NoToken(came.field("text").to_owned())
    }
}

async fn one_file(
    site: &Site,
    mut field: Field<'_>,
    (control, file): (&str, &str),
    left: &mut u64,
    came: &mut Came,
    to: To<'_>,
) -> Result<(), Again> {
    let limit = site.app.rules().files;
    let begun = match to {
        To::Case(_) if came.files.len() >= usize::from(limit) => Err(FileError::TooMany { limit }),
        _ => to.begin(site).await,
    };
    let mut refuse = |error: &FileError| match error {
        FileError::AlreadySent | FileError::Gone => came.late = true,
        other => came.errors.push(told(site, control, file, other)),
    };
    let mut upload = match begun {
        Ok(upload) => upload,
        Err(error) => {
            refuse(&error);
            return drain(field, left).await;
        }
    };
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => {
                let spent = spend(left, piece.len());
                let pushed = match spent {
                    Ok(()) => upload.push(&piece).await,
                    Err(again) => {
                        upload.abandon().await;
                        return Err(again);
                    }
                };
                if let Err(error) = pushed {
                    refuse(&error);
                    upload.abandon().await;
                    return drain(field, left).await;
                }
            }
            Ok(None) => break,
            Err(_) => {
                upload.abandon().await;
                return Err(Again::Cut);
            }
        }
    }
    match upload.finish(file).await {
        Ok(note) => came.files.push(note),
        Err(error) => refuse(&error),
    }
    Ok(())
}

fn spend(left: &mut u64, bytes: usize) -> Result<(), Again> {
    *left = left
        .checked_sub(u64::try_from(bytes).unwrap_or(u64::MAX))
        .ok_or(Again::TooMuch)?;
    Ok(())
}

async fn text(mut field: Field<'_>, left: &mut u64) -> Result<String, Again> {
    let mut bytes = Vec::new();
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => {
                spend(left, piece.len())?;
                bytes.extend_from_slice(&piece);
                if bytes.len() > MOST_BYTES {
                    return Err(Again::TooMuch);
                }
            }
            Ok(None) => return Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(_) => return Err(Again::Cut),
        }
    }
}

async fn drain(mut field: Field<'_>, left: &mut u64) -> Result<(), Again> {
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => spend(left, piece.len())?,
            Ok(None) => return Ok(()),
            Err(_) => return Err(Again::Cut),
        }
    }
}

/// Reads a body that nothing can be done with to its end, so that the browser gets to see the answer. Answers whether
/// files were in it.
pub(crate) async fn skip(site: &Site, mut multipart: Multipart) -> bool {
    let rules = site.app.rules();
    let mut left = rules.file_bytes.saturating_mul(u64::from(rules.files) + 1);
    let mut had_files = false;
    while let Ok(Some(field)) = multipart.next_field().await {
        had_files |= field.file_name().is_some_and(|name| !name.is_empty());
        if drain(field, &mut left).await.is_err() {
            break;
        }
    }
    had_files
}

/// Why a file was not taken, with its name.
fn told(site: &Site, control: &str, file: &str, error: &FileError) -> layout::FieldError {
    let page = Page::new(&site.web, "report-tab", Nav::Ask);
    let name = ("name", file.to_owned());
    let text = match error {
        FileError::TooLarge { limit } => {
            page.format("report-file-too-large", &[name, ("size", size(&page, *limit))])
        }
        FileError::TooMany { limit } => {
            page.format("report-file-too-many", &[name, ("count", limit.to_string())])
        }
        FileError::Empty => page.format("report-file-empty", &[name]),
        FileError::Kind => page.format("report-file-kind", &[name]),
        FileError::AlreadySent | FileError::Gone => page.t("follow-late"),
        FileError::App(error) => {
            // Logged under a reference; the person reads that it is not because of them.
            let _ = Problem::server(error);
            page.format("report-file-fault", &[name])
        }
    };
    layout::FieldError {
        name: control.to_owned(),
        text,
    }
}
