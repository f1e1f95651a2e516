//! Sound and film in boxes (ISO 14496-12, as in M4A, MP4 and MOV).
//!
//! What tells something is overwritten in its place: the tables within count bytes from the beginning of the file, so
//! nothing may move.

use std::ops::Range;

use super::Cleaned;

/// Which tracks there may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tracks {
    /// Sound alone.
    Sound,
    /// Film too. Cameras write place and time into the pictures themselves as well, so nothing is sure there.
    PicturesToo,
}

/// Boxes within boxes are looked at in this order, each with what may be in it.
#[derive(Clone, Copy)]
enum Level {
    File,
    Movie,
    Track,
    Media,
    MediaInformation,
}

/// What is done with a box.
enum Fate {
    Keep,
    /// Look at what is in it.
    Enter(Level),
    /// Take the times out: when it was made, and changed.
    TakeTimes,
    /// Look which kind of track this is, and take out what it is called.
    Handler,
    /// Make it an empty box of the same length.
    Blank,
    /// Nobody here knows what it would mean to go on.
    GiveUp,
}

fn fate(level: Level, kind: [u8; 4]) -> Fate {
    match (level, &kind) {
        (Level::File, b"ftyp" | b"styp" | b"mdat" | b"wide" | b"sidx")
        | (Level::Track, b"edts")
        | (Level::MediaInformation, b"stbl" | b"dinf" | b"smhd" | b"vmhd" | b"hdlr" | b"gmhd") => Fate::Keep,
        (Level::File, b"moov") => Fate::Enter(Level::Movie),
        (Level::Movie, b"trak") => Fate::Enter(Level::Track),
        (Level::Track, b"mdia") => Fate::Enter(Level::Media),
        (Level::Media, b"minf") => Fate::Enter(Level::MediaInformation),
        (Level::Movie, b"mvhd") | (Level::Track, b"tkhd") | (Level::Media, b"mdhd") => Fate::TakeTimes,
        (Level::Media, b"hdlr") => Fate::Handler,
        // Sent in fragments, or packed.
        (Level::File, b"moof" | b"mfra") | (Level::Movie, b"mvex" | b"cmov") => Fate::GiveUp,
        _ => Fate::Blank,
    }
}

struct Cleaner {
    bytes: Vec<u8>,
    tracks: Tracks,
    /// Whether there is a track of which nobody knows what is in it, such as places that go with a film.
    has_others: bool,
}

/// A sound or film without who, where and when.
pub(super) fn clean(original: &[u8], tracks: Tracks) -> Option<Cleaned> {
    let mut cleaner = Cleaner {
        bytes: original.to_vec(),
        tracks,
        has_others: false,
    };
    cleaner.walk(0..original.len(), Level::File)?;
    Some(if tracks == Tracks::Sound && !cleaner.has_others {
        Cleaned::Surely(cleaner.bytes)
    } else {
        Cleaned::Partly(cleaner.bytes)
    })
}

impl Cleaner {
    fn walk(&mut self, within: Range<usize>, level: Level) -> Option<()> {
        let mut at = within.start;
        while at < within.end {
            let (kind, content, end) = self.box_at(at, within.end)?;
            match fate(level, kind) {
                Fate::Keep => {}
                Fate::Enter(inner) => self.walk(content, inner)?,
                Fate::TakeTimes => {
                    // Version 1 has them in 64 bits.
                    let long = *self.bytes.get(content.start)? == 1;
                    let from = content.start.checked_add(4)?;
                    self.wipe(from..from.checked_add(if long { 16 } else { 8 })?.min(content.end))?;
                }
                Fate::Handler => {
                    let track = self.bytes.get(content.start.checked_add(8)?..content.end)?;
                    let known = track.starts_with(b"soun")
                        || (self.tracks == Tracks::PicturesToo && track.starts_with(b"vide"));
                    self.has_others |= !known;
                    self.wipe(content.start.checked_add(24)?.min(content.end)..content.end)?;
                }
                Fate::Blank => {
                    let name = at.checked_add(4)?;
                    self.bytes
                        .get_mut(name..name.checked_add(4)?)?
                        .copy_from_slice(b"free");
                    self.wipe(content)?;
                }
                Fate::GiveUp => return None,
            }
            at = end;
        }
        Some(())
    }

    /// The kind of the box that begins here, where its content is, and where it ends.
    fn box_at(&self, at: usize, limit: usize) -> Option<([u8; 4], Range<usize>, usize)> {
        let head = self.bytes.get(at..limit)?;
        let (size, rest) = head.split_first_chunk::<4>()?;
        let (kind, rest) = rest.split_first_chunk::<4>()?;
        let (length, begin) = match u32::from_be_bytes(*size) {
            0 => (limit.checked_sub(at)?, 8),
            1 => {
                let (long, _) = rest.split_first_chunk::<8>()?;
                (usize::try_from(u64::from_be_bytes(*long)).ok()?, 16)
            }
            size => (usize::try_from(size).ok()?, 8),
        };
        let end = at.checked_add(length)?;
        if length < begin || end > limit {
            return None;
        }
        Some((*kind, at.checked_add(begin)?..end, end))
    }

    fn wipe(&mut self, what: Range<usize>) -> Option<()> {
        self.bytes.get_mut(what)?.fill(0);
        Some(())
    }
}
