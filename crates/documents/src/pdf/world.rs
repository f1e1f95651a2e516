//! The world as typst sees it: one template, the fonts of the program, and nothing else. No disk, no network, no
//! clock: what is not given here does not exist for a template.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// The fonts, read once.
struct Fonts {
    list: Vec<Font>,
    book: LazyHash<FontBook>,
}

/// `DejaVu` Sans: Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters in one even face.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let faces = [dejavu::sans::regular(), dejavu::sans::bold()];
    let list: Vec<Font> = faces
        .into_iter()
        .filter_map(|face| Font::new(Bytes::new(face), 0))
        .collect();
    let book = LazyHash::new(FontBook::from_fonts(&list));
    Fonts { list, book }
});

/// Whether there is a letter shape for this sign in every face.
pub(super) fn can_show(sign: char) -> bool {
    FONTS
        .list
        .iter()
        .all(|font| font.info().coverage.contains(u32::from(sign)))
}

/// One template with its input.
pub(super) struct OneFile {
    library: LazyHash<Library>,
    main: Source,
}

impl OneFile {
    /// A world in which this template finds these values in `sys.inputs`; nothing if the name is no path.
    pub(super) fn new(name: &str, template: &str, inputs: Dict) -> Option<Self> {
        let path = RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?);
        Some(Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            main: Source::new(path.intern(), template.to_owned()),
        })
    }
}

impl World for OneFile {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.list.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
