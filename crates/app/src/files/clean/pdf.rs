//! PDF: the document information, metadata wherever it hangs, who made remarks, and what would run by itself.

use lopdf::{Dictionary, Document, LoadOptions, Object, Stream};

use super::{Cleaned, image};

/// The most that one stream of objects may unpack to. A file that was made to fill the memory unpacks to more; a
/// document as people have it, to a hundredth.
const MOST_UNPACKED_BYTES: usize = 8 * 1024 * 1024;

/// Never needed to show a page: metadata, a program's own notes, times; and what runs when the document is opened.
const HIDDEN: [&[u8]; 5] = [b"Metadata", b"PieceInfo", b"LastModified", b"OpenAction", b"AA"];

/// Remarks on a page, as opposed to links and fields of forms, whose `T` is needed.
const REMARKS: [&[u8]; 15] = [
    b"Text",
    b"FreeText",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Stamp",
    b"Caret",
    b"Ink",
    b"Popup",
];

pub(super) fn clean(original: &[u8]) -> Option<Cleaned> {
    let options = LoadOptions {
        max_decompressed_size: Some(MOST_UNPACKED_BYTES),
        ..LoadOptions::default()
    };
    let mut pdf = Document::load_mem_with_options(original, options).ok()?;
    // Without its pass word nothing in it can be looked at.
    if pdf.trailer.has(b"Encrypt") {
        return None;
    }
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
    let mut all_seen = true;
    // A list instead of recursion: how deep it goes is for whoever made the file to say.
    let mut waiting: Vec<&mut Object> = pdf.objects.values_mut().collect();
    while let Some(object) = waiting.pop() {
        let dictionary = match object {
            Object::Array(items) => {
                waiting.extend(items.iter_mut());
                continue;
            }
            Object::Stream(stream) => {
                all_seen &= clean_stream(stream);
                &mut stream.dict
            }
            Object::Dictionary(dictionary) => dictionary,
            _ => continue,
        };
        clean_dictionary(dictionary);
        waiting.extend(dictionary.iter_mut().map(|(_, value)| value));
    }
    pdf.prune_objects();
    let mut copy = Vec::with_capacity(original.len());
    pdf.save_to(&mut copy).ok()?;
    Some(if all_seen {
        Cleaned::Surely(copy)
    } else {
        Cleaned::Partly(copy)
    })
}

fn clean_dictionary(dictionary: &mut Dictionary) {
    for key in HIDDEN {
        dictionary.remove(key);
    }
    let is_remark = dictionary.has(b"Rect")
        && dictionary
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|subtype| REMARKS.contains(&subtype));
    if is_remark {
        for key in [b"T".as_slice(), b"M", b"CreationDate", b"NM"] {
            dictionary.remove(key);
        }
    }
}

/// Answers whether nothing is left in it that nobody here can take out.
fn clean_stream(stream: &mut Stream) -> bool {
    // A file within the file.
    if stream.dict.has_type(b"EmbeddedFile") {
        return false;
    }
    let filters: Vec<&[u8]> = match stream.dict.get(b"Filter") {
        Ok(Object::Name(name)) => vec![name],
        Ok(Object::Array(names)) => names.iter().filter_map(|name| name.as_name().ok()).collect(),
        _ => return true,
    };
    match filters.as_slice() {
        // A photograph as the camera made it.
        [b"DCTDecode"] => match image::clean(&stream.content) {
            Some(picture) => {
                stream.set_content(picture);
                true
            }
            None => false,
        },
        several => !several
            .iter()
            .any(|name| matches!(*name, b"DCTDecode" | b"JPXDecode")),
    }
}
