//! Sounds: title, author, place, device and pictures go.

use std::io::Cursor;

use img_parts::{
    Bytes,
    riff::{RiffChunk, RiffContent},
};
use lofty::{
    config::{ParseOptions, WriteOptions},
    file::{TaggedFile, TaggedFileExt},
    probe::Probe,
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
    let tags: Vec<_> = read(original)?
        .tags()
        .iter()
        .map(lofty::tag::Tag::tag_type)
        .collect();
    let mut copy = Cursor::new(original.to_vec());
    for tag in tags {
        copy.set_position(0);
        tag.remove_from(&mut copy, WriteOptions::default()).ok()?;
    }
    let copy = copy.into_inner();
    // Clean is only what is seen to be clean.
    let left = read(&copy)?;
    left.tags()
        .iter()
        .all(|tag| tag.item_count() == 0 && tag.picture_count() == 0)
        .then_some(copy)
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
    let mut riff = RiffChunk::from_bytes(Bytes::copy_from_slice(original)).ok()?;
    let RiffContent::List {
        kind: Some(kind),
        subchunks,
    } = riff.content_mut()
    else {
        return None;
    };
    if kind != b"WAVE" {
        return None;
    }
    subchunks.retain(|chunk| matches!(&chunk.id(), b"fmt " | b"fact" | b"data"));
    Some(riff.encoder().bytes().to_vec())
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
