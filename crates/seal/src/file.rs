//! Attached files, sealed as they stream in, with at most a few times 64 KiB in memory.
//!
//! Inside the age file: a version byte and the digest of the [`Context`]; then records, each with its
//! length as four bytes, all of 64 KiB but the last, which is shorter (it may be empty); then
//! zeros up to the length that [`crate::padding`] gives. So the true length is only inside, and content
//! can be given out before the end was seen.

use std::{
    collections::VecDeque,
    fmt,
    io::{self, Read, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use age::stream::{StreamReader, StreamWriter};
use zeroize::{Zeroize, Zeroizing};

use crate::{
    body::write_zeros,
    container::{self, Sink},
    context::Context,
    padding,
    symmetric::SymmetricKey,
};

const LABEL: &str = "safehold/file/v1";
const VERSION: u8 = 1;
const START: u64 = 1 + 32;
/// The length of each record but the last.
const RECORD: usize = 64 * 1024;
const RECORD_LENGTH: u64 = 4;

/// Why a file was not sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The file is in a form that this version does not know.
    #[error("the file is sealed in a form that this version does not know")]
    Version,
    /// Another key, another context, or bytes that were changed or cut.
    #[error("the file is not sealed by this key for this purpose, or was changed since")]
    Refused,
    /// The library refused; with a valid key it has no reason to.
    #[error("the sealing library refused the file")]
    Library,
}

/// The key of one file. Wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey(SymmetricKey);

impl FileKey {
    /// A random key.
    pub fn generate() -> Self {
        Self(SymmetricKey::generate())
    }

    /// A key that was unwrapped.
    pub fn from_key(key: SymmetricKey) -> Self {
        Self(key)
    }

    /// The key to wrap, or to put inside something sealed.
    pub fn as_key(&self) -> &SymmetricKey {
        &self.0
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(secret)")
    }
}

/// The length of a sealed file with so much content.
pub fn sealed_file_length(content: u64) -> u64 {
    let records = content / RECORD as u64 + 1;
    let inside = START
        .saturating_add(content)
        .saturating_add(records.saturating_mul(RECORD_LENGTH));
    container::sealed_length(padding::padded(inside))
}

/// Seals a file piece by piece.
pub struct FileSealer {
    writer: StreamWriter<Sink>,
    sink: Sink,
    record: Zeroizing<Vec<u8>>,
    inside: u64,
}

impl FileSealer {
    /// Begins a file.
    pub fn new(key: &FileKey, context: &Context) -> Result<Self, FileError> {
        let sink = Sink::default();
        let mut writer = container::start(&key.0, LABEL, &sink, 0).map_err(|_| FileError::Library)?;
        writer
            .write_all(&[VERSION])
            .and_then(|()| writer.write_all(&context.digest()))
            .map_err(|_| FileError::Library)?;
        Ok(Self {
            writer,
            sink,
            record: Zeroizing::new(Vec::with_capacity(RECORD)),
            inside: START,
        })
    }

    /// Takes the next piece, of any length, and gives the ciphertext that is ready; it may be empty.
    pub fn push(&mut self, mut piece: &[u8]) -> Result<Vec<u8>, FileError> {
        while !piece.is_empty() {
            let room = RECORD - self.record.len();
            let (now, later) = piece.split_at(room.min(piece.len()));
            self.record.extend_from_slice(now);
            piece = later;
            if self.record.len() == RECORD {
                self.write_record()?;
            }
        }
        Ok(self.sink.take())
    }

    /// Ends the file and gives the rest of the ciphertext.
    pub fn finish(mut self) -> Result<Vec<u8>, FileError> {
        self.write_record()?;
        let zeros = padding::padded(self.inside) - self.inside;
        write_zeros(&mut self.writer, zeros).map_err(|_| FileError::Library)?;
        self.writer.finish().map_err(|_| FileError::Library)?;
        Ok(self.sink.take())
    }

    fn write_record(&mut self) -> Result<(), FileError> {
        let length = u32::try_from(self.record.len()).map_err(|_| FileError::Library)?;
        self.writer
            .write_all(&length.to_be_bytes())
            .and_then(|()| self.writer.write_all(&self.record))
            .map_err(|_| FileError::Library)?;
        self.inside += RECORD_LENGTH + u64::from(length);
        self.record.zeroize();
        Ok(())
    }
}

/// Opens a file piece by piece.
///
/// Each piece given out is authentic, but only [`FileOpener::finish`] tells that none is missing: who
/// gets an error there must not show what came before as the whole file.
pub struct FileOpener {
    key: FileKey,
    input: Pipe,
    reader: Option<StreamReader<Pipe>>,
    records: Records,
    refused: Option<FileError>,
}

impl FileOpener {
    /// Begins to open a file.
    pub fn new(key: &FileKey, context: &Context) -> Self {
        Self {
            key: key.clone(),
            input: Pipe::default(),
            reader: None,
            records: Records {
                digest: context.digest(),
                stage: Stage::Start,
                field: Vec::new(),
            },
            refused: None,
        }
    }

    /// Takes the next piece of ciphertext, of any length, and gives the content that is ready.
    pub fn push(&mut self, piece: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError> {
        self.input.inner().bytes.extend(piece);
        self.advance()
    }

    /// Ends the ciphertext, checks that it is whole, and gives the rest of the content.
    pub fn finish(mut self) -> Result<Zeroizing<Vec<u8>>, FileError> {
        self.input.inner().ended = true;
        let rest = self.advance()?;
        if self.reader.is_some() && matches!(self.records.stage, Stage::Zeros) {
            Ok(rest)
        } else {
            Err(FileError::Refused)
        }
    }

    fn advance(&mut self) -> Result<Zeroizing<Vec<u8>>, FileError> {
        if let Some(error) = self.refused {
            return Err(error);
        }
        self.read().inspect_err(|error| self.refused = Some(*error))
    }

    fn read(&mut self) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let mut ready = Zeroizing::new(Vec::new());
        if self.reader.is_none() && self.input.inner().bytes.len() >= container::PREFIX {
            if !container::has_our_shape(self.input.inner().bytes.make_contiguous()) {
                return Err(FileError::Refused);
            }
            let reader = container::open(&self.key.0, LABEL, self.input.clone());
            self.reader = Some(reader.map_err(|_| FileError::Refused)?);
        }
        let Some(reader) = &mut self.reader else {
            return Ok(ready);
        };
        let mut piece = Zeroizing::new(vec![0; 16 * 1024]);
        loop {
            match reader.read(&mut piece) {
                Ok(0) => return Ok(ready),
                Ok(read) => self
                    .records
                    .take(piece.get(..read).unwrap_or_default(), &mut ready)?,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(ready),
                Err(_) => return Err(FileError::Refused),
            }
        }
    }
}

/// Opens a file that is at hand in pieces.
pub fn open_all<P: AsRef<[u8]>>(
    key: &FileKey,
    context: &Context,
    pieces: impl IntoIterator<Item = P>,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let pieces: Vec<P> = pieces.into_iter().collect();
    let length = pieces.iter().map(|piece| piece.as_ref().len()).sum();
    let mut opener = FileOpener::new(key, context);
    let mut all = Zeroizing::new(Vec::with_capacity(length));
    for piece in &pieces {
        all.extend_from_slice(&opener.push(piece.as_ref())?);
    }
    all.extend_from_slice(&opener.finish()?);
    Ok(all)
}

/// Takes apart what is inside the age file.
struct Records {
    digest: [u8; 32],
    stage: Stage,
    /// The bytes so far of the field that `Start` or `Length` waits for.
    field: Vec<u8>,
}

enum Stage {
    Start,
    Length,
    Content { left: usize, last: bool },
    Zeros,
}

impl Records {
    fn take(&mut self, mut bytes: &[u8], ready: &mut Vec<u8>) -> Result<(), FileError> {
        while !bytes.is_empty() {
            match self.stage {
                Stage::Start => {
                    let Some(start) = self.field::<33>(&mut bytes) else {
                        return Ok(());
                    };
                    let (version, digest) = start.split_first().ok_or(FileError::Refused)?;
                    if *version != VERSION {
                        return Err(FileError::Version);
                    }
                    if *digest != self.digest {
                        return Err(FileError::Refused);
                    }
                    self.stage = Stage::Length;
                }
                Stage::Length => {
                    let Some(length) = self.field::<4>(&mut bytes) else {
                        return Ok(());
                    };
                    let left = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
                    self.stage = match left {
                        0 => Stage::Zeros,
                        1..=RECORD => Stage::Content {
                            left,
                            last: left < RECORD,
                        },
                        _ => return Err(FileError::Refused),
                    };
                }
                Stage::Content { left, last } => {
                    let (now, later) = bytes.split_at(left.min(bytes.len()));
                    reserve_wiping(ready, now.len());
                    ready.extend_from_slice(now);
                    bytes = later;
                    self.stage = match left - now.len() {
                        0 if last => Stage::Zeros,
                        0 => Stage::Length,
                        left => Stage::Content { left, last },
                    };
                }
                Stage::Zeros => {
                    if bytes.iter().any(|byte| *byte != 0) {
                        return Err(FileError::Refused);
                    }
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The next `N` bytes, once all of them have come.
    fn field<const N: usize>(&mut self, bytes: &mut &[u8]) -> Option<[u8; N]> {
        let missing = N.saturating_sub(self.field.len());
        let (now, later) = bytes.split_at(missing.min(bytes.len()));
        self.field.extend_from_slice(now);
        *bytes = later;
        let field = <[u8; N]>::try_from(self.field.as_slice()).ok()?;
        self.field.clear();
        Some(field)
    }
}

/// Makes room as `Vec` would, but wipes the place that the content moves away from.
fn reserve_wiping(bytes: &mut Vec<u8>, more: usize) {
    if bytes.capacity() - bytes.len() < more {
        let mut larger = Vec::with_capacity((bytes.len() + more).max(bytes.capacity() * 2));
        larger.extend_from_slice(bytes);
        bytes.zeroize();
        *bytes = larger;
    }
}

/// Ciphertext on its way to age's reader, which is told to come again when there is none yet.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<PipeInner>>);

#[derive(Default)]
struct PipeInner {
    bytes: VecDeque<u8>,
    ended: bool,
}

impl Pipe {
    fn inner(&self) -> MutexGuard<'_, PipeInner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Read for Pipe {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut inner = self.inner();
        if inner.bytes.is_empty() && !inner.ended {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        inner.bytes.read(into)
    }
}
