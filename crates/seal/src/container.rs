//! The age v1 file that bodies and files are sealed in.
//!
//! The file has one stanza of our own, which wraps age's file key under a [`SymmetricKey`]:
//!
//! ```text
//! -> safehold-sym-v1 base64(salt)
//! base64(encrypt[HKDF[salt, label](key)](file key))
//! ```
//!
//! age's `Encryptor` makes the file key, the nonce and the payload. It also adds a second, random
//! stanza to each header ("grease"), so that other programs learn to skip what they do not know. Here
//! that would cost about a hundred bytes for each message and give equal contents unequal lengths, so we
//! write the header again without it. age's `Decryptor` reads the file and checks the header's MAC.

use std::{
    collections::HashSet,
    io::{self, Read, Write},
    iter,
    sync::{Arc, Mutex, PoisonError},
};

use age::stream::{StreamReader, StreamWriter};
use age::{DecryptError, Decryptor, EncryptError, Encryptor, Identity, Recipient};
use age_core::{
    format::{FILE_KEY_BYTES, FileKey, Stanza},
    primitives::{aead_decrypt, aead_encrypt, hkdf},
    secrecy::ExposeSecret,
};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{
    random,
    sealed::{OpenError, SealError},
    symmetric::SymmetricKey,
};

const TAG: &str = "safehold-sym-v1";
const START: &str = "age-encryption.org/v1\n-> safehold-sym-v1 ";
const SALT: usize = 16;

/// The length of the header: the four lines up to and with the MAC's.
const HEADER: usize = 22 + 42 + 44 + 48;
/// The length of all that comes before the payload: the header and the payload's nonce.
pub(crate) const PREFIX: usize = HEADER + 16;
/// What a payload is cut into, and what each piece is longer by when encrypted.
const CHUNK: u64 = 64 * 1024;
const CHUNK_TAG: u64 = 16;

/// The length of a sealed container with so many bytes inside.
pub(crate) fn sealed_length(inside: u64) -> u64 {
    let chunks = inside.div_ceil(CHUNK).max(1);
    (PREFIX as u64)
        .saturating_add(inside)
        .saturating_add(chunks.saturating_mul(CHUNK_TAG))
}

/// What is being written, shared because age's writer does not give its sink back before the end.
#[derive(Clone, Default)]
pub(crate) struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    /// Takes what was written so far.
    pub(crate) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, bytes: &[u8]) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
    }

    fn reserve(&self, more: usize) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .reserve(more);
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.put(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Begins a container. Its first bytes are in the sink already; `expected` is how many will come.
pub(crate) fn start(
    key: &SymmetricKey,
    label: &'static str,
    sink: &Sink,
    expected: usize,
) -> Result<StreamWriter<Sink>, SealError> {
    let stanza = OneStanza {
        key,
        label,
        made: Mutex::new(None),
    };
    let encryptor =
        Encryptor::with_recipients(iter::once(&stanza as &dyn Recipient)).map_err(|_| SealError::Library)?;
    let writer = encryptor
        .wrap_output(sink.clone())
        .map_err(|_| SealError::Library)?;
    let made = stanza.made.into_inner().unwrap_or_else(PoisonError::into_inner);
    let header = made.ok_or(SealError::Library)?;
    let written = sink.take();
    let nonce = written.last_chunk::<16>().ok_or(SealError::Library)?;
    sink.reserve(expected);
    sink.put(header.as_bytes());
    sink.put(nonce);
    Ok(writer)
}

/// Whether the first [`PREFIX`] bytes have the shape of our header. Its MAC is checked by age.
pub(crate) fn has_our_shape(prefix: &[u8]) -> bool {
    prefix.starts_with(START.as_bytes())
        && prefix.get(107..112) == Some(b"\n--- ")
        && prefix.get(HEADER - 1) == Some(&b'\n')
}

/// Begins to open a container.
pub(crate) fn open<R: Read>(
    key: &SymmetricKey,
    label: &'static str,
    input: R,
) -> Result<StreamReader<R>, OpenError> {
    let stanza = OneStanza {
        key,
        label,
        made: Mutex::new(None),
    };
    let decryptor = Decryptor::new(input).map_err(|_| OpenError::Refused)?;
    decryptor
        .decrypt(iter::once(&stanza as &dyn Identity))
        .map_err(|_| OpenError::Refused)
}

/// Our one stanza, for writing and for reading; after writing, the header that goes with it.
struct OneStanza<'key> {
    key: &'key SymmetricKey,
    label: &'static str,
    made: Mutex<Option<String>>,
}

impl OneStanza<'_> {
    fn wrapping_key(&self, salt: &[u8]) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hkdf(salt, self.label.as_bytes(), self.key.expose()))
    }
}

impl Recipient for OneStanza<'_> {
    fn wrap_file_key(&self, file_key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let salt = random::bytes::<SALT>();
        let body = aead_encrypt(&self.wrapping_key(&salt), file_key.expose_secret());
        let salt = BASE64.encode(salt);
        let header = header(file_key, &salt, &body);
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = Some(header);
        let stanza = Stanza {
            tag: TAG.to_owned(),
            args: vec![salt],
            body,
        };
        // The label lets age refuse a file that has a recipient of another kind besides this one.
        Ok((vec![stanza], HashSet::from([TAG.to_owned()])))
    }
}

impl Identity for OneStanza<'_> {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        if stanza.tag != TAG {
            return None;
        }
        Some(self.unwrap(stanza).ok_or(DecryptError::DecryptionFailed))
    }
}

impl OneStanza<'_> {
    fn unwrap(&self, stanza: &Stanza) -> Option<FileKey> {
        let [salt] = stanza.args.as_slice() else {
            return None;
        };
        let salt = BASE64.decode(salt).ok().filter(|salt| salt.len() == SALT)?;
        let opened = aead_decrypt(&self.wrapping_key(&salt), FILE_KEY_BYTES, &stanza.body).ok()?;
        let opened = Zeroizing::new(opened);
        let bytes = Zeroizing::new(<[u8; FILE_KEY_BYTES]>::try_from(opened.as_slice()).ok()?);
        Some(FileKey::new(Box::new(*bytes)))
    }
}

/// An age header with our stanza alone. The MAC is `HMAC[HKDF["", "header"](file key)]` of all before
/// the space in front of it (age-encryption.org/v1, "Header MAC").
fn header(file_key: &FileKey, salt: &str, body: &[u8]) -> String {
    let mut header = format!("{START}{salt}\n{}\n---", BASE64.encode(body));
    let mac_key = Zeroizing::new(hkdf(&[], b"header", file_key.expose_secret()));
    // A key of any length will do for HMAC; were it refused, the empty MAC would not verify.
    let mac = Hmac::<Sha256>::new_from_slice(mac_key.as_slice())
        .map(|mac| mac.chain_update(header.as_bytes()).finalize().into_bytes())
        .unwrap_or_default();
    header.push(' ');
    header.push_str(&BASE64.encode(mac));
    header.push('\n');
    header
}
