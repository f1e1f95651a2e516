//! Pictures: what is needed to show them stays, and which way up they are.

use img_parts::{
    Bytes, DynImage, ImageEXIF, ImageICC,
    jpeg::{Jpeg, JpegSegment, markers},
    png::Png,
    riff::{RiffChunk, RiffContent},
    webp::WebP,
};

/// A picture without EXIF (place, time, device, a small picture of how it was before it was cropped), XMP, IPTC,
/// comments, signed histories, colour profile, and whatever is hung on behind its end.
pub(super) fn clean(original: &[u8]) -> Option<Vec<u8>> {
    let mut image = DynImage::from_bytes(Bytes::copy_from_slice(original)).ok()??;
    let turned = image.exif().and_then(|exif| turned(&exif));
    image.set_exif(None);
    image.set_icc_profile(None);
    match &mut image {
        DynImage::Jpeg(jpeg) => keep_segments(jpeg),
        DynImage::Png(png) => keep_chunks(png),
        DynImage::WebP(webp) => keep_parts(webp),
    }
    image.set_exif(turned.map(which_way_up));
    match image {
        DynImage::Jpeg(jpeg) => end_at_end(jpeg),
        DynImage::Png(png) => Some(png.encoder().bytes().to_vec()),
        DynImage::WebP(webp) => Some(webp.encoder().bytes().to_vec()),
    }
}

/// How a camera was held. Without it most pictures from phones lie on their side.
fn turned(exif: &[u8]) -> Option<u8> {
    let read = exif::Reader::new().read_raw(exif.to_vec()).ok()?;
    let field = read.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
    let value = u8::try_from(field.value.get_uint(0)?).ok()?;
    (2..=8).contains(&value).then_some(value)
}

/// EXIF with the orientation alone: a TIFF with one entry of one short number.
fn which_way_up(turned: u8) -> Bytes {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.push(turned);
    tiff.extend_from_slice(&[0; 6]);
    Bytes::from(tiff)
}

fn keep_segments(jpeg: &mut Jpeg) {
    jpeg.segments_mut().retain(|segment| match segment.marker() {
        // JFIF and Adobe's colour transform are needed to show it right; JFXX holds a small picture.
        markers::APP0 => segment.contents().starts_with(b"JFIF\0"),
        markers::APP14 => segment.contents().starts_with(b"Adobe"),
        other => shows_something(other),
    });
}

fn shows_something(marker: u8) -> bool {
    !(markers::APP0..=markers::APP15).contains(&marker) && marker != markers::COM
}

/// The file up to the end of its image. Phones put more pictures and films behind it, each with place and time.
fn end_at_end(jpeg: Jpeg) -> Option<Vec<u8>> {
    // Everything from the first scan on is in one piece.
    let head = 2 + jpeg.segments().iter().map(JpegSegment::len).sum::<usize>();
    let mut copy = jpeg.encoder().bytes().to_vec();
    if head < copy.len() {
        let rest = copy.split_off(head);
        keep_scans(&rest, &mut copy)?;
    }
    Some(copy)
}

fn keep_scans(bytes: &[u8], copy: &mut Vec<u8>) -> Option<()> {
    let mut rest = bytes;
    loop {
        let Some(at) = rest.iter().position(|byte| *byte == markers::P) else {
            // It was cut off before its end, so nothing can follow the end.
            copy.extend_from_slice(rest);
            return Some(());
        };
        let (data, marked) = rest.split_at(at);
        copy.extend_from_slice(data);
        let fill = marked.iter().take_while(|byte| **byte == markers::P).count();
        let Some((marker, after)) = marked.get(fill..).and_then(<[u8]>::split_first) else {
            return Some(());
        };
        let has_length = !matches!(*marker, markers::Z | 0x01 | markers::RST0..=markers::EOI);
        if !has_length {
            copy.extend_from_slice(&[markers::P, *marker]);
            match *marker {
                markers::EOI => return Some(()),
                // Another image within this one.
                markers::SOI => return None,
                _ => rest = after,
            }
            continue;
        }
        let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
        let (segment, next) = after.split_at_checked(length)?;
        if shows_something(*marker) {
            copy.extend_from_slice(&[markers::P, *marker]);
            copy.extend_from_slice(segment);
        }
        rest = next;
    }
}

/// The chunks that the PNG specification has for showing a picture, still or moving.
fn keep_chunks(png: &mut Png) {
    png.chunks_mut().retain(|chunk| {
        matches!(
            &chunk.kind(),
            b"IHDR"
                | b"PLTE"
                | b"IDAT"
                | b"IEND"
                | b"tRNS"
                | b"cHRM"
                | b"gAMA"
                | b"sBIT"
                | b"sRGB"
                | b"cICP"
                | b"bKGD"
                | b"pHYs"
                | b"acTL"
                | b"fcTL"
                | b"fdAT"
        )
    });
}

fn keep_parts(webp: &mut WebP) {
    webp.chunks_mut().retain(|chunk| {
        matches!(
            &chunk.id(),
            b"VP8X" | b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF"
        )
    });
    // The header of an extended file says that XMP is there.
    let header = webp
        .chunks_mut()
        .iter_mut()
        .find(|chunk| &chunk.id() == b"VP8X")
        .map(RiffChunk::content_mut);
    if let Some(RiffContent::Data(data)) = header {
        let mut bytes = data.to_vec();
        if let Some(flags) = bytes.first_mut() {
            *flags &= !0b0000_0100;
        }
        *data = Bytes::from(bytes);
    }
}
