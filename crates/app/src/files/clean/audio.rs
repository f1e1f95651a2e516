//! Sounds: title, author, place, device and pictures go.

use std::io::Cursor;

use lofty::{
    config::{ParseOptions, WriteOptions},
    file::{TaggedFile, TaggedFileExt},
    probe::Probe,
    tag::{ItemKey, Tag},
};

use super::{
    Cleaned,
    boxes::{self, Tracks},
};
use crate::files::kind::FileKind;

pub(super) fn clean(kind: FileKind, original: &[u8]) -> Option<Cleaned> {
    match kind.mime() {
        "audio/m4a" => boxes::clean(original, Tracks::Sound),
        "audio/x-wav" => wav(original).map(Cleaned::Surely),
        "audio/x-flac" => flac(original).map(Cleaned::Surely),
        // It has nothing but sound: RFC 4867, section 5.
        "audio/amr" => Some(Cleaned::Surely(original.to_vec())),
        _ => without_tags(original).map(Cleaned::Surely),
    }
}

/// MP3, AAC, Ogg Vorbis and Opus: whatever tags there are.
fn without_tags(original: &[u8]) -> Option<Vec<u8>> {
    let tags: Vec<_> = read(original)?.tags().iter().map(Tag::tag_type).collect();
    let mut copy = Cursor::new(original.to_vec());
    for tag in tags {
        copy.set_position(0);
        let no_padding = WriteOptions::default().preferred_padding(0);
        tag.remove_from(&mut copy, no_padding).ok()?;
    }
    let copy = copy.into_inner();
    // Clean is only what is seen to be clean. Ogg cannot do without the name of the library that packed the sound.
    let left = read(&copy)?;
    let is_harmless = |tag: &Tag| {
        tag.picture_count() == 0 && tag.items().all(|item| item.key() == ItemKey::EncoderSoftware)
    };
    left.tags().iter().all(is_harmless).then_some(copy)
}

fn read(bytes: &[u8]) -> Option<TaggedFile> {
    Probe::new(Cursor::new(bytes))
        .options(ParseOptions::new())
        .guess_file_type()
        .ok()?
        .read()
        .ok()
}

/// The form, the length and the sound. Recorders write who, where and when into chunks of many names.
fn wav(original: &[u8]) -> Option<Vec<u8>> {
    let (length, rest) = original.strip_prefix(b"RIFF")?.split_first_chunk::<4>()?;
    let mut rest = rest
        .get(..usize::try_from(u32::from_le_bytes(*length)).ok()?)?
        .strip_prefix(b"WAVE")?;
    let mut kept = b"WAVE".to_vec();
    while !rest.is_empty() {
        let (id, after) = rest.split_first_chunk::<4>()?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let content = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        // Chunks begin at even places; some programs leave that out behind the last.
        let whole = content.checked_add(content % 2)?.min(after.len());
        let (chunk, next) = after.split_at_checked(whole)?;
        if chunk.len() < content {
            return None;
        }
        if matches!(id, b"fmt " | b"fact" | b"data") {
            kept.extend_from_slice(id);
            kept.extend_from_slice(length);
            kept.extend_from_slice(chunk);
        }
        rest = next;
    }
    let mut copy = b"RIFF".to_vec();
    copy.extend_from_slice(&u32::try_from(kept.len()).ok()?.to_le_bytes());
    copy.append(&mut kept);
    Some(copy)
}

/// What is needed to play it, and the places to jump to (RFC 9639, section 8: blocks 0 and 3), and the sound.
fn flac(original: &[u8]) -> Option<Vec<u8>> {
    let mut copy = b"fLaC".to_vec();
    let mut rest = original.strip_prefix(b"fLaC")?;
    let mut last_kept = None;
    loop {
        let (head, after) = rest.split_first_chunk::<4>()?;
        let [kind, high, middle, low] = *head;
        let length = usize::try_from(u32::from_be_bytes([0, high, middle, low])).ok()?;
        let (block, next) = after.split_at_checked(length)?;
        if matches!(kind & 0x7f, 0 | 3) {
            last_kept = Some(copy.len());
            copy.extend_from_slice(&[kind & 0x7f, high, middle, low]);
            copy.extend_from_slice(block);
        }
        rest = next;
        if kind & 0x80 != 0 {
            break;
        }
    }
    *copy.get_mut(last_kept?)? |= 0x80;
    copy.extend_from_slice(rest);
    Some(copy)
}
