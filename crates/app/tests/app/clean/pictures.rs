//! Pictures: what shows them stays, and which way up they are.

use super::{SHOWN, clean, has, hidden, riff};

/// EXIF as a camera writes it: the orientation, and a note with all that hides.
fn exif(turned: u8) -> Vec<u8> {
    let note = hidden();
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0");
    tiff.push(turned);
    tiff.extend(b"\0\0");
    tiff.extend(b"\x01\x3b\0\x02");
    tiff.extend(u32::try_from(note.len()).unwrap().to_be_bytes());
    tiff.extend(38u32.to_be_bytes());
    tiff.extend(0u32.to_be_bytes());
    tiff.extend(note);
    tiff
}

/// The orientation that a viewer finds, and how many entries there are beside it.
fn orientation(exif: &[u8]) -> (u16, u16) {
    let at = |place: usize| u16::from_be_bytes([exif[place], exif[place + 1]]);
    assert_eq!(at(10), 0x0112, "the first entry is the orientation");
    (at(18), at(8) - 1)
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xff, marker];
    bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
    bytes.extend(content);
    bytes
}

/// A JPEG in two scans, with all that hides in every place that cameras, phones and programs use.
pub(super) fn jpeg(turned: u8) -> Vec<u8> {
    let frame = segment(0xc2, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
    let scan = |data: &[u8]| [&segment(0xda, &[1, 1, 0, 0, 63, 0]), data].concat();
    [
        b"\xff\xd8".as_slice(),
        &segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        &segment(0xe0, &[b"JFXX\0\x10".as_slice(), &hidden()].concat()),
        &segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(turned)].concat()),
        &segment(
            0xe1,
            &[b"http://ns.adobe.com/xap/1.0/\0".as_slice(), &hidden()].concat(),
        ),
        &segment(0xe2, &[b"MPF\0".as_slice(), &hidden()].concat()),
        &segment(0xe2, &[b"ICC_PROFILE\0\x01\x01".as_slice(), &hidden()].concat()),
        &segment(0xed, &[b"Photoshop 3.0\0".as_slice(), &hidden()].concat()),
        &segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
        &segment(0xfe, &hidden()),
        &segment(0xdb, &[0; 65]),
        &frame,
        &scan(b"\x12\xff\x00\xff\xd0"),
        &segment(0xc4, &[0; 19]),
        // Segments may stand between two scans as well.
        &segment(0xfe, &hidden()),
        &scan(SHOWN),
        b"\xff\xd9",
        // A second picture or a film, as phones put it behind the first.
        b"\xff\xd8",
        &segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(1)].concat()),
        b"\xff\xd9",
        &hidden(),
    ]
    .concat()
}

#[test]
fn a_jpeg_shows_the_same_the_right_way_up_and_tells_nothing() {
    let copy = clean("image/jpeg", &jpeg(6));
    assert!(copy.ends_with(b"\xff\xd9"), "nothing is behind its end");
    assert_eq!(copy.windows(2).filter(|two| two == b"\xff\xda").count(), 2);
    for kept in [b"JFIF\0".as_slice(), b"Adobe\0", b"\x12\xff\x00\xff\xd0"] {
        assert!(has(&copy, kept));
    }
    let at = copy.windows(6).position(|six| six == b"Exif\0\0").unwrap();
    assert_eq!(orientation(&copy[at + 6..]), (6, 0));
    // One that is upright needs no such note, and one that was cut off is shown as far as it goes.
    let copy = clean("image/jpeg", &jpeg(1));
    assert!(!has(&copy, b"Exif"));
    let whole = jpeg(1);
    let end = whole
        .windows(SHOWN.len())
        .position(|window| window == SHOWN)
        .unwrap()
        + SHOWN.len();
    clean("image/jpeg", &whole[..end]);
}

/// The check sum of RFC 2083, bit by bit.
fn png_sum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 0 {
                sum >> 1
            } else {
                (sum >> 1) ^ 0xedb8_8320
            }
        })
    })
}

fn chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(content);
    let sum = png_sum(&bytes[4..]).to_be_bytes();
    bytes.extend(sum);
    bytes
}

#[test]
fn a_png_keeps_only_what_shows_it() {
    let mut original = b"\x89PNG\r\n\x1a\n".to_vec();
    original.extend(chunk(*b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0]));
    original.extend(chunk(*b"eXIf", &exif(3)));
    // Text, times, a signed history (C2PA) and chunks of programs' own.
    for kind in [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"caBX", b"iDOT", b"prVt"] {
        original.extend(chunk(*kind, &hidden()));
    }
    original.extend(chunk(*b"gAMA", &[0, 0, 0xb1, 0x8f]));
    original.extend(chunk(*b"IDAT", SHOWN));
    original.extend(chunk(*b"IEND", &[]));
    original.extend(hidden());
    let copy = clean("image/png", &original);
    for kept in [b"IHDR", b"gAMA", b"IDAT", b"IEND"] {
        assert!(has(&copy, kept));
    }
    let at = copy.windows(4).position(|four| four == b"eXIf").unwrap();
    assert_eq!(orientation(&copy[at + 4..]), (3, 0));
}

#[test]
fn a_webp_keeps_only_what_shows_it() {
    let original = riff(
        *b"WEBP",
        &[
            // Colour profile, transparency, EXIF and XMP are said to be there.
            (b"VP8X", &[0b0011_1100, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            (b"ICCP", &hidden()),
            (b"ALPH", b"clear"),
            (b"VP8 ", SHOWN),
            (b"EXIF", &exif(8)),
            (b"XMP ", &hidden()),
            (b"C2PA", &hidden()),
        ],
    );
    let copy = clean("image/webp", &original);
    for gone in [b"ICCP", b"XMP ", b"C2PA"] {
        assert!(!has(&copy, gone));
    }
    let flags = copy.windows(4).position(|four| four == b"VP8X").unwrap() + 8;
    assert_eq!(copy[flags], 0b0001_1000, "it says what is there and no more");
    let at = copy.windows(4).position(|four| four == b"EXIF").unwrap();
    assert_eq!(orientation(&copy[at + 8..]), (8, 0));
}
