//! The PDF: tagged, whole, and with nothing in it that was taken out.

use lopdf::{Document, Object};
use safehold_documents::{CaseFile, Ground, Passage, Piece, redact, render};

use crate::sample::{entry, everywhere, field, layer, part, sample};

fn read(file: &CaseFile) -> Document {
    let pdf = render(file).unwrap();
    Document::load_mem(&pdf.bytes).unwrap()
}

/// Text without spaces, and without the foot of each page.
fn squeezed(pdf: &Document) -> String {
    let pages = pdf.get_pages();
    let count = pages.len();
    let mut whole = String::new();
    for number in pages.keys() {
        let page = squeeze(&pdf.extract_text(&[*number]).unwrap());
        let foot = squeeze(&format!("Page {number} of {count}"));
        assert!(page.contains(&foot), "no {foot} on: {page}");
        whole.push_str(&page.replacen(&foot, "", 1));
    }
    whole
}

fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '\u{200b}')
        .collect()
}

/// The kinds of structure elements, in reading order.
fn tags(pdf: &Document) -> Vec<String> {
    fn walk(pdf: &Document, object: &Object, into: &mut Vec<String>) {
        match object {
            Object::Reference(id) => walk(pdf, pdf.get_object(*id).unwrap(), into),
            Object::Array(list) => list.iter().for_each(|one| walk(pdf, one, into)),
            Object::Dictionary(dict) => {
                if let Ok(Object::Name(kind)) = dict.get(b"S") {
                    into.push(String::from_utf8_lossy(kind).into_owned());
                }
                if let Ok(kids) = dict.get(b"K") {
                    walk(pdf, kids, into);
                }
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    let root = pdf.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    walk(pdf, root, &mut all);
    all
}

fn resolved<'a>(pdf: &'a Document, object: &'a Object) -> &'a Object {
    match object {
        Object::Reference(id) => pdf.get_object(*id).unwrap(),
        other => other,
    }
}

#[test]
fn it_says_that_it_is_accessible_and_is_tagged_throughout() {
    let pdf = read(&sample());
    let catalog = pdf.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-GB");
    let marks = resolved(&pdf, catalog.get(b"MarkInfo").unwrap());
    assert!(
        marks
            .as_dict()
            .unwrap()
            .get(b"Marked")
            .unwrap()
            .as_bool()
            .unwrap()
    );
    let view = resolved(&pdf, catalog.get(b"ViewerPreferences").unwrap());
    let shows_title = view.as_dict().unwrap().get(b"DisplayDocTitle").unwrap();
    assert!(shows_title.as_bool().unwrap());
    let metadata = resolved(&pdf, catalog.get(b"Metadata").unwrap());
    let metadata = metadata.as_stream().unwrap().get_plain_content().unwrap();
    let metadata = String::from_utf8(metadata).unwrap();
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(metadata.contains("Case file K7QP-3M2X"), "{metadata}");

    let tags = tags(&pdf);
    let count = |kind: &str| tags.iter().filter(|tag| *tag == kind).count();
    // The parts, and the table of contents.
    assert_eq!(count("H1"), 6, "{tags:?}");
    assert_eq!(count("H2"), 3, "{tags:?}");
    assert!(count("L") >= 5 && count("LBody") >= 7, "{tags:?}");
    assert!(catalog.has(b"Outlines"));
}

#[test]
fn all_that_went_in_comes_out_in_order() {
    let file = sample();
    let text = squeezed(&read(&file));
    let mut rest = text.as_str();
    let mut next = |wanted: &str| {
        let wanted = squeeze(wanted);
        let at = rest.find(&wanted);
        let at = at.unwrap_or_else(|| panic!("no {wanted:?} in the rest: {rest}"));
        rest = &rest[at + wanted.len()..];
    };
    next(&file.organisation);
    next(&file.title);
    for fact in &file.front {
        next(&fact.label);
        next(&fact.text.words());
    }
    next(&file.labels.contents);
    // The table of contents names each part once more.
    for part in &file.parts {
        next(&part.heading);
    }
    for part in &file.parts {
        next(&part.heading);
        if part.entries.is_empty() {
            next(&file.labels.nothing);
        }
        for entry in &part.entries {
            next(&entry.heading.words());
            next(&entry.about.words());
            for field in &entry.fields {
                next(&field.label);
                next(&field.text.words());
            }
        }
    }
    assert_eq!(rest, "");
}

#[test]
fn what_is_taken_out_is_nowhere_in_its_bytes() {
    let mut file = sample();
    file.title = "Case file of Quentin Marlowe".to_owned();
    let layer = layer(
        Ground::ThirdParty,
        vec![everywhere("Quentin", ""), everywhere("Marlowe", "")],
    );
    let before = read(&file);
    assert!(everything(&before).to_lowercase().contains("quentin"));
    let left = redact(&file, &[layer]);
    assert!(left.places >= 5);
    let after = read(&left.file);
    let all = everything(&after).to_lowercase();
    for word in ["quentin", "marlowe"] {
        assert!(!all.contains(word), "{word} is in: {all}");
    }
    let text = squeezed(&after);
    assert!(
        text.contains(&squeeze("[left out: about somebody else] shouted at me.")),
        "{text}"
    );
}

#[test]
fn a_whole_entry_that_is_taken_out_leaves_only_its_mark() {
    let file = sample();
    let out = Passage::Entry {
        entry: "message/1".to_owned(),
    };
    let left = redact(&file, &[layer(Ground::SeriousHarm, vec![out])]).file;
    let text = squeezed(&read(&left));
    assert!(
        !text.contains("Pleasedon'ttell") && !text.contains("Fromthereporter"),
        "{text}"
    );
    assert!(
        text.contains(&squeeze("An entry is left out. [left out: could seriously")),
        "{text}"
    );
}

#[test]
fn signs_without_a_shape_never_stop_it() {
    let mut file = sample();
    let strange =
        "I felt \u{1f9ff} 中文 বাংলা e\u{301}\u{327} \u{0} \u{e000} \u{10ffff} \u{fffd} \u{202e}abc नमस्ते 👩‍👧";
    file.parts.push(part(
        "more",
        "More",
        vec![entry("e", strange, strange, vec![field("f", strange, strange)])],
    ));
    let pdf = render(&file).unwrap();
    assert!(pdf.unshown > 0);
    let text = squeezed(&Document::load_mem(&pdf.bytes).unwrap());
    assert!(text.contains("Ifelt[U+1F9FF]"), "{text}");
    assert!(
        text.contains(&squeeze(&format!("{} signs can't be shown", pdf.unshown))),
        "{text}"
    );
}

#[test]
fn the_same_case_file_makes_the_same_bytes() {
    let (one, two) = (render(&sample()).unwrap(), render(&sample()).unwrap());
    assert!(one.bytes == two.bytes);
    assert!(one.pages >= 3);
}

/// Everything that the file holds, unpacked: text of pages, strings, names and streams, however they are encoded.
fn everything(pdf: &Document) -> String {
    let mut all = squeezed_all(pdf);
    for object in pdf.objects.values() {
        strings(object, &mut all);
    }
    all
}

fn squeezed_all(pdf: &Document) -> String {
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    squeeze(&pdf.extract_text(&pages).unwrap())
}

fn strings(object: &Object, into: &mut String) {
    match object {
        Object::String(bytes, _) | Object::Name(bytes) => {
            into.push('\n');
            into.push_str(&String::from_utf8_lossy(bytes));
            if bytes.starts_with(&[0xfe, 0xff]) {
                let units: Vec<u16> = bytes
                    .chunks_exact(2)
                    .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                    .collect();
                into.push_str(&String::from_utf16_lossy(&units));
            }
        }
        Object::Array(list) => list.iter().for_each(|one| strings(one, into)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, one)| strings(one, into)),
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, one)| strings(one, into));
            if let Ok(bytes) = stream.get_plain_content() {
                into.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
        _ => {}
    }
}

#[test]
fn a_mark_stands_where_the_words_stood() {
    let left = redact(
        &sample(),
        &[layer(Ground::ThirdParty, vec![everywhere("Zoë", "Person 1")])],
    );
    let field = &left.file.find("report/account").unwrap().fields[0];
    assert!(
        matches!(&field.text.0[1], Piece::Removed { instead: Some(instead), .. } if instead == "Person 1")
    );
    assert!(squeezed(&read(&left.file)).contains(&squeeze("[Person 1] “saw” it")));
}
