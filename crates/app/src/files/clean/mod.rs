//! Working copies: what readers get instead of the original, without place, device and author data.

use std::io::Cursor;

use img_parts::{Bytes, DynImage, ImageEXIF, ImageICC};
use lofty::{
    config::{ParseOptions, WriteOptions},
    probe::Probe,
};
use safehold_seal::Zeroizing;

use super::kind::{Family, FileKind};

/// A copy to work with.
pub enum WorkingCopy {
    /// Hidden data was taken out.
    Clean(Zeroizing<Vec<u8>>),
    /// Nothing here can take hidden data out of this kind: the reader is told so.
    AsItCame(Zeroizing<Vec<u8>>),
}

/// Makes a working copy. It may take a while: run it away from the threads that answer requests.
pub fn working_copy(kind: FileKind, original: Zeroizing<Vec<u8>>) -> WorkingCopy {
    let cleaned = match kind.family() {
        Family::Image => clean_image(&original),
        Family::Pdf => clean_pdf(&original),
        Family::Audio => clean_audio(&original),
        Family::Text => return WorkingCopy::Clean(original),
        Family::Video => None,
    };
    match cleaned {
        Some(copy) => WorkingCopy::Clean(Zeroizing::new(copy)),
        None => WorkingCopy::AsItCame(original),
    }
}

/// EXIF (with its GPS position), colour profile and, in JPEG, the segments with XMP, IPTC and comments.
fn clean_image(original: &[u8]) -> Option<Vec<u8>> {
    let mut image = DynImage::from_bytes(Bytes::copy_from_slice(original)).ok()??;
    image.set_exif(None);
    image.set_icc_profile(None);
    match &mut image {
        DynImage::Jpeg(jpeg) => {
            use img_parts::jpeg::markers;
            jpeg.segments_mut().retain(|segment| {
                let marker = segment.marker();
                // APP0 (JFIF) and APP14 (Adobe's colour transform) are needed to show it right.
                let is_app = (markers::APP1..=markers::APP15).contains(&marker) && marker != markers::APP14;
                !is_app && marker != markers::COM
            });
        }
        DynImage::Png(png) => {
            png.chunks_mut()
                .retain(|chunk| !matches!(&chunk.kind(), b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" | b"eXIf"));
        }
        DynImage::WebP(webp) => webp.chunks_mut().retain(|chunk| chunk.id() != *b"XMP "),
    }
    let mut copy = Vec::with_capacity(original.len());
    image.encoder().write_to(&mut copy).ok()?;
    Some(copy)
}

/// The document information and every metadata stream.
fn clean_pdf(original: &[u8]) -> Option<Vec<u8>> {
    let mut pdf = lopdf::Document::load_mem(original).ok()?;
    pdf.trailer.remove(b"Info");
    pdf.trailer.remove(b"ID");
    let metadata: Vec<_> = pdf
        .objects
        .iter()
        .filter(|(_, object)| {
            object
                .as_stream()
                .is_ok_and(|stream| stream.dict.has_type(b"Metadata"))
        })
        .map(|(id, _)| *id)
        .collect();
    for id in metadata {
        pdf.delete_object(id);
    }
    for object in pdf.objects.values_mut() {
        if let Ok(dictionary) = object.as_dict_mut() {
            dictionary.remove(b"Metadata");
            dictionary.remove(b"PieceInfo");
            dictionary.remove(b"LastModified");
        }
    }
    pdf.prune_objects();
    let mut copy = Vec::with_capacity(original.len());
    pdf.save_to(&mut copy).ok()?;
    Some(copy)
}

/// Title, author, place and picture tags.
fn clean_audio(original: &[u8]) -> Option<Vec<u8>> {
    let probe = Probe::new(Cursor::new(original))
        .options(ParseOptions::new())
        .guess_file_type()
        .ok()?;
    let tags: Vec<_> = {
        use lofty::file::TaggedFileExt;
        probe
            .read()
            .ok()?
            .tags()
            .iter()
            .map(lofty::tag::Tag::tag_type)
            .collect()
    };
    let mut copy = Cursor::new(original.to_vec());
    for tag in tags {
        copy.set_position(0);
        tag.remove_from(&mut copy, WriteOptions::default()).ok()?;
    }
    Some(copy.into_inner())
}
