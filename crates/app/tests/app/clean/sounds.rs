//! Sound and film.

use safehold_app::files::WorkingCopy;

use super::{HIDDEN, SHOWN, assert_is_clean, boxed, clean, copy, copy_of, has, hidden, riff};

/// A sound or film whose one track is of this kind.
fn movie(brand: [u8; 4], track: [u8; 4]) -> Vec<u8> {
    let times = HIDDEN[2].as_bytes();
    // Version 1 holds two times of 64 bits each.
    let head = [b"\x01\0\0\0".as_slice(), times, b"keep this"].concat();
    let handler = [b"\0\0\0\0\0\0\0\0".as_slice(), &track, &[0; 12], &hidden()].concat();
    let note = boxed(*b"udta", &boxed(*b"\xa9xyz", &hidden()));
    [
        boxed(*b"ftyp", &[brand.as_slice(), &[0; 8]].concat()),
        boxed(*b"uuid", &hidden()),
        boxed(*b"free", &hidden()),
        boxed(
            *b"moov",
            &[
                boxed(*b"mvhd", &head),
                boxed(
                    *b"trak",
                    &[
                        boxed(*b"tkhd", &head),
                        boxed(*b"meta", &hidden()),
                        boxed(
                            *b"mdia",
                            &[
                                boxed(*b"mdhd", &head),
                                boxed(*b"hdlr", &handler),
                                boxed(
                                    *b"minf",
                                    &[boxed(*b"stbl", b"where in the file it is"), note.clone()].concat(),
                                ),
                            ]
                            .concat(),
                        ),
                    ]
                    .concat(),
                ),
                note.clone(),
                boxed(*b"meta", &hidden()),
            ]
            .concat(),
        ),
        boxed(*b"mdat", SHOWN),
    ]
    .concat()
}

#[test]
fn a_recording_in_boxes_keeps_every_byte_in_its_place() {
    let original = movie(*b"M4A ", *b"soun");
    let copy = clean("audio/m4a", &original);
    assert_eq!(copy.len(), original.len(), "the tables count from the beginning");
    let place = |bytes: &[u8]| bytes.windows(SHOWN.len()).position(|window| window == SHOWN);
    assert_eq!(place(&copy), place(&original));
    assert_eq!(copy.windows(9).filter(|nine| nine == b"keep this").count(), 3);
    assert!(has(&copy, b"where in the file it is") && has(&copy, b"soun"));
    assert!(!has(&copy, b"udta") && !has(&copy, b"meta"));
    // A box that claims to be longer than the file is left as it is, and that is said.
    let mut odd = original;
    odd.extend(b"\0\0\xff\xffmdat");
    assert!(matches!(copy_of(&odd), WorkingCopy::AsItCame(_)));
}

#[test]
fn a_film_loses_what_can_be_taken_out_and_never_counts_as_clean() {
    let original = movie(*b"qt  ", *b"vide");
    let (kind, copy) = copy(&original);
    assert_eq!(kind.mime(), "video/quicktime");
    assert!(!kind.can_be_cleaned());
    let WorkingCopy::Partly(bytes) = copy else {
        panic!("a film cannot be clean for certain")
    };
    assert_is_clean(&bytes);
    // A recording with a track of something else than sound is not certain either.
    assert!(matches!(
        copy_of(&movie(*b"M4A ", *b"mebx")),
        WorkingCopy::Partly(_)
    ));
}

#[test]
fn a_wav_keeps_only_its_form_and_its_sound() {
    let form = [1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0];
    let original = riff(
        *b"WAVE",
        &[
            (b"bext", &hidden()),
            (b"fmt ", &form),
            (
                b"LIST",
                &[b"INFOIART".as_slice(), &[63, 0, 0, 0], &hidden()].concat(),
            ),
            (b"iXML", &hidden()),
            (b"data", SHOWN),
            (b"id3 ", &hidden()),
        ],
    );
    let copy = clean("audio/x-wav", &original);
    assert_eq!(copy, riff(*b"WAVE", &[(b"fmt ", &form), (b"data", SHOWN)]));
}

#[test]
fn a_flac_keeps_only_what_plays_it() {
    let block = |kind: u8, content: &[u8]| {
        let [_, length @ ..] = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&[kind], length.as_slice(), content].concat()
    };
    let original = [
        b"fLaC".to_vec(),
        block(0, &[7; 34]),
        block(4, &hidden()),
        block(3, &[9; 18]),
        block(2, &hidden()),
        block(0x80 | 6, &hidden()),
        SHOWN.to_vec(),
    ]
    .concat();
    let copy = clean("audio/x-flac", &original);
    let wanted = [
        b"fLaC".to_vec(),
        block(0, &[7; 34]),
        block(0x83, &[9; 18]),
        SHOWN.to_vec(),
    ]
    .concat();
    assert_eq!(copy, wanted);
}

/// A second or so of MP3: frames of layer III at 64 kbit/s and 32 kHz, each 288 bytes long.
fn mp3_frames() -> Vec<u8> {
    let mut frame = vec![0xff, 0xfb, 0x58, 0xc0];
    frame.extend(SHOWN);
    frame.resize(288, 0);
    frame.repeat(20)
}

fn id3v2() -> Vec<u8> {
    let text = [b"\x03".as_slice(), &hidden()].concat();
    let length = u8::try_from(text.len()).unwrap();
    let frame = [b"TPE1\0\0\0".as_slice(), &[length], b"\0\0", &text].concat();
    let length = u8::try_from(frame.len()).unwrap();
    [b"ID3\x04\0\0\0\0\0".as_slice(), &[length], &frame].concat()
}

#[test]
fn an_mp3_loses_its_tags_at_both_ends() {
    let mut last = [b"TAG".as_slice(), &[b' '; 30], HIDDEN[0].as_bytes()].concat();
    last.resize(128, 0);
    let original = [id3v2(), mp3_frames(), last].concat();
    let copy = clean("audio/mpeg", &original);
    assert_eq!(copy, mp3_frames());
}

#[test]
fn an_aac_loses_its_tags() {
    // ADTS frames of 64 bytes.
    let mut frame = vec![0xff, 0xf1, 0x60, 0x40, 0x08, 0x1f, 0xfc];
    frame.extend(SHOWN);
    frame.resize(64, 0);
    let frames = frame.repeat(20);
    // A tag at its end; one before its beginning hides what it is, and it counts as MP3 then.
    let mut last = [b"TAG".as_slice(), HIDDEN[0].as_bytes()].concat();
    last.resize(128, 0);
    let original = [frames.clone(), last].concat();
    assert!(has(&original, HIDDEN[0].as_bytes()));
    let (kind, copy) = copy(&original);
    assert_eq!(kind.mime(), "audio/aac");
    let WorkingCopy::Clean(bytes) = copy else {
        panic!("it is not clean for certain")
    };
    assert_eq!(*bytes, frames);
}

/// A page of Ogg with these packets, each shorter than 255 bytes.
fn ogg_page(number: u8, flags: u8, position: u8, packets: &[&[u8]]) -> Vec<u8> {
    let mut bytes = b"OggS\0".to_vec();
    bytes.push(flags);
    bytes.extend([position, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend([1, 0, 0, 0]);
    bytes.extend([number, 0, 0, 0]);
    bytes.extend([0; 4]);
    bytes.push(u8::try_from(packets.len()).unwrap());
    bytes.extend(packets.iter().map(|packet| u8::try_from(packet.len()).unwrap()));
    for packet in packets {
        bytes.extend(*packet);
    }
    let sum = ogg_sum(&bytes).to_le_bytes();
    bytes[22..26].copy_from_slice(&sum);
    bytes
}

/// The check sum of RFC 3533, bit by bit.
fn ogg_sum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ (u32::from(*byte) << 24), |sum, _| {
            if sum & 0x8000_0000 == 0 {
                sum << 1
            } else {
                (sum << 1) ^ 0x04c1_1db7
            }
        })
    })
}

fn comments(magic: &[u8], end: &[u8]) -> Vec<u8> {
    let note = [b"ARTIST=".as_slice(), &hidden()].concat();
    [
        magic,
        &[4, 0, 0, 0],
        b"prog",
        &[1, 0, 0, 0],
        &[u8::try_from(note.len()).unwrap(), 0, 0, 0],
        &note,
        end,
    ]
    .concat()
}

const OPUS: &[u8] = b"OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0";

fn opus() -> Vec<u8> {
    let head = OPUS;
    [
        ogg_page(0, 2, 0, &[head]),
        ogg_page(1, 0, 0, &[&comments(b"OpusTags", b"")]),
        ogg_page(2, 4, 100, &[SHOWN]),
    ]
    .concat()
}

#[test]
fn a_voice_note_in_opus_loses_its_comments() {
    let copy = clean("audio/opus", &opus());
    assert!(has(&copy, OPUS));
}

fn vorbis() -> Vec<u8> {
    let head = [
        b"\x01vorbis".as_slice(),
        &[0, 0, 0, 0, 1, 0x44, 0xac, 0, 0],
        &[0; 12],
        &[0xb8, 1],
    ]
    .concat();
    [
        ogg_page(0, 2, 0, &[&head]),
        ogg_page(1, 0, 0, &[&comments(b"\x03vorbis", &[1]), b"\x05vorbis set up"]),
        ogg_page(2, 4, 100, &[SHOWN]),
    ]
    .concat()
}

#[test]
fn a_sound_in_vorbis_loses_its_comments() {
    let copy = clean("audio/ogg", &vorbis());
    assert!(has(&copy, b"\x05vorbis set up"));
}
