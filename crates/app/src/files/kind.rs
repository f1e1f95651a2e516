//! What a file is, by its first bytes and never by what it says it is.

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileKind {
    mime: &'static str,
    ending: &'static str,
    family: Family,
}

/// How a kind is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A picture.
    Image,
    /// A sound.
    Audio,
    /// A film.
    Video,
    /// A PDF.
    Pdf,
    /// Plain text.
    Text,
}

const KINDS: &[FileKind] = &[
    kind("image/jpeg", "jpg", Family::Image),
    kind("image/png", "png", Family::Image),
    kind("image/webp", "webp", Family::Image),
    kind("image/gif", "gif", Family::Image),
    kind("image/heif", "heic", Family::Image),
    kind("audio/mpeg", "mp3", Family::Audio),
    kind("audio/m4a", "m4a", Family::Audio),
    kind("audio/ogg", "ogg", Family::Audio),
    kind("audio/opus", "opus", Family::Audio),
    kind("audio/x-flac", "flac", Family::Audio),
    kind("audio/x-wav", "wav", Family::Audio),
    kind("audio/aac", "aac", Family::Audio),
    kind("audio/amr", "amr", Family::Audio),
    kind("video/mp4", "mp4", Family::Video),
    kind("video/x-m4v", "m4v", Family::Video),
    kind("video/webm", "webm", Family::Video),
    kind("video/quicktime", "mov", Family::Video),
    kind("application/pdf", "pdf", Family::Pdf),
    kind("text/plain", "txt", Family::Text),
];

const fn kind(mime: &'static str, ending: &'static str, family: Family) -> FileKind {
    FileKind { mime, ending, family }
}

impl FileKind {
    /// Looks at the first bytes. Nothing that could run is taken, whatever its name.
    pub fn sniff(head: &[u8]) -> Option<Self> {
        match infer::get(head) {
            Some(found) => Self::from_mime(found.mime_type()),
            None if is_text(head) => Self::from_mime("text/plain"),
            None => None,
        }
    }

    /// The kind with this media type, if it is taken.
    pub fn from_mime(mime: &str) -> Option<Self> {
        KINDS.iter().copied().find(|kind| kind.mime == mime)
    }

    /// The media type.
    pub fn mime(self) -> &'static str {
        self.mime
    }

    /// How it is shown.
    pub fn family(self) -> Family {
        self.family
    }

    /// Whether hidden data can be taken out of this kind for certain. A file that is made oddly may still keep some.
    pub fn can_be_cleaned(self) -> bool {
        match self.family {
            Family::Image => !matches!(self.mime, "image/gif" | "image/heif"),
            Family::Audio | Family::Pdf | Family::Text => true,
            Family::Video => false,
        }
    }

    /// The usual ending of its name.
    pub fn ending(self) -> &'static str {
        self.ending
    }
}

/// Text as people write it: UTF-8 (perhaps cut within a character) without control characters.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(head.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty()
        && !text
            .chars()
            .any(|char| char.is_control() && !matches!(char, '\n' | '\r' | '\t' | '\u{c}'))
}

/// The last part of a name, without anything that a file system or a page could stumble over, and with the
/// ending of what the file is.
pub(super) fn safe_name(name: &str, kind: FileKind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|char| !char.is_control() && !matches!(char, '<' | '>' | ':' | '"' | '|' | '?' | '*'))
        .take(80)
        .collect();
    let stem = clean
        .rsplit_once('.')
        .map_or(clean.as_str(), |(stem, _)| stem)
        .trim_matches(['.', ' ']);
    let stem = if stem.is_empty() { "file" } else { stem };
    format!("{stem}.{}", kind.ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_shows_in_its_first_bytes() {
        let sniff = |head: &[u8]| FileKind::sniff(head).map(FileKind::mime);
        assert_eq!(sniff(b"\xff\xd8\xff\xe0\0\x10JFIF\0"), Some("image/jpeg"));
        assert_eq!(sniff(b"%PDF-1.7\n"), Some("application/pdf"));
        assert_eq!(
            sniff("What they said: \u{201c}no\u{201d}\n".as_bytes()),
            Some("text/plain")
        );
        assert_eq!(sniff(&"é".as_bytes()[..1]), None);
        assert_eq!(sniff(b"MZ\x90\0\x03\0\0\0"), None);
        assert_eq!(sniff(b"\x7fELF\x02\x01\x01"), None);
        assert_eq!(sniff(b"PK\x03\x04\x14\0"), None);
        assert_eq!(sniff(b"<!DOCTYPE html><script>alert(1)</script>"), None);
        assert_eq!(sniff(b"\0\0\0"), None);
    }

    #[test]
    fn names_lose_what_could_harm_and_get_the_right_ending() {
        let jpeg = FileKind::from_mime("image/jpeg").unwrap();
        assert_eq!(safe_name("../../etc/pass\nwd.exe", jpeg), "passwd.jpg");
        assert_eq!(safe_name("C:\\photos\\Me <3.JPEG", jpeg), "Me 3.jpg");
        assert_eq!(safe_name("", jpeg), "file.jpg");
        assert_eq!(safe_name("...", jpeg), "file.jpg");
    }
}
