//! PDF.

use safehold_app::files::WorkingCopy;

use super::{SHOWN, clean, copy, copy_of, has, hidden, pictures::jpeg};

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
    // Nor does one that would fill the memory if it were unpacked.
    let mut bomb = lopdf::Stream::new(lopdf::Dictionary::new(), vec![b' '; 32 * 1024 * 1024]);
    bomb.compress().unwrap();
    let mut objects = page("/X 8 0 R");
    objects.push(stream(
        "/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
        &bomb.content,
    ));
    assert!(matches!(
        copy_of(&pdf(&objects, Some(6))),
        WorkingCopy::AsItCame(_)
    ));
    // Whoever does not have the pass word can take nothing out.
    let locked = pdf(&page("/X 8 0 R"), None);
    let locked = String::from_utf8_lossy(&locked).replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 6 0 R");
    let locked = locked.into_bytes();
    let WorkingCopy::AsItCame(same) = copy(&locked).1 else {
        panic!("a locked document is not said")
    };
    assert_eq!(*same, locked);
}
