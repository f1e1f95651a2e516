//! Working copies: what each kind of file loses, and what stays to be seen and heard.

use safehold_app::{
    Zeroizing,
    files::{FileKind, WorkingCopy, working_copy},
};

/// What hides, in all of these: who, where, when and with what.
const HIDDEN: [&str; 4] = ["Wren Oakbarrow", "N51.4545", "2026:11:03 21:04", "Quill Phone 9"];

/// What stays, in all of these.
const SHOWN: &[u8] = b"what there is to see or hear";

fn hidden() -> Vec<u8> {
    HIDDEN.join("|").into_bytes()
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn copy(original: &[u8]) -> (FileKind, WorkingCopy) {
    let kind = FileKind::sniff(original).expect("a kind that is taken");
    (kind, working_copy(kind, Zeroizing::new(original.to_vec())))
}

/// The copy, which must be clean for certain.
#[track_caller]
fn clean(mime: &str, original: &[u8]) -> Vec<u8> {
    for word in HIDDEN {
        assert!(has(original, word.as_bytes()), "the original holds {word}");
    }
    let (kind, copy) = copy(original);
    assert_eq!(kind.mime(), mime);
    assert!(kind.can_be_cleaned(), "the desk is told beforehand");
    let WorkingCopy::Clean(bytes) = copy else {
        panic!("{mime} is not clean for certain")
    };
    assert_is_clean(&bytes);
    assert_eq!(FileKind::sniff(&bytes), Some(kind), "it is still what it was");
    bytes.to_vec()
}

#[track_caller]
fn assert_is_clean(bytes: &[u8]) {
    for word in HIDDEN {
        assert!(!has(bytes, word.as_bytes()), "the copy holds {word}");
    }
    assert!(has(bytes, SHOWN), "what there is to see or hear is gone");
}

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
fn jpeg(turned: u8) -> Vec<u8> {
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

fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
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
    original.extend(chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0]));
    original.extend(chunk(b"eXIf", &exif(3)));
    // Text, times, a signed history (C2PA) and chunks of programs' own.
    for kind in [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"caBX", b"iDOT", b"prVt"] {
        original.extend(chunk(kind, &hidden()));
    }
    original.extend(chunk(b"gAMA", &[0, 0, 0xb1, 0x8f]));
    original.extend(chunk(b"IDAT", SHOWN));
    original.extend(chunk(b"IEND", &[]));
    original.extend(hidden());
    let copy = clean("image/png", &original);
    for kept in [b"IHDR", b"gAMA", b"IDAT", b"IEND"] {
        assert!(has(&copy, kept));
    }
    let at = copy.windows(4).position(|four| four == b"eXIf").unwrap();
    assert_eq!(orientation(&copy[at + 4..]), (3, 0));
}

fn riff(kind: &[u8; 4], chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut list = kind.to_vec();
    for (id, content) in chunks {
        list.extend(*id);
        list.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        list.extend(*content);
        if content.len() % 2 == 1 {
            list.push(0);
        }
    }
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(u32::try_from(list.len()).unwrap().to_le_bytes());
    bytes.extend(list);
    bytes
}

#[test]
fn a_webp_keeps_only_what_shows_it() {
    let original = riff(
        b"WEBP",
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

/// A PDF of one page from these objects; the first is its catalogue. The last may be its information.
fn pdf(objects: &[Vec<u8>], info: Option<usize>) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", number + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let info = info.map_or_else(String::new, |info| format!("/Info {info} 0 R"));
    bytes.extend(
        format!(
            "trailer\n<</Size {}/Root 1 0 R{info}>>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    bytes
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<<{dictionary}/Length {}>>\nstream\n", content.len()).into_bytes();
    bytes.extend(content);
    bytes.extend(b"\nendstream");
    bytes
}

fn page(more: &str) -> Vec<Vec<u8>> {
    let who = String::from_utf8(hidden()).unwrap();
    vec![
        b"<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R/OpenAction 7 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/LastModified({who})/PieceInfo<</X({who})>>\
             /Annots[<</Type/Annot/Subtype/Text/Rect[0 0 1 1]/Contents(A remark)/T({who})/M({who})>>\
             <</Type/Annot/Subtype/Widget/Rect[0 0 1 1]/T(a field)>>]{more}>>"
        )
        .into_bytes(),
        stream("", SHOWN),
        stream("/Type/Metadata/Subtype/XML", &hidden()),
        format!("<</Author({who})/Title({who})>>").into_bytes(),
        b"<</S/JavaScript/JS(app.alert\\(1\\))>>".to_vec(),
    ]
}

#[test]
fn a_pdf_loses_its_information_wherever_it_hangs_and_what_runs_by_itself() {
    let mut objects = page("/Resources<</XObject<</A 8 0 R/B 9 0 R>>>>");
    objects.push(stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/Filter/DCTDecode/Metadata 5 0 R",
        &jpeg(6),
    ));
    objects.push(stream(
        &format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/LastModified({0})/PieceInfo<</X({0})>>",
            String::from_utf8(hidden()).unwrap()
        ),
        b"",
    ));
    let copy = clean("application/pdf", &pdf(&objects, Some(6)));
    for kept in [b"MediaBox".as_slice(), b"A remark", b"a field", b"DCTDecode"] {
        assert!(has(&copy, kept), "{}", String::from_utf8_lossy(kept));
    }
    for gone in [
        "Author",
        "Title",
        "/Metadata",
        "PieceInfo",
        "OpenAction",
        "JavaScript",
    ] {
        assert!(!has(&copy, gone.as_bytes()), "{gone}");
    }
}

#[test]
fn a_pdf_with_something_that_cannot_be_looked_into_says_so() {
    for (object, what) in [
        (stream("/Type/EmbeddedFile", &hidden()), "a file within"),
        (
            stream("/Subtype/Image/Filter/JPXDecode", &hidden()),
            "a picture of a kind that is not known here",
        ),
        (
            stream("/Subtype/Image/Filter/DCTDecode", &hidden()),
            "a picture that cannot be read",
        ),
    ] {
        let mut objects = page("/X 8 0 R");
        objects.push(object);
        let WorkingCopy::Partly(copy) = copy(&pdf(&objects, Some(6))).1 else {
            panic!("{what} is not said")
        };
        assert!(!has(&copy, b"Author") && has(&copy, SHOWN), "the rest is cleaned");
    }
    // Whoever does not have the pass word can take nothing out.
    let locked = pdf(&page("/X 8 0 R"), None);
    let locked = String::from_utf8_lossy(&locked).replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 6 0 R");
    let locked = locked.into_bytes();
    let WorkingCopy::AsItCame(same) = copy(&locked).1 else {
        panic!("a locked document is not said")
    };
    assert_eq!(*same, locked);
}

/// A box of M4A, MP4 and MOV.
fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(content.len() + 8).unwrap().to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(content);
    bytes
}

/// A sound or film whose one track is of this kind.
fn movie(brand: &[u8; 4], track: &[u8; 4]) -> Vec<u8> {
    let times = HIDDEN[2].as_bytes();
    // Version 1 holds two times of 64 bits each.
    let head = [b"\x01\0\0\0".as_slice(), times, b"keep this"].concat();
    let handler = [b"\0\0\0\0\0\0\0\0".as_slice(), track, &[0; 12], &hidden()].concat();
    let note = boxed(b"udta", &boxed(b"\xa9xyz", &hidden()));
    [
        boxed(b"ftyp", &[brand.as_slice(), &[0; 8]].concat()),
        boxed(b"uuid", &hidden()),
        boxed(b"free", &hidden()),
        boxed(
            b"moov",
            &[
                boxed(b"mvhd", &head),
                boxed(
                    b"trak",
                    &[
                        boxed(b"tkhd", &head),
                        boxed(b"meta", &hidden()),
                        boxed(
                            b"mdia",
                            &[
                                boxed(b"mdhd", &head),
                                boxed(b"hdlr", &handler),
                                boxed(
                                    b"minf",
                                    &[boxed(b"stbl", b"where in the file it is"), note.clone()].concat(),
                                ),
                            ]
                            .concat(),
                        ),
                    ]
                    .concat(),
                ),
                note.clone(),
                boxed(b"meta", &hidden()),
            ]
            .concat(),
        ),
        boxed(b"mdat", SHOWN),
    ]
    .concat()
}

#[test]
fn a_recording_in_boxes_keeps_every_byte_in_its_place() {
    let original = movie(b"M4A ", b"soun");
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

fn copy_of(original: &[u8]) -> WorkingCopy {
    copy(original).1
}

#[test]
fn a_film_loses_what_can_be_taken_out_and_never_counts_as_clean() {
    let original = movie(b"qt  ", b"vide");
    let (kind, copy) = copy(&original);
    assert_eq!(kind.mime(), "video/quicktime");
    assert!(!kind.can_be_cleaned());
    let WorkingCopy::Partly(bytes) = copy else {
        panic!("a film cannot be clean for certain")
    };
    assert_is_clean(&bytes);
    // A recording with a track of something else than sound is not certain either.
    assert!(matches!(
        copy_of(&movie(b"M4A ", b"mebx")),
        WorkingCopy::Partly(_)
    ));
}

#[test]
fn a_wav_keeps_only_its_form_and_its_sound() {
    let form = [1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0];
    let original = riff(
        b"WAVE",
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
    assert_eq!(copy, riff(b"WAVE", &[(b"fmt ", &form), (b"data", SHOWN)]));
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

#[test]
fn what_can_hold_nothing_else_stays_as_it_is() {
    for (mime, original) in [
        ("audio/amr", [b"#!AMR\n".as_slice(), SHOWN].concat()),
        ("text/plain", SHOWN.to_vec()),
    ] {
        let (kind, copy) = copy(&original);
        assert_eq!(kind.mime(), mime);
        assert!(
            matches!(copy, WorkingCopy::Clean(same) if *same == original),
            "{mime}"
        );
    }
}

#[test]
fn what_cannot_be_cleaned_or_read_is_never_called_clean() {
    let gif = [b"GIF89a\x01\0\x01\0\0\0\0!\xfe\x3f".as_slice(), &hidden(), b"\0;"].concat();
    let heic = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    let mut webm = [b"\x1a\x45\xdf\xa3\x93\x42\x82\x84webm".as_slice(), &hidden()].concat();
    webm.resize(300, 0);
    for (mime, original, known) in [
        ("image/gif", gif, false),
        ("image/heif", heic, false),
        ("video/webm", webm, false),
        (
            "image/jpeg",
            [b"\xff\xd8\xff\xe1\x40\0".as_slice(), &hidden()].concat(),
            true,
        ),
        (
            "image/png",
            [b"\x89PNG\r\n\x1a\n\0\0\xff".as_slice(), &hidden()].concat(),
            true,
        ),
        (
            "application/pdf",
            [b"%PDF-1.7\n".as_slice(), &hidden()].concat(),
            true,
        ),
        (
            "audio/x-flac",
            [b"fLaC\0\0\xff\xff".as_slice(), &hidden()].concat(),
            true,
        ),
        (
            "audio/mpeg",
            [b"ID3\x04\0\0\0\0\x7f\x7f".as_slice(), &hidden()].concat(),
            true,
        ),
    ] {
        let (kind, copy) = copy(&original);
        assert_eq!(kind.mime(), mime);
        assert_eq!(kind.can_be_cleaned(), known, "{mime}");
        assert!(
            matches!(copy, WorkingCopy::AsItCame(same) if *same == original),
            "{mime}"
        );
    }
}
